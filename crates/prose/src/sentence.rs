//! Splitting of text into sentences.

/// One sentence with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// The words with the mark that ends them, without the line break.
    pub text: &'a str,
    /// Character offset of its first character.
    pub start: usize,
    /// Character offset after its last character.
    pub end: usize,
    /// Line it begins on, from 1.
    pub line: usize,
}

/// The sentences of a text in order: each ends with 。；！？ or at a line break.
/// A half-width `;`, `!` or `?` ends a sentence too, since reports mix the two
/// forms; a closing quotation mark or bracket stays with what it closes.
pub fn sentences(text: &str) -> Vec<Sentence<'_>> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().enumerate().peekable();
    let (mut from_byte, mut from_char, mut line) = (0, 0, 1);
    while let Some((at, (byte, c))) = chars.next() {
        let mut end = (byte, at);
        if is_end(c) {
            end = (byte + c.len_utf8(), at + 1);
            while let Some(&(i, (b, c))) = chars.peek() {
                if !(is_end(c) || matches!(c, '”' | '’' | '）' | ')' | '》')) {
                    break;
                }
                end = (b + c.len_utf8(), i + 1);
                chars.next();
            }
        } else if c != '\n' {
            continue;
        }
        push(&mut found, &text[from_byte..end.0], from_char, line);
        if c == '\n' {
            line += 1;
            end = (byte + 1, at + 1);
        }
        (from_byte, from_char) = end;
    }
    push(&mut found, &text[from_byte..], from_char, line);
    found
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | ';' | '!' | '?')
}

fn push<'a>(found: &mut Vec<Sentence<'a>>, text: &'a str, start: usize, line: usize) {
    let trimmed = text.trim_start();
    let start = start + text[..text.len() - trimmed.len()].chars().count();
    let trimmed = trimmed.trim_end();
    if !trimmed.is_empty() {
        let end = start + trimmed.chars().count();
        found.push(Sentence { text: trimmed, start, end, line });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, usize, usize)]) {
        let found = sentences(text);
        let got: Vec<_> = found.iter().map(|s| (s.text, s.start, s.line)).collect();
        assert_eq!(got, expected);
        let chars: Vec<char> = text.chars().collect();
        for sentence in found {
            let slice: String = chars[sentence.start..sentence.end].iter().collect();
            assert_eq!(slice, sentence.text);
        }
    }

    #[test]
    fn sentences_keep_their_place() {
        check("甲。乙;丙", &[("甲。", 0, 1), ("乙;", 2, 1), ("丙", 4, 1)]);
        check("一、标题\n  正文!\r\n\n尾", &[("一、标题", 0, 1), ("正文!", 7, 2), ("尾", 13, 4)]);
        check("他说“好。”走了。", &[("他说“好。”", 0, 1), ("走了。", 6, 1)]);
        check("", &[]);
    }
}
