//! More done than there was to do: 发现105处,已整改106处.

use pack::ReviewRule;

use super::reading::number::Number;
use super::reading::passage::{Passage, across, has_any, neighbours, passages};
use super::sum::row::whole_of;
use crate::finding::Mark;
use crate::paper::Paper;

mod claimed;

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
    "回复",
    "收回",
    "回收",
    "满意",
];
/// What is looked for is what is found: 排查隐患105处.
const SOUGHT: &[&str] =
    &["排查", "隐患", "问题", "矛盾", "纠纷", "风险", "风险点", "线索", "险情", "病害", "诉求"];
/// Words by which more may be done than was found in the period.
const CARRIED: &[&str] =
    &["历年", "往年", "上年", "去年", "结转", "存量", "积案", "遗留", "累计", "其他", "同时"];

/// Those of them that speak of what there was before.
const EARLIER: &[&str] = &["往年", "上年", "去年", "上月", "结转", "积案", "遗留", "留下"];

/// Marks what was done where it is more than what there was.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let sentences = passages(paper);
    for (at, passage) in sentences.iter().enumerate() {
        // 因为去年留下的6件也算在里头: the next sentence may say why there are more.
        let next = sentences.get(at + 1).map(|next| next.words(next.range.clone()));
        if next.is_some_and(|next| has_any(&next, EARLIER)) {
            continue;
        }
        marks.extend((1..passage.numbers.len()).filter_map(|done| excess(passage, done)));
    }
    for passage in sentences.iter().chain(&neighbours(&sentences)).chain(&across(&sentences)) {
        marks.extend((1..passage.numbers.len()).filter_map(|i| claimed::find(passage, i)));
        marks.extend((1..passage.numbers.len()).filter_map(|i| claimed::left_over(passage, i)));
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
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
    let looked = passage.label(found);
    let sought = looked.contains("排查") && SOUGHT.iter().any(|what| looked.ends_with(what));
    // 发放低保证12户,收回18户: only sheets that were given out come back.
    let sheets = ["收回", "回收", "实际收回"].iter().all(|word| !label.starts_with(word))
        || has_any(&passage.around(found), &["问卷", "表", "票", "卷"]);
    let fits = sheets
        && (is_of_it || is_right_behind(passage, done))
        && (sought || has_any(&passage.around(found), FOUND))
        && has_any(&label, DONE)
        && !is_told_of_whole(passage, done)
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

/// `排查隐患105处,整改108处`: nothing but what was done to them stands right behind what was found,
/// and the one is hardly more than the other.
fn is_right_behind(passage: &Passage<'_>, done: usize) -> bool {
    const PLAIN: &[&str] =
        &["共", "现", "累计", "成功", "全部", "已", "到位", "完成", "了", "按时", "按期"];
    let label = passage.label(done);
    let deed = PLAIN.iter().fold(label, |rest, word| rest.replace(word, ""));
    let gap = passage.gap(done);
    let (all, part) = (&passage.numbers[done - 1], &passage.numbers[done]);
    let slip = part.value.checked_mul(::figure::Decimal::TWO)
        <= all.value.checked_mul(::figure::Decimal::from(3));
    // 发放低保证12户,收回18户: those are others.
    let back = ["收回", "回收", "满意"].contains(&deed.as_str());
    DONE.contains(&deed.as_str())
        && !back
        && slip
        && gap.matches([',', '，']).count() == 1
        && !gap.contains(['。', ';', '；', '、'])
        && !has_any(&passage.around(done - 1), &["新", "其中"])
}

/// Whether what was found is the last member of a list, and no more was done than there is in
/// all: 48件,其中转办12件、受理36件,已办结46件.
fn is_told_of_whole(passage: &Passage<'_>, done: usize) -> bool {
    let part = &passage.numbers[done];
    let lead = passage.words(passage.range.start..passage.numbers[done - 1].at.start);
    let listed = has_any(&lead, &["其中", "包括", "(", "（"]);
    let before = &passage.numbers[..done - 1];
    listed && before.iter().any(|n| n.is_alike(part) && n.value >= part.value)
}
