//! What many rows store for their encrypted fields, in two pieces of memory.
//!
//! A row has a dozen such values. Each in memory of its own would cost more than to insert it, all
//! the more as one thread makes them and another throws them away.

use crate::digest::hex_into;
use crate::engine::Value;

/// The values of rows.
pub(crate) struct Packed {
    text: String,
    bytes: Vec<u8>,
    /// Row by row the columns beside the fields, then the ciphertexts.
    slots: Vec<Slot>,
    beside: usize,
    /// Positions of the fields that have a ciphertext.
    fields: Vec<usize>,
}

/// A value, as it is or from where to where it lies.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    Null,
    Integer(i64),
    Text(usize, usize),
    Bytes(usize, usize),
}

impl Packed {
    /// So many rows without values.
    pub(super) fn new(rows: usize, beside: usize, fields: &[usize]) -> Packed {
        let slots = vec![Slot::Null; rows * (beside + fields.len())];
        Packed { text: String::new(), bytes: Vec::new(), slots, beside, fields: fields.to_owned() }
    }

    /// Sets the value of a column.
    pub(super) fn put(&mut self, row: usize, column: usize, slot: Slot) {
        self.slots[row * (self.beside + self.fields.len()) + column] = slot;
    }

    /// Sets the value of a column to a hash in hexadecimal.
    pub(super) fn put_hash(&mut self, row: usize, column: usize, hash: &[u8]) {
        let start = self.text.len();
        hex_into(hash, &mut self.text);
        self.put(row, column, Slot::Text(start, self.text.len()));
    }

    /// Where the bytes lie, for more to be put behind them.
    pub(super) fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// The rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Sealed<'_>> {
        let width = self.beside + self.fields.len();
        let rows = self.slots.len().checked_div(width);
        let slots = self.slots.chunks_exact(width.max(1)).map(|slots| Sealed { all: self, slots });
        // Of a ledger without encrypted fields every row has nothing.
        let none = rows.is_none().then(|| std::iter::repeat(Sealed { all: self, slots: &[] }));
        slots.chain(none.into_iter().flatten())
    }
}

/// What one row stores.
#[derive(Clone, Copy)]
pub(crate) struct Sealed<'p> {
    all: &'p Packed,
    slots: &'p [Slot],
}

impl<'p> Sealed<'p> {
    /// How many columns there are beside the fields.
    pub(super) fn width(self) -> usize {
        self.all.beside
    }

    /// Their values.
    pub(super) fn beside(self) -> impl Iterator<Item = Value<'p>> {
        self.slots.iter().take(self.all.beside).map(move |slot| self.value(*slot))
    }

    /// Positions of fields with their ciphertexts.
    pub(super) fn ciphers(self) -> impl Iterator<Item = (usize, Value<'p>)> {
        let ciphers = self.slots.iter().skip(self.all.beside).map(move |slot| self.value(*slot));
        let fields = self.all.fields.iter().copied();
        fields.zip(ciphers).filter(|(_, cipher)| *cipher != Value::Null)
    }

    fn value(self, slot: Slot) -> Value<'p> {
        match slot {
            Slot::Null => Value::Null,
            Slot::Integer(number) => Value::Integer(number),
            Slot::Text(start, end) => Value::Text(&self.all.text[start..end]),
            Slot::Bytes(start, end) => Value::Bytes(&self.all.bytes[start..end]),
        }
    }
}
