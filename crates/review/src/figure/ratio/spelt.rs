//! Shares of which the numbers stand behind, or of which the words repeat what was done.

use super::portion::share_of;
use crate::figure::ratio::usable;
use crate::figure::reading::change::change;
use crate::figure::reading::passage::{Passage, has_any};

/// `占一般公共预算收入的65%,一般公共预算收入为2.8亿元`: the whole is told behind its share.
pub(super) fn told_after(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let (part, whole) = (index.checked_sub(1)?, index + 1);
    let numbers = &passage.numbers;
    let label = passage.label(index);
    let named = label.find('占').and_then(|at| share_of(&label[at..]))?;
    let fits = named.chars().count() >= 3
        && numbers.get(whole).is_some_and(|n| usable(n) && n.is_alike(&numbers[part]))
        && usable(&numbers[part])
        && passage.label(whole).starts_with(&named)
        && passage.gap(whole).matches([',', '，']).count() == 1;
    fits.then_some((part, whole))
}

/// `摸排600万元,已归还400万元,还清了四分之三`: the share repeats what was done.
pub(super) fn told_of_both(
    passage: &Passage<'_>,
    index: usize,
    label: &str,
) -> Option<(usize, usize)> {
    const FRAME: &[&str] =
        &["达到", "达", "了", "已", "约", "为", "超过", "率", "比例", "近", "的"];
    let part = index.checked_sub(1)?;
    let whole = part.checked_sub(1)?;
    let numbers = &passage.numbers;
    let bare = FRAME.iter().fold(label.to_owned(), |rest, word| rest.replace(word, ""));
    let done = passage.around(part);
    let verb = bare.chars().any(|c| done.contains(c)) && (1..=3).contains(&bare.chars().count());
    let share = label.ends_with('了')
        || label.ends_with("比例")
        || label.ends_with("比例达")
        || label.ends_with("比例为")
        || label.ends_with("率达")
        || label.ends_with("率为");
    let near = passage.gap(index).matches([',', '，', '。', ';', '；']).count() <= 1
        && passage.between(whole, part).matches(['。', ';', '；']).count() == 0
        && passage.between(whole, part).matches([',', '，']).count() <= 2;
    let plain = ["同比", "去年", "上年", "较", "比上", "新增", "人均", "未"];
    let fits = verb
        && change(label).is_none()
        && share
        && near
        && usable(&numbers[part])
        && usable(&numbers[whole])
        && numbers[part].is_alike(&numbers[whole])
        && numbers[part].kind == numbers[whole].kind
        && numbers[part].rounded().low <= numbers[whole].rounded().high
        && !has_any(&done, &plain)
        && !has_any(&passage.around(whole), &plain);
    fits.then_some((part, whole))
}
