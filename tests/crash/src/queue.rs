//! Steps that many threads do at once, through one queue.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

use store::{Queue, QueueError, WriteError};

use crate::office::{Failed, Office, stamp};
use crate::steps::{Kind, key, lines};

/// Threads that write.
const THREADS: u32 = 8;

/// Whether a step is one that writes its lines and then thinks better of it.
pub fn is_taken_back(n: u32) -> bool {
    n % 10 == 9
}

/// Does the steps from several threads; `tell` is told key and revision of each as it is
/// acknowledged.
///
/// # Errors
/// When a step is not acknowledged, or one that was to be taken back is.
pub fn flood(
    office: Office,
    steps: Range<u32>,
    tell: &(impl Fn(u32, &str, i64) -> io::Result<()> + Sync),
) -> Result<(), Failed> {
    let (queue, pack) = (&Queue::start(office.store)?, &Arc::new(office.pack));
    let step = |n: u32| -> Result<(), String> {
        let (key, pack) = (key(Kind::Queue, n), Arc::clone(pack));
        let written = queue.write({
            let key = key.clone();
            move |store| {
                let receipt = store.insert(&pack, "subsidy", &stamp(&key), lines(&key, 0..2))?;
                if is_taken_back(n) { Err(WriteError::NotAlone) } else { Ok(receipt) }
            }
        });
        match written {
            Ok(receipt) => tell(n, &key, receipt.revision).map_err(|e| e.to_string()),
            Err(QueueError::Refused(WriteError::NotAlone)) if is_taken_back(n) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    };
    let mine = |thread: u32| steps.clone().filter(move |n| n % THREADS == thread);
    thread::scope(|scope| {
        let (step, mine) = (&step, &mine);
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| scope.spawn(move || mine(thread).try_for_each(step)))
            .collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(done) => Ok(done?),
            Err(_) => Err("一个线程崩溃了".into()),
        })
    })
}
