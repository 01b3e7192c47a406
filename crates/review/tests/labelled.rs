//! Contradictions and look-alikes, each in words of its own: what is found and what is not.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use prose::Lexicon;
use review::{Paper, Setting};

/// The rules that calculate with figures; those of wording have tests of their own.
const FIGURES: [&str; 12] = [
    "sum",
    "part",
    "stock",
    "ratio",
    "growth",
    "price",
    "repeat",
    "list",
    "impossible",
    "period",
    "direction",
    "done",
];

#[derive(serde::Deserialize)]
struct Row {
    kind: String,
    text: String,
    marks: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Rows {
    row: Vec<Row>,
}

#[derive(Default)]
struct Tally {
    contradictions: usize,
    found: usize,
    alike: usize,
    right: usize,
    wrong: usize,
}

fn rows() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        toml::from_str::<Rows>(&std::fs::read_to_string(path).unwrap()).unwrap().row
    };
    files.iter().flat_map(read).collect()
}

/// Characters of the first place where words stand in a text.
fn place(text: &str, words: &str) -> std::ops::Range<usize> {
    let byte = text.find(words).unwrap_or_else(|| panic!("{words} is in {text}"));
    let start = text[..byte].chars().count();
    start..start + words.chars().count()
}

#[test]
fn contradictions_are_found_and_look_alikes_are_not() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let files = pack::read_directory(&base).unwrap();
    let pack = pack::load(&files, &[]).unwrap();
    let words = &pack.lexicon;
    let lexicon =
        Lexicon::new(words.background.clone(), words.plan.clone(), words.counters.clone());
    let off: Vec<String> =
        pack.review.keys().filter(|id| !FIGURES.contains(&id.as_str())).cloned().collect();
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    let mut report = Vec::new();
    for row in rows() {
        let paper = Paper::new(&row.text, &lexicon, Setting::default());
        let findings = review::review(&paper, &pack.review, &off);
        let places: Vec<_> = row.marks.iter().map(|words| place(&row.text, words)).collect();
        let hits = |finding: &&review::Finding| {
            let own = finding.start..finding.end;
            let mut at = finding.also.iter().chain(std::iter::once(&own));
            at.any(|at| places.iter().any(|place| at.start < place.end && place.start < at.end))
        };
        let tally = kinds.entry(row.kind.clone()).or_default();
        let right = findings.iter().filter(hits).count();
        tally.right += right;
        tally.wrong += findings.len() - right;
        if row.marks.is_empty() {
            tally.alike += 1;
        } else {
            tally.contradictions += 1;
            tally.found += usize::from(right > 0);
            if right == 0 {
                report.push(format!("not found ({}): {}", row.kind, row.text));
            }
        }
        for finding in findings.iter().filter(|finding| !hits(finding)) {
            let (rule, message) = (&finding.rule, &finding.message);
            report.push(format!("false alarm ({}/{rule}): {} | {message}", row.kind, row.text));
        }
    }
    let mut all = Tally::default();
    let mut table = String::new();
    for (kind, t) in &kinds {
        table += &format!(
            "{kind:12} contradictions {:3} found {:3} | look-alikes {:3} | findings right {:3} wrong {:2}\n",
            t.contradictions, t.found, t.alike, t.right, t.wrong
        );
        all.contradictions += t.contradictions;
        all.found += t.found;
        all.alike += t.alike;
        all.right += t.right;
        all.wrong += t.wrong;
    }
    let recall = all.found * 1000 / all.contradictions.max(1);
    let precision = all.right * 1000 / (all.right + all.wrong).max(1);
    let summary = format!(
        "{table}{} contradictions, {} look-alikes: recall {}.{} %, precision {}.{} %\n{}",
        all.contradictions,
        all.alike,
        recall / 10,
        recall % 10,
        precision / 10,
        precision % 10,
        report.join("\n")
    );
    writeln!(std::io::stderr(), "{summary}").unwrap();
    assert!(all.contradictions >= 120 && all.alike >= 120, "{summary}");
    assert!(recall >= 900 && precision >= 970, "{summary}");
    is_known(&report);
}

/// Holds what is not found, and what is marked wrongly, against the list of it, so that a guard
/// or a reading that is lost shows by the sentence it was made for.
fn is_known(mistakes: &[String]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled.mistakes.txt");
    let lines: Vec<String> = mistakes.iter().map(|line| line.replace('\n', "/")).collect();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, lines.join("\n") + "\n").unwrap();
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    let known: BTreeSet<&str> = known.lines().collect();
    let found: BTreeSet<&str> = lines.iter().map(String::as_str).collect();
    let new: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "new mistakes: {new:#?}\nno longer made: {gone:#?}\nrenew the list with `cargo xtask bless`"
    );
}
