//! The letters of words, by which two statements are held to be alike.

use std::collections::BTreeSet;

/// The letters of words, and which follow each other.
#[derive(Clone, Debug)]
pub(super) struct Letters {
    pub(super) single: BTreeSet<char>,
    pairs: BTreeSet<(char, char)>,
}

impl Letters {
    pub(super) fn of(letters: &[char]) -> Letters {
        Letters {
            single: letters.iter().copied().collect(),
            pairs: letters.windows(2).map(|pair| (pair[0], pair[1])).collect(),
        }
    }

    /// Letters and pairs of them that both have.
    pub(super) fn shared(&self, other: &Letters) -> (usize, usize) {
        let single = self.single.intersection(&other.single).count();
        (single, self.pairs.intersection(&other.pairs).count())
    }

    /// Whether it has two letters that another one has not.
    pub(super) fn has_more_than(&self, other: &Letters) -> bool {
        self.single.difference(&other.single).count() > 1
    }

    /// How much both have in common, in per cent of the shorter one. Of two that hold all of it
    /// the one that says little else is nearer.
    pub(super) fn likeness(&self, other: &Letters) -> usize {
        let (shared, _) = self.shared(other);
        let (one, two) = (self.single.len(), other.single.len());
        (shared * 80 / one.min(two).max(1) + shared * 20 / one.max(two).max(1)).min(100)
    }
}
