//! Places in an order, and statements that their clause denies.

use figure::Unit;

use crate::claim::clause_start;
use crate::denial::{self, Governing};
use crate::predicate::Predicate;
use crate::scope;
use crate::statement::{self, Statement};
use crate::text::Text;
use crate::walk::Numeral;
use crate::words;
use crate::{Qualifier, Reading};

use super::value::{members_of, spanned};
use super::{CLAUSE, Finder, FoundClaim, Normalized, subject};

impl Finder<'_> {
    pub(super) fn ranked(&mut self, numeral: &Numeral, value: u32) {
        let text = self.text;
        let field = usize::from("县市省区国镇乡州盟旗".contains(text.before(numeral.start)));
        let all =
            usize::from(field == 1 && numeral.start > 1 && text.at(numeral.start - 2) == '全');
        // 开发区第二 is a place in something that is not the district.
        let compound = all == 0 && words::goes_on(text.at(numeral.start.wrapping_sub(2)));
        let verb = "居列为在获得排中".contains(text.at(numeral.start.wrapping_sub(2)));
        let field = if compound && !verb { 0 } else { field };
        let start = numeral.start - field * (1 + all);
        let statement = Statement { start, end: numeral.end, predicate: Predicate::Rank(value) };
        let normalized = Normalized { value: value.into(), unit: Unit::rank().to_string() };
        self.ordinal(statement, value, "位", normalized, None);
    }

    pub(super) fn edition(&mut self, numeral: &Numeral, value: u32) {
        let (start, end) = (numeral.start, numeral.end);
        let statement = Statement { start, end, predicate: Predicate::Ordinal(value) };
        let normalized = Normalized { value: value.into(), unit: "届".to_owned() };
        let subject = subject::after(self.text, end);
        self.ordinal(statement, value, "届", normalized, subject);
    }

    pub(super) fn ordinal(
        &mut self,
        statement: Statement,
        value: u32,
        unit: &str,
        normalized: Normalized,
        subject: Option<String>,
    ) {
        let from = clause_start(self.text, statement.start, CLAUSE);
        let kind = self.kind(statement.start, statement.end);
        let mut claim = self.blank(statement.start, statement.end, kind);
        claim.qualifier = Some(Qualifier::Ordinal);
        claim.value = Some(value.into());
        claim.unit = Some(unit.to_owned());
        claim.normalized = Some(normalized);
        // 由第15位上升至第8位: both places are of the same thing.
        let last = self.order.take().filter(|(end, _)| *end > from);
        let from = last.as_ref().map_or(from, |(end, _)| *end);
        let subject = subject
            .or_else(|| subject::before(self.text, from, statement.start))
            .or_else(|| last.and_then(|(_, subject)| subject));
        self.order = Some((statement.end, subject.clone()));
        let members = members_of(subject.as_deref(), &claim);
        let scope = (statement.predicate == Predicate::Rank(value)).then(|| {
            let place = statement.end;
            let first = (statement.start..place).find(|&k| matches!(self.text.at(k), '第' | '首'));
            scope::scope_around(self.text, first.unwrap_or(statement.start), place)
        });
        let reading = spanned(&claim.text, statement.clone());
        claim.reading = Some(Reading { scope: scope.flatten(), ..reading });
        self.deny(&mut claim, from, &statement);
        self.push_each(claim, subject, members);
    }

    /// Turns a statement that its clause denies (未居全县第一, 均未达到) into one that
    /// nothing proves, and takes the denial into its words.
    pub(super) fn deny(&self, claim: &mut FoundClaim, from: usize, statement: &Statement) {
        let text = self.text;
        let from = self.last.as_ref().map_or(from, |last| from.max(last.end.min(claim.start)));
        let before = match denial::governing(text, from, claim.start) {
            Some(Governing::Sentence(denial)) => Some(denial.start.max(from)),
            _ => None,
        };
        let zero = statement.predicate == Predicate::Zero;
        let inside = match zero {
            true => statement::zero_denied(text, statement).is_some(),
            false => statement::denied(&Text::new(&claim.text)).is_some(),
        };
        if before.is_none() && !inside {
            return;
        }
        claim.start = before.unwrap_or(claim.start);
        text.slice(claim.start, claim.end).clone_into(&mut claim.text);
        if let Some(reading) = &mut claim.reading {
            reading.negated = true;
            reading.predicate = Predicate::NotAchieved;
        }
    }
}
