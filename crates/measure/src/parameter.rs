//! Parameters: figures that rules use and that differ by place and day.

use figure::{Date, Decimal};
use pack::{Parameter, Place};

use crate::MeasureError;
use crate::area::Tree;

/// The value in force for a place on a day: that of the nearest place up the
/// tree for which one is in force, else the one that holds everywhere; of
/// several for the same place, the later in the file.
pub(crate) fn value(
    parameter: &Parameter,
    tree: &Tree<'_>,
    place: &Place,
    on: Date,
) -> Result<Decimal, MeasureError> {
    let missing = || MeasureError::MissingParameter {
        id: parameter.id.clone(),
        label: parameter.label.clone(),
        place: place.label.clone(),
        on,
    };
    let start = tree.get(&place.code).ok_or_else(missing)?;
    tree.upward(start)
        .find_map(|p| parameter.in_force(Some(&p.code), on))
        .or_else(|| parameter.in_force(None, on))
        .ok_or_else(missing)
}

/// A value multiplied out to a scale, as it is stored in fields of that scale.
pub(crate) fn scaled(
    parameter: &Parameter,
    value: Decimal,
    scale: u32,
) -> Result<i64, MeasureError> {
    let fits = || {
        let factor = Decimal::from(10_i64.checked_pow(scale)?);
        let scaled = value.checked_mul(factor)?.normalize();
        (scaled.scale() == 0).then(|| i64::try_from(scaled.mantissa()).ok())?
    };
    fits().ok_or_else(|| MeasureError::ParameterDigits {
        id: parameter.id.clone(),
        label: parameter.label.clone(),
        value: figure::decimal_text(value),
        scale,
    })
}
