//! The two values of which one is told as last year's, with the change between them.

use super::growth::{change, is_level, only_changes};
use super::passage::{Passage, has_any};

/// `完成2400万元,较上年的2000万元增长20%`.
pub(super) fn compared(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let old = index.checked_sub(1)?;
    let gap = passage.gap(index);
    if gap.chars().count() > 6 || gap.contains(['。', ';', '；']) {
        return None;
    }
    let label = passage.label(old);
    let earlier =
        has_any(&label, &["上年", "去年", "同期", "年初", "前年", "上一年", "年的", "年同期"])
            && label.chars().any(|c| "较比".contains(c));
    if !earlier || change(&label).is_some() {
        return None;
    }
    let numbers = &passage.numbers;
    let new = (0..old)
        .rev()
        .find(|i| numbers[*i].is_alike(&numbers[old]) && change(&passage.label(*i)).is_none())?;
    (new + 1 == old).then_some((old, new))
}

/// `完成2.52亿元,同比增长20%,上年为2.1亿元`: the earlier value comes last.
pub(super) fn told_behind(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    const EARLIER: &[&str] = &["上年", "去年", "上一年", "上年同期", "去年同期", "同期"];
    let (new, old) = (index.checked_sub(1)?, index + 1);
    let numbers = &passage.numbers;
    let label = passage.label(old);
    let is_bare = EARLIER.iter().any(|word| {
        label.strip_prefix(word).is_some_and(|rest| {
            rest.trim_start_matches("同期").chars().all(|c| "为是仅完成达到实现数有".contains(c))
        })
    });
    let ok = numbers.get(old)?.is_alike(&numbers[new])
        && is_bare
        && !passage.gap(old).contains(['。', ';', '；'])
        && is_level(passage, new)
        && only_changes(passage, new, index);
    ok.then_some((old, new))
}

/// `去年接待50万人次,今年接待60万人次,增长20%`.
pub(super) fn by_year(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let new = index.checked_sub(1)?;
    let old = new.checked_sub(1)?;
    let numbers = &passage.numbers;
    let earlier = has_any(&passage.gap(old), &["去年", "上年", "上一年"]);
    let later = has_any(&passage.gap(new), &["今年", "本年", "当年"]);
    let plain = [old, new].iter().all(|i| change(&passage.label(*i)).is_none());
    (earlier
        && later
        && plain
        && numbers[old].is_alike(&numbers[new])
        && passage.gap(index).chars().count() <= 8)
        .then_some((old, new))
}
