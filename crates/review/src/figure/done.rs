//! More done than there was to do: 发现105处,已整改106处.

use pack::ReviewRule;

use super::number::Number;
use super::passage::{Passage, has_any, passages};
use super::row::whole_of;
use crate::finding::Mark;
use crate::paper::Paper;

/// Words before what there is to do.
const FOUND: &[&str] = &[
    "发现",
    "排查出",
    "查出",
    "摸排出",
    "受理",
    "收到",
    "接到",
    "接访",
    "立案",
    "交办",
    "转办",
    "梳理出",
    "征集到",
    "承办",
    "领办",
    "共承办",
    "发放",
    "发出",
];
/// Words before what was done of it.
const DONE: &[&str] = &[
    "整改",
    "办结",
    "化解",
    "调处",
    "处置",
    "销号",
    "办理完成",
    "结案",
    "审结",
    "完成整改",
    "解决",
    "答复",
    "收回",
    "回收",
    "满意",
];
/// Words by which more may be done than was found in the period.
const CARRIED: &[&str] =
    &["历年", "往年", "上年", "去年", "结转", "存量", "积案", "遗留", "累计", "其他", "同时"];

/// Marks what was done where it is more than what there was.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    for passage in passages(paper) {
        marks.extend((1..passage.numbers.len()).filter_map(|done| excess(&passage, done)));
    }
    marks
}

fn excess(passage: &Passage<'_>, done: usize) -> Option<Mark> {
    // 48件,其中转办12件、受理36件,已办结46件: what is done is of the 48.
    let found = whole_of(passage, done - 1).unwrap_or(done - 1);
    let (all, part): (&Number, &Number) = (&passage.numbers[found], &passage.numbers[done]);
    let label = passage.label(done);
    // 已 and 全部 say that what was done is of what was found.
    let is_of_it = label.starts_with('已')
        || [
            "目前",
            "现已",
            "截至目前",
            "至今",
            "收回",
            "回收",
            "实际收回",
            "代表委员评价满意",
            "评价满意",
            "满意",
        ]
        .iter()
        .any(|word| label.starts_with(word))
        || label.starts_with("全部")
        || label.starts_with("其中");
    let fits = is_of_it
        && has_any(&passage.around(found), FOUND)
        && has_any(&label, DONE)
        && !has_any(&passage.words(passage.range.clone()), CARRIED)
        && all.is_alike(part)
        && all.kind == part.kind
        && [all, part].iter().all(|n| n.is_exact() && n.direction.is_none() && !n.per)
        && part.value > all.value;
    fits.then(|| {
        let message = format!(
            "发现、受理的是{},办成的却有{},多出{};请核对两个数",
            all.told(passage.paper, all.value),
            all.told(passage.paper, part.value),
            all.told(passage.paper, part.value - all.value)
        );
        part.mark(passage.paper, message, &[all])
    })
}
