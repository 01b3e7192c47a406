//! Rows of a sheet that are no records: totals, footers, numbers under the head.

use crate::heads::{flat, unit};
use crate::source::{RowCell, Value};

/// What a total adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Total {
    /// 小计: the rows since the last total.
    Part,
    /// 合计, 总计: all rows, or those since the last total.
    Whole,
}

/// Whether a row gives totals, and the column of the word that says so. The word
/// stands at the beginning of the row.
pub(crate) fn total(cells: &[RowCell<'_>]) -> Option<(Total, u32)> {
    // The name of a village or group may stand before the word: 甲村小计.
    const LONGEST: usize = 10;
    cells.iter().filter(|(_, v)| !v.is_blank()).take(3).find_map(|(column, value)| {
        let text = flat(value.text().filter(|text| text.contains('计'))?);
        let text = text.trim_end_matches(':');
        if text.chars().count() > LONGEST {
            None
        } else if text.ends_with("小计") {
            Some((Total::Part, *column))
        } else if ["合计", "总计", "共计", "总合计"].iter().any(|word| text.ends_with(word))
        {
            Some((Total::Whole, *column))
        } else {
            None
        }
    })
}

/// Whether a row is signed or explained rather than filled: 填表人:…, 注:….
pub(crate) fn is_footer(cells: &[RowCell<'_>]) -> bool {
    const WORDS: [&str; 22] = [
        "填表人",
        "填报人",
        "制表人",
        "制表",
        "审核人",
        "审核",
        "复核人",
        "复核",
        "单位负责人",
        "负责人",
        "统计负责人",
        "分管领导",
        "主要领导",
        "报出日期",
        "填报日期",
        "填表日期",
        "联系人",
        "联系电话",
        "注",
        "说明",
        "备注",
        "填表说明",
    ];
    let Some((_, first)) = cells.iter().find(|(_, v)| !v.is_blank()) else { return false };
    let Some(text) = first.text().filter(|text| text.contains([':', '：'])) else { return false };
    let text = flat(text);
    let Some((word, _)) = text.split_once(':') else { return false };
    WORDS.contains(&word.trim_end_matches(|c: char| {
        c.is_ascii_digit() || c == '(' || c == ')' || c == '签' || c == '章'
    }))
}

/// Whether a row only numbers the columns: (1) (2) (3), 甲 乙 1 2, 1 2 5 6.
/// `texts` tells which columns hold text in every record.
pub(crate) fn is_column_numbers(cells: &[RowCell<'_>], texts: impl Fn(u32) -> bool) -> bool {
    const STEMS: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];
    let filled: Vec<(u32, String)> =
        cells.iter().filter(|(_, v)| !v.is_blank()).map(|(c, v)| (*c, flat(&v.show()))).collect();
    if filled.len() < 2 {
        return false;
    }
    let (mut last, mut stems, mut bracketed, mut in_text) = (0_u32, 0, 0, false);
    for (column, text) in &filled {
        if STEMS.get(stems) == Some(&text.as_str()) {
            stems += 1;
            continue;
        }
        let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
        bracketed += usize::from(inner.is_some());
        match inner.unwrap_or(text).parse::<u32>() {
            Ok(number) if number > last && number < 1000 => last = number,
            _ => return false,
        }
        in_text |= texts(*column);
    }
    // A record of small ascending numbers is a record; only signs that no record
    // has make it a row of numbers.
    (stems > 0 && filled[0].1 == STEMS[0]) || bracketed == filled.len() || in_text
}

/// The units under the heads, if a row holds nothing else: its columns and units.
pub(crate) fn units(cells: &[RowCell<'_>]) -> Option<Vec<(u32, figure::Unit)>> {
    let mut found = Vec::new();
    for (column, value) in cells.iter().filter(|(_, v)| !v.is_blank()) {
        let text = flat(value.text()?);
        let text = text.trim_matches(['(', ')']);
        found.push((*column, unit(text)?));
    }
    (!found.is_empty()).then_some(found)
}

/// Whether a row is the title of a section: one text and nothing else, numbered
/// or merged over the table.
pub(crate) fn is_section(cells: &[RowCell<'_>], merged_from: Option<u32>) -> bool {
    let mut filled = cells.iter().filter(|(_, v)| !v.is_blank());
    let (Some((column, value)), None) = (filled.next(), filled.next()) else { return false };
    let Value::Text(text) = value else { return false };
    let text = flat(text);
    let numbered = text
        .trim_start_matches('(')
        .trim_start_matches(|c: char| "一二三四五六七八九十".contains(c))
        .starts_with(['、', ')']);
    let begins = text.starts_with(|c: char| c == '(' || "一二三四五六七八九十".contains(c));
    merged_from == Some(*column) || (numbered && begins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn row(text: &str) -> Vec<RowCell<'_>> {
        text.split('|')
            .enumerate()
            .map(|(c, t)| match t.parse::<f64>() {
                Ok(number) => (c as u32, Value::Number(number)),
                Err(_) => (c as u32, Value::Text(Cow::Borrowed(t))),
            })
            .collect()
    }

    #[test]
    fn totals_and_footers_are_known_by_their_words() {
        let check = |text: &str, expected| {
            assert_eq!(total(&row(text)).map(|(kind, _)| kind), expected, "{text}")
        };
        check("合　 计||3", Some(Total::Whole));
        check("|总计：|3", Some(Total::Whole));
        check("3|甲村小计|3", Some(Total::Part));
        check("1|张三|1|合计", None);
        check("1|关于全县财政收支合计数的说明", None);
        let check = |text: &str, expected| assert_eq!(is_footer(&row(text)), expected, "{text}");
        check("填表人：张三|审核人:李四", true);
        check("注1:C级每户0.75万元", true);
        check("负责人(签章):|", true);
        check("张三|填表人:", false);
        check("注意安全", false);
        check("3", false);
    }

    #[test]
    fn rows_under_the_head_are_no_records() {
        let check = |text: &str, expected| {
            assert_eq!(is_column_numbers(&row(text), |c| c == 0), expected, "{text}");
        };
        check("(1)|(2)|（3）", true);
        check("甲|乙|1|2", true);
        check("1|2|5|6", true);
        check("|1|2|3", false);
        check("1|张三", false);
        check("3|2|1", false);
        let check = |text: &str, expected: usize| {
            assert_eq!(units(&row(text)).map_or(0, |u| u.len()), expected, "{text}");
        };
        check("|万元|（亩）", 2);
        check("甲村|万元", 0);
        check("", 0);
    }

    #[test]
    fn sections_stand_alone() {
        let check = |text: &str, merged, expected| {
            assert_eq!(is_section(&row(text), merged), expected, "{text}")
        };
        check("一、基础设施", None, true);
        check("（二）产业发展|", None, true);
        check("产业发展", Some(0), true);
        check("产业发展", None, false);
        check("一、基础设施|3", None, false);
        check("二狗", None, false);
    }
}
