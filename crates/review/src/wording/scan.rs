//! What the rules of wording ask of characters.

use std::ops::Range;

use crate::finding::Mark;
use crate::paper::Paper;

/// A Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// The character at a place, a space beyond the end.
pub(super) fn at(chars: &[char], place: usize) -> char {
    chars.get(place).copied().unwrap_or(' ')
}

/// The character before a place, a space at the beginning.
pub(super) fn before(chars: &[char], place: usize) -> char {
    place.checked_sub(1).map_or(' ', |place| at(chars, place))
}

/// Whether words stand at a place.
pub(super) fn stands(chars: &[char], place: usize, words: &str) -> bool {
    words.chars().enumerate().all(|(offset, c)| chars.get(place + offset) == Some(&c))
}

/// The first of some words that stands at a place.
pub(super) fn any<'w>(chars: &[char], place: usize, words: &[&'w str]) -> Option<&'w str> {
    words.iter().copied().find(|word| stands(chars, place, word))
}

/// After the run of characters of a kind that begins at a place.
pub(super) fn run(chars: &[char], place: usize, is: impl Fn(char) -> bool) -> usize {
    place + chars.iter().skip(place).take_while(|c| is(**c)).count()
}

/// Places where words begin.
pub(super) fn places(chars: &[char], words: &str) -> Vec<usize> {
    let Some(first) = words.chars().next() else { return Vec::new() };
    let fits = |place: &usize| chars[*place] == first && stands(chars, *place, words);
    (0..chars.len()).filter(fits).collect()
}

/// Marks characters of the cleaned text.
pub(super) fn mark(paper: &Paper, range: Range<usize>, message: String) -> Mark {
    Mark { at: paper.origin(&range), message, also: Vec::new() }
}
