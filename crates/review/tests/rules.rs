//! The rules of the township pack on their own examples.

use std::path::Path;

#[test]
fn every_rule_finds_what_its_examples_say() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let files = pack::read_directory(&base).expect("the township pack is readable");
    let pack = pack::load(&files, &[]).expect("the township pack is right");
    let words = &pack.lexicon;
    let lexicon =
        prose::Lexicon::new(words.background.clone(), words.plan.clone(), words.counters.clone());
    let errors: Vec<String> =
        review::verify(&pack.review, &lexicon).iter().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    for rule in pack.review.values() {
        let marks = rule.examples.iter().any(|example| !example.finds.is_empty());
        let silent = rule.examples.iter().any(|example| example.finds.is_empty());
        // A text over the limit would be longer than all definitions together.
        let marks = marks || rule.id == "report_length";
        assert!(marks && silent, "{} has an example that is marked and one that is not", rule.file);
    }
    assert!(!pack.review.is_empty());
}
