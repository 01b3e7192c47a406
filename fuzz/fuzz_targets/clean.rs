//! Cleaning keeps the place of every character and is done after one pass.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let cleaned = prose::clean(text);
    let length = text.chars().count();
    assert_eq!(cleaned.text.chars().count(), cleaned.origin.len());
    assert!(cleaned.origin.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(cleaned.origin.iter().all(|&at| at < length));
});
