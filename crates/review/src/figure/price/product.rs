//! So much for each, where only one count and one total around it come near each other: the three
//! belong together whatever their words and their order, and are told as wrong where they miss by a
//! slip of the pen.

use ::figure::{Class, Decimal};

use super::lapse::{self, Beat, Lapse};
use super::mean::{is_left_out, is_made_up, is_of_one_sort, is_paid_in_part, is_shifted};
use super::priced::{TURNOVER, mean_fits};
use super::unitary::{By, is_daily};
use crate::figure::reading::alike::common;
use crate::figure::reading::each::{Each, base, comes_to, is_rate, rate_value, scaled};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words between a rate, its count and its total by which not all of the one goes into the other.
const UNEVEN: &[&str] = &[
    "左右",
    "不等",
    "最高",
    "最低",
    "最多",
    "封顶",
    "首批",
    "首期",
    "先行",
    "首付",
    "尾款",
    "预拨",
    "预付",
    "余款",
    "部分",
    "其余",
    "另",
    "还有",
    "加上",
    "以上",
    "不足",
    "档",
    "补差",
    "奖励",
    "打折",
    "下浮",
    "上浮",
    "实发",
    "实收",
    "满龄",
    "配套",
    "阶梯",
    "扣除",
    "剔除",
    "除",
    "目标",
    "同比",
    "人口计算",
    "重复",
    "中位",
    "保额",
    "限额",
    "随行就市",
    "连同",
    "实际发",
    "实际支",
    "追加",
    "加奖",
    "价值",
    "可支配",
    "成本",
    "利润",
    "净",
    "提高到",
];

/// The most characters from the first of the three to the last.
const REACH: usize = 80;

/// A count and a total beside a rate, over so many months.
struct Pair {
    count: usize,
    total: usize,
    months: u32,
}

/// `每户统一补助1.4万元,共兑付补助资金68.4万元` of 46户.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let rate = &numbers[index];
    let by = By::read(&passage.label(index))?;
    let each = by.each.as_ref()?;
    let base = base(rate).filter(|_| is_plain(rate))?;
    // Heads for each head are seldom told as a product.
    if !by.is_mean && !rate.is(Class::Money) {
        return None;
    }
    // 生均700元和1000元分学段 are two rates.
    let joined =
        |i: usize| i < numbers.len() && matches!(passage.gap(i).trim(), "和" | "、" | "及");
    if joined(index) || joined(index + 1) && numbers[index + 1].is_kin(rate) {
        return None;
    }
    let near = index.saturating_sub(5)..(index + 6).min(numbers.len());
    let counts: Vec<usize> =
        near.clone().filter(|i| *i != index && is_count(passage, *i, each)).collect();
    // 线路12条日均发班96班,平均每条日发8班: both are of a day.
    let of_month = |i: usize| {
        by.beat.is_some() && is_of_month(&passage.label(i))
            || by.beat.is_none() && is_daily(&passage.label(index)) && is_daily(&passage.label(i))
    };
    let totals: Vec<usize> = near
        .filter(|i| *i != index && is_plain(&numbers[*i]) && comes_to(&numbers[*i], base))
        .filter(|i| !is_rate(passage, *i) || of_month(*i))
        .collect();
    let product = |pair: &Pair| {
        rate_value(rate, base)?
            .checked_mul(each.counted_value(&numbers[pair.count])?)?
            .checked_mul(Decimal::from(pair.months))
    };
    let mut near = Vec::new();
    for (count, total) in counts.iter().flat_map(|count| totals.iter().map(move |t| (*count, *t))) {
        // 增加收入143万元 goes with 户均增收.
        if count == total || numbers[total].direction != rate.direction {
            continue;
        }
        let many = each.counted(&numbers[count])?;
        let fits = |months: u32| {
            let product = scaled(rate, base)?.times(many)?.times(Extent::exact(months.into()))?;
            Some(product.meets(numbers[total].forgiving()))
        };
        let any = (1..=if by.beat.is_some() { 12 } else { 1 }).any(|m| fits(m).unwrap_or(true));
        let is_mean = by.is_mean && mean_fits(passage, index, (count, total), each, base);
        if any || is_mean {
            return None;
        }
        let Some(months) = months(passage, &by, (index, count, total)) else { continue };
        let pair = Pair { count, total, months };
        let value = product(&pair)?;
        let total_value = numbers[total].value;
        if is_close(value, total_value) || is_shifted(value, total_value) {
            near.push((pair, value));
        }
    }
    let [(pair, value)] = near.as_slice() else { return None };
    let whole = &numbers[pair.total];
    if !is_tied(passage, index, pair, by.is_mean) || is_made_up(passage, pair.total, *value) {
        return None;
    }
    let told = |i: usize| passage.words(numbers[i].at.clone());
    let factor = if pair.months > 1 { format!("×{}个月", pair.months) } else { String::new() };
    let message = format!(
        "{}×{}{factor}={},不是{};请核对单价、数量和总额",
        told(index),
        told(pair.count),
        whole.told(passage.paper, *value),
        told(pair.total)
    );
    let count = &numbers[pair.count];
    // A mean told behind its total is what is marked.
    Some(match by.is_mean && index > pair.total {
        true => rate.mark(passage.paper, message, &[whole, count]),
        false => whole.mark(passage.paper, message, &[rate, count]),
    })
}

