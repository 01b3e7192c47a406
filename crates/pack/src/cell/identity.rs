//! Names and numbers of people and organisations, with their check digits.

use std::borrow::Cow;

use figure::Date;

use super::{Misfit, misfit};
use crate::Scalar;

/// Reads a person's name. Spaces that pad a name of two characters (张 三) go.
pub(super) fn read_name(text: &str) -> Result<Scalar, Misfit> {
    if text.bytes().any(|b| b.is_ascii_digit()) {
        return misfit("姓名", format!("“{text}”里有数字,不是姓名"));
    }
    let has_latin = text.bytes().any(|b| b.is_ascii_alphabetic());
    if has_latin || !text.chars().any(char::is_whitespace) {
        return Ok(Scalar::Text(text.to_owned()));
    }
    Ok(Scalar::Text(text.chars().filter(|c| !c.is_whitespace()).collect()))
}

/// Without the spaces that people set between groups of digits.
fn without_spaces(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Reads a citizen ID number: 18 characters, a date of birth that exists, and
/// the MOD 11-2 check character of GB 11643-1999.
pub(super) fn read_id_number(text: &str) -> Result<Scalar, Misfit> {
    let expected = "18 位公民身份号码";
    let text = without_spaces(text);
    let number = text.to_ascii_uppercase();
    let bytes = number.as_bytes();
    if text.contains("E+") || text.contains("e+") {
        return misfit(
            expected,
            format!("“{text}”被表格软件写成了科学计数;请把该列设为文本后重新录入"),
        );
    }
    let shape = bytes.len() == 18
        && bytes[..17].iter().all(u8::is_ascii_digit)
        && (bytes[17].is_ascii_digit() || bytes[17] == b'X');
    if !shape {
        let count = number.chars().count();
        return misfit(expected, format!("“{text}”不是 18 位身份号码(现为 {count} 位)"));
    }
    let part = |range: std::ops::Range<usize>| number[range].parse::<i16>().unwrap_or(0);
    let born = Date::new(part(6..10), part(10..12) as i8, part(12..14) as i8);
    if born.is_err() || part(6..10) < 1800 {
        return misfit(expected, format!("“{text}”第 7 至 14 位不是有效的出生日期"));
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    if CHECKS[(sum % 11) as usize] != bytes[17] {
        return misfit(expected, format!("“{text}”的校验码不对;请核对是否抄错"));
    }
    Ok(Scalar::Text(number))
}

/// Reads a unified social credit code with the check character of GB 32100-2015.
pub(super) fn read_credit_code(text: &str) -> Result<Scalar, Misfit> {
    let expected = "18 位统一社会信用代码";
    // The standard leaves out I, O, S, V and Z, which look like digits.
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let text = without_spaces(text);
    let code = text.to_ascii_uppercase();
    let values: Option<Vec<u32>> = code
        .bytes()
        .map(|b| ALPHABET.iter().position(|a| *a == b).and_then(|at| u32::try_from(at).ok()))
        .collect();
    let Some(values) = values.filter(|values| values.len() == 18) else {
        return misfit(
            expected,
            format!("“{text}”不是 18 位统一社会信用代码(数字和除 I、O、S、V、Z 外的大写字母)"),
        );
    };
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    if (31 - sum % 31) % 31 != values[17] {
        return misfit(expected, format!("“{text}”的校验码不对;请核对是否抄错"));
    }
    Ok(Scalar::Text(code))
}

/// Reads a mobile number of 11 digits, or a landline with its area code, which
/// is stored as `0000-0000000`.
pub(super) fn read_phone(text: &str) -> Result<Scalar, Misfit> {
    let expected = "11 位手机号,或带区号的固定电话,如 0790-1234567";
    let wrong = || misfit(expected, format!("“{text}”不是电话号码"));
    let number: String =
        text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '—')).collect();
    let number = number.strip_prefix("+86").unwrap_or(&number);
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return wrong();
    }
    let bytes = number.as_bytes();
    match bytes {
        [b'1', b'3'..=b'9', ..] if bytes.len() == 11 => Ok(Scalar::Text(number.to_owned())),
        [b'0', second, ..] => {
            // Area codes have three digits in 010 and 02x, else four.
            let area = if matches!(second, b'1' | b'2') { 3 } else { 4 };
            match bytes.len().checked_sub(area) {
                Some(7 | 8) => Ok(Scalar::Text(format!("{}-{}", &number[..area], &number[area..]))),
                _ => wrong(),
            }
        }
        _ => wrong(),
    }
}
