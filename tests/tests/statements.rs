//! What others may say of the example town, each in words of its own: proven, refuted or left.
//!
//! A row of `tests/data/statements` is a statement, the figure in it, and whether the town's
//! ledgers have it (`true`), have another (`false`), or do not know what is said (`other`). The
//! program may leave a statement unbound; to call a true one wrong, or to prove what is false or
//! of something else, is a mistake. Mistakes and what is left stand in
//! `tests/data/statements.left.txt`, renewed by `BLESS=1`, so that each change shows.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use product_tests::check::session;
use product_tests::town::town;
use report::{Checked, Conclusion, Options, Plain};

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Truth {
    True,
    False,
    Other,
}

#[derive(serde::Deserialize)]
struct Row {
    truth: Truth,
    text: String,
    mark: String,
    /// The indicator it is nearest to.
    fact: String,
}

#[derive(serde::Deserialize)]
struct Rows {
    row: Vec<Row>,
}

/// Sets that were written later, in words far from those of the definitions; they have a bound of
/// their own.
const HARD: [&str; 2] = ["officials", "station_talk"];

/// How a kind of sets came out.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    seen: usize,
    right: usize,
    mistakes: usize,
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn files() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(data().join("statements")).unwrap();
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// What was found out of the words at some characters: the worst that was.
fn conclusion(checked: &Checked, start: usize, end: usize) -> Option<Conclusion> {
    let here = checked.verdicts.iter().filter(|v| v.start < end && start < v.end);
    let all: Vec<Conclusion> = here.map(|v| v.finding.conclusion).collect();
    let refuted = all.iter().find(|c| **c == Conclusion::Refuted);
    refuted.or_else(|| all.iter().find(|c| **c != Conclusion::Proven)).or(all.first()).copied()
}

/// Rows of a file as the lines of one text, each with the characters of its figure.
fn text_of(rows: &[Row]) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut places, mut at) = (String::new(), Vec::new(), 0);
    for Row { text: said, mark, .. } in rows {
        let byte = said.find(mark.as_str()).unwrap_or_else(|| panic!("{mark} is in {said}"));
        let start = at + said[..byte].chars().count();
        places.push((start, start + mark.chars().count()));
        at += said.chars().count() + 2;
        text.push_str(said);
        text.push_str("\n\n");
    }
    (text, places)
}

#[test]
fn what_others_say_of_the_town_is_proven_or_refuted_or_left() {
    let office = town().office();
    let session = session(&office);
    let options = Options {
        window: Some(figure::Period::year(2023)),
        place: office.pack.places.iter().find(|p| p.kind == "township").map(|p| p.code.clone()),
        off: Vec::new(),
    };
    let mut left = String::new();
    let (mut plain, mut hard) = (Tally::default(), Tally::default());
    for path in files() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let rows: Rows = toml::from_str(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        let tally = if HARD.contains(&name.as_str()) { &mut hard } else { &mut plain };
        let (text, places) = text_of(&rows.row);
        let plain = Plain { text: &text, file: "材料.txt", parts: Vec::new() };
        let checked = report::check_plain(&plain, &session, &options).unwrap();
        for (row, (start, end)) in rows.row.iter().zip(places) {
            let found = conclusion(&checked, start, end);
            tally.seen += 1;
            let fault = match (row.truth, found) {
                (Truth::True, Some(Conclusion::Proven))
                | (Truth::False, Some(Conclusion::Refuted)) => {
                    tally.right += 1;
                    continue;
                }
                (Truth::Other, found) => match found {
                    Some(Conclusion::Proven | Conclusion::Refuted) => "MISTAKE",
                    _ => {
                        tally.right += 1;
                        continue;
                    }
                },
                (Truth::True, Some(Conclusion::Refuted))
                | (Truth::False, Some(Conclusion::Proven)) => "MISTAKE",
                _ => "left",
            };
            tally.mistakes += usize::from(fault == "MISTAKE");
            let found = found.map_or("not seen".to_owned(), |c| format!("{c:?}"));
            let truth = format!("{:?}", row.truth);
            writeln!(
                left,
                "{fault} {truth} {found} [{name}/{}] {} “{}”",
                row.fact, row.text, row.mark
            )
            .unwrap();
        }
    }
    println!("statements: {plain:?}, spoken or of other officials: {hard:?}");
    let golden = data().join("statements.left.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &left).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    let news: Vec<&str> =
        left.lines().filter(|line| !expected.lines().any(|l| l == *line)).collect();
    assert!(news.is_empty(), "no longer right:\n{}", news.join("\n"));
    assert_eq!(left, expected, "the list is too long; renew it by BLESS=1");
    // Of a hundred ninety-four are told right at least, and of a hundred and fifty one is wrong at
    // most. Of the hard ones two of three are told right.
    let Tally { seen, right, mistakes } = plain;
    assert!(right * 100 >= seen * 94 && mistakes * 150 <= seen, "{plain:?}");
    let Tally { seen, right, mistakes } = hard;
    assert!(right * 100 >= seen * 67 && mistakes * 20 <= seen, "{hard:?}");
}
