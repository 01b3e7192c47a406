//! Relations among indicators (勾稽关系): checked at raw precision, for each
//! place and period that the definition names.
//!
//! A relation over a ratio that has no value, since nothing was divided by nothing, holds:
//! there is nothing of which it could be untrue (a yield where no field was sown). Something
//! divided by nothing is a fault in the records, and leaves the relation undecided.

use std::fmt;

use figure::{Decimal, Interval, Period, Unit, decimal_text};
use pack::{Comparison, Expr, Formula, Level, Place, Relation, RelationKind};

use crate::dialect::{self, Pick};
use crate::formula::{self, Outcome, label_of, words};
use crate::gap::bounded;
use crate::plan::Plan;
use crate::session::{Key, Session};
use crate::tally::{fetch, read};
use crate::{Gap, MeasureError, reason, split};

/// Number of forbidden records that a result names one by one.
pub const VIOLATIONS_SHOWN: usize = 100;

/// Whether a relation holds in one place and period. Its `Display` is the
/// report of a relation that does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationResult {
    /// Id of the relation.
    pub id: String,
    /// The relation in words.
    pub label: String,
    /// Whether a written reason may excuse it.
    pub level: Level,
    /// Whether it holds; `None` if what is known allows both.
    pub holds: Option<bool>,
    /// The relation with the names of its indicators: `期末 = 期初 + 纳入 − 停保`.
    pub equation: String,
    /// Left side as a number, if it is known exactly.
    pub left: Option<Decimal>,
    /// Right side, in the unit of the left one.
    pub right: Option<Decimal>,
    /// Left less right, exact.
    pub difference: Option<Decimal>,
    /// What is known of the left and of the right side; nothing for forbidden records.
    pub sides: Option<(Side, Side)>,
    /// Unit of both sides, where they have one.
    pub unit: Option<Unit>,
    /// Difference forgiven in an equation.
    pub tolerance: Decimal,
    /// Code of the place.
    pub place: String,
    /// Name of the place.
    pub place_label: String,
    /// The period.
    pub window: Period,
    /// Ids of the indicators that both sides are computed from.
    pub indicators: Vec<String>,
    /// Ledger of the forbidden records.
    pub ledger: Option<String>,
    /// Numbers of the first [`VIOLATIONS_SHOWN`] forbidden records.
    pub rows: Vec<i64>,
    /// How many forbidden records there are.
    pub violations: u64,
    /// What to look at first when it does not hold.
    pub advice: String,
    /// The written reason why it does not hold, where it need not.
    pub explanation: Option<String>,
    /// What keeps the sides from being known exactly or from being final.
    pub gaps: Vec<Gap>,
}

impl RelationResult {
    /// Whether it must hold and does not, or may differ and nobody has said why.
    pub fn is_amiss(&self) -> bool {
        self.is_broken() || self.is_unexplained()
    }

    /// Whether it must hold and does not.
    pub fn is_broken(&self) -> bool {
        self.holds == Some(false) && self.level == Level::Must
    }

    /// Whether it may differ, does, and nobody has said why.
    pub fn is_unexplained(&self) -> bool {
        self.holds == Some(false) && self.level == Level::Explain && self.explanation.is_none()
    }
}

/// One side of an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// What is known of it.
    pub amount: Interval,
    /// The name of its indicator, or its formula with the values put in: `45 + 1 − 3`.
    pub words: String,
}

/// Checks all relations of the pack for their places and periods.
pub(crate) fn check_all<'a>(
    session: &Session<'a>,
    place: &'a Place,
    window: Period,
) -> Result<Vec<RelationResult>, MeasureError> {
    let mut results = Vec::new();
    for relation in session.pack().relations.values() {
        results.extend(check_one(session, relation, place, window)?);
    }
    Ok(results)
}

/// Checks one relation for its places and periods.
pub(crate) fn check_one<'a>(
    session: &Session<'a>,
    relation: &'a Relation,
    place: &'a Place,
    window: Period,
) -> Result<Vec<RelationResult>, MeasureError> {
    let mut results = Vec::new();
    for window in windows(relation, window) {
        for place in places(session, relation, place, window)? {
            results.push(check(session, relation, place, window)?);
        }
    }
    Ok(results)
}

/// The steps that lie in the window whole. If none does, those that it touches, but one that
/// is not over when the window ends only up to there: the relations of a year are checked
/// over the half of it that a half-year report is about.
fn windows(relation: &Relation, window: Period) -> Vec<Period> {
    let Some(step) = relation.each.step else { return vec![window] };
    let touched = window.split(step);
    let whole: Vec<Period> = touched.iter().copied().filter(|p| window.covers(*p)).collect();
    if !whole.is_empty() {
        return whole;
    }
    let within = |step: Period| Period::new(step.from().max(window.from()), window.to());
    let running = |step: &Period| step.to() > window.to();
    touched.into_iter().map(|p| within(p).filter(|_| running(&p)).unwrap_or(p)).collect()
}

