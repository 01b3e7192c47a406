//! Every rule reads any text without a panic, and marks only what lies inside it.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use pack::Pack;
use prose::Lexicon;
use review::{Paper, Setting};

/// The built-in pack, read once; the rules' explanations and words stand in it.
fn built_in() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| {
        let base = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pack");
        let files = pack::read_directory(&base).expect("the pack stands beside the target");
        pack::load(&files, &[]).expect("the built-in pack is right")
    })
}

fuzz_target!(|text: &str| {
    let pack = built_in();
    let words = &pack.lexicon;
    let lexicon = Lexicon::new(words.background.clone(), words.plan.clone(), words.counters.clone());
    let length = text.chars().count();
    let paper = Paper::new(text, &lexicon, Setting::default());
    for finding in review::review(&paper, &pack.review, &[]) {
        assert!(finding.start <= finding.end && finding.end <= length, "{finding:?}");
    }
});
