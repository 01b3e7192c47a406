//! A rate for one of something, for a day or a quarter, or for both, beside its total: the count
//! and the stretch of time around them lead from the one to the other, whatever they are
//! counted in.

use ::figure::{Class, Decimal};

use super::lapse::{self, Beat, Lapse};
use super::mean::{
    is_left_out, is_made_up, is_near, is_of_one_sort, is_paid_in_part, is_paid_so_far,
};
use super::priced::{TOTAL, TURNOVER, UNEVEN};
use super::unitary::{By, PEOPLE, is_daily};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words between a rate, its count and its total by which the rate holds for some of them or not
/// all the time, beside those of any price.
const UNEVEN_TOO: &[&str] = &[
    "最多",
    "最少",
    "超过",
    "年初",
    "新增",
    "陆续",
    "先后",
    "旺季",
    "淡季",
    "高峰",
    "节假日",
    "以来",
    "开馆日",
    "开放日",
    "营业",
    "试运",
    "同比",
    "抽样",
    "上年",
    "能力",
    "目标",
    "计划",
    "起,",
    "起，",
    "不足",
    "同期",
];

/// Whether a number is one that can be divided or multiplied.
fn is_plain(number: &Number) -> bool {
    let measured = number.class.is_none_or(|class| {
        !matches!(
            class,
            Class::Share
                | Class::Points
                | Class::Multiples
                | Class::Rank
                | Class::Days
                | Class::Months
                | Class::Years
        )
    });
    measured && number.is_exact() && number.direction.is_none() && number.value > Decimal::ZERO
}

/// The numbers around a rate that may be its count and its total, and the times it may be for.
struct Around {
    counts: Vec<Option<usize>>,
    totals: Vec<usize>,
    lapses: Vec<Lapse>,
}

fn around(passage: &Passage<'_>, index: usize, by: &By) -> Around {
    let numbers = &passage.numbers;
    let rate = &numbers[index];
    let near = index.saturating_sub(5)..(index + 5).min(numbers.len());
    let plain = |i: &usize| *i != index && is_plain(&numbers[*i]) && numbers[*i].kind == rate.kind;
    let counts = match &by.each {
        None => vec![None],
        Some(each) => {
            let counts = |i: &usize| by.counts(passage, *i, each);
            let found: Vec<usize> = near.clone().filter(plain).filter(counts).collect();
            // 公益性岗位125个,每人每月800元
            let post = |i: &usize| {
                numbers[*i].is(Class::Items) && passage.around(*i).contains('岗') && by.is_of_heads
            };
            let posts = || near.clone().filter(plain).filter(post).collect();
            let found = if found.is_empty() { posts() } else { found };
            found.into_iter().map(Some).collect()
        }
    };
    let totals: Vec<usize> = near
        .filter(plain)
        .filter(|i| {
            let label = passage.label(*i).replace("每年", "").replace("平均", "均");
            let label = label.strip_prefix("每月").unwrap_or(&label).to_owned();
            // 日均发班96班, 平均每条线路日发8班: both are of a day.
            let daily = by.beat.is_none() && is_daily(&passage.label(index));
            let label = if daily { label.replace("日均", "") } else { label };
            // An audience is told in heads and in visits.
            let heads = |n: &Number| n.is(Class::Persons) || n.is(Class::Visits);
            (numbers[*i].is_alike(rate) || heads(&numbers[*i]) && heads(rate))
                && !numbers[*i].unit.is_empty()
                && !has_any(&label, &["每", "均", "单"])
        })
        .collect();
    let last = totals.iter().copied().max().unwrap_or(index).max(index);
    let lapses = match by.beat {
        None => vec![Lapse::once()],
        Some(beat) => lapse::told(passage, last, beat),
    };
    Around { counts, totals, lapses }
}

/// How many the rate is divided among or paid for.
fn many(passage: &Passage<'_>, by: &By, count: Option<usize>) -> Option<Extent> {
    match (count, &by.each) {
        (Some(count), Some(each)) => each.counted(&passage.numbers[count]),
        _ => Some(Extent::exact(Decimal::ONE)),
    }
}

