//! The table of what the example report says and what the ledgers hold.

use figure::Decimal;
use serde::Deserialize;

use crate::says::Says;

/// One statement of the report about one target.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Number in the annotated reference report, or `E…` where there is none.
    pub id: String,
    /// What it is about.
    pub what: String,
    /// The target as it stands in the report.
    pub target: String,
    /// The words as they stand in the report.
    pub words: String,
    /// What the words claim.
    pub says: Says,
    /// What the ledgers hold: one value, or one for each member.
    pub values: Vec<Decimal>,
    /// The period it is about.
    pub window: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    fact: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    what: String,
    target: String,
    words: String,
    says: String,
    unit: String,
    value: Option<String>,
    values: Option<Vec<String>>,
    window: Option<String>,
}

/// The table, in the order of the report.
///
/// # Panics
/// When the file is not in its form: then no suite can say anything.
pub fn facts() -> Vec<Fact> {
    let table: Table =
        toml::from_str(include_str!("../tests/data/facts.toml")).expect("facts.toml is in form");
    table.fact.into_iter().map(fact).collect()
}

fn fact(row: Row) -> Fact {
    let number = |text: &String| text.parse::<Decimal>().expect("a decimal");
    let values = match (&row.value, &row.values) {
        (Some(value), None) => vec![number(value)],
        (None, Some(values)) => values.iter().map(number).collect(),
        _ => panic!("{}: either value or values", row.id),
    };
    Fact {
        says: Says::parse(&row.says, &row.unit),
        id: row.id,
        what: row.what,
        target: row.target,
        words: row.words,
        values,
        window: row.window.unwrap_or_else(|| "2023".to_owned()),
    }
}
