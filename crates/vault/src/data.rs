//! The key that encrypts fields and files.

use std::fmt;

use zeroize::Zeroizing;

use crate::gcm::{Cipher, KEY, NONCE, Purpose, Refusal, TAG};
use crate::{Entropy, VaultError};

/// A text is padded to a multiple of this many bytes. With the length in front, names of up to
/// four characters and phone numbers look alike.
const BLOCK: usize = 16;

/// Bytes of the length in front of a text.
const LENGTH: usize = 4;

/// The key that encrypts the fields and files of one database: 128 bits for SM4 (GB/T
/// 32907-2016). It is stored only wrapped, see [`MasterKey::wrap_data`](crate::MasterKey).
/// Wiped when dropped.
pub struct DataKey {
    bytes: Zeroizing<[u8; KEY]>,
    cipher: Cipher,
}

impl DataKey {
    /// Bytes that [`DataKey::seal_bytes`] adds to a file: version, nonce and tag.
    pub const ADDED_TO_FILE: usize = 1 + NONCE + TAG;

    /// A new key.
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`].
    pub fn generate(entropy: &mut Entropy) -> Result<DataKey, VaultError> {
        let mut bytes = Zeroizing::new([0; KEY]);
        entropy.fill(&mut *bytes)?;
        Ok(DataKey::new(bytes))
    }

    /// The key with these bytes.
    pub(crate) fn new(bytes: Zeroizing<[u8; KEY]>) -> DataKey {
        let cipher = Cipher::new(&bytes);
        DataKey { bytes, cipher }
    }

    /// The bytes of the key.
    pub(crate) fn bytes(&self) -> &[u8; KEY] {
        &self.bytes
    }

    /// Encrypts a field: a version byte 1, 12 bytes nonce, the ciphertext and 16 bytes tag
    /// (RFC 8998). The text is padded, so that its length shows only in steps of 16 bytes.
    ///
    /// `aad` says where the ciphertext belongs, such as ledger, record and field; it is not
    /// stored, and [`DataKey::open`] has to be given the same. So no ciphertext can be moved to
    /// another person.
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`], and [`VaultError::TooLarge`] from 4 GiB on.
    pub fn seal(
        &self,
        plain: &str,
        aad: &[u8],
        entropy: &mut Entropy,
    ) -> Result<Vec<u8>, VaultError> {
        let mut sealed = Vec::new();
        self.seal_into(plain, aad, entropy, &mut sealed)?;
        Ok(sealed)
    }

    /// [`DataKey::seal`] behind what stands in `sealed` already, for many fields in one piece of
    /// memory.
    ///
    /// # Errors
    ///
    /// As for [`DataKey::seal`]; what stands behind `sealed` then is of no use.
    pub fn seal_into(
        &self,
        plain: &str,
        aad: &[u8],
        entropy: &mut Entropy,
        sealed: &mut Vec<u8>,
    ) -> Result<(), VaultError> {
        let bytes = plain.len();
        let length = u32::try_from(bytes).map_err(|_| VaultError::TooLarge { bytes })?;
        let padding = &[0; BLOCK][..padding(bytes)];
        let parts = [&length.to_be_bytes(), plain.as_bytes(), padding];
        self.cipher.seal_into(Purpose::Text, aad, &parts, entropy, sealed)
    }

    /// The text of a field that [`DataKey::seal`] encrypted with the same `aad`.
    ///
    /// # Errors
    ///
    /// [`VaultError::NotCiphertext`] if the bytes are too short or of another version,
    /// [`VaultError::Altered`] if they were altered or belong elsewhere,
    /// [`VaultError::Content`] if another program wrote them.
    pub fn open(&self, sealed: &[u8], aad: &[u8]) -> Result<String, VaultError> {
        let plain = self.opened(Purpose::Text, sealed, aad)?;
        text(&plain).map(str::to_owned).ok_or(VaultError::Content)
    }

    /// Encrypts a file: a version byte 2, 12 bytes nonce, the ciphertext and 16 bytes tag. The
    /// length of the file shows. For `aad` see [`DataKey::seal`].
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`], and [`VaultError::TooLarge`] from 64 GiB on.
    pub fn seal_bytes(
        &self,
        plain: &[u8],
        aad: &[u8],
        entropy: &mut Entropy,
    ) -> Result<Vec<u8>, VaultError> {
        self.cipher.seal(Purpose::File, aad, &[plain], entropy)
    }

    /// The bytes of a file that [`DataKey::seal_bytes`] encrypted with the same `aad`.
    ///
    /// # Errors
    ///
    /// [`VaultError::NotCiphertext`] and [`VaultError::Altered`] as for [`DataKey::open`].
    pub fn open_bytes(&self, sealed: &[u8], aad: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.opened(Purpose::File, sealed, aad).map(|mut plain| std::mem::take(&mut *plain))
    }

    fn opened(
        &self,
        purpose: Purpose,
        sealed: &[u8],
        aad: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.cipher.open(purpose, aad, sealed).map_err(|refusal| match refusal {
            Refusal::Form => VaultError::NotCiphertext { found: sealed.len() },
            Refusal::Tag => VaultError::Altered,
        })
    }
}

/// Zeros after a text of this many bytes.
fn padding(bytes: usize) -> usize {
    // Taking the rest first keeps the sum small, whatever the length.
    (BLOCK - (LENGTH + bytes % BLOCK) % BLOCK) % BLOCK
}

/// The text in a padded one, if the padding is as [`DataKey::seal`] makes it.
fn text(plain: &[u8]) -> Option<&str> {
    let (length, rest) = plain.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (bytes, zeros) = rest.split_at_checked(length)?;
    if zeros.len() != padding(length) || zeros.iter().any(|byte| *byte != 0) {
        return None;
    }
    std::str::from_utf8(bytes).ok()
}

/// Nothing of the key is shown.
impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataKey").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> (DataKey, Entropy) {
        let mut entropy = Entropy::seeded(5);
        (DataKey::generate(&mut entropy).unwrap(), entropy)
    }

    /// The length of a ciphertext says little about the text.
    #[test]
    fn lengths_show_in_steps_only() {
        let (key, mut entropy) = key();
        for (text, blocks) in [
            ("", 1),
            ("甲", 1),
            ("甲乙丙丁", 1),
            ("00000000000", 1),
            ("甲乙丙丁戊", 2),
            ("000000000000000000", 2),
        ] {
            let sealed = key.seal(text, b"", &mut entropy).unwrap();
            assert_eq!(sealed.len(), 1 + 12 + 16 * blocks + 16, "{text}");
        }
    }

    #[test]
    fn every_altered_byte_is_refused() {
        let (key, mut entropy) = key();
        let sealed = key.seal("甲乙丙", b"person/1/name", &mut entropy).unwrap();
        let file = key.seal_bytes("甲乙丙".as_bytes(), b"scan", &mut entropy).unwrap();
        assert_eq!(file.len(), "甲乙丙".len() + DataKey::ADDED_TO_FILE);
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut altered = sealed.clone();
                altered[at] ^= 1 << bit;
                let error = key.open(&altered, b"person/1/name").unwrap_err();
                // Only the version byte is read before the tag.
                match error {
                    VaultError::NotCiphertext { found } => assert_eq!((at, found), (0, 45)),
                    VaultError::Altered => assert_ne!(at, 0),
                    other => panic!("{at}: {other:?}"),
                }
            }
        }
        for at in 0..file.len() {
            let mut altered = file.clone();
            altered[at] ^= 1;
            assert!(key.open_bytes(&altered, b"scan").is_err(), "{at}");
        }
        for length in 0..sealed.len() {
            assert!(key.open(&sealed[..length], b"person/1/name").is_err(), "{length}");
        }
    }

    fn check(error: VaultError, expected: &str) {
        assert!(error.to_string().starts_with(expected), "{error}");
    }

    #[test]
    fn what_does_not_belong_is_refused() {
        let (key, mut entropy) = key();
        let other = DataKey::generate(&mut entropy).unwrap();
        let sealed = key.seal("甲", b"person/1/name", &mut entropy).unwrap();
        let file = key.seal_bytes(b"x", b"person/1/name", &mut entropy).unwrap();
        check(key.open(&sealed, b"person/2/name").unwrap_err(), "密文与它所在的位置对不上");
        check(key.open(&sealed, b"").unwrap_err(), "密文与它所在的位置对不上");
        check(other.open(&sealed, b"person/1/name").unwrap_err(), "密文与它所在的位置对不上");
        check(key.open(&file, b"person/1/name").unwrap_err(), "这里应是密文,存的 30 字节");
        check(key.open("甲乙丙".as_bytes(), b"").unwrap_err(), "这里应是密文,存的 9 字节");
        check(key.open_bytes(&sealed, b"person/1/name").unwrap_err(), "这里应是密文");
    }

    #[test]
    fn strange_contents_are_refused() {
        let (key, mut entropy) = key();
        for plain in [
            &b""[..],
            &[0, 0, 0],
            &[0, 0, 0, 1, b'x'],
            &[0, 0, 0, 2, b'x', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            &[0, 0, 0, 1, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0xff, 0xff, 0xff, 0xff, b'x', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ] {
            let sealed = key.cipher.seal(Purpose::Text, b"", &[plain], &mut entropy).unwrap();
            check(key.open(&sealed, b"").unwrap_err(), "密文打开了,里面却不是约定的格式");
        }
    }

    #[test]
    fn nothing_of_the_key_is_shown() {
        assert_eq!(format!("{:?}", key().0), "DataKey { .. }");
    }

    proptest! {
        #[test]
        fn texts_read_back(text in ".{0,40}", aad: Vec<u8>) {
            let (key, mut entropy) = key();
            let sealed = key.seal(&text, &aad, &mut entropy).unwrap();
            prop_assert_eq!(key.open(&sealed, &aad).unwrap(), text);
        }

        #[test]
        fn files_read_back(bytes: Vec<u8>, aad: Vec<u8>) {
            let (key, mut entropy) = key();
            let sealed = key.seal_bytes(&bytes, &aad, &mut entropy).unwrap();
            prop_assert_eq!(sealed.len(), 1 + 12 + bytes.len() + 16);
            prop_assert_eq!(key.open_bytes(&sealed, &aad).unwrap(), bytes);
        }
    }
}
