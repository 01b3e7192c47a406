//! What is said not to have happened, and is told with a number elsewhere.

use ::figure::{Class, Decimal};

use super::number::Number;
use super::passage::{Passage, has_any};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words of denial before what did not happen.
const NEVER: &[&str] = &[
    "未发生一起",
    "未发生任何",
    "未发生",
    "没有发生一起",
    "没有发生",
    "未出现一起",
    "未出现",
    "无一起",
    "零发生",
];

/// What may stand between 发生 and what happened.
const LINKS: &[&str] = &["一起", "一例", "1起", "任何", "各类", "过", "了", "共"];

/// `未发生生产安全事故…发生生产安全事故3起`.
pub(super) fn denied(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let text = &paper.cleaned.text;
    for word in ["未发生", "没有发生", "未出现"] {
        for (byte, _) in text.match_indices(word) {
            let rest = &text[byte + word.len()..];
            let rest =
                LINKS.iter().fold(rest, |rest, link| rest.strip_prefix(link).unwrap_or(rest));
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let thing = &rest[..end];
            if thing.chars().count() < 3 || thing.chars().count() > 14 {
                continue;
            }
            let start = text[..byte].chars().count();
            let here = passages.partition_point(|p| p.range.end <= start);
            if !is_now(
                passages
                    .get(here)
                    .map(|p| p.words(p.range.start..start))
                    .unwrap_or_default()
                    .as_str(),
            ) {
                continue;
            }
            let also = start..start + word.chars().count();
            for passage in passages {
                let mark = happened(passage, thing).map(|number| {
                    let message = format!("前后矛盾:此处有{thing},别处写“{word}{thing}”;请核对");
                    let mut mark = number.mark(paper, message, &[]);
                    mark.also.push(paper.origin(&also));
                    mark
                });
                marks.extend(mark);
            }
        }
    }
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// Whether words speak of the time of the report.
fn is_now(words: &str) -> bool {
    let words = words.replace("今年以来", "").replace("年以来", "");
    !has_any(
        &words,
        &[
            "上年",
            "去年",
            "往年",
            "同期",
            "月",
            "季度",
            "半年",
            "期间",
            "近三年",
            "连续",
            "以来",
            "计划",
            "确保",
            "力争",
            "村",
            "校",
            "厂",
            "公司",
            "社区",
        ],
    )
}

/// Whether words speak of what happened in the time of the report, if only in a month of it.
fn is_real(words: &str) -> bool {
    !has_any(
        words,
        &["上年", "去年", "往年", "同期", "计划", "演练", "模拟", "历史", "近年", "以前"],
    )
}

/// The number by which something is said to have happened.
fn happened<'n>(passage: &'n Passage<'_>, thing: &str) -> Option<&'n Number> {
    passage.numbers.iter().enumerate().find_map(|(index, number)| {
        let gap = passage.gap(index);
        let label = passage.label(index);
        let behind = passage.noun(index);
        let before =
            label.ends_with(thing) || label.trim_end_matches(['共', '计']).ends_with(thing);
        let after = behind.trim_start_matches('的') == thing;
        let said = has_any(&label, &["发生", "出现", "查处"])
            && !has_any(&gap, NEVER)
            && !gap.contains('未');
        let counted =
            number.class.is_some_and(Class::is_counted) && number.extent.low > Decimal::ZERO;
        let fact = number.kind == prose::Kind::Fact && number.direction.is_none();
        (counted
            && fact
            && said
            && (before || after)
            && is_real(&passage.words(passage.range.start..number.at.start)))
        .then_some(number)
    })
}