/// Whether a rate, a count and a total go together over so many beats.
fn fits(passage: &Passage<'_>, index: usize, of: Extent, total: usize, is_mean: bool) -> bool {
    let (rate, total) = (&passage.numbers[index], &passage.numbers[total]);
    // What is paid for one is no rounded number, unless it is worked out.
    let rounded = ["造价", "成本", "投资", "价", "产", "收", "售", "卖", "约"];
    if !is_mean && !has_any(&passage.label(index), &rounded) {
        return rate.extent.times(of).is_none_or(|product| product.meets(total.forgiving()));
    }
    // A mean of heads is rounded to one head or cut.
    let said = if is_mean && rate.digit.is_zero() {
        rate.extent.widened(Decimal::new(98, 2)).unwrap_or(rate.extent)
    } else {
        rate.forgiving()
    };
    rate.rounded().times(of).is_none_or(|product| product.meets(total.forgiving()))
        || total.rounded().over(of).is_none_or(|mean| mean.meets(said))
}

/// `四个季度共宣讲180场,平均每季度60场`, `每生每天5元,98天,3120人,共计125.88万元`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let rate = &numbers[index];
    let by = By::read(&passage.label(index)).or_else(|| standard(passage, index))?;
    // Heads for each head are seldom told as a product.
    let heads = !by.is_mean && rate.class.is_none_or(Class::is_counted);
    if heads || !is_plain(rate) || rate.unit.is_empty() || rate.unit.contains('/') {
        return None;
    }
    let around = around(passage, index, &by);
    let of = |count: Option<usize>, times: Decimal| {
        many(passage, &by, count)?.times(Extent::exact(times))
    };
    let mut times: Vec<Decimal> = around.lapses.iter().flat_map(Lapse::values).collect();
    // Whoever earns so much a month need not do so all the year.
    // 一年开支30.24万元,摊下来每人每月720元 is of the whole year.
    let yearly = |i: &usize| *i < index && has_any(&passage.label(*i), &["一年", "全年"]);
    let worked_out = has_any(&passage.label(index), &["摊", "折合", "折算"]);
    let open = !(worked_out && around.totals.iter().any(yearly));
    if open && by.is_mean && by.each.is_some() && by.beat == Some(Beat::Month) {
        times.extend((1..=12).map(Decimal::from));
    }
    // 1380人 and 1165名股东: either may be whom it is divided among.
    let class = around.counts.iter().flatten().next().map(|i| numbers[*i].class);
    let alike = (index.saturating_sub(5)..(index + 5).min(numbers.len()))
        .filter(|i| *i != index && class == Some(numbers[*i].class) && is_plain(&numbers[*i]))
        .map(Some);
    let any = around.counts.iter().copied().chain(alike).any(|count| {
        around.totals.iter().filter(|total| Some(**total) != count).any(|total| {
            times.iter().any(|times| {
                of(count, *times).is_none_or(|of| fits(passage, index, of, *total, by.is_mean))
            })
        })
    });
    if any {
        return None;
    }
    let lapse = Lapse::meant(&around.lapses)?;
    let total = total(passage, index, &around, &by)?;
    let count = count(passage, index, total, &around, &by)?;
    if !is_joined(passage, index, (count, total), &by) {
        return None;
    }
    let times = lapse.values().next()?;
    let counted = match (count, &by.each) {
        (Some(count), Some(each)) => each.counted_value(&numbers[count])?,
        _ => Decimal::ONE,
    };
    let many = counted.checked_mul(times)?;
    let whole = &numbers[total];
    let product = rate.value.checked_mul(many)?;
    if !is_near(product, whole.value, has_any(&passage.gap(total), TOTAL))
        || !by.is_mean && is_paid_so_far(passage, total, product)
        || is_made_up(passage, total, product)
    {
        return None;
    }
    let told = |i: usize| passage.words(numbers[i].at.clone());
    let also = |first: usize| -> Vec<&Number> {
        [Some(first), count].into_iter().flatten().map(|i| &numbers[i]).collect()
    };
    if by.is_mean {
        let heads = count.map(|count| format!("÷{}", told(count))).unwrap_or_default();
        let beats = if by.beat.is_some() { over(lapse, times, &by) } else { String::new() };
        let mean = rate.told(passage.paper, whole.value.checked_div(many)?);
        let message =
            format!("{}{heads}{beats}={mean},不是{};请核对总数和平均数", told(total), told(index));
        return Some(rate.mark(passage.paper, message, &also(total)));
    }
    let heads = count.map(|count| format!("×{}", told(count))).unwrap_or_default();
    let beats = if by.beat.is_some() { over(lapse, times, &by) } else { String::new() };
    let message = format!(
        "{}{heads}{}={},不是{};请核对单价、数量和总额",
        told(index),
        beats.replace('÷', "×"),
        whole.told(passage.paper, product),
        told(total)
    );
    Some(whole.mark(passage.paper, message, &also(index)))
}

