//! Work shared by two threads: a pack is read by every command, and most computers of an office
//! have two cores at least.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Things that a thread takes at a time.
const TAKEN: usize = 16;

/// Does the same with each of many things, on two threads; the answers stand in the order of the
/// things.
pub(super) fn all<T: Sync, R: Send>(things: &[T], one: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(taken) = things.chunks(TAKEN).nth(number) else { return done };
            done.push((number, taken.iter().map(&one).collect::<Vec<R>>()));
        }
    };
    let mut done = std::thread::scope(|threads| {
        let other = threads.spawn(share);
        let mut done = share();
        match other.join() {
            Ok(others) => done.extend(others),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        done
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().flat_map(|(_, answers)| answers).collect()
}

/// Two pieces of work at the same time.
pub(super) fn beside<A: Send, B>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|threads| {
        let other = threads.spawn(a);
        let own = b();
        match other.join() {
            Ok(other) => (other, own),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_keep_the_order_of_what_was_asked() {
        let things: Vec<usize> = (0..1000).collect();
        assert_eq!(all(&things, |n| n * 2), (0..1000).map(|n| n * 2).collect::<Vec<_>>());
        assert!(all(&[], |n: &u8| *n).is_empty());
    }
}
