//! What is shown reads back to the same value.

use figure::Date;
use pack::{FieldType, Pack, Scalar, read_cell, show_cell};
use proptest::prelude::*;

use super::field;
use crate::miniature;

proptest! {
    #[test]
    fn numbers_read_back_as_shown(number in any::<i64>(), scale in 0_u32..=9) {
        let pack = miniature_once();
        let field = field(FieldType::Decimal { scale });
        let stored = Scalar::Integer(number);
        // A number of nineteen digits that begins with 9 may not fit while it is read.
        prop_assume!(number.checked_abs().is_some());
        let shown = show_cell(&field, pack, &stored);
        prop_assert_eq!(read_cell(&field, pack, &shown), Ok(Some(stored)), "{}", shown);
    }

    #[test]
    fn dates_read_back_as_shown(year in 1000_i16..=9999, month in 1_i8..=12, day in 1_i8..=28, style in 0..4) {
        let pack = miniature_once();
        let field = field(FieldType::Date);
        let date = Date::new(year, month, day).unwrap();
        let text = match style {
            0 => format!("{year}.{month}.{day}"),
            1 => format!("{year}年{month}月{day}日"),
            2 => format!("{year}/{month:02}/{day:02}"),
            _ => date.to_string(),
        };
        let stored = read_cell(&field, pack, &text).unwrap().unwrap();
        prop_assert_eq!(&stored, &Scalar::Text(date.to_string()));
        let shown = show_cell(&field, pack, &stored);
        prop_assert_eq!(read_cell(&field, pack, &shown), Ok(Some(stored)));
    }

    #[test]
    fn no_text_makes_reading_fail_otherwise_than_by_a_message(text in ".{0,24}") {
        let pack = miniature_once();
        for field in pack.ledgers["hazard"].fields.values() {
            if let Ok(Some(value)) = read_cell(field, pack, &text) {
                let shown = show_cell(field, pack, &value);
                prop_assert_eq!(read_cell(field, pack, &shown), Ok(Some(value)), "{} {}", field.id, shown);
            }
        }
    }
}

/// The miniature pack, read once for all cases of a property.
fn miniature_once() -> &'static Pack {
    static PACK: std::sync::OnceLock<Pack> = std::sync::OnceLock::new();
    PACK.get_or_init(miniature)
}
