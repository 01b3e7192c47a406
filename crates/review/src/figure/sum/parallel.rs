//! A total told in the same words as its parts: 东片查出隐患73处;西片查出隐患91处;全镇合计查出隐患164处.

use ::figure::Decimal;

use super::disjoint::is_twofold;
use super::marked::marked;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::sum::fits;
use crate::finding::Mark;

const SUM: &[&str] = &["合计", "共计", "总计", "加起来", "合起来", "总共", "一共", "累计"];

/// Words by which a number is of another time, or of some only.
const NOT: &[&str] =
    &["其中", "去年", "上年", "同比", "比", "较", "平均", "每", "均", "计划", "目标"];

/// Marks a total in the last part of a passage that the numbers of its name before it do not make.
pub(super) fn find(passage: &Passage<'_>, total: usize) -> Option<Mark> {
    let whole = &passage.numbers[total];
    let name = name(passage, total);
    if name.chars().count() < 2 || !whole.is_amount() || !whole.is_exact() {
        return None;
    }
    let lead = passage.words(passage.range.start..whole.at.start);
    let part = lead.rsplit([';', '；', '。', '\n']).next().unwrap_or_default();
    let start = whole.at.start - part.chars().count();
    let row: Vec<usize> = (0..total)
        .filter(|i| passage.numbers[*i].is_kin(whole) && self::name(passage, *i).ends_with(&name))
        .collect();
    let members: Vec<&Number> = row.iter().map(|i| &passage.numbers[*i]).collect();
    let apart =
        row.windows(2).all(|two| passage.between(two[0], two[1]).contains([';', '；', '。', '\n']));
    let first =
        row.first().map(|i| passage.words(passage.range.start..passage.numbers[*i].at.start))?;
    let plain = members.iter().all(|n| {
        n.is_amount()
            && n.is_exact()
            && n.kind == whole.kind
            && n.value < whole.value
            && n.at.end <= start
    });
    let words = format!("{part}{}", passage.words(members[0].at.start..whole.at.start));
    if members.len() < 2
        || !plain
        || !apart
        || !has_any(part, SUM)
        || has_any(&words, NOT)
        || has_any(&first, NOT)
        || is_twofold(passage)
        || fits(whole, &members)
    {
        return None;
    }
    let sum = members.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let gap = sum.checked_sub(whole.value)?.abs();
    (gap.checked_mul(Decimal::from(4))? <= whole.value)
        .then(|| marked(passage, whole, &members))
        .flatten()
}

/// What a number is called, without the words that add it up.
fn name(passage: &Passage<'_>, index: usize) -> String {
    let label = passage.label(index);
    let bare = SUM.iter().filter_map(|word| label.split_once(word)).next();
    bare.map_or(label.as_str(), |(_, name)| name).trim_start_matches('共').to_owned()
}
