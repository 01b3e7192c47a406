//! As many names as places of an order are announced: 前五位依次为甲镇97.9%、乙镇97.6%.

use super::mark;
use crate::figure::reading::passage::Passage;
use crate::figure::reading::small;
use crate::finding::Mark;

/// Words by which all of them follow.
const NAMED: [&str; 6] = ["依次为", "依次是", "分别为", "分别是", "依次:", "依次："];

/// Marks an announced number of places behind which other many names stand.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    let chars: Vec<char> = words.chars().collect();
    let at = (0..chars.len()).find(|at| {
        let end = || small::number_at(&chars, at + 1).map(|(_, end)| end);
        chars[*at] == '前' && end().is_some_and(|end| matches!(chars.get(end), Some('位' | '名')))
    })?;
    let (said, end) = small::number_at(&chars, at + 1)?;
    let rest: String = chars[end + 1..].iter().collect();
    let (between, row) = NAMED.iter().find_map(|word| rest.split_once(word))?;
    let row = row.trim_start_matches([':', '：']);
    let row = row.split(['，', ',', '。', ';', '；']).next()?;
    let count = row.split('、').count();
    let is_whole = !row.contains('等') && !between.contains(['，', ',', '。', '、']);
    let said = usize::try_from(said).ok()?;
    let differs = count > 1 && (2..=20).contains(&said) && count != said;
    (is_whole && differs && count.abs_diff(said) <= 2).then(|| {
        let place = passage.range.start + at..passage.range.start + end + 1;
        let told = passage.words(place.clone());
        mark(passage.paper, place, format!("说的是{told},列出的有{count}个;请核对"))
    })
}
