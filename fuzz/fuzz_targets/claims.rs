//! Claims lie inside the text, and what they say can be read and told.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    let lexicon = prose::Lexicon::new(words(&["三会一课", "百香果"]), words(&["力争"]), words(&["网格"]));
    let found = prose::figures(text, &lexicon);
    let chars: Vec<char> = text.chars().collect();
    for claim in &found.claims {
        assert!(claim.start < claim.end && claim.end <= chars.len());
        assert_eq!(chars[claim.start..claim.end].iter().collect::<String>(), claim.text);
        let _ = (claim.shown(), claim.reading.as_ref().map(prose::Reading::describe));
    }
    let _ = prose::read_claim(text);
});
