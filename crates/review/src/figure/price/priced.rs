//! So much for each, how many, and so much in all, told right beside each other: the nearest of
//! each kind belong together, whatever else their sentence counts.

use ::figure::{Class, Decimal, Unit};

use super::mean::{
    is_doubled, is_left_out, is_made_up, is_near, is_paid_in_part, is_paid_so_far, is_saved,
};
use crate::figure::reading::each::{Each, base, comes_to, is_rate, rate_value, scaled, told_each};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words by which a rate holds for some, in steps, about, or not for all of the total.
pub(super) const UNEVEN: &[&str] = &[
    "档",
    "首批",
    "首期",
    "首付",
    "先行",
    "左右",
    "上下",
    "不等",
    "加上",
    "另外",
    "另有",
    "另加",
    "最高",
    "最低",
    "起步",
    "配套",
    "打折",
    "折后",
    "下浮",
    "上浮",
    "减免",
    "补差",
    "阶梯",
    "预付",
    "定金",
    "尾款",
    "以内",
    "封顶",
    "不超过",
    "连同",
    "包括",
    "其中",
    "重复",
    "中位",
    "除",
    "余款",
    "结余",
    "部分",
    "以及",
    "按比例",
    "奖励",
    "高于",
    "低于",
    "不足一",
    "满龄",
    "实发",
    "提高到",
    "调整为",
    "可支配",
    "比上年",
    "较上年",
    "同比",
    "质保",
    "预拨",
    "首笔",
    "按年平均",
    "人口计算",
    "保额",
    "限额",
    "额度",
];

/// Words behind a rate and its total by which not everybody got the rate all the time.
pub(super) const TURNOVER: &[&str] = &[
    "按月核算",
    "减员",
    "年中",
    "期间",
    "满龄",
    "据实",
    "按实际",
    "扣除",
    "退出",
    "离岗",
    "补发",
    "中途",
];

/// Words before what something comes to in all.
pub(super) const TOTAL: &[&str] = &[
    "共",
    "总",
    "付",
    "发",
    "兑",
    "拿到",
    "卖了",
    "到手",
    "款",
    "支出",
    "计",
    "额",
    "投",
    "费用",
    "入账",
    "加起来",
    "收",
    "产",
    "筹",
    "得",
    "获",
    "需",
    "花",
    "结算",
    "价",
    "拨",
    "薪",
    "工资",
];

