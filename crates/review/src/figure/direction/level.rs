//! A thing that is said to be level with last year, beside its two values.

use super::trend::{is_earlier, is_level_said, level_room};
use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;

/// `种植面积2.05万亩;上年1.82万亩,种植面积与上年持平`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let last = &passage.numbers[index];
    let tail = passage.words(last.at.end..passage.range.end);
    let clause = tail.strip_prefix([',', '，'])?.split(is_clause_mark).next()?;
    let at = ["与", "和", "跟", "同", "较", "比"].iter().filter_map(|w| clause.find(w)).min()?;
    let (thing, compared) = clause.split_at(at);
    let said = is_level_said(compared)
        && is_earlier(compared)
        && !has_any(clause, &["不", "未", "率", "增速", "目标", "计划"]);
    let plain = |n: &Number| n.is_amount() && n.is_exact();
    let named = |index: usize| thing.is_empty() || common(thing, &passage.label(index)) >= 2;
    let first = (0..index).rev().find(|i| {
        let n = &passage.numbers[*i];
        n.is_kin(last)
            && named(*i)
            && is_earlier(&passage.label(*i)) != is_earlier(&passage.label(index))
    })?;
    let other = &passage.numbers[first];
    let fits = said && !thing.is_empty() && named(index) && plain(last) && plain(other);
    let apart = (last.value - other.value).abs();
    (fits && apart > level_room(other, compared)?).then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let message = format!("说是持平,数字却是{}和{};请核对数字或说法", told(other), told(last));
        last.mark(passage.paper, message, &[other])
    })
}
