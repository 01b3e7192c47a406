//! A parsed file as a row of bytes beside its text.
//!
//! Words lie in the text already and are told by their place; those with escapes, numbers and dates
//! are written out. Numbers are in groups of seven bits, the lowest first (LEB128).

use std::borrow::Cow;

use crate::tree::{Entries, Entry, Member, Value};

const TEXT: u8 = 0;
const INTEGER: u8 = 1;
const FLOAT: u8 = 2;
const FALSE: u8 = 3;
const TRUE: u8 = 4;
const DATETIME: u8 = 5;
const LIST: u8 = 6;
const TABLE: u8 = 7;

/// The packed form of what [`crate::parse`] made of a text.
pub fn pack(entries: &Entries<'_>, text: &str) -> Vec<u8> {
    let mut writer = Writer { text, bytes: Vec::new() };
    writer.entries(entries);
    writer.bytes
}

/// What [`pack`] packed, with the words of the same text, which the caller warrants. `None` if the
/// bytes are no such form, or tell of places that the text has not.
pub fn unpack<'a>(bytes: &'a [u8], text: &'a str) -> Option<Entries<'a>> {
    let mut reader = Reader { text, bytes };
    let entries = reader.entries()?;
    reader.bytes.is_empty().then_some(entries)
}

struct Writer<'t> {
    text: &'t str,
    bytes: Vec<u8>,
}

impl Writer<'_> {
    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Words by their place in the text, or as they are where they do not stand there so.
    fn words(&mut self, words: &str) {
        let distance = words.as_ptr().addr().checked_sub(self.text.as_ptr().addr());
        let place = distance.filter(|at| self.text.get(*at..at + words.len()) == Some(words));
        self.number(words.len() << 1 | usize::from(place.is_none()));
        match place {
            Some(at) => self.number(at),
            None => self.bytes.extend(words.as_bytes()),
        }
    }

    fn entries(&mut self, entries: &Entries<'_>) {
        self.number(entries.0.len());
        for entry in &entries.0 {
            self.number(entry.at);
            self.words(&entry.name);
            self.value(&entry.value);
        }
    }

    fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::Text(text) => {
                self.bytes.push(TEXT);
                self.words(text);
            }
            Value::Integer { digits, radix } => {
                self.bytes.push(INTEGER);
                self.number(*radix as usize);
                self.words(digits);
            }
            Value::Float => self.bytes.push(FLOAT),
            Value::Boolean(flag) => self.bytes.push(if *flag { TRUE } else { FALSE }),
            Value::Datetime(instant) => {
                self.bytes.push(DATETIME);
                self.words(instant);
            }
            Value::List(members) => {
                self.bytes.push(LIST);
                self.number(members.len());
                for member in members {
                    self.number(member.at);
                    self.value(&member.value);
                }
            }
            Value::Table(entries) => {
                self.bytes.push(TABLE);
                self.entries(entries);
            }
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// How many follow. Each takes a byte at least, so that wrong bytes ask for no great memory.
    fn count(&mut self) -> Option<usize> {
        self.number().filter(|count| *count <= self.bytes.len())
    }

    fn words(&mut self) -> Option<Cow<'a, str>> {
        let head = self.number()?;
        let length = head >> 1;
        let words = if head & 1 == 0 {
            let at = self.number()?;
            self.text.get(at..at.checked_add(length)?)?
        } else {
            let (own, rest) = self.bytes.split_at_checked(length)?;
            self.bytes = rest;
            std::str::from_utf8(own).ok()?
        };
        Some(Cow::Borrowed(words))
    }

    fn entries(&mut self) -> Option<Entries<'a>> {
        let entry = |reader: &mut Reader<'a>| {
            let (at, name) = (reader.number()?, reader.words()?);
            Some(Entry { at, name, value: reader.value()? })
        };
        Some(Entries(self.many(entry)?))
    }

    fn many<T>(&mut self, one: impl Fn(&mut Reader<'a>) -> Option<T>) -> Option<Box<[T]>> {
        let count = self.count()?;
        let mut all = Vec::with_capacity(count);
        for _ in 0..count {
            all.push(one(self)?);
        }
        Some(all.into_boxed_slice())
    }

    fn value(&mut self) -> Option<Value<'a>> {
        Some(match self.byte()? {
            TEXT => Value::Text(self.words()?),
            INTEGER => {
                let radix = u32::try_from(self.number()?).ok()?;
                Value::Integer { digits: self.words()?, radix }
            }
            FLOAT => Value::Float,
            FALSE => Value::Boolean(false),
            TRUE => Value::Boolean(true),
            DATETIME => Value::Datetime(self.words()?),
            LIST => {
                let member = |reader: &mut Reader<'a>| {
                    Some(Member { at: reader.number()?, value: reader.value()? })
                };
                Value::List(self.many(member)?)
            }
            TABLE => Value::Table(self.entries()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse;

    const FILE: &str = "label = \"路灯\"\nn = 12\nh = 0xff\nf = 1.5\nb = true\nd = 2023-01-05\n\
        e = \"a\\nb\"\nlist = [1, \"二\", [false], { c = 3 }]\n[t]\nx = 1\n[t.u]\ny = ''\n[[v]]\nz = 1\n";

    #[test]
    fn what_was_packed_is_what_was_parsed() {
        let (entries, errors) = parse(FILE);
        assert!(errors.is_empty(), "{errors:?}");
        let bytes = pack(&entries, FILE);
        assert_eq!(unpack(&bytes, FILE), Some(entries));
        // Words of the text are not written again.
        assert!(!bytes.windows(6).any(|part| part == "路灯".as_bytes()), "{bytes:?}");
    }

    #[test]
    fn bytes_that_were_cut_or_belong_to_a_shorter_text_are_refused() {
        let bytes = pack(&parse(FILE).0, FILE);
        for end in 0..bytes.len() {
            assert_eq!(unpack(&bytes[..end], FILE), None, "{end}");
        }
        assert_eq!(unpack(&bytes, "label = 1\n"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let read = unpack(&bytes, FILE);
            prop_assert_eq!(read.is_some(), read.is_some_and(|r| unpack(&pack(&r, FILE), FILE) == Some(r)));
        }
    }
}
