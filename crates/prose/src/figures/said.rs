//! Claims that no number makes: honours, events, completions, comparisons, trends and states.
//!
//! Only plain shapes are taken, one a clause: who reads them has to be able to ask for the
//! proof. A clause with a number is left to its number (an honour is not), and one that calls
//! for something or tells a purpose (推动…明显提升) states nothing.

use std::ops::Range;

use crate::Lexicon;
use crate::denial;
use crate::predicate::Direction;
use crate::text::Text;
use crate::walk::Role;
use crate::words::said::{
    AWARDS, COMPARING, COMPLETED, FALLEN, FIELDS, GAINED, HAPPENED, HELD, HONOURED, LEVELS, LISTED,
    LISTS, MARKEDLY, RISEN, STEADY, SUCCEEDED, URGING, WHOLLY,
};

use super::{Finder, Kind, subject};

/// What a statement without a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// 荣获先进集体称号.
    Honour,
    /// 水厂建成投用.
    Event,
    /// 全面完成改造任务.
    Completion,
    /// 增速高于全县平均水平.
    Comparison,
    /// 环境明显改善.
    Trend(Direction),
    /// 大局保持稳定.
    State,
}

impl Form {
    /// The name that `claims --json` prints.
    pub fn name(self) -> &'static str {
        match self {
            Form::Honour => "honour",
            Form::Event => "event",
            Form::Completion => "completion",
            Form::Comparison => "comparison",
            Form::Trend(Direction::Up) => "rise",
            Form::Trend(Direction::Down) => "fall",
            Form::State => "state",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Form::Honour => "荣誉",
            Form::Event => "事件",
            Form::Completion => "完成",
            Form::Comparison => "比较",
            Form::Trend(Direction::Up) => "提升",
            Form::Trend(Direction::Down) => "下降",
            Form::State => "状态",
        }
    }
}

/// A claim that no number makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The words.
    pub text: String,
    /// Character offset of the first character.
    pub start: usize,
    /// Character offset after the last character.
    pub end: usize,
    /// Line, from 1.
    pub line: usize,
    /// What it says.
    pub form: Form,
    /// Fact or plan.
    pub kind: Kind,
    /// The words before it that say what it is about.
    pub subject: Option<String>,
    /// The words of the period of its headings.
    pub period: Option<String>,
    /// Whether the clause denies it.
    pub negated: bool,
}

/// Longest clause that is looked at.
const LONGEST: usize = 60;

/// Finds the claims of a text that no number makes.
pub fn statements(text: &str, lexicon: &Lexicon) -> Vec<Statement> {
    let text = Text::new(text);
    let finder = Finder::new(&text, lexicon);
    let mut found = Vec::new();
    let mut start = 0;
    for i in 0..=text.len() {
        if !ends(&text, i) {
            continue;
        }
        if (start..start + LONGEST).contains(&i) {
            found.extend(finder.said(trimmed(&text, start..i)));
        }
        start = i + 1;
    }
    found
}

/// Whether a clause ends at a position; what stands in quotation marks goes on with it.
fn ends(text: &Text<'_>, i: usize) -> bool {
    matches!(
        text.at(i),
        '\n' | ',' | '，' | '。' | ';' | '；' | ':' | '：' | '!' | '！' | '?' | '？' | '|' | '\t'
    )
}

fn trimmed(text: &Text<'_>, clause: Range<usize>) -> Range<usize> {
    let open = |k: &usize| text.at(*k).is_whitespace();
    let last = clause.end;
    let start = clause.clone().find(|k| !open(k)).unwrap_or(last);
    let end = clause.rev().find(|k| !open(k)).map_or(start, |k| k + 1);
    start..end.max(start)
}