/// `缴费标准380元,参保19500人`: a standard is for each of those that are counted beside it.
fn standard(passage: &Passage<'_>, index: usize) -> Option<By> {
    let label = passage.label(index);
    let bare = label.trim_end_matches(['为', '是', '按']);
    // What is paid up to a standard differs from one to the other.
    let other = ["低保", "特困", "保障标准", "档", "月", "年", "最", "省", "市", "国家", "保额"];
    let own = passage.words(passage.range.start..passage.numbers[index].at.start);
    let said = bare.ends_with("标准") && passage.numbers[index].is(Class::Money);
    let count = (index + 1..=index + 2).find_map(|i| passage.numbers.get(i)).filter(|n| {
        is_plain(n) && (n.is(Class::Persons) || n.is(Class::Households) || n.is(Class::Area))
    })?;
    (said && !has_any(&own, &other)).then(|| By::each_of(&count.counter))
}

/// How a stretch of time is told in a sum: ÷6个月.
fn over(lapse: &Lapse, times: Decimal, by: &By) -> String {
    let unit = match by.beat {
        Some(Beat::Day) => "天",
        Some(Beat::Week) => "周",
        Some(Beat::Month) => "个月",
        _ => "个季度",
    };
    if lapse.counted { format!("÷{}", lapse.words) } else { format!("÷{times}{unit}") }
}

/// The total that a rate goes with: a mean with what was told before it, a price with what is
/// called a total.
fn total(passage: &Passage<'_>, index: usize, around: &Around, by: &By) -> Option<usize> {
    let others: Vec<usize> = around
        .totals
        .iter()
        .copied()
        // Of heads for a thousand heads the people are the count.
        .filter(|total| !(by.is_of_many && has_any(&passage.around(*total), PEOPLE)))
        .collect();
    let before = others.iter().rev().copied().find(|total| *total < index);
    let behind = others.iter().copied().find(|total| *total > index);
    let between = |total: usize| {
        let numbers = &passage.numbers[total.min(index)..total.max(index)];
        numbers.iter().filter(|n| !(n.is(Class::Days) || n.is(Class::Months))).count()
    };
    let near = |total: &usize| between(*total) <= 3;
    let yearly = ["全年", "一年", "半年", "季度"];
    let called = |total: &usize| {
        let gap = passage.gap(*total);
        near(total) && (has_any(&gap, TOTAL) || by.is_mean && has_any(&gap, &yearly))
    };
    if by.is_mean {
        return before.filter(near).or(behind.filter(called));
    }
    behind.filter(called).or(before.filter(called))
}

/// The only count beside a rate and its total; `Some(None)` where nothing but time is counted.
fn count(
    passage: &Passage<'_>,
    index: usize,
    total: usize,
    around: &Around,
    by: &By,
) -> Option<Option<usize>> {
    if by.each.is_none() {
        return Some(None);
    }
    let last = index.max(total);
    let first = index.min(total);
    // What is counted behind all is of something else.
    let counts: Vec<usize> = around
        .counts
        .iter()
        .flatten()
        .copied()
        .filter(|count| *count < last && *count != total)
        .filter(|count| by.is_mean || *count + 3 >= first)
        // 比上年多60户, 其中新增60户 are no whole count.
        .filter(|count| !has_any(&passage.label(*count), &["比", "较", "其中", "新增"]))
        .collect();
    if let [count] = counts.as_slice() {
        return Some(Some(*count));
    }
    // Of several the one that bears the name of what the rate is for.
    let name: Vec<char> = by.name.chars().filter(|c| !"常住户籍".contains(*c)).collect();
    let named: Vec<usize> = counts
        .into_iter()
        .filter(|count| {
            let own = passage.around(*count);
            let heads = by.is_of_many && has_any(&own, PEOPLE);
            heads || name.windows(2).any(|two| own.contains(&two.iter().collect::<String>()))
        })
        .collect();
    match named.as_slice() {
        [count] => Some(Some(*count)),
        _ => None,
    }
}

