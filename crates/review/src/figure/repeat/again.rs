//! A thing that is counted again right behind, or named again further on, with another number.

use ::figure::{Class, Decimal};

use super::echo::{before, is_all, is_share, is_sum, mark, plain};
use super::retold::EVERY;
use crate::figure::reading::alike::{bare, shared};
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::scope::{NAMED, SCOPE};
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

/// The words that touch a number on both sides, without scope words; `None` where it is of a
/// part, of another time or of a plan.
fn touching(passage: &Passage<'_>, index: usize) -> Option<(String, String)> {
    const OWN: &[&str] = &[
        "还",
        "增",
        "上半年",
        "下半年",
        "月",
        "前",
        "后",
        "对",
        "已完成",
        "年初",
        "年底",
        "年末",
        "从",
        "由",
        "到",
        "至",
    ];
    let (label, noun) = (passage.label(index), passage.noun(index));
    let gap = passage.gap(index);
    let listed = gap.contains('、') || passage.gap(index + 1).starts_with('、');
    let noun = noun.trim_start_matches('的').to_owned();
    (![SCOPE, NAMED, OWN].iter().any(|words| has_any(&label, words))
        && !has_any(&noun, &["增", "减", "其中", "左右"])
        && !listed)
        .then_some((label, noun))
}

/// `完成危房改造86户…完成了96户危房改造`: the same words touch both numbers.
pub(super) fn named_again(passages: &[Passage<'_>], at: usize, index: usize) -> Option<Mark> {
    let passage = &passages[at];
    let number = &passage.numbers[index];
    if !plain(number) || number.per || number.value < Decimal::TWO {
        return None;
    }
    let (label, noun) = touching(passage, index)?;
    let line = before(passages, at);
    let values: Vec<&Number> = line
        .iter()
        .flat_map(|p| p.numbers.iter())
        .filter(|n| n.is_alike(number) && n.at != number.at)
        .collect();
    if values.iter().any(|n| n.extent.meets(number.forgiving())) || is_sum(&values, number) {
        return None;
    }
    for earlier in line[..line.len() - 1].iter().rev() {
        for (other, first) in earlier.numbers.iter().enumerate() {
            if !first.is_kin(number)
                || first.counter != number.counter
                || !plain(first)
                || first.per
            {
                continue;
            }
            let Some((before, behind)) = touching(earlier, other) else { continue };
            let pairs = [
                (&before, &noun, true, false),
                (&before, &label, true, true),
                (&behind, &noun, false, false),
                (&behind, &label, false, true),
            ];
            let named = pairs.iter().any(|(a, b, a_ends, b_ends)| {
                let run = shared(a, b);
                let touch = |words: &str, ends: bool| {
                    if ends { words.ends_with(&run) } else { words.starts_with(&run) }
                };
                // 中心小学现有教师 and 镇中学现有教师 begin otherwise.
                let lead = |words: &str, ends: bool| {
                    ends.then(|| words.strip_suffix(&run).map(bare)).flatten()
                };
                let (x, y) = (lead(a, *a_ends), lead(b, *b_ends));
                let alike = match (*a_ends, *b_ends) {
                    (true, true) => x == y || x.as_deref() == Some("") || y.as_deref() == Some(""),
                    _ => true,
                };
                let least = if number.is(Class::Share) { 3 } else { 4 };
                run.chars().count() >= least && touch(a, *a_ends) && touch(b, *b_ends) && alike
            });
            let third = first.value.checked_mul(Decimal::new(3, 1))?;
            let near = (first.value - number.value).abs() <= third;
            let among = |p: &Passage<'_>, i: usize| {
                p.words(p.range.start..p.numbers[i].at.start).contains("其中")
            };
            let scene = is_one_scene((earlier, other), (passage, index), true)
                && !is_share(passage, index, first)
                && !among(earlier, other)
                && !among(passage, index);
            if named && near && scene {
                return Some(mark(passage, first, number));
            }
        }
    }
    None
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
