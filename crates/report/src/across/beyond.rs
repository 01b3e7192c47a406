//! What was done in a part of a time, and is more than what was done in all of it: 上半年发展党员15名 and
//! 全年发展党员11名.

use figure::Class;

use super::mention::Mention;

/// Words of what is done or happens, of which a longer time never has less.
const DONE: [&str; 27] = [
    "新增",
    "新建",
    "新发展",
    "新招",
    "受理",
    "发展",
    "化解",
    "调解",
    "办理",
    "发放",
    "建成",
    "开展",
    "签约",
    "引进",
    "发生",
    "接待",
    "改造",
    "召开",
    "举办",
    "组织",
    "培训",
    "排查",
    "查处",
    "救助",
    "硬化",
    "清理",
    "植树",
];
/// Words of what there is, which may become less, and of what is left when some went.
const THERE_IS: [&str; 12] =
    ["现有", "共有", "在册", "存栏", "余额", "登记", "净增", "净", "剩余", "尚", "未", "在建"];

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
    is_amount && !part.vague && says(&DONE) && !says(&THERE_IS)
}
