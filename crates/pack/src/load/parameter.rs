//! Parameters: `parameter/X.toml`. An overlay adds values of its own, which win
//! since they come last.

use super::keys;
use super::node::Table;
use super::sources::{Kind, Sources};
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
