//! Shares of a master key, for printing and keeping in three places: any two give the key back,
//! one alone says nothing of it (A. Shamir, How to share a secret, Communications of the ACM 22,
//! 1979).

use std::fmt;

use zeroize::Zeroizing;

use crate::armor::Armor;
use crate::field::{inverse, times};
use crate::gcm::KEY;
use crate::{Entropy, KeyId, MasterKey, VaultError};

/// What the line of a share looks like.
const LINE: Armor = Armor { prefix: "ZZS1", name: "密钥分片" };

/// Bytes of a share: id of the key, number, a byte for every byte of the key.
const LENGTH: usize = 4 + 1 + KEY;

/// How many shares there are.
const SHARES: u8 = 3;

/// One of the three shares of a master key: for every byte of the key a point of the line that
/// goes through the byte at 0 and has a random slope, over GF(2^8). Wiped when dropped.
///
/// The id of the key stands on the share too, so that the right two can be found. As a hash it
/// could confirm a guess of the whole key, but of 128 random bits there is nothing to guess.
pub struct Share {
    key: KeyId,
    number: u8,
    bytes: Zeroizing<[u8; KEY]>,
}

impl Share {
    /// Which master key this is a share of.
    pub fn key_id(&self) -> KeyId {
        self.key
    }

    /// Number of the share: 1, 2 or 3.
    pub fn number(&self) -> u8 {
        self.number
    }

    /// The share as one line: `ZZS1-` and 10 groups of 4 characters, the last of which are a
    /// check sum. To be printed once and kept apart from the other shares.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut payload = Zeroizing::new([0; LENGTH]);
        payload[..4].copy_from_slice(&self.key.0);
        payload[4] = self.number;
        payload[5..].copy_from_slice(&*self.bytes);
        LINE.encode(&payload)
    }

    /// The share of such a line, read as tolerantly as [`MasterKey::from_text`] does.
    ///
    /// # Errors
    ///
    /// [`VaultError::ShareText`] for a typing mistake or another kind of line,
    /// [`VaultError::ShareNumber`] for a share that cannot be of this program.
    pub fn from_text(text: &str) -> Result<Share, VaultError> {
        let payload = LINE.decode::<LENGTH>(text).map_err(VaultError::ShareText)?;
        let [a, b, c, d, number, bytes @ ..] = *payload;
        let bytes = Zeroizing::new(bytes);
        if !(1..=SHARES).contains(&number) {
            return Err(VaultError::ShareNumber { number });
        }
        Ok(Share { key: KeyId([a, b, c, d]), number, bytes })
    }
}

/// The points are not shown.
impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share")
            .field("key", &self.key)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

/// Three shares of a key, any two of which give it back. Every call draws new lines, so shares of
/// two calls do not go together.
///
/// # Errors
///
/// [`VaultError::Entropy`].
pub fn split(key: &MasterKey, entropy: &mut Entropy) -> Result<[Share; 3], VaultError> {
    let mut slopes = Zeroizing::new([0; KEY]);
    entropy.fill(&mut *slopes)?;
    Ok([1, 2, 3].map(|number| {
        let mut bytes = Zeroizing::new(*key.bytes());
        for (byte, slope) in bytes.iter_mut().zip(slopes.iter()) {
            *byte ^= times(*slope, number);
        }
        Share { key: key.id(), number, bytes }
    }))
}

