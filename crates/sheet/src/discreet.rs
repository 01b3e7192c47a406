//! What messages repeat of cells that cannot be read, where a ledger is about persons. A row that
//! is shifted by one column has a name under every head, and messages are kept where values are
//! not.

use pack::{FieldType, Ledger, Private, Scalar};

use crate::staged::Problem;

/// Digits in a row that may be the number of a person, a phone or an account.
const TELLING: usize = 11;

/// Whether a ledger has fields about persons.
pub fn is_about_persons(ledger: &Ledger) -> bool {
    let is_personal = |ty: &FieldType| {
        matches!(ty, FieldType::PersonName | FieldType::IdNumber | FieldType::Phone)
    };
    ledger.fields.values().any(|f| f.private != Private::No || is_personal(&f.ty))
}

/// Whether the key of a record, where it is kept in clear, may be the number of the person that
/// the record is about.
pub fn key_tells(ledger: &Ledger, cells: &[Option<Scalar>]) -> bool {
    let key = ledger.key.as_ref().and_then(|key| ledger.fields.get_full(key));
    key.is_some_and(|(slot, _, field)| {
        field.private == Private::No
            && is_about_persons(ledger)
            && matches!(cells.get(slot), Some(Some(Scalar::Text(text))) if tells_somebody(text))
    })
}

/// Whether a text may be the ID number or the phone number of somebody.
fn tells_somebody(text: &str) -> bool {
    let text = text.trim().as_bytes();
    match text {
        [whole @ .., last] if whole.len() == 17 => {
            whole.iter().all(u8::is_ascii_digit)
                && (last.is_ascii_digit() || matches!(last, b'x' | b'X'))
                && matches!(&whole[6..8], b"18" | b"19" | b"20")
        }
        [b'1', b'3'..=b'9', rest @ ..] => rest.len() == 9 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// A message about a value with what it quotes of the value shown in part. Numbers, dates, and
/// what is nearly a value that would be taken (the message asks whether it was meant) are
/// repeated: they say what the mistake is, and nobody's name.
pub fn discreet(value: &str, message: &str) -> String {
    let is_near = message.contains(";是不是“");
    let mut told = String::new();
    let mut rest = message;
    while let Some((before, (quoted, after))) =
        rest.split_once('“').and_then(|(b, r)| Some((b, r.split_once('”')?)))
    {
        let hide = !is_near && !quoted.is_empty() && value.contains(quoted) && !is_plain(quoted);
        let shown = if hide { in_part(quoted) } else { quoted.to_owned() };
        told.push_str(&format!("{before}“{shown}”"));
        rest = after;
    }
    told + rest
}

/// A problem of a ledger about persons, as it may be told.
pub(crate) fn problem(problem: Problem) -> Problem {
    let message = discreet(&problem.value, &problem.message);
    let is_near = message.contains(";是不是“");
    let value = match is_near || is_plain(&problem.value) {
        true => problem.value,
        false => in_part(&problem.value),
    };
    Problem { value, message, ..problem }
}

/// Whether a text is plainly a number, a date or a code, and no number of a person.
fn is_plain(text: &str) -> bool {
    let is_sign = |c: char| c.is_ascii() || "年月日时分秒点号元%‰℃，。：；－／（）".contains(c);
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let longest = text.split(|c: char| !is_digit(c)).map(|run| run.chars().count()).max();
    text.chars().all(|c| is_sign(c) || is_digit(c)) && longest.unwrap_or(0) < TELLING
}

/// The first character of a text; the numbers in it are hidden with the rest.
fn in_part(text: &str) -> String {
    match text.trim().chars().next() {
        Some(first) if !first.is_ascii_digit() => format!("{first}*"),
        Some(_) => "***".to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, message: &str, expected: &str) {
        assert_eq!(discreet(value, message), expected);
    }

    #[test]
    fn names_are_told_in_part_and_slips_of_the_pen_as_they_are() {
        check("司徒甲某", "不认识“司徒甲某”", "不认识“司*”");
        check("甲某、乙某", "不认识“乙某”", "不认识“乙*”");
        check("乙某", "“乙某”既不是“是”也不是“否”", "“乙*”既不是“是”也不是“否”");
        check("已结按", "不认识“已结按”;是不是“已结案”?", "不认识“已结按”;是不是“已结案”?");
        check("2023-13-01", "“2023-13-01”不是日期", "“2023-13-01”不是日期");
        check("2023年13月", "“2023年13月”不是日期", "“2023年13月”不是日期");
        check("19999010101", "“19999010101”不是日期", "“***”不是日期");
        check("甲某", "必填", "必填");
        check("", "没有写“地方”", "没有写“地方”");
        check("甲某", "少一半“甲某", "少一半“甲某");
    }

    #[test]
    fn numbers_of_persons_are_told_from_numbers_of_records() {
        for (text, expected) in [
            ("99010119810203001X", true),
            ("990101198102030011", true),
            ("19999010101", true),
            ("R-0001", false),
            ("360734106001000001", false),
            ("36073410600", false),
            ("", false),
        ] {
            assert_eq!(tells_somebody(text), expected, "{text}");
        }
    }
}
