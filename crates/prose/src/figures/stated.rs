//! Statements that need no number of their own: zeros, wholes and trends.

use std::sync::LazyLock;

use figure::Decimal;

use crate::bound;
use crate::claim::clause_start;
use crate::cues::Cues;
use crate::doubled;
use crate::predicate::Predicate;
use crate::statement::{self, Statement};
use crate::walk::{Numeral, Role};
use crate::words;

use super::value::{members_of, spanned};
use super::{CLAUSE, Finder, Normalized, subject};

/// What 全部 stands before where it says that all are done.
const DONE_WITH_ALL: &[&str] = &[
    "通过",
    "完成",
    "顺利",
    "签约",
    "达标",
    "开工",
    "到位",
    "落实",
    "销号",
    "整改",
    "办结",
    "竣工",
    "投产",
    "化解",
    "解决",
    "兑现",
    "发放",
    "拨付",
    "录入",
    "入库",
    "更换",
    "拆除",
    "搬迁",
    "脱贫",
    "参保",
    "安置",
    "清理",
    "回收",
    "关闭",
    "建成",
    "启用",
    "配备",
    "建立",
    "纳入",
    "转运",
    "上岗",
    "实现",
    "达到",
    "消除",
    "答复",
    "处置",
    "处理",
    "摘帽",
    "退出",
    "出列",
    "硬化",
    "通车",
    "通电",
    "接通",
    "开通",
    "移交",
    "结清",
    "还清",
    "收回",
    "迁移",
    "投入使用",
    "得到",
    "按期",
    "按时",
    "接种",
];

/// A height never reached before.
static RECORD: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new([
        "再创历史新高",
        "再创新高",
        "屡创新高",
        "创历史新高",
        "创历史最高",
        "创历史最好",
        "创新高",
    ])
});

impl Finder<'_> {
    /// Zeros, trends and wholes, in order.
    pub(super) fn statements(&self) -> Vec<Statement> {
        let mut found: Vec<Statement> = Vec::new();
        let mut i = 0;
        while i < self.text.len() {
            let statement = statement::zero_at(self.text, i)
                .or_else(|| doubled::at(self.text, i).map(|(statement, _)| statement))
                .or_else(|| self.trend_at(i))
                .or_else(|| self.record_at(i))
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

    /// A trend that was counted: 逐年减少. 稳步提升 and the like praise, and so does a
    /// heading.
    fn trend_at(&self, i: usize) -> Option<Statement> {
        let trend = statement::trend_at(self.text, i)?;
        let praise = self.text.any_at(i, &["稳步", "逐步", "不断", "持续提升"]).is_some();
        (!praise && !self.sections.is_heading(i)).then_some(trend)
    }

    /// 再创新高 with no number before it in its sentence, which it would describe.
    fn record_at(&self, i: usize) -> Option<Statement> {
        // 创新高地 is a place of invention.
        let end = RECORD.end_at(self.text, i).filter(|end| self.text.at(*end) != '地')?;
        let sentence = self.sections.sentence(i);
        let described = self.numerals[..self.numerals.partition_point(|n| n.end <= i)]
            .iter()
            .rev()
            .take_while(|n| n.start >= sentence)
            .any(|n| matches!(n.role, Role::Count(_)));
        let rising = Predicate::Rising { strict: true, points: statement::TREND_POINTS };
        let heading = self.sections.is_heading(i);
        (!described && !heading).then_some(Statement { start: i, end, predicate: rising })
    }

    /// 均, 全部 or 全覆盖 with no number behind it in its clause.
    fn whole_at(&self, i: usize) -> Option<Statement> {
        let c = self.text.at(i);
        if !matches!(c, '均' | '全') {
            return None;
        }
        let each = bound::each_in(self.text, i, i + 1).is_some();
        let covered = self.text.any_at(i, &["全覆盖"]);
        if !each && covered.is_none() && self.text.any_at(i, &["全部"]).is_none() {
            return None;
        }
        let end = subject::clause_end(self.text, i, CLAUSE);
        let behind = self.numerals.partition_point(|n| n.end <= i);
        let number = self.numerals[behind..]
            .iter()
            .take_while(|n| n.start < end)
            .any(|n| matches!(n.role, Role::Count(_) | Role::Masked));
        // 全覆盖 before a verb says how something is done: 全覆盖排查.
        let covers = covered.is_some_and(|length| !words::goes_on(self.text.at(i + length)));
        let says = each || covers || self.text.any_at(i + 2, DONE_WITH_ALL).is_some();
        let heading = self.sections.is_heading(i);
        (!number && says && !heading).then_some(Statement {
            start: i,
            end,
            predicate: Predicate::Whole,
        })
    }

    /// A zero, a trend or a whole. Numbers before numeral `k` are already found.
    pub(super) fn stated(&mut self, statement: &Statement, numerals: &[Numeral], k: usize) {
        let text = self.text;
        let (start, end) = subject::span(text, statement, CLAUSE);
        for numeral in numerals[k.min(numerals.len())..].iter().take_while(|n| n.end <= end) {
            self.era.pass(text, &self.sections, numeral);
        }
        let kind = self.kind(start, end);
        let mut claim = self.blank(start, end, kind);
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
        // A record is above all before it, which is no trend that could be judged.
        let record = RECORD.is_at(text, statement.start);
        claim.reading = Some(reading).filter(|_| !record);
        self.deny(&mut claim, from, statement);
        let (subject, members) = if zero && end > statement.end {
            let named = text.slice(statement.end, end).to_owned();
            let members = subject::denied(&named);
            (Some(named), members)
        } else if zero && text.at(statement.start) == '零' {
            (Some(text.slice(statement.start + 1, end).to_owned()), Vec::new())
        } else {
            let members = if whole { Vec::new() } else { members_of(before.as_deref(), &claim) };
            (before, members)
        };
        self.push_each(claim, subject, members);
    }
}
