//! Full-width digits and percent signs.

use pack::ReviewRule;

use super::scan::{mark, run};
use super::several::several;
use crate::finding::Mark;
use crate::paper::Paper;

pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let is_wide = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．');
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let end = run(chars, place, is_wide);
        let is_number = |c: &char| ('０'..='９').contains(c);
        let has_digits = chars[place..end].iter().any(is_number);
        // 1．, 2． number headings, the stop being that of a Chinese typeface.
        if has_digits {
            let words = paper.words(place..end);
            let message = format!("“{words}”是全角数字,应为半角");
            marks.push(mark(paper, place..end, message));
        }
        place = end.max(place + 1);
    }
    several(marks, rule, |count| format!("全文有{count}处全角数字,应统一改为半角"))
}