impl Finder<'_> {
    /// The statement of a clause.
    fn said(&self, clause: Range<usize>) -> Option<Statement> {
        let text = self.text;
        let (from, to) = (clause.start, clause.end);
        let first = self.numerals.partition_point(|n| n.start < from);
        let numbers = self.numerals[first..].iter().take_while(|n| n.start < to);
        let counted = numbers.filter(|n| {
            matches!(n.role, Role::Count(_) | Role::Order { rank: true, .. } | Role::Masked)
        });
        let (form, start) = honour(text, &clause).map(|at| (Form::Honour, at)).or_else(|| {
            let plain = counted.count() == 0 && !self.sections.is_heading(from);
            plain.then(|| shape(text, &clause)).flatten()
        })?;
        let denied = denial::all(text, from, to);
        Some(Statement {
            text: text.slice(start, to).to_owned(),
            start,
            end: to,
            line: self.sections.line(start),
            form,
            kind: self.kind(start, to),
            subject: subject::before(text, from, start),
            period: self.sections.period(start).map(str::to_owned),
            negated: !denied.is_empty(),
        })
    }
}

/// Where the words of an honour begin. 获得 needs something that is called an honour.
fn honour(text: &Text<'_>, clause: &Range<usize>) -> Option<usize> {
    let object = |k: usize, n: usize| text.slice(k + n, clause.end);
    clause.clone().find(|&k| {
        let given = text.any_at(k, HONOURED).is_some_and(|n| k + n < clause.end);
        let named = |word: &&str, n: usize| object(k, n).contains(*word);
        let gained = text.any_at(k, GAINED).is_some_and(|n| {
            AWARDS.iter().any(|word| named(word, n) && text.has(clause.end - 2, "称号"))
        });
        let listed = text
            .any_at(k, LISTED)
            .is_some_and(|n| LISTS.iter().any(|word| object(k, n).ends_with(word)));
        given || gained || listed
    })
}

/// The other shapes, in order of how much they say.
fn shape(text: &Text<'_>, clause: &Range<usize>) -> Option<(Form, usize)> {
    let (from, to) = (clause.start, clause.end);
    if let Some(at) =
        clause.clone().find(|&k| text.any_at(k, SUCCEEDED).is_some_and(|n| k + n < to))
    {
        return Some((Form::Event, at));
    }
    let urged = text.any_at(from, URGING).is_some();
    if urged {
        return None;
    }
    let last =
        |words: &[&str]| text.any_before(to, words).map(|(_, n)| to - n).filter(|at| *at > from);
    if let Some(at) = compared(text, clause) {
        return Some((Form::Comparison, at));
    }
    if let Some(at) = last(HAPPENED) {
        return Some((Form::Event, at));
    }
    let wholly = |k: &usize| {
        let verb = text.any_at(*k, WHOLLY).map(|n| k + n);
        verb.is_some_and(|at| text.any_at(at, COMPLETED).is_some())
    };
    if let Some(at) = clause.clone().find(wholly) {
        return Some((Form::Completion, at));
    }
    for (words, direction) in [(RISEN, Direction::Up), (FALLEN, Direction::Down)] {
        let trend = last(words).and_then(|at| text.any_before(at, MARKEDLY).map(|(_, n)| at - n));
        if let Some(at) = trend.filter(|at| *at > from + 1) {
            return Some((Form::Trend(direction), at));
        }
    }
    let steady = last(STEADY)?;
    let held = (from..steady).rev().find(|&k| text.any_at(k, HELD).is_some())?;
    (held > from).then_some((Form::State, held))
}

/// Where a comparison with a field begins: 高于全县平均水平, 走在全市前列.
fn compared(text: &Text<'_>, clause: &Range<usize>) -> Option<usize> {
    let words = text.slice(clause.start, clause.end);
    let level = LEVELS.iter().any(|level| words.ends_with(level));
    clause.clone().find(|&k| {
        let field = text.any_at(k, COMPARING).map(|n| k + n);
        level && field.is_some_and(|at| text.any_at(at, FIELDS).is_some() || text.has(at, "前茅"))
    })
}
