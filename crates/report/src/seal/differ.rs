//! Holds a seal against a check of the same text, made over another state of the ledgers or
//! with other definitions.
//!
//! Verdicts are matched by where their words stand, by indicator, and by how often both
//! occurred before; relations by id, place and window. Everything is compared that the seal
//! holds of the report and its check. Who sealed, with what program and over which state of
//! the ledgers is the caller's to compare.

use std::collections::BTreeMap;

use super::difference::{Aspect, Difference, Subject};
use super::words::Digits;
use super::{Seal, SealedRelation, SealedVerdict, record, words};
use crate::verdict::Checked;

pub(super) fn differences(seal: &Seal, checked: &Checked) -> Vec<Difference> {
    let mut all = Differences(Vec::new());
    all.report(seal, checked);
    all.matched(&seal.verdicts, &record::verdicts(checked), Differences::verdict);
    all.matched(&seal.relations, &record::relations(checked), Differences::relation);
    all.0
}

/// What tells an entry of a list from the others, but for those that are alike.
type Name<'v> = (u64, u64, Vec<&'v str>);
/// The entries of a list by name and by how many of that name came before.
type Entries<'v, T> = BTreeMap<(Name<'v>, usize), &'v T>;

fn entries<'v, T: Entry>(list: &'v [T]) -> Entries<'v, T> {
    let mut seen: BTreeMap<Name<'v>, usize> = BTreeMap::new();
    let numbered = list.iter().map(|entry| {
        let before = seen.entry(entry.name()).or_default();
        *before += 1;
        ((entry.name(), *before), entry)
    });
    numbered.collect()
}

struct Differences(Vec<Difference>);

impl Differences {
    /// Adds a difference if two values are not the same.
    fn add<T: PartialEq + ?Sized>(
        &mut self,
        about: &Subject,
        aspect: Aspect,
        (old, new): (&T, &T),
        words: impl Fn(&T) -> String,
    ) {
        if old != new {
            let (about, old, new) = (about.clone(), words(old), words(new));
            self.0.push(Difference { about, aspect, old, new });
        }
    }

    /// The same of numbers, shown as everywhere unless they are the same so.
    fn number<T: PartialEq + ?Sized>(
        &mut self,
        about: &Subject,
        aspect: Aspect,
        (old, new): (&T, &T),
        words: impl Fn(&T, Digits) -> String,
    ) {
        let digits = match words(old, Digits::Shown) == words(new, Digits::Shown) {
            true => Digits::All,
            false => Digits::Shown,
        };
        self.add(about, aspect, (old, new), |value| words(value, digits));
    }

