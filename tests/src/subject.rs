//! Whether a text still speaks of what a fact is about: its keywords, dimensions and place.

use pack::{ColumnRef, FieldType, Indicator, Measure, Pack};

use crate::facts::Fact;

/// The indicator of a fact.
///
/// # Panics
/// When the pack has none of this name.
pub fn indicator<'p>(pack: &'p Pack, target: &str) -> &'p Indicator {
    let id = target.split('?').next().unwrap_or(target);
    pack.indicators.get(id).unwrap_or_else(|| panic!("no indicator {id}"))
}

/// Whether a text has the keywords of one entry in order.
pub fn says(indicator: &Indicator, text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    indicator.says.iter().any(|parts| {
        let mut rest = text.as_str();
        parts.iter().all(|part| match rest.find(part.as_str()) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
        })
    })
}

/// Key and value of what a target fixes, `place` among them.
pub fn fixed(target: &str) -> Vec<(String, String)> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(key, _)| !["each", "series", "last", "window"].contains(key))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// Ways to say a value that a target fixes, and the labels of the other values; for free
/// texts the value itself and no others.
pub fn forms(pack: &Pack, fact: &Fact, key: &str, value: &str) -> (Vec<String>, Vec<String>) {
    if key == "place" {
        let place = pack.places.named(value)[0];
        let others = pack.places.iter().filter(|p| p.kind == place.kind && p.code != place.code);
        let own = std::iter::once(&place.label).chain(&place.aliases).cloned().collect();
        return (own, others.map(|p| p.label.clone()).collect());
    }
    let indicator = indicator(pack, &fact.target);
    let dimension = indicator.dims.iter().find(|d| d.id == key).expect("a dimension");
    let ledger = match &indicator.measure {
        Measure::Ratio { .. } | Measure::Formula(_) => panic!("no dimension of a ratio is fixed"),
        measure => &measure.source().expect("a source").ledger,
    };
    let ColumnRef::Field(field) = &dimension.column.column else { panic!("a field") };
    match &pack.ledgers[ledger].fields[field].ty {
        FieldType::Choice { values } => {
            let own = vec![values[value].clone()];
            let others = values.iter().filter(|(id, _)| *id != value);
            (own, others.map(|(_, label)| label.clone()).collect())
        }
        FieldType::Code { list } => {
            let codes = &pack.codes[list].codes;
            let own = codes.iter().find(|code| code.code == value).expect("a code");
            let others = codes.iter().filter(|code| code.code != value);
            (
                std::iter::once(&own.label).chain(&own.aliases).cloned().collect(),
                others.map(|code| code.label.clone()).collect(),
            )
        }
        _ => (vec![value.to_owned()], Vec::new()),
    }
}
