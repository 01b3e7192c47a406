//! Code lists and parameters, both with dates.

use figure::{Date, Decimal, Unit};

/// A list of codes with labels, such as GB/T 4658 levels of education.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeList {
    /// Id: the file's path below `codes/`.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Where the list comes from: standard, notice.
    pub source: Option<String>,
    /// The codes in the order of the file.
    pub codes: Vec<Code>,
    /// Named groups of codes: `college = ["10", "20", "30"]`.
    pub groups: Vec<(String, Vec<String>)>,
}

/// One code.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stored code.
    pub code: String,
    /// Label for people.
    pub label: String,
    /// Other spellings met in workbooks.
    pub aliases: Vec<String>,
    /// First day it may be used.
    pub from: Option<Date>,
    /// Last day it may be used.
    pub until: Option<Date>,
    /// Code that took its place.
    pub became: Option<String>,
}

/// A named figure that rules use and that differs by place and time.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Id: the file's path below `parameter/`.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Unit of its values.
    pub unit: Option<Unit>,
    /// Values, the later in the file winning where two fit.
    pub values: Vec<ParameterValue>,
}

impl Parameter {
    /// The value that is in force on a day for just this place, or everywhere for `None`; of
    /// several, the later in the file.
    pub fn in_force(&self, place: Option<&str>, on: Date) -> Option<Decimal> {
        let mut values = self.values.iter().rev().filter(|v| {
            v.from.is_none_or(|from| from <= on) && v.until.is_none_or(|until| on <= until)
        });
        values.find(|v| v.place.as_deref() == place).map(|v| v.value)
    }
}

/// The value of a parameter in a time and place.
#[derive(Debug, PartialEq, Eq)]
pub struct ParameterValue {
    /// The value.
    pub value: Decimal,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
    /// Code of the place (and all below it) that it holds for; everywhere if absent.
    pub place: Option<String>,
    /// The document it comes from.
    pub source: String,
}
