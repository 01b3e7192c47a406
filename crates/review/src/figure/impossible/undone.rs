//! What is said to be done to the last one, beside what is said to be still undone:
//! 全部整改到位,目前尚有5处正在整改; 16个村全部完成换届,大坪村尚未完成.

use ::figure::{Class, Decimal};

use crate::figure::reading::alike::common;
use crate::figure::reading::key;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words by which nothing is left.
const ALL: &[&str] =
    &["全部", "均已", "都已", "全面完成", "100%", "百分之百", "全覆盖", "清零", "无一遗漏"];
/// Words by which it is not said of all, or not yet.
const NOT_ALL: &[&str] = &[
    "的全部",
    "的均已",
    "的都已",
    "未",
    "力争",
    "确保",
    "计划",
    "将",
    "目标",
    "首批",
    "第一",
    "的有",
    "除",
    "基本",
    "前",
    "预计",
    "上年",
    "去年",
    "争取",
    "推动",
    "要",
    "其中",
];
/// Words before what is left.
const LEFT: &[&str] = &["还有", "尚有", "仍有", "还剩", "尚余", "仍剩", "剩余", "仍存在"];
/// Words of time that may stand before them.
const NOW: &[&str] =
    &["截至目前", "到目前", "目前", "现在", "至今", "但", "却", "现", "年底", "仍然"];
/// Words of what is not done, behind what is left.
const UNDONE: &[&str] = &["未", "没有", "没", "正在", "待"];
/// Words that say nothing of what is to be done.
const FILL: &[&str] = &[
    "未", "没有", "没", "正在", "尚", "待", "仍", "在", "进行", "中", "的", "完成", "到位", "能",
    "按期", "得到", "还",
];

/// `整改率100%,还有5处隐患未整改`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let left = &passage.numbers[index];
    let (label, noun) = (passage.label(index), passage.noun(index));
    let bare =
        NOW.iter().fold(label.as_str(), |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let undone = UNDONE.iter().filter_map(|word| noun.find(word)).min()?;
    let fits = LEFT.contains(&bare) && left.is_amount() && left.is_exact();
    if !fits || noun.contains('新') {
        return None;
    }
    let words = passage.words(passage.range.start..left.at.start);
    let mut clauses = words.rsplit(is_clause_mark).skip(1).filter(|clause| !NOW.contains(clause));
    let claim = clauses.next().filter(|claim| has_any(claim, ALL) && !has_any(claim, NOT_ALL))?;
    let context = format!("{}{claim}", clauses.next().unwrap_or_default());
    // 还有3个自然村未通 is of others than the 16个行政村.
    let name = &noun[..undone];
    let same = name.chars().count() < 2 || context.contains(name.trim_start_matches('的'));
    let rest = FILL.iter().fold(noun.clone(), |rest, word| rest.replace(word, ""));
    let told = rest.chars().count() < 2 || common(&rest, &context) >= 2;
    (same && told && !context.contains("其中")).then(|| {
        let message =
            format!("说是“{claim}”,后面却{bare}{}{noun};请核对", passage.words(left.at.clone()));
        left.mark(passage.paper, message, &[])
    })
}

/// `调解成功率100%,其中未调解成功的3件`: all of it, and some of it not.
pub(super) fn failed(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let left = &passage.numbers[index];
    let rate = &passage.numbers[index.checked_sub(1)?];
    let (label, claim) = (passage.label(index), passage.label(index - 1));
    let deed = ["其中未", "但未", "尚未", "未", "其中没有", "其中不"]
        .iter()
        .find_map(|word| label.strip_prefix(word))?;
    let whole = rate.is(Class::Share) && rate.value == Decimal::ONE_HUNDRED && claim.contains('率');
    let same = common(deed.trim_end_matches('的'), &claim) >= 2;
    let gap = passage.gap(index);
    let near = gap.matches([',', '，']).count() == 1 && !gap.contains(['。', ';', '；']);
    let plain =
        !has_any(&label, &["新", "上年", "去年", "按", "及时"]) && !has_any(&claim, NOT_ALL);
    let counted = left.is_amount() && left.is_exact() && left.value > Decimal::ZERO;
    (whole && same && near && plain && counted).then(|| {
        let (said, many) = (passage.words(rate.at.clone()), passage.words(left.at.clone()));
        let message = format!("{claim}说是{said},后面却有{label}{many};请核对");
        left.mark(passage.paper, message, &[rate])
    })
}

/// `按期办结率100%,其中逾期办结2件`: all of it in time, and some of it late.
pub(super) fn late(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const IN_TIME: &[&str] = &["按期", "按时", "限时", "及时"];
    const LATE: &[&str] = &["逾期", "超期", "超时", "延期"];
    let late = &passage.numbers[index];
    let around = passage.around(index);
    let rate = index.checked_sub(1).map(|before| &passage.numbers[before])?;
    let claim = passage.label(index - 1);
    let gap = passage.gap(index);
    let told = has_any(&around, LATE) && late.is_amount() && late.value > Decimal::ZERO;
    let all = rate.is(Class::Share) && rate.value == Decimal::ONE_HUNDRED;
    let of_all = has_any(&claim, IN_TIME) && claim.contains('率') && !has_any(&claim, NOT_ALL);
    let now = !has_any(
        &format!("{gap}{around}"),
        &["上年", "去年", "同期", "往年", "历史", "遗留", "申请", "批准", "比", "较"],
    );
    let near = gap.chars().count() <= 24 && !gap.contains('。');
    (told && all && of_all && now && near && late.kind == rate.kind).then(|| {
        let said = passage.words(rate.at.clone());
        let (what, many) = (around.trim_start_matches("其中"), passage.words(late.at.clone()));
        let message = format!("{claim}说是{said},后面却有{what}{many};请核对");
        late.mark(passage.paper, message, &[rate])
    })
}

/// `全部完成换届。大坪村换届尚未完成`: one of them is named.
pub(super) fn named(paper: &Paper) -> Vec<Mark> {
    const YET: &[&str] = &["尚未", "还未", "仍未", "还没有", "仍没有", "尚没有"];
    let chars = &paper.chars;
    let text: String = chars.iter().collect();
    let mut marks = Vec::new();
    let mut start = 0;
    let mut before: Vec<(String, usize)> = Vec::new();
    for clause in text.split_inclusive(|c| is_clause_mark(c) || c == '\n') {
        let length = clause.chars().count();
        let bare = clause.trim_end_matches(|c: char| is_clause_mark(c) || c == '\n');
        let yet = YET.iter().find_map(|word| bare.find(word).map(|at| (at, *word)));
        // Only the clause and the one before it are of the same.
        let claim = before.iter().rev().take(1).find(|(claim, _)| {
            let all = ["全部完成", "已全部", "均已完成", "都已完成", "全部建成", "全部通"];
            has_any(claim, &all) && !has_any(claim, NOT_ALL)
        });
        if let Some(((at, word), (claim, from))) = yet.zip(claim) {
            let of = !key::places(&bare[..at]).is_empty();
            let same = common(bare, claim) >= 2 || common(&bare[at + word.len()..], claim) >= 2;
            let digits = bare.chars().any(|c| c.is_ascii_digit());
            if of && same && !digits && !bare.contains('新') {
                let place = start..start + bare.chars().count();
                let message = format!("前面说“{claim}”,这里却说“{bare}”;请核对");
                let also = vec![paper.origin(&(*from..from + claim.chars().count()))];
                marks.push(Mark { at: paper.origin(&place), message, also });
            }
        }
        before.push((bare.to_owned(), start));
        if clause.ends_with('\n') {
            before.clear();
        }
        start += length;
    }
    marks
}
