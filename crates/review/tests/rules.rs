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

#[test]
fn words_are_held_against_the_year_of_the_report_and_not_the_day_of_the_check() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let rules = pack::load(&pack::read_directory(&base).unwrap(), &[]).unwrap().review;
    let day = figure::Date::new(2024, 12, 31).ok();
    let finds = |text: &str| {
        let setting = review::Setting { day, ..review::Setting::default() };
        let paper = review::Paper::new(text, &prose::Lexicon::default(), setting);
        let found = review::review(&paper, &rules, &[]);
        found.iter().any(|finding| finding.rule == "policy_words")
    };
    assert!(!finds("青石镇2018年工作总结\n走访贫困户12户。"));
    assert!(finds("青石镇2023年工作总结\n走访贫困户12户。"));
    assert!(finds("走访贫困户12户。"));
}

#[test]
fn a_report_is_too_long_and_a_speech_to_the_congress_is_not() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let rules = pack::load(&pack::read_directory(&base).unwrap(), &[]).unwrap().review;
    let finds = |title: &str, paragraphs: usize| {
        let text = format!("{title}\n{}", "全年各项工作平稳。\n".repeat(paragraphs));
        let paper =
            review::Paper::new(&text, &prose::Lexicon::default(), review::Setting::default());
        let found = review::review(&paper, &rules, &[]);
        found.iter().any(|finding| finding.rule == "report_length")
    };
    assert!(finds("青石镇2023年工作总结", 600));
    assert!(!finds("青石镇2023年工作总结", 500));
    assert!(!finds("青石镇2023年政府工作报告", 600));
}

#[test]
fn one_mistake_is_told_once() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let rules = pack::load(&pack::read_directory(&base).unwrap(), &[]).unwrap().review;
    let found = |text: &str| {
        let paper =
            review::Paper::new(text, &prose::Lexicon::default(), review::Setting::default());
        let found = review::review(&paper, &rules, &[]);
        found.into_iter().map(|finding| (finding.rule, finding.text)).collect::<Vec<_>>()
    };
    // A stock and a sum are both wrong, over the same three numbers.
    let one = found("受理信访事项64件，办结60件，正在办理3件。");
    assert_eq!(one, [("stock".to_owned(), "64件".to_owned())]);
    // The length of one period, which more than one reading finds.
    let one = found("4月1日至4月30日，开展为期40天的环境整治行动。");
    assert_eq!(one, [("period".to_owned(), "40天".to_owned())]);
    // Two mistakes of one sentence stay two.
    let two =
        found("受理信访事项64件，办结60件，正在办理3件；党员420名，男党员330名、女党员100名。");
    assert_eq!(two.len(), 2);
}

/// What was read in plainer words is told in those of the text.
#[test]
fn a_message_quotes_the_text_as_it_is() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let rules = pack::load(&pack::read_directory(&base).unwrap(), &[]).unwrap().review;
    let text = "应签约重点人群2140人，已签约1926人，重点人群尽数签约，组建团队43个。";
    let paper = review::Paper::new(text, &prose::Lexicon::default(), review::Setting::default());
    let found = review::review(&paper, &rules, &[]);
    assert!(found.iter().any(|f| f.message.contains("却说“重点人群尽数签约”")), "{found:?}");
}
