//! What the parts of a running server know of each other.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use app::{DoctorAnswer, OfficeOptions};
use jiff::civil::DateTime;
use tokio::sync::watch;

use crate::clock::Clock;

/// What the parts of a running server know of each other.
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    /// Where the keeper puts backups; `None` if it is not to make any.
    pub(crate) directory: Option<PathBuf>,
    office: OfficeOptions,
    work: Mutex<Work>,
    look: watch::Sender<Option<Arc<Look>>>,
    stopping: AtomicBool,
}

/// What the keeper is at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    /// Since when a backup is being made.
    pub(crate) since: Option<DateTime>,
    /// Why the last try came to nothing; `None` if it was good.
    pub(crate) failure: Option<Failed>,
    /// Why old backups could not be thinned out.
    pub(crate) not_thinned: Option<String>,
    /// What the last backup found wrong with evidence files.
    pub(crate) evidence: Option<String>,
}

/// A backup that came to nothing.
#[derive(Clone, Debug)]
pub(crate) struct Failed {
    /// When.
    pub(crate) at: DateTime,
    /// Why, in words.
    pub(crate) why: String,
    /// How many in a row.
    pub(crate) times: u32,
}

/// What the watcher saw.
pub(crate) struct Look {
    pub(crate) found: Found,
    /// When by the clock.
    pub(crate) at: DateTime,
    /// When, however the clock is set meanwhile.
    pub(crate) taken: Instant,
}

/// What came of a look.
pub(crate) enum Found {
    Answer(DoctorAnswer),
    /// Not even a look could be taken: why.
    Nothing(String),
}

impl Shared {
    pub(crate) fn new(office: OfficeOptions, clock: Clock, directory: Option<PathBuf>) -> Shared {
        let (work, stopping) = (Mutex::default(), AtomicBool::new(false));
        Shared { clock, directory, office, work, look: watch::Sender::new(None), stopping }
    }

    /// How to open the office, now.
    pub(crate) fn office(&self) -> OfficeOptions {
        let now = self.clock.now();
        OfficeOptions { now: now.date(), at: now.to_string(), ..self.office.clone() }
    }

    /// What the keeper is at.
    pub(crate) fn work(&self) -> MutexGuard<'_, Work> {
        // A panic while it was held cannot leave it half written.
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows what the watcher saw.
    pub(crate) fn show(&self, look: Look) {
        self.look.send_replace(Some(Arc::new(look)));
    }

    /// What the watcher saw last. Waits for its first look.
    pub(crate) async fn look(&self) -> Option<Arc<Look>> {
        let mut seen = self.look.subscribe();
        seen.wait_for(Option::is_some).await.ok().and_then(|look| look.clone())
    }

    /// Asks running work to come to its end.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}
