//! A thing that is counted again right behind with another number.

use ::figure::Decimal;

use super::echo::{before, is_all, is_share, is_sum, mark, plain};
use super::retold::EVERY;
use crate::figure::reading::alike::shared;
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Whether two numbers can be of one place and time, as far as their sentences tell.
pub(super) fn is_one_scene(
    a: (&Passage<'_>, usize),
    b: (&Passage<'_>, usize),
    strict: bool,
) -> bool {
    let words = |(passage, index): (&Passage<'_>, usize)| {
        passage.words(passage.range.start..passage.numbers[index].at.start)
    };
    let (first, second) = (words(a), words(b));
    let own = key::own_place(a.0.paper);
    let places = |words: &str| -> Vec<String> {
        key::places(words).into_iter().filter(|p| Some(p.as_str()) != own).collect()
    };
    let (here, there) = (places(&first), places(&second));
    let place = here == there || (!strict && (here.is_empty() || there.is_empty()));
    let year = key::year(&first, None);
    let other = key::year(&second, None);
    let same_year = year == other || (!strict && (year.is_none() || other.is_none()));
    let known = |words: &str| key::period(words).replace("全年", "");
    place && same_year && known(&first) == known(&second)
}

/// Words by which what came before is counted as well.
const CARRIED: &[&str] = &["结转", "上年", "往年", "历年", "加上", "连同", "包括", "含"];

/// `开展集中整治12次。通过13次集中整治…`: the same thing counted right behind otherwise.
pub(super) fn counted_again(passages: &[Passage<'_>], at: usize, index: usize) -> Option<Mark> {
    const LEADS: &[&str] = &[
        "",
        "通过",
        "全部",
        "经过",
        "依托",
        "全镇",
        "全县",
        "全乡",
        "全村",
        "我镇",
        "我县",
        "目前",
        "在",
        "对",
        "从",
        "如今",
        "上述",
        "这",
        "全街道",
        "辖区",
        "其中的",
        "全镇的",
        "所有",
        "但",
        "而",
    ];
    let passage = &passages[at];
    let number = &passage.numbers[index];
    let label = passage.label(index);
    let noun = passage.noun(index);
    let noun = noun.trim_start_matches('的').to_owned();
    let lead = label.trim_end_matches(['和', '及', '与']);
    let lead = if label.len() > lead.len() { "" } else { lead };
    if !LEADS.contains(&lead) || !plain(number) || number.per || noun.chars().count() < 2 {
        return None;
    }
    let line = before(passages, at);
    // A sentence without numbers may stand between.
    let told = line[..line.len() - 1].iter().rposition(|p| !p.numbers.is_empty());
    let first_of = told.unwrap_or(line.len() - 1);
    for (k, earlier) in line.iter().enumerate().skip(first_of) {
        let end = if k + 1 == line.len() { index } else { earlier.numbers.len() };
        // Members of one list are of several things, however alike their names begin.
        let listed = k + 1 == line.len() && passage.gap(index).contains('、');
        for other in (0..if listed { 0 } else { end }).rev() {
            let first = &earlier.numbers[other];
            if !first.is_alike(number) || first.unit != number.unit || !plain(first) {
                continue;
            }
            let (before, behind) = (earlier.label(other), earlier.noun(other));
            let run = shared(&before, &noun);
            // 29起案件全部办结, 19件立案案件全部做到: all of what was told are meant.
            let rest = noun.strip_prefix(run.as_str()).unwrap_or_default();
            let every = (0..=2).any(|skip| {
                let rest: String = rest.chars().skip(skip).collect();
                EVERY.iter().any(|word| rest.starts_with(word))
            }) && !has_any(&passage.words(passage.range.clone()), CARRIED);
            let few = number.value < Decimal::from(100) && number.size <= Decimal::ONE;
            let least = if few && !every { 3 } else { 2 };
            let at_end = run.chars().count() >= least
                && (before.ends_with(&run) || every && before.contains(&run))
                && noun.starts_with(&run);
            let same = shared(&behind, &noun);
            // 全镇14所学校 is of all of them, and so is 16所学校 behind it.
            let least = if is_all(&before) { 2 } else { 4 };
            let at_start = same.chars().count() >= least
                && behind.trim_start_matches('的').starts_with(&same)
                && noun.starts_with(&same);
            let scope = ["其中", "新增", "去年", "上年", "计划", "目标", "累计", "每"];
            let told = format!("{label}{noun}");
            let part = scope.iter().any(|word| before.contains(word) != told.contains(word))
                || has_any(&earlier.gap(other), &["其中", "、"]);
            if !(at_end || at_start) || part {
                continue;
            }
            // The same value anywhere, or the sum of several, is what is meant.
            let values: Vec<&Number> = line
                .iter()
                .flat_map(|p| p.numbers.iter())
                .filter(|n| n.is_alike(number) && n.at != number.at)
                .collect();
            let told = values.iter().any(|n| n.value == number.value) || is_sum(&values, number);
            let gap = (first.value - number.value).abs();
            let digits = |n: &Number, p: &Passage<'_>| {
                let mut digits: Vec<char> =
                    p.words(n.at.clone()).chars().filter(char::is_ascii_digit).collect();
                digits.sort_unstable();
                digits
            };
            let mixed = first.size == number.size
                && digits(first, earlier).len() >= 2
                && digits(first, earlier) == digits(number, passage);
            // 6艘冲锋舟、4台发电机状态良好,但2.9万只编织袋: the others are told again as they were.
            let half = first.value.checked_div(Decimal::TWO)?;
            let echoed = k + 1 < line.len() && number.value > first.value && gap <= half && {
                let said = |n: &Number| {
                    n.value >= Decimal::TWO && !n.unit.is_empty() && n.value != number.value
                };
                passage.numbers[..index].iter().any(|n| {
                    said(n) && earlier.numbers.iter().any(|o| o.is_kin(n) && o.value == n.value)
                })
            };
            let slip = echoed
                || mixed
                || gap <= Decimal::from(3)
                || gap.checked_mul(Decimal::TEN)? <= first.value;
            let known = first.extent.meets(number.extent);
            let scene =
                k + 1 == line.len() || is_one_scene((earlier, other), (passage, index), false);
            let part = is_share(passage, index, first);
            return (!told && slip && !known && scene && !part)
                .then(|| mark(passage, first, number));
        }
    }
    None
}
