//! What the chain says and what the tables hold, compared without pairing them.
//!
//! Looking up the row of each record that the chain names would take a few
//! queries an entry. Instead both sides are read in the order in which they lie,
//! and each state of a record adds a keyed hash of itself to a sum. Equal sums
//! mean equal states, each as often as on the other side: the key is drawn anew
//! for each verification, so nobody can make two sets of states that add up to
//! the same; that it happens by chance is as likely as guessing 64 bits.
//!
//! The sums are kept by buckets of revisions. Where those of a bucket differ,
//! its entries are walked again one by one (`name`), and only those.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// Buckets of revisions, beside the one for revisions that cannot be.
const BUCKETS: usize = 4096;

/// The key of the hashes, and the buckets of revisions.
pub(super) struct Prints {
    key: RandomState,
    last: i64,
    width: i64,
}

impl Prints {
    /// Buckets for the revisions from 1 to the last.
    pub(super) fn new(last: i64) -> Prints {
        let width = last.max(0) / BUCKETS as i64 + 1;
        Prints { key: RandomState::new(), last, width }
    }

    /// The bucket of a revision.
    pub(super) fn bucket(&self, revision: i64) -> usize {
        match (1..=self.last).contains(&revision) {
            true => usize::try_from((revision - 1) / self.width).unwrap_or(BUCKETS),
            false => BUCKETS,
        }
    }

    /// A record took this state in this revision.
    pub(super) fn written(&self, ledger: usize, id: i64, revision: i64, leaf: &[u8]) -> u64 {
        self.print(0, ledger, id, revision, leaf)
    }

    /// A state of a record ended in this revision because another followed.
    pub(super) fn followed(&self, ledger: usize, id: i64, revision: i64) -> u64 {
        self.print(1, ledger, id, revision, &[])
    }

    /// This state of a record was withdrawn in this revision.
    pub(super) fn withdrawn(&self, ledger: usize, id: i64, revision: i64, leaf: &[u8]) -> u64 {
        self.print(2, ledger, id, revision, leaf)
    }

    /// Something that no entry can have written.
    pub(super) fn stray(&self, ledger: usize, id: i64, revision: i64) -> u64 {
        self.print(3, ledger, id, revision, &[])
    }

    fn print(&self, kind: u8, ledger: usize, id: i64, revision: i64, leaf: &[u8]) -> u64 {
        // In one piece, since the hasher takes a whole message quicker than its parts. A leaf
        // is always of 32 bytes, or absent by the kind.
        let mut bytes = [0; 57];
        bytes[0] = kind;
        bytes[1..9].copy_from_slice(&(ledger as u64).to_ne_bytes());
        bytes[9..17].copy_from_slice(&id.to_ne_bytes());
        bytes[17..25].copy_from_slice(&revision.to_ne_bytes());
        bytes[25..25 + leaf.len()].copy_from_slice(leaf);
        let mut hasher = self.key.build_hasher();
        hasher.write(&bytes);
        hasher.finish()
    }
}

/// A sum for each bucket.
#[derive(Clone)]
pub(super) struct Sums(Vec<u64>);

impl Sums {
    pub(super) fn new() -> Sums {
        Sums(vec![0; BUCKETS + 1])
    }

    /// Adds a print to a bucket.
    pub(super) fn add(&mut self, bucket: usize, print: u64) {
        self.0[bucket] = self.0[bucket].wrapping_add(print);
    }

    /// Adds the sums of another.
    pub(super) fn join(&mut self, other: &Sums) {
        for (bucket, sum) in other.0.iter().enumerate() {
            self.add(bucket, *sum);
        }
    }
}

/// How many rows of a ledger were met.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    /// Current rows, by the revision that wrote them.
    pub(super) current: i64,
    /// Superseded rows, by the revision that wrote them.
    pub(super) past: i64,
    /// Superseded rows, by the revision that ended them.
    pub(super) ended: i64,
    /// Dated values, by the revision that wrote them.
    pub(super) dated: i64,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.current += other.current;
        self.past += other.past;
        self.ended += other.ended;
        self.dated += other.dated;
    }
}

/// What was met in the tables.
pub(super) struct Met {
    pub(super) sums: Sums,
    /// By ledger, then by bucket.
    counts: Vec<Vec<Counts>>,
}

impl Met {
    pub(super) fn new(ledgers: usize) -> Met {
        Met { sums: Sums::new(), counts: vec![Vec::new(); ledgers] }
    }

    /// The counts of a ledger in a bucket.
    pub(super) fn count(&mut self, ledger: usize, bucket: usize) -> &mut Counts {
        let counts = &mut self.counts[ledger];
        if counts.is_empty() {
            counts.resize(BUCKETS + 1, Counts::default());
        }
        &mut counts[bucket]
    }

    /// Adds what another thread met.
    pub(super) fn join(&mut self, other: &Met) {
        self.sums.join(&other.sums);
        for (ledger, counts) in other.counts.iter().enumerate() {
            for (bucket, counts) in counts.iter().enumerate() {
                self.count(ledger, bucket).add(counts);
            }
        }
    }
}

/// Which revisions need no second look.
pub(super) struct Sound {
    prints: Prints,
    is_sound: Vec<bool>,
    counts: BTreeMap<String, Counts>,
}

impl Sound {
    /// Buckets whose sums are equal, but for those known to be wrong otherwise.
    pub(super) fn new(
        prints: Prints,
        ledgers: &[String],
        said: &Sums,
        met: &Met,
        wrong: &[usize],
    ) -> Sound {
        let mut is_sound: Vec<bool> =
            said.0.iter().zip(&met.sums.0).map(|(said, met)| said == met).collect();
        // No entry is of a revision that cannot be.
        is_sound[BUCKETS] = false;
        for bucket in wrong {
            is_sound[*bucket] = false;
        }
        let mut counts = BTreeMap::new();
        for (ledger, met) in ledgers.iter().zip(&met.counts) {
            let mut sum = Counts::default();
            let sound = met.iter().zip(&is_sound).filter(|(_, is_sound)| **is_sound);
            sound.for_each(|(counts, _)| sum.add(counts));
            counts.insert(ledger.clone(), sum);
        }
        Sound { prints, is_sound, counts }
    }

    /// Whether all that a revision wrote and ended is as the chain says.
    pub(super) fn holds(&self, revision: i64) -> bool {
        self.is_sound[self.prints.bucket(revision)]
    }

    /// The rows of a ledger that sound revisions account for.
    pub(super) fn counts(&self, ledger: &str) -> Counts {
        self.counts.get(ledger).copied().unwrap_or_default()
    }
}

/// Whether what was said is what was met, in every bucket.
pub(super) fn is_equal(said: &Sums, met: &Met) -> bool {
    said.0 == met.sums.0
}
