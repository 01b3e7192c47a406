//! Relations checked on a thread of their own: there are hundreds, and a report's words can be
//! read meanwhile.

use figure::{Date, Period};
use pack::Pack;
use store::Store;

use crate::{RelationResult, Session};

/// What another thread needs to answer as a session does.
#[derive(Debug)]
pub struct Beside<'a> {
    pack: &'a Pack,
    now: Date,
    revision: i64,
    store: Store,
}

impl<'a> Session<'a> {
    /// What another thread needs to answer as this session does. `None` where only the session
    /// itself can.
    pub fn beside(&self) -> Option<Beside<'a>> {
        let (store, revision) = (self.store().second()?, self.revision().ok()?);
        Some(Beside { pack: self.pack(), now: self.now(), revision, store })
    }
}

impl Beside<'_> {
    /// [`Session::check_relations`], as of the session's revision whatever is written meanwhile.
    /// `None` if anything went wrong: the session then finds out what.
    pub fn check_relations(self, place: &str, window: Period) -> Option<Vec<RelationResult>> {
        let session = Session::known_at(self.pack, &self.store, self.now, self.revision);
        session.check_relations(place, window).ok()
    }
}
