//! Words that deny: 未, 没有, 不再, 无法.

use crate::scan::is_numeral;
use crate::statement::ends_clause;
use crate::text::Text;

/// A word of denial with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Denial {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Words of denial, longest first.
const WORDS: &[&str] = &[
    "未能", "未曾", "未", "没有", "没能", "没", "不再", "不能", "不予", "不曾", "不是", "并非",
    "无法", "无力", "无缘", "无从", "难以", "拒不",
];

/// Words that begin so and deny nothing.
const NOT_DENIALS: &[&str] = &["未来", "未成年", "未雨绸缪", "未央", "没收", "不能不", "不是很"];

/// What turns 没 into another word when it stands before it.
const SUNK: &str = "淹埋沉出吞湮泯隐覆罚";

/// Words before a denial that belong to it: 尚未, 从没有.
const LEAD: &str = "尚从并暂还仍都也均";

/// What 未 makes an attribute of, so that 未办结3件 counts what is not yet closed
/// and does not deny a number.
const STATES: &[&str] = &[
    "脱贫", "消除", "办结", "参保", "就业", "婚", "升学", "利用", "确权", "化解", "整改", "销号",
    "接种", "缴", "达标", "硬化", "结案", "审结", "签约", "解决", "上户", "入户", "返校", "复学",
];

/// The word of denial that begins at a position.
pub(crate) fn at(text: &Text<'_>, i: usize) -> Option<Denial> {
    if !matches!(text.at(i), '未' | '没' | '不' | '无' | '难' | '拒' | '并') {
        return None;
    }
    let length = text.any_at(i, WORDS)?;
    if text.any_at(i, NOT_DENIALS).is_some()
        || (text.at(i) == '没' && SUNK.contains(text.before(i)))
    {
        return None;
    }
    let lead = usize::from(i > 0 && LEAD.contains(text.before(i)));
    Some(Denial { start: i - lead, end: i + length })
}

/// All words of denial between two positions.
pub(crate) fn all(text: &Text<'_>, from: usize, to: usize) -> Vec<Denial> {
    let mut found = Vec::new();
    let mut i = from;
    while i < to {
        match at(text, i).filter(|denial| denial.end <= to) {
            Some(denial) => {
                i = denial.end;
                found.push(Denial { start: denial.start.max(from), ..denial });
            }
            None => i += 1,
        }
    }
    found
}

/// What a denial in front of a number does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Governing {
    /// It denies the sentence: 没有完成105起.
    Sentence(Denial),
    /// It describes what is counted: 未办结3件, 未完成整改的3处.
    Attribute(Denial),
}

/// The denial that governs what begins at `to`; nothing before `from` counts.
pub(crate) fn governing(text: &Text<'_>, from: usize, to: usize) -> Option<Governing> {
    let from = (from..to).rev().find(|&k| ends_clause(text, k)).map_or(from, |k| k + 1);
    let denials = all(text, from, to);
    let sentence = denials.iter().find(|denial| !is_attribute(text, denial, to));
    sentence
        .map(|denial| Governing::Sentence(*denial))
        .or_else(|| denials.first().map(|denial| Governing::Attribute(*denial)))
}

fn is_attribute(text: &Text<'_>, denial: &Denial, to: usize) -> bool {
    let state = text.before(denial.end) == '未' && text.any_at(denial.end, STATES).is_some();
    state || text.slice(denial.end, to).contains('的')
}

/// Whether a denial follows a number in its clause, before the next number: 3户
/// 未整改.
pub(crate) fn follows(text: &Text<'_>, from: usize) -> bool {
    let ends = |k: usize| ends_clause(text, k) || text.at(k) == '、' || is_numeral(text.at(k));
    let end = (from..text.len()).find(|&k| ends(k)).unwrap_or(text.len());
    !all(text, from, end).is_empty()
}
