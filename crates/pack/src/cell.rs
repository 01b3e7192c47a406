//! One cell of a workbook or form: its text to the stored value and back.

mod choice;
mod clean;
mod date;
mod identity;
mod number;

use std::borrow::Cow;

use thiserror::Error;

pub(crate) use date::iso_date;
pub(crate) use number::scaled;

use crate::{Field, FieldType, Pack, Private, Scalar};

/// Why the text of a cell is no value of its field.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{message}")]
pub struct CellError {
    /// The text as it stands in the cell.
    pub value: String,
    /// What the field takes.
    pub expected: String,
    /// What is wrong and what to do; it repeats the text only where the field is not private.
    pub message: String,
}

/// Why a text does not fit; the cell's own text is added at the end.
#[derive(Debug)]
struct Misfit {
    expected: Cow<'static, str>,
    message: String,
}

fn misfit<T>(
    expected: impl Into<Cow<'static, str>>,
    message: impl Into<String>,
) -> Result<T, Misfit> {
    Err(Misfit { expected: expected.into(), message: message.into() })
}

/// Reads the text of a cell. `Ok(None)` means that the value is missing: the
/// cell is empty or holds one of the signs that stand for it (`—`, `-`, `/`).
/// Whether the field must be filled is not checked here.
///
/// Numbers are scaled to the field's digits and converted to its unit, exactly
/// or not at all. A reference to a record stays the text of its key, since only
/// the store knows record numbers.
///
/// # Errors
/// [`CellError`] if the text is no value of the field.
pub fn read_cell(field: &Field, pack: &Pack, text: &str) -> Result<Option<Scalar>, CellError> {
    let trimmed = clean::trim(text);
    if clean::is_missing(trimmed) {
        return Ok(None);
    }
    let is_private = field.private != Private::No;
    if is_private && (trimmed.contains(['*', '＊']) || trimmed.starts_with('〔')) {
        return Err(CellError {
            value: text.to_owned(),
            expected: "没有遮盖的原文".to_owned(),
            message: "这是遮盖过的个人信息,不能当作原文记入;请用没有遮盖的表".to_owned(),
        });
    }
    read(&field.ty, pack, trimmed).map(Some).map_err(|misfit| CellError {
        value: text.to_owned(),
        expected: misfit.expected.into_owned(),
        message: match is_private {
            true => without_value(&misfit.message, trimmed),
            false => misfit.message,
        },
    })
}

/// A message about a value that says who somebody is, or exposes somebody. The first that it
/// quotes is the value, and messages are kept where values are not.
fn without_value(message: &str, text: &str) -> String {
    let quoted = message.split_once('“').and_then(|(before, rest)| {
        let (_, after) = rest.split_once('”')?;
        Some(format!("{before}所填内容{after}"))
    });
    match quoted {
        Some(told) if !text.contains('”') => told,
        _ => "所填内容不合要求".to_owned(),
    }
}

fn read(ty: &FieldType, pack: &Pack, text: &str) -> Result<Scalar, Misfit> {
    let half = || clean::half_width(text);
    match ty {
        // The punctuation of Chinese prose is full-width; it is not ours to change.
        FieldType::Text | FieldType::File => Ok(Scalar::Text(text.to_owned())),
        FieldType::Code { list } => choice::read_code(pack.codes.get(list), text),
        FieldType::Boolean => choice::read_boolean(text),
        FieldType::Integer => number::read_integer(&half()),
        FieldType::Decimal { .. } | FieldType::Quantity { .. } | FieldType::Money => {
            number::read_decimal(&half(), ty.scale(), ty.unit())
        }
        FieldType::Date => date::read_date(&half()),
        FieldType::Timestamp => date::read_timestamp(&half()),
        FieldType::Period => date::read_period(&half()),
        FieldType::Choice { values } => choice::read_choice(values, text),
        FieldType::MultiChoice { values } => choice::read_choices(values, text),
        FieldType::Place => choice::read_place(&pack.places, text),
        FieldType::Org => choice::read_org(&pack.orgs, text),
        FieldType::Record { ledger } => Ok(read_key(ledger, pack, text)),
        FieldType::PersonName => identity::read_name(text),
        FieldType::IdNumber => identity::read_id_number(&half()),
        FieldType::Phone => identity::read_phone(&half()),
        FieldType::CreditCode => identity::read_credit_code(&half()),
        FieldType::GeoPoint => number::read_geo_point(&half()),
    }
}

/// The key of another record, brought to the form in which that ledger stores it,
/// so that `３６…ｘ` finds the person whose number is stored as `36…X`.
fn read_key(ledger: &str, pack: &Pack, text: &str) -> Scalar {
    let key = pack.ledgers.get(ledger).and_then(|l| l.fields.get(l.key.as_deref()?));
    match key.map(|field| &field.ty) {
        Some(FieldType::Record { .. }) | None => Scalar::Text(text.to_owned()),
        Some(ty) => match read(ty, pack, text) {
            Ok(found @ Scalar::Text(_)) => found,
            Ok(Scalar::Integer(_)) | Err(_) => Scalar::Text(text.to_owned()),
        },
    }
}

/// The value as people read it: labels for ids and codes, decimals with the
/// digits of the field, dates as `2023-04-05`. [`read_cell`] reads it back to
/// the same value. Units stand in the column's head, and masking is the
/// caller's part. A value that the definitions do not know (a code since
/// retired, say) is shown as it is stored.
pub fn show_cell(field: &Field, pack: &Pack, value: &Scalar) -> String {
    match (&field.ty, value) {
        (FieldType::Boolean, Scalar::Integer(flag)) => {
            if *flag == 0 { "否" } else { "是" }.to_owned()
        }
        (_, Scalar::Integer(number)) => number::show_scaled(*number, field.ty.scale()),
        (FieldType::Code { list }, Scalar::Text(code)) => {
            choice::show_code(pack.codes.get(list), code)
        }
        (FieldType::Choice { values }, Scalar::Text(id)) => {
            choice::show_choice(values, id).to_owned()
        }
        (FieldType::MultiChoice { values }, Scalar::Text(ids)) => choice::show_choices(values, ids),
        (FieldType::Place, Scalar::Text(code)) => choice::show_place(&pack.places, code),
        (FieldType::Org, Scalar::Text(id)) => choice::show_org(&pack.orgs, id),
        (FieldType::Timestamp, Scalar::Text(instant)) => instant.replacen('T', " ", 1),
        (_, Scalar::Text(text)) => text.clone(),
    }
}
