//! A number with the words that touch it, as the readings of what is told again hold it against
//! others.

use ::figure::{Class, Decimal};

use super::renamed::{label_beside, name, unscoped};
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::paper::Paper;

/// A number with the words that touch it.
pub(super) struct Told<'n, 'p> {
    pub(super) passage: &'n Passage<'p>,
    pub(super) at: usize,
    pub(super) index: usize,
    pub(super) number: &'n Number,
    pub(super) before: String,
    pub(super) behind: String,
    /// The words around the number without those of scope, with a break where it stands.
    pub(super) text: Vec<char>,
    /// The same from its end, so that what stands before a number is compared from there.
    pub(super) turned: Vec<char>,
    /// The name before the number, from its end.
    pub(super) name: Vec<char>,
    pub(super) digits: Vec<char>,
    /// The words before the number of another kind that stands right before this one: 34户 in
    /// 34户89人.
    pub(super) beside: Option<String>,
}

impl Told<'_, '_> {
    /// The number right before this one.
    pub(super) fn anchor(&self) -> Option<&Number> {
        self.index.checked_sub(1).map(|before| &self.passage.numbers[before])
    }

    pub(super) fn words_before(&self) -> String {
        self.passage.words(self.passage.range.start..self.number.at.start)
    }
}

pub(super) fn without(words: &str, others: &[&str]) -> String {
    let words = others.iter().fold(words.to_owned(), |words, other| words.replace(other, ""));
    words.chars().filter(|c| !"共已了".contains(*c)).collect()
}

/// Words without the quotation marks that part the name of a thing: “散乱污”企业.
fn unquoted(words: &str) -> String {
    words.replace(['“', '”', '"', '‘', '’', '《', '》'], "")
}

/// Whether a number is 一 in words, which counts nothing: 签约一个、落地一个.
pub(super) fn spelt_one(paper: &Paper, number: &Number) -> bool {
    number.value == Decimal::ONE && paper.chars.get(number.at.start) == Some(&'一')
}

/// All numbers of a text that are told once of one thing.
pub(super) fn read<'n, 'p>(paper: &Paper, passages: &'n [Passage<'p>]) -> Vec<Told<'n, 'p>> {
    let mut told = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        for (index, number) in passage.numbers.iter().enumerate() {
            let days = number.is(Class::Days) && passage.label(index).contains("天数");
            let told_once = number.is_amount() || number.is(Class::Share) || days;
            let plain = told_once
                && (number.direction.is_none() || number.is(Class::Share))
                && number.is_exact()
                && !number.unit.is_empty();
            if plain {
                // What is named in a row, 华山松、旱冬瓜1800亩, is of all the names.
                let gap = passage.gap(index);
                let clause = gap.rsplit(|c: char| ",，;；:：。(（".contains(c)).next();
                let before = unquoted(clause.unwrap_or_default().trim());
                let behind = unquoted(&passage.noun(index));
                let text = unscoped(&format!("{before}\n{behind}"));
                let text: Vec<char> = text.chars().collect();
                let turned = text.iter().rev().copied().collect();
                let name = name(&before, &behind);
                let digits = number.digits(paper);
                told.push(Told {
                    passage,
                    at,
                    index,
                    number,
                    before,
                    behind,
                    text,
                    turned,
                    name,
                    digits,
                    beside: label_beside(passage, index),
                });
            }
        }
    }
    told
}

/// The levels of government that words may be of all of.
const LEVELS: &[&[&str]] = &[
    &["全国"],
    &["全省", "我省"],
    &["全市", "我市"],
    &["全县", "我县", "全区", "我区", "全旗"],
    &["全镇", "我镇", "全乡", "我乡", "全街道"],
    &["全村", "我村", "全社区"],
];

/// Which of them is that of a county.
const COUNTY: usize = 3;

/// Whether two numbers are of all of two places, of which one is a part of the other.
pub(super) fn is_of_other_level(a: &str, b: &str) -> bool {
    are_apart(level(a), level(b))
}

/// Whether two levels of government are told and are two.
pub(super) fn are_apart(a: Option<usize>, b: Option<usize>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b)
}

/// The level of government whose whole a number is of, by its words.
pub(super) fn level(words: &str) -> Option<usize> {
    let named = |words: &str| -> Option<usize> {
        let kinds = ["县区", "镇乡", "村"];
        let level = |place: &String| {
            let kind = place.chars().next_back()?;
            kinds.iter().position(|kinds| kinds.contains(kind)).map(|at| at + COUNTY)
        };
        let begun = |place: &&String| words.starts_with(place.as_str());
        key::places(words).iter().filter(begun).filter_map(level).max()
    };
    // 东山镇 beside 全县 is one of its towns.
    let own = LEVELS.iter().position(|level| has_any(words, level));
    own.or_else(|| named(words))
}

/// Whether two values may be one with a slip: digits mixed up, or not far apart.
pub(super) fn is_slip(a: &Told<'_, '_>, b: &Told<'_, '_>) -> bool {
    let (small, large) = if a.number.value < b.number.value { (a, b) } else { (b, a) };
    let near = small.number.value.checked_mul(Decimal::new(15, 1));
    !a.number.forgiving().meets(b.number.forgiving())
        && (is_mixed(a, b) || near.is_some_and(|most| most >= large.number.value))
}

/// Few things may be counted otherwise each time; 4.2公里 are measured.
pub(super) fn is_many(number: &Number) -> bool {
    number.value >= Decimal::from(5) || !number.value.fract().is_zero()
}

/// Whether a tenth parts two values, of a hundred and more.
pub(super) fn is_close(a: &Told<'_, '_>, b: &Told<'_, '_>) -> bool {
    let gap = (a.number.value - b.number.value).abs();
    gap.checked_mul(Decimal::TEN).is_some_and(|gap| gap <= a.number.value)
        && a.number.value >= Decimal::ONE_HUNDRED
}

pub(super) fn is_mixed(a: &Told<'_, '_>, b: &Told<'_, '_>) -> bool {
    a.number.size == b.number.size && a.digits.len() >= 2 && a.digits == b.digits
}

/// Whether two numbers of one kind are told in one unit.
pub(super) fn is_in_unit(a: &Told<'_, '_>, b: &Told<'_, '_>) -> bool {
    a.number.counter == b.number.counter || a.number.unit == b.number.unit
}