fn is_plain(number: &Number) -> bool {
    number.is_exact()
        && !number.unit.is_empty()
        && !number.unit.contains('/')
        && number.value > Decimal::ZERO
}

/// Whether a number counts what a rate is for one of; whoever comes is meant by 人均 as well.
fn is_count(passage: &Passage<'_>, index: usize, each: &Each) -> bool {
    let number = &passage.numbers[index];
    let people = !passage.numbers.iter().any(|n| n.is(Class::Persons) && !n.per);
    let visits = number.is(Class::Visits) && people && each.is_of_persons();
    is_plain(number)
        && number.direction.is_none()
        && !number.per
        && (each.counts(passage, index) || visits)
}

/// Whether a label is that of what is paid to all in a month: 每月应发津贴.
fn is_of_month(label: &str) -> bool {
    let bare = label.replace("每月", "").replace("按月", "");
    bare != label && !bare.contains(['每', '均'])
}

/// Over how many months a rate leads to a total.
fn months(passage: &Passage<'_>, by: &By, at: (usize, usize, usize)) -> Option<u32> {
    let (index, count, total) = at;
    match by.beat {
        None => Some(1),
        Some(Beat::Month) if is_of_month(&passage.label(total)) => Some(1),
        Some(Beat::Month) => {
            let told = lapse::told(passage, index.max(count).max(total), Beat::Month);
            Lapse::meant(&told).and_then(|lapse| lapse.times.first().copied())
        }
        _ => None,
    }
}

/// Whether two values are no further apart than a slip of the pen sets them.
pub(super) fn is_close(a: Decimal, b: Decimal) -> bool {
    let (most, least) = (a.max(b), a.min(b));
    least.checked_mul(Decimal::new(13, 1)).is_some_and(|bound| most <= bound)
}

/// Whether the three stand together and no words among them leave anything out.
fn is_tied(passage: &Passage<'_>, index: usize, pair: &Pair, is_mean: bool) -> bool {
    let numbers = &passage.numbers;
    let (count, total) = (pair.count, pair.total);
    let (from, to) = (count.min(total).min(index), count.max(total).max(index));
    let span = passage.words(numbers[from].at.start..numbers[to].at.end);
    let end = numbers.get(to + 1).map_or(passage.range.end, |n| n.at.start);
    let behind = passage.words(numbers[to].at.end..end);
    let lead = passage.label(from);
    let words =
        format!("{lead}{span}").replace("全部分", "").replace("部分按", "").replace("其中", "\n");
    let part = |i: usize| passage.label(i).contains("其中");
    // What is paid on top, and who is counted besides, would be part of the total.
    let sentence = (0..from).rev().take_while(|i| !passage.between(*i, from).contains('。')).last();
    let beside =
        (sentence.unwrap_or(from)..to).filter(|i| ![index, count, total].contains(i)).any(|i| {
            let is_of = |at: usize| {
                numbers[i].is_kin(&numbers[at]) && numbers[i].value != numbers[at].value
            };
            // 老人2130人,其中80至89岁1850人: what was told before its part is none beside it.
            let of_all = i < from && passage.between(i, from).contains("其中");
            !of_all && (is_of(count) || is_of(total))
        });
    // 人均消费 of visitors is all of 过夜消费 and not of 旅游收入.
    let visits = numbers[count].is(Class::Visits);
    let named = common(&passage.around(index), &passage.around(total)) >= 2;
    span.chars().count() <= REACH
        && (is_mean || !beside)
        && (!visits || named)
        && span.matches('。').count() <= 1
        && !(span.contains('。') && passage.gap(index).contains('。') && index > total)
        && !span.contains([';', '；'])
        && !has_any(&words, UNEVEN)
        && !has_any(&behind, TURNOVER)
        && !has_any(&words, TURNOVER)
        && !has_any(&behind, &["部分", "未发"])
        && part(total) == part(count)
        && !is_paid_in_part(passage, from, to)
        && !is_left_out(passage, (count, total))
        && is_of_one_sort(passage, index, total)
}