/// `安上路灯640盏,一盏包干2600元,工程结算价206.4万元`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let rate = &numbers[index];
    if !rate.is_exact() || rate.direction.is_some() {
        return None;
    }
    let each = told_each(passage, index)?;
    let base = base(rate)?;
    let near = index.saturating_sub(4)..(index + 5).min(numbers.len());
    let plain = |i: &usize| {
        let n = &numbers[*i];
        *i != index && n.direction.is_none() && n.is_exact() && !n.unit.is_empty()
    };
    let counts: Vec<usize> =
        near.clone().filter(plain).filter(|i| each.counts(passage, *i)).collect();
    // 平均亩产1500公斤,年产3万吨: what each acre yields is not what is sold.
    let yields = |i: &usize| !has_any(&passage.label(*i), &["亩产", "单产"]);
    let counts: Vec<usize> = match counts.iter().copied().filter(yields).collect::<Vec<_>>() {
        all if all.is_empty() => counts,
        all => all,
    };
    let totals: Vec<usize> = near
        .clone()
        .filter(plain)
        .filter(|i| comes_to(&numbers[*i], base) && !is_rate(passage, *i) && !counts.contains(i))
        // 比去年高3元 is told of the rate.
        .filter(|i| !passage.label(*i).starts_with(['比', '较']))
        .collect();
    // Any of them may be the ones that are meant, over any number of months.
    let words = passage.words(
        numbers[near.start].at.start..near.end.checked_sub(1).map_or(0, |i| numbers[i].at.end),
    );
    let months: Vec<u32> = match (each.is_monthly(), has_any(&words, &["全年", "12个月", "一年"]))
    {
        (false, _) => vec![1],
        (true, true) => vec![12],
        (true, false) => return None,
    };
    let product = |count: usize, months: u32| {
        scaled(rate, base)?
            .times(each.counted(&numbers[count])?)?
            .times(Extent::exact(Decimal::from(months)))
    };
    let fits = |count: usize, total: usize| {
        let any = (1..=12).any(|months| {
            (months == 1 || each.is_monthly())
                && product(count, months).is_none_or(|p| p.meets(numbers[total].forgiving()))
        });
        any || mean_fits(passage, index, (count, total), &each, base)
    };
    // 1380人 and 1165名股东: either may be whom it is divided among.
    let class = counts.first().and_then(|i| numbers[*i].class);
    let alike: Vec<usize> = near
        .filter(plain)
        .filter(|i| class.is_some() && numbers[*i].class == class && !totals.contains(i))
        .collect();
    let mut all = counts.iter().chain(&alike);
    if all.any(|count| totals.iter().any(|total| fits(*count, *total))) {
        return None;
    }
    // A mean goes back to the one count that its sentence has.
    // So does what is paid for land, however many villages and households are told with it.
    let measured = numbers[*counts.first()?].class.is_some_and(|class| !class.is_counted());
    let only = counts.len() == 1 && (passage.label(index).contains('均') || measured);
    let far = if only { 4 } else { 2 };
    let count = nearest(&counts, index, far)?;
    let total = totals
        .iter()
        .copied()
        .filter(|total| {
            let label = passage.label(*total);
            let paid = has_any(&passage.noun(*total), &["打卡", "足额", "发放", "兑付", "到户"])
                && label.ends_with("资金");
            total.abs_diff(index) <= 3
                && (has_any(&label, TOTAL) || paid)
                && !label.contains("其中")
                || total.abs_diff(index) <= 2
                    && *total < index
                    && passage.label(index).contains('均')
        })
        .min_by_key(|total| (total.abs_diff(index), *total < index))?;
    let (from, to) = (count.min(total).min(index), count.max(total).max(index));
    let is_mean = passage.label(index).contains('均');
    // Another rate or another total on the way would leave open what belongs together.
    let other = (from..=to).any(|i| {
        let again = numbers[i].is_kin(&numbers[count]) && numbers[i].value == numbers[count].value;
        ![count, total, index].contains(&i)
            && !again
            && (is_rate(passage, i) && !is_mean
                || totals.contains(&i)
                || counts.contains(&i)
                || !is_mean
                    && !has_any(&passage.label(i), &["覆盖", "涉及", "惠及", "受益"])
                    && numbers[count].class.is_none_or(Class::is_counted)
                    && numbers[i].is_amount()
                    && numbers[i].is_exact()
                    && numbers[i].class.is_none_or(Class::is_counted))
    });
    // 绝收920亩、减产1400亩: both are paid for, and perhaps not alike.
    let fellow = count.checked_sub(1).is_some_and(|i| {
        let gap = passage.gap(count);
        numbers[i].is_kin(&numbers[count])
            && numbers[i].value != numbers[count].value
            && gap.contains(['、', ',', '，'])
            && gap.chars().count() <= 14
            && !has_any(&gap, &["其中", "共", "合计", "累计", "增"])
    });
    let other = other || fellow && !is_mean;
    // Heads for each head are seldom told as a product; a mean is of what was told before it.
    let bodies = [
        "每个网格",
        "每网格",
        "每个站",
        "每个班",
        "每村",
        "每个村",
        "每组",
        "每班",
        "每校",
        "每站",
        "每所",
        "每支",
        "每队",
        "每期",
        "每场",
        "每次",
        "每批",
    ];
    let posts = has_any(&passage.gap(index), &bodies)
        && has_any(&passage.label(total), &["总", "共", "合计", "累计"]);
    let heads = !is_mean && !posts && base.class().is_counted();
    // 产量18700吨,平均亩产540公斤,播种面积42500亩: the land may be told last.
    let land = count == index + 1 && has_any(&passage.label(count), &["面积", "播种", "种植"]);
    if heads || is_mean && index > total && count > index && !land {
        return None;
    }
    let span = passage.words(numbers[from].at.start..numbers[to].at.end);
    // The words before the rate hold for all of it.
    let lead = if from == index { passage.label(index) } else { String::new() };
    let lead = lead.trim_start_matches("其中");
    let around = format!("{lead}{span}{}", passage.noun(to));
    let named = ["全部分", "奖励标准", "奖励扶助", "农村部分计划"];
    let around = named.iter().fold(around, |around, name| around.replace(name, ""));
    let parted = span.matches(['。', ';', '；']).count() > 1
        || index > from && index == to && passage.gap(index).contains([';', '；'])
        || span.chars().count() > 70;
    // 下达任务2.4万亩,按每亩2400元安排: what is paid for may be what is to be done.
    // 改造任务46户已全部竣工 was done.
    let due = has_any(&passage.gap(count), &["下达", "批复"]) && totals.len() == 1
        || has_any(&passage.noun(count), &["已", "全部"]);
    let kinds = numbers[total].kind == rate.kind && (numbers[count].kind == rate.kind || due);
    // 中途有3人离岗: not everybody was paid all the time.
    let end = numbers.get(to + 1).map_or(passage.range.end, |n| n.at.start);
    let behind = passage.words(numbers[to].at.end..end);
    let told = format!("{span}{behind}");
    let parted = parted || each.is_monthly() && has_any(&told, TURNOVER);
    let apart = is_paid_in_part(passage, from, to)
        || is_left_out(passage, (count, total))
        || is_saved(passage, index, total)
        || has_any(&passage.gap(total), &["带动", "拉动", "撬动"]);
    if other || apart || parted || !kinds || has_any(&around, UNEVEN) {
        return None;
    }
    // What a patient costs is not all that a hospital takes in.
    let costs = has_any(&passage.label(index), &["费用", "成本", "支出"])
        && has_any(&passage.label(total), &["收入", "产值"]);
    if is_led(passage, index, (count, total), base) || costs {
        return None;
    }
    let value = rate_value(rate, base)?
        .checked_mul(each.counted_value(&numbers[count])?)?
        .checked_mul(Decimal::from(months[0]))?;
    let whole = &numbers[total];
    // Who comes to two courses counts twice, so that a few more or less are no slip.
    let twice = whole.is(Class::Visits) && base.class() == Class::Persons;
    if twice && (value - whole.value).abs().checked_mul(Decimal::TEN)? < value {
        return None;
    }
    let made_up = is_paid_so_far(passage, total, value) || is_made_up(passage, total, value);
    let pounds = passage.label(index).contains('斤') && is_doubled(value, whole.value);
    if !(is_near(value, whole.value, true) || pounds) || made_up {
        return None;
    }
    let factor = if months[0] > 1 { format!("×{}个月", months[0]) } else { String::new() };
    let told = |i: usize| passage.words(numbers[i].at.clone());
    let message = format!(
        "{}×{}{factor}={},不是{};请核对单价、数量和总额",
        told(index),
        told(count),
        whole.told(passage.paper, value),
        told(total)
    );
    let mut mark = whole.mark(passage.paper, message, &[rate, &numbers[count]]);
    // A mean told behind its total is what is marked.
    if passage.label(index).contains('均') && index > total {
        mark = rate.mark(passage.paper, mark.message, &[whole, &numbers[count]]);
    }
    Some(mark)
}

