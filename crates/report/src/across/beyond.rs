//! What was done in a part of a time, and is more than what was done in all of it: 上半年发展党员15名 and
//! 全年发展党员11名.

use figure::Class;

use super::mention::Mention;
use super::words::{DONE, THERE_IS};

/// Whether the first statement is of a part of the time of the second one, says the same in the
/// same words, and is larger.
pub(super) fn is_beyond(part: &Mention, whole: &Mention) -> bool {
    let (short, long) = (part.window, whole.window);
    let is_within = short != long && short.from() >= long.from() && short.to() <= long.to();
    let is_begun = short.from() == long.from() && short.from() != short.to();
    let is_plain = !part.change && !whole.change && part.feast.is_none() && whole.feast.is_none();
    is_within
        && is_begun
        && is_plain
        && is_one_thing(part, whole)
        && part.extent.is_over(&whole.extent)
}

/// Whether both have the same key by their words, and those say that something was done.
fn is_one_thing(part: &Mention, whole: &Mention) -> bool {
    let Some(words) = part.subject().filter(|_| part.worded == whole.worded) else { return false };
    let is_amount = part.class().is_none_or(|class| !matches!(class, Class::Share | Class::Rank));
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    is_amount && !part.vague && says(DONE) && !says(THERE_IS)
}
