//! Notes in a report source: `<!-- … -->`, which are no part of the report.
//!
//! A note right behind a claim may say what its words were in the report before
//! (`上年:105起`); words that somebody has to look at are marked by `待核:…`.

/// How a note opens and closes.
const OPEN: [char; 4] = ['<', '!', '-', '-'];
const CLOSE: [char; 3] = ['-', '-', '>'];
/// How a note begins that keeps the words of the report before.
const FORMER: &str = "上年:";
/// How a note begins that asks somebody to look at words.
const ATTEND: &str = "待核:";

/// Whether a note opens here.
pub(crate) fn opens(chars: &[char], at: usize) -> bool {
    chars[at..].starts_with(&OPEN)
}

/// The text of the note that opens at `open`, and where it is over; `None` where it does not
/// end before `end`.
pub(crate) fn read(chars: &[char], open: usize, end: usize) -> Option<(String, usize)> {
    let from = open + OPEN.len();
    let length = chars.get(from..end)?.windows(CLOSE.len()).position(|part| part == CLOSE)?;
    let inside: String = chars[from..from + length].iter().collect();
    Some((inside.trim().to_owned(), from + length + CLOSE.len()))
}

/// Whether a line is one note and nothing else.
pub(crate) fn is_alone(line: &str) -> bool {
    let chars: Vec<char> = line.trim().chars().collect();
    opens(&chars, 0) && read(&chars, 0, chars.len()).is_some_and(|(_, after)| after == chars.len())
}

/// Where the target of a claim is over whose words end at `end`.
pub(crate) fn behind(chars: &[char], end: usize) -> Option<usize> {
    let mut at = end;
    while let Some(c) = chars.get(at) {
        match c {
            '\\' => at += 2,
            ')' => return Some(at + 1),
            '\n' => return None,
            _ => at += 1,
        }
    }
    None
}

/// The words that a note keeps of the report before.
pub(crate) fn former_words(inside: &str) -> Option<String> {
    inside.strip_prefix(FORMER).map(|words| words.trim().to_owned()).filter(|w| !w.is_empty())
}

/// Whether a note was written by rolling a report over.
pub(crate) fn is_rolled(inside: &str) -> bool {
    inside.starts_with(FORMER) || inside.starts_with(ATTEND)
}

/// A note that keeps words of the report before.
pub(crate) fn former(words: &str) -> String {
    written(FORMER, words)
}

/// A note that asks somebody to look at the words before it.
pub(crate) fn attend(reason: &str) -> String {
    written(ATTEND, reason)
}

/// What would end the note, or part a table's cells, is written otherwise.
fn written(lead: &str, text: &str) -> String {
    let one_line = text.replace(['\n', '\r'], " ");
    let safe = one_line.replace("--", "—").replace('|', "／");
    format!("<!-- {lead}{safe} -->")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for words in ["105起", "甲|乙", "见-->此", "两\n行"] {
            let chars: Vec<char> = former(words).chars().collect();
            let (inside, after) = read(&chars, 0, chars.len()).unwrap();
            assert_eq!(after, chars.len(), "{words}");
            assert!(is_rolled(&inside) && former_words(&inside).is_some(), "{words}: {inside}");
        }
        assert_eq!(former_words("待核:甲"), None);
        assert!(is_rolled("待核:甲") && !is_rolled("记着问县里"));
    }

    #[test]
    fn a_note_alone_is_no_paragraph() {
        assert!(is_alone(" <!-- 待核:甲 --> "));
        assert!(!is_alone("<!-- 甲 -->正文"));
        assert!(!is_alone("<!-- 甲"));
        assert!(!is_alone("正文"));
    }
}
