//! Numbers: thousands separators, units written behind, scaled integers.

use figure::{ConvertError, Decimal, Quantity, Unit, UnitError, decimal_text};
use thiserror::Error;

use super::{Misfit, misfit};
use crate::Scalar;

/// A number at the start of a text.
struct Written<'t> {
    value: Decimal,
    /// What follows it, trimmed.
    rest: &'t str,
}

/// The number a text begins with: a sign, digits with correct thousands
/// separators (commas or spaces) or none, a fraction. `None` if there is none or it is malformed.
fn number_at_start(text: &str) -> Option<Written<'_>> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text).trim_start()),
    };
    let mut mantissa: i64 = 0;
    let mut scale: u32 = 0;
    // Digits since the last separator; a separator must split groups of three.
    let mut group: Option<u32> = None;
    let mut separator: Option<u8> = None;
    let (mut digits, mut fraction) = (0_u32, false);
    let mut end = 0;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                digits += 1;
                if fraction {
                    scale += 1;
                } else if let Some(count) = &mut group {
                    *count += 1;
                }
            }
            b',' | b' ' if !fraction => {
                // A space may as well end the number: what stands behind it has to be a group.
                if byte == b' ' && !begins_group(&body.as_bytes()[at + 1..]) {
                    break;
                }
                if *separator.get_or_insert(byte) != byte {
                    return None;
                }
                let whole = group.map_or((1..=3).contains(&digits), |count| count == 3);
                if !whole {
                    return None;
                }
                group = Some(0);
            }
            b'.' if !fraction && digits > 0 => fraction = true,
            _ => break,
        }
        end = at + 1;
    }
    let cut_short =
        digits == 0 || group.is_some_and(|count| count != 3) || (fraction && scale == 0);
    if cut_short {
        return None;
    }
    let value = Decimal::try_new(if negative { -mantissa } else { mantissa }, scale).ok()?;
    Some(Written { value, rest: body[end..].trim_start() })
}

/// Whether three digits stand here and no fourth: `1 800`.
fn begins_group(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits == 3
}

/// Reads a whole number.
pub(super) fn read_integer(text: &str) -> Result<Scalar, Misfit> {
    let expected = "整数,如 12 或 1,200";
    match number_at_start(text) {
        Some(Written { value, rest: "" }) => {
            let whole = value.normalize();
            match (whole.scale(), i64::try_from(whole.mantissa())) {
                (0, Ok(number)) => Ok(Scalar::Integer(number)),
                _ => misfit(expected, format!("“{text}”不是整数")),
            }
        }
        Some(Written { rest, .. }) => {
            misfit(expected, format!("数字后面有多余的文字“{rest}”;请只填数字"))
        }
        None => misfit(expected, format!("“{text}”不是整数")),
    }
}

/// Reads a number with at most `scale` digits after the point, and converts a
/// unit written behind it to the unit of the field.
pub(super) fn read_decimal(text: &str, scale: u32, unit: Option<Unit>) -> Result<Scalar, Misfit> {
    let expected = || match (unit, scale) {
        (Some(unit), 0) => format!("以{unit}为单位的整数"),
        (Some(unit), _) => format!("以{unit}为单位、最多 {scale} 位小数的数字"),
        (None, _) => format!("最多 {scale} 位小数的数字"),
    };
    let body = match text.strip_prefix(['¥', '￥']) {
        Some(rest) if unit.is_some_and(|u| u.base_symbol() == "元") => rest.trim_start(),
        _ => text,
    };
    let Some(written) = number_at_start(body) else {
        return misfit(expected(), format!("“{text}”不是数字"));
    };
    let value = match (written.rest, unit) {
        ("", _) => written.value,
        (rest, None) => {
            return misfit(expected(), format!("数字后面有多余的文字“{rest}”;请只填数字"));
        }
        (rest, Some(unit)) => {
            convert(written.value, rest, unit).or_else(|e| misfit(expected(), e.to_string()))?
        }
    };
    let value = value.normalize();
    if value.scale() > scale {
        let shown = decimal_text(value);
        let message = match unit {
            Some(unit) if !written.rest.is_empty() => {
                format!("“{text}”即 {shown} {unit},小数位超过 {scale} 位")
            }
            _ => format!("“{text}”的小数位超过 {scale} 位"),
        };
        return misfit(expected(), message);
    }
    scaled(value, scale)
        .map_or_else(|| misfit(expected(), format!("“{text}”太大")), |n| Ok(Scalar::Integer(n)))
}

/// Why a unit written behind a number does not fit its field.
#[derive(Debug, Error)]
#[error(transparent)]
enum UnitMisfit {
    Unknown(#[from] UnitError),
    Convert(#[from] ConvertError),
}

/// The value in the unit of the field.
fn convert(value: Decimal, written: &str, unit: Unit) -> Result<Decimal, UnitMisfit> {
    let found = match written {
        // 12万 in a column of 元 is 12万元.
        "万" | "亿" => Unit::parse(&format!("{written}{}", unit.base_symbol()))?,
        _ => Unit::parse(written)?,
    };
    Ok(Quantity::new(value, found).to(unit)?.value)
}

/// The integer that stores a decimal of at most `scale` digits.
pub(crate) fn scaled(value: Decimal, scale: u32) -> Option<i64> {
    let value = value.normalize();
    let power = scale.checked_sub(value.scale())?;
    let factor = 10_i128.checked_pow(power)?;
    i64::try_from(value.mantissa().checked_mul(factor)?).ok()
}

/// A stored number with all digits of its field, without going through a decimal.
pub(super) fn show_scaled(number: i64, scale: u32) -> String {
    if scale == 0 {
        return number.to_string();
    }
    let sign = if number < 0 { "-" } else { "" };
    let width = scale as usize + 1;
    let digits = format!("{:0width$}", number.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
    format!("{sign}{whole}.{fraction}")
}

/// Reads `longitude,latitude` in degrees.
pub(super) fn read_geo_point(text: &str) -> Result<Scalar, Misfit> {
    let expected = "经度,纬度,如 115.65,24.95";
    let parts: Vec<&str> =
        text.split([',', ';', ' ', '、']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let degrees = |part: &str, limit: i64| {
        let value = number_at_start(part).filter(|w| w.rest.is_empty())?.value;
        (value.abs() <= Decimal::from(limit)).then(|| decimal_text(value))
    };
    if let [longitude, latitude] = parts[..]
        && let (Some(longitude), Some(latitude)) = (degrees(longitude, 180), degrees(latitude, 90))
    {
        return Ok(Scalar::Text(format!("{longitude},{latitude}")));
    }
    misfit(expected, format!("“{text}”不是经纬度;经度在前,范围 ±180,纬度范围 ±90"))
}
