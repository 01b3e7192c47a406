//! Parameters: `parameter/X.toml`. An overlay adds values of its own, which win
//! since they come last.

use std::borrow::Cow;

use super::node::Table;
use super::sources::{Kind, Sources};
use super::{SourceFile, keys};
use crate::diagnostic::Sink;
use crate::expression::Broken;
use crate::{Parameter, ParameterValue, Places};

/// Reads all parameters.
pub(super) fn read(
    sources: &Sources<'_>,
    places: &Places,
    broken: &mut Broken,
    sink: &mut Sink,
) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for definition in sources.definitions(Kind::Parameter) {
        definition.table.only(sink, &keys::PARAMETER);
        definition.guard(sink, Kind::Parameter.local());
        // Absent is no unit; present and wrong makes the definition unusable.
        let unit = definition.table.node("unit").map(|node| super::unit(&node, sink));
        if unit == Some(None) {
            broken.parameters.insert(definition.id.to_owned());
            continue;
        }
        let mut values = values(&definition.table, places, sink);
        if let Some(overlay) = &definition.overlay {
            values.extend(self::values(overlay, places, sink));
        }
        parameters.push(Parameter {
            id: definition.id.to_owned(),
            label: definition.text(sink, "label").unwrap_or_default(),
            unit: unit.flatten(),
            values,
        });
    }
    parameters
}

/// The text of a parameter without the values that are bound to places, for a pack that has
/// other places. A parameter that has no other values keeps them, bound to none, so that it
/// still has one. A file that is no TOML is left as it is, for the loader to complain of.
pub fn anywhere(file: &SourceFile) -> Cow<'static, str> {
    let Ok(mut table) = file.text.parse::<toml::Table>() else { return file.text.clone() };
    let Some(toml::Value::Array(values)) = table.get_mut("value") else {
        return file.text.clone();
    };
    if values.iter().all(|value| value.get("place").is_some()) {
        for value in values.iter_mut().filter_map(toml::Value::as_table_mut) {
            value.remove("place");
        }
    } else {
        values.retain(|value| value.get("place").is_none());
    }
    table.to_string().into()
}

fn values(table: &Table<'_>, places: &Places, sink: &mut Sink) -> Vec<ParameterValue> {
    let mut values = Vec::new();
    for row in table.tables(sink, "value", "") {
        row.only(sink, &keys::VALUE);
        let value = row.need(sink, "value").and_then(|node| node.decimal(sink));
        let source = row.need_text(sink, "source");
        let (from, until) = super::range(&row, sink);
        let place = row.node("place").map(|node| super::place::code(&node, places, sink));
        if let (Some(value), Some(source)) = (value, source)
            && place != Some(None)
        {
            values.push(ParameterValue {
                value,
                from,
                until,
                place: place.flatten(),
                source: source.to_owned(),
            });
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, bool)]) {
        let file = SourceFile { path: "parameter/a.toml".to_owned(), text: text.to_owned().into() };
        let table: toml::Table = anywhere(&file).parse().unwrap();
        assert_eq!(table["label"].as_str(), Some("限"));
        let values = table["value"].as_array().unwrap().iter();
        let found: Vec<(&str, bool)> =
            values.map(|v| (v["value"].as_str().unwrap(), v.get("place").is_some())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn values_of_places_are_left_out_where_others_stand() {
        let open = "[[value]]\nvalue = \"1\"\nsource = \"文\"\n";
        let bound = "[[value]]\nvalue = \"2\"\nplace = \"99\"\nsource = \"文\"\n";
        let head = "label = \"限\"\n";
        check(&format!("{head}{open}{bound}"), &[("1", false)]);
        check(&format!("{head}{bound}"), &[("2", false)]);
    }
}
