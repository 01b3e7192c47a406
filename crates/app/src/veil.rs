//! Messages without persons: a value that is refused, or is not found, is told in part, since
//! messages end in logs that are kept in clear.

use pack::{Ledger, Pack};

use crate::record::number;

/// Digits in a row that may be the number of a person, a phone or an account.
const TELLING: usize = 11;

/// Long numbers in a text, shown in part: whoever sends a value into the wrong column sends
/// that of a person as well.
pub(crate) fn numbers(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        let goes_on = c.is_ascii_digit() || (matches!(c, 'x' | 'X') && run.len() == 17);
        if goes_on {
            run.push(c);
            continue;
        }
        match run.len() {
            0..TELLING => out.push_str(&run),
            _ => out.push_str(&report::mask_ends(&run, 3, 4)),
        }
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// What a user gave as the key of a record, for a message: the key may be who it is.
pub(crate) fn key(pack: &Pack, ledger: &Ledger, text: &str) -> String {
    // A record's number is nobody's.
    let is_number = number(text).is_some();
    match ledger.key.as_ref().and_then(|key| ledger.fields.get(key)) {
        Some(field) if !is_number => match &field.ty {
            pack::FieldType::Record { ledger } if pack.ledgers.contains_key(ledger) => {
                key(pack, &pack.ledgers[ledger], text)
            }
            _ => report::mask_cell(field, &somebody(pack, ledger, text)),
        },
        _ => text.to_owned(),
    }
}

/// A key with what could be a person's name or number in it masked, where a ledger keeps persons:
/// people write a name where the number of somebody's record belongs.
fn somebody(pack: &Pack, ledger: &Ledger, text: &str) -> String {
    let name = ledger.fields.values().find(|field| field.ty == pack::FieldType::PersonName);
    match name {
        Some(field) if pack::read_cell(field, pack, text).is_ok_and(|cell| cell.is_some()) => {
            report::mask_name(text)
        }
        Some(_) => numbers(text),
        None => text.to_owned(),
    }
}

/// A file's name with its stem masked: people name photographs after persons.
pub(crate) fn file(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => {
            format!("{}.{ending}", report::mask_name(stem))
        }
        _ => report::mask_name(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(numbers(text), expected, "{text}");
    }

    #[test]
    fn long_numbers_are_shown_in_part() {
        check("“19999010505”不是日期", "“199****0505”不是日期");
        check("99010119810203001X", "990***********001X");
        check("6299010100000000101、2024-01-05", "629************0101、2024-01-05");
        check("2024010500", "2024010500");
        check("", "");
        check("没有数字X", "没有数字X");
    }

    #[test]
    fn names_of_files_keep_their_kind() {
        for (name, expected) in [
            ("甲某的申请.txt", "甲*.txt"),
            ("照片", "照*"),
            (".txt", ".*"),
            ("甲某.表.pdf", "甲*.pdf"),
        ] {
            assert_eq!(file(name), expected, "{name}");
        }
    }
}
