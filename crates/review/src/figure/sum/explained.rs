//! Parts that make up another whole than the one a reading took, or a part of it alone.

use ::figure::Decimal;

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::Passage;
use crate::finding::Mark;
use crate::paper::Paper;

/// Letters before the parts in which another whole may be told.
const NEAR: usize = 120;

/// Whether the words or the numbers around the parts of a mark let its total be right.
pub(super) fn is_explained(paper: &Paper, passages: &[Passage<'_>], mark: &Mark) -> bool {
    let all = || passages.iter().flat_map(|passage| &passage.numbers);
    let is_part = |n: &&Number| mark.also.contains(&paper.origin(&n.at));
    let parts: Vec<&Number> = all().filter(is_part).collect();
    let Some((first, _)) = parts.split_first() else { return false };
    // 加上级补助2200万元,收入总计4333万元: the sum begins in the sentence before.
    let lead: Vec<char> = paper.chars[..first.at.start].iter().rev().copied().collect();
    let clause: String = lead
        .iter()
        .take_while(|c| !"。;；\n".contains(**c))
        .collect::<Vec<_>>()
        .iter()
        .rev()
        .copied()
        .collect();
    let added = ["加上", "再加", "加同", "另加"];
    let is_added = added.iter().any(|word| clause.trim_start().starts_with(word));
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value));
    let near = |n: &&Number| n.at.end <= first.at.start && n.at.end + NEAR > first.at.start;
    let is_whole = |n: &Number| n.is_kin(first) && sum == Some(n.value);
    is_added || parts.len() > 2 && all().filter(near).any(is_whole)
}
