//! A total of things that are counted in one or the other way, as it says itself: 来信86件、来访142批次、网上
//! 投诉217件,共计435件（批）.

use ::figure::{Class, Decimal};

use super::marked::marked;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;

/// Words of a sum.
const SUM: &[&str] = &["共计", "合计", "总计", "总共", "一共", "共"];

/// Marks a total in two counters that the row of both before it does not make.
pub(super) fn find(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let total = &numbers[whole];
    let behind = passage.words(total.at.end..passage.range.end);
    let told = passage.words(total.at.clone());
    let told = format!("{told}{behind}");
    let inside = told.split_once(['(', '（'])?.1.split_once([')', '）'])?.0.to_owned();
    let open = told.find(['(', '（'])?;
    let digits = |c: char| c.is_ascii_digit();
    let counter = told[..open].trim_start_matches(digits).to_owned();
    let both = !inside.is_empty() && inside.chars().count() <= 3 && counter.chars().count() <= 2;
    if !both || !has_any(&passage.label(whole), SUM) || !is_counted(total) {
        return None;
    }
    // 186人 is of 人次 as well.
    let of = |n: &Number, word: &str| word.chars().next().is_some_and(|c| n.counter.starts_with(c));
    let is_part = |i: &usize| {
        let n = &numbers[*i];
        is_counted(n) && (of(n, &counter) || of(n, &inside)) && n.value < total.value
    };
    let mut row: Vec<usize> = Vec::new();
    for i in (0..whole).rev().take_while(is_part) {
        row.insert(0, i);
        if passage.gap(i).matches(|c| is_clause_mark(c) || c == '、').count() != 1 {
            break;
        }
    }
    let parts: Vec<&Number> = row.iter().map(|i| &numbers[*i]).collect();
    let mixed = parts.iter().any(|n| of(n, &counter)) && parts.iter().any(|n| of(n, &inside));
    let sum = parts.iter().map(|n| n.value).fold(Decimal::ZERO, Decimal::saturating_add);
    let gap = sum.saturating_sub(total.value).abs();
    let near = !gap.is_zero() && gap.saturating_mul(Decimal::from(6)) <= total.value;
    let words = passage.words(numbers[*row.first()?].at.start..total.at.start);
    (mixed && near && !has_any(&words, &["其中", "重复", "含", "剔除"]))
        .then(|| marked(passage, total, &parts))?
}

fn is_counted(number: &Number) -> bool {
    number.is_amount() && number.is_exact() && number.class.is_none_or(Class::is_counted)
}
