//! What time it is: asked here and nowhere else in the server.

use std::fmt;
use std::sync::Arc;

use jiff::ZonedDateTime;
use jiff::civil::{Date, DateTime};

/// Says what time it is at this place.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime + Send + Sync>);

impl Clock {
    /// The computer's clock.
    pub fn system() -> Clock {
        Clock::by(|| ZonedDateTime::now().datetime())
    }

    /// A clock that stands still at the beginning of a day.
    pub fn standing(day: Date) -> Clock {
        Clock::by(move || day.at(0, 0, 0, 0))
    }

    /// A clock of another making.
    pub fn by(now: impl Fn() -> DateTime + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    /// The instant, to the second.
    pub(crate) fn now(&self) -> DateTime {
        let now = (self.0)();
        now.date().at(now.hour(), now.minute(), now.second(), 0)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}
