//! When a backup is due, when a failed one is tried again, how often the health is looked at.

use std::time::Duration;

use jiff::SignedDuration;

/// A backup is due when the last good one is as old as this.
const DAILY: SignedDuration = SignedDuration::from_hours(24);

/// One from further in the future than this says that a clock was wrong, and does not count.
const AHEAD: SignedDuration = SignedDuration::from_hours(-1);

/// The pause after a failure doubles with each, up to so many times the first.
const LONGEST: u32 = 12;

/// A look takes at most so much of the time that there is.
const SHARE: u32 = 20;
const OFTEN: Duration = Duration::from_secs(60);
const RARELY: Duration = Duration::from_secs(60 * 60);

/// Whether a backup is due, the last good one being so old.
pub(crate) fn is_due(age: Option<SignedDuration>) -> bool {
    age.is_none_or(|age| age >= DAILY || age < AHEAD)
}

/// How long to wait after so many failures in a row.
pub(crate) fn pause(first: Duration, failures: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
    first.saturating_mul(doubled.min(LONGEST))
}

/// How long to wait after a look at the health that took so long.
pub(crate) fn rest(look: Duration) -> Duration {
    look.saturating_mul(SHARE).clamp(OFTEN, RARELY)
}

/// How old a look may be before something must be wrong with looking.
pub(crate) const STALE: Duration = Duration::from_secs(2 * 60 * 60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_due_after_a_day() {
        let check = |age: Option<i64>, due: bool| {
            assert_eq!(is_due(age.map(SignedDuration::from_secs)), due, "{age:?}");
        };
        check(None, true);
        check(Some(0), false);
        check(Some(24 * 3600 - 1), false);
        check(Some(24 * 3600), true);
        check(Some(-3600), false);
        check(Some(-3601), true);
    }

    #[test]
    fn pauses_double_up_to_an_hour() {
        let minutes = |failures| pause(Duration::from_secs(300), failures).as_secs() / 60;
        assert_eq!([1, 2, 3, 4, 5, 6, u32::MAX].map(minutes), [5, 10, 20, 40, 60, 60, 60]);
    }

    #[test]
    fn a_look_takes_a_small_part_of_the_time() {
        let check = |look, expected| {
            assert_eq!(rest(Duration::from_secs(look)), Duration::from_secs(expected));
        };
        check(0, 60);
        check(3, 60);
        check(30, 600);
        check(600, 3600);
    }
}
