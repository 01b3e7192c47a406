//! Units that are cut off or no longer legal: 500平方, 30公分.

use pack::ReviewRule;

use super::scan::{any, at, before, is_han, mark};
use crate::finding::Mark;
use crate::paper::Paper;

/// Units with what they should be.
const UNITS: [(&str, &str); 9] = [
    ("平方", "平方米"),
    ("立方", "立方米"),
    ("平米", "平方米"),
    ("公分", "厘米"),
    ("华里", "千米"),
    ("市斤", "斤"),
    ("市里", "千米"),
    ("公升", "升"),
    ("平方里", "平方千米"),
];

/// What follows 平方 and 立方 where they are whole.
const LONGER: [&str; 10] = ["米", "公", "千", "厘", "分", "毫", "码", "英", "百", "k"];

pub(crate) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let counted = |place: usize| {
        let last = before(chars, place);
        let large = matches!(last, '万' | '亿' | '余' | '多') && place > 1;
        last.is_ascii_digit() || (large && !is_han(chars[place - 2]))
    };
    let mut marks = Vec::new();
    for place in (0..chars.len()).filter(|place| "平立公华市".contains(chars[*place])) {
        let found = UNITS.iter().find(|(unit, _)| any(chars, place, &[unit]).is_some());
        let Some((unit, right)) = found.filter(|_| counted(place)) else { continue };
        let end = place + unit.chars().count();
        let is_whole = any(chars, end, &LONGER).is_some();
        let is_place = *unit == "市里" && is_han(at(chars, end));
        if !is_whole && !is_place {
            let message = format!("“{unit}”不是法定计量单位的全称,应写作“{right}”(GB 3100-1993)");
            marks.push(mark(paper, place..end, message));
        }
    }
    marks
}
