//! What was to be reached, what was reached, and how far the two are said to be apart.

use ::figure::{Class, Decimal, decimal_text};

use super::extent::Extent;
use super::number::Number;
use super::passage::{Passage, has_any};
use super::ratio::gives;
use super::rest::CHANGED;
use super::role;
use crate::finding::Mark;

const OVER: &[&str] = &[
    "超收",
    "超额",
    "超出",
    "超任务",
    "超目标",
    "超计划",
    "超预算",
    "多完成",
    "多收",
    "多出",
    "净超",
];
const SHORT: &[&str] =
    &["缺口", "还差", "尚差", "相差", "差", "欠", "短", "少完成", "少收", "还缺"];
const LEFT: &[&str] = &["尚有", "还有", "仍有", "还剩", "剩下", "剩余", "余下", "其余"];
const UNDONE: &[&str] = &["没", "未", "待", "缺口", "在建", "结转", "续建"];

/// What a number is told as beside a target and what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Over,
    Short,
    Rate,
}

fn said(passage: &Passage<'_>, index: usize) -> Option<Said> {
    let number = &passage.numbers[index];
    let (label, noun) = (passage.label(index), passage.noun(index));
    let over = has_any(&label, OVER) || label.ends_with('超');
    let left = has_any(&label, LEFT) && has_any(&noun, UNDONE);
    let short = has_any(&label, SHORT) || left || noun.contains("缺口");
    let share = number.is(Class::Share);
    let of = [
        "计划的",
        "任务的",
        "目标的",
        "预算的",
        "盘子的",
        "指标的",
        "任务数的",
        "目标值的",
        "计划数的",
        "预算数的",
        "完成率",
    ];
    let rate = share && !over && !short && has_any(&label, &of);
    match (over, short, rate) {
        (true, false, _) => Some(Said::Over),
        (false, true, _) => Some(Said::Short),
        (_, _, true) => Some(Said::Rate),
        _ => None,
    }
}

/// `批准8200万元,入库9020万元,超收1320万元`; `计划60公里,铺筑45公里,尚有三分之一没有完工`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let number = &passage.numbers[index];
    let said = said(passage, index)?;
    let words = passage.words(passage.range.clone());
    if !number.is_exact() || has_any(&words, CHANGED) || has_any(&words, &["同比", "序时", "累计"])
    {
        return None;
    }
    let before = index.checked_sub(1)?;
    // The two amounts told last: one of them is to be reached, the other one was.
    let last = (0..=before).rev().find(|i| passage.numbers[*i].is_amount())?;
    let like = &passage.numbers[last];
    let kin = role::kin(passage, index.saturating_sub(6)..index, like);
    let [(a, x), (b, y)] = kin.as_slice() else { return None };
    let (plan, done) = match (role::is_target(passage, *a), role::is_target(passage, *b)) {
        (true, false) => (*x, *y),
        (false, true) => (*y, *x),
        _ => return None,
    };
    let apart = passage.words(x.at.start..number.at.start);
    if apart.contains("其中")
        || apart.matches(['。', ';', '；']).count() > 1
        || like.unit.is_empty()
    {
        return None;
    }
    let share = number.is(Class::Share);
    if !share && !number.is_kin(plan) || plan.value.is_zero() {
        return None;
    }
    let (more, less) = if said == Said::Short { (plan, done) } else { (done, plan) };
    if said == Said::Rate {
        if gives(done, plan, number) {
            return None;
        }
        let rate = done.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(plan.value)?;
        let message = format!(
            "{}÷{}={}%,不是{};请核对任务数、完成数或完成比例",
            passage.words(done.at.clone()),
            passage.words(plan.at.clone()),
            decimal_text(rate.round_dp(1)),
            passage.words(number.at.clone())
        );
        return Some(number.mark(passage.paper, message, &[plan, done]));
    }
    let gap = more.rounded_beside(less).minus(less.rounded_beside(more))?;
    let value = more.value.checked_sub(less.value)?;
    if value < Decimal::ZERO {
        return None;
    }
    let hundred = Extent::exact(Decimal::ONE_HUNDRED);
    let told = if share {
        let rate = gap.over(plan.rounded())?.times(hundred)?;
        let whole = done.rounded().over(plan.rounded())?.times(hundred)?;
        rate.meets(number.forgiving()) || whole.meets(number.forgiving())
    } else {
        gap.meets(number.forgiving())
    };
    if told {
        return None;
    }
    let terms = format!("{}-{}", more.told(passage.paper, more.value), plan_words(less, passage));
    let is = if share {
        let rate = value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(plan.value)?;
        format!(
            "{},是{}的{}%",
            plan.told(passage.paper, value),
            plan_words(plan, passage),
            decimal_text(rate.round_dp(1))
        )
    } else {
        plan.told(passage.paper, value)
    };
    let message = format!(
        "{terms}={is},不是{};请核对任务数、完成数或相差数",
        passage.words(number.at.clone())
    );
    Some(number.mark(passage.paper, message, &[plan, done]))
}

fn plan_words(number: &Number, passage: &Passage<'_>) -> String {
    number.told(passage.paper, number.value)
}
