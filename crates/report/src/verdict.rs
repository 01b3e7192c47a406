//! What a check says about a claim: conclusion, reason, and what it rests on.

use std::ops::Range;

use figure::{Date, Decimal, Interval, Period, Unit, shown_text};
use measure::{Basis, RelationResult, Status};
use prose::Truth3;

use crate::document::Document;
use crate::source::{Claim, Purpose, Source};

/// Whether words agree with the ledgers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conclusion {
    /// They hold whatever is still unknown.
    Proven,
    /// They do not hold, or say something else than their target.
    Refuted,
    /// It depends on what is not known yet.
    Unprovable,
    /// Nothing could be found to check them against.
    Unbound,
}

/// What stands behind a conclusion that is not proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The value is another one.
    Value,
    /// The unit measures something else.
    Unit,
    /// The sentence speaks of another thing, place or part.
    Subject,
    /// The words name another period than the target.
    Window,
    /// The words state nothing that can be read.
    Words,
    /// The target names something that does not exist, or lacks a part.
    Target,
    /// The ledgers do not know the value well enough.
    Gap,
}

/// The verdict on one target of one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Number of the claim in the report.
    pub claim: usize,
    /// The words.
    pub text: String,
    /// Character offset in the file where the words begin.
    pub start: usize,
    /// Character offset in the file where the words end.
    pub end: usize,
    /// Line in the file, from 1.
    pub line: usize,
    /// The result.
    pub finding: Finding,
}

/// The result of checking words against one indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The conclusion.
    pub conclusion: Conclusion,
    /// What stands behind it; `None` when proven or unbound.
    pub kind: Option<Kind>,
    /// The reason for people: what the words claim, what the ledgers give, what to do.
    pub reason: String,
    /// Id of the indicator as the target names it.
    pub indicator: Option<String>,
    /// Name of the indicator.
    pub label: String,
    /// What exactly it measures (口径).
    pub meaning: String,
    /// The predicate in words.
    pub predicate: String,
    /// The window the words are about.
    pub window: Option<Period>,
    /// Code of the place.
    pub place: Option<String>,
    /// Name of the place.
    pub place_label: String,
    /// Dimensions fixed, by id, with stored values.
    pub fixed: Vec<(String, String)>,
    /// What is known of the value; `None` when it was not asked for, or when
    /// there are members.
    pub actual: Option<Actual>,
    /// Values of each place or of each period of a series.
    pub members: Vec<Member>,
    /// What the value rests on.
    pub basis: Option<Basis>,
    /// How settled it is.
    pub status: Option<Status>,
    /// Number of records behind it.
    pub records: u64,
    /// What stands in the way of knowing it.
    pub gaps: Vec<String>,
    /// Words that would be true, in the manner of those written.
    pub suggestion: Option<String>,
    /// Whether the forecast was judged in place of the value.
    pub forecast: bool,
}

/// What is known of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actual {
    /// The number or its bounds, in `unit`, never rounded.
    pub amount: Interval,
    /// Unit of the indicator.
    pub unit: Unit,
}

/// One member of a split or series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name of the place, or the period in words.
    pub label: String,
    /// What is known of its value.
    pub actual: Actual,
    /// Whether it meets the words; a member of a trend is open by itself.
    pub truth: Truth3,
    /// What stands in the way of knowing it.
    pub gaps: Vec<String>,
}

/// A numeral of the prose that is no claim, no background and no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    /// The words.
    pub text: String,
    /// Character offset in the file where they begin.
    pub start: usize,
    /// Character offset in the file where they end.
    pub end: usize,
    /// Line in the file, from 1.
    pub line: usize,
    /// Number of the passage.
    pub passage: usize,
    /// Plain characters of the passage.
    pub range: Range<usize>,
    /// Why it is loose and what to do.
    pub reason: String,
}

/// How many verdicts of each conclusion, loose figures, and words that are not
/// measured there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Proven.
    pub proven: usize,
    /// Refuted.
    pub refuted: usize,
    /// Unprovable.
    pub unprovable: usize,
    /// Unbound.
    pub unbound: usize,
    /// Loose figures.
    pub loose: usize,
    /// Words that their author says are a plan.
    pub plan: usize,
    /// Words that their author says are a fixed expression.
    pub background: usize,
}

/// A report with everything that was found out about it.
#[derive(Debug)]
pub struct Checked {
    /// The report as written.
    pub source: Source,
    /// The report without its targets.
    pub document: Document,
    /// One verdict for each target, in the order of the report.
    pub verdicts: Vec<Verdict>,
    /// Figures bound to nothing.
    pub loose: Vec<Loose>,
    /// Relations among indicators for the report's place and window.
    pub relations: Vec<RelationResult>,
    /// What the rules of proofreading found, in the order of the text.
    pub findings: Vec<review::Finding>,
    /// Counts.
    pub summary: Summary,
    /// Code of the place the report is about; empty where there was no ledger.
    pub place: String,
    /// Window the report is about.
    pub window: Period,
    /// The day it was checked as of.
    pub now: Date,
}

