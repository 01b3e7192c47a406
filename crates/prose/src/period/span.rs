//! From one day to another: 3月1日至5月31日, 2022年3月至2023年9月.

use super::{Words, connector, one_at, small_number};
use crate::text::Text;

/// Words behind a day that something begins on.
const BEGINS: &[&str] = &["起", "开始"];

/// The time from a day or month, whose words end at a position, to the one told behind it.
pub(super) fn onwards(text: &Text<'_>, first: Words, end: usize) -> Option<(Words, usize)> {
    let begins = text.any_at(end, BEGINS).unwrap_or(0);
    let mark = usize::from(begins > 0 && matches!(text.at(end + begins), ',' | '，'));
    let at = connector(text, end + begins + mark)?;
    let (from, is_month) = match first {
        Words::Day(year, month, day) => ((year, month, day), false),
        Words::Months(year, month, last) if month == last => ((year, month, 1), true),
        _ => return None,
    };
    if let Some((second, end)) = one_at(text, at) {
        let (year, month, day) = match second {
            Words::Day(year, month, day) if !is_month => (year, month, day),
            Words::Months(year, month, last) if is_month && month == last => (year, month, 0),
            _ => return None,
        };
        // A year that is not told is that of the first one.
        let is_told = !text.at(at).is_ascii_digit() || year.said().is_some();
        let year = if is_told { year } else { from.0 };
        let is_back = year == from.0 && (month, day.max(1)) < (from.1, from.2);
        return (!is_back).then_some((Words::Days(from, (year, month, day)), end));
    }
    // 6月1日—15日
    let (day, end) = small_number(text, at).filter(|_| !is_month)?;
    let is_day = matches!(text.at(end), '日' | '号') && day >= from.2;
    is_day.then_some((Words::Days(from, (from.0, from.1, day)), end + 1))
}
