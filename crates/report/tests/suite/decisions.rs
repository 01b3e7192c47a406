//! What somebody decided that words are about.

use figure::Period;
use measure::Session;
use report::{Options, Plain, bind, check, check_target, clause_of};

use crate::town::{NOW, Town};

const FILE: &str = "binding/decided.toml";

/// Verdict, indicator and reason of each statement, under decided bindings.
fn judged(text: &str, bindings: &str) -> Vec<(String, String, String)> {
    let town = Town::with(&[(FILE, bindings)], &[]);
    let options = Options {
        window: Some(Period::year(2023)),
        place: Some("青石镇".to_owned()),
        ..Options::default()
    };
    let session = Session::new(&town.pack, &town.store, NOW);
    let source =
        bind(&Plain { text, file: "总结.txt", ..Plain::default() }, &session, &options).unwrap();
    let checked = check(&source, &session, &options).unwrap();
    let told = checked.verdicts.into_iter().map(|v| {
        let finding = v.finding;
        let indicator = finding.indicator.unwrap_or_default();
        (finding.conclusion.code().to_owned(), indicator, finding.reason)
    });
    told.collect()
}

fn decided(words: &str, target: &str) -> String {
    format!(
        "[[binding]]\nwords = \"{words}\"\ntarget = \"{target}\"\nwho = \"王某\"\non = 2024-01-08\n"
    )
}

#[test]
fn a_clause_is_bound_as_somebody_decided() {
    let text = "消除了风险点3起。";
    assert_eq!(judged(text, "").first().unwrap().0, "unbound");
    let all = judged(text, &decided("消除了风险点#起", "hazards"));
    let (conclusion, indicator, reason) = &all[0];
    assert_eq!((conclusion.as_str(), indicator.as_str()), ("proven", "hazards"));
    assert!(reason.contains("2024-01-08 王某核定(binding/decided.toml 第1行)"), "{reason}");
    // Another number of the same clause is judged the same way, and is wrong.
    let all = judged("今年消除了风险点8起。", &decided("消除了风险点#起", "hazards"));
    assert_eq!((all[0].0.as_str(), all[0].1.as_str()), ("refuted", "hazards"));
}

#[test]
fn a_binding_by_the_words_can_be_taken_back() {
    let text = "排查整治各类隐患9起。";
    assert_eq!(judged(text, "")[0].0, "refuted");
    let all = judged(text, &decided("排查整治各类隐患#起", "none"));
    assert_eq!(all[0].0, "unbound");
    assert!(all[0].2.contains("王某核定") && all[0].2.contains("不是台账里的数"), "{}", all[0].2);
    // The last decision counts.
    let both = decided("排查整治各类隐患#起", "none") + &decided("排查整治各类隐患#起", "hazards");
    assert_eq!(judged(text, &both)[0].0, "refuted");
    // A target that is not one anymore binds nothing.
    let all = judged(text, &decided("排查整治各类隐患#起", "hazards?x"));
    assert!(all[0].0 == "unbound" && all[0].2.contains("写得不对"), "{}", all[0].2);
}

#[test]
fn only_clear_words_and_targets_are_kept() {
    let town = Town::new();
    let clause = |text: &str, words: &str, line: Option<usize>| {
        clause_of(text, "总结.txt", &town.pack, words, line)
            .map(|clause| clause.pattern)
            .map_err(|e| e.to_string())
    };
    assert_eq!(clause("消除了风险点3起。", "3起", None).unwrap(), "消除了风险点#起");
    let twice = "消除了风险点3起。\n上报了线索3起。\n";
    assert!(clause(twice, "3起", None).unwrap_err().contains("有 2 处“3起”,在第 1、2 行"));
    assert_eq!(clause(twice, "3起", Some(2)).unwrap(), "上报了线索#起");
    assert!(clause(twice, "4起", None).unwrap_err().contains("没有“4起”"));
    assert!(clause("共3起。", "3起", None).unwrap_err().contains("没有别的字"));
    let target =
        |text: &str| check_target(&town.pack, "990101001", text).map_err(|e| e.to_string());
    assert_eq!(target("none").unwrap(), Vec::<String>::new());
    assert_eq!(target("hazards").unwrap().len(), 1);
    assert!(target("plan").is_err() && target("no_such").is_err() && target("a?b").is_err());
}
