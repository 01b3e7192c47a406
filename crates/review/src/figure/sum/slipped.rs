//! Rows that make a total but for a slip of the pen, in whatever words and order the two are told:
//! 共争取资金386.5万元,…:渠道清淤142万元;山坪塘168.5万元;饮水管网96万元.
//!
//! That three or more numbers miss a total by one digit, or by two digits turned around, is nearly
//! proof that they were meant to make it. So the words need not say that the row is all there is;
//! it is enough that they do not say otherwise, and that no other reading of the numbers fits.

use ::figure::{Class, Decimal};

use super::axes::is_of_axis;
use super::complete::{ASIDE, is_aside, is_read_otherwise};
use super::disjoint::is_twofold;
use super::kinds::ATTRIBUTES;
use super::marked::marked;
use super::partitions::is_plain_partition;
use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::role::{self, Way};
use crate::figure::reading::slip::is_slip;
use crate::finding::Mark;

/// The most characters between a total and the end of its row.
const REACH: usize = 140;

/// Words by which a number is of another time, of another whole, or of all again.
const NOT: &[&str] = &[
    "计划", "目标", "任务", "预算", "应", "年初", "原有", "结转", "总", "共", "全", "带动", "撬动",
    "惠及", "涉及", "最", "达到",
];

/// Words by which more is left than the row tells.
const MORE: &[&str] =
    &["等", "主要", "重点", "其余", "其他", "其它", "剩余", "另有", "此外", "还有", "部分", "左右"];

/// Words by which only some of the parts are told.
const SOME: &[&str] = &["主要", "重点", "部分", "左右", "新增", "以上", "同比", "加上"];

/// Words that announce the whole row, whatever its parts are called.
const ANNOUNCED: &[&str] = &["分别", "依次", "如下", "构成", "组成", "分为", "类", "块", "大"];

/// Words of a total that is told behind its row.
const SUMMED: &[&str] = &[
    "共",
    "合计",
    "总",
    "累计",
    "全年",
    "加起来",
    "相加",
    "合起来",
    "全镇",
    "全县",
    "全乡",
    "全区",
    "全村",
    "全街道",
];

/// Marks a total that the row behind it or before it misses by one digit.
pub(super) fn find(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let total = &passage.numbers[whole];
    if !is_plain(total) || is_aside(passage, whole) {
        return None;
    }
    let behind = || {
        let row = |whole_row: bool| row_behind(passage, whole, whole_row);
        let short = row(false);
        of_row(passage, whole, &short).or_else(|| {
            let long = row(true);
            (long.len() > short.len()).then(|| of_row(passage, whole, &long)).flatten()
        })
    };
    let before = || of_row(passage, whole, &row_before(passage, whole)?);
    behind().or_else(before)
}

fn of_row(passage: &Passage<'_>, whole: usize, row: &[usize]) -> Option<Mark> {
    let total = &passage.numbers[whole];
    let (first, last) = (*row.first()?, *row.last()?);
    let labels = labels(passage, row);
    let known = is_plain_partition(&labels)
        || is_plain_partition(&leads(passage, row))
        || row.len() > 2 && is_of_axis(&labels);
    let announced = last > whole && is_announced(passage, first);
    let marks = is_of_marks(total, &labels) && !announced;
    if row.len() < 3 && !(known && row.len() == 2) || marks && !known {
        return None;
    }
    // 收进1860吨,出库2350吨 are no parts of what there was; a colon opens a row of parts.
    let ways: Vec<Way> = row.iter().map(|i| role::way(passage, *i)).collect();
    let opened = last > whole && passage.gap(first).contains([':', '：']);
    if !opened && ways.contains(&Way::In) && ways.contains(&Way::Out) {
        return None;
    }
    let parts: Vec<&Number> = row.iter().map(|i| &passage.numbers[*i]).collect();
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let gap = sum.checked_sub(total.value)?.abs();
    let near = gap.checked_mul(Decimal::from(6))? <= total.value && is_slip(sum, total.value);
    let fits = near
        && !is_open(passage, whole, row)
        && !is_inner(passage, whole, first)
        && !is_twofold(passage)
        && !is_alternating(&passage.label(whole), &labels)
        && !is_told(passage, sum, whole)
        && (first < whole || !is_read_otherwise(passage, whole, row));
    fits.then(|| marked(passage, total, &parts)).flatten()
}

