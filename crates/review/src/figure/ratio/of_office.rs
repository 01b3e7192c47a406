//! A share of what the whole office has, which another paragraph tells: 全镇现有党员632名, and
//! 35岁以下党员285名,占党员总数的48.1%.

use ::figure::{Class, Decimal};

use super::named::words;
use super::{untrue, usable};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;
use crate::office::{office_thing, whole_thing};

/// What an office has one number of: 占总投资的72% is of a project.
const WHOLES: &[&str] = &["党员", "人口", "农户", "干部", "企业"];
/// Bodies, places and gatherings that have a number of the same of their own.
const OTHERS: &[&str] = &[
    "村", "社区", "支部", "公司", "校", "小学", "中学", "园", "部门", "机关", "单位", "组织",
    "参加", "培训", "户籍", "常住", "其中", "普查", "时",
];
/// Words by which a whole is of another time or kind than what there is now.
const NOT_NOW: &[&str] = &["计划", "任务", "目标", "上年", "去年", "同期", "年初", "累计", "新增"];

/// Marks shares of a whole that the text tells once, by its own name, in another sentence.
pub(super) fn find(sentences: &[Passage<'_>]) -> Vec<Mark> {
    let shares = sentences.iter().flat_map(|passage| {
        let of = move |index| Some((passage, index, of(passage, index)?));
        (0..passage.numbers.len()).filter_map(of)
    });
    shares.filter_map(|(passage, index, name)| checked(sentences, passage, index, &name)).collect()
}

/// What the words of a share right behind its part say that it is of.
fn of(passage: &Passage<'_>, index: usize) -> Option<String> {
    let (share, part) = (&passage.numbers[index], &passage.numbers[index.checked_sub(1)?]);
    let fits = share.is(Class::Share) && share.direction.is_none() && usable(part);
    let (subject, of) = fits.then(|| words(passage, index))??;
    let lead = passage.words(passage.range.start..part.at.start);
    // What a clause before says may be of some of them only: 培训的党员中,女党员52名.
    let is_first = !lead.contains(is_clause_mark) && !lead.contains('年');
    let is_own = subject.is_empty() && !has_any(&lead, OTHERS) && !has_any(&of, NOT_NOW);
    let name = (is_first && is_own).then(|| whole_thing(&of).map(str::to_owned))??;
    WHOLES.contains(&name.as_str()).then_some(name)
}

fn checked(
    sentences: &[Passage<'_>],
    passage: &Passage<'_>,
    index: usize,
    name: &str,
) -> Option<Mark> {
    let part = &passage.numbers[index - 1];
    let wholes: Vec<&Number> =
        sentences.iter().flat_map(|other| told(other, name)).filter(|n| n.is_kin(part)).collect();
    let (whole, others) = wholes.split_first()?;
    let is_one = others.iter().all(|other| other.forgiving().meets(whole.forgiving()));
    let is_here = passage.range.contains(&whole.at.start);
    let is_part = whole.value > part.value && whole.value > Decimal::ZERO;
    (is_one && !is_here && is_part)
        .then(|| untrue(passage, &passage.numbers[index], (part, whole)))?
}

/// The numbers of a sentence that count all that the office has of a thing.
fn told<'p>(passage: &'p Passage<'_>, name: &'p str) -> impl Iterator<Item = &'p Number> {
    (0..passage.numbers.len()).filter_map(move |at| {
        let (label, number) = (passage.label(at), &passage.numbers[at]);
        let is_all = || office_thing(&label, &passage.noun(at)).is_some_and(|t| t.name == name);
        let is_total = || label.contains('总') && whole_thing(&label) == Some(name);
        (usable(number) && number.is_exact() && (is_all() || is_total())).then_some(number)
    })
}
