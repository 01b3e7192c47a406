//! So much for each, so many, so much in all, where no word says that the one follows from the
//! others: there must be no second count, no second rate and no second total beside them.

use ::figure::{Class, Decimal};

use crate::figure::reading::each::{
    base, each_of, in_unit_of, is_in, is_rate, rate_value, scaled, size,
};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::sum::parts::all_parts;
use crate::finding::Mark;

/// Words by which a rate holds for some, in steps, about, or not for all of the total.
const UNEVEN: &[&str] = &[
    "预拨",
    "首笔",
    "分档",
    "档次",
    "三档",
    "两档",
    "四档",
    "A类",
    "一类",
    "首批",
    "首期",
    "首付",
    "先行",
    "先期",
    "左右",
    "上下",
    "不等",
    "加上",
    "加之",
    "另外",
    "另有",
    "另加",
    "最高",
    "最低",
    "起步",
    "自筹部分",
    "配套",
    "打折",
    "折后",
    "按月核算",
    "减免",
    "户籍",
    "补差",
    "阶梯",
    "预付",
    "定金",
    "尾款",
    "等次",
    "之间",
    "以内",
    "封顶",
    "上限",
    "不超过",
    "六成",
    "五成",
    "七成",
    "八成",
    "四成",
    "一半",
    "连同",
    "包括",
    "扣除",
    "其中",
    "同时",
    "重复",
    "两次",
    "多次",
    "中位",
    "除",
    "含",
    "按年平均",
    "分期",
    "余款",
    "次年",
    "可支配",
    "剩余",
    "结余",
    "部分",
    "两项",
    "增值税",
    "等费用",
    "以及",
    "按比例",
    "奖励",
    "均价",
    "高于",
    "低于",
    "下浮",
    "上浮",
    "实发",
    "满龄",
];

/// Words by which a mean is of others than are told beside it.
const UNEQUAL: &[&str] = &[
    "户籍",
    "可支配",
    "加权",
    "中位",
    "扣除",
    "剔除",
    "重复",
    "两次",
    "其中",
    "另外",
    "加上",
    "包括",
    "左右",
    "除",
    "含",
    "同口径",
    "高于",
    "低于",
    "较",
    "净收益",
    "首批",
    "部分",
];

/// What an amount is paid or got for: two amounts of different sorts do not follow from each
/// other.
const SORTS: &[&[&str]] = &[
    &["补贴", "补助", "奖补", "津贴", "救助", "资助", "慰问", "补偿", "发放", "兑现", "拨", "抚恤"],
    &["产值", "收入", "增收", "销售", "营收", "利润", "效益", "卖"],
    &["投资", "投入", "造价", "费用", "花费", "支出", "成本", "采购", "单价", "购", "开支", "花"],
    &["租", "流转"],
    &["捐", "募", "善款"],
    &["缴", "保费", "征收", "收费"],
    &["分红", "分得", "股金"],
    &["产量", "总产", "增产", "亩产", "单产", "产"],
    &["生产总值"],
    &["工资", "报酬", "务工"],
];

