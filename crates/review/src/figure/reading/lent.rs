//! Numbers that leave their unit out: parts in brackets, which have that of their whole,
//! 560万元(上级300、镇级150、自筹100), and persons by the ten thousand, 2.73万常住人口.

use ::figure::{Class, Decimal};

use super::extent::Extent;
use super::passage::{Passage, has_any, is_separator};

/// Those who are counted without a word for it, by the ten thousand.
const PERSONS: &[&str] = &[
    "居民",
    "群众",
    "人口",
    "村民",
    "农民",
    "党员",
    "学生",
    "老人",
    "老年人",
    "职工",
    "师生",
    "游客",
    "干部",
    "市民",
];

/// Which of those persons are meant.
const WHICH: &[&str] = &[
    "常住", "户籍", "城乡", "农村", "城镇", "参保", "贫困", "脱贫", "农业", "流动", "库区", "移民",
];

/// Makes numbers by the ten thousand that persons stand right behind numbers of persons.
pub(in crate::figure) fn name_persons(passage: &mut Passage<'_>) {
    for index in 0..passage.numbers.len() {
        let number = &passage.numbers[index];
        let bare = matches!(number.unit.as_str(), "" | "人") && number.class.is_none();
        if !bare || !passage.words(number.at.clone()).ends_with(['万', '余', '多']) {
            continue;
        }
        let noun = passage.noun(index);
        let noun = noun.trim_start_matches(['余', '多', '名']);
        let noun = WHICH.iter().find_map(|word| noun.strip_prefix(word)).unwrap_or(noun);
        if PERSONS.iter().any(|word| noun.starts_with(word)) {
            let number = &mut passage.numbers[index];
            number.class = Some(Class::Persons);
            "人".clone_into(&mut number.unit);
            "人".clone_into(&mut number.counter);
        }
    }
}

/// Gives bare numbers in a bracket the unit of the number right before it.
pub(in crate::figure) fn lend_units(passage: &mut Passage<'_>) {
    for whole in 0..passage.numbers.len() {
        let Some(last) = bracket(passage, whole) else { continue };
        let lender = passage.numbers[whole].clone();
        let whole_digits = lender.class.is_none_or(Class::is_counted);
        for number in &mut passage.numbers[whole + 1..=last] {
            let scale = number.value.scale();
            let digit = Decimal::new(1, scale).checked_mul(lender.size);
            let value = number.value.checked_mul(lender.size);
            let (Some(digit), Some(value)) = (digit, value) else { continue };
            number.digit = if whole_digits && scale == 0 { lender.digit } else { digit };
            number.value = value;
            number.extent = Extent::exact(value);
            number.size = lender.size;
            number.class = lender.class;
            number.unit.clone_from(&lender.unit);
            number.counter.clone_from(&lender.counter);
        }
    }
}

/// The last of the bare numbers that fill a bracket right behind a number, each with a name
/// before it and nothing behind.
fn bracket(passage: &Passage<'_>, whole: usize) -> Option<usize> {
    let numbers = &passage.numbers;
    if numbers[whole].unit.is_empty() || !numbers[whole].is_amount() {
        return None;
    }
    let mut last = whole;
    let close = loop {
        let number = numbers.get(last + 1)?;
        let gap = passage.gap(last + 1);
        let name = if last == whole {
            gap.strip_prefix(['(', '（'])?
        } else {
            gap.strip_prefix(is_separator)?
        };
        let named = (1..=6).contains(&name.chars().count());
        let plain = number.unit.is_empty() && number.class.is_none() && number.is_exact();
        if !named || !plain || !number.is_amount() || !name.chars().all(char::is_alphabetic) {
            return None;
        }
        last += 1;
        let behind = passage.paper.chars.get(number.at.end).copied()?;
        if !is_separator(behind) {
            break behind;
        }
    };
    (matches!(close, ')' | '）') && last >= whole + 2).then_some(last)
}

/// A change told behind values in 微克/立方米 may leave the second unit out: 降了5微克.
pub(super) fn name_quotients(passage: &mut Passage<'_>) {
    for index in 1..passage.numbers.len() {
        let (before, own) = (&passage.numbers[index - 1], &passage.numbers[index]);
        let short = before.unit.split_once('/').is_some_and(|(unit, _)| unit == own.unit);
        let changed = own.direction.is_some()
            || has_any(&passage.label(index), &["升", "降", "增", "减", "高", "低", "涨", "跌"]);
        if short && changed && own.size == before.size && before.class.is_none() {
            let unit = before.unit.clone();
            let number = &mut passage.numbers[index];
            number.unit = unit.clone();
            number.counter = unit;
            number.class = None;
        }
    }
}
