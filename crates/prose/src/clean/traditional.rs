//! Traditional characters to simplified ones, by the OpenCC dictionaries.

use std::sync::LazyLock;

use opencc_fmmseg::OpenCC;

use super::{Edit, Rule};

/// The characters that the dictionaries change on their own. Loading them takes
/// tens of milliseconds and megabytes, so a text without any of these is left
/// alone. A test keeps the list equal to the dictionaries.
const CHANGED: &str = include_str!("traditional.txt");

/// What the published cases of OpenCC expect and the dictionaries at hand do not know yet, a
/// character for a character.
const NEWER: &[(&str, &str, Region)] = &[
    ("慰藉著", "慰藉著", Region::Common),
    ("幷", "并", Region::Common),
    ("老么", "老幺", Region::Taiwan),
];

/// Characters of both writings, which mean something else in the other one.
const BOTH: &str = "著乾瞭藉";

/// Whose traditional characters a text has. They agree in all but a few words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Not known, or Hong Kong, whose words agree with the common ones.
    Common,
    /// Taiwan.
    Taiwan,
}

/// Range of code points that the bit table covers: the basic CJK block and its
/// first extension, which lie below it.
const FIRST: u32 = 0x3400;
const COUNT: usize = 0xa000 - 0x3400;

static TABLE: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut table = vec![false; COUNT];
    for at in CHANGED.chars().filter_map(index) {
        table[at] = true;
    }
    table
});

static CONVERTER: LazyLock<OpenCC> = LazyLock::new(OpenCC::new);

fn index(c: char) -> Option<usize> {
    let at = usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()?;
    (at < COUNT).then_some(at)
}

fn is_traditional(c: char) -> bool {
    index(c).is_some_and(|at| TABLE[at]) || c == '幷'
}

/// Writes what the newer cases expect over the converted characters of a line.
fn correct(line: &[char], converted: &mut [char], region: Region) {
    for (from, to, _) in NEWER.iter().filter(|newer| newer.2 == region) {
        let from: Vec<char> = from.chars().collect();
        let places = line.windows(from.len()).enumerate().filter(|(_, words)| *words == from);
        for (at, _) in places {
            for (k, c) in to.chars().enumerate() {
                converted[at + k] = c;
            }
        }
    }
}

/// Replaces traditional characters in place. The dictionaries know phrases, so
/// a whole line is converted at once; where that changes its length, so that
/// places would no longer fit, it is converted character by character.
pub(super) fn simplify(chars: &mut [char], origin: &[usize], edits: &mut Vec<Edit>) {
    if !chars.iter().any(|c| is_traditional(*c)) {
        return;
    }
    let mut start = 0;
    while start < chars.len() {
        let end = (start..chars.len()).find(|&k| chars[k] == '\n').map_or(chars.len(), |k| k + 1);
        // 显著 and 瞭望 are simplified as they stand; only beside others are they traditional.
        if chars[start..end].iter().any(|c| is_traditional(*c) && !BOTH.contains(*c)) {
            simplify_line(&mut chars[start..end], &origin[start..end], edits);
        }
        start = end;
    }
}

/// A text in simplified characters, with nothing else of it changed.
pub fn simplified(text: &str, region: Region) -> String {
    let line: Vec<char> = text.chars().collect();
    convert(&line, region).into_iter().collect()
}

fn convert(line: &[char], region: Region) -> Vec<char> {
    let text: String = line.iter().collect();
    let mut converted: Vec<char> = CONVERTER.t2s(&text, false).chars().collect();
    if converted.len() != line.len() {
        converted = line.iter().map(|c| single(*c)).collect();
    }
    correct(line, &mut converted, region);
    converted
}

fn simplify_line(chars: &mut [char], origin: &[usize], edits: &mut Vec<Edit>) {
    for (k, new) in convert(chars, Region::Common).into_iter().enumerate() {
        let old = chars[k];
        if old == new {
            continue;
        }
        chars[k] = new;
        let joins = edits.last().is_some_and(|e| e.rule == Rule::Traditional && e.end == origin[k]);
        match edits.last_mut().filter(|_| joins) {
            Some(edit) => {
                edit.end += 1;
                edit.before.push(old);
                edit.after.push(new);
            }
            None => edits.push(Edit {
                start: origin[k],
                end: origin[k] + 1,
                before: old.to_string(),
                after: new.to_string(),
                rule: Rule::Traditional,
            }),
        }
    }
}

fn single(c: char) -> char {
    let mut converted =
        CONVERTER.t2s(c.encode_utf8(&mut [0; 4]), false).chars().collect::<Vec<_>>();
    match converted.pop() {
        Some(new) if converted.is_empty() => new,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_simplified_already_stays() {
        let clean = |text: &str| {
            let mut chars: Vec<char> = text.chars().collect();
            let origin: Vec<usize> = (0..chars.len()).collect();
            simplify(&mut chars, &origin, &mut Vec::new());
            chars.into_iter().collect::<String>()
        };
        assert_eq!(clean("案件显著减少"), "案件显著减少");
        assert_eq!(clean("案件顯著減少,帶著問題"), "案件显著减少,带着问题");
    }

    #[test]
    fn the_list_is_that_of_the_dictionaries() {
        let changed: String = (FIRST..FIRST + u32::try_from(COUNT).unwrap())
            .filter_map(char::from_u32)
            .filter(|c| single(*c) != *c)
            .collect();
        if let Some(path) = std::env::var_os("ZHENZHANG_BLESS") {
            std::fs::write(path, &changed).unwrap();
        }
        assert_eq!(CHANGED, changed);
    }
}
