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

/// The limit of the rule as a count; none where the definition has none.
pub(super) fn limit(rule: &ReviewRule) -> usize {
    rule.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
}
