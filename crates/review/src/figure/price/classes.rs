//! Several classes, each with its rate and its count, and what they come to in all: A类42人,每人每月680
//! 元;B类118人,每人每月520元,每月共发放8.99万元.

use ::figure::{Class, Decimal};

use super::lapse::Beat;
use super::unitary::By;
use crate::figure::reading::each::{base, comes_to, rate_value, scaled};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words of what all classes come to.
const SUMMED: &[&str] = &["共", "合计", "总", "两档", "三档", "两类", "三类", "两项", "三项"];

/// The classes before a total: a rate and a count each, in the order they are told.
struct Classes {
    pairs: Vec<(usize, usize)>,
    total: usize,
    monthly: bool,
}

/// Reads the classes that end before a total; there are two at least.
fn classes(passage: &Passage<'_>, total: usize) -> Option<Classes> {
    let numbers = &passage.numbers;
    let mut pairs = Vec::new();
    let mut monthly = None;
    // 两项合计每月支出18.53万元 counts them.
    let counted = total.checked_sub(1).filter(|i| {
        numbers[*i].is(Class::Items)
            && numbers[*i].value <= Decimal::from(4)
            && passage.label(*i).is_empty()
    });
    let mut end = counted.unwrap_or(total);
    while let Some(first) = end.checked_sub(2) {
        let read = |rate: usize, count: usize| {
            let by = By::read(&passage.label(rate))?;
            let each = by.each.as_ref()?;
            let fits = numbers[rate].is(Class::Money)
                && numbers[rate].is_exact()
                && numbers[count].is_exact()
                && each.counts(passage, count);
            (fits && !by.is_mean).then_some(((rate, count), by.beat))
        };
        let Some((pair, beat)) = read(first, first + 1).or_else(|| read(first + 1, first)) else {
            break;
        };
        // 520元,另有12人: what stands closer to others is no pair.
        let inner = parting(&passage.gap(first + 1));
        let apart = inner >= parting(&passage.gap(first)).max(parting(&passage.gap(first + 2)));
        if apart && inner > 0 || *monthly.get_or_insert(beat) != beat {
            break;
        }
        pairs.push(pair);
        end = first;
    }
    let monthly = match monthly? {
        None => false,
        Some(Beat::Month) => true,
        Some(_) => return None,
    };
    (pairs.len() > 1).then_some(Classes { pairs, total, monthly })
}

/// How far the marks in some words part what stands around them.
fn parting(words: &str) -> u8 {
    match words {
        words if words.contains(['。', ';', '；', '\n']) => 2,
        words => u8::from(words.contains([',', '，', '、', ':', '：'])),
    }
}

/// Whether a number is what several classes come to, so that no one of them leads to it.
pub(super) fn is_total(passage: &Passage<'_>, index: usize) -> bool {
    passage.numbers[index].is(Class::Money)
        && has_any(&passage.gap(index), SUMMED)
        && classes(passage, index).is_some()
}

/// Marks a total that all its classes together do not come to.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    if !is_total(passage, index) {
        return None;
    }
    let numbers = &passage.numbers;
    let Classes { pairs, total, monthly } = classes(passage, index)?;
    let whole = &numbers[total];
    let mut sum = Extent::exact(Decimal::ZERO);
    let mut value = Decimal::ZERO;
    for (rate, count) in &pairs {
        let by = By::read(&passage.label(*rate))?;
        let each = by.each.as_ref()?;
        let base = base(&numbers[*rate])?;
        if !comes_to(whole, base) {
            return None;
        }
        sum = sum.plus(scaled(&numbers[*rate], base)?.times(each.counted(&numbers[*count])?)?)?;
        let one = rate_value(&numbers[*rate], base)?;
        value = value.checked_add(one.checked_mul(each.counted_value(&numbers[*count])?)?)?;
    }
    let over = |months: i64| sum.times(Extent::exact(Decimal::from(months)));
    let fits = |months: i64| over(months).is_none_or(|sum| sum.meets(whole.forgiving()));
    let may = if monthly { 1..=12 } else { 1..=1 };
    let gap = passage.gap(total);
    let yearly = has_any(&gap, &["全年", "一年", "年"]);
    let value = if monthly && yearly { value.checked_mul(12.into())? } else { value };
    let room = whole.value.checked_mul(Decimal::new(3, 1))?;
    let near = value.checked_sub(whole.value)?.abs() <= room;
    let (first, _) = pairs.last()?;
    let words = passage.words(numbers[*first].at.start..passage.range.end);
    let open = has_any(&words, &["另", "其余", "扣除", "左右", "其中", "实发", "不足"]);
    if may.into_iter().any(fits) || !near || open || !whole.is_exact() {
        return None;
    }
    let told = |i: usize| passage.words(numbers[i].at.clone());
    let terms: Vec<String> = pairs
        .iter()
        .rev()
        .map(|(rate, count)| format!("{}×{}", told(*rate), told(*count)))
        .collect();
    let message = format!(
        "{}={},不是{};请核对单价、数量和总额",
        terms.join("+"),
        whole.told(passage.paper, value),
        told(total)
    );
    let also: Vec<&Number> =
        pairs.iter().flat_map(|(rate, count)| [&numbers[*rate], &numbers[*count]]).collect();
    Some(whole.mark(passage.paper, message, &also))
}
