//! Finding of claims in free text.
//!
//! Every numeral is found, and with it the statements that need none. A numeral
//! that counts or measures is a fact, or a plan where the heading or sentence
//! announces it; all others are background. What is stated of several things at
//! once (甲、乙达标率100%) gives one claim for each of them on the same span, and
//! 分别 gives each of several numbers its own subject or period.

use std::collections::BTreeMap;

use figure::Decimal;

use crate::bound;
use crate::claim::{clause_start, is_plan, reading_of};
use crate::denial::{self, Governing};
use crate::doubled;
use crate::predicate::{Direction, Predicate};
use crate::scan::{Figure, is_foreign};
use crate::statement::{self, Statement};
use crate::text::Text;
use crate::walk::{Numeral, Role, walk};
use crate::{Lexicon, parse_number};

mod found;
mod order;
mod respective;
mod section;
mod subject;
mod value;

use respective::Share;
use value::{members_of, normalized, spanned};

pub use found::{Flag, Found, FoundClaim, Kind, Normalized};

/// How far a clause is followed back. Reports write long sentences, and a text
/// that lost its marks must not make the search quadratic.
const CLAUSE: usize = 120;

/// Finds the claims of a text.
pub fn figures(text: &str, lexicon: &Lexicon) -> Found {
    let text = Text::new(text);
    let numerals = walk(&text, lexicon);
    let mut finder = Finder {
        text: &text,
        lexicon,
        sections: section::Sections::new(&text),
        shares: respective::shares(&text, &numerals),
        numerals,
        found: Found::default(),
        period: None,
        last: None,
        order: None,
    };
    finder.run();
    finder.found.claims.sort_by_key(|claim| (claim.start, claim.end));
    finder.found
}

struct Finder<'t> {
    text: &'t Text<'t>,
    lexicon: &'t Lexicon,
    sections: section::Sections,
    numerals: Vec<Numeral>,
    /// What 分别 gives to each number, by where the number begins.
    shares: BTreeMap<usize, Share>,
    found: Found,
    /// The last period words and the sentence they stand in.
    period: Option<(usize, String)>,
    last: Option<Last>,
    /// After the last place in an order, and what it was the place of.
    order: Option<(usize, Option<String>)>,
}

/// The number before, which the next one may share its words with.
struct Last {
    /// After the number and the words that name what it counts (3名党员).
    end: usize,
    subject: Option<String>,
    direction: Option<Direction>,
}

/// Longest gap over which a number without words of its own shares those of the
/// number before: 337户38.605万元, 收入5万元,同比增长8%.
const SHARED: usize = 6;