/// The total that the one rate and the one count around it do not make.
pub(super) fn loose(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let rate = &passage.numbers[index];
    let each = each_of(passage, index)?;
    let base = base(rate)?;
    let numbers = &passage.numbers;
    let words = passage.words(passage.range.clone());
    // What the mean is told about is in its own value.
    let own = passage.words(rate.at.clone());
    let sure = words.replace(&format!("{own}左右"), "").replace(&format!("{own}上下"), "");
    let negated = sure.replace("没有重复", "").replace("无重复", "").replace("不含", "含");
    // 强度较大 compares nothing.
    let negated = ["较大", "较重", "较高", "较多", "较好", "较为"]
        .iter()
        .fold(negated, |words, level| words.replace(level, ""));
    let is_only = (0..numbers.len()).all(|i| {
        i == index
            || !is_in(&numbers[i], base) && !numbers[i].unit.contains('/')
            || !is_rate(passage, i)
    });
    // A mean is one, however much each got.
    let is_mean = has_any(&passage.label(index), &["均"]);
    let uneven = if is_mean { UNEQUAL } else { UNEVEN };
    // 其中 before parts that make the whole leaves nothing out.
    let whole = (0..index).find(|i| each.counts(passage, *i));
    let divided = whole.is_some_and(|whole| all_parts(passage, whole).is_some());
    let negated = if divided { negated.replacen("其中", "", 1) } else { negated };
    if !is_only || has_any(&negated, uneven) || rate.direction.is_some() {
        return None;
    }
    let mut counts: Vec<usize> = (0..numbers.len())
        .filter(|i| *i != index && each.counts(passage, *i) && numbers[*i].direction.is_none())
        .collect();
    let totals: Vec<usize> = (0..numbers.len())
        .filter(|i| *i != index && is_in(&numbers[*i], base))
        .filter(|i| !(each.counts(passage, *i) && numbers[*i].counter != rate.counter))
        .collect();
    let [total] = totals.as_slice() else { return None };
    let total = *total;
    // 民警9人、辅警23人,民警人均办案21起: the mean names those that it is of.
    let label = passage.label(index);
    let name = label.split_once("均").map_or("", |(name, _)| name);
    let name = name.trim_end_matches(['人', '户', '平', '村']);
    let named = |i: &usize| name.chars().count() >= 2 && passage.label(*i).ends_with(name);
    let others: Vec<usize> = if counts.iter().filter(|i| named(i)).count() == 1 {
        counts.extract_if(.., |i| !named(i)).collect()
    } else {
        Vec::new()
    };
    // What is counted after all is said is of something else.
    let last = index.max(total);
    if counts.iter().any(|count| *count < last) {
        counts.retain(|count| *count < last);
    }
    // 1800亩,其中甲村700亩、乙村1100亩,…亩均2800元: the whole is what it is of, not its parts.
    let listed = counts.first().and_then(|whole| all_parts(passage, *whole)).unwrap_or_default();
    counts.retain(|count| !listed.contains(count));
    let others = [others, listed].concat();
    let [count] = counts.as_slice() else { return None };
    let count = *count;
    // 资助学生2000万人;向中职学生…每人1500元: behind a semicolon others are paid.
    if index > count.max(total) && passage.gap(index).contains([';', '；']) {
        return None;
    }
    // A mean is of what was told before it.
    let derived = is_mean && index > total;
    let counted = !matches!(
        rate.class,
        Some(Class::Persons | Class::Households | Class::Items | Class::Visits | Class::Other)
    );
    // What else is counted on the way may be paid for as well.
    let (from, to) = (count.min(total).min(index), count.max(total).max(index));
    let other = (from..=to).any(|at| {
        ![count, total, index].contains(&at)
            && !others.contains(&at)
            && !numbers[at].is(Class::Months)
            && !numbers[at].is(Class::Years)
            && numbers[at].class.is_none_or(Class::is_counted)
            && !numbers[at].unit.is_empty()
    });
    let other = other || is_paid_in_part(passage, from, to) || is_left_out(passage, (count, total));
    if (derived && count > index) || !(counted || is_mean) || other {
        return None;
    }
    let kinds = [count, total].iter().all(|i| numbers[*i].kind == rate.kind);
    if !kinds || numbers[total].direction.is_some() || !is_of_one_sort(passage, index, total) {
        return None;
    }
    let months = each.months(&words)?;
    let many = each.counted(&numbers[count])?;
    let product = scaled(rate, base)?.times(many)?.times(Extent::exact(Decimal::from(months)))?;
    let whole = &numbers[total];
    if product.meets(whole.forgiving()) || is_mean_of(rate, whole, many, months, base)? {
        return None;
    }
    let value = rate_value(rate, base)?
        .checked_mul(each.counted_value(&numbers[count])?)?
        .checked_mul(Decimal::from(months))?;
    let summed = has_any(&passage.label(total), &["共", "合计", "总", "累计", "计"]);
    if !is_near(value, whole.value, (summed || is_mean) && rate.is_exact())
        || is_paid_so_far(passage, total, value)
        || is_made_up(passage, total, value)
    {
        return None;
    }
    let told = |number: &Number| passage.words(number.at.clone());
    let is_derived = has_any(&passage.label(index), &["均", "平均"]) && index > total;
    let factor = if months > 1 { format!("×{months}个月") } else { String::new() };
    if is_derived && months == 1 {
        let mean = whole.value.checked_div(each.counted_value(&numbers[count])?)?;
        let mean = in_unit_of(passage, rate, base, mean)?;
        let message = format!(
            "{}÷{}={mean},不是{};请核对总额、数量和平均数",
            told(whole),
            told(&numbers[count]),
            told(rate)
        );
        return Some(rate.mark(passage.paper, message, &[whole, &numbers[count]]));
    }
    let message = format!(
        "{}×{}{factor}={},不是{};请核对单价、数量和总额",
        told(rate),
        told(&numbers[count]),
        whole.told(passage.paper, value),
        told(whole)
    );
    Some(whole.mark(passage.paper, message, &[rate, &numbers[count]]))
}

/// Whether the mean, rounded as it is written, is that of the total.
fn is_mean_of(
    rate: &Number,
    total: &Number,
    many: Extent,
    months: u32,
    base: ::figure::Unit,
) -> Option<bool> {
    let mean = total.rounded().over(many.times(Extent::exact(Decimal::from(months)))?)?;
    let size = size(rate, base)?;
    let said = rate.forgiving().times(Extent::exact(size))?;
    Some(mean.meets(said))
}

/// Whether a slip of the pen lies between two values: a digit, or a unit ten thousand times as
/// large. What is further apart is of two things.
pub(super) fn is_near(a: Decimal, b: Decimal, summed: bool) -> bool {
    let Some(quotient) = a.checked_div(b).filter(|q| *q > Decimal::ZERO) else { return false };
    let half = Decimal::new(55, 2);
    let double = Decimal::new(18, 1);
    (half..=double).contains(&quotient) || (summed && is_shifted(a, b))
}

