//! A year outside of the years that its sentence is of: 2016—2020年…其中2022年建成.

use super::dated::years_told;
use super::years::run_at;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// The five-year plans by their first years.
pub(super) const PLANS: &[(&str, u32)] =
    &[("十二五", 2011), ("十三五", 2016), ("十四五", 2021), ("十五五", 2026)];

/// Words of what was done.
const DONE: &[&str] = &[
    "建成", "完成", "实施", "竣工", "通车", "投用", "新建", "获", "引进", "落地", "开工", "投产",
    "启用", "培训", "举办", "改造", "新增", "退出", "摘帽", "验收",
];

/// Words by which a sentence speaks of another time as well.
const OTHER: &[&str] = &[
    "比",
    "较",
    "前",
    "以来",
    "此前",
    "计划",
    "将",
    "力争",
    "预计",
    "延",
    "到期",
    "上一",
    "同期",
    "截至",
    "开局",
    "谋划",
    "展望",
    "下一",
    "衔接",
    "巩固",
    "继续",
    "基础上",
    "规划",
    "后",
];

/// `“十三五”时期(2016—2020年),实施交通项目41个,其中2022年建成跨河大桥1座`.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let chars = &passage.paper.chars;
    let words = passage.words(passage.range.clone());
    let start = passage.range.start;
    let told = || {
        let end = passage.range.end.min(start + 40);
        (start..end).find_map(|at| {
            let run = run_at(chars, at)?;
            let whole = run.count == run.last.checked_sub(run.first)? + 1;
            (run.count >= 3 && whole).then_some((run.first, run.last, run.at))
        })
    };
    let named = || {
        PLANS.iter().find_map(|(name, first)| {
            let byte = words.find(name).filter(|at| words[..*at].chars().count() <= 12)?;
            let from = start + words[..byte].chars().count();
            let period: String = chars[from + 3..passage.range.end]
                .iter()
                .filter(|c| !"”\"".contains(**c))
                .take(2)
                .collect();
            let all = ["期间", "时期"].contains(&period.as_str());
            all.then_some((*first, first + 4, from..from + 3))
        })
    };
    let (first, last, place) = told().or_else(named)?;
    // The sentence sums up the period before it tells of single years.
    let (_, year) = years_told(passage).into_iter().find(|(year, at)| {
        at.start > place.end
            && !(first..=last).contains(year)
            && is_within(passage, at.end, place.end)
    })?;
    let (period, said) = (passage.words(place.clone()), passage.words(year.clone()));
    let paper = passage.paper;
    let message = format!("这句说的是{period},{said}不在其中;请核对年份");
    Some(Mark { at: paper.origin(&year), message, also: vec![paper.origin(&place)] })
}

/// Whether what stands behind a year is told as one of the things done in the period.
fn is_within(passage: &Passage<'_>, at: usize, from: usize) -> bool {
    let behind = passage.words(at..passage.range.end);
    let clause = behind.split([',', '，', ';', '；', '。']).next().unwrap_or_default();
    let lead = passage.words(from..at);
    let done = clause.chars().take(12).collect::<String>();
    lead.contains("其中") && has_any(&done, DONE) && !has_any(clause, OTHER)
}
