//! What the audit chain hashes, byte by byte. All hashes are SM3 (GB/T 32905).
//!
//! A row is hashed as its place, its parent and its fields in the order of
//! their ids; missing fields are left out. So the hash of an old row does not
//! change when a definition gains a field or changes their order, and a
//! verifier needs no definition: the table itself says what the row holds.
//! Every part carries its length or has a fixed one, so that no two rows have
//! the same bytes.

mod many;

use pack::Scalar;
use sm3::{Digest, Sm3};

pub(crate) use many::Batch;

use crate::engine::{Cell, Value};

/// An SM3 hash.
pub(crate) type Hash = [u8; 32];

/// What stands before the first entry of a chain.
pub(crate) const GENESIS: Hash = [0; 32];

/// Length byte that says that the length follows in eight bytes.
const LONG: u8 = u8::MAX;

/// Bytes that there is room for from the beginning: what is hashed of a single write is shorter,
/// and to make room bit by bit takes longer than to hash it.
const ROOM: usize = 512;

/// The bytes to be hashed, and a buffer that is kept between rows.
pub(crate) struct Canonical {
    bytes: Vec<u8>,
}

impl Default for Canonical {
    fn default() -> Canonical {
        Canonical { bytes: Vec::with_capacity(ROOM) }
    }
}

impl Canonical {
    /// Starts anew.
    pub(crate) fn clear(&mut self) -> &mut Canonical {
        self.bytes.clear();
        self
    }

    /// Adds a number.
    pub(crate) fn integer(&mut self, number: i64) -> &mut Canonical {
        let mut bytes = [b'i'; 9];
        bytes[1..].copy_from_slice(&number.to_be_bytes());
        self.bytes.extend_from_slice(&bytes);
        self
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Canonical {
        self.run(b't', text.as_bytes())
    }

    /// Adds bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> &mut Canonical {
        self.run(b'b', bytes)
    }

    fn run(&mut self, tag: u8, bytes: &[u8]) -> &mut Canonical {
        match u8::try_from(bytes.len()) {
            Ok(short) if short < LONG => self.bytes.extend_from_slice(&[tag, short]),
            _ => {
                self.bytes.extend_from_slice(&[tag, LONG]);
                self.bytes.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
            }
        }
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// Adds a value of the pack, or the mark of a missing one.
    pub(crate) fn scalar(&mut self, value: Option<&Scalar>) -> &mut Canonical {
        match value {
            None => self.missing(),
            Some(Scalar::Integer(number)) => self.integer(*number),
            Some(Scalar::Text(text)) => self.text(text),
        }
    }

    /// Adds a value as it is bound to a statement.
    pub(crate) fn value(&mut self, value: Value<'_>) -> &mut Canonical {
        match value {
            Value::Null => self.missing(),
            Value::Integer(number) => self.integer(number),
            Value::Text(text) => self.text(text),
            Value::Bytes(bytes) => self.bytes(bytes),
        }
    }

    /// Adds a value as the engine gives it. Invalid text is hashed as it stands, so that
    /// tampering shows as a wrong hash and not as a failure.
    pub(crate) fn cell(&mut self, cell: Cell<'_>) -> &mut Canonical {
        match cell {
            Cell::Null => self.missing(),
            Cell::Integer(number) => self.integer(number),
            Cell::Text(bytes) => self.run(b't', bytes),
            Cell::Bytes(bytes) => self.run(b'b', bytes),
            Cell::Real(bits) => self.run(b'r', &bits.to_be_bytes()),
        }
    }

    fn missing(&mut self) -> &mut Canonical {
        self.bytes.push(b'n');
        self
    }

    /// Adds a field that has a value.
    pub(crate) fn field(&mut self, id: &str) -> &mut Canonical {
        self.run(b'f', id.as_bytes())
    }

    /// Adds what another has.
    pub(crate) fn append(&mut self, other: &Canonical) -> &mut Canonical {
        self.bytes.extend_from_slice(&other.bytes);
        self
    }

    /// The bytes so far.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The hash of the bytes so far.
    pub(crate) fn hash(&self) -> Hash {
        Sm3::digest(&self.bytes).into()
    }
}

/// The bytes of a hash in hexadecimal; `None` if the text is none.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// A hash in hexadecimal.
pub(crate) fn hex(hash: &[u8]) -> String {
    let mut text = String::with_capacity(2 * hash.len());
    hex_into(hash, &mut text);
    text
}

/// [`hex`] behind what stands in `text` already.
pub(crate) fn hex_into(hash: &[u8], text: &mut String) {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    for byte in hash {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_hash_is_sm3() {
        // Example 1 of GB/T 32905-2016.
        let hash: Hash = Sm3::digest(b"abc").into();
        assert_eq!(hex(&hash), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    #[test]
    fn missing_empty_and_zero_differ() {
        let hash = |value: Option<Scalar>| Canonical::default().scalar(value.as_ref()).hash();
        let all = [
            hash(None),
            hash(Some(Scalar::Text(String::new()))),
            hash(Some(Scalar::Text("0".to_owned()))),
            hash(Some(Scalar::Integer(0))),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all.iter().skip(i + 1).all(|b| a != b), "{i}");
        }
    }

    #[test]
    fn long_texts_keep_their_borders() {
        let bytes = |length: usize| Canonical::default().text(&"a".repeat(length)).as_bytes().len();
        assert_eq!((bytes(254), bytes(255), bytes(256)), (256, 265, 266));
    }

    proptest! {
        /// Moving a character over the border of two texts changes the bytes.
        #[test]
        fn borders_are_part_of_the_bytes(a in "a{0,3}", b in "a{0,3}b?", c in "a{0,3}", d in "a{0,3}b?") {
            let bytes = |x: &str, y: &str| {
                Canonical::default().text(x).text(y).as_bytes().to_vec()
            };
            prop_assert_eq!(bytes(&a, &b) == bytes(&c, &d), a == c && b == d);
        }

        /// Values bound and values read back hash alike.
        #[test]
        fn both_sides_hash_alike(number: i64, text in ".{0,12}") {
            for value in [Scalar::Integer(number), Scalar::Text(text)] {
                let read = match &value {
                    Scalar::Integer(n) => Cell::Integer(*n),
                    Scalar::Text(t) => Cell::Text(t.as_bytes()),
                };
                let written = Canonical::default().scalar(Some(&value)).hash();
                prop_assert_eq!(written, Canonical::default().cell(read).hash());
            }
        }
    }
}
