//! Masking of private values on their way to a reader.
//!
//! One rule for every output (domain.md §6): a name keeps its surname, an ID
//! number its first six and last four characters, a phone its first three and
//! last four, a card its last four. Sensitive values are not shown at all.

use pack::{Field, FieldType, Private};

/// What stands for a sensitive value.
pub const HIDDEN: &str = "***";

/// Surnames of two characters that are still in use.
const DOUBLE_SURNAMES: [&str; 16] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯",
    "端木", "南宫", "长孙", "宇文",
];

/// The text of a cell as it may be shown: `text` is its display form.
pub fn mask_cell(field: &Field, text: &str) -> String {
    // Words that stand for a value that is encrypted or was destroyed hide nothing.
    if text.is_empty() || text.starts_with('〔') {
        return text.to_owned();
    }
    match field.private {
        Private::No => mask_type(&field.ty, text).unwrap_or_else(|| text.to_owned()),
        Private::Sensitive => HIDDEN.to_owned(),
        Private::Identity => mask_type(&field.ty, text).unwrap_or_else(|| mask_other(text)),
    }
}

/// Values whose type is personal are masked even where a definition forgot to
/// say `private`.
fn mask_type(ty: &FieldType, text: &str) -> Option<String> {
    match ty {
        FieldType::PersonName => Some(mask_name(text)),
        FieldType::IdNumber => Some(mask_ends(text, 6, 4)),
        FieldType::Phone => Some(mask_ends(text, 3, 4)),
        _ => None,
    }
}

/// 张三 → 张*, 欧阳小明 → 欧阳*.
pub fn mask_name(name: &str) -> String {
    let name = name.trim();
    let double = DOUBLE_SURNAMES.iter().find(|s| name.starts_with(**s) && name.len() > s.len());
    match (double, name.chars().next()) {
        (Some(surname), _) => format!("{surname}*"),
        (None, Some(first)) => format!("{first}*"),
        (None, None) => String::new(),
    }
}

/// Keeps `head` characters at the beginning and `tail` at the end. A value too
/// short to hide anything between them is hidden whole.
pub fn mask_ends(text: &str, head: usize, tail: usize) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    if chars.len() <= head + tail {
        return HIDDEN.to_owned();
    }
    let hidden = "*".repeat(chars.len() - head - tail);
    let first: String = chars[..head].iter().collect();
    let last: String = chars[chars.len() - tail..].iter().collect();
    format!("{first}{hidden}{last}")
}

/// Cards and accounts keep their last four digits, everything else its first character.
fn mask_other(text: &str) -> String {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits * 2 > text.chars().count() { mask_ends(text, 0, 4) } else { mask_name(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ty: FieldType, private: Private, text: &str, expected: &str) {
        let field = Field {
            id: "f".to_owned(),
            label: "某项".to_owned(),
            aliases: Vec::new(),
            ty,
            required: false,
            dated: false,
            private,
            note: None,
            derived: false,
        };
        assert_eq!(mask_cell(&field, text), expected, "{text}");
    }

    #[test]
    fn identity_values_keep_only_what_the_rule_leaves() {
        check(FieldType::PersonName, Private::Identity, "张三丰", "张*");
        check(FieldType::PersonName, Private::Identity, "欧阳小明", "欧阳*");
        check(FieldType::PersonName, Private::Identity, "欧阳", "欧*");
        check(FieldType::IdNumber, Private::Identity, "11010519491231002X", "110105********002X");
        check(FieldType::Phone, Private::Identity, "13800001234", "138****1234");
        check(FieldType::Text, Private::Identity, "6222020000001234567", "***************4567");
        check(FieldType::Text, Private::Identity, "住在某处", "住*");
        check(FieldType::IdNumber, Private::Identity, "12345", HIDDEN);
    }

    #[test]
    fn sensitive_values_are_not_shown() {
        check(FieldType::Text, Private::Sensitive, "慢性病", HIDDEN);
        check(FieldType::Money, Private::Sensitive, "1200", HIDDEN);
        check(FieldType::Text, Private::Sensitive, "", "");
    }

    #[test]
    fn personal_types_are_masked_without_being_told() {
        check(FieldType::PersonName, Private::No, "李四", "李*");
        check(FieldType::Text, Private::No, "河堤巡查", "河堤巡查");
    }
}
