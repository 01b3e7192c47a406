//! A text prepared once for all rules.

use std::ops::Range;
use std::sync::OnceLock;

use figure::Date;
use prose::{Cleaned, Found, Lexicon};

use crate::table::{Cell, Table, tables};

/// What the caller knows of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// The year that the text is about; found in its title or its first lines where absent.
    pub year: Option<i16>,
    /// The day it is checked as of.
    pub day: Option<Date>,
}

/// A line of the cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its characters in the cleaned text, without the space around them.
    pub range: Range<usize>,
    /// Level of a line that is a heading: 1 for 一、, 2 for (一), 3 for 1., 4 for (1).
    pub level: Option<u8>,
}

/// A text, as it was given and cleaned, with what was found in it.
#[derive(Debug)]
pub struct Paper {
    /// What its figures were read with.
    pub(crate) lexicon: Lexicon,
    /// Characters as they were given.
    pub original: Vec<char>,
    /// The cleaned text with the place of each of its characters in the original.
    pub cleaned: Cleaned,
    /// Characters of the cleaned text.
    pub chars: Vec<char>,
    /// Where each of those characters begins in the bytes of the cleaned text, and where that ends:
    /// its words are asked for more often than all else.
    pub(crate) starts: Vec<usize>,
    /// Figures and claims of the cleaned text, in its offsets.
    pub found: Found,
    /// Lines of the cleaned text that are not empty.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences of the cleaned text.
    pub sentences: Vec<Range<usize>>,
    /// Its tables.
    pub(crate) tables: Vec<Table>,
    /// The year that the text is about.
    pub year: Option<i16>,
    /// The day it is checked as of.
    pub day: Option<Date>,
    /// The town or county that it is of, which is looked for once and asked often.
    pub(crate) own_place: OnceLock<Option<String>>,
}

impl Paper {
    /// Prepares a text.
    pub fn new(text: &str, lexicon: &Lexicon, setting: Setting) -> Paper {
        Paper::around(text, lexicon, setting, &[])
    }

    /// Prepares a text with tables; `cells` are their cells in the order of the text.
    pub fn around(text: &str, lexicon: &Lexicon, setting: Setting, cells: &[Cell]) -> Paper {
        let places: Vec<Range<usize>> = cells.iter().map(|cell| cell.at.clone()).collect();
        let cleaned = prose::clean_around(text, &places);
        let chars: Vec<char> = cleaned.text.chars().collect();
        let found = prose::figures(&cleaned.text, lexicon);
        let sentences = prose::sentences(&cleaned.text).iter().map(|s| s.start..s.end).collect();
        let paragraphs = paragraphs(&chars);
        let year = setting.year.or_else(|| first_year(&chars));
        let original: Vec<char> = text.chars().collect();
        let tables = tables(&original, cells);
        let day = setting.day;
        let own_place = OnceLock::new();
        let starts = starts(&cleaned.text);
        Paper {
            lexicon: lexicon.clone(),
            original,
            cleaned,
            chars,
            starts,
            found,
            paragraphs,
            sentences,
            tables,
            year,
            day,
            own_place,
        }
    }

    /// Words of the cleaned text.
    pub fn words(&self, range: Range<usize>) -> String {
        let (from, to) = (self.starts[range.start], self.starts[range.end]);
        self.cleaned.text[from..to].to_owned()
    }

    /// The words of the original that some words of the cleaned text were made of.
    pub(crate) fn given(&self, range: &Range<usize>) -> String {
        self.original.get(self.origin(range)).unwrap_or_default().iter().collect()
    }

    /// Where characters of the cleaned text stand in the original.
    pub fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| self.cleaned.origin.get(at).copied();
        let start = place(range.start).unwrap_or(self.original.len());
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start);
        start..last.and_then(place).map_or(start, |at| at + 1)
    }

    /// The sentence that a character of the cleaned text stands in.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let index = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.sentences.get(index).cloned().unwrap_or(at..self.chars.len())
    }
}

