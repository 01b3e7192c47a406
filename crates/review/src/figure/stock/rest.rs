//! What was there to do, what of it was done, and what is left.

use ::figure::{Class, Decimal};

use super::target;
use super::untold::is_hinted;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, ones, some_fit};
use crate::figure::reading::slip::is_apart;
use crate::finding::Mark;

/// Words for what is left of something, before its number.
const LEFT: &[&str] = &[
    "剩余", "剩下", "余下", "尚余", "还剩", "仅剩", "只剩", "其余", "还差", "尚差", "尚欠", "还欠",
    "仍欠", "欠缴", "未收", "缺口", "还缺",
];
/// Words of what nobody uses, which may come and go as well.
const UNUSED: &[&str] = &["空置", "闲置", "空缺", "未租", "待租", "空编", "缺编", "空岗"];
/// Words that leave open of what, unless something is denied of it.
const STILL: &[&str] = &["还有", "尚有", "仍有", "另有", "有", "另外", "未", "待"];
const DENIED: &[&str] = &["未", "没", "尚", "正在", "待", "在办", "在建", "继续", "不愿", "拒"];

/// Words without those in which 待 says nothing of what is left: 待遇, 接待.
pub(in crate::figure) fn without_waiting(words: &str) -> String {
    const OTHER: &[&str] =
        &["待遇", "接待", "招待", "期待", "优待", "对待", "看待", "亟待", "款待"];
    OTHER.iter().fold(words.to_owned(), |words, other| words.replace(other, ""))
}

/// Words of what happens beside what was to do.
const BESIDE: &[&str] =
    &["新", "同比", "去年", "上年", "同期", "累计", "平均", "另", "新收", "比", "较"];

/// Words by which a task is no longer what it was, or what is done is of another year as well.
pub(in crate::figure) const CHANGED: &[&str] = &[
    "调整",
    "核减",
    "追加",
    "调减",
    "变更",
    "结转",
    "跨年",
    "续建",
    "取消",
    "核销",
    "撤诉",
    "剔除",
    "扣除",
    "含上年",
    "重复",
    "转办",
    "移交",
    "报废",
    "免除",
    "放弃",
    "不再",
    "核增",
    "合并",
];

/// `任务1.2万亩,建成9000亩,剩余4000亩`.
pub(in crate::figure) fn remaining(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let left = &numbers[last];
    let label = without_waiting(&passage.label(last));
    let around = without_waiting(&passage.around(last));
    let unused = has_any(&label, UNUSED) && !has_any(&label, BESIDE);
    let plain = unused
        || has_any(&label, LEFT)
        || passage.gap(last).trim_end_matches('的').ends_with("其余");
    let still = has_any(&label, STILL) && has_any(&around, DENIED);
    let behind = label.is_empty() && passage.noun(last).starts_with(['未', '待']);
    if has_any(&passage.words(passage.range.clone()), CHANGED) {
        return None;
    }
    if !(plain || still || behind) || !usable(left) || label.contains("其中") {
        return None;
    }
    let alike: Vec<usize> = (0..last)
        .rev()
        .take_while(|i| last - i <= 6)
        .filter(|i| numbers[*i].is_alike(left))
        .collect();
    let alike: Vec<usize> = alike.into_iter().rev().collect();
    let (whole, parts) = alike.split_first()?;
    let (whole_at, whole) = (*whole, &numbers[*whole]);
    if parts.is_empty() || parts.len() > 3 || !usable(whole) {
        return None;
    }
    let done: Vec<&Number> = parts.iter().map(|i| &numbers[*i]).collect();
    let words = passage.between(whole_at, last);
    let told = parts.iter().all(|i| {
        let label = passage.label(*i);
        usable(&numbers[*i]) && !has_any(&label, BESIDE) && !label.starts_with('有')
    });
    let marks = words.matches([',', '，', '、', ';', '；', ':', '：', '。']).count();
    if !told || words.contains("其中") || marks > 6 {
        return None;
    }
    // Any of the numbers between may be the ones that are meant.
    let sets = 1_usize << done.len();
    let fits = |whole: &Number| {
        (1..sets).any(|set| {
            let chosen = done.iter().enumerate().filter(|(k, _)| set >> k & 1 == 1);
            let chosen: Vec<&Number> = chosen.map(|(_, n)| *n).chain([left]).collect();
            if is_whole(&chosen, whole).is_some_and(|fits| !fits) {
                return false;
            }
            let sum = chosen
                .iter()
                .map(|n| n.rounded())
                .try_fold(Extent::exact(Decimal::ZERO), Extent::plus);
            let sum = sum.and_then(|sum| sum.widened(Decimal::from(ones(passage, &left.counter))));
            sum.is_none_or(|sum| sum.meets(whole.forgiving()))
        })
    };
    let behind: Vec<&Number> = numbers[last + 1..].iter().filter(|n| n.is_alike(left)).collect();
    let all = done.iter().try_fold(left.rounded(), |sum, n| sum.plus(n.rounded()))?;
    let any = alike.iter().any(|i| fits(&numbers[*i]))
        || !behind.is_empty() && some_fit(all, &behind, whole.forgiving());
    let any = any || target::is_of_schedule(passage, last);
    let largest = done.iter().all(|n| n.value < whole.value) && left.value < whole.value;
    // 出动1860人次。护林员1140人次,扑火队285人次,剩下的435人次…: the whole is told in a sentence before.
    let told = parts.iter().chain([&whole_at]).map(|i| &numbers[*i]);
    let all = told.map(Number::rounded).try_fold(left.rounded(), Extent::plus)?;
    let apart = passage.told_before(80);
    let above = apart.iter().any(|n| n.is_alike(left) && (all.meets(n.forgiving()) || fits(n)));
    // 年初2018人,新识别231人,消除705人,尚有1544人 is a stock, and leads to its end.
    let signs = |a: &Number, b: &Number| {
        whole.value.checked_add(a.value).and_then(|sum| sum.checked_sub(b.value))
            == Some(left.value)
    };
    let led = done.iter().any(|a| done.iter().any(|b| signs(a, b)));
    if any || above || led || !largest {
        return None;
    }
    let sum = done.iter().try_fold(left.value, |sum, n| sum.checked_add(n.value))?;
    // 另有37户正在施工 leaves open how many others there are.
    if label.contains("另有") && (sum < whole.value || done.len() > 1) {
        return None;
    }
    let gap = (whole.value - sum).abs();
    // What is far off counts something else.
    if gap > whole.value.checked_div(Decimal::TWO)? {
        return None;
    }
    let mut terms: Vec<String> = done.iter().map(|n| passage.words(n.at.clone())).collect();
    terms.push(passage.words(left.at.clone()));
    let message = format!(
        "{}={},不是{},差{};请核对总数、已完成数和剩余数",
        terms.join("+"),
        whole.told(passage.paper, sum),
        passage.words(whole.at.clone()),
        whole.told(passage.paper, gap)
    );
    let mut also = done;
    also.push(whole);
    let all: Vec<&Number> = also.iter().copied().chain([left]).collect();
    if is_hinted(passage, &all, gap) {
        return None;
    }
    Some(left.mark(passage.paper, message, &also))
}

