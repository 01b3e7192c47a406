//! What came in, what was done with it, and what is still under way.

use ::figure::Decimal;

use super::rest;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, ones, some_fit};
use crate::figure::stock::usable;
use crate::figure::sum::row::whole_of;
use crate::finding::Mark;

const RECEIVED: &[&str] = &[
    "摸排",
    "排摸",
    "识别",
    "确定",
    "受理",
    "收到",
    "接到",
    "排查",
    "发现",
    "接收",
    "交办",
    "转办",
    "共有",
    "登记",
    "检查出",
    "承办",
    "领办",
    "承接",
    "列入",
    "梳理",
    "征集",
    "收集",
    "查出",
    "交办的",
    "立案",
    "反馈",
];
const DONE: &[&str] =
    &["办结", "整改", "化解", "销号", "完成", "解决", "结案", "处理", "审结", "调处"];
const LEFT: &[&str] = &[
    "未", "剩余", "正在", "在办", "在建", "尚", "还有", "其余", "余下", "待", "时序", "序时",
    "推进", "正按",
];

/// Whether what is under way has a name that what came in has not: 政协提案5条 beside 建议18条.
fn is_of_another(passage: &Passage<'_>, all: usize, done: usize, last: usize) -> bool {
    const STATE: &[&str] =
        &["办理", "进行", "推进", "目前", "截至", "已", "仍", "有", "的", "中", "个别", "按"];
    let label = passage.label(last);
    let words = LEFT.iter().chain(DONE).chain(STATE);
    let name = words.fold(label, |name, word| name.replace(word, ""));
    let told = format!("{}\n{}", passage.around(all), passage.around(done));
    name.chars().count() >= 3 && !told.contains(&name)
}

/// `受理50件,办结45件,正在办理3件`.
pub(super) fn pending(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let (done, all) = (last.checked_sub(1)?, last.checked_sub(2)?);
    // 审结17件,审结数里有5件是上年未了结的
    if has_any(&passage.words(passage.range.clone()), &["上年未", "往年未", "以前年度未"])
    {
        return None;
    }
    let divided = whole_of(passage, all);
    // 续建项目9个、新建项目7个;已完工5个,在建8个: the last of a row is no whole of what follows.
    let is_member = all > 0
        && passage.gap(all).contains('、')
        && passage.numbers[all - 1].is_alike(&passage.numbers[all]);
    if divided.is_none() && is_member {
        return None;
    }
    let all = divided.unwrap_or(all);
    let numbers = &passage.numbers;
    let label = passage.label(last);
    let received = passage.around(all);
    let begun = passage.label(done).starts_with('已');
    let named = has_any(&received, RECEIVED) && has_any(&passage.around(done), DONE);
    let fits = (begun || named)
        && !has_any(&passage.label(done), LEFT)
        && has_any(&rest::without_waiting(&passage.around(last)), LEFT)
        && !has_any(&passage.around(last), DONE_TOO)
        // 4个部门持续推进 counts others than the 12项.
        && (!label.is_empty() || numbers[last].counter == numbers[all].counter)
        && [done, last]
            .iter()
            .all(|i| numbers[*i].is_alike(&numbers[all]) && numbers[*i].kind == numbers[all].kind)
        && numbers[all].direction.is_none()
        && usable(&numbers[all]);
    let row = divided.map_or(all, |_| done - 1);
    let mark_between = passage.between(row, last).matches([',', '，', '、', ';', '；']).count();
    // With 其中 the sum of the parts is looked at by another rule.
    let among = passage.between(row, done).contains("其中") || label.contains("其中");
    // What is begun is under way as well, what is finished is not.
    let under_way =
        label.contains("在建") && !has_any(&passage.label(done), &["竣工", "完工", "建成", "完成"]);
    let other = is_of_another(passage, all, done, last);
    if !fits || other || mark_between > 3 || among || under_way {
        return None;
    }
    let sum = numbers[done].rounded().plus(numbers[last].rounded())?;
    let one = Decimal::from(ones(passage, &numbers[all].counter));
    let others: Vec<&Number> = (0..numbers.len())
        .filter(|i| ![all, done, last].contains(i) && numbers[*i].is_alike(&numbers[all]))
        .map(|i| &numbers[i])
        .collect();
    // What is told before and behind may be settled otherwise.
    if others.iter().any(|n| sum.meets(n.forgiving()))
        || some_fit(sum, &others, numbers[all].forgiving())
        || some_fit(numbers[all].rounded(), &others, sum)
        || sum.widened(one)?.meets(numbers[all].forgiving())
    {
        return None;
    }
    let all = &numbers[all];
    let (a, b) = (&numbers[done], &numbers[last]);
    let total = a.value.checked_add(b.value)?;
    // 1623人,已就业的611人,未就业的46人,其余为老人: what is far off is not all, or of something else.
    let far = |more: Decimal, less: Decimal| Some(less.checked_mul(Decimal::TWO)? < more);
    if far(all.value, total)? || far(total, all.value)? {
        return None;
    }
    let message = format!(
        "{}+{}={},不是{},差{};请核对总数、办结数和未结数",
        all.told(passage.paper, a.value),
        all.told(passage.paper, b.value),
        all.told(passage.paper, total),
        all.told(passage.paper, all.value),
        all.told(passage.paper, (all.value - total).abs())
    );
    Some(all.mark(passage.paper, message, &[a, b]))
}

/// What goes on after a case is closed leaves nothing pending.
const DONE_TOO: &[&str] = &["满意", "回访", "复查", "立案", "移送"];
