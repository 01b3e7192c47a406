//! A rate of those that are left when some fail: 23.6万株,死亡2.1万株,成活率94.8%; 1248份,39份超标,合格率98.1%.

use ::figure::{Class, Decimal, decimal_text};

use super::usable;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Rates of those that are left, with words for those that are not.
const LEFT: &[(&str, &[&str])] = &[
    ("成活率", &["死亡", "枯死", "未成活", "死株"]),
    ("存活率", &["死亡", "枯死", "未存活"]),
    ("合格率", &["不合格", "超标", "检出药残", "未达标"]),
    ("达标率", &["不达标", "未达标", "超标"]),
    ("完好率", &["损坏", "破损", "故障"]),
    ("满意率", &["不满意"]),
    ("办结率", &["未办结", "尚未办结", "正在办理"]),
    ("化解率", &["未化解", "尚未化解"]),
    ("整改率", &["未整改", "尚未整改"]),
    ("巩固率", &["辍学", "流失"]),
];
/// Words by which a rate or one of the numbers is of others or of another time.
const OTHER: &[&str] =
    &["同比", "上年", "去年", "按时", "按期", "其中", "首次", "一次", "平均", "综合满意"];

/// Marks a rate that is not what is left when those that fail are taken out.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let share = &numbers[index];
    let label = passage.label(index);
    let name = label.trim_end_matches(|c: char| "达到为约是仅至".contains(c));
    // 不合格率 is of those that fail.
    let of = |rate: &str| name.strip_suffix(rate).is_some_and(|lead| !lead.ends_with(['不', '未']));
    let (_, fails) = LEFT.iter().find(|(rate, _)| of(rate))?;
    let part = index.checked_sub(1)?;
    let failed = &numbers[part];
    let wholes = (0..part).rev().filter(|i| {
        usable(&numbers[*i]) && numbers[*i].is_kin(failed) && numbers[*i].value > failed.value
    });
    let hundred = Extent::exact(Decimal::ONE_HUNDRED);
    let left = |all: &Number| {
        let rest = all.rounded().minus(failed.rounded())?;
        rest.over(all.rounded())?.times(hundred)
    };
    // 栽植30万株,补植5万株,死亡2.1万株: any of them may be the one that is meant.
    let gives = |i: usize| left(&numbers[i]).is_none_or(|left| left.meets(share.forgiving()));
    let whole = wholes.clone().next().filter(|_| !wholes.clone().any(gives))?;
    let all = &numbers[whole];
    let words = format!("{}{}", passage.gap(whole), passage.words(all.at.start..share.at.start));
    let parted = passage.between(whole, index).contains(['。', ';', '；']);
    let said = has_any(&passage.around(part), fails) && usable(failed) && !parted;
    if !said || !share.is(Class::Share) || has_any(&words, OTHER) {
        return None;
    }
    let rest = all.value.checked_sub(failed.value)?;
    let rate = rest.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all.value)?;
    let told = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "({0}-{1})÷{0}={2}%,不是{3};请核对比例或两个数",
        told(all),
        told(failed),
        decimal_text(rate.round_dp(share.digit.scale().max(1))),
        told(share)
    );
    Some(share.mark(passage.paper, message, &[all, failed]))
}
