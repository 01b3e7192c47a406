//! A growth that does not follow from the two values it is between.

use ::figure::{Class, Decimal, decimal_text};
use pack::ReviewRule;
use prose::Direction;

use super::reading::change::{change, is_reached, is_start};
use super::reading::extent::Extent;
use super::reading::number::Number;
use super::reading::passage::{Passage, across, across_three, has_any, pairs, passages, triples};
use super::reading::role;
use super::reading::slip::is_shifted;
use crate::finding::Mark;
use crate::paper::Paper;
use bare::only_changes;
use earlier::{by_time, by_year, compared, free, moved_behind, reached_behind, told_behind};
use yearly::{is_mean, is_real};

mod amounts;
mod apart;
pub(super) mod bare;
mod earlier;
pub(super) mod moved;
mod places;
mod points;
mod rows;
mod series;
mod slipped;
mod tied;
mod triple;
pub(super) mod yearly;

/// Marks growths that the values before them do not give.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let sentences = passages(paper);
    for passage in &sentences {
        for index in 0..passage.numbers.len() {
            marks.extend(checked(passage, index));
        }
        marks.extend((2..passage.numbers.len()).filter_map(|i| yearly::find(passage, i)));
        marks.extend((2..passage.numbers.len()).filter_map(|i| triple::find(passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| slipped::find(passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| moved::find(passage, i)));
        marks.extend((0..passage.numbers.len()).flat_map(|i| series::find(passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| rows::find(passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| series::below(passage, i)));
        marks.extend((2..passage.numbers.len()).filter_map(|i| tied::find(passage, i)));
        marks.extend((2..passage.numbers.len()).filter_map(|i| points::find(passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| places::find(passage, i)));
        marks.extend(amounts::doubled(passage));
        marks.extend((2..passage.numbers.len()).filter_map(|i| amounts::distance(passage, i)));
        marks.extend((2..passage.numbers.len()).filter_map(|i| {
            amounts::times_of(passage, i)
                .or_else(|| amounts::times_of_latter(passage, i))
                .or_else(|| amounts::times_of_start(passage, i))
        }));
    }
    for passage in pairs(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| checked(&passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| moved::find(&passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| slipped::find(&passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| apart::find(&passage, i)));
    }
    for passage in triples(&sentences).iter().chain(&across_three(&sentences)) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| apart::find(passage, i)));
    }
    for passage in across(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| moved::find(&passage, i)));
    }
    marks.retain(|mark| !is_natural(paper, mark));
    // A rate is not held against an amount that is marked itself: one of the two may be right.
    let wrong: Vec<Mark> = marks.clone();
    let is_of_wrong = |mark: &Mark| {
        let mut first = wrong.iter().filter(|other| mark.also.contains(&other.at));
        first.any(|other| !other.also.contains(&mark.at))
    };
    marks.retain(|mark| !is_of_wrong(mark));
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

fn checked(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let label = passage.label(index);
    let number = &passage.numbers[index];
    // 实现翻一番 has the change in the number's own words.
    let doubled = number.direction.filter(|_| passage.words(number.at.clone()).contains('番'));
    let done = moved::done_more(&label).map(|(_, way)| way);
    let direction = change(&label).or(doubled).or(done)?;
    // 一倍多 is read as 一倍.
    let half = matches!(passage.paper.chars.get(number.at.end), Some('多' | '还'));
    if is_mean(&passage.gap(index))
        || yearly::is_one_year(&label)
        || yearly::is_rebased(passage, index)
        || moved::is_over(passage, index)
        || half
        || number.extent.high >= super::reading::extent::boundless()
    {
        return None;
    }
    let (old, new) = from_to(passage, index)
        .or_else(|| compared(passage, index))
        .or_else(|| by_year(passage, index))
        .or_else(|| told_behind(passage, index))
        .or_else(|| by_time(passage, index))
        .or_else(|| reached_behind(passage, index))
        .or_else(|| moved_behind(passage, index))
        .or_else(|| free(passage, index))?;
    let (before, after) = (&passage.numbers[old], &passage.numbers[new]);
    // 今年4300吨。去年公报4210吨,核减为4000吨,增长7.5%: any two that give it may be meant.
    let near = || (index.saturating_sub(4)..index).filter(|i| is_level(passage, *i));
    let given = |a: usize, b: usize| {
        let (a, b) = (&passage.numbers[a], &passage.numbers[b]);
        a.is_kin(b) && a.is_kin(after) && gives(a, b, number, direction)
    };
    let fine = number.is(Class::Share) && number.digit < Decimal::ONE;
    if fine && near().any(|a| near().any(|b| a != b && given(a, b))) {
        return None;
    }
    let real = before.is(Class::Money) && is_real(passage, index);
    if before.kind != after.kind || (!before.is_exact() && !after.is_exact()) {
        return None;
    }
    // At comparable prices it may be some points more or less.
    let room = if real { Decimal::from(7) } else { Decimal::ZERO };
    if accepted(before, after, number, direction, room)?
        || !fits_direction(before, after, direction)
        || fits_another(passage, [old, new, index], direction)
    {
        return None;
    }
    marked(passage, before, after, number)
}

/// Whether a change is from another value of the passage that is told as an earlier one: 上年公报数为
/// 5.9亿元,核减为5.5亿元.
fn fits_another(
    passage: &Passage<'_>,
    [old, new, index]: [usize; 3],
    direction: Direction,
) -> bool {
    let numbers = &passage.numbers;
    let (after, number) = (&numbers[new], &numbers[index]);
    (0..numbers.len()).filter(|i| ![old, new, index].contains(i)).any(|i| {
        let told = passage.words(passage.range.start..numbers[i].at.start);
        has_any(&told, &["上年", "去年", "同期"])
            && numbers[i].is_kin(after)
            && is_level(passage, i)
            && gives(&numbers[i], after, number, direction)
    })
}

/// Whether a change is what two values mean, with some room; `None` where it cannot be theirs.
fn accepted(
    before: &Number,
    after: &Number,
    number: &Number,
    direction: Direction,
    room: Decimal,
) -> Option<bool> {
    let expected = expected(before, after, number)?;
    Some(expected.iter().any(|e| {
        let magnitude =
            if direction == Direction::Down { Extent::new(-e.high, -e.low) } else { *e };
        let points = number.is(Class::Points) && magnitude.is_exact();
        let said = match number.class {
            _ if points => number.extent,
            Some(Class::Multiples) if number.value.scale() == 0 => {
                number.extent.widened(Decimal::new(2, 1)).unwrap_or(number.extent)
            }
            Some(Class::Multiples) => number.rounded(),
            _ => number.forgiving(),
        };
        said.widened(room).is_none_or(|said| magnitude.meets(said))
    }))
}

/// Whether two values give a change; `true` also where the change cannot be theirs.
pub(super) fn gives(
    before: &Number,
    after: &Number,
    number: &Number,
    direction: Direction,
) -> bool {
    accepted(before, after, number, direction, Decimal::ZERO).unwrap_or(true)
}

/// Marks a change that its two values do not give.
pub(super) fn marked(
    passage: &Passage<'_>,
    before: &Number,
    after: &Number,
    number: &Number,
) -> Option<Mark> {
    if number.is(Class::Share) && before.is_of_another_order(after) {
        return None;
    }
    let far = !is_tied(passage, before, after, number) && is_far(before, after, number);
    if far
        || is_taken(passage, (before, after), number)
        || is_given(passage, (before, after), number)
    {
        return None;
    }
    told(passage, before, after, number)
}

/// The mark at a change, with what its two values give.
fn told(passage: &Passage<'_>, before: &Number, after: &Number, number: &Number) -> Option<Mark> {
    let message = message(passage.paper, before, after, number)?;
    Some(number.mark(passage.paper, message, &[before, after]))
}

/// How far a rate may be from what its values give, in tenths: what is further off is from other
/// values, of another time.
const FAR: i64 = 18;

/// Characters before a passage in which a value of its rate may be told.
const BEFORE: usize = 60;

/// Whether a rate in per cent is too far from what two values give to be theirs.
fn is_far(before: &Number, after: &Number, number: &Number) -> bool {
    let rate = || {
        let change = after.value.checked_sub(before.value)?.abs();
        change.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before.value)
    };
    let far = || rate().is_none_or(|rate| is_apart(rate, number.value));
    let shifted = || rate().is_some_and(|rate| is_shifted(number, rate));
    number.is(Class::Share) && !before.is(Class::Share) && far() && !shifted()
}

