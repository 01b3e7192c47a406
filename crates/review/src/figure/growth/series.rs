//! Rates told behind a row of years, each of which is of a year and the one before it: 2022年31.0亿元,
//! 2023年36.0亿元,2024年43.0亿元,后两年分别增长16.1%和24.4%.

use ::figure::{Class, Decimal};
use prose::Direction;

use super::yearly::{is_mean, year_in};
use crate::figure::growth::{gives, marked, told};
use crate::figure::reading::change::change;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::rows;
use crate::finding::Mark;

/// Words by which the rates are not those from year to year.
const OTHER: &[&str] = &[
    "可比",
    "不变价",
    "口径",
    "剔除",
    "扣除",
    "生产总值",
    "增加值",
    "GDP",
    "计划",
    "目标",
    "全市",
    "全省",
    "全国",
    "其中",
    "预计",
];

/// How many years words say that a row is of.
const YEARS: &[(&str, usize)] =
    &[("近三年", 3), ("三年来", 3), ("过去三年", 3), ("近四年", 4), ("四年来", 4), ("近五年", 5)];

/// Marks the rates of a row that its values do not give, where all the others are theirs.
pub(super) fn find(passage: &Passage<'_>, first: usize) -> Vec<Mark> {
    rates(passage, first).map_or_else(Vec::new, |rates| of_row(passage, first, &rates))
}

/// Marks the year of a row that is further below the year before it than a bound told for all of them
/// lets it be: 2022年4.68亿元,2023年5.02亿元,…每年增速均在10%以上.
pub(super) fn below(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let (rate, label) = (&numbers[index], passage.label(index));
    let every = has_any(&label, &["每年", "年年", "增速均", "增幅均", "各年", "历年"]);
    let said = every && has_any(&label, &["增速", "增幅", "增长", "涨幅"]);
    let bounded = rate.is(Class::Share) && rate.extent.low > Decimal::ZERO && !rate.is_exact();
    let last = index.checked_sub(1).filter(|_| said && bounded)?;
    let first = (0..last).rev().take_while(|i| numbers[*i].is_kin(&numbers[last])).last()?;
    let row = row(passage, index, last + 1 - first).filter(|row| row.len() >= 3)?;
    let words = passage.words(passage.range.start..rate.at.start);
    if has_any(&words, OTHER) {
        return None;
    }
    let (old, new) = row.windows(2).find_map(|two| {
        let (old, new) = (&numbers[two[0]], &numbers[two[1]]);
        let growth =
            new.rounded().over(old.rounded())?.times(Extent::exact(Decimal::ONE_HUNDRED))?;
        let least = rate.extent.low.checked_add(Decimal::ONE_HUNDRED)?;
        (growth.high < least).then_some((old, new))
    })?;
    told(passage, old, new, rate)
}

/// The rates that begin at a number and belong together: 分别增长16.1%和24.4%.
fn rates(passage: &Passage<'_>, first: usize) -> Option<Vec<usize>> {
    let label = passage.label(first);
    let opens = label.contains("分别") && change(&label).is_some() && !is_mean(&passage.gap(first));
    rows::rates(passage, first).filter(|_| opens)
}

/// The values of following years right before the rates, one more than there are rates.
fn row(passage: &Passage<'_>, first: usize, count: usize) -> Option<Vec<usize>> {
    let numbers = &passage.numbers;
    let from = first.checked_sub(count)?;
    let last = &numbers[first - 1];
    let plain = |i: &usize| {
        let n = &numbers[*i];
        n.is_amount() && n.is_exact() && n.is_kin(last) && n.kind == last.kind
    };
    let more = from.checked_sub(1).is_some_and(|i| plain(&i));
    let row: Vec<usize> = (from..first).filter(plain).collect();
    (row.len() == count && !more && is_yearly(passage, &row)).then_some(row)
}

/// Whether the values of a row are of years that follow each other: each names its own, or all are
/// named before the first.
fn is_yearly(passage: &Passage<'_>, row: &[usize]) -> bool {
    let own: Vec<u32> = row.iter().filter_map(|i| year_in(&passage.gap(*i))).collect();
    let follow = |years: &[u32]| years.windows(2).all(|two| two[0] + 1 == two[1]);
    let lead = passage.gap(row[0]);
    let named: Vec<u32> = lead.split_inclusive('年').filter_map(year_in).collect();
    let listed = row.iter().skip(1).all(|i| passage.gap(*i).chars().count() <= 2);
    let counted = |(words, count): &(&str, usize)| lead.contains(words) && *count == row.len();
    own.len() == row.len() && follow(&own)
        || listed && named.len() == row.len() && follow(&named)
        || listed && named.is_empty() && YEARS.iter().any(counted)
}

fn of_row(passage: &Passage<'_>, first: usize, rates: &[usize]) -> Vec<Mark> {
    let numbers = &passage.numbers;
    let Some(row) = row(passage, first, rates.len() + 1) else { return Vec::new() };
    let words = passage.words(passage.range.start..numbers[first].at.start);
    let way = change(&passage.label(first)).unwrap_or(Direction::Up);
    let fits = |at: usize| {
        let (old, new) = (&numbers[row[at]], &numbers[row[at + 1]]);
        gives(old, new, &numbers[rates[at]], way)
    };
    // One rate that fits shows that they are told in the order of the years.
    let some = (0..rates.len()).any(fits);
    let wrong = |at: &usize| {
        let rises = numbers[row[at + 1]].value > numbers[row[*at]].value;
        !fits(*at) && rises == (way == Direction::Up) && numbers[row[*at]].value > Decimal::ZERO
    };
    if !some || has_any(&words, OTHER) {
        return Vec::new();
    }
    (0..rates.len())
        .filter(wrong)
        .filter_map(|at| {
            marked(passage, &numbers[row[at]], &numbers[row[at + 1]], &numbers[rates[at]])
        })
        .collect()
}
