//! Statements that need no number of their own: zeros, wholes and trends.

use figure::Decimal;

use crate::bound;
use crate::claim::clause_start;
use crate::doubled;
use crate::predicate::Predicate;
use crate::statement::{self, Statement};
use crate::walk::{Numeral, Role};

use super::value::{members_of, spanned};
use super::{CLAUSE, Finder, Normalized, subject};

impl Finder<'_> {
    /// Zeros, trends and wholes, in order.
    pub(super) fn statements(&self) -> Vec<Statement> {
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

    /// A zero, a trend or a whole. Numbers before numeral `k` are already found.
    pub(super) fn stated(&mut self, statement: &Statement, numerals: &[Numeral], k: usize) {
        let text = self.text;
        let (start, end) = subject::span(text, statement, CLAUSE);
        for numeral in numerals[k.min(numerals.len())..].iter().take_while(|n| n.end <= start) {
            self.era.pass(text, &self.sections, numeral);
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
