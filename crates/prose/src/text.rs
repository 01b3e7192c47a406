//! Text with random access by character, which positions are counted in.

/// A text with its characters and the byte each begins at.
pub(crate) struct Text<'a> {
    pub(crate) source: &'a str,
    pub(crate) chars: Vec<char>,
    bytes: Vec<u32>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(source: &'a str) -> Text<'a> {
        let mut chars = Vec::with_capacity(source.len() / 3 + 1);
        let mut bytes = Vec::with_capacity(source.len() / 3 + 2);
        for (byte, c) in source.char_indices() {
            chars.push(c);
            bytes.push(u32::try_from(byte).unwrap_or(u32::MAX));
        }
        bytes.push(u32::try_from(source.len()).unwrap_or(u32::MAX));
        Text { source, chars, bytes }
    }

    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a position; a line break beyond the end, which ends
    /// every scan.
    pub(crate) fn at(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\n')
    }

    /// The character before a position; a line break before the beginning.
    pub(crate) fn before(&self, i: usize) -> char {
        if i == 0 { '\n' } else { self.at(i - 1) }
    }

    /// The words from one position up to another.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &'a str {
        &self.source[self.byte(from)..self.byte(to.max(from))]
    }

    /// Everything from a position on.
    pub(crate) fn rest(&self, from: usize) -> &'a str {
        &self.source[self.byte(from)..]
    }

    fn byte(&self, i: usize) -> usize {
        self.bytes.get(i).map_or(self.source.len(), |b| *b as usize)
    }

    /// The character that begins at a byte of the source.
    pub(crate) fn place(&self, byte: usize) -> usize {
        self.bytes.partition_point(|begin| (*begin as usize) < byte)
    }

    /// Whether the text goes on with `word` at a position.
    pub(crate) fn has(&self, i: usize, word: &str) -> bool {
        i <= self.len() && begins(self.rest(i).as_bytes(), word)
    }

    /// Whether `word` ends right before a position.
    pub(crate) fn ends(&self, i: usize, word: &str) -> bool {
        finishes(&self.source.as_bytes()[..self.byte(i)], word)
    }

    /// The first of `words` that begins at a position, as its length in characters.
    pub(crate) fn any_at(&self, i: usize, words: &[&str]) -> Option<usize> {
        let rest = self.rest(i).as_bytes();
        let word = words.iter().find(|word| begins(rest, word)).filter(|_| i <= self.len())?;
        Some(word.chars().count())
    }

    /// The first of `words` that ends right before a position, with its length.
    pub(crate) fn any_before<'w>(&self, i: usize, words: &[&'w str]) -> Option<(&'w str, usize)> {
        let before = &self.source.as_bytes()[..self.byte(i)];
        let word = words.iter().find(|word| finishes(before, word))?;
        Some((word, word.chars().count()))
    }
}

/// Whether bytes begin with a word. Most words of a list differ in their first Chinese
/// character, which is three bytes, so that it is compared before all else.
pub(crate) fn begins(rest: &[u8], word: &str) -> bool {
    match (rest.split_first_chunk::<3>(), word.as_bytes().split_first_chunk::<3>()) {
        (Some((first, rest)), Some((begin, word))) => first == begin && rest.starts_with(word),
        _ => rest.starts_with(word.as_bytes()),
    }
}

/// Whether bytes end with a word; its last Chinese character is compared before all else.
pub(crate) fn finishes(before: &[u8], word: &str) -> bool {
    match (before.split_last_chunk::<3>(), word.as_bytes().split_last_chunk::<3>()) {
        (Some((before, last)), Some((word, end))) => last == end && before.ends_with(word),
        _ => before.ends_with(word.as_bytes()),
    }
}
