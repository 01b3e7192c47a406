//! A share or a multiple of what its own words name: 是上年同期的3.5倍, 占已签约重点人群的95.9%.

use ::figure::{Class, Decimal, decimal_text};

use super::is_of_siblings;
use crate::figure::reading::alike::{bare, shared};
use crate::figure::reading::change::{change, is_reached, is_start};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words between a part and what it is a share or a multiple of.
const OF: &[&str] = &["相当于", "占到", "占", "是", "为", "达到", "达"];
/// Words of what is to be reached, of which there may be several.
const PLANNED: &[&str] = &["计划", "任务", "目标", "预算"];
/// Words by which a plan is of a part of what there is to do.
const SPANS: &[&str] = &["年度", "全年", "上半年", "季度", "阶段", "当年", "总", "调整"];
/// Words for the time that something began at.
const EARLY: &[&str] = &["年前", "原来", "以前", "过去", "当初", "改革前"];
/// Characters that name a thing.
const NAMED: usize = 2;
/// Numbers before a share of which one may be what it is of.
const NEAR: usize = 12;
/// Longest words for what something is a share of.
const LONGEST: usize = 20;

/// `到位资金18.9亿元,上年同期仅为6.3亿元,是上年同期的3.5倍`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let said = &passage.numbers[index];
    let (subject, of) = words(passage, index)?;
    let near = index.saturating_sub(NEAR)..index;
    // 比2020年增加30万元 is how much more it is, and no value of 2020.
    let is_value =
        |i: &usize| is_plain(&passage.numbers[*i]) && change(&passage.label(*i)).is_none();
    let amounts: Vec<usize> = near.filter(is_value).collect();
    let likeness = |words: &str, at: usize| {
        let own = format!("{}{}", passage.label(at), passage.noun(at));
        shared(words, &own).chars().filter(|c| *c != '的').count()
    };
    let long = of.chars().filter(|c| *c != '的').count();
    let (base, named_in) = match (began(passage, &amounts), has_any(&of, EARLY)) {
        (Some(base), true) => (base, long),
        _ => {
            let base = *amounts.iter().max_by_key(|at| (likeness(&of, **at), **at))?;
            (base, likeness(&of, base))
        }
    };
    // 年度计划 is none of 项目计划投资, and what each of a row has of its own is told of none of them.
    let own = passage.label(base);
    let other = SPANS.iter().any(|word| of.contains(word) && !own.contains(word));
    let least = if has_any(&of, PLANNED) && other { NAMED.max(long - 1) } else { NAMED };
    if named_in < least || is_of_siblings(passage, index, base) {
        return None;
    }
    let whole = &passage.numbers[base];
    let kin = || amounts.iter().copied().filter(|at| passage.numbers[*at].is_kin(whole));
    let mut parts = kin().filter(|at| *at != base);
    let named = kin().rfind(|at| *at != base && likeness(&subject, *at) >= NAMED);
    let part = named.or_else(|| parts.next_back().filter(|_| bare(&moved(&subject)).is_empty()))?;
    // Any two of them that give it leave nothing to say, whichever the words mean.
    let fits = |a: usize, b: usize| {
        a != b && is_given(&passage.numbers[a], &passage.numbers[b], said).unwrap_or(true)
    };
    if kin().any(|a| kin().any(|b| fits(a, b))) {
        return None;
    }
    // Right behind the whole itself the words have to name it fully: 农民党员720名,占农村党员的84%.
    if base > part && subject.is_empty() && named_in < long {
        return None;
    }
    let own = &passage.numbers[part];
    let hundred = if said.is(Class::Share) { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let told = own.value.checked_mul(hundred)?.checked_div(whole.value)?;
    let three = Decimal::from(3);
    let near = told.checked_mul(three)? >= said.value && said.value.checked_mul(three)? >= told;
    near.then(|| {
        let shown = decimal_text(told.round_dp(said.value.scale().max(2)));
        let unit = if said.is(Class::Share) { "%" } else { "倍" };
        let words = |number: &Number| passage.words(number.at.clone());
        let message = format!(
            "{}÷{}={shown}{unit},不是{};请核对比例或两个数",
            words(own),
            words(whole),
            words(said)
        );
        said.mark(passage.paper, message, &[whole, own])
    })
}

/// Words without those for how something moved: 三年间扩大为原来的4倍 names nothing before 原来.
fn moved(subject: &str) -> String {
    const MOVED: &[&str] =
        &["扩大", "增加", "提高", "增长", "三年间", "两年间", "五年间", "几年间", "已经", "已"];
    MOVED.iter().fold(subject.to_owned(), |rest, word| rest.replace(word, ""))
}

/// The first of the last two amounts where the words lead from the one to the other: 由4个增加到12个.
fn began(passage: &Passage<'_>, amounts: &[usize]) -> Option<usize> {
    let [.., old, new] = amounts else { return None };
    (is_start(&passage.label(*old)) && is_reached(&passage.label(*new))).then_some(*old)
}

/// What stands before the word for a share in its clause, and what it is a share of.
pub(super) fn words(passage: &Passage<'_>, index: usize) -> Option<(String, String)> {
    let label = passage.label(index);
    let label = label.strip_suffix('的')?;
    let found = OF.iter().filter_map(|word| Some((label.find(word)?, *word)));
    let (at, word) = found.min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))?;
    let (subject, of) = (&label[..at], &label[at + word.len()..]);
    let long = of.chars().count();
    (NAMED..=LONGEST).contains(&long).then(|| (subject.to_owned(), of.to_owned()))
}

fn is_plain(number: &Number) -> bool {
    let once = Number { per: false, ..number.clone() };
    once.is_amount() && number.is_exact() && !number.unit.is_empty() && number.value > Decimal::ZERO
}

/// Whether two numbers give a share, or a multiple: 3倍 is told of three and more, and never of four.
fn is_given(part: &Number, whole: &Number, said: &Number) -> Option<bool> {
    let quotient = part.rounded().over(whole.rounded())?;
    if said.is(Class::Share) {
        return Some(quotient.times(Extent::exact(Decimal::ONE_HUNDRED))?.meets(said.forgiving()));
    }
    if !said.value.fract().is_zero() {
        return Some(quotient.meets(said.forgiving()));
    }
    let exact = Extent::exact(part.value.checked_div(whole.value)?);
    Some(exact.meets(said.extent.widened(Decimal::new(94, 2))?))
}
