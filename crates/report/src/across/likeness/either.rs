//! Words of which two statements of one figure have to share one where both have any.

use super::super::words::EITHER;
use super::held;

/// The words of each group of [`EITHER`] that others hold.
pub(super) fn either(words: &str) -> Vec<Vec<&'static str>> {
    EITHER.iter().map(|group| held(&[group], &words.replace("农民", "农村"))).collect()
}

/// Whether two have words of one group and none of them in common.
pub(super) fn differ(one: &[Vec<&str>], two: &[Vec<&str>]) -> bool {
    !one.iter().zip(two).all(|(own, its)| {
        own.is_empty() || its.is_empty() || own.iter().any(|word| its.contains(word))
    })
}

/// Whether the words before two figures say that they are of different things: 农村低保对象 and
/// 城市低保对象.
pub(in crate::across) fn are_apart(one: &str, two: &str) -> bool {
    differ(&either(one), &either(two))
}
