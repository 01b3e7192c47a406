//! Exact quantities: decimal values with units, the intervals that incomplete
//! ledgers leave, and the civil periods figures are about.
//!
//! Nothing here knows Chinese prose, definitions or databases. There are no
//! floats, and no type here has a default value, because a missing figure is
//! never zero.

mod interval;
mod period;
mod quantity;
mod unit;

pub use interval::Interval;
pub use jiff::civil::{Date, date};
pub use period::{Period, PeriodError, Step, days_in_month};
pub use quantity::{ConvertError, Quantity, decimal_text, round_half_up, shown_places, shown_text};
pub use rust_decimal::Decimal;
pub use unit::{Class, Unit, UnitError, units};
