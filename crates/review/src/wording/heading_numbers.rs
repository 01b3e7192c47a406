//! Numbers of headings: continuous, none twice.

use pack::ReviewRule;

use super::label::{labels, written};
use super::scan::mark;
use crate::finding::Mark;
use crate::paper::Paper;

pub(crate) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    // The last number of each level under the headings above it.
    let mut last: [Option<usize>; 5] = [None; 5];
    // Points may run on from one section to the next: 1. to 5. under (一), 6. to 10. under (二).
    let mut run: [Option<usize>; 5] = [None; 5];
    let mut marks = Vec::new();
    let mut first = true;
    for label in labels(paper) {
        let level = usize::from(label.level);
        // Of points a number may be skipped or told twice in a run; of sections it only goes on.
        let running = run[level]
            .filter(|run| label.value == *run + 1 || level > 2 && label.value >= *run && *run > 0);
        let before = last[level].or(running.filter(|_| label.value != 1));
        run[level] = Some(label.value);
        last[level] = Some(label.value);
        last[level + 1..].fill(None);
        // An excerpt begins anywhere; a list may begin anew under a heading without a number.
        let expected = match before {
            Some(before) => before + 1,
            None if first => label.value,
            None => 1,
        };
        first = false;
        if label.value == 1 || label.value == expected || is_of_annexes(paper, label.range.start) {
            continue;
        }
        let words = paper.words(label.range.clone());
        let message = match before {
            Some(before) if before == label.value => {
                format!("序号“{words}”重复,应为“{}”", written(label.level, expected))
            }
            Some(before) => format!(
                "序号不连续:“{}”之后是“{words}”,应为“{}”;请核对是漏了内容还是编错了号",
                written(label.level, before),
                written(label.level, expected),
            ),
            None => format!("序号从“{words}”开始,前面没有“{}”;请核对", written(label.level, 1)),
        };
        marks.push(mark(paper, label.range, message));
    }
    marks
}

/// Letters before a number in which the word for annexes stands.
const LEAD: usize = 60;

/// Whether a number goes on with the annexes, of which the first stands behind their word:
/// 附件:1．检查点位表.
fn is_of_annexes(paper: &Paper, at: usize) -> bool {
    let lead: String = paper.chars[at.saturating_sub(LEAD)..at].iter().collect();
    lead.contains("附件")
}
