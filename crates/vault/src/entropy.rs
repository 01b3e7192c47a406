//! Where random bytes come from: the operating system, or a seed for data that nobody has to
//! protect.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use crate::VaultError;
use crate::lanes::sm3_each;

/// What keeps the seeded bytes apart from every other use of SM3 here.
const LABEL: &[u8] = b"zhenzhang seeded entropy";

/// Bytes in one hash of a seeded source.
const HASH: usize = 32;

/// Hashes of a seeded source made at a time, since side by side they cost a fraction.
const HASHES: usize = 16;

/// Bytes asked of the operating system at a time: a call costs more than some hundred bytes do,
/// and an insert of many rows asks for a dozen at a time. No more than Linux gives in one piece.
const DRAWN: usize = 256;

/// A source of bytes for keys and nonces.
pub struct Entropy {
    source: Source,
}

/// What was made and not yet given away is wiped as it is given, and when it is dropped.
enum Source {
    System { drawn: Box<Zeroizing<[u8; DRAWN]>>, given: usize },
    Seeded { seed: u64, counter: u64, ahead: Zeroizing<Vec<[u8; HASH]>> },
}

impl Entropy {
    /// The random generator of the operating system. The only source fit for real data.
    pub fn system() -> Entropy {
        Entropy {
            source: Source::System { drawn: Box::new(Zeroizing::new([0; DRAWN])), given: DRAWN },
        }
    }

    /// Bytes that follow from `seed` alone: the SM3 hashes of the seed and a counter.
    ///
    /// Whoever knows the seed knows every key made from it, and starting twice from one seed
    /// repeats nonces, which breaks GCM. So this is only for tests and for the demonstration
    /// town, whose people are invented and whose files have to come out the same every time.
    pub fn seeded(seed: u64) -> Entropy {
        Entropy { source: Source::Seeded { seed, counter: 0, ahead: Zeroizing::new(Vec::new()) } }
    }

    /// Fills `bytes`. A seeded source begins a new hash at every call, so what it gives depends
    /// on the lengths asked for before.
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`] if the operating system has none to give.
    pub fn fill(&mut self, bytes: &mut [u8]) -> Result<(), VaultError> {
        match &mut self.source {
            Source::System { .. } if bytes.len() > DRAWN => {
                getrandom::fill(bytes).map_err(VaultError::Entropy)
            }
            Source::System { drawn, given } => {
                if bytes.len() > DRAWN - *given {
                    // What is left of the last draw is too little, and nobody gets it.
                    getrandom::fill(&mut ***drawn).map_err(VaultError::Entropy)?;
                    *given = 0;
                }
                let taken = &mut drawn[*given..*given + bytes.len()];
                bytes.copy_from_slice(taken);
                taken.zeroize();
                *given += bytes.len();
                Ok(())
            }
            Source::Seeded { seed, counter, ahead } => {
                for part in bytes.chunks_mut(HASH) {
                    if ahead.is_empty() {
                        **ahead = hashes(*seed, *counter);
                        *counter = counter.wrapping_add(HASHES as u64);
                    }
                    let hash = Zeroizing::new(ahead.pop().unwrap_or_default());
                    part.copy_from_slice(&hash[..part.len()]);
                }
                Ok(())
            }
        }
    }
}

/// The next hashes of a seed from a counter on, the first one last, where it is taken from.
fn hashes(seed: u64, counter: u64) -> Vec<[u8; HASH]> {
    let message = |step: u64| {
        let counter = counter.wrapping_add(step);
        [LABEL, &seed.to_be_bytes(), &counter.to_be_bytes()].concat()
    };
    let messages: Vec<Vec<u8>> = (0..HASHES as u64).rev().map(message).collect();
    sm3_each(&messages)
}

/// The seed is left out, because keys follow from it.
impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.source {
            Source::System { .. } => "Entropy(system)",
            Source::Seeded { .. } => "Entropy(seeded)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sm3::{Digest, Sm3};

    fn taken(mut entropy: Entropy) -> Vec<u8> {
        let mut bytes = [0; 80];
        entropy.fill(&mut bytes[..70]).unwrap();
        entropy.fill(&mut bytes[70..]).unwrap();
        bytes.to_vec()
    }

    #[test]
    fn a_seed_repeats_and_the_system_does_not() {
        assert_eq!(taken(Entropy::seeded(7)), taken(Entropy::seeded(7)));
        assert_ne!(taken(Entropy::seeded(7)), taken(Entropy::seeded(8)));
        assert_ne!(taken(Entropy::system()), taken(Entropy::system()));
    }

    /// What was made of a seed has to be made of it again by every later version.
    #[test]
    fn a_seed_gives_one_hash_after_the_other() {
        let mut entropy = Entropy::seeded(7);
        let mut counter = 0_u64;
        for length in (0..100).chain([12; 50]) {
            let mut bytes = vec![0; length];
            entropy.fill(&mut bytes).unwrap();
            let mut expected = Vec::new();
            for part in bytes.chunks(32) {
                let hash = Sm3::new()
                    .chain_update(b"zhenzhang seeded entropy")
                    .chain_update(7_u64.to_be_bytes())
                    .chain_update(counter.to_be_bytes())
                    .finalize();
                expected.extend_from_slice(&hash[..part.len()]);
                counter += 1;
            }
            assert_eq!(bytes, expected, "{length}");
        }
    }

    /// Bytes given twice would be one nonce for two texts.
    #[test]
    fn the_system_gives_nothing_twice_and_keeps_nothing_given() {
        let mut entropy = Entropy::system();
        let mut seen = std::collections::BTreeSet::new();
        for round in 0..200 {
            let mut bytes = vec![0; 8 + round % 7];
            entropy.fill(&mut bytes).unwrap();
            assert!(seen.insert(bytes[..8].to_vec()), "{round}");
            let Source::System { drawn, given } = &entropy.source else { panic!() };
            assert!(drawn[..*given].iter().all(|byte| *byte == 0), "{round}");
        }
        let mut long = vec![0; DRAWN + 9];
        entropy.fill(&mut long).unwrap();
        assert!(seen.insert(long[..8].to_vec()) && long[DRAWN..] != [0; 9]);
    }

    #[test]
    fn no_block_comes_twice() {
        let bytes = taken(Entropy::seeded(7));
        assert!(bytes[..32] != bytes[32..64] && bytes[..10] != bytes[70..]);
    }

    #[test]
    fn the_seed_is_not_shown() {
        assert_eq!(format!("{:?}", Entropy::seeded(7)), "Entropy(seeded)");
    }
}
