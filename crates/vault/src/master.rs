//! The key that encrypts the keys of a database and is kept apart from it.

use std::fmt;

use sm3::{Digest, Sm3};
use zeroize::Zeroizing;

use crate::armor::Armor;
use crate::gcm::{Cipher, KEY, NONCE, Purpose, Refusal, TAG};
use crate::index::INDEX_KEY;
use crate::{DataKey, Entropy, IndexKey, VaultError};

/// What the line of a key looks like.
pub(crate) const LINE: Armor = Armor { prefix: "ZZK1", name: "主密钥" };

/// What keeps the id of a key apart from every other use of SM3 here.
const ID_LABEL: &[u8] = b"zhenzhang master key id";

/// Says which master key is meant without saying anything else of it: the first 32 bits of SM3
/// (GB/T 32905-2016) over a label and the key. Displayed as 8 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId(pub(crate) [u8; 4]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// The key that encrypts the [`DataKey`] and the [`IndexKey`] of a database: 128 bits for SM4
/// (GB/T 32907-2016). Wiped when dropped.
pub struct MasterKey {
    bytes: Zeroizing<[u8; KEY]>,
    cipher: Cipher,
}

impl MasterKey {
    /// A new key.
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`].
    pub fn generate(entropy: &mut Entropy) -> Result<MasterKey, VaultError> {
        let mut bytes = Zeroizing::new([0; KEY]);
        entropy.fill(&mut *bytes)?;
        Ok(MasterKey::new(bytes))
    }

    /// The key with these bytes.
    pub(crate) fn new(bytes: Zeroizing<[u8; KEY]>) -> MasterKey {
        let cipher = Cipher::new(&bytes);
        MasterKey { bytes, cipher }
    }

    /// The bytes of the key.
    pub(crate) fn bytes(&self) -> &[u8; KEY] {
        &self.bytes
    }

    /// Which key this is, safe to show and to store.
    pub fn id(&self) -> KeyId {
        let hash = Sm3::new().chain_update(ID_LABEL).chain_update(self.bytes()).finalize();
        KeyId([hash[0], hash[1], hash[2], hash[3]])
    }

    /// The key as one line: `ZZK1-` and 8 groups of 4 characters, the last of which are a check
    /// sum. The line is the key itself, so it is as secret.
    pub fn to_text(&self) -> Zeroizing<String> {
        LINE.encode(self.bytes())
    }

    /// The key of such a line, also if it was typed in lower case, without hyphens, in full
    /// width, or with I, L and O for 1 and 0.
    ///
    /// # Errors
    ///
    /// [`VaultError::KeyText`] for a typing mistake or another kind of line.
    pub fn from_text(text: &str) -> Result<MasterKey, VaultError> {
        LINE.decode(text).map(MasterKey::new).map_err(VaultError::KeyText)
    }

    /// Length in bytes of what [`MasterKey::wrap_data`] makes.
    pub const WRAPPED_DATA: usize = NONCE + KEY + TAG;

    /// Encrypts a data key for storing: 12 bytes nonce, 16 bytes ciphertext, 16 bytes tag (RFC
    /// 8998). `aad` says where it belongs, such as the id of the database, and has to be the same
    /// when it is unwrapped.
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`].
    pub fn wrap_data(
        &self,
        key: &DataKey,
        aad: &[u8],
        entropy: &mut Entropy,
    ) -> Result<Vec<u8>, VaultError> {
        self.cipher.seal(Purpose::DataKey, aad, &[key.bytes()], entropy)
    }

    /// [`MasterKey::wrap_data`] behind what stands in `wraps` already.
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`].
    pub fn wrap_data_into(
        &self,
        key: &DataKey,
        aad: &[u8],
        entropy: &mut Entropy,
        wraps: &mut Vec<u8>,
    ) -> Result<(), VaultError> {
        self.cipher.seal_into(Purpose::DataKey, aad, &[key.bytes()], entropy, wraps)
    }

    /// The data key in what [`MasterKey::wrap_data`] made.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrapLength`] if it was cut, [`VaultError::WrongMasterKey`] if this key does
    /// not open it.
    pub fn unwrap_data(&self, wrapped: &[u8], aad: &[u8]) -> Result<DataKey, VaultError> {
        self.unwrapped::<KEY>(Purpose::DataKey, wrapped, aad).map(DataKey::new)
    }

    /// Encrypts an index key for storing: 12 bytes nonce, 32 bytes ciphertext, 16 bytes tag. See
    /// [`MasterKey::wrap_data`].
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`].
    pub fn wrap_index(
        &self,
        key: &IndexKey,
        aad: &[u8],
        entropy: &mut Entropy,
    ) -> Result<Vec<u8>, VaultError> {
        self.cipher.seal(Purpose::IndexKey, aad, &[key.bytes()], entropy)
    }

    /// The index key in what [`MasterKey::wrap_index`] made.
    ///
    /// # Errors
    ///
    /// As for [`MasterKey::unwrap_data`].
    pub fn unwrap_index(&self, wrapped: &[u8], aad: &[u8]) -> Result<IndexKey, VaultError> {
        self.unwrapped::<INDEX_KEY>(Purpose::IndexKey, wrapped, aad).map(IndexKey::new)
    }

    fn unwrapped<const N: usize>(
        &self,
        purpose: Purpose,
        wrapped: &[u8],
        aad: &[u8],
    ) -> Result<Zeroizing<[u8; N]>, VaultError> {
        let (expected, found) = (NONCE + N + TAG, wrapped.len());
        let length = || VaultError::WrapLength { expected, found };
        let plain = self.cipher.open(purpose, aad, wrapped).map_err(|refusal| match refusal {
            Refusal::Form => length(),
            // A cut wrap fails at its tag too, but its length says more.
            Refusal::Tag if found != expected => length(),
            Refusal::Tag => VaultError::WrongMasterKey { id: self.id() },
        })?;
        // A wrap of another length would have to come from this key and another program.
        let bytes = <&[u8; N]>::try_from(plain.as_slice()).map_err(|_| length())?;
        Ok(Zeroizing::new(*bytes))
    }
}

/// Only the id is shown.
impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MasterKey").field("id", &self.id()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TextError;
    use proptest::prelude::*;

    fn keys() -> (MasterKey, DataKey, IndexKey, Entropy) {
        let mut entropy = Entropy::seeded(3);
        let master = MasterKey::generate(&mut entropy).unwrap();
        let data = DataKey::generate(&mut entropy).unwrap();
        let index = IndexKey::generate(&mut entropy).unwrap();
        (master, data, index, entropy)
    }

    #[test]
    fn wraps_have_the_length_promised_and_open() {
        let (master, data, index, mut entropy) = keys();
        let wrapped = master.wrap_data(&data, b"db", &mut entropy).unwrap();
        assert_eq!((wrapped.len(), MasterKey::WRAPPED_DATA), (12 + 16 + 16, 12 + 16 + 16));
        let opened = master.unwrap_data(&wrapped, b"db").unwrap();
        let sealed = data.seal("甲", b"", &mut entropy).unwrap();
        assert_eq!(opened.open(&sealed, b"").unwrap(), "甲");

        let wrapped = master.wrap_index(&index, b"db", &mut entropy).unwrap();
        assert_eq!(wrapped.len(), 12 + 32 + 16);
        let opened = master.unwrap_index(&wrapped, b"db").unwrap();
        assert_eq!(opened.hash("a", "b"), index.hash("a", "b"));
    }

    #[test]
    fn every_altered_byte_of_a_wrap_is_refused() {
        let (master, data, index, mut entropy) = keys();
        let id = master.id();
        let mut wrapped = master.wrap_data(&data, b"db", &mut entropy).unwrap();
        for at in 0..wrapped.len() {
            wrapped[at] ^= 0x10;
            let error = master.unwrap_data(&wrapped, b"db").unwrap_err();
            assert!(matches!(error, VaultError::WrongMasterKey { id: i } if i == id), "{at}");
            wrapped[at] ^= 0x10;
        }
        let mut wrapped = master.wrap_index(&index, b"db", &mut entropy).unwrap();
        for at in 0..wrapped.len() {
            wrapped[at] ^= 0x10;
            let error = master.unwrap_index(&wrapped, b"db").unwrap_err();
            assert!(matches!(error, VaultError::WrongMasterKey { id: i } if i == id), "{at}");
            wrapped[at] ^= 0x10;
        }
    }

    #[test]
    fn a_wrong_key_place_or_length_is_told() {
        let (master, data, index, mut entropy) = keys();
        let other = MasterKey::generate(&mut entropy).unwrap();
        let wrapped = master.wrap_data(&data, b"db", &mut entropy).unwrap();
        let wrapped_index = master.wrap_index(&index, b"db", &mut entropy).unwrap();
        let cut = "数据库里存的密钥应有 44 字节,实有 ";
        for (result, expected) in [
            (other.unwrap_data(&wrapped, b"db"), format!("主密钥 {} 打不开", other.id())),
            (master.unwrap_data(&wrapped, b"bd"), format!("主密钥 {} 打不开", master.id())),
            (master.unwrap_data(&wrapped[1..], b"db"), format!("{cut}43 字节")),
            (master.unwrap_data(&[], b"db"), format!("{cut}0 字节")),
            (master.unwrap_data(&wrapped_index, b"db"), format!("{cut}60 字节")),
        ] {
            let message = result.unwrap_err().to_string();
            assert!(message.starts_with(&expected), "{message}");
        }
    }

    #[test]
    fn the_line_and_the_id_stay_as_they_are() {
        // Stored ids and printed lines have to be understood for ever.
        let key = MasterKey::new(Zeroizing::new(*b"0123456789abcdef"));
        assert_eq!(key.to_text().as_str(), "ZZK1-60RK-4CSM-6MV3-EE1S-C5H6-6S35-CRNS-Z0TE");
        assert_eq!(key.id().to_string(), "513860b2");
        assert_eq!(format!("{key:?}"), "MasterKey { id: KeyId(513860b2), .. }");
    }

    #[test]
    fn a_typing_mistake_is_no_wrong_key() {
        let text = keys().0.to_text();
        let other = if text.ends_with('0') { "1" } else { "0" };
        let typed = format!("{}{other}", &text[..text.len() - 1]);
        let error = MasterKey::from_text(&typed).unwrap_err();
        assert!(
            matches!(error, VaultError::KeyText(TextError::Checksum { name: "主密钥" })),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn lines_read_back(bytes: [u8; 16]) {
            let key = MasterKey::new(Zeroizing::new(bytes));
            let read = MasterKey::from_text(&key.to_text()).unwrap();
            prop_assert_eq!(read.bytes(), &bytes);
            prop_assert_eq!(read.id(), key.id());
        }
    }
}