/// Whether two things take turns in a row, one of them the total's: 小麦投保12.6万亩,理赔1.9万亩;玉米投保
/// 9.3万亩,理赔2.4万亩.
fn is_alternating(total: &str, labels: &[String]) -> bool {
    let [first, second, third, ..] = labels else { return false };
    common(first, third) >= 2
        && common(second, total) >= 2
        && common(first, second) < 2
        && common(first, total) < 2
}

fn is_plain(number: &Number) -> bool {
    number.is_amount() && number.is_exact() && !number.unit.is_empty()
}

/// The numbers of a total's kind right behind it, each in a clause of its own; shares, changes,
/// what brackets add and what counts something else may stand between.
///
/// A row of 、 ends where a comma stands, unless it is tried with what follows: 卫生院96人、48人,乡村76人.
fn row_behind(passage: &Passage<'_>, whole: usize, on: bool) -> Vec<usize> {
    let numbers = &passage.numbers;
    let total = &numbers[whole];
    let mut row: Vec<usize> = Vec::new();
    for (index, number) in numbers.iter().enumerate().skip(whole + 1) {
        if is_beside(passage, index, whole, row.first().copied()) {
            continue;
        }
        let last = row.last().copied().unwrap_or(whole);
        let between = passage.between(last, index);
        let stops = between.matches('。').count() > usize::from(row.is_empty());
        let far = number.at.end > total.at.end + REACH;
        // 96人、104人、101人;教职工41人: a row of 、 ends where a comma stands.
        let gap = passage.gap(index);
        let joined = |index: &usize| passage.gap(*index).contains('、');
        let ended =
            !on && row.iter().skip(1).any(joined) && !gap.contains(['、', '和', '及', '与']);
        if stops || far || ended || !is_part(passage, index, whole) {
            break;
        }
        row.push(index);
    }
    row
}

/// The same right before a total that its words call one.
fn row_before(passage: &Passage<'_>, whole: usize) -> Option<Vec<usize>> {
    let numbers = &passage.numbers;
    // 全年合计改造小区34个、惠及居民5216户: the word for a total stands before both.
    let last = numbers[..whole].iter().rev().find(|n| n.is_kin(&numbers[whole]))?;
    let lead = passage.words(last.at.end..numbers[whole].at.start);
    let own = lead.rsplit(['。', ';', '；']).next().unwrap_or_default();
    if !has_any(own, SUMMED) {
        return None;
    }
    let mut row: Vec<usize> = Vec::new();
    for index in (0..whole).rev() {
        if is_beside(passage, index, whole, None) {
            continue;
        }
        let next = row.last().copied().unwrap_or(whole);
        let stops =
            passage.between(index, next).matches('。').count() > usize::from(row.is_empty());
        let far = numbers[index].at.end + REACH < numbers[whole].at.start;
        if stops || far || !is_part(passage, index, whole) {
            break;
        }
        row.push(index);
    }
    row.reverse();
    Some(row)
}

/// Whether a number is none that is added: of another kind, a change, or told in brackets that the
/// total and its row stand outside of.
fn is_beside(passage: &Passage<'_>, index: usize, whole: usize, first: Option<usize>) -> bool {
    let (number, total) = (&passage.numbers[index], &passage.numbers[whole]);
    let label = passage.label(index);
    let inner = |other: usize| passage.bracket(index) != passage.bracket(other);
    let added = passage.bracket(index).is_some()
        && inner(whole)
        && first.map_or(!passage.gap(index).contains(['(', '（']), inner);
    !number.is_kin(total) || number.direction.is_some() || label.contains(['较', '比']) || added
}

