//! One finding in place of hundreds.

use pack::ReviewRule;

use crate::finding::Mark;

/// Beyond the limit of the rule the places become one finding at the first of them: a habit of
/// a whole text is one thing to mend.
pub(super) fn several(
    mut marks: Vec<Mark>,
    rule: &ReviewRule,
    message: impl Fn(usize) -> String,
) -> Vec<Mark> {
    if marks.len() > limit(rule) {
        let count = marks.len();
        marks.truncate(1);
        for mark in &mut marks {
            mark.message = message(count);
        }
    }
    marks
}

/// One finding for all places of one habit: the first, with the others beside it.
pub(super) fn once(marks: impl IntoIterator<Item = Mark>) -> Option<Mark> {
    let mut marks = marks.into_iter();
    let first = marks.next()?;
    let also: Vec<_> = marks.map(|mark| mark.at).collect();
    let more = match also.len() {
        0 => String::new(),
        count => format!(";另有{count}处"),
    };
    Some(Mark { also, message: format!("{}{more}", first.message), ..first })
}

/// The limit of the rule as a count; none where the definition has none.
pub(super) fn limit(rule: &ReviewRule) -> usize {
    rule.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
}