/// Whether a rate, its count and its total stand together, speak of the same, and nothing else
/// that is counted stands between them.
fn is_joined(
    passage: &Passage<'_>,
    index: usize,
    (count, total): (Option<usize>, usize),
    by: &By,
) -> bool {
    let numbers = &passage.numbers;
    let at = count.unwrap_or(index);
    let (from, to) = (at.min(index).min(total), at.max(index).max(total));
    let span = passage.words(numbers[from].at.start..numbers[to].at.end);
    // What all three stand behind holds for all three.
    let lead = if from == index { passage.label(from) } else { String::new() };
    let own = format!("{}{span}", lead.trim_start_matches("其中"));
    let own = if by.is_mean { clauses(passage, [from, index, total, to]) } else { own };
    let end = numbers.get(to + 1).map_or(passage.range.end, |n| n.at.start);
    let behind = passage.words(numbers[to].at.end..end);
    let parted = span.contains([';', '；'])
        || span.matches('。').count() > 1
        || span.chars().count() > 70
        || passage.gap(index).contains('。') && passage.gap(total).contains('。');
    let other = (from..=to).filter(|i| ![at, index, total].contains(i)).any(|i| {
        let number = &numbers[i];
        let spans_time = number.is(Class::Days) || number.is(Class::Months);
        let concerned = has_any(&passage.label(i), &["涉及", "惠及", "受益"]);
        let counted = number.class.is_none_or(Class::is_counted);
        number.is_alike(&numbers[index]) && !number.is(Class::Items)
            || !by.is_mean && counted && !spans_time && !concerned
    });
    !parted
        && !other
        && !is_paid_in_part(passage, from, to)
        && count.is_none_or(|count| !is_left_out(passage, (count, total)))
        && !has_any(&span, &["按年平均", "人口计算", "扣除", "剔除", "下浮", "调整"])
        && !has_any(&own, UNEVEN)
        && !has_any(&own, UNEVEN_TOO)
        && !has_any(&behind, TURNOVER)
        && speaks_of_same(passage, index, total)
        && is_of_one_sort(passage, index, total)
}

/// The clauses that some numbers stand in.
fn clauses(passage: &Passage<'_>, at: [usize; 4]) -> String {
    let end = |i: usize| {
        let tail = passage.noun(i).chars().count();
        passage.numbers[i].at.end + tail
    };
    let start = |i: usize| passage.numbers[i].at.start - passage.label(i).chars().count();
    let mut at = at.to_vec();
    at.sort_unstable();
    at.dedup();
    at.iter().map(|i| passage.words(start(*i)..end(*i)) + ",").collect()
}

/// Whether the words of a rate, but for what it is for one of, touch those of its total.
fn speaks_of_same(passage: &Passage<'_>, index: usize, total: usize) -> bool {
    const BLANK: &str = "每平均个一的了共有为达到约是在天日周月季度年次轮期批人户村亩名位头盏只家折合摊下来算按标准";
    let label = format!("{}{}", passage.label(index), passage.noun(index));
    let mut own = label.chars().filter(|c| c.is_alphanumeric() && !BLANK.contains(*c)).peekable();
    let of = format!("{}{}", passage.gap(total), passage.noun(total));
    // Right behind its total a mean in the same counter is of it.
    let next = index == total + 1 && passage.gap(index).matches([',', '，']).count() == 1;
    let same = passage.numbers[index].counter == passage.numbers[total].counter;
    let beside = next && same && !passage.gap(index).contains('。');
    beside
        || own.peek().is_none()
        || own.any(|c| of.contains(c))
        || passage.numbers[index].is(Class::Money)
}
