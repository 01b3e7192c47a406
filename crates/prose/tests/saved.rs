//! The inputs that the fuzz targets keep, and short random ones. The targets themselves run
//! for hours with cargo-fuzz on a nightly toolchain: `cargo +nightly fuzz run claims`.

use std::path::Path;

use proptest::prelude::*;
use prose::{Lexicon, Mode, NumberStyle, Script};

fn saved(target: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let files = std::fs::read_dir(root).expect("the inputs are kept beside the target");
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

fn check_clean(text: &str) {
    let cleaned = prose::clean(text);
    assert_eq!(cleaned.text.chars().count(), cleaned.origin.len(), "{text}");
    assert!(cleaned.origin.windows(2).all(|pair| pair[0] < pair[1]), "{text}");
    assert!(cleaned.origin.iter().all(|&at| at < text.chars().count()), "{text}");
}

fn check_claims(text: &str) {
    let found = prose::figures(text, &Lexicon::default());
    let chars: Vec<char> = text.chars().collect();
    for claim in &found.claims {
        let words: String = chars[claim.start..claim.end].iter().collect();
        assert_eq!(words, claim.text, "{text}");
        let _ = (claim.shown(), claim.reading.as_ref().map(prose::Reading::describe));
    }
    let _ = prose::read_claim(text);
}

fn check_number(text: &str) {
    for mode in [Mode::Strict, Mode::Normal, Mode::Smart] {
        if let Ok(value) = prose::parse_number_in(text, mode) {
            let written = prose::write_number(value, NumberStyle::Arabic);
            assert_eq!(prose::parse_number(&written).ok(), Some(value), "{text}");
        }
    }
    let _ = (prose::read_money(text), prose::find_money(text), prose::direct_digits(text));
    for script in [Script::Arabic, Script::Chinese, Script::ArabicDigits, Script::ChineseDigits] {
        let _ = prose::rewrite(text, script);
    }
}

#[test]
fn saved_inputs_are_read() {
    for (target, check) in
        [("clean", check_clean as fn(&str)), ("claims", check_claims), ("number", check_number)]
    {
        let inputs = saved(target);
        assert!(!inputs.is_empty(), "{target}");
        inputs.iter().for_each(|text| check(text));
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[\\PC\n]{0,60}") {
        check_clean(&text);
        check_claims(&text);
        check_number(&text);
    }

    #[test]
    fn text_like_a_report_is_read(
        text in "[一二三十百千万亿零两半多余约近均无未发生全部翻番成分之第首届年月日元亩%‰㎡km〔…〕XX_:：·0-9.,，。、；“”() \n增长下降至到占比居位]{0,60}",
    ) {
        check_clean(&text);
        check_claims(&text);
        check_number(&text);
    }
}
