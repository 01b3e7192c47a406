//! A number that is read is written and read back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prose::{Mode, NumberStyle, Script};

fuzz_target!(|text: &str| {
    for mode in [Mode::Strict, Mode::Normal, Mode::Smart] {
        if let Ok(value) = prose::parse_number_in(text, mode) {
            let back = prose::parse_number(&prose::write_number(value, NumberStyle::Arabic));
            assert_eq!(back.ok(), Some(value));
        }
    }
    let _ = (prose::read_money(text), prose::find_money(text), prose::direct_digits(text));
    for script in [Script::Arabic, Script::Chinese, Script::ArabicDigits, Script::ChineseDigits] {
        let _ = prose::rewrite(text, script);
    }
});
