//! Words that make a number one of a part, of a plan or of another time.

use super::super::words::{NO_SCOPES, SCOPES, WIDE_SCOPES};
use super::super::{subject, when};
use super::{Form, Told};

/// The word of a part.
pub(super) const PART: &str = "其中";
/// The word of what was counted so far.
pub(in crate::across) const SO_FAR: &str = "累计";
/// The word of what is to be done.
const TASK: &str = "任务";

/// Those that the words of a statement hold; `dull` are words that say what its form says.
pub(super) fn scopes(told: &Told<'_>, words: &str, dull: &[&[&str]]) -> Vec<&'static str> {
    let scoped = match told.form {
        // 未发生 and 下降 are what it says itself.
        Form::Nothing | Form::Growth => subject::without(dull, words),
        _ => words.to_owned(),
    };
    let scoped = subject::without(&[NO_SCOPES], &scoped);
    // 2023年累计 is what there was in that year.
    let is_timed = when::is_of_a_time(told.thing);
    let is_of_time = when::is_part_of_time(words);
    let is_said = |word: &&str| (*word != SO_FAR || !is_timed) && (*word != PART || !is_of_time);
    // 造林任务1200亩 is what there is to do, unless it says that it was done.
    let is_task = told.around.0.trim_end().ends_with(TASK) && !told.thing.contains("完成");
    let task = is_task.then_some(TASK);
    let wide = held(&[WIDE_SCOPES], told.thing);
    held(SCOPES, &scoped).into_iter().filter(is_said).chain(task).chain(wide).collect()
}

/// Whether a number is one for each mu: 平均亩产 and 单产每亩.
pub(super) fn is_of_acre(words: &str) -> bool {
    ["亩产", "单产", "每亩"].iter().any(|word| words.contains(word))
}

/// Whether words make a number one of a part, of a plan or of another time.
pub(in crate::across) fn is_scoped(words: &str) -> bool {
    !held(SCOPES, &subject::without(&[NO_SCOPES], words)).is_empty()
}

/// Those of the words that others hold.
pub(super) fn held(lists: &[&[&'static str]], words: &str) -> Vec<&'static str> {
    lists.iter().copied().flatten().copied().filter(|word| words.contains(word)).collect()
}
