//! Reads the tags of one unpacked part without keeping it: proves that no tag
//! or text is longer than a cell can be, and picks up what is needed before the
//! workbook is opened.
//!
//! The workbook reader keeps each tag and each text in memory as a whole, so a
//! part that is one single text would take as much memory as it unpacks to.

use std::io::Read;

use crate::error::Hostility;

/// A merged region, both corners included, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Merge {
    pub(crate) first_row: u32,
    pub(crate) first_column: u32,
    pub(crate) last_row: u32,
    pub(crate) last_column: u32,
}

/// What was found in a part.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Unpacked bytes.
    pub(super) size: u64,
    /// Merged regions.
    pub(super) merges: Vec<Merge>,
    /// Number of shared strings that the part announces.
    pub(super) strings: Option<u64>,
    /// Cell formats.
    pub(super) formats: u64,
    /// Longest tag.
    pub(super) longest: usize,
}

/// Longest tag, text, or sum of the texts of one cell. A cell holds at most
/// 32 767 characters, which are at most 96 KiB and, escaped, hardly more than
/// twice that; formatting runs of rich text come on top.
pub(super) const LONGEST: usize = 1 << 20;

/// 100 000 rows with five merged columns each.
pub(super) const MERGES: usize = 500_000;

/// Where a part passes through; one serves all parts of a container.
pub(super) struct Window(Vec<u8>);

impl Window {
    pub(super) fn new() -> Window {
        Window(vec![0; LONGEST])
    }
}

/// Reads a part of at most `limit` bytes. The outer error is of the packed
/// stream, the inner one a limit that was passed.
pub(super) fn scan(
    part: &str,
    mut reader: impl Read,
    limit: u64,
    window: &mut Window,
) -> std::io::Result<Result<Found, Hostility>> {
    let mut found = Found::default();
    let mut tags = Tags { part, found: &mut found, cells: false, text: 0 };
    let window = &mut window.0;
    let mut filled = 0;
    let mut size = 0_u64;
    loop {
        let count = reader.read(&mut window[filled..])?;
        size += count as u64;
        if size > limit {
            return Ok(Err(Hostility::WrongSize { part: part.to_owned() }));
        }
        filled += count;
        // The window is filled before it is looked through, so that a long tag is
        // walked over twice at most.
        if count > 0 && filled < window.len() {
            continue;
        }
        let rest = match tags.take(&window[..filled]) {
            Ok(done) => done,
            Err(hostility) => return Ok(Err(hostility)),
        };
        if count == 0 && filled < window.len() {
            break;
        }
        if rest == 0 {
            return Ok(Err(tags.too_long()));
        }
        window.copy_within(rest..filled, 0);
        filled -= rest;
    }
    found.size = size;
    Ok(Ok(found))
}

struct Tags<'a> {
    part: &'a str,
    found: &'a mut Found,
    /// Whether cells or shared strings have begun.
    cells: bool,
    /// Bytes of text since the last cell or string began.
    text: usize,
}

impl Tags<'_> {
    /// Goes through all whole tags; returns the offset of what is left over.
    fn take(&mut self, window: &[u8]) -> Result<usize, Hostility> {
        let mut at = 0;
        loop {
            let Some(text) = window[at..].iter().position(|b| *b == b'<') else { return Ok(at) };
            let start = at + text;
            let Some(length) = tag_length(&window[start..]) else { return Ok(at) };
            self.text += text;
            self.tag(&window[start + 1..start + length - 1])?;
            at = start + length;
        }
    }

    fn too_long(&self) -> Hostility {
        Hostility::Token { part: self.part.to_owned(), limit_kb: LONGEST >> 10 }
    }

    fn tag(&mut self, tag: &[u8]) -> Result<(), Hostility> {
        self.found.longest = self.found.longest.max(tag.len());
        match tag {
            // The workbook reader would read on to the end of the comment, past every
            // limit; no spreadsheet program writes one.
            [b'!', ..] => return Err(Hostility::Declaration { part: self.part.to_owned() }),
            [b'?', body @ ..] if body.last() != Some(&b'?') => {
                return Err(Hostility::Declaration { part: self.part.to_owned() });
            }
            _ => {}
        }
        let name_end =
            tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len());
        let name = &tag[..name_end];
        let name = name.iter().position(|b| *b == b':').map_or(name, |colon| &name[colon + 1..]);
        match name {
            b"c" | b"si" => self.text = 0,
            b"sheetData" | b"sst" => {
                self.cells = true;
                self.text = 0;
                if name == b"sst" {
                    let count = attribute(tag, b"uniqueCount").and_then(number);
                    self.found.strings = self.found.strings.max(count);
                }
            }
            b"xf" => self.found.formats += 1,
            b"mergeCell" => {
                if let Some(merge) = attribute(tag, b"ref").and_then(region) {
                    if self.found.merges.len() == MERGES {
                        return Err(Hostility::Merges {
                            part: self.part.to_owned(),
                            limit: MERGES,
                        });
                    }
                    self.found.merges.push(merge);
                }
            }
            _ if self.cells && self.text > LONGEST => return Err(self.too_long()),
            _ => {}
        }
        Ok(())
    }
}