/// The key of two shares.
///
/// # Errors
///
/// [`VaultError::ShareKeys`] for shares of different keys, [`VaultError::ShareTwice`] for twice
/// the same, [`VaultError::ShareOccasion`] for shares of one key that were split at different
/// times.
pub fn combine(left: &Share, right: &Share) -> Result<MasterKey, VaultError> {
    let id = left.key;
    if id != right.key {
        return Err(VaultError::ShareKeys { left: id, right: right.key });
    }
    if left.number == right.number {
        return Err(if left.bytes == right.bytes {
            VaultError::ShareTwice { number: left.number }
        } else {
            VaultError::ShareOccasion { id }
        });
    }
    // The line through two points (m, y) and (n, z), at 0: (y n + z m) / (m + n).
    let (m, n) = (left.number, right.number);
    let divisor = inverse(m ^ n);
    let mut bytes = Zeroizing::new([0; KEY]);
    for ((byte, y), z) in bytes.iter_mut().zip(left.bytes.iter()).zip(right.bytes.iter()) {
        *byte = times(times(*y, n) ^ times(*z, m), divisor);
    }
    let key = MasterKey::new(bytes);
    if key.id() == id { Ok(key) } else { Err(VaultError::ShareOccasion { id }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TextError;
    use proptest::prelude::*;

    fn shares(seed: u64) -> (MasterKey, [Share; 3], [Share; 3]) {
        let mut entropy = Entropy::seeded(seed);
        let key = MasterKey::generate(&mut entropy).unwrap();
        let first = split(&key, &mut entropy).unwrap();
        let second = split(&key, &mut entropy).unwrap();
        (key, first, second)
    }

    fn check(left: &Share, right: &Share, expected: &str) {
        let message = combine(left, right).unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
    }

    #[test]
    fn shares_that_do_not_go_together_are_told() {
        let (key, [a, b, _], [a_later, _, c_later]) = shares(1);
        let (other_key, [_, other, _], _) = shares(2);
        let ids = format!("(编号 {} 和 {})", key.id(), other_key.id());
        check(&a, &other, &format!("两份密钥分片不属于同一个主密钥{ids}"));
        check(&b, &b, "两次给的是同一份密钥分片(第 2 份)");
        let occasion = format!("两份密钥分片虽属于同一个主密钥 {},却不是同一次打印的", key.id());
        check(&a, &a_later, &occasion);
        check(&a, &c_later, &occasion);
    }

    #[test]
    fn lines_that_are_no_shares_are_told() {
        let (key, [share, ..], _) = shares(1);
        let line = share.to_text();
        assert_eq!(line.len(), 4 + 10 * 5);
        let error = |text: &str| Share::from_text(text).unwrap_err();
        let name = "密钥分片";
        let mut swapped = line.to_string();
        let last = swapped.pop().unwrap();
        swapped.push(if last == '0' { '1' } else { '0' });
        for (text, expected) in [
            (key.to_text().as_str(), TextError::Prefix { name, prefix: "ZZS1" }),
            (&line[..line.len() - 2], TextError::Length { name, expected: 40, found: 38 }),
            (&swapped, TextError::Checksum { name }),
        ] {
            assert!(matches!(error(text), VaultError::ShareText(e) if e == expected), "{text}");
        }
        for number in [0, 4] {
            let strange = Share { key: key.id(), number, bytes: Zeroizing::new([0; KEY]) };
            let error = error(&strange.to_text());
            assert!(matches!(error, VaultError::ShareNumber { number: n } if n == number));
        }
    }

    /// Whatever byte a share holds, every byte of the key is as possible as any other: exactly
    /// one slope leads from it to the share.
    #[test]
    fn one_share_alone_says_nothing() {
        for number in 1..=SHARES {
            for point in 0..=u8::MAX {
                for candidate in 0..=u8::MAX {
                    let slope = times(candidate ^ point, inverse(number));
                    assert_eq!(candidate ^ times(slope, number), point);
                }
                let mut slopes: Vec<u8> =
                    (0..=u8::MAX).map(|c| times(c ^ point, inverse(number))).collect();
                slopes.sort_unstable();
                slopes.dedup();
                assert_eq!(slopes.len(), 256, "{number} {point}");
            }
        }
    }

    #[test]
    fn the_points_are_not_shown() {
        let (key, [share, ..], _) = shares(1);
        let expected = format!("Share {{ key: KeyId({}), number: 1, .. }}", key.id());
        assert_eq!(format!("{share:?}"), expected);
    }

    proptest! {
        #[test]
        fn any_two_give_the_key_back(bytes: [u8; 16], seed: u64) {
            let key = MasterKey::new(Zeroizing::new(bytes));
            let printed = split(&key, &mut Entropy::seeded(seed)).unwrap();
            let shares = printed.each_ref().map(|s| Share::from_text(&s.to_text()).unwrap());
            for (i, j) in [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)] {
                let back = combine(&shares[i], &shares[j]).unwrap();
                prop_assert_eq!(back.bytes(), &bytes);
            }
        }
    }
}
