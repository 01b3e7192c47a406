//! Keyed hashes by which an encrypted value, or a part of an encrypted name, can be found.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sm3::Sm3;
use zeroize::Zeroizing;

use crate::lanes::{State, sm3_each_after, state_after};
use crate::{Entropy, VaultError};

/// Length of the key in bytes.
pub(crate) const INDEX_KEY: usize = 32;

/// What is hashed: a whole value or a part of one. A part that is the whole of another value
/// must not hash alike.
const WHOLE: u8 = b'w';
const PART: u8 = b'p';

/// The key of the hashes that stand beside encrypted fields: 256 bits for HMAC with SM3 (GB/T
/// 32905-2016, GB/T 15852.2). It is stored only wrapped, see
/// [`MasterKey::wrap_index`](crate::MasterKey). Wiped when dropped.
///
/// Texts are hashed as they are given, so the caller settles spaces, width and case first, the
/// same way for storing and for searching.
///
/// Without the key a hash says nothing of the value, but equal values have equal hashes. So who
/// holds a copy of the database sees which records share a value or a character, and how often;
/// a token of a single character that stands beside very many names is probably a frequent
/// surname. Tokens should be stored only where a part of a name has to be searched.
pub struct IndexKey {
    bytes: Zeroizing<[u8; INDEX_KEY]>,
    /// The state after the two blocks that depend on the key alone, cloned for each hash.
    keyed: Hmac<Sm3>,
    /// The same two states apart, for many hashes at once.
    inner: State,
    outer: State,
}

