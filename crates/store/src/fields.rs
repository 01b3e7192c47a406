//! Ledgers and fields by id, and whether a value has the stored form of its field.

use pack::{Field, FieldType, Ledger, Pack, Private, Scalar};

use crate::days::form;
use crate::error::{Named, ReadError, RowAt};
use crate::naming::PLACE;
use crate::refusal::WriteError;

/// The ledger, to write to. Places are written by the pack alone.
pub(crate) fn writable<'p>(pack: &'p Pack, id: &str) -> Result<&'p Ledger, WriteError> {
    let ledger =
        pack.ledgers.get(id).ok_or_else(|| WriteError::UnknownLedger { ledger: id.to_owned() })?;
    if id == PLACE {
        return Err(WriteError::BuiltIn { ledger: Named::ledger(ledger) });
    }
    Ok(ledger)
}

/// The ledger, to read from.
pub(crate) fn readable<'p>(pack: &'p Pack, id: &str) -> Result<&'p Ledger, ReadError> {
    pack.ledgers.get(id).ok_or_else(|| ReadError::UnknownLedger { ledger: id.to_owned() })
}

/// The position of a field and the field.
pub(crate) fn field<'p>(ledger: &'p Ledger, id: &str) -> Result<(usize, &'p Field), WriteError> {
    ledger.fields.get_full(id).map(|(index, _, field)| (index, field)).ok_or_else(|| {
        WriteError::UnknownField { ledger: Named::ledger(ledger), field: id.to_owned() }
    })
}

/// Checks that a value has the stored form of its field.
pub(crate) fn check_value(
    ledger: &Ledger,
    field: &Field,
    value: Option<&Scalar>,
    row: RowAt,
) -> Result<(), WriteError> {
    let expected = match (value, form(&field.ty)) {
        (None, _) => return Ok(()),
        (Some(Scalar::Integer(_)), _) if field.ty.is_integer() => return Ok(()),
        // PostgreSQL cannot keep this character in a text.
        (Some(Scalar::Text(text)), None) if !field.ty.is_integer() && text.contains('\0') => {
            "文字(不能含有空字符)"
        }
        (Some(Scalar::Text(_)), None) if !field.ty.is_integer() => return Ok(()),
        (Some(Scalar::Text(text)), Some(form))
            if form.day(text).is_some() && !text.contains('\0') =>
        {
            return Ok(());
        }
        (Some(_), Some(form)) => form.expected(),
        (Some(_), None) if matches!(field.ty, FieldType::Record { .. }) => "记录编号(整数)",
        (Some(_), None) if field.ty.is_integer() => "整数(小数按位数放大后的整数)",
        (Some(_), None) => "文字",
    };
    Err(WriteError::Value {
        row,
        ledger: Named::ledger(ledger),
        field: Named::field(field),
        value: shown(field, value).into(),
        expected,
    })
}

/// A value as messages show it: decimals with their point, and of a value that identifies
/// or exposes a person only the end.
pub(crate) fn shown(field: &Field, value: Option<&Scalar>) -> String {
    let plain = match value {
        None => return "空".to_owned(),
        Some(Scalar::Text(text)) => text.clone(),
        Some(Scalar::Integer(number)) => match field.ty.scale() {
            0 => number.to_string(),
            scale => figure::decimal_text(figure::Decimal::new(*number, scale)),
        },
    };
    if field.private == Private::No {
        return plain;
    }
    let hidden = plain.chars().count().saturating_sub(if plain.is_ascii() { 4 } else { 1 });
    format!("…{}", plain.chars().skip(hidden).collect::<String>())
}