impl Conclusion {
    /// The word that programs read.
    pub fn code(self) -> &'static str {
        match self {
            Conclusion::Proven => "proven",
            Conclusion::Refuted => "refuted",
            Conclusion::Unprovable => "unprovable",
            Conclusion::Unbound => "unbound",
        }
    }

    /// The word that people read.
    pub fn label(self) -> &'static str {
        match self {
            Conclusion::Proven => "已证实",
            Conclusion::Refuted => "不符",
            Conclusion::Unprovable => "无法证实",
            Conclusion::Unbound => "未绑定",
        }
    }

    /// The conclusion about a whole of which both are parts: the worse one.
    pub fn worse(self, other: Conclusion) -> Conclusion {
        let rank = |c: Conclusion| match c {
            Conclusion::Proven => 0,
            Conclusion::Unbound => 1,
            Conclusion::Unprovable => 2,
            Conclusion::Refuted => 3,
        };
        if rank(self) >= rank(other) { self } else { other }
    }
}

impl Kind {
    /// The word that programs read.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Value => "value",
            Kind::Unit => "unit",
            Kind::Subject => "subject",
            Kind::Window => "window",
            Kind::Words => "words",
            Kind::Target => "target",
            Kind::Gap => "gap",
        }
    }
}

impl Summary {
    /// Counts verdicts, loose figures, plans and background.
    pub(crate) fn of(verdicts: &[Verdict], loose: &[Loose], claims: &[Claim]) -> Summary {
        let count = |purpose| claims.iter().filter(|c| c.purpose == purpose).count();
        let mut summary = Summary {
            loose: loose.len(),
            plan: count(Purpose::Plan),
            background: count(Purpose::Background),
            ..Summary::default()
        };
        for verdict in verdicts {
            match verdict.finding.conclusion {
                Conclusion::Proven => summary.proven += 1,
                Conclusion::Refuted => summary.refuted += 1,
                Conclusion::Unprovable => summary.unprovable += 1,
                Conclusion::Unbound => summary.unbound += 1,
            }
        }
        summary
    }

    /// Whether every claim is proven and no figure is loose.
    pub fn is_clean(self) -> bool {
        self.refuted + self.unprovable + self.unbound + self.loose == 0
    }
}

impl Checked {
    /// The verdicts on a claim, by its number.
    pub fn verdicts_of(&self, claim: usize) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(move |v| v.claim == claim)
    }

    /// Whether the text was held against the ledgers of a place. Where it was not, each of its
    /// figures is unbound, which says nothing of them.
    pub fn asked_ledgers(&self) -> bool {
        !self.place.is_empty()
    }

    /// Whether a rule says that the text contradicts itself or a standard, or tells what nobody
    /// else may read.
    pub fn breaks_rules(&self) -> bool {
        self.findings.iter().any(|finding| finding.grade != pack::Grade::Doubt)
    }

    /// The conclusion about all targets of a claim; `None` for plans and background.
    pub fn conclusion_of(&self, claim: usize) -> Option<Conclusion> {
        self.verdicts_of(claim).map(|v| v.finding.conclusion).reduce(Conclusion::worse)
    }
}

impl Actual {
    /// The value with its unit for people: `98 起`, `不少于 98 起`, `约 90.8571%`.
    pub fn describe(self) -> String {
        let with_unit = |number: Decimal| describe_number(number, self.unit);
        match (self.amount.low, self.amount.high) {
            (Some(low), Some(high)) if low == high => with_unit(low),
            (Some(low), Some(high)) => format!("{} 至 {}", with_unit(low), with_unit(high)),
            (Some(low), None) => format!("不少于 {}", with_unit(low)),
            (None, Some(high)) => format!("不超过 {}", with_unit(high)),
            (None, None) => "未知".to_owned(),
        }
    }
}

/// A number with its unit for people.
pub(crate) fn describe_number(number: Decimal, unit: Unit) -> String {
    let number = shown_text(number);
    let symbol = unit.to_string();
    let space = if symbol == "%" || symbol == "‰" { "" } else { " " };
    if symbol == Unit::rank().to_string() {
        return format!("第 {number} 位");
    }
    format!("{number}{space}{symbol}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(low: Option<&str>, high: Option<&str>, unit: &str, expected: &str) {
        let end = |text: Option<&str>| text.map(|t| t.parse().unwrap());
        let amount = Interval { low: end(low), high: end(high) };
        let actual = Actual { amount, unit: Unit::parse(unit).unwrap() };
        assert_eq!(actual.describe(), expected);
    }

    #[test]
    fn values_are_shown_with_their_bounds() {
        check(Some("98"), Some("98.0"), "起", "98 起");
        check(Some("98"), None, "起", "不少于 98 起");
        check(Some("0"), Some("1"), "起", "0 起 至 1 起");
        check(Some("90.857142857"), Some("90.857142857"), "%", "约 90.8571%");
        check(Some("1"), Some("1"), "位次", "第 1 位");
        check(None, None, "元", "未知");
    }

    #[test]
    fn the_worse_conclusion_stands_for_the_claim() {
        use Conclusion::{Proven, Refuted, Unprovable};
        assert_eq!(Proven.worse(Unprovable), Unprovable);
        assert_eq!(Refuted.worse(Unprovable), Refuted);
        assert_eq!(Proven.worse(Proven), Proven);
    }
}
