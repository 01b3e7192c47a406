//! The checked definitions. Plain data: the loader makes them, everybody reads them.

mod binding;
mod bookkeeping;
mod calendar;
mod clock;
mod codes;
mod expr;
mod indicator;
mod ledger;
mod lexicon;
mod moment;
mod place;
mod relation;
mod review;
mod role;
mod system;

pub use binding::DecidedBinding;
pub use bookkeeping::{Explanations, Vouchers};
pub use calendar::{BeyondCalendar, Calendar, CalendarYear};
pub use clock::{
    BeyondCount, Bound, Breach, Clock, Extension, Length, LengthUnit, Recurrence, Span, Stop,
};
pub use codes::{Code, CodeList, Parameter, ParameterValue};
pub use expr::{Arithmetic, Column, ColumnRef, Comparison, Expr, Join, Scalar, Type, WindowEnd};
pub use indicator::{
    Dimension, Example, ExampleRow, Formula, FormulaOperator, Indicator, Measure, Source, Timing,
};
pub use ledger::{Case, CaseState, CaseStep, CloseEvery, Field, FieldType, Ledger, Private, Rule};
pub use lexicon::Lexicon;
pub use moment::Moment;
pub use place::{Org, Place, Places, kind_label};
pub use relation::{Each, Level, Relation, RelationExample, RelationKind};
pub use review::{Grade, Phrase, ReviewExample, ReviewRule};
pub use role::{Retention, Role, Roles};
pub use system::System;

use indexmap::IndexMap;

/// All definitions of an installation, checked against each other.
#[derive(Debug)]
pub struct Pack {
    /// Name of the pack for people.
    pub label: String,
    /// Ledgers by id. The built-in ledger `place` is among them.
    pub ledgers: IndexMap<String, Ledger>,
    /// Code lists by id.
    pub codes: IndexMap<String, CodeList>,
    /// Parameters by id.
    pub parameters: IndexMap<String, Parameter>,
    /// Indicators by id.
    pub indicators: IndexMap<String, Indicator>,
    /// Relations by id.
    pub relations: IndexMap<String, Relation>,
    /// Where reasons for relations that do not hold are written.
    pub explanations: Option<Explanations>,
    /// Where signed figures of earlier times are written.
    pub vouchers: Option<Vouchers>,
    /// Working systems in the order of the report.
    pub systems: Vec<System>,
    /// Roles by id.
    pub roles: IndexMap<String, Role>,
    /// The working days.
    pub calendar: Calendar,
    /// Fixed expressions of report language, all lexicon files merged.
    pub lexicon: Lexicon,
    /// Rules of proofreading by id.
    pub review: IndexMap<String, ReviewRule>,
    /// What people decided that words are about, in the order of the files.
    pub bindings: Vec<DecidedBinding>,
    /// The tree of places.
    pub places: Places,
    /// Branches, stations, departments.
    pub orgs: Vec<Org>,
}
