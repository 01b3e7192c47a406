//! The hash of chunks, streams and manifests: BLAKE3, 256 bits.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Characters of a hash in hexadecimal.
pub(crate) const DIGITS: usize = 64;

/// A BLAKE3 hash; shown as 64 lower case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(blake3::Hash);

impl Hash {
    /// The hash of the bytes.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(blake3::hash(bytes))
    }

    /// The 32 bytes of the hash.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_hex())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_hex())
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        blake3::Hash::from_hex(text).map(Hash).map_err(de::Error::custom)
    }
}

/// The hash of a stream whose chunks come one after the other, and how long it is.
#[derive(Default)]
pub(crate) struct Whole {
    hasher: blake3::Hasher,
    length: u64,
}

impl Whole {
    /// Adds a chunk of so many bytes: its hash or, in an early manifest, the bytes.
    pub(crate) fn add(&mut self, hashed: &[u8], length: u32) {
        self.hasher.update(hashed);
        self.length += u64::from(length);
    }

    pub(crate) fn hash(&self) -> Hash {
        Hash(self.hasher.finalize())
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_blake3() {
        // The test vector of length 0 of the BLAKE3 repository.
        let empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
        assert_eq!(Hash::of(b"").to_string(), empty);
        let mut whole = Whole::default();
        whole.add(b"ab", 2);
        whole.add(b"c", 1);
        assert_eq!((whole.hash(), whole.length()), (Hash::of(b"abc"), 3));
    }
}