/// Length of the tag at the start of the text, `>` outside of quotes included.
fn tag_length(text: &[u8]) -> Option<usize> {
    let mut quote = 0_u8;
    for (at, byte) in text.iter().enumerate() {
        match *byte {
            b'>' if quote == 0 => return Some(at + 1),
            b'"' | b'\'' if quote == 0 => quote = *byte,
            byte if byte == quote => quote = 0,
            _ => {}
        }
    }
    None
}

fn attribute<'t>(tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let mut rest = tag;
    while let Some(equals) = rest.iter().position(|b| *b == b'=') {
        let key = rest[..equals].trim_ascii();
        let key =
            key.iter().rposition(u8::is_ascii_whitespace).map_or(key, |space| &key[space + 1..]);
        let value = rest[equals + 1..].trim_ascii_start();
        let quote = *value.first()?;
        let end = value[1..].iter().position(|b| *b == quote)?;
        if key == name {
            return Some(&value[1..=end]);
        }
        rest = &value[end + 2..];
    }
    None
}

fn number(text: &[u8]) -> Option<u64> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}

/// `A1:B2`; the corners may stand in either order.
fn region(text: &[u8]) -> Option<Merge> {
    let (first, last) = std::str::from_utf8(text).ok()?.split_once(':')?;
    let ((row, column), (other_row, other_column)) = (corner(first)?, corner(last)?);
    Some(Merge {
        first_row: row.min(other_row),
        first_column: column.min(other_column),
        last_row: row.max(other_row),
        last_column: column.max(other_column),
    })
}

fn corner(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let mut column = 0_u32;
    for byte in text[..digits].bytes() {
        let letter = byte.to_ascii_uppercase();
        letter.is_ascii_uppercase().then_some(())?;
        column = column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)?;
    }
    let row: u32 = text[digits..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(part: &str, expected: Result<(Vec<Merge>, Option<u64>, u64), Hostility>) {
        let found = scan("x", part.as_bytes(), u64::MAX, &mut Window::new()).unwrap();
        assert_eq!(
            found.map(|f| (f.merges, f.strings, f.formats)),
            expected,
            "{}",
            &part[..part.len().min(60)]
        );
    }

    #[test]
    fn tags_are_read_and_long_ones_refused() {
        let merge = Merge { first_row: 0, first_column: 1, last_row: 2, last_column: 1 };
        check("<a><x:mergeCell ref = \"B1:B3\"/></a>", Ok((vec![merge], None, 0)));
        check("<a><mergeCell id='>' ref='B3:B1'/></a>", Ok((vec![merge], None, 0)));
        check("<sst uniqueCount=\"12\" count='3'/><xf/><xf />", Ok((vec![], Some(12), 2)));
        let declared = Err(Hostility::Declaration { part: "x".to_owned() });
        check("<?xml version=\"1.0\"?><!-- > --><a/>", declared.clone());
        check("<!DOCTYPE lol [<!ENTITY a \"b\">]><a/>", declared.clone());
        check("<?pi > still inside ?><a/>", declared);
        let long = Err(Hostility::Token { part: "x".to_owned(), limit_kb: 1024 });
        check(&format!("<a>{}</a>", "字".repeat(LONGEST / 2)), long.clone());
        check(&format!("<a b=\"{}\"/>", "<>".repeat(LONGEST)), long.clone());
        check(
            &format!("<sst><si>{}</si></sst>", format!("<t>{}</t>", "x".repeat(1000)).repeat(1100)),
            long,
        );
        check(
            &format!("<sst>{}</sst>", format!("<si><t>{}</t></si>", "x".repeat(1000)).repeat(3000)),
            Ok((vec![], None, 0)),
        );
    }

    #[test]
    fn merged_regions_are_counted() {
        let part = "<mergeCell ref=\"A1:A2\"/>".repeat(MERGES + 1);
        check(&part, Err(Hostility::Merges { part: "x".to_owned(), limit: MERGES }));
    }

    #[test]
    fn a_part_longer_than_announced_is_refused() {
        let found = scan("x", &b"<a></a>"[..], 6, &mut Window::new()).unwrap();
        assert_eq!(found.unwrap_err(), Hostility::WrongSize { part: "x".to_owned() });
    }
}