impl Finder<'_> {
    fn run(&mut self) {
        let statements = self.statements();
        let numerals = std::mem::take(&mut self.numerals);
        let mut next = statements.into_iter().peekable();
        let mut covered = 0;
        for (k, numeral) in numerals.iter().enumerate() {
            while let Some(statement) = next.next_if(|s| s.start < numeral.end) {
                covered = covered.max(statement.end);
                self.stated(&statement, &numerals, k);
            }
            if numeral.end <= covered && numeral.role != Role::Masked {
                continue;
            }
            self.numeral(numeral);
        }
        for statement in next {
            self.stated(&statement, &numerals, numerals.len());
        }
    }

    /// Zeros, trends and wholes, in order.
    fn statements(&self) -> Vec<Statement> {
        let mut found: Vec<Statement> = Vec::new();
        let mut i = 0;
        while i < self.text.len() {
            let statement = statement::zero_at(self.text, i)
                .or_else(|| doubled::at(self.text, i).map(|(statement, _)| statement))
                .or_else(|| statement::trend_at(self.text, i))
                .or_else(|| self.whole_at(i));
            match statement {
                Some(statement) => {
                    i = statement.end;
                    found.push(statement);
                }
                None => i += 1,
            }
        }
        found
    }

    /// 均, 全部 or 全覆盖 in a clause without a number of its own.
    fn whole_at(&self, i: usize) -> Option<Statement> {
        let c = self.text.at(i);
        if !matches!(c, '均' | '全') {
            return None;
        }
        let each = bound::each_in(self.text, i, i + 1).is_some();
        let all = self.text.any_at(i, &["全覆盖", "全部"]);
        if !each && all.is_none() {
            return None;
        }
        let end = subject::clause_end(self.text, i, CLAUSE);
        let from = if each { i } else { clause_start(self.text, i, CLAUSE) };
        let counted = self.numerals.partition_point(|n| n.end <= from);
        let number = self.numerals[counted..]
            .iter()
            .take_while(|n| n.start < end)
            .any(|n| matches!(n.role, Role::Count(_)));
        let verb =
            each || self.text.any_at(i, &["全覆盖"]).is_some() || self.is_verb_after_all(i + 2);
        (!number && verb).then_some(Statement { start: i, end, predicate: Predicate::Whole })
    }

    fn is_verb_after_all(&self, i: usize) -> bool {
        let verbs = [
            "通过", "完成", "顺利", "签约", "达标", "开工", "到位", "落实", "销号", "整改", "办结",
            "竣工", "投产",
        ];
        self.text.any_at(i, &verbs).is_some()
    }

    fn numeral(&mut self, numeral: &Numeral) {
        match &numeral.role {
            Role::Count(figure) => self.counted(figure),
            Role::Order { value, rank: true, .. } => self.ranked(numeral, *value),
            Role::Order { value, session: true, .. } if subject::is_edition(self.text, numeral) => {
                self.edition(numeral, *value);
            }
            Role::Masked => {
                let reason = "数字被隐去,不能按可见的数字读取;请核对原件";
                self.flag(numeral.start, numeral.end, reason);
            }
            Role::Period(_) => {
                let words = self.text.slice(numeral.start, numeral.end).to_owned();
                let sentence = self.sections.sentence(numeral.start);
                self.background(numeral);
                self.period = Some((sentence, words));
            }
            Role::Order { .. } | Role::Background => self.background(numeral),
        }
    }

    fn flag_unit(&mut self, figure: &Figure) {
        let unit = &figure.unit_text;
        if unit.is_empty() {
            let reason = "数字后面没有认得的单位;请核对是否漏了单位";
            self.flag(figure.start, figure.end, reason);
        } else if is_foreign(unit) {
            let reason = format!("不认识的单位‘{unit}’;请改用台账的单位,或在词表里补上量词");
            self.flag(figure.start, figure.end, &reason);
        }
    }

    fn flag(&mut self, start: usize, end: usize, reason: &str) {
        let text = self.text.slice(start, end).to_owned();
        self.found.flags.push(Flag { text, start, end, reason: reason.to_owned() });
    }

    /// A claim without anything but its place.
    fn blank(&self, start: usize, end: usize) -> FoundClaim {
        let sentence = self.sections.sentence(start);
        let period = self.period.as_ref().filter(|(of, _)| *of == sentence);
        FoundClaim {
            text: self.text.slice(start, end).to_owned(),
            start,
            end,
            line: self.sections.line(start),
            kind: self.kind(start, end),
            subject: None,
            qualifier: None,
            value: None,
            high: None,
            direction: None,
            unit: None,
            normalized: None,
            period: period.map(|(_, words)| words.clone()),
            reading: None,
        }
    }

    /// Plan words count if they stand before the number in its sentence, or
    /// after it in its clause: 达成投资100万元的合作意向.
    fn kind(&self, start: usize, end: usize) -> Kind {
        let from = self.sections.sentence(start).max(start.saturating_sub(2 * CLAUSE));
        let clause = subject::clause_end(self.text, end, CLAUSE);
        let words = self.text.slice(from, clause);
        if self.sections.is_plan(start) || is_plan(words, self.lexicon) {
            Kind::Plan
        } else {
            Kind::Fact
        }
    }

    fn background(&mut self, numeral: &Numeral) {
        let mut claim = self.blank(numeral.start, numeral.end);
        claim.kind = Kind::Background;
        claim.value = parse_number(&claim.text).ok();
        if let Role::Period(_) = numeral.role {
            claim.period = Some(claim.text.clone());
        }
        self.found.claims.push(claim);
    }

    fn counted(&mut self, figure: &Figure) {
        let text = self.text;
        let from = clause_start(text, figure.start, CLAUSE);
        let mut bound = bound::bound(text, figure, from);
        let share = self.shares.remove(&figure.start);
        if let Some(share) = &share {
            share.lend(&mut bound);
        }
        let last = self.last.take();
        // 减少12户30人: both numbers are of the same change.
        if let Some(last) = last.as_ref().filter(|l| l.end == bound.start) {
            bound.direction = bound.direction.or(last.direction);
        }
        let start = last.as_ref().map_or(from, |l| from.max(l.end));
        let reading = reading_of(text, figure, &bound, bound.start..bound.end);
        self.flag_unit(figure);
        // The words that a denial governs belong to the claim: 未排查105起.
        let governing = denial::governing(text, start, bound.start);
        let denied = match governing {
            Some(Governing::Sentence(denial)) => Some(denial.start.max(start)),
            _ => None,
        };
        let mut claim = self.blank(denied.unwrap_or(bound.start), bound.end);
        claim.qualifier = Some(bound::qualifier(figure, &bound));
        claim.value = Some(figure.value);
        claim.high = figure.high;
        claim.direction = bound.direction;
        claim.unit = (!figure.unit_text.is_empty()).then(|| figure.unit_text.clone());
        claim.normalized = normalized(figure);
        claim.reading = reading;
        let own = subject::before(text, start, bound.start);
        let shared = || last.filter(|l| bound.start <= l.end + SHARED).and_then(|l| l.subject);
        let before = own.or_else(shared);
        // What stands behind its number (3名党员) is not shared with the next one.
        let behind = if before.is_none() { subject::after(text, bound.end) } else { None };
        let end = bound.end + behind.as_ref().map_or(0, |noun| noun.chars().count());
        let direction = bound.direction;
        let before = share.as_ref().map_or(before, |share| share.subject(text, bound.start));
        self.last = Some(Last { end, subject: before.clone(), direction });
        let subject = before.or(behind);
        if let Some(share) = share {
            claim.period = share.period.or(claim.period);
            self.found.claims.push(FoundClaim { subject, ..claim });
            return;
        }
        let members = members_of(subject.as_deref(), &claim);
        self.push_each(claim, subject, members);
    }

    fn push_each(&mut self, claim: FoundClaim, whole: Option<String>, members: Vec<String>) {
        if members.len() < 2 {
            self.found.claims.push(FoundClaim { subject: whole, ..claim });
            return;
        }
        for member in members {
            self.found.claims.push(FoundClaim { subject: Some(member), ..claim.clone() });
        }
    }

    /// A zero, a trend or a whole. Numbers before numeral `k` are already found.
    fn stated(&mut self, statement: &Statement, numerals: &[Numeral], k: usize) {
        let text = self.text;
        let (start, end) = subject::span(text, statement, CLAUSE);
        for numeral in numerals[k.min(numerals.len())..].iter().take_while(|n| n.end <= start) {
            if let Role::Period(_) = numeral.role {
                let words = text.slice(numeral.start, numeral.end).to_owned();
                self.period = Some((self.sections.sentence(numeral.start), words));
            }
        }
        let mut claim = self.blank(start, end);
        let reading = spanned(&claim.text, statement.clone());
        claim.qualifier = Some(reading.qualifier);
        let from = clause_start(text, start, CLAUSE);
        let before = subject::before(text, from, start);
        let zero = statement.predicate == Predicate::Zero;
        let whole = statement.predicate == Predicate::Whole;
        if zero {
            claim.value = Some(Decimal::ZERO);
            let unit = subject::unit_of_zero(text, statement, end);
            claim.normalized =
                unit.map(|unit| Normalized { value: Decimal::ZERO, unit: unit.to_owned() });
            claim.unit = unit.map(str::to_owned);
        } else if whole {
            claim.normalized =
                Some(Normalized { value: Decimal::ONE_HUNDRED, unit: "%".to_owned() });
        }
        if let Predicate::Change { direction, .. } = statement.predicate {
            let times = doubled::at(text, statement.start).map(|(_, times)| Decimal::from(times));
            claim.value = times;
            claim.direction = Some(direction);
            claim.unit = Some("倍".to_owned());
            claim.normalized = times.map(|value| Normalized { value, unit: "倍".to_owned() });
        }
        claim.reading = Some(reading);
        self.deny(&mut claim, from, statement);
        let (subject, members) = if zero && end > statement.end {
            let named = text.slice(statement.end, end).to_owned();
            let members = subject::denied(&named);
            (Some(named), members)
        } else {
            let members = if whole { Vec::new() } else { members_of(before.as_deref(), &claim) };
            (before, members)
        };
        self.push_each(claim, subject, members);
    }
}