    /// Compares the entries of two lists that have the same name, and tells of the others.
    fn matched<T: Entry>(&mut self, old: &[T], new: &[T], compare: impl Fn(&mut Self, &T, &T)) {
        let (old, new) = (entries(old), entries(new));
        for (name, entry) in &old {
            match new.get(name) {
                Some(other) => compare(self, entry, other),
                None => self.presence(*entry, entry.summary(), "没有了".to_owned()),
            }
        }
        for (_, entry) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            self.presence(*entry, "没有".to_owned(), entry.summary());
        }
    }

    fn presence(&mut self, entry: &impl Entry, old: String, new: String) {
        self.0.push(Difference { about: entry.subject(), aspect: Aspect::Presence, old, new });
    }

    fn report(&mut self, seal: &Seal, checked: &Checked) {
        let about = &Subject::Report;
        let report = record::report(checked);
        let short = |text: &str| format!("有 {} 个字", text.chars().count());
        self.add(about, Aspect::Text, (seal.report.text.as_str(), &report.text), short);
        self.add(about, Aspect::Title, (seal.report.title.as_str(), &report.title), words::text);
        self.add(about, Aspect::Place, (&seal.place, &checked.place), |code| format!(" {code}"));
        self.add(about, Aspect::Window, (&seal.window, &checked.window), |p| p.describe());
        let plans = record::count(checked.summary.plan);
        self.add(about, Aspect::Plans, (&seal.plans, &plans), words::spots);
        let background = record::count(checked.summary.background);
        self.add(about, Aspect::Background, (&seal.background, &background), words::spots);
        let exceptions = record::exceptions(checked);
        let pair = (seal.exceptions.as_slice(), exceptions.as_slice());
        self.add(about, Aspect::Exception, pair, words::exceptions);
        // A sealed report had no loose figure.
        for loose in &checked.loose {
            let (text, line) = (loose.text.clone(), record::count(loose.line));
            let start = record::count(loose.start);
            self.0.push(Difference {
                about: Subject::Claim { text, line, start, indicator: None },
                aspect: Aspect::Loose,
                old: "没有".to_owned(),
                new: format!(":{}", loose.reason),
            });
        }
    }

    fn verdict(&mut self, old: &SealedVerdict, new: &SealedVerdict) {
        // Every field is named, so that one added to a seal is compared as well.
        let SealedVerdict {
            text,
            start: _,
            end: _,
            line,
            indicator: _,
            label,
            unit,
            meaning,
            predicate,
            place,
            window,
            fixed,
            verdict,
            kind,
            actual,
            basis,
            status,
            records,
            gaps,
            members,
            exception,
        } = old;
        let about = &old.subject();
        self.add(about, Aspect::Conclusion, (verdict.as_str(), &new.verdict), words::code);
        self.add(about, Aspect::Kind, (kind, &new.kind), words::maybe_code);
        self.number(about, Aspect::Value, (actual, &new.actual), words::maybe_amount);
        let pair = (members.as_slice(), new.members.as_slice());
        self.number(about, Aspect::Members, pair, words::members);
        self.add(about, Aspect::Records, (records, &new.records), words::records);
        self.add(about, Aspect::Basis, (basis, &new.basis), words::maybe_code);
        self.add(about, Aspect::Status, (status, &new.status), words::maybe_code);
        self.add(about, Aspect::Gaps, (gaps.as_slice(), &new.gaps), words::list);
        self.add(about, Aspect::Label, (label.as_str(), &new.label), words::text);
        self.add(about, Aspect::Meaning, (meaning.as_str(), &new.meaning), words::text);
        self.add(about, Aspect::Predicate, (predicate.as_str(), &new.predicate), words::text);
        self.add(about, Aspect::Unit, (unit, &new.unit), words::maybe);
        self.add(about, Aspect::Place, (place, &new.place), words::maybe);
        self.add(about, Aspect::Window, (window, &new.window), words::maybe);
        self.add(about, Aspect::Fixed, (fixed, &new.fixed), words::fixed);
        self.add(about, Aspect::Text, (text.as_str(), &new.text), words::text);
        self.add(about, Aspect::Position, (line, &new.line), |line| format!("第{line}行"));
        let pair = (exception, &new.exception);
        self.add(about, Aspect::Exception, pair, words::exception_number);
    }

    fn relation(&mut self, old: &SealedRelation, new: &SealedRelation) {
        let SealedRelation {
            id: _,
            place: _,
            window: _,
            equation,
            level,
            left,
            right,
            holds,
            violations,
            exception,
        } = old;
        let about = &old.subject();
        self.add(about, Aspect::Holds, (holds, &new.holds), words::holds);
        self.number(about, Aspect::Left, (left, &new.left), words::number);
        self.number(about, Aspect::Right, (right, &new.right), words::number);
        self.add(about, Aspect::Violations, (violations, &new.violations), words::records);
        self.add(about, Aspect::Equation, (equation.as_str(), &new.equation), words::text);
        self.add(about, Aspect::Level, (level.as_str(), &new.level), words::code);
        let pair = (exception, &new.exception);
        self.add(about, Aspect::Exception, pair, words::exception_number);
    }
}

/// An entry of a seal that can be missing or new.
trait Entry {
    /// What tells it from the others.
    fn name(&self) -> Name<'_>;
    fn subject(&self) -> Subject;
    /// What it says, in words.
    fn summary(&self) -> String;
}

impl Entry for SealedVerdict {
    fn name(&self) -> Name<'_> {
        (self.start, self.end, self.indicator.as_deref().into_iter().collect())
    }

    fn subject(&self) -> Subject {
        let (text, indicator) = (self.text.clone(), self.indicator.clone());
        Subject::Claim { text, line: self.line, start: self.start, indicator }
    }

    fn summary(&self) -> String {
        words::verdict(self)
    }
}

impl Entry for SealedRelation {
    fn name(&self) -> Name<'_> {
        (0, 0, vec![&self.id, &self.place, &self.window])
    }

    fn subject(&self) -> Subject {
        let (id, place, window) = (self.id.clone(), self.place.clone(), self.window.clone());
        Subject::Relation { id, place, window }
    }

    fn summary(&self) -> String {
        words::holds(&self.holds)
    }
}
