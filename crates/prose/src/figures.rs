//! Finding of claims in free text.
//!
//! Every numeral is found, and with it the statements that need none. A numeral
//! that counts or measures is a fact, or a plan where the heading or sentence
//! announces it; all others are background. What is stated of several things at
//! once (甲、乙达标率100%) gives one claim for each of them on the same span, and
//! 分别 gives each of several numbers its own subject or period.

use std::collections::BTreeMap;

use figure::Class;

use crate::Lexicon;
use crate::bound;
use crate::claim::{clause_start, reading_of};
use crate::denial::{self, Governing};
use crate::numeral::number;
use crate::predicate::Direction;
use crate::scan::{Figure, is_foreign};
use crate::setting;
use crate::text::Text;
use crate::walk::{Numeral, Role, walk};

mod era;
mod found;
mod order;
mod plan;
mod respective;
mod said;
mod section;
mod stated;
mod subject;
mod value;

use respective::Share;
use value::{members_of, normalized};

pub use found::{Flag, Found, FoundClaim, Kind, Normalized};
pub use said::{Form, Statement, statements};

/// How far a clause is followed back. Reports write long sentences, and a text
/// that lost its marks must not make the search quadratic.
const CLAUSE: usize = 120;

/// Finds the claims of a text.
pub fn figures(text: &str, lexicon: &Lexicon) -> Found {
    let text = Text::new(text);
    let mut finder = Finder::new(&text, lexicon);
    finder.run();
    finder.found.claims.sort_by_key(|claim| (claim.start, claim.end));
    finder.found
}

struct Finder<'t> {
    text: &'t Text<'t>,
    sections: section::Sections,
    /// Words of a plan: where each begins, and where it ends.
    plans: Vec<(usize, usize)>,
    numerals: Vec<Numeral>,
    /// What 分别 gives to each number, by where the number begins.
    shares: BTreeMap<usize, Share>,
    found: Found,
    era: era::Era,
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

impl<'t> Finder<'t> {
    fn new(text: &'t Text<'t>, lexicon: &Lexicon) -> Finder<'t> {
        let numerals = walk(text, lexicon);
        Finder {
            text,
            sections: section::Sections::new(text),
            plans: (0..text.len()).filter_map(|i| Some((i, lexicon.plan_at(text, i)?))).collect(),
            shares: respective::shares(text, &numerals),
            numerals,
            found: Found::default(),
            era: era::Era::default(),
            last: None,
            order: None,
        }
    }
}

impl Finder<'_> {
    fn run(&mut self) {
        let statements = self.statements();
        let numerals = std::mem::take(&mut self.numerals);
        self.found.claims.reserve(numerals.len());
        let mut next = statements.into_iter().peekable();
        let mut covered = 0;
        for (k, numeral) in numerals.iter().enumerate() {
            while let Some(statement) = next.next_if(|s| s.start < numeral.end) {
                covered = covered.max(subject::span(self.text, &statement, CLAUSE).1);
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
                self.background(numeral);
                self.era.pass(self.text, &self.sections, numeral);
            }
            Role::Order { .. } | Role::Background => self.background(numeral),
        }
    }

    fn flag_unit(&mut self, figure: &Figure) {
        let unit = &figure.unit_text;
        if setting::is_ratio(self.text, figure) {
            return;
        }
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

    /// A claim without anything but its place and kind.
    fn blank(&self, start: usize, end: usize, kind: Kind) -> FoundClaim {
        FoundClaim {
            text: self.text.slice(start, end).to_owned(),
            start,
            end,
            line: self.sections.line(start),
            kind,
            subject: None,
            qualifier: None,
            value: None,
            high: None,
            direction: None,
            unit: None,
            normalized: None,
            period: self.era.period(&self.sections, start).map(str::to_owned),
            reading: None,
        }
    }

    fn background(&mut self, numeral: &Numeral) {
        let mut claim = self.blank(numeral.start, numeral.end, Kind::Background);
        claim.value = number(&claim.text);
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
        let first = denied.unwrap_or(bound.start);
        let set = self.is_set(figure, bound.start);
        let kind = if set { Kind::Plan } else { self.kind(first, bound.end) };
        let mut claim = self.blank(first, bound.end, kind);
        claim.qualifier = Some(bound::qualifier(figure, &bound));
        claim.value = Some(figure.value);
        claim.high = figure.high;
        claim.direction = bound.direction;
        claim.unit = (!figure.unit_text.is_empty()).then(|| figure.unit_text.clone());
        claim.normalized = normalized(figure);
        claim.reading = reading;
        let own = subject::before(text, start, bound.start);
        // 5个村1个居委会: what stands between is the noun of the number before.
        let listed = last.as_ref().is_some_and(|l| subject::is_listed(text, l.end, &bound));
        let own = own.filter(|_| !listed);
        let part =
            figure.unit.is_some_and(|unit| matches!(unit.class(), Class::Share | Class::Multiples));
        let compares = own.as_deref().is_some_and(|own| subject::compares(own, part));
        let reach = if compares { CLAUSE } else { SHARED };
        let near = last.filter(|l| {
            let apart = self.sections.sentence(l.end) != self.sections.sentence(bound.start);
            !listed && !apart && bound.start <= l.end + reach
        });
        let shared = near.and_then(|l| l.subject);
        let before = match (own, shared) {
            // 农业人口5万人,占总人口的69%: the share is of the one before in the other.
            (Some(own), Some(shared)) if compares && own.starts_with('占') => {
                Some(format!("{shared}{own}"))
            }
            (own, shared) if compares => shared.or(own),
            (own, shared) => own.or(shared),
        };
        // What stands behind its number (3名党员) is not shared with the next one.
        let behind = if before.is_none() { subject::after(text, bound.end) } else { None };
        // A noun that was cut off belongs to the next number's words.
        let whole = |noun: &&String| subject::is_whole(text, bound.end + noun.chars().count());
        let noun = behind.as_ref().filter(whole).map_or(0, |noun| noun.chars().count());
        let end = bound.end + noun;
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
}
