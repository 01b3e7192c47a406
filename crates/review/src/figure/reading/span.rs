//! Whether a section of a report speaks of a year, of several, or of what is to come.

use super::passage::{Passage, has_any};
use crate::paper::Paper;

/// What time a section speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::figure) enum Span {
    Year,
    Years,
    Plan,
}

/// The time that each passage speaks of: a heading or the words that open a paragraph hold until
/// others do.
pub(in crate::figure) fn spans(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Span> {
    const PLANNED: &[&str] = &[
        "重点任务",
        "重点工作",
        "工作安排",
        "下一步",
        "下步",
        "打算",
        "工作计划",
        "工作思路",
        "目标任务",
        "主要目标",
        "工作重点",
        "今后",
        "明年",
        "努力方向",
        "新的一年",
        "主要任务",
    ];
    const REVIEW: &[&str] = &["总结", "回顾", "完成情况", "开展情况", "落实情况", "进展", "成效"];
    const YEARS: &[&str] = &[
        "五年",
        "十四五",
        "十三五",
        "三年来",
        "四年来",
        "十年",
        "本届",
        "任期",
        "近三年",
        "近年来",
        "两年来",
    ];
    let mut span = Span::Year;
    let mut section = Span::Year;
    let mut paragraphs = paper.paragraphs.iter().peekable();
    let mut found = Vec::new();
    for passage in passages {
        while let Some(paragraph) = paragraphs.next_if(|p| p.range.start < passage.range.end) {
            let length = paragraph.range.len();
            let head: String = paper.chars[paragraph.range.clone()].iter().take(30).collect();
            let short = length <= 40 && !head.contains('。');
            let planned = has_any(&head, PLANNED) && !has_any(&head, REVIEW);
            let bare = short && paragraph.level.is_none() && (planned || has_any(&head, REVIEW));
            if paragraph.level == Some(1) || bare {
                section = if planned {
                    Span::Plan
                } else if has_any(&head, YEARS) {
                    Span::Years
                } else {
                    Span::Year
                };
                span = section;
            } else if section != Span::Plan {
                let next = paper.year.map(|year| format!("{}年", i32::from(year) + 1));
                let coming = has_any(
                    &head,
                    &["今年,我们将", "今年要", "新的一年", "下一步", "明年", "下步"],
                ) || next
                    .is_some_and(|next| head.starts_with(&next) && !head.contains('月'));
                if coming {
                    span = Span::Plan;
                } else if has_any(&head, YEARS) {
                    span = Span::Years;
                } else if paragraph.level.is_some()
                    || has_any(&head, &["一年来", "今年以来", "过去一年", "全年"])
                {
                    span = section;
                }
            }
        }
        let words = passage.words(passage.range.clone());
        let own = if span == Span::Year && has_any(&words, YEARS) { Span::Years } else { span };
        found.push(own);
    }
    found
}
