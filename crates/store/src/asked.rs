//! What an insert asks for, hashed, so that its key stands for this and nothing else.

use pack::{Field, Ledger, Scalar};
use sm3::{Digest, Sm3};

use crate::among::Among;
use crate::digest::{Canonical, GENESIS, Hash};
use crate::identity::{hashed, is_sealed};
use crate::insert::NewRecord;
use crate::keys::Keys;
use crate::write::{Stamp, Verb, content};

/// The content asked for, hashed only where a key makes it matter.
pub(crate) struct Asked<'a> {
    content: Option<(Sm3, Canonical)>,
    ledger: &'a Ledger,
    keys: Option<&'a Keys>,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(ledger: &'a Ledger, stamp: &Stamp<'_>, keys: Option<&'a Keys>) -> Asked<'a> {
        let start = || (Sm3::new(), content(Verb::Insert, &ledger.id));
        Asked { content: stamp.key.map(|_| start()), ledger, keys }
    }

    pub(crate) fn add(&mut self, record: &NewRecord) {
        let Some((hasher, canonical)) = &mut self.content else { return };
        hasher.update(canonical.as_bytes());
        canonical.clear().bytes(record.place.as_deref().unwrap_or_default().as_bytes());
        canonical.integer(record.parent.unwrap_or(0));
        let fields = self.ledger.fields.values();
        for (field, cell) in fields.zip(&record.cells) {
            asked_value(canonical, self.keys, field, cell.as_ref());
        }
    }

    /// The references between the records.
    pub(crate) fn link(&mut self, among: &[Among]) {
        let Some((hasher, canonical)) = &mut self.content else { return };
        for link in among {
            hasher.update(canonical.as_bytes());
            canonical.clear();
            for position in [link.record, link.field, link.to] {
                canonical.integer((position as u64).cast_signed());
            }
        }
    }

    pub(crate) fn hash(self) -> Hash {
        match self.content {
            Some((mut hasher, canonical)) => {
                hasher.update(canonical.as_bytes());
                hasher.finalize().into()
            }
            None => GENESIS,
        }
    }
}

/// Adds a value to what was asked for. An identifying one goes in by its keyed hash: the plain
/// hash of an ID number would give it away to whoever tries all of them.
pub(crate) fn asked_value(
    canonical: &mut Canonical,
    keys: Option<&Keys>,
    field: &Field,
    value: Option<&Scalar>,
) {
    match (keys, value) {
        (Some(keys), Some(Scalar::Text(text))) if is_sealed(field) => {
            canonical.text(&hashed(keys, field, text))
        }
        _ => canonical.scalar(value),
    };
}