/// Whether numbers that are rounded alike make a whole.
fn is_whole(parts: &[&Number], whole: &Number) -> Option<bool> {
    let value = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let all: Vec<&Number> = parts.iter().copied().chain([whole]).collect();
    is_apart(&all, value.checked_sub(whole.value)?).map(|apart| !apart)
}

fn usable(number: &Number) -> bool {
    number.is_amount() && number.is_exact()
}

/// `任务1000亩,完成900亩,超出任务100亩`: the distance from a task.
pub(in crate::figure) fn distance(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const TASK: &[&str] = &["任务", "目标", "计划", "指标", "预算"];
    let numbers = &passage.numbers;
    let label = passage.label(index);
    let noun = passage.noun(index);
    let over = has_any(&label, &["超出", "超额", "超过", "超"])
        && (has_any(&label, TASK)
            || label.ends_with('超')
            || label.ends_with("超额")
            || label.ends_with("超额完成")
            || has_any(&noun, &["完成"]));
    let under = has_any(&label, &["还差", "尚差", "相差", "短缺", "缺口", "少完成"]);
    let (first, second) = (index.checked_sub(2)?, index - 1);
    let (plan, done) = (&numbers[first], &numbers[second]);
    let planned = (has_any(&passage.around(first), TASK)
        || has_any(&passage.around(first), &["安排", "下达", "核定", "应"]))
        && !has_any(&passage.label(second), TASK);
    let said = &numbers[index];
    if has_any(&passage.words(passage.range.clone()), CHANGED) {
        return None;
    }
    if target::is_of_another(passage, first, index) {
        return None;
    }
    if over == under || !planned || !plan.is_alike(done) || !usable(plan) || !usable(done) {
        return None;
    }
    let change = if over {
        done.rounded_beside(plan).minus(plan.rounded_beside(done))?
    } else {
        plan.rounded_beside(done).minus(done.rounded_beside(plan))?
    };
    let (a, b) = (passage.words(done.at.clone()), passage.words(plan.at.clone()));
    let (more, less) = if over { (done, plan) } else { (plan, done) };
    let gap = more.value.checked_sub(less.value)?;
    if said.is_alike(plan) {
        // 规划500亩,建成320亩;今年目标100亩,实建112亩,离规划还差180亩: of a task told before.
        let earlier = numbers[..first].windows(2).any(|two| {
            let gap = two[0].value.checked_sub(two[1].value).map(|gap| gap.abs());
            two.iter().all(|n| n.is_alike(said)) && gap == Some(said.value)
        });
        if earlier || change.meets(said.forgiving()) || !said.is_exact() {
            return None;
        }
        let (from, to) = if over { (a, b) } else { (b, a) };
        let message = format!(
            "{from}-{to}={},不是{};请核对任务数、完成数或相差数",
            plan.told(passage.paper, gap),
            passage.words(said.at.clone())
        );
        return Some(said.mark(passage.paper, message, &[plan, done]));
    }
    if !said.is(Class::Share) || !over {
        return None;
    }
    let share =
        change.over(plan.rounded_beside(done))?.times(Extent::exact(Decimal::ONE_HUNDRED))?;
    let whole = done
        .rounded_beside(plan)
        .over(plan.rounded_beside(done))?
        .times(Extent::exact(Decimal::ONE_HUNDRED))?;
    if share.meets(said.forgiving()) || whole.meets(said.forgiving()) || gap < Decimal::ZERO {
        return None;
    }
    let rate = gap.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(plan.value)?;
    let message = format!(
        "({a}-{b})÷{b}={}%,不是{};请核对任务数、完成数或超额比例",
        ::figure::decimal_text(rate.round_dp(said.value.scale().max(1))),
        passage.words(said.at.clone())
    );
    Some(said.mark(passage.paper, message, &[plan, done]))
}
