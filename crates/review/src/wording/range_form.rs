//! Ranges whose first end lacks what the second has: 30-50%, 13-17万元.

use pack::ReviewRule;

use super::scan::{at, before, mark, run};
use super::several::once;
use crate::finding::Mark;
use crate::paper::Paper;

pub(crate) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let low = run(chars, place, is_number);
        if low == place {
            place += 1;
            continue;
        }
        let dash = run(chars, low, |c| "-－—–~～至".contains(c));
        let high = run(chars, dash, is_number);
        let unit = at(chars, high);
        let is_range = dash > low && high > dash && "%％‰万亿".contains(unit);
        let is_part = before(chars, place).is_ascii_alphanumeric()
            || "-－—月年第".contains(before(chars, place));
        if is_range && !is_part {
            let (first, last) = (paper.words(place..low), paper.words(dash..high));
            let message = format!(
                "范围的两端都要带“{unit}”,应写作“{first}{unit}—{last}{unit}”,否则有歧义(GB/T 15835-2011,5.1.3)"
            );
            marks.push(mark(paper, place..high + 1, message));
        }
        place = high;
    }
    once(marks).into_iter().collect()
}
