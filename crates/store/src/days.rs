//! The days that place a record in time, for closings.
//!
//! A closing covers every field with a day in it: dates; timestamps by their
//! day; periods by their last day, since a figure about a period is a fact when
//! the period is over.

use figure::{Date, Period};
use pack::{Field, FieldType, Ledger, Scalar};

/// How a day stands in the text of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayForm {
    /// `2023-04-05`
    Date,
    /// `2023-04-05T09:30`
    Timestamp,
    /// [`Period::code`]
    Period,
}

/// A field with a day in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DayField<'p> {
    pub(crate) index: usize,
    pub(crate) field: &'p Field,
    pub(crate) form: DayForm,
}

/// The fields of a ledger that have a day in them, due dates apart: they are nobody's facts.
pub(crate) fn day_fields(ledger: &Ledger) -> Vec<DayField<'_>> {
    let fields = ledger.fields.values().enumerate().filter(|(_, field)| !field.derived);
    fields
        .filter_map(|(index, field)| form(&field.ty).map(|form| DayField { index, field, form }))
        .collect()
}

/// How a type holds a day, if it does.
pub(crate) fn form(ty: &FieldType) -> Option<DayForm> {
    match ty {
        FieldType::Date => Some(DayForm::Date),
        FieldType::Timestamp => Some(DayForm::Timestamp),
        FieldType::Period => Some(DayForm::Period),
        _ => None,
    }
}

impl DayForm {
    /// What a text of this form looks like.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            DayForm::Date => "日期,如 2023-04-05",
            DayForm::Timestamp => "日期和时刻,如 2023-04-05T09:30",
            DayForm::Period => "期间,如 2023-04",
        }
    }

    /// The day in a stored text; `None` if the text has not this form.
    pub(crate) fn day(self, text: &str) -> Option<Date> {
        match self {
            DayForm::Date => iso_day(text),
            DayForm::Timestamp => {
                let (day, time) = text.split_at_checked(10)?;
                time.starts_with('T').then(|| iso_day(day)).flatten()
            }
            DayForm::Period => Period::parse(text).ok().map(Period::to),
        }
    }

    /// The day in a stored value.
    pub(crate) fn day_of(self, value: Option<&Scalar>) -> Option<Date> {
        match value {
            Some(Scalar::Text(text)) => self.day(text),
            _ => None,
        }
    }
}

/// Reads `2023-04-05` and nothing else: stored days are compared as text, so that any
/// other spelling would be sorted wrongly.
pub(crate) fn iso_day(text: &str) -> Option<Date> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0_i16, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0'))
        })
    };
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    if year == 0 {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use figure::date;
    use proptest::prelude::*;

    fn check(form: DayForm, text: &str, expected: Option<Date>) {
        assert_eq!(form.day(text), expected, "{text}");
    }

    #[test]
    fn days_are_read_from_their_stored_form_only() {
        check(DayForm::Date, "2023-04-05", Some(date(2023, 4, 5)));
        check(DayForm::Date, "2023-02-30", None);
        check(DayForm::Date, "2023/04/05", None);
        check(DayForm::Date, "20230405", None);
        check(DayForm::Date, "2023-4-5", None);
        check(DayForm::Date, "0000-01-01", None);
        check(DayForm::Timestamp, "2023-04-05T09:30", Some(date(2023, 4, 5)));
        check(DayForm::Timestamp, "2023-04-05 09:30", None);
        check(DayForm::Timestamp, "二〇二三年四月五日", None);
        check(DayForm::Period, "2024-02", Some(date(2024, 2, 29)));
        check(DayForm::Period, "2023", Some(date(2023, 12, 31)));
    }

    proptest! {
        #[test]
        fn a_written_day_reads_back(y in 1_i16..=9999, m in 1_i8..=12, d in 1_i8..=28) {
            let day = date(y, m, d);
            prop_assert_eq!(iso_day(&day.to_string()), Some(day));
        }

        #[test]
        fn no_text_is_too_strange(text in ".{0,14}") {
            prop_assert_eq!(iso_day(&text).map(|day| day.to_string()), iso_day(&text).map(|_| text.clone()));
            prop_assert!(DayForm::Timestamp.day(&text).is_none_or(|_| text.len() > 10));
        }
    }
}