/// The places of the relation's kind, none where there are none here; else the
/// place itself. What the relation needs of each is fetched for all at once.
fn places<'a>(
    session: &Session<'a>,
    relation: &'a Relation,
    place: &'a Place,
    window: Period,
) -> Result<Vec<&'a Place>, MeasureError> {
    let Some(kind) = &relation.each.place else { return Ok(vec![place]) };
    let places = match split::places_of_kind(session, place, kind, window) {
        Err(MeasureError::NoPlaces { .. }) => return Ok(Vec::new()),
        places => places?,
    };
    for id in relation.kind.indicators() {
        split::fill(session, &key(id, &place.code, window), kind, &places)?;
    }
    Ok(places)
}

fn key(indicator: &str, place: &str, window: Period) -> Key {
    Key { indicator: indicator.to_owned(), place: place.to_owned(), window, fixed: Vec::new() }
}

fn check<'a>(
    session: &Session<'a>,
    relation: &'a Relation,
    place: &'a Place,
    window: Period,
) -> Result<RelationResult, MeasureError> {
    let result = RelationResult {
        id: relation.id.clone(),
        label: relation.label.clone(),
        level: relation.level,
        holds: None,
        equation: relation.label.clone(),
        left: None,
        right: None,
        difference: None,
        sides: None,
        unit: None,
        tolerance: Decimal::ZERO,
        place: place.code.clone(),
        place_label: place.label.clone(),
        window,
        indicators: relation.kind.indicators().into_iter().map(str::to_owned).collect(),
        ledger: None,
        rows: Vec::new(),
        violations: 0,
        advice: relation.advice.clone(),
        explanation: None,
        gaps: Vec::new(),
    };
    let mut result = match &relation.kind {
        RelationKind::Holds { left, operator, right, tolerance, .. } => {
            equation(session, result, left, *operator, right, *tolerance)?
        }
        RelationKind::Forbids { ledger, filter } => {
            forbidden(session, result, relation, ledger, filter, place)?
        }
    };
    if result.level == Level::Explain && result.holds == Some(false) {
        result.explanation = reason::of(session, &result)?;
    }
    Ok(result)
}

fn equation(
    session: &Session<'_>,
    mut result: RelationResult,
    left: &Formula,
    operator: Comparison,
    right: &Formula,
    tolerance: Decimal,
) -> Result<RelationResult, MeasureError> {
    // The indicator of the key is replaced by those of the formulas.
    let key = key("", &result.place, result.window);
    let a = formula::evaluate(session, &result.label, left, &key)?;
    let b = formula::evaluate(session, &result.label, right, &key)?;
    let (left_words, right_words) =
        (in_numbers(session, left, &key)?, in_numbers(session, right, &key)?);
    let (a_amount, b_amount) = (a.amount, in_unit_of(&result.label, &a, &b)?);
    let overflow = || MeasureError::Overflow { indicator: result.label.clone() };
    let difference = a_amount.plus(b_amount.negate()).ok_or_else(overflow)?;
    let name = &mut |id: &str| label_of(session.pack(), id);
    result.equation = format!("{} {} {}", words(left, name), symbol(operator), words(right, name));
    let no_ratio = |outcome: &Outcome| outcome.gaps.iter().any(is_no_ratio);
    result.holds = judge(operator, difference, tolerance)
        .or_else(|| (no_ratio(&a) || no_ratio(&b)).then_some(true));
    result.left = a_amount.value();
    result.right = b_amount.value();
    result.difference = difference.value();
    result.unit = a.unit.or(b.unit);
    result.tolerance = tolerance;
    result.sides = Some((
        Side { amount: a_amount, words: left_words },
        Side { amount: b_amount, words: right_words },
    ));
    result.gaps = bounded(a.gaps.into_iter().chain(b.gaps).collect());
    Ok(result)
}

fn is_no_ratio(gap: &Gap) -> bool {
    matches!(gap, Gap::NoRatio { .. })
}

/// The right side in the unit of the left one, where both are of one class.
fn in_unit_of(label: &str, left: &Outcome, right: &Outcome) -> Result<Interval, MeasureError> {
    match (left.unit, right.unit) {
        (Some(to), Some(from)) => formula::change(label, right.amount, from, to),
        _ => Ok(right.amount),
    }
}

/// A single indicator by its name, a formula with the values put in.
fn in_numbers(session: &Session<'_>, formula: &Formula, key: &Key) -> Result<String, MeasureError> {
    if let Formula::Indicator(id) = formula {
        return Ok(label_of(session.pack(), id));
    }
    let mut failure = None;
    let text = words(formula, &mut |id| match session.value(&key.of(id)) {
        Ok(value) => value.amount.describe(),
        Err(error) => {
            failure = Some(error);
            String::new()
        }
    });
    failure.map_or(Ok(text), Err)
}

