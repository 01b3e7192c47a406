//! Half-width marks between Chinese characters.

use pack::ReviewRule;

use super::scan::{at, before, is_han, mark};
use super::several::several;
use crate::finding::Mark;
use crate::paper::Paper;

pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let places: Vec<usize> = (0..chars.len()).filter(|at| is_half(chars, *at)).collect();
    let marks = places.into_iter().map(|place| {
        let (half, full) = (chars[place], full(chars, place));
        mark(paper, place..place + 1, format!("中文里用了半角“{half}”,应为全角“{full}”"))
    });
    several(marks.collect(), rule, |count| {
        format!(
            "全文有{count}处半角标点,可能是网页或聊天窗口转来的;公文标点用全角(，。；：“”（）),请整体替换"
        )
    })
}

/// A mark with Chinese beside it; those of figures, times and Latin words are right.
fn is_half(chars: &[char], place: usize) -> bool {
    let (last, next) = (before(chars, place), at(chars, place + 1));
    let is_end = place + 1 == chars.len() || next == '\n';
    let behind = is_han(last) || matches!(last, '”' | '》' | '）' | ')' | '%' | '"');
    match chars[place] {
        ',' | ';' | '?' | '!' => {
            (behind && (!next.is_ascii_alphanumeric() || is_han(last)))
                || (is_han(next) && last.is_ascii_alphanumeric())
        }
        ':' => behind && !next.is_ascii_digit() || (is_han(last) && next.is_ascii_digit()),
        '(' => is_han(last) || is_han(next),
        ')' => is_han(last) || is_han(next),
        '"' => is_han(last) || is_han(next),
        '.' => is_han(last) && place > 1 && is_han(chars[place - 2]) && (is_end || is_han(next)),
        _ => false,
    }
}

fn full(chars: &[char], place: usize) -> char {
    match chars[place] {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        // Of the marks of a line every second one closes.
        '"' => {
            let line = chars[..place].iter().rev().take_while(|c| **c != '\n');
            if line.filter(|c| **c == '"').count() % 2 == 1 { '”' } else { '“' }
        }
        _ => '。',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_open_and_close_in_turn() {
        let chars: Vec<char> = "推行\"一肩挑\"和\"1+3+N\"".chars().collect();
        let marks = (0..chars.len()).filter(|at| chars[*at] == '"').map(|at| full(&chars, at));
        assert_eq!(marks.collect::<String>(), "“”“”");
    }
}
