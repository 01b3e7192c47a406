//! Values that may stand only once, within one file.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use pack::{Ledger, Scalar};

use super::shown::{HIDDEN, shown};
use crate::staged::{RowSheet, StagedRow};

/// What must be unique together.
enum Part {
    Field(usize),
    Place,
    Parent,
}

impl Part {
    fn show(&self, ledger: &Ledger, value: &Scalar) -> String {
        let text = match value {
            Scalar::Integer(number) => number.to_string(),
            Scalar::Text(text) => text.clone(),
        };
        match self {
            Part::Field(slot) => shown(&ledger.fields[*slot], text),
            Part::Place => text,
            // Whose record it is, is told by the rows.
            Part::Parent => HIDDEN.to_owned(),
        }
    }
}

/// A row: its sheet, and its number counted from 1.
type At = (Arc<RowSheet>, u32);

struct Unique {
    parts: Vec<Part>,
    /// Values met, with the row that they stand in.
    seen: HashMap<Vec<Scalar>, At>,
}

/// A repetition: the field it is shown at, what repeats, and the earlier row.
pub(crate) struct Repeated {
    pub(crate) slot: Option<usize>,
    pub(crate) heads: String,
    /// What repeats, as messages show it.
    pub(crate) values: Vec<String>,
    pub(crate) first: At,
}

/// All that must be unique in a ledger.
pub(crate) struct Uniques(Vec<Unique>);

impl Uniques {
    pub(crate) fn of(ledger: &Ledger) -> Uniques {
        let mut lists: Vec<Vec<String>> = ledger.key.iter().map(|key| vec![key.clone()]).collect();
        for list in &ledger.unique {
            if !lists.contains(list) {
                lists.push(list.clone());
            }
        }
        let part = |name: &String| match ledger.fields.get_index_of(name) {
            Some(slot) => Some(Part::Field(slot)),
            None if name == "place" => Some(Part::Place),
            None if name == "parent" => Some(Part::Parent),
            None => None,
        };
        let uniques = lists
            .iter()
            .filter_map(|list| list.iter().map(part).collect::<Option<Vec<Part>>>())
            .map(|parts| Unique { parts, seen: HashMap::new() });
        Uniques(uniques.collect())
    }

    /// Enters the values of a row; returns those that stood in an earlier one.
    pub(crate) fn enter(&mut self, ledger: &Ledger, row: &StagedRow) -> Vec<Repeated> {
        let mut repeated = Vec::new();
        for unique in &mut self.0 {
            let text = |t: &String| Scalar::Text(t.clone());
            let values: Option<Vec<Scalar>> = unique
                .parts
                .iter()
                .map(|part| match part {
                    Part::Field(slot) => row.cells[*slot].clone(),
                    Part::Place => row.place.as_ref().map(text),
                    Part::Parent => row.parent_key.as_ref().map(text),
                })
                .collect();
            // Missing values do not count as equal.
            let Some(values) = values else { continue };
            match unique.seen.entry(values) {
                Entry::Vacant(entry) => {
                    entry.insert((Arc::clone(&row.sheet), row.row));
                }
                Entry::Occupied(entry) => {
                    let heads = unique.parts.iter().map(|part| match part {
                        Part::Field(slot) => ledger.fields[*slot].label.as_str(),
                        Part::Place => "村(社区)",
                        Part::Parent => "上级编号",
                    });
                    let slot = unique.parts.iter().find_map(|part| match part {
                        Part::Field(slot) => Some(*slot),
                        Part::Place | Part::Parent => None,
                    });
                    repeated.push(Repeated {
                        slot,
                        heads: heads.collect::<Vec<_>>().join("、"),
                        values: unique
                            .parts
                            .iter()
                            .zip(entry.key())
                            .map(|(part, value)| part.show(ledger, value))
                            .collect(),
                        first: entry.get().clone(),
                    });
                }
            }
        }
        repeated
    }
}
