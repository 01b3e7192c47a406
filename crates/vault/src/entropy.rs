//! Where random bytes come from: the operating system, or a seed for data that nobody has to
//! protect.

use std::fmt;

use sm3::{Digest, Sm3};

use crate::VaultError;

/// What keeps the seeded bytes apart from every other use of SM3 here.
const LABEL: &[u8] = b"zhenzhang seeded entropy";

/// A source of bytes for keys and nonces.
pub struct Entropy {
    source: Source,
}

enum Source {
    System,
    Seeded { seed: u64, counter: u64 },
}

impl Entropy {
    /// The random generator of the operating system. The only source fit for real data.
    pub fn system() -> Entropy {
        Entropy { source: Source::System }
    }

    /// Bytes that follow from `seed` alone: the SM3 hashes of the seed and a counter.
    ///
    /// Whoever knows the seed knows every key made from it, and starting twice from one seed
    /// repeats nonces, which breaks GCM. So this is only for tests and for the demonstration
    /// town, whose people are invented and whose files have to come out the same every time.
    pub fn seeded(seed: u64) -> Entropy {
        Entropy { source: Source::Seeded { seed, counter: 0 } }
    }

    /// Fills `bytes`. A seeded source begins a new hash at every call, so what it gives depends
    /// on the lengths asked for before.
    ///
    /// # Errors
    ///
    /// [`VaultError::Entropy`] if the operating system has none to give.
    pub fn fill(&mut self, bytes: &mut [u8]) -> Result<(), VaultError> {
        match &mut self.source {
            Source::System => getrandom::fill(bytes).map_err(VaultError::Entropy),
            Source::Seeded { seed, counter } => {
                for part in bytes.chunks_mut(32) {
                    let hash = Sm3::new()
                        .chain_update(LABEL)
                        .chain_update(seed.to_be_bytes())
                        .chain_update(counter.to_be_bytes())
                        .finalize();
                    part.copy_from_slice(&hash[..part.len()]);
                    *counter = counter.wrapping_add(1);
                }
                Ok(())
            }
        }
    }
}

/// The seed is left out, because keys follow from it.
impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.source {
            Source::System => "Entropy(system)",
            Source::Seeded { .. } => "Entropy(seeded)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
