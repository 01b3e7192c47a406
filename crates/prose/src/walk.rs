//! All numerals of a text in order, and which of them count something.

use crate::Lexicon;
use crate::cues::Cues;
use crate::masked::{is_mask, masked_at};
use crate::numeral::half_width;
use crate::period::{self, Words};
use crate::scan::{Figure, figure_at, is_numeral, several_at};
use crate::setting;
use crate::text::Text;

/// What a numeral does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It counts or measures.
    Count(Figure),
    /// It is a place in an order: 第一, 首届. The value, and whether a unit such
    /// as 届 follows; `rank` tells 全县第一 from 第一议题.
    Order { value: u32, rank: bool, session: bool },
    /// Period words.
    Period(Words),
    /// Heading, name, set phrase: it states nothing.
    Background,
    /// Hidden digits.
    Masked,
}

/// A numeral with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Numeral {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) role: Role,
}

/// Finds every numeral once, from left to right. The order of the checks is the
/// order of precedence: set phrase, hidden digits, period, enumeration, order,
/// number.
pub(crate) fn walk(text: &Text<'_>, phrases: &Lexicon) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut i = 0;
    let mut quote_end = 0;
    while i < text.len() {
        let c = text.at(i);
        if c == '“' {
            quote_end = setting::quote_end(text, i).unwrap_or(i);
            if let Some(named) = explained(text, i, quote_end) {
                found.extend(named);
                i = quote_end;
                continue;
            }
        }
        if let Some(item) = setting::leads(text, i).map(|end| rank(i, end, 1)) {
            i = item.end;
            found.push(item);
            continue;
        }
        if let Some(figure) = setting::unique(text, i) {
            i = figure.end;
            found.push(Numeral { start: figure.start, end: figure.end, role: Role::Count(figure) });
            continue;
        }
        if let Some(end) = phrases.background_at(text, i) {
            push_inner(text, &mut found, i, end);
            i = end;
            continue;
        }
        let item = if is_numeral(c) {
            Some(numeral(text, phrases, i, i < quote_end))
        } else {
            sign(text, phrases, i, i < quote_end)
        };
        match item {
            Some(item) => {
                i = item.end.max(i + 1);
                found.push(item);
            }
            None => i += 1,
        }
    }
    found
}

/// “一区、一场”(即:…): a slogan that is spelt out right behind counts what it
/// names, with the noun as its unit.
fn explained(text: &Text<'_>, open: usize, close: usize) -> Option<Vec<Numeral>> {
    let bracket = matches!(text.at(close + 1), '(' | '（');
    if close <= open || !bracket || text.at(close + 2) != '即' {
        return None;
    }
    let mut named = Vec::new();
    let mut start = open + 1;
    for end in open + 1..=close {
        if matches!(text.at(end), '、' | '”') {
            let mut figure = figure_at(text, start, &Cues::default())?;
            let run = (start..).take_while(|&k| is_numeral(text.at(k))).count();
            figure.unit = None;
            text.slice(start + run, end).clone_into(&mut figure.unit_text);
            figure.end = end;
            named.push(Numeral { start, end, role: Role::Count(figure) });
            start = end + 1;
        }
    }
    Some(named)
}

/// The numerals inside a set phrase.
fn push_inner(text: &Text<'_>, found: &mut Vec<Numeral>, from: usize, to: usize) {
    let mut i = from;
    while i < to {
        let start = i;
        while i < to && is_counting_word(text.at(i)) {
            i += 1;
        }
        if i > start {
            found.push(Numeral { start, end: i, role: Role::Background });
        }
        i += 1;
    }
}

fn is_counting_word(c: char) -> bool {
    is_numeral(c) || matches!(c, '首' | '双' | '多' | '几')
}