/// Where the characters of a text begin in its bytes, and where it ends.
pub(crate) fn starts(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn paragraphs(chars: &[char]) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in chars.split(|c| *c == '\n') {
        let lead = line.iter().take_while(|c| c.is_whitespace()).count();
        let tail = line[lead..].iter().rev().take_while(|c| c.is_whitespace()).count();
        let range = start + lead..start + line.len() - tail;
        if !range.is_empty() {
            let level = level(&chars[range.clone()]);
            found.push(Paragraph { range, level });
        }
        start += line.len() + 1;
    }
    found
}

/// Longest line that is a heading.
const HEADING: usize = 40;

/// The levels of GB/T 9704-2012, 7.3.3: 一、 (一) 1. (1).
fn level(line: &[char]) -> Option<u8> {
    if line.len() > HEADING || line.contains(&'。') {
        return None;
    }
    let is_chinese = |c: &char| "一二三四五六七八九十".contains(*c);
    let bracket = line.first().is_some_and(|c| "(（".contains(*c));
    let rest = if bracket { &line[1..] } else { line };
    let chinese = rest.iter().take_while(|c| is_chinese(c)).count();
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let (length, is_chinese) = if chinese > 0 { (chinese, true) } else { (digits, false) };
    let close = rest.get(length).filter(|_| length > 0)?;
    match (bracket, is_chinese, close) {
        (false, true, '、') => Some(1),
        (true, true, ')' | '）') => Some(2),
        (false, false, '.' | '．' | '、') if !rest.get(length + 1)?.is_ascii_digit() => Some(3),
        (true, false, ')' | '）') => Some(4),
        _ => None,
    }
}

/// How far the year of a text is looked for.
const HEAD: usize = 400;

/// The year that a text is about: the first that its head names.
pub fn year_of(text: &str) -> Option<i16> {
    first_year(&text.chars().take(HEAD).collect::<Vec<_>>())
}

/// Words before a year that is not the text's own but what its figures are compared with.
const BASES: [char; 7] = ['由', '从', '比', '较', '自', '与', '同'];

/// The first year that the head of a text names: `青石镇2023年工作总结`. One that something is
/// compared with (`较2022年下降5%`) or counted from (`自2021年以来`) is not the text's own.
fn first_year(chars: &[char]) -> Option<i16> {
    let head = &chars[..chars.len().min(HEAD)];
    head.windows(5).enumerate().find_map(|(at, five)| {
        let before = at.checked_sub(1).and_then(|at| head.get(at));
        let behind: String = head[at + 5..].iter().take(3).collect();
        let year: String = five[..4].iter().collect();
        let is_base = before.is_some_and(|c| BASES.contains(c))
            || ["以来", "同期", "的基础", "基础上"].iter().any(|word| behind.starts_with(word));
        let is_year = five[4] == '年'
            && !is_base
            && !before.is_some_and(char::is_ascii_digit)
            && year.chars().all(|c| c.is_ascii_digit());
        is_year.then(|| year.parse().ok()).flatten().filter(|year| (1949..2100).contains(year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_by_their_numbers() {
        let of = |line: &str| level(&line.chars().collect::<Vec<_>>());
        assert_eq!(of("一、工作情况"), Some(1));
        assert_eq!(of("（十二）民生"), Some(2));
        assert_eq!(of("1.抓产业"), Some(3));
        assert_eq!(of("(3)抓落实"), Some(4));
        assert_eq!(of("1.5万元"), None);
        assert_eq!(of("一是抓产业"), None);
        assert_eq!(of("一、抓产业。全年完成投资。"), None);
    }

    #[test]
    fn the_year_of_a_text_is_that_of_its_title() {
        let of = |text: &str| first_year(&text.chars().collect::<Vec<_>>());
        assert_eq!(of("青石镇2023年工作总结和2024年打算"), Some(2023));
        assert_eq!(of("编号120230年"), None);
        assert_eq!(of("工作总结"), None);
        assert_eq!(of("信访由2022年的83起降到71起。2023年,我镇继续抓紧。"), Some(2023));
        assert_eq!(of("较2022年减少12起。自2021年以来持续下降。"), None);
    }

    #[test]
    fn places_are_those_of_the_text_as_given() {
        let paper = Paper::new("鎮(zhèn)裡有 5 人。", &Lexicon::default(), Setting::default());
        let at = paper.cleaned.text.chars().position(|c| c == '5').unwrap();
        assert_eq!(paper.origin(&(at..at + 2)), 10..13);
    }
}
