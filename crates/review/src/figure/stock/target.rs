//! What was to be reached, what was reached, and how far the two are said to be apart.

use ::figure::{Class, Decimal, decimal_text};

use super::rest::CHANGED;
use crate::figure::ratio::gives;
use crate::figure::ratio::twofold::is_told;
use crate::figure::reading::alike::common;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
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
const SHORT: &[&str] = &[
    "缺口",
    "还差",
    "尚差",
    "相差",
    "差",
    "欠",
    "短",
    "少完成",
    "少收",
    "还缺",
    "缺",
    "不足",
    "亏欠",
];
const LEFT: &[&str] = &["尚有", "还有", "仍有", "还剩", "剩下", "剩余", "余下", "其余"];
/// Terms of plans longer or shorter than a year.
const LONG: &[&str] = &[
    "五年",
    "三年",
    "两年",
    "十年",
    "总目标",
    "总任务",
    "规划",
    "十四五",
    "十五五",
    "季度",
    "当月",
    "总体",
    "整体",
];
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
    // 比计划多分了24套, 较任务少收3万元
    let beside = ["计划", "任务", "目标", "预算", "指标"].iter().find_map(|word| {
        let rest = label.strip_prefix(['比', '较'])?;
        rest.find(word)
            .map(|at| rest[at + word.len()..].trim_start_matches(['数', '的']).to_owned())
    });
    let told = |c: char| beside.as_ref().is_some_and(|rest| rest.starts_with(c));
    // 再超额15万吨 is on top of what was done.
    if label.contains('再') {
        return None;
    }
    let over = has_any(&label, OVER) || label.ends_with('超') || told('多');
    let left = has_any(&label, LEFT) && has_any(&noun, UNDONE);
    let short = has_any(&label, SHORT) || told('少') || left || noun.contains("缺口");
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
pub(in crate::figure) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let number = &passage.numbers[index];
    let said = said(passage, index)?;
    let words = settled(passage);
    if !number.is_exact() || has_any(&words, CHANGED) || has_any(&words, &["同比", "序时", "累计"])
    {
        return None;
    }
    let before = index.checked_sub(1)?;
    // The two amounts told last: one of them is to be reached, the other one was.
    let last = (0..=before).rev().find(|i| passage.numbers[*i].is_amount())?;
    let like = &passage.numbers[last];
    let kin = role::kin(passage, index.saturating_sub(6)..index, like);
    let (a, b) = pair(passage, &kin)?;
    let (x, y) = (&passage.numbers[a], &passage.numbers[b]);
    let (plan, done) = match (role::is_target(passage, a), role::is_target(passage, b)) {
        (true, false) => (x, y),
        (false, true) => (y, x),
        _ => return None,
    };
    let plan_at = if role::is_target(passage, a) { a } else { b };
    // 为上半年计划的100% is of a part of the year's plan.
    let label = passage.label(index);
    let part = ["上半年", "季度", "阶段"]
        .iter()
        .any(|part| label.contains(part) && !passage.around(plan_at).contains(part));
    if part || said != Said::Rate && is_of_another(passage, plan_at, index) {
        return None;
    }
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
        // 完成21.6亿元,占支出的80.6%,同期支出26.8亿元,完成预算的77.2%: they have their share already.
        // 全市36.5万亩,分解至我县4.2万亩。…完成4.37万亩,占104%: any two that give it may be meant.
        let told = passage.told_before(80);
        let of_plan = |other: &&Number| other.is_kin(done) && gives(done, other, number);
        let mut plans = told.iter().chain(&passage.numbers[..index]);
        // 总投资5000万元,计划投资2500万元,完成2800万元,占112%; but no plan is a part of what was done.
        let other = |(_, own): &(usize, &Number)| {
            own.at != plan.at && own.at != done.at && gives(own, plan, number)
        };
        let given = plans.any(|plan| of_plan(&plan)) || kin.iter().any(other);
        if gives(done, plan, number) || given || is_told(passage, index, (a, b)) {
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
        // 比计划多分了 of what is less: only where the words name what they compare with.
        return passage.label(index).starts_with(['比', '较']).then(|| {
            let (a, b) = (more.told(passage.paper, more.value), plan_words(less, passage));
            let message = format!("{a}不比{b}多;请核对任务数、完成数或相差数");
            number.mark(passage.paper, message, &[plan, done])
        });
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

/// Whether what is short is of a plan that its words name anew: 年度任务超额完成,五年目标还差180亩.
pub(in crate::figure) fn is_of_another(passage: &Passage<'_>, plan: usize, index: usize) -> bool {
    let (label, own) = (passage.label(index), passage.around(plan));
    is_of_schedule(passage, index)
        || LONG.iter().any(|term| label.contains(term) && !own.contains(term))
}

/// Whether what is short is of what was due by then, or of the next stage: 没有达到时间进度,差1200万元.
pub(in crate::figure) fn is_of_schedule(passage: &Passage<'_>, index: usize) -> bool {
    const DUE: &[&str] = &["时间进度", "序时", "时序", "时间任务", "过半", "二期", "三期"];
    has_any(&passage.gap(index), DUE)
}

fn plan_words(number: &Number, passage: &Passage<'_>) -> String {
    number.told(passage.paper, number.value)
}

/// The words of a passage without those that say that a target stayed as it was.
fn settled(passage: &Passage<'_>) -> String {
    let words = passage.words(passage.range.clone());
    ["未作调整", "未调整", "没有调整", "未经调整", "未做调整", "未变更"]
        .iter()
        .fold(words, |words, same| words.replace(same, ""))
}

/// The target and what was done: the only two of their kind, or the target and the one other
/// that is named as it is.
fn pair(passage: &Passage<'_>, kin: &[(usize, &Number)]) -> Option<(usize, usize)> {
    if let [(a, _), (b, _)] = kin {
        return Some((*a, *b));
    }
    let mut targets = kin.iter().map(|(i, _)| *i).filter(|i| role::is_target(passage, *i));
    let target = targets.next().filter(|_| targets.next().is_none())?;
    let name = passage.around(target);
    let mut others = kin
        .iter()
        .map(|(i, _)| *i)
        .filter(|i| *i != target && common(&passage.around(*i), &name) >= 2);
    let other = others.next().filter(|_| others.next().is_none())?;
    Some((target.min(other), target.max(other)))
}

/// `原定造林6000亩,年底验收只有5400亩,超额完成了任务`: words that the two numbers deny.
pub(in crate::figure) fn claimed(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const BEYOND: &[&str] = &["超额完成", "超额实现", "超目标", "超计划", "超任务", "超出预期"];
    const SHORT: &[&str] =
        &["未完成", "没有完成", "没能完成", "未能完成", "未达到目标", "未达目标", "没有达到"];
    let before = index.checked_sub(1)?;
    let (first, last) = (&passage.numbers[before], &passage.numbers[index]);
    let plain = |n: &Number| n.is_amount() && n.is_exact() && !n.unit.is_empty();
    let (plan, done) = match (role::is_target(passage, before), role::is_target(passage, index)) {
        (true, false) => (first, last),
        (false, true) => (last, first),
        _ => return None,
    };
    let tail = passage.words(last.at.end..passage.range.end);
    let clause: String = tail.split(['。', ';', '；']).next()?.chars().take(24).collect();
    let between = passage.between(before, index);
    let words = settled(passage);
    let fits = plain(plan)
        && plain(done)
        && plan.is_kin(done)
        && between.matches([',', '，', '。']).count() <= 2
        && !between.contains("其中")
        && !has_any(&words, CHANGED);
    // 超计划140人次 tells how far, which another reading looks at.
    let told_far = BEYOND.iter().any(|word| {
        clause.find(word).is_some_and(|at| {
            clause[at + word.len()..].starts_with(|c: char| c.is_ascii_digit())
                || at + word.len() == clause.len()
        })
    });
    let over = !told_far && has_any(&clause, BEYOND) && done.rounded().high < plan.extent.low;
    let short = has_any(&clause, SHORT) && done.rounded().low >= plan.extent.high;
    if !fits || !(over || short) {
        return None;
    }
    let told = |n: &Number| passage.words(n.at.clone());
    let (is, said) = if over { ("少于", "超额完成") } else { ("不少于", "没有完成") };
    let message = format!("完成{}{is}任务{},不是{said};请核对", told(done), told(plan));
    Some(done.mark(passage.paper, message, &[plan]))
}