/// Numerals that begin with something else than a numeral.
fn sign(text: &Text<'_>, phrases: &Lexicon, i: usize, quoted: bool) -> Option<Numeral> {
    let background = |end| Some(Numeral { start: i, end, role: Role::Background });
    let c = text.at(i);
    match c {
        '第' if is_numeral(text.at(i + 1)) => period_at(text, i).or_else(|| order(text, i)),
        '首' => first(text, i),
        '近' | '过' | '最' | '连' | '前' | '上' | '下' | '今' | '本' | '全' | '去' | '截'
        | '到' | '目' | '当' | '自' | '从' => period_at(text, i),
        '数' | '几' if let Some(figure) = several_at(text, i, phrases.counters()) => {
            let counts = setting::counts(text, &figure, quoted);
            let (start, end) = (figure.start, figure.end);
            counts.then_some(Numeral { start, end, role: Role::Count(figure) })
        }
        '多' | '几' if setting::is_vague(text, i) => background(i + 1),
        '双' => background(i + 1),
        '①'..='⑳' => background(i + 1),
        _ if is_mask(c) || matches!(c, '〔' | '[' | '【' | '（' | '(') => {
            let end = masked_at(text, i)?;
            Some(Numeral { start: i, end, role: Role::Masked })
        }
        _ => None,
    }
}

fn period_at(text: &Text<'_>, i: usize) -> Option<Numeral> {
    let (words, end) = period::words_at(text, i)?;
    Some(Numeral { start: i, end, role: Role::Period(words) })
}

fn numeral(text: &Text<'_>, phrases: &Lexicon, i: usize, quoted: bool) -> Numeral {
    let at = |end: usize, role| Numeral { start: i, end, role };
    if let Some(end) = masked_at(text, i) {
        return at(end, Role::Masked);
    }
    if let Some(figure) = setting::foreseen_month(text, i) {
        return at(figure.end, Role::Count(figure));
    }
    if let Some(period) = period_at(text, i) {
        return period;
    }
    if let Some(end) = setting::enumeration(text, i) {
        return at(end, Role::Background);
    }
    let Some(figure) = figure_at(text, i, phrases.counters()) else {
        let run = (i..).take_while(|&k| is_numeral(text.at(k))).count();
        return at(i + run.max(1), Role::Background);
    };
    if setting::counts(text, &figure, quoted) {
        Numeral { start: figure.start, end: figure.end, role: Role::Count(figure) }
    } else {
        // Both numbers of a range are background together: 10—500万元项目.
        let run = (i..).take_while(|&k| is_run(text, k)).count();
        let end =
            if figure.high.is_some() && !figure.chinese { figure.end } else { i + run.max(1) };
        at(end.min(figure.end.max(i + 1)), Role::Background)
    }
}

fn is_run(text: &Text<'_>, k: usize) -> bool {
    let c = half_width(text.at(k));
    is_numeral(c) || (c == '.' && text.at(k + 1).is_ascii_digit())
}

/// 第N: a rank where a place to be compared in stands before it and nothing it
/// could number stands after it.
fn order(text: &Text<'_>, i: usize) -> Option<Numeral> {
    let figure = figure_at(text, i + 1, &Cues::default())?;
    let run = (i + 1..).take_while(|&k| is_numeral(text.at(k))).count();
    let after = i + 1 + run;
    let value = u32::try_from(figure.value).ok()?;
    let unit = text.any_at(after, &["位", "名"]).unwrap_or(0);
    let session = text.any_at(after, &["届"]).unwrap_or(0);
    let rank = session == 0 && setting::is_ranking(text, i, after + unit);
    let end = after + if rank { unit } else { session };
    Some(Numeral { start: i, end, role: Role::Order { value, rank, session: session > 0 } })
}

fn rank(start: usize, end: usize, value: u32) -> Numeral {
    Numeral { start, end, role: Role::Order { value, rank: true, session: false } }
}

/// 首届, 首位, 首次.
fn first(text: &Text<'_>, i: usize) -> Option<Numeral> {
    let session = text.at(i + 1) == '届';
    let plain =
        text.any_at(i + 1, &["位", "次", "个", "批", "家", "先", "要", "创", "府", "席"]).is_none();
    if plain && !session {
        return None;
    }
    let end = i + 1 + usize::from(session);
    Some(Numeral { start: i, end, role: Role::Order { value: 1, rank: false, session } })
}