/// Whether left and right compare so, from what is known of their difference.
fn judge(operator: Comparison, difference: Interval, tolerance: Decimal) -> Option<bool> {
    let Interval { low, high } = difference;
    // Each test is `Some(true)` if all of the interval meets it, `Some(false)` if none does.
    let above = |bound: Decimal| match (low, high) {
        (Some(low), _) if low > bound => Some(true),
        (_, Some(high)) if high <= bound => Some(false),
        _ => None,
    };
    let below = |bound: Decimal| match (low, high) {
        (_, Some(high)) if high < bound => Some(true),
        (Some(low), _) if low >= bound => Some(false),
        _ => None,
    };
    let not = |truth: Option<bool>| truth.map(|holds| !holds);
    let equal = || match (above(tolerance), below(-tolerance)) {
        (Some(false), Some(false)) => Some(true),
        (Some(true), _) | (_, Some(true)) => Some(false),
        _ => None,
    };
    match operator {
        Comparison::Equal => equal(),
        Comparison::NotEqual => not(equal()),
        Comparison::Less => below(Decimal::ZERO),
        Comparison::AtMost => not(above(Decimal::ZERO)),
        Comparison::Greater => above(Decimal::ZERO),
        Comparison::AtLeast => not(below(Decimal::ZERO)),
    }
}

fn symbol(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::Less => "<",
        Comparison::AtMost => "≤",
        Comparison::Greater => ">",
        Comparison::AtLeast => "≥",
    }
}

/// A record that is forbidden stands or does not, whether or not its ledger is
/// closed, so that this is never unprovable.
fn forbidden<'a>(
    session: &Session<'a>,
    mut result: RelationResult,
    relation: &'a Relation,
    ledger: &str,
    filter: &'a Expr,
    place: &'a Place,
) -> Result<RelationResult, MeasureError> {
    let plan = Plan::forbidden(session, &relation.label, ledger, filter, place, result.window)?;
    let query = dialect::rows(&plan, Pick::All, &[], VIOLATIONS_SHOWN);
    fetch(session, &plan, &query, &mut |row| {
        result.rows.extend(row.integer(0));
    })?;
    result.violations = match result.rows.len() {
        VIOLATIONS_SHOWN => read(session, &plan)?.remove(&None).map_or(0, |tally| tally.rows),
        fewer => fewer as u64,
    };
    result.holds = Some(result.rows.is_empty());
    result.ledger = Some(ledger.to_owned());
    Ok(result)
}

impl fmt::Display for RelationResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match (self.holds, self.level, &self.explanation) {
            (Some(true), ..) => "勾稽相符",
            (Some(false), Level::Must, _) => "勾稽不符",
            (Some(false), Level::Explain, None) => "勾稽需说明",
            (Some(false), Level::Explain, Some(_)) => "勾稽已说明",
            (None, ..) => "勾稽待核",
        };
        let (place, window) = (&self.place_label, self.window.describe());
        writeln!(f, "{verdict} [{}] {place} {window}", self.id)?;
        writeln!(f, "  {}", self.equation)?;
        if let Some((left, right)) = &self.sides {
            self.write_sides(f, left, right)?;
        }
        if self.violations > 0 {
            let shown: Vec<String> = self.rows.iter().take(5).map(i64::to_string).collect();
            let more = if self.violations > shown.len() as u64 { " 等" } else { "" };
            writeln!(f, "  记录   {} 条:第 {} 号{more}", self.violations, shown.join("、"))?;
        }
        for gap in self.gaps.iter().filter(|gap| self.holds.is_none() || is_no_ratio(gap)) {
            writeln!(f, "  {gap}")?;
        }
        if let Some(explanation) = &self.explanation {
            writeln!(f, "  说明   {explanation}")?;
        }
        if self.holds != Some(true) && self.explanation.is_none() && !self.advice.is_empty() {
            writeln!(f, "建议:{}。", self.advice.trim_end_matches('。'))?;
        }
        let (place, window) = (&self.place, self.window);
        for indicator in self.indicators.iter().filter(|_| self.holds != Some(true)) {
            writeln!(f, "查看:zhenzhang explain {indicator} --place {place} --window {window}")?;
        }
        Ok(())
    }
}

impl RelationResult {
    fn write_sides(&self, f: &mut fmt::Formatter<'_>, left: &Side, right: &Side) -> fmt::Result {
        let unit = self.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        for (name, side) in [("左边", left), ("右边", right)] {
            writeln!(f, "  {name}   {}{unit}   {}", side.amount.describe(), side.words)?;
        }
        let Some(difference) = self.difference else { return Ok(()) };
        let shown = decimal_text(difference).replace('-', "−");
        write!(f, "  相差   {shown}{unit}")?;
        if self.equation.contains(" = ") {
            write!(f, "   允许误差 {}", decimal_text(self.tolerance))?;
        }
        writeln!(f)
    }
}
