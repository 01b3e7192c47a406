//! Whether a stock can be reached from another by the changes told between them.

use super::alike::shared;
use super::extent::Extent;
use super::number::Number;
use super::stock_words::{CLOSING, OPENING};

/// The same of a loan: what is collected goes out of it for sure.
pub(in crate::figure) const LENT: &[&str] = &["发放", "投放"];

/// Words of a store of what is lent.
pub(in crate::figure) const LOANS: &[&str] = &["贷款", "借款", "信贷"];

/// Whether the closing value can be reached with some of the unknown changes.
pub(in crate::figure) fn may_be(sum: Extent, unknown: &[&Number], end: &Number) -> bool {
    let Some((first, rest)) = unknown.split_first() else { return sum.meets(end.forgiving()) };
    let with = |sum: Option<Extent>| sum.is_none_or(|sum| may_be(sum, rest, end));
    may_be(sum, rest, end) || with(sum.plus(first.rounded())) || with(sum.minus(first.rounded()))
}

/// Words of a change that goes one way for a store and the other for a loan.
pub(in crate::figure) const TURNING: &[&str] =
    &["发放", "收回", "投放", "归还", "回收", "借出", "支用", "兑付"];

/// Whether the closing value can be reached with some changes going the other way.
pub(in crate::figure) fn turned(sum: Extent, flows: &[&Number], end: &Number) -> bool {
    let Some((first, rest)) = flows.split_first() else { return sum.meets(end.forgiving()) };
    let double = first.rounded().plus(first.rounded());
    let with = |sum: Option<Extent>| sum.is_none_or(|sum| turned(sum, rest, end));
    turned(sum, rest, end)
        || with(double.and_then(|twice| sum.plus(twice)))
        || with(double.and_then(|twice| sum.minus(twice)))
}

/// Words by which nothing else came or went.
pub(in crate::figure) const UNMOVED: &[&str] = &[
    "没有新增",
    "无新增",
    "未新增",
    "没有减少",
    "未产生新",
    "没有产生新",
    "未发生新",
    "未形成新",
    "没有新的",
    "无新的",
    "未举借",
    "没有举借",
    "未新借",
];

pub(in crate::figure) fn is_dated_end(label: &str) -> bool {
    ["年底", "年末"].iter().any(|word| {
        label.find(word).is_some_and(|at| label[..at].ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// Whether what is left is a stock of the thing that there was.
pub(in crate::figure) fn same_thing(start: &str, end: &str) -> bool {
    let bare = |words: &str| {
        let mut words = words.to_owned();
        for word in OPENING.iter().chain(CLOSING).chain(&[
            "全镇",
            "全村",
            "全县",
            "全乡",
            "全街道",
            "共有",
            "今年",
            "全年",
            "共",
            "有",
            "为",
            "余",
            "总数",
            "总量",
            "数",
            "底",
            "达",
            "在手",
            "的",
            "各类",
            "年中",
            "仍",
            "保留",
            "手上",
            "手里",
            "一季度",
            "二季度",
            "三季度",
            "末",
            "现",
            "如今",
            "实有",
            "到",
        ]) {
            words = words.replace(word, "");
        }
        words
    };
    let (start, end) = (bare(start), bare(end));
    start.contains(&end) || end.contains(&start) || shared(&start, &end).chars().count() >= 2
}
