//! Messages without persons: a value that is refused, or is not found, is told in part, since
//! messages end in logs that are kept in clear. Reasons and names of files are kept for ever, and
//! lose the numbers of persons before.

use std::sync::OnceLock;

use pack::{Ledger, Pack};

use crate::looks::is_private;
use crate::record::number;

/// Digits in a row that may be the number of a person, a phone or an account.
const TELLING: usize = 11;

/// Texts as they are kept where they had the number of a person in them. They live as long as
/// this, so that the stamps of writes can be made of them: a list that only grows.
#[derive(Default)]
pub(crate) struct Kept(OnceLock<Box<Word>>);

#[derive(Default)]
struct Word {
    text: String,
    next: Kept,
}

impl Kept {
    /// The text as it may be kept: the very text if there is nothing to hide.
    pub(crate) fn keep<'a>(&'a self, text: &'a str) -> &'a str {
        let hidden = numbers(text);
        if hidden == text {
            return text;
        }
        let word = Box::new(Word { text: hidden, next: Kept::default() });
        let (mut end, mut word) = (self, Some(word));
        loop {
            // A place that is taken leaves the word for the next.
            let there = end.0.get_or_init(|| word.take().unwrap_or_default());
            if word.is_none() {
                return &there.text;
            }
            end = &there.next;
        }
    }
}

/// Whether a reason or a name is kept otherwise than it was given, since it has the number of a
/// person in it.
pub fn is_hidden(text: &str) -> bool {
    numbers(text) != text
}

/// Long numbers in a text, shown in part: whoever sends a value into the wrong column sends
/// that of a person as well.
pub(crate) fn numbers(text: &str) -> String {
    let mut out = String::new();
    // As half-width digits, and as they were given.
    let (mut run, mut given) = (String::new(), String::new());
    for c in text.chars().chain(std::iter::once('\0')) {
        let half = match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            _ => c,
        };
        let goes_on = half.is_ascii_digit() || (matches!(c, 'x' | 'X') && run.len() == 17);
        if goes_on {
            run.push(half);
            given.push(c);
            continue;
        }
        match run.len() {
            0..TELLING => out.push_str(&given),
            _ => out.push_str(&report::mask_ends(&run, 3, 4)),
        }
        run.clear();
        given.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// Why a cell is no value of its field, for a message about a ledger.
pub(crate) fn cell(ledger: &Ledger, error: pack::CellError) -> pack::CellError {
    let message = match is_private(ledger) {
        true => sheet::discreet(&error.value, &error.message),
        false => error.message,
    };
    pack::CellError { message: numbers(&message), ..error }
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
        // Households are about persons without naming any.
        None if is_private(ledger) && is_chinese_name(text) => report::mask_name(text),
        None => numbers(text),
    }
}

/// Whether a text may be a Chinese name, and is no number of a record.
fn is_chinese_name(text: &str) -> bool {
    let is_part = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·';
    (2..=4).contains(&text.chars().count()) && text.chars().all(is_part)
}

/// The name of a field that a ledger does not have, for a message. Who sends `name=value` the
/// wrong way round sends a name.
pub(crate) fn field(ledger: &Ledger, text: &str, is_near: bool) -> String {
    match !is_near && is_private(ledger) {
        true => report::mask_name(text),
        false => text.to_owned(),
    }
}

/// A file's name with its stem masked: people name photographs after persons.
pub(crate) fn file(name: &str) -> String {
    // Words that stand for a name that is encrypted or was destroyed hide nothing.
    if name.starts_with('〔') {
        return name.to_owned();
    }
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
        check("２０２４０１０５", "２０２４０１０５");
        check("电话１９９９９０１０５０５。", "电话199****0505。");
        check("", "");
        check("没有数字X", "没有数字X");
    }

    #[test]
    fn what_is_kept_has_no_long_numbers() {
        let kept = Kept::default();
        let texts = ["19999010505 来电", "来电", "19999010606 来电", "990101198102030011"];
        let told: Vec<&str> = texts.iter().map(|text| kept.keep(text)).collect();
        assert_eq!(told, ["199****0505 来电", "来电", "199****0606 来电", "990***********0011"]);
        assert!(is_hidden(texts[0]) && !is_hidden(texts[1]));
    }

    #[test]
    fn names_of_files_keep_their_kind() {
        for (name, expected) in [
            ("甲某的申请.txt", "甲*.txt"),
            ("照片", "照*"),
            (".txt", ".*"),
            ("甲某.表.pdf", "甲*.pdf"),
            ("〔已加密〕", "〔已加密〕"),
        ] {
            assert_eq!(file(name), expected, "{name}");
        }
    }
}
