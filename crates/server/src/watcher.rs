//! Looks at the health of the office again and again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Instant;

use app::DoctorOptions;

use crate::pace;
use crate::shared::{Found, Look, Shared};

/// Looks until the other end of `wake` is gone; each word on it asks for a look at once.
pub(crate) fn run(shared: &Shared, wake: &Receiver<()>) {
    loop {
        let begun = Instant::now();
        let at = shared.clock.now();
        let found = look(shared);
        shared.show(Look { found, at, taken: Instant::now() });
        match wake.recv_timeout(pace::rest(begun.elapsed())) {
            Err(RecvTimeoutError::Disconnected) => return,
            Ok(()) | Err(RecvTimeoutError::Timeout) => {}
        }
        // Several words that came during a look are one.
        while wake.try_recv().is_ok() {}
    }
}

fn look(shared: &Shared) -> Found {
    let doctor = || app::doctor(&shared.office(), DoctorOptions::default());
    match catch_unwind(AssertUnwindSafe(doctor)) {
        Ok(Ok(answer)) => Found::Answer(answer),
        Ok(Err(error)) => Found::Nothing(app::causes(&error)),
        Err(_) => Found::Nothing("体检时程序内部出错;请运行 zhenzhang doctor 查看".to_owned()),
    }
}
