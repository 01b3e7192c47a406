//! How a record stands under a time limit on a day.

use figure::Date;
use pack::{Bound, Calendar, Clock, Length, LengthUnit, Moment};

use super::Standing;

/// How a record stands under a clock on a day.
pub(super) fn stand(
    clock: &Clock,
    due: Moment,
    done: Option<Moment>,
    is_done: bool,
    (now, calendar): (Date, &Calendar),
) -> Standing {
    let is_missed = match clock.bound {
        Bound::Within => done.is_some_and(|done| done.is_after(due)),
        Bound::Least => done.is_some_and(|done| due.is_after(done)),
    };
    // Whoever asks knows the day. What is due at a time of day is overdue from the next day on.
    let due = due.day;
    match (clock.bound, is_done) {
        (_, true) if is_missed => Standing::Late,
        (_, true) => Standing::Done,
        (Bound::Least, false) if now >= due => Standing::Done,
        (Bound::Least, false) => Standing::Running,
        (Bound::Within, false) if now > due => Standing::Overdue,
        (Bound::Within, false) if is_near(clock, due, now, calendar) => Standing::Soon,
        (Bound::Within, false) => Standing::Running,
    }
}

/// How long before the due date people are warned where the clock does not say.
const WARNING: Length = Length { count: 7, unit: LengthUnit::Days };

/// Whether the due date is no further off than the warning. Working days beyond the calendar
/// warn early rather than not at all.
fn is_near(clock: &Clock, due: Date, now: Date, calendar: &Calendar) -> bool {
    match clock.warn.unwrap_or(WARNING).after(now, calendar) {
        Ok(reached) => due <= reached.day,
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use pack::Breach;

    use super::*;

    /// Whether a clock with this warning warns on a day of what is due on another.
    #[track_caller]
    fn check(warn: &str, now: &str, due: &str, expected: bool) {
        let clock = Clock {
            id: "fix".to_owned(),
            label: "整改".to_owned(),
            on: "found_on".to_owned(),
            until: Vec::new(),
            last: None,
            bound: Bound::Within,
            length: pack::Span::Fixed(WARNING),
            given: None,
            rolls: false,
            when: None,
            pauses: Vec::new(),
            extension: None,
            breach: Breach::Red,
            warn: Length::parse(warn),
            source: "试".to_owned(),
            from: None,
            to: None,
        };
        let day = |text: &str| text.parse().unwrap();
        let found = is_near(&clock, day(due), day(now), &Calendar::default());
        assert_eq!(found, expected, "{warn} {now} {due}");
    }

    #[test]
    fn a_warning_is_counted_in_its_own_unit() {
        check("3 days", "2023-03-01", "2023-03-04", true);
        check("3 days", "2023-03-01", "2023-03-05", false);
        check("1 month", "2023-03-01", "2023-04-01", true);
        check("1 month", "2023-03-01", "2023-04-02", false);
        check("", "2023-03-01", "2023-03-08", true);
        check("", "2023-03-01", "2023-03-09", false);
        // Without the calendar nobody knows, so it warns.
        check("3 working days", "2023-03-01", "2023-06-01", true);
    }
}
