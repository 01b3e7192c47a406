//! How long work tells its caller how far it is and is told to stop.

use std::ops::ControlFlow;

use crate::error::Error;

/// Is told the bytes done since the call began, at least once chunk. `Break` makes
/// the call return [`Error::Stopped`].
pub type Progress<'p> = dyn FnMut(u64) -> ControlFlow<()> + 'p;

/// The progress of work that nobody watches: never stops it.
pub fn unwatched(_: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub(crate) fn tell(progress: &mut Progress<'_>, done: u64) -> Result<(), Error> {
    match progress(done) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Stopped),
    }
}
