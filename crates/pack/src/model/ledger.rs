//! Ledgers: typed tables of records.

use std::borrow::Cow;

use figure::Unit;
use indexmap::IndexMap;

use super::{Clock, Expr, Retention, Roles};

/// A typed table of records (台账).
#[derive(Debug)]
pub struct Ledger {
    /// Id: the file's path below `ledger/`.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// The working system it belongs to, such as `S30`.
    pub system: Option<String>,
    /// What one record is.
    pub meaning: String,
    /// Kinds of place a record belongs to; empty for a child, which takes its parent's place.
    pub place: Vec<String>,
    /// How often the ledger is closed; a child is closed with its parent. `None`: the
    /// definitions state the whole of it (the built-in `place`), and it is always complete.
    pub close: Option<CloseEvery>,
    /// Who keeps it.
    pub owner: String,
    /// Ledger of which this is a child row (household → member).
    pub parent: Option<String>,
    /// Field whose text names a record to people, and by which other sheets refer to it.
    /// Unique within the ledger when present.
    pub key: Option<String>,
    /// Fields in the order of the file.
    pub fields: IndexMap<String, Field>,
    /// Checks on each record.
    pub rules: Vec<Rule>,
    /// Field lists whose values together may stand only once (empty values do not count).
    pub unique: Vec<Vec<String>>,
    /// States, if records walk through them.
    pub case: Option<Case>,
    /// Time limits that records run under.
    pub clocks: Vec<Clock>,
    /// Who enters, checks, approves and reads its records.
    pub roles: Roles,
    /// How long its records are kept; a child's as long as its parent's.
    pub retention: Option<Retention>,
    /// The text of the definition file, by whose hash a database tells that it has seen it.
    pub text: Cow<'static, str>,
    /// Path of the definition file.
    pub file: String,
}

/// The period one closing covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseEvery {
    /// Month by month, signed by each place (月结、零报告).
    Month,
    /// Once a year, signed by the owner for the whole township.
    Year,
}

/// A field of a ledger.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Id, unique in the ledger.
    pub id: String,
    /// Column head for people.
    pub label: String,
    /// Other column heads met in workbooks.
    pub aliases: Vec<String>,
    /// Type of its values.
    pub ty: FieldType,
    /// Whether it must be filled.
    pub required: bool,
    /// Whether its values are kept with the dates they held from.
    pub dated: bool,
    /// How far the value identifies or exposes a person.
    pub private: Private,
    /// What to write in it, for the clerk.
    pub note: Option<String>,
    /// Whether the program computes it: the due date of a clock.
    pub derived: bool,
}

/// Whether a field is about a person in a way that must be protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Private {
    /// Open inside the office.
    No,
    /// Identifies a person: name, ID number, phone, card.
    Identity,
    /// Exposes a person: health, poverty, petition. Masked on output.
    Sensitive,
}

/// The type of a field. Stored forms are given by [`super::Scalar`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Free text.
    Text,
    /// Code of a code list, stored as the code.
    Code {
        /// Id of the list.
        list: String,
    },
    /// Yes or no, stored as 1 or 0.
    Boolean,
    /// Whole number.
    Integer,
    /// Number with a fixed number of digits after the point, stored scaled.
    Decimal {
        /// Digits after the point.
        scale: u32,
    },
    /// Number with a unit, stored scaled in that unit.
    Quantity {
        /// Unit of the stored number.
        unit: Unit,
        /// Digits after the point.
        scale: u32,
    },
    /// 元 with two digits, stored in 分.
    Money,
    /// Civil date, stored as `2023-04-05`.
    Date,
    /// Date and time of day, stored as `2023-04-05T09:30`.
    Timestamp,
    /// Period, stored as [`figure::Period::code`].
    Period,
    /// One of a few values, stored as its id.
    Choice {
        /// Id → label.
        values: IndexMap<String, String>,
    },
    /// Several of a few values, stored as ids in definition order joined by `|`.
    MultiChoice {
        /// Id → label.
        values: IndexMap<String, String>,
    },
    /// Code of a place.
    Place,
    /// Id of an organisation.
    Org,
    /// Another record, stored as its number.
    Record {
        /// Id of the other ledger.
        ledger: String,
    },
    /// Name of a person.
    PersonName,
    /// Citizen ID number, check digit verified (GB 11643-1999).
    IdNumber,
    /// Phone number.
    Phone,
    /// Unified social credit code, check digit verified (GB 32100-2015).
    CreditCode,
    /// Name of an evidence file.
    File,
    /// Position as `longitude,latitude`.
    GeoPoint,
}

impl FieldType {
    /// Digits after the point of the stored scaled number; 0 where it is no decimal.
    pub fn scale(&self) -> u32 {
        match self {
            FieldType::Decimal { scale } | FieldType::Quantity { scale, .. } => *scale,
            FieldType::Money => 2,
            _ => 0,
        }
    }

    /// Unit of the values, if they have one.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            FieldType::Quantity { unit, .. } => Some(*unit),
            FieldType::Money => Unit::parse("元").ok(),
            _ => None,
        }
    }

    /// Whether the stored form is an integer (else it is text).
    pub fn is_integer(&self) -> bool {
        matches!(
            self,
            FieldType::Boolean
                | FieldType::Integer
                | FieldType::Decimal { .. }
                | FieldType::Quantity { .. }
                | FieldType::Money
                | FieldType::Record { .. }
        )
    }
}

/// A condition every record must meet.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The condition over the record's own fields. A record passes unless it is false.
    pub check: Expr,
    /// What to tell the clerk when it is not met.
    pub message: String,
}

/// States that a record walks through.
#[derive(Debug, PartialEq, Eq)]
pub struct Case {
    /// States in order.
    pub states: Vec<CaseState>,
    /// Id of the state a new record is in.
    pub start: String,
    /// Allowed steps.
    pub steps: Vec<CaseStep>,
}

/// One state of a case. The state of a record is its field `state`, a choice
/// that the loader adds to every ledger with a case.
#[derive(Debug, PartialEq, Eq)]
pub struct CaseState {
    /// Id.
    pub id: String,
    /// Name for people.
    pub label: String,
}

/// A step from one state to another.
#[derive(Debug, PartialEq, Eq)]
pub struct CaseStep {
    /// Id of the state left.
    pub from: String,
    /// Id of the state reached.
    pub to: String,
    /// Role that may take it.
    pub who: String,
    /// Fields that must be filled first.
    pub needs: Vec<String>,
}