/// Whether two rates are too far apart for one to be the other one miswritten.
pub(super) fn is_apart(a: Decimal, b: Decimal) -> bool {
    let far = a.min(b).checked_mul(Decimal::from(FAR));
    a.max(b).checked_mul(Decimal::TEN).zip(far).is_none_or(|(more, less)| more > less)
}

/// Whether a change and its two values stand right beside each other, the values of the same part of
/// a year.
fn is_tied(passage: &Passage<'_>, before: &Number, after: &Number, number: &Number) -> bool {
    let at = |n: &Number| passage.numbers.iter().position(|own| own.at == n.at);
    let (Some(old), Some(new), Some(index)) = (at(before), at(after), at(number)) else {
        return false;
    };
    let beside = old.max(new).max(index) - old.min(new).min(index) == 2;
    let part = |i: usize| {
        let words = role::clause(passage, i);
        has_any(&words, &["半年", "季度", "月", "累计"]) && !words.contains("同期")
    };
    // 上半年2.36亿千瓦时(上年同期2.18亿千瓦时): what stands in brackets behind a value is of its time.
    let bracketed = old == new + 1
        && passage.gap(old).trim_start().starts_with(['(', '（'])
        && passage.label(old).contains("同期");
    beside && (bracketed || part(old) == part(new))
}

