//! Two numbers of which neither is a part of the other, as the words before them say.

use crate::figure::reading::passage::{has_any, lead};
use crate::figure::reading::role::is_due;
use crate::finding::Mark;
use crate::paper::Paper;

/// Whether the whole is what a bracket adds to another number, or leaves out of it:
/// 办结58件(含上年结转9件),其中调解撤回17件.
pub(super) fn is_of_aside(paper: &Paper, mark: &Mark) -> bool {
    let Some(whole) = mark.also.first().filter(|whole| whole.end <= mark.at.start) else {
        return false;
    };
    let lead = &paper.original[..whole.start];
    let open = lead.iter().rposition(|c| matches!(c, '(' | '（' | '。' | ')' | '）'));
    let aside = open.is_some_and(|at| {
        let inside: String = lead[at + 1..].iter().collect();
        matches!(lead[at], '(' | '（')
            && ["含", "不含", "不包括", "不计", "未含", "另"].iter().any(|w| inside.starts_with(w))
    });
    aside && paper.original[whole.end..mark.at.start].iter().any(|c| matches!(c, ')' | '）'))
}

/// Whether the words before two numbers say that neither is a part of the other: both begin and end
/// alike, 涉及家庭因素的96件,涉及邻里关系的118件, one is what there was when the year began, or what is due.
pub(super) fn is_beside(paper: &Paper, mark: &Mark) -> bool {
    const BEGIN: &[&str] = &["年初", "期初", "上年末", "上年底", "去年底", "去年末", "上年年末"];
    const END: &[&str] = &["年末", "年底", "期末", "月末", "月底", "目前", "现有"];
    let Some(whole) = mark.also.first().filter(|whole| whole.end <= mark.at.start) else {
        return false;
    };
    let (own, its) = (lead(paper, whole.start), lead(paper, mark.at.start));
    let head = |words: &str| words.chars().take(2).collect::<String>();
    let counted = |words: &str| words.contains(|c: char| c.is_ascii_digit());
    let parallel = own != its
        && !counted(&own)
        && own.ends_with('的')
        && its.ends_with('的')
        && head(&own) == head(&its)
        && own.chars().count() > 3;
    // 全镇参保28650人,应参保29400人: what is due is more than what was done.
    let due = is_due(&its);
    let between: String = paper.original[whole.end..mark.at.start].iter().collect();
    parallel || due || has_any(&own, BEGIN) && has_any(&between, END)
}
