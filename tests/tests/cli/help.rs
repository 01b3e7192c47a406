//! Help in two languages, and wrong use.

use std::path::Path;

use product_tests::program::run;

/// The commands that the help lists.
fn commands(help: &str) -> Vec<String> {
    help.lines()
        .skip_while(|line| !line.starts_with("  demo"))
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|command| command != "help")
        .collect()
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn every_command_has_help_in_both_languages() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let chinese = run(here, &["help"]).ends(0).out;
    let english = run(here, &["--lang", "en", "help"]).ends(0).out;
    let names = commands(&chinese);
    assert!(names.len() >= 18, "{names:?}");
    assert_eq!(names, commands(&english));
    assert!(chinese.lines().next().unwrap().contains(is_chinese));
    assert!(!english.contains(is_chinese), "{english}");
    for name in &names {
        let chinese = run(here, &[name, "--help"]).ends(0).out;
        assert!(chinese.contains(is_chinese), "{name}: {chinese}");
        assert!(!chinese.contains("Print ") && !chinese.contains("possible"), "{chinese}");
        let english = run(here, &["--lang", "en", name, "--help"]).ends(0).out;
        assert!(!english.contains(is_chinese), "{name}: {english}");
        // What reads texts says of all kinds that it does.
        if ["check", "claims", "clean"].contains(&name.as_str()) {
            assert!(chinese.contains("docx") && chinese.contains("rtf"), "{name}: {chinese}");
        }
        assert!(english.contains("--db") && english.contains("--json"), "{name}: {english}");
    }
}

#[test]
fn wrong_use_ends_with_two() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for arguments in [
        &[][..],
        &["tidy"],
        &["number"],
        &["measure", "--window"],
        &["--now", "昨天", "number", "1"],
        &["report"],
        &["close", "--db", "/no/such/directory/x.db", "--period", "2023"],
    ] {
        let run = run(here, arguments).ends(2);
        assert!(!run.err.is_empty(), "{arguments:?} says nothing");
    }
}
