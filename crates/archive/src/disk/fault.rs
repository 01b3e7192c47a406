//! Lets the disk of the current thread fail after so many bytes and operations, for tests.

use std::cell::Cell;
use std::io;

/// How the disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No more bytes can be written; everything else goes on.
    Full,
    /// The program is killed: from then on nothing changes the disk any more.
    Crash,
}

#[derive(Clone, Copy)]
struct Plan {
    kind: Kind,
    left: u64,
    struck: bool,
}

thread_local! {
    static PLAN: Cell<Option<Plan>> = const { Cell::new(None) };
}

/// Lets the disk fail after so many bytes, and in a crash operations. Returns what `work` does and
/// whether the failure came.
pub(crate) fn during<T>(kind: Kind, left: u64, work: impl FnOnce() -> T) -> (T, bool) {
    PLAN.set(Some(Plan { kind, left, struck: false }));
    let done = work();
    let struck = PLAN.take().is_some_and(|plan| plan.struck);
    (done, struck)
}

/// As many of the bytes as may still be written.
pub(super) fn cut(bytes: &[u8]) -> io::Result<&[u8]> {
    match PLAN.get() {
        None => Ok(bytes),
        Some(_) if bytes.is_empty() => Ok(bytes),
        Some(plan) => {
            let allowed = usize::try_from(plan.left).unwrap_or(usize::MAX).min(bytes.len());
            spend(plan, allowed as u64)?;
            Ok(&bytes[..allowed])
        }
    }
}

/// An operation other than writing bytes.
pub(super) fn pass() -> io::Result<()> {
    match PLAN.get() {
        Some(plan) if plan.kind == Kind::Crash => spend(plan, plan.left.min(1)),
        _ => Ok(()),
    }
}

fn spend(plan: Plan, cost: u64) -> io::Result<()> {
    if cost == 0 {
        PLAN.set(Some(Plan { struck: true, ..plan }));
        return Err(match plan.kind {
            Kind::Full => io::ErrorKind::StorageFull.into(),
            Kind::Crash => io::Error::other("killed"),
        });
    }
    PLAN.set(Some(Plan { left: plan.left - cost, ..plan }));
    Ok(())
}
