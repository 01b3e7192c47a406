//! SM4 in Galois/counter mode: the block cipher of GB/T 32907-2016 in the mode of RFC 8998
//! (GB/T 36624-2018, NIST SP 800-38D), with a random nonce of 96 bits in front of every
//! ciphertext and the whole tag of 128 bits behind it.
//!
//! NIST SP 800-38D, 8.3, allows 2^32 random nonces under one key. A township writes some millions
//! of fields in its life.

use aes_gcm::aead::AeadInOut;
use aes_gcm::aead::consts::U12;
use aes_gcm::{AesGcm, KeyInit, Nonce, Tag};
use sm4::Sm4;
use zeroize::{Zeroize, Zeroizing};

use crate::{Entropy, VaultError};

/// Length of a key in bytes.
pub(crate) const KEY: usize = 16;

/// Length of a nonce in bytes.
pub(crate) const NONCE: usize = 12;

/// Length of a tag in bytes.
pub(crate) const TAG: usize = 16;

/// What a ciphertext is for. It is part of what the tag covers, so a ciphertext made for one
/// purpose cannot be opened for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A field: padded text.
    Text,
    /// A file: bytes as they are.
    File,
    /// A wrapped [`DataKey`](crate::DataKey).
    DataKey,
    /// A wrapped [`IndexKey`](crate::IndexKey).
    IndexKey,
}

impl Purpose {
    /// What stands before the nonce: a byte for the version of what outlives a program, nothing
    /// for wrapped keys, which are told by their place and length.
    fn head(self) -> &'static [u8] {
        match self {
            Purpose::Text => &[1],
            Purpose::File => &[2],
            Purpose::DataKey | Purpose::IndexKey => &[],
        }
    }

    /// The associated data the tag covers: a mark of the purpose, then what the caller gave.
    fn associated(self, given: &[u8]) -> Vec<u8> {
        let mark = match self {
            Purpose::Text => b't',
            Purpose::File => b'f',
            Purpose::DataKey => b'd',
            Purpose::IndexKey => b'i',
        };
        [&[mark], given].concat()
    }
}

/// Why a ciphertext was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Too short, or of another version.
    Form,
    /// The tag does not fit.
    Tag,
}

/// A key made ready for use. The cipher and its hash wipe themselves when dropped.
pub(crate) struct Cipher {
    gcm: AesGcm<Sm4, U12>,
}

impl Cipher {
    /// Makes a key ready.
    pub(crate) fn new(key: &[u8; KEY]) -> Cipher {
        Cipher { gcm: AesGcm::new(key.into()) }
    }

    /// Encrypts `parts`, one after the other, as head, nonce, ciphertext and tag.
    pub(crate) fn seal(
        &self,
        purpose: Purpose,
        aad: &[u8],
        parts: &[&[u8]],
        entropy: &mut Entropy,
    ) -> Result<Vec<u8>, VaultError> {
        let mut sealed = Vec::new();
        self.seal_into(purpose, aad, parts, entropy, &mut sealed)?;
        Ok(sealed)
    }

    /// [`Cipher::seal`] behind what stands in `sealed` already.
    pub(crate) fn seal_into(
        &self,
        purpose: Purpose,
        aad: &[u8],
        parts: &[&[u8]],
        entropy: &mut Entropy,
        sealed: &mut Vec<u8>,
    ) -> Result<(), VaultError> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce)?;
        let length = parts.iter().map(|p| p.len()).sum::<usize>();
        let head = purpose.head();
        // Room for everything, so that the plaintext is encrypted where it was first copied to.
        sealed.reserve(head.len() + NONCE + length + TAG);
        sealed.extend_from_slice(head);
        sealed.extend_from_slice(&nonce);
        let start = sealed.len();
        parts.iter().for_each(|part| sealed.extend_from_slice(part));
        let tag = self.gcm.encrypt_inout_detached(
            &Nonce::from(nonce),
            &purpose.associated(aad),
            (&mut sealed[start..]).into(),
        );
        let Ok(tag) = tag else {
            sealed[start..].zeroize();
            return Err(VaultError::TooLarge { bytes: length });
        };
        sealed.extend_from_slice(&tag);
        Ok(())
    }

    /// The plaintext of what [`Cipher::seal`] made for the same purpose and associated data.
    pub(crate) fn open(
        &self,
        purpose: Purpose,
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let rest = sealed.strip_prefix(purpose.head()).ok_or(Refusal::Form)?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE>().ok_or(Refusal::Form)?;
        let (body, tag) = rest.split_last_chunk::<TAG>().ok_or(Refusal::Form)?;
        let mut plain = Zeroizing::new(body.to_vec());
        self.gcm
            .decrypt_inout_detached(
                &Nonce::from(*nonce),
                &purpose.associated(aad),
                plain.as_mut_slice().into(),
                &Tag::from(*tag),
            )
            .map_err(|_| Refusal::Tag)?;
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes of a line of hexadecimal digits.
    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.chars().map(|c| c.to_digit(16).unwrap() as u8).collect();
        digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
    }

    /// RFC 8998, A.1.
    #[test]
    fn the_cipher_is_sm4_gcm() {
        let key: [u8; KEY] = bytes("0123456789ABCDEFFEDCBA9876543210").try_into().unwrap();
        let nonce: [u8; NONCE] = bytes("00001234567800000000ABCD").try_into().unwrap();
        let aad = bytes("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
        let mut text = bytes(
            "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD\
             EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA",
        );
        let tag = Cipher::new(&key)
            .gcm
            .encrypt_inout_detached(&Nonce::from(nonce), &aad, text.as_mut_slice().into())
            .unwrap();
        assert_eq!(
            text,
            bytes(
                "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735\
                 D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
            )
        );
        assert_eq!(tag.to_vec(), bytes("83DE3541E4C2B58177E065A9BF7B62EC"));
    }

    /// Fails to compile once a feature that wipes keys is lost.
    #[test]
    fn the_cipher_wipes_itself() {
        fn wiped<T: zeroize::ZeroizeOnDrop>() {}
        wiped::<AesGcm<Sm4, U12>>();
    }

    #[test]
    fn a_purpose_is_no_other() {
        let all = [Purpose::Text, Purpose::File, Purpose::DataKey, Purpose::IndexKey];
        let cipher = Cipher::new(&[3; KEY]);
        for made in all {
            let sealed = cipher.seal(made, b"a", &[b"xy", b"z"], &mut Entropy::seeded(1)).unwrap();
            for wanted in all {
                // The head is put right, so that only the tag can tell the purposes apart.
                let moved = [wanted.head(), &sealed[made.head().len()..]].concat();
                let opened = cipher.open(wanted, b"a", &moved).map(|plain| plain.to_vec());
                let expected = if made == wanted { Ok(b"xyz".to_vec()) } else { Err(Refusal::Tag) };
                assert_eq!(opened, expected, "{made:?} {wanted:?}");
            }
        }
    }

    #[test]
    fn two_ciphertexts_of_one_text_differ() {
        let (cipher, mut entropy) = (Cipher::new(&[3; KEY]), Entropy::seeded(1));
        let mut sealed = || cipher.seal(Purpose::Text, b"", &[b"x"], &mut entropy).unwrap();
        assert_ne!(sealed(), sealed());
    }
}