/// Whether two other values of the kind give a rate told down to a tenth: 去年公报4210吨,核减为4000吨.
fn is_given(passage: &Passage<'_>, (before, after): (&Number, &Number), number: &Number) -> bool {
    let told = passage.told_before(BEFORE);
    let all = || passage.numbers.iter().chain(&told);
    let values = || all().filter(|n| n.is_kin(after) && n.at != number.at);
    let gives_it = |old: &Number, new: &Number| {
        let way = if new.value > old.value { Direction::Up } else { Direction::Down };
        // What they give the other way round was divided by the wrong one.
        let same = [old, new].iter().all(|n| n.at == before.at || n.at == after.at);
        !same && new.value != old.value && gives(old, new, number, way)
    };
    let fine = number.is(Class::Share) && number.digit < Decimal::ONE;
    fine && values().any(|old| values().any(|new| gives_it(old, new)))
}

/// Whether another change is told between two values, and so is of the earlier one: 收入4200万元,比上年
/// 的4000万元增长5%;投资2.4亿元,增长8%.
fn is_taken(passage: &Passage<'_>, (a, b): (&Number, &Number), number: &Number) -> bool {
    let between = a.at.end.min(b.at.end)..a.at.start.max(b.at.start);
    passage.numbers.iter().enumerate().any(|(index, other)| {
        other.is(Class::Share)
            && other.at != number.at
            && between.contains(&other.at.start)
            && change(&passage.label(index)).is_some()
    })
}

/// A wrong direction is another rule's.
fn fits_direction(before: &Number, after: &Number, direction: Direction) -> bool {
    match direction {
        Direction::Up => after.value > before.value,
        Direction::Down => after.value < before.value,
    }
}

/// The changes that the two values can mean in the unit of the number.
fn expected(before: &Number, after: &Number, number: &Number) -> Option<Vec<Extent>> {
    let (old, new) = (before.rounded_beside(after), after.rounded_beside(before));
    let change = new.minus(old)?;
    let hundred = Extent::exact(Decimal::ONE_HUNDRED);
    let relative = || change.over(old)?.times(hundred);
    let Some(class) = number.class else {
        return number.is_alike(before).then(|| vec![change]);
    };
    match class {
        Class::Share if before.is(Class::Share) => Some(vec![change, relative()?]),
        Class::Share => Some(vec![relative()?]),
        Class::Points if before.is(Class::Share) => {
            // Whole per cents are subtracted as they stand; a difference that shows more digits
            // than they do was not.
            let whole =
                [before, after, number].iter().all(|n| n.value.scale() == 0 && n.is_exact());
            let plain = after.extent.minus(before.extent)?;
            Some(vec![if whole { plain } else { change }])
        }
        // 增加了两倍 is told of what came to the old value, and never of the new one.
        Class::Multiples => Some(vec![change.over(old)?]),
        _ if number.is_alike(before) => Some(vec![change]),
        _ => None,
    }
}

fn message(paper: &Paper, before: &Number, after: &Number, number: &Number) -> Option<String> {
    let change = after.value.checked_sub(before.value)?;
    let (old, new) = (after.told(paper, before.value), after.told(paper, after.value));
    let said = paper.words(number.at.clone());
    Some(match number.class.unwrap_or(Class::Other) {
        Class::Share if !before.is(Class::Share) => {
            let rate = change.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before.value)?;
            let rate = decimal_text(rate.abs().round_dp(number.value.scale().max(1)));
            if rate == decimal_text(number.value) {
                let is = if change < Decimal::ZERO { "下降" } else { "增长" };
                return Some(format!("由{old}到{new}是{is},与“{said}”相反;请核对增减的说法"));
            }
            format!("({new}-{old})÷{old}={rate}%,不是{said};请核对增幅或两个数").replace("(-", "(")
        }
        Class::Multiples => {
            let times = decimal_text(change.checked_div(before.value)?.round_dp(2));
            format!("({new}-{old})÷{old}={times}倍,不是{said};请核对倍数或两个数")
        }
        _ => {
            let (big, small) = if change < Decimal::ZERO { (&old, &new) } else { (&new, &old) };
            let gap = number.told(paper, change.abs());
            format!("{big}-{small}={gap},不是{said};请核对增减数或两个数")
        }
    })
}

/// `由16000元增加到18000元,增长12.5%`.
fn from_to(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let new = (0..index).rev().find(|i| is_level(passage, *i))?;
    let old = new.checked_sub(1)?;
    let numbers = &passage.numbers;
    let ok = numbers[old].is_alike(&numbers[new])
        && is_start(&passage.label(old))
        && is_reached(&passage.label(new))
        && only_changes(passage, new, index);
    ok.then_some((old, new))
}

pub(super) fn is_level(passage: &Passage<'_>, index: usize) -> bool {
    let label = passage.label(index);
    change(&label).is_none() && !label.starts_with('又')
}

/// Whether a mark is of the natural growth of a population, which is of births and deaths.
fn is_natural(paper: &Paper, mark: &Mark) -> bool {
    let from = mark.at.start.saturating_sub(10);
    let lead: String = paper.original[from..mark.at.start].iter().collect();
    lead.contains("自然增长率")
}
