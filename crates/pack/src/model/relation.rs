//! Relations among indicators (勾稽关系).

use figure::{Decimal, Step};

use super::{Comparison, ExampleRow, Expr, Formula};

/// An equation or inequality that must hold, or records that must not be.
#[derive(Debug)]
pub struct Relation {
    /// Id: the file's path below `relation/`.
    pub id: String,
    /// The relation in words.
    pub label: String,
    /// The general rule that it is a case of, such as `K13`.
    pub rule: Option<String>,
    /// The working system it belongs to; that of its ledger or first indicator if absent.
    pub system: Option<String>,
    /// What is demanded.
    pub kind: RelationKind,
    /// Over which places and periods.
    pub each: Each,
    /// Whether a written reason may excuse it.
    pub level: Level,
    /// What to look at first when it does not hold.
    pub advice: String,
    /// Records among which it holds or does not; run by `pack check`.
    pub examples: Vec<RelationExample>,
    /// Path of the definition file.
    pub file: String,
}

/// What a relation demands.
#[derive(Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// Two formulas compare so, at raw precision.
    Holds {
        /// Left side.
        left: Formula,
        /// `=`, `<=`, `>=`, `<`, `>`.
        operator: Comparison,
        /// Right side.
        right: Formula,
        /// Difference forgiven in an equation.
        tolerance: Decimal,
        /// The relation as written in the file.
        text: String,
    },
    /// No record of the ledger may meet the condition.
    Forbids {
        /// Id of the ledger.
        ledger: String,
        /// The condition.
        filter: Expr,
    },
}

impl RelationKind {
    /// The indicators that are compared, those of the left side first, each once.
    pub fn indicators(&self) -> Vec<&str> {
        let RelationKind::Holds { left, right, .. } = self else { return Vec::new() };
        let mut indicators = left.indicators();
        for id in right.indicators() {
            if !indicators.contains(&id) {
                indicators.push(id);
            }
        }
        indicators
    }
}

/// The places and periods that a relation is checked for, apart from the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Each {
    /// Kind of place.
    pub place: Option<String>,
    /// Calendar step.
    pub step: Option<Step>,
}

/// How binding a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It must hold.
    Must,
    /// It may differ with a written reason.
    Explain,
}

/// Records, and whether the relation holds among them.
#[derive(Debug, PartialEq, Eq)]
pub struct RelationExample {
    /// Records, those of other ledgers first.
    pub rows: Vec<ExampleRow>,
    /// Window as written.
    pub window: String,
    /// Whether it holds.
    pub holds: bool,
    /// Line of the example in its file.
    pub line: usize,
}