/// Whether a number may be a part of a total.
fn is_part(passage: &Passage<'_>, index: usize, whole: usize) -> bool {
    let (number, total) = (&passage.numbers[index], &passage.numbers[whole]);
    // 全县列养国道58.3公里 begins the row with whose roads they are.
    let mut own = passage.label(index).replace("其中", "");
    for place in ["全县", "全镇", "全乡", "全市", "全区", "全村"] {
        own = own.replace(place, "");
    }
    // 涉及居民2384户 is a part of 惠及居民5216户.
    let concerned = ["涉及", "惠及"];
    if has_any(&passage.label(whole), &concerned) {
        own = concerned.iter().fold(own, |own, word| own.replace(word, ""));
    }
    is_plain(number)
        && number.kind == total.kind
        && number.value < total.value
        && !has_any(&own, ASIDE)
        && !has_any(&own, NOT)
}

/// The words before each part in its clause, or behind it where there are none.
fn labels(passage: &Passage<'_>, row: &[usize]) -> Vec<String> {
    let label = |at: usize| {
        let i = row[at];
        let from = if at == 0 { i.saturating_sub(1) } else { row[at - 1] };
        let gap = if at == 0 { passage.gap(i) } else { passage.between(from, i) };
        let own = gap.rsplit(|c| is_clause_mark(c) || c == '、').next().unwrap_or_default();
        format!("{own}{}", passage.noun(i))
    };
    (0..row.len()).map(label).collect()
}

/// All the words before each part up to the one before it, or to the beginning of its sentence: 上半年开工
/// 16个,涉及2384户.
fn leads(passage: &Passage<'_>, row: &[usize]) -> Vec<String> {
    let lead = |at: usize| match at.checked_sub(1) {
        Some(before) => passage.between(row[before], row[at]),
        None => {
            let words = passage.words(passage.range.start..passage.numbers[row[at]].at.start);
            words.rsplit('。').next().unwrap_or_default().to_owned()
        }
    };
    (0..row.len()).map(lead).collect()
}

/// Whether the words right before a row announce all of it: 四大群体的家底分别是.
fn is_announced(passage: &Passage<'_>, first: usize) -> bool {
    let lead = passage.gap(first);
    let lead = lead.rsplit('。').next().unwrap_or_default();
    let respective = ["分别为", "分别是", "依次为", "依次是"];
    lead.contains([':', '：']) && has_any(lead, ANNOUNCED)
        || respective.iter().any(|word| lead.ends_with(word))
}

/// Whether the labels are marks of which one person or thing may have several.
fn is_of_marks(total: &Number, labels: &[String]) -> bool {
    let people = matches!(total.class, Some(Class::Persons | Class::Households));
    people && labels.iter().any(|label| has_any(label, ATTRIBUTES) && !label.contains('岁'))
}

/// Whether the words before the row or right behind it leave something over.
fn is_open(passage: &Passage<'_>, whole: usize, row: &[usize]) -> bool {
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return true };
    let end = passage.numbers[*last].at.end;
    let tail: String = passage.words(end..passage.range.end).chars().take(10).collect();
    // 同比增长6.3% before the row says nothing of it.
    let lead = if *first > whole { passage.gap(*first) } else { passage.gap(whole) };
    has_any(&tail.replace("没有其他", "").replace("无其他", ""), MORE) || has_any(&lead, SOME)
}

/// Whether another number of the passage is what the row makes.
fn is_told(passage: &Passage<'_>, sum: Decimal, whole: usize) -> bool {
    let total = &passage.numbers[whole];
    passage.numbers.iter().any(|n| n.is_kin(total) && n.value == sum)
}

/// Whether a total is itself a part of a larger one, of which the row may be the other parts.
fn is_inner(passage: &Passage<'_>, whole: usize, first: usize) -> bool {
    let total = &passage.numbers[whole];
    let larger = passage.numbers[..whole].iter().any(|n| n.is_kin(total) && n.value > total.value);
    larger && (first < whole || !passage.between(whole, first).contains(['(', '（', ':', '：']))
}