/// Whether a rate with its count and another with a count of its own make the total together:
/// 12户,每户5000元;30户,每户4000元,共计18万元.
fn makes_with(
    passage: &Passage<'_>,
    (index, other): (usize, usize),
    (count, total): (usize, usize),
    base: Unit,
) -> bool {
    let numbers = &passage.numbers;
    let product = |rate: usize, count: usize| {
        let each = told_each(passage, rate)?;
        scaled(&numbers[rate], base)?.times(each.counted(&numbers[count])?)
    };
    let of_other =
        |second: usize| told_each(passage, other).is_some_and(|each| each.counts(passage, second));
    let both = |second: usize| {
        let sum = product(index, count)?.plus(product(other, second)?)?;
        Some(sum.meets(numbers[total].forgiving()))
    };
    (other.saturating_sub(2)..(other + 3).min(numbers.len()))
        .filter(|second| *second != count && of_other(*second))
        .any(|second| both(second).unwrap_or(false))
}

/// Whether another rate beside one leads from the count to the total, alone or with the first.
pub(super) fn is_led(
    passage: &Passage<'_>,
    index: usize,
    (count, total): (usize, usize),
    base: Unit,
) -> bool {
    let near = index.saturating_sub(4)..(index + 5).min(passage.numbers.len());
    // 不低于30万元 is led to by whatever is more.
    let rates = near.filter(|i| passage.numbers[*i].is_exact() && is_rate(passage, *i));
    rates.filter(|i| *i != index).any(|other| {
        makes_with(passage, (index, other), (count, total), base)
            || told_each(passage, other).is_some_and(|each| {
                each.counts(passage, count)
                    && mean_fits(passage, other, (count, total), &each, base)
            })
    })
}

/// Whether the rate, rounded as it is written, is the total over the count.
pub(super) fn mean_fits(
    passage: &Passage<'_>,
    rate: usize,
    (count, total): (usize, usize),
    each: &Each,
    base: Unit,
) -> bool {
    let numbers = &passage.numbers;
    let fits = || {
        let mean = numbers[total].rounded().over(each.counted(&numbers[count])?)?;
        let size = crate::figure::reading::each::size(&numbers[rate], base)?;
        Some(mean.meets(numbers[rate].forgiving().times(Extent::exact(size))?))
    };
    fits().unwrap_or(true)
}

/// The nearest of some places to another, within so many numbers.
fn nearest(places: &[usize], index: usize, most: usize) -> Option<usize> {
    let mut near: Vec<usize> =
        places.iter().copied().filter(|place| place.abs_diff(index) <= most).collect();
    near.sort_by_key(|place| (place.abs_diff(index), *place > index));
    near.first().copied()
}
