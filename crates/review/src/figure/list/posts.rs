//! As many people as are counted before their posts: 提拔干部3名,甲任组织委员、乙任副镇长.

use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Letters of a name before 任.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;

/// Marks a number of people behind which another number of them get a post each.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let number = &passage.numbers[index];
    let said = usize::try_from(number.value).ok().filter(|said| (2..=9).contains(said))?;
    let words = passage.words(number.at.end..passage.range.end);
    let row = words.trim_start_matches(['，', ',', '：', ':']);
    let row = row.split(['，', ',', '。', ';', '；']).next()?;
    let is_post = |part: &str| {
        part.split_once('任')
            .is_some_and(|(name, post)| NAME.contains(&name.chars().count()) && !post.is_empty())
    };
    let parts: Vec<&str> = row.split('、').collect();
    let is_row = parts.len() > 1 && parts.iter().all(|part| is_post(part)) && !row.contains('等');
    let is_people = matches!(number.unit.as_str(), "名" | "人" | "位");
    let is_whole = !has_any(&passage.gap(index), &["其中", "共有", "原有"]);
    (is_row && is_people && is_whole && parts.len() != said).then(|| {
        let told = passage.words(number.at.clone());
        let message = format!("写的是{told},列出任职的有{}人;请核对", parts.len());
        number.mark(passage.paper, message, &[])
    })
}
