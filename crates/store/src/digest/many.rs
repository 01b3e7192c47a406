//! Many messages to be hashed together.

use vault::sm3_each;

use super::{Canonical, Hash};

/// Messages to be hashed together.
#[derive(Default)]
pub(crate) struct Batch {
    messages: Canonical,
    ends: Vec<usize>,
}

impl Batch {
    /// The message being built.
    pub(crate) fn message(&mut self) -> &mut Canonical {
        &mut self.messages
    }

    /// Ends the message; gives its position in the batch.
    pub(crate) fn end(&mut self) -> usize {
        self.ends.push(self.messages.bytes.len());
        self.ends.len() - 1
    }

    /// How many bytes there are, those of the message being built too.
    pub(crate) fn size(&self) -> usize {
        self.messages.bytes.len()
    }

    /// The bytes of all messages.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.messages.bytes
    }

    /// Starts anew.
    pub(crate) fn clear(&mut self) {
        self.messages.clear();
        self.ends.clear();
    }

    /// The hashes of all messages, in their order.
    pub(crate) fn hashes(&self) -> Vec<Hash> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let messages: Vec<&[u8]> =
            starts.zip(&self.ends).map(|(start, end)| &self.messages.bytes[start..*end]).collect();
        sm3_each(&messages)
    }
}
