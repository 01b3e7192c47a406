//! Notes of pronunciation in brackets behind a character.

use pinyin::ToPinyinMulti;

use crate::text::Text;

/// Letters of the longest syllable (zhuang, chuang, shuang).
const LETTERS: usize = 6;

/// The end of the note that begins at a bracket, if its content is a reading of
/// the character before it. Other Latin words in brackets, such as (gdp), stay.
pub(super) fn end(text: &Text<'_>, open: usize, before: Option<char>) -> Option<usize> {
    let close = (open + 2..open + 2 + LETTERS).find(|&k| matches!(text.at(k), ')' | '）'))?;
    let content: String = text.slice(open + 1, close).chars().map(plain_letter).collect();
    let readings = before?.to_pinyin_multi()?;
    let same = |reading: &str| reading.replace('ü', "v") == content.replace('ü', "v");
    let read = readings.into_iter().any(|r| same(r.with_tone()) || same(r.plain()));
    read.then_some(close + 1)
}

/// Look-alikes of the letters a and g, and capitals, as the dictionary has them.
fn plain_letter(c: char) -> char {
    match c {
        'ɑ' => 'a',
        'ɡ' => 'g',
        'A'..='Z' => c.to_ascii_lowercase(),
        c => c,
    }
}
