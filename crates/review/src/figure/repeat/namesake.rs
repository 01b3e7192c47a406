//! The same name right before two numbers: 理论学习中心组集体学习12次, 中心组集体学习达到14次.

use super::renamed::is_year_over;
use super::resembling::{content, held};
use super::told::{Told, is_mixed};
use crate::figure::reading::key;

/// Characters of a name that tell a thing apart from others, and of a name that needs nothing else.
const LEAST: usize = 4;
const LONG: usize = 6;
/// Characters of a name that says what it is of wherever it stands: 规模以上工业增加值.
const FULL: usize = 8;

/// Words that begin a sentence and name nothing.
const OPENING: &[&str] = &[
    "虽然", "尽管", "但", "而", "回顾", "本人", "我", "截至", "通过", "对", "将", "由", "经", "及",
    "使", "牵头", "带队", "认为",
];

/// Whether two numbers have one name, and nothing before it says that they are of two things.
pub(super) fn is_namesake(first: &Told<'_, '_>, later: &Told<'_, '_>) -> bool {
    let long = first.name.iter().zip(&later.name).take_while(|(a, b)| a == b).count();
    let name: String = later.name[..long].iter().rev().collect();
    if long < LEAST || !name.chars().all(char::is_alphanumeric) {
        return false;
    }
    // 比重由33%上升到34%: the first is what it was once. 截至三季度末 and 截至年底 are two days.
    let was =
        [first, later].iter().any(|told| told.before.contains(['由', '从', '比', '较', '占']));
    if was || is_year_over(&first.words_before(), &later.words_before()) {
        return false;
    }
    // 甲项目当年完成投资6.1亿元,…。乙项目,当年完成投资6.87亿元: what stands before tells whose it is.
    let parallel = [first, later].iter().all(|told| told.name.len() == long && !is_opening(told));
    let full = content(&name).len() >= FULL;
    if parallel && !full || !is_of_one_noun(first, later) || name.contains("其中") {
        return false;
    }
    let mixed = is_mixed(first, later);
    let bare: String = content(&name).into_iter().collect();
    let telling = bare.chars().count() >= LEAST && !key::is_general(&bare);
    let (own, its) = (free(later, long), free(first, long));
    let (here, there) = (sentence(later), sentence(first));
    let more = held(&own, &there).iter().filter(|held| !**held).count();
    let less = held(&its, &here).iter().filter(|held| !**held).count();
    // 石桥村粮食面积 and 粮食面积: what the first one has more may be what it is a part of.
    telling && more == 0 && (less == 0 || long >= LONG || mixed)
}

/// Whether what is counted is told behind both numbers alike, or behind neither: 安排384亿元救灾款.
fn is_of_one_noun(first: &Told<'_, '_>, later: &Told<'_, '_>) -> bool {
    let (a, b) = (content(&first.behind), content(&later.behind));
    let described = [first, later].iter().any(|told| told.behind.starts_with('的'));
    !described && (a.len() < 2 && b.len() < 2 || a.len() >= 2 && b.len() >= 2 && a[..2] == b[..2])
}

/// Whether the clause of a number opens its sentence.
fn is_opening(told: &Told<'_, '_>) -> bool {
    told.words_before().trim_start() == told.before
}

/// What stands before the name that two numbers have in common.
fn free(told: &Told<'_, '_>, long: usize) -> Vec<char> {
    let words: String = told.name[long..].iter().rev().collect();
    let words = OPENING.iter().fold(words, |words, word| words.replace(word, ""));
    content(&words)
}

fn sentence(told: &Told<'_, '_>) -> Vec<char> {
    content(&format!("{}{}", told.words_before(), told.behind))
}
