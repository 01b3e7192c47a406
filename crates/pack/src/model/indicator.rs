//! Indicators: named measures with unit, window and meaning.

use figure::{Decimal, Unit};

use super::{Column, Expr};

/// A named measure over a ledger (指标).
#[derive(Debug)]
pub struct Indicator {
    /// Id: the file's path below `indicator/`.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Unit of its values.
    pub unit: Unit,
    /// What exactly is counted (口径).
    pub meaning: String,
    /// How it is computed.
    pub measure: Measure,
    /// How the window applies. Formulas and ratios leave it to their parts.
    pub time: Timing,
    /// What a claim may fix or split by, the place apart (`place` always works).
    pub dims: Vec<Dimension>,
    /// Each entry is a list of parts that a sentence must have in this order; one entry suffices.
    pub says: Vec<Vec<String>>,
    /// Indicator that forecasts this one while the period is open.
    pub forecast: Option<String>,
    /// Records with the value that they must give.
    pub examples: Vec<Example>,
    /// Path of the definition file.
    pub file: String,
}

/// How an indicator is computed.
#[derive(Debug, PartialEq, Eq)]
pub enum Measure {
    /// Number of records.
    Count(Source),
    /// Sum of a number.
    Sum(Source, Expr),
    /// Number of different values.
    Distinct(Source, Expr),
    /// Least value.
    Min(Source, Expr),
    /// Greatest value.
    Max(Source, Expr),
    /// One indicator divided by another; times 100 when the unit is %.
    Ratio {
        /// Id of the indicator divided.
        of: String,
        /// Id of the indicator divided by.
        to: String,
    },
    /// Arithmetic over indicators of the same window.
    Formula(Formula),
    /// A figure that another authority decided: the value stands in a record together
    /// with the document that proves it. Without the document it is unprovable.
    Stated {
        /// The records.
        source: Source,
        /// The value.
        value: Expr,
        /// Field that names the document.
        document: Column,
    },
}

impl Measure {
    /// The indicators that it is computed from directly, in order, each once.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Measure::Ratio { of, to } => vec![of, to],
            Measure::Formula(formula) => formula.indicators(),
            _ => Vec::new(),
        }
    }

    /// The records read, unless the measure is computed from other indicators.
    pub fn source(&self) -> Option<&Source> {
        match self {
            Measure::Count(source)
            | Measure::Sum(source, _)
            | Measure::Distinct(source, _)
            | Measure::Min(source, _)
            | Measure::Max(source, _)
            | Measure::Stated { source, .. } => Some(source),
            Measure::Ratio { .. } | Measure::Formula(_) => None,
        }
    }
}

/// Which records an indicator reads.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Id of the ledger.
    pub ledger: String,
    /// Condition.
    pub filter: Option<Expr>,
    /// Date that places a record in time.
    pub on: Option<Column>,
    /// Date from which a record is over, for [`Timing::At`].
    pub until: Option<Column>,
    /// Rows that meet this may or may not count: they widen the value to an interval.
    pub undecided: Option<Expr>,
}

/// How the window applies to the dates of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// `on` lies in the window.
    During,
    /// Alive at the window's end: `on` is not after it, and `until` is empty or after it.
    At,
    /// `on` is not after the window's end (cumulative from the start).
    Since,
    /// Of the records whose `on` lies in the window, only those with the latest `on`, for each
    /// place that records belong to.
    Latest,
}

/// A dimension of an indicator.
#[derive(Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Name used in targets: the field id.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Where its value stands.
    pub column: Column,
}

/// Arithmetic over indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Value of an indicator, by id.
    Indicator(String),
    /// A number.
    Number(Decimal),
    /// Two values joined.
    Binary(FormulaOperator, Box<Formula>, Box<Formula>),
}

impl Formula {
    /// The indicators of the formula, in order, each once.
    pub fn indicators(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'f>(&'f self, found: &mut Vec<&'f str>) {
        match self {
            Formula::Indicator(id) if !found.contains(&id.as_str()) => found.push(id),
            Formula::Indicator(_) | Formula::Number(_) => {}
            Formula::Binary(_, a, b) => {
                a.collect(found);
                b.collect(found);
            }
        }
    }
}

/// Operators of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaOperator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Records and the value they must give; run by `pack check`.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// Records, those of other ledgers first.
    pub rows: Vec<ExampleRow>,
    /// Window as written.
    pub window: String,
    /// Expected value: `1 起`, or `0 至 1 起` for an interval.
    pub expect: String,
    /// Line of the example in its file.
    pub line: usize,
}

/// One record of an example, as text by field id. Two keys are not fields: `place`
/// (name or code) and `parent` (key of the parent record).
#[derive(Debug, PartialEq, Eq)]
pub struct ExampleRow {
    /// Id of the ledger.
    pub ledger: String,
    /// Field id and text.
    pub cells: Vec<(String, String)>,
}