/// Whether two values have the same digits and their points apart: 168万元 and 1.68亿元.
pub(super) fn is_shifted(a: Decimal, b: Decimal) -> bool {
    let Some(quotient) = a.checked_div(b).filter(|q| *q > Decimal::ZERO) else { return false };
    [10_i64, 100, 1000, 10_000].iter().any(|power| {
        let power = Decimal::from(*power);
        let by = [quotient.checked_div(power), quotient.checked_mul(power)];
        by.iter().flatten().any(|q| (*q - Decimal::ONE).abs() < Decimal::new(2, 3))
    })
}

/// Whether one value is twice the other, as where 斤 are taken for 公斤.
pub(super) fn is_doubled(a: Decimal, b: Decimal) -> bool {
    let twice = a.min(b).checked_mul(Decimal::TWO);
    let gap = twice.and_then(|twice| twice.checked_sub(a.max(b)));
    gap.and_then(|gap| gap.abs().checked_mul(Decimal::from(500))).is_some_and(|gap| gap < a.max(b))
}

/// Whether less than what is due was paid so far: 应补3.44万元,已拨补偿款2万元.
pub(super) fn is_paid_so_far(passage: &Passage<'_>, total: usize, due: Decimal) -> bool {
    let paid = has_any(&passage.label(total), &["已拨", "先拨", "已到账"]);
    paid && passage.numbers[total].value < due
}

/// Whether a total is of what a mean leaves out, or stands before those that are left: 剔除白水村
/// 130万元,其余9个村村均20万元.
pub(super) fn is_left_out(passage: &Passage<'_>, (count, total): (usize, usize)) -> bool {
    let out = ["剔除", "扣除", "除去", "除开", "除掉", "撇开", "抛开", "不算", "不含"];
    let rest = ["其余", "其他", "其它", "剩下", "余下"];
    // 承包费及押金 are two things.
    let label = passage.label(total).replace("涉及", "").replace("普及", "");
    has_any(&label, &out)
        || label.contains('及')
        || total < count && has_any(&passage.label(count), &rest)
}

/// Whether only a share of what is due is paid: 首笔按60%的比例下拨, 上岗有早有晚.
pub(super) fn is_paid_in_part(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    let ends = passage.numbers[from].at.start..passage.numbers[to].at.end;
    let uneven = has_any(&passage.words(ends), &["有早有晚", "先后不一", "按实际"]);
    uneven
        || (from..=to)
            .any(|i| passage.numbers[i].is(Class::Share) && passage.label(i).ends_with('按'))
}

/// Whether what is paid for each and in all is of one sort, as far as the words tell.
pub(super) fn is_of_one_sort(passage: &Passage<'_>, rate: usize, total: usize) -> bool {
    let sorts = |words: &str| -> Vec<usize> {
        (0..SORTS.len()).filter(|sort| has_any(words, SORTS[*sort])).collect()
    };
    if !passage.numbers[rate].is(Class::Money) && !passage.numbers[rate].unit.starts_with('元') {
        return true;
    }
    if is_saved(passage, rate, total) {
        return false;
    }
    let of_total = sorts(&passage.label(total));
    let own = sorts(&passage.around(rate));
    let lead = sorts(&passage.words(passage.range.start..passage.numbers[rate].at.start));
    let told = |known: &[usize]| of_total.iter().any(|sort| known.contains(sort));
    // What is spent may be what is given.
    let given = |sorts: &[usize]| sorts.iter().any(|sort| [0, 2, 4, 6].contains(sort));
    of_total.is_empty()
        || told(&own)
        || (own.is_empty() && (lead.is_empty() || told(&lead)))
        || (given(&of_total) && (given(&own) || own.is_empty()))
}

/// Whether a mean is of what was saved, gained or shared out, which its total says nothing of: 用药款32.4万元,
/// 亩均节本22元.
pub(super) fn is_saved(passage: &Passage<'_>, rate: usize, total: usize) -> bool {
    let saved = ["节本", "节约", "节省", "降本", "提高", "增收", "分红"];
    let label = passage.label(rate);
    let whole = passage.words(passage.range.start..passage.numbers[rate].at.start);
    let whole = whole.strip_suffix(label.as_str()).unwrap_or(&whole);
    total < rate
        && has_any(&label, &saved)
        && !has_any(whole, &saved)
        && !(label.contains("增收") && whole.contains("增加收入"))
}

/// Whether a product makes its total with what is told apart from it: 户均6.8亩,另有机动地244亩.
pub(super) fn is_made_up(passage: &Passage<'_>, total: usize, value: Decimal) -> bool {
    let whole = &passage.numbers[total];
    let apart = |i: usize| {
        has_any(&passage.label(i), &["另", "还有", "加上", "其余", "剩", "不含", "不包括", "扣除"])
    };
    (0..passage.numbers.len()).filter(|i| *i != total && apart(*i)).any(|i| {
        let number = &passage.numbers[i];
        let made = value.checked_add(number.value).filter(|_| number.is_kin(whole));
        made.is_some_and(|made| Extent::exact(made).meets(whole.forgiving()))
    })
}