impl IndexKey {
    /// A new key.
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`].
    pub fn generate(entropy: &mut Entropy) -> Result<IndexKey, VaultError> {
        let mut bytes = Zeroizing::new([0; INDEX_KEY]);
        entropy.fill(&mut *bytes)?;
        Ok(IndexKey::new(bytes))
    }

    /// The key with these bytes.
    pub(crate) fn new(bytes: Zeroizing<[u8; INDEX_KEY]>) -> IndexKey {
        let keyed = keyed(&bytes);
        // HMAC (GB/T 15852.2, RFC 2104): the key over a block, with the inner and the outer pad.
        let padded = |pad: u8| {
            let mut block = Zeroizing::new([pad; 64]);
            block.iter_mut().zip(bytes.iter()).for_each(|(byte, key)| *byte ^= key);
            state_after(&block)
        };
        let (inner, outer) = (padded(0x36), padded(0x5c));
        IndexKey { bytes, keyed, inner, outer }
    }

    /// The bytes of the key.
    pub(crate) fn bytes(&self) -> &[u8; INDEX_KEY] {
        &self.bytes
    }

    /// The hash of a whole value, for finding it again: the first 128 bits of the HMAC. `context`
    /// says what the value is, such as `id_number`; values of different contexts hash apart even
    /// if they are equal.
    pub fn hash(&self, context: &str, text: &str) -> [u8; 16] {
        self.mac(WHOLE, context, text)
    }

    /// [`IndexKey::hash`] of many texts, at a third of the cost.
    pub fn hash_each<T: AsRef<str>>(&self, context: &str, texts: &[T]) -> Vec<[u8; 16]> {
        self.mac_each(WHOLE, context, texts)
    }

    /// The tokens to store beside an encrypted name, for finding it by a part: one for every
    /// character and one for every pair of neighbouring characters, 64 bits each, sorted so that
    /// they do not show the order of the characters, and each only once.
    pub fn tokens(&self, context: &str, name: &str) -> Vec<[u8; 8]> {
        let parts: Vec<&str> = runs(name, 1).chain(runs(name, 2)).collect();
        sorted(self.parts(context, &parts))
    }

    /// [`IndexKey::tokens`] of many names, at a third of the cost: the bytes of all of them one
    /// after the other behind what stands in `tokens` already, and where those of each name end.
    pub fn tokens_into<T: AsRef<str>>(
        &self,
        context: &str,
        names: &[T],
        tokens: &mut Vec<u8>,
    ) -> Vec<usize> {
        let (mut parts, mut ends) = (Vec::new(), Vec::with_capacity(names.len()));
        for name in names {
            parts.extend(runs(name.as_ref(), 1).chain(runs(name.as_ref(), 2)));
            ends.push(parts.len());
        }
        let mut all: Vec<[u8; 8]> = self.mac_each(PART, context, &parts);
        let mut start = 0;
        for end in &mut ends {
            let own = &mut all[start..*end];
            own.sort_unstable();
            let mut last = None;
            for token in own.iter().filter(|token| last.replace(**token) != Some(**token)) {
                tokens.extend_from_slice(token);
            }
            (start, *end) = (*end, tokens.len());
        }
        ends
    }

    /// The tokens that every name containing `part` has: of its pairs, or of its one character.
    /// Empty for an empty part, which every name contains.
    ///
    /// A name that has them all need not contain the part (two pairs may stand apart), so the
    /// caller opens the names found and looks.
    pub fn query_tokens(&self, context: &str, part: &str) -> Vec<[u8; 8]> {
        let pairs: Vec<&str> = runs(part, 2).collect();
        sorted(if pairs.is_empty() {
            self.parts(context, &runs(part, 1).collect::<Vec<&str>>())
        } else {
            self.parts(context, &pairs)
        })
    }

    fn parts(&self, context: &str, parts: &[&str]) -> Vec<[u8; 8]> {
        parts.iter().map(|part| self.mac(PART, context, part)).collect()
    }

    /// [`IndexKey::mac`] of many texts.
    fn mac_each<const N: usize, T: AsRef<str>>(
        &self,
        what: u8,
        context: &str,
        texts: &[T],
    ) -> Vec<[u8; N]> {
        const { assert!(N <= 32) }
        let length = (context.len() as u64).to_be_bytes();
        let head = 1 + length.len() + context.len();
        // Room for all, so that no text is left behind where it first stood.
        let size = texts.iter().map(|text| head + text.as_ref().len()).sum();
        let mut bytes = Zeroizing::new(Vec::with_capacity(size));
        for text in texts {
            bytes.push(what);
            bytes.extend_from_slice(&length);
            bytes.extend_from_slice(context.as_bytes());
            bytes.extend_from_slice(text.as_ref().as_bytes());
        }
        let mut rest = bytes.as_slice();
        let mut message = |text: &T| {
            let (message, behind) = rest.split_at(head + text.as_ref().len());
            rest = behind;
            message
        };
        let messages: Vec<&[u8]> = texts.iter().map(&mut message).collect();
        let inner = sm3_each_after(&self.inner, 1, &messages);
        sm3_each_after(&self.outer, 1, &inner)
            .iter()
            .map(|hash| std::array::from_fn(|at| hash[at]))
            .collect()
    }

    /// The first `N` bytes of the HMAC. The length stands before the context and the text reaches
    /// to the end, so no two inputs have the same bytes.
    fn mac<const N: usize>(&self, what: u8, context: &str, text: &str) -> [u8; N] {
        const { assert!(N <= 32) }
        let hash = self
            .keyed
            .clone()
            .chain_update([what])
            .chain_update((context.len() as u64).to_be_bytes())
            .chain_update(context)
            .chain_update(text)
            .finalize()
            .into_bytes();
        let mut first = [0; N];
        first.copy_from_slice(&hash[..N]);
        first
    }
}

/// HMAC with SM3 for a key no longer than a block of 64 bytes, which is filled with zeros.
fn keyed<const N: usize>(key: &[u8; N]) -> Hmac<Sm3> {
    const { assert!(N <= 64) }
    let mut block = Zeroizing::new([0; 64]);
    block[..N].copy_from_slice(key);
    Hmac::new((&*block).into())
}

/// Every run of `size` neighbouring characters.
fn runs(text: &str, size: usize) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().map(|(at, _)| at);
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).skip(size - 1);
    starts.zip(ends).map(|(start, end)| &text[start..end])
}

fn sorted(mut tokens: Vec<[u8; 8]>) -> Vec<[u8; 8]> {
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// Nothing of the key is shown.
impl fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexKey").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> IndexKey {
        IndexKey::generate(&mut Entropy::seeded(9)).unwrap()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// GM/T 0042-2015, D.3, the first two examples.
    #[test]
    fn the_hash_is_hmac_sm3() {
        let counting = |i: usize| i as u8 + 1;
        let half = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        let first = keyed::<32>(&std::array::from_fn(counting))
            .chain_update([half.as_slice(), half].concat())
            .finalize();
        assert_eq!(
            hex(&first.into_bytes()),
            "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"
        );
        let second = keyed::<37>(&std::array::from_fn(counting)).chain_update([0xcd; 50]);
        assert_eq!(
            hex(&second.finalize().into_bytes()),
            "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae"
        );
    }

    /// Fails to compile once a feature that wipes keys is lost. HMAC itself bears no such mark,
    /// but holds nothing apart from states of SM3 and its buffer.
    #[test]
    fn the_state_wipes_itself() {
        fn wiped<T: zeroize::ZeroizeOnDrop>() {}
        wiped::<Sm3>();
    }

    #[test]
    fn borders_contexts_kinds_and_keys_tell_hashes_apart() {
        let (key, other) = (key(), IndexKey::generate(&mut Entropy::seeded(10)).unwrap());
        assert_eq!(key.hash("phone", "甲"), key.hash("phone", "甲"));
        assert_ne!(key.hash("phone", "甲"), key.hash("phon", "e甲"));
        assert_ne!(key.hash("phone", "甲"), key.hash("name", "甲"));
        assert_ne!(key.hash("phone", "甲"), other.hash("phone", "甲"));
        assert_ne!(key.hash("name", "甲")[..8], key.tokens("name", "甲")[0]);
    }

    /// Number of tokens stored for the name, and whether they hold those of the part.
    fn check(name: &str, stored: usize, part: &str, found: bool) {
        let key = key();
        let tokens = key.tokens("name", name);
        let wanted = key.query_tokens("name", part);
        assert_eq!(tokens.len(), stored, "{name}");
        assert!(tokens.is_sorted(), "{name}");
        assert_eq!(wanted.iter().all(|token| tokens.contains(token)), found, "{name} {part}");
    }

    #[test]
    fn a_part_finds_the_name() {
        check("", 0, "甲", false);
        check("甲", 1, "甲", true);
        check("甲乙丙", 5, "乙", true);
        check("甲乙丙", 5, "乙丙", true);
        check("甲乙丙", 5, "甲乙丙", true);
        check("甲乙丙", 5, "", true);
        check("甲乙丙", 5, "丁", false);
        check("甲乙丙", 5, "甲丙", false);
        check("甲乙丙", 5, "丙乙", false);
        check("甲甲甲", 2, "甲甲", true);
    }

    #[test]
    fn nothing_of_the_key_is_shown() {
        assert_eq!(format!("{:?}", key()), "IndexKey { .. }");
    }

    proptest! {
        #[test]
        fn many_at_once_hash_as_one_by_one(texts in prop::collection::vec("[甲乙丙·a𠮷]{0,40}", 0..40)) {
            let key = key();
            let hashes: Vec<_> = texts.iter().map(|text| key.hash("name", text)).collect();
            prop_assert_eq!(key.hash_each("name", &texts), hashes);
            let (mut all, mut expected) = (vec![7], vec![7]);
            let ends = key.tokens_into("name", &texts, &mut all);
            for (text, end) in texts.iter().zip(ends) {
                expected.extend(key.tokens("name", text).concat());
                prop_assert_eq!(end, expected.len());
            }
            prop_assert_eq!(all, expected);
        }

        /// Whatever the name, every part of it finds it.
        #[test]
        fn no_name_is_missed(name in "[甲乙丙·a𠮷]{1,6}", from in 0_usize..6, length in 1_usize..6) {
            let key = key();
            let part: String = name.chars().skip(from).take(length).collect();
            let tokens = key.tokens("name", &name);
            prop_assert!(key.query_tokens("name", &part).iter().all(|t| tokens.contains(t)));
        }
    }
}
