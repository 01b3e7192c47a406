//! A change whose earlier value stands sentences before or behind it: 2023年接待游客42.6万人次。…。2024年接待
//! 51.8万人次,增长28.1%; 出栏生猪18.6万头,比上年增加2.4万头。…。去年出栏生猪17.2万头.

use ::figure::Class;

use super::bare::only_changes;
use super::yearly::{is_mean, is_real, is_rebased, year_in};
use super::{fits_direction, gives, marked};
use crate::figure::reading::alike::{common, named_apart};
use crate::figure::reading::change::change;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words by which one of the values is of a part of a year, or of some of what is counted.
const OTHER: &[&str] = &[
    "其中",
    "季度",
    "累计",
    "计划",
    "目标",
    "任务",
    "预计",
    "口径",
    "可比",
    "环比",
    "增幅",
    "增速",
    "亏",
    "分别",
    "前年",
    "上月",
    "下降到",
    "较年初",
    "比年初",
];
/// Words for the year before the one that a text is of.
const EARLIER: &[&str] = &["去年", "上年", "上一年", "同期"];
/// Words of a part of a year, which both values or none have to be of.
const PARTS: &[&str] = &["半年", "季度", "月"];

/// Marks a change that its own value and that of the year before do not give.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let new = index.checked_sub(1)?;
    let (after, number) = (&numbers[new], &numbers[index]);
    let way = change(&passage.label(index)).filter(|_| number.is_exact() && after.is_exact())?;
    let relative = number.is(Class::Share) && !after.is(Class::Share);
    if !(relative || number.is_kin(after)) || !is_level(passage, new) || number.per {
        return None;
    }
    // The words of a value back to where its sentence begins.
    let told = |i: usize| {
        let gap = passage.words(passage.range.start..numbers[i].at.start);
        gap.rsplit(['。', '\n']).next().unwrap_or_default().to_owned()
    };
    let own = told(new);
    let (year, part) = (year_in(&own), |words: &str| has_any(words, PARTS));
    let is_before = |i: &usize| {
        // What kind of number it is costs less to see than its words, which are copied.
        let is_like = ![new, index].contains(i)
            && numbers[*i].is_kin(after)
            && numbers[*i].kind == after.kind
            && numbers[*i].is_exact()
            && numbers[*i].per == after.per
            && is_level(passage, *i);
        if !is_like {
            return false;
        }
        let words = told(*i);
        let (from, to) = ((*i).min(new), (*i).max(index));
        let earlier = match (year, year_in(&words)) {
            (Some(year), Some(before)) => before + 1 == year,
            _ => has_any(&words, EARLIER),
        };
        let clause = passage.gap(*i);
        let clause = clause.rsplit(['。', '\n']).next().unwrap_or_default();
        earlier
            && passage.between(from, to).contains(['。', '\n'])
            && (has_any(clause, EARLIER) || year_in(clause).is_some())
            && part(&words) == part(&own)
    };
    let olds: Vec<usize> = (0..numbers.len()).filter(is_before).collect();
    let [old] = olds.as_slice() else { return None };
    let (a, b) = (passage.label(*old), passage.label(new));
    let before = &numbers[*old];
    let words = format!("{}{}{}", told(*old), passage.gap(new), passage.gap(index));
    let fits = common(&a, &b) >= 2
        && !named_apart(&a, &b)
        && only_changes(passage, new, index)
        && !has_any(&words, OTHER)
        && !is_mean(&passage.gap(index))
        && !is_rebased(passage, index)
        && !is_real(passage, index)
        && fits_direction(before, after, way)
        && !gives(before, after, number, way);
    fits.then(|| marked(passage, before, after, number))?
}

/// Whether a number is a value, and no change of one.
fn is_level(passage: &Passage<'_>, index: usize) -> bool {
    let number = &passage.numbers[index];
    // 平均亩产 is a value as well, beside another one.
    let once = Number { per: false, ..number.clone() };
    let plain = once.is_amount() || number.is(Class::Share) && number.direction.is_none();
    plain && change(&passage.label(index)).is_none() && !number.unit.is_empty()
}
