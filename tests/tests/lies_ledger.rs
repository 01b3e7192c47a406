//! Lies in the books: one thing changed in a copy of the example town, for each ledger that a
//! claim rests on. A second computation of all indicators says which verdicts have to change.

mod deeds;

use std::sync::Mutex;

use app::Office;
use figure::{Interval, decimal_text};
use product_tests::books::Books;
use product_tests::check::{Outcome, assert_proven, check, session};
use product_tests::facts::{Fact, facts};
use product_tests::says::Truth;
use product_tests::town::town;
use report::{Conclusion, Kind};

use deeds::{Deed, deeds};

/// What a lie brought about.
#[derive(Default)]
struct Tally {
    /// Lies by which a verdict had to change.
    told: usize,
    /// Changes that all claims survive.
    harmless: usize,
    /// Verdicts that had to become refuted and unprovable.
    refuted: usize,
    unprovable: usize,
    complaints: Vec<String>,
}

/// The conclusion and kind that a truth has to lead to.
fn expected(truth: Truth) -> (Conclusion, Option<Kind>) {
    match truth {
        Truth::True => (Conclusion::Proven, None),
        Truth::False => (Conclusion::Refuted, Some(Kind::Value)),
        Truth::Open => (Conclusion::Unprovable, Some(Kind::Gap)),
    }
}

/// What is wrong with an outcome; nothing if it is as it has to be.
fn wrong(fact: &Fact, known: &[Interval], outcome: &Outcome, names: &[String]) -> Option<String> {
    let truth = fact.says.judge(known);
    let found = (outcome.conclusion, outcome.kind);
    if found != expected(truth) {
        return Some(format!("{truth:?} wanted, {found:?}: {}", outcome.reason));
    }
    let said: Vec<&String> = match (truth, known) {
        (Truth::Open, _) => names.iter().collect(),
        _ => Vec::new(),
    };
    if let Some(silent) = said.into_iter().find(|name| !outcome.reason.contains(name.as_str())) {
        return Some(format!("the reason does not name {silent}: {}", outcome.reason));
    }
    if let (Truth::False, [one]) = (truth, known)
        && let Some(value) = one.value()
    {
        let value = decimal_text((value / fact.says.size()).round_dp(4).normalize());
        if !outcome.reason.contains(&value) {
            return Some(format!("the reason does not name {value}: {}", outcome.reason));
        }
    }
    None
}

fn tell(deed: &Deed, number: usize, source: &str, facts: &[Fact], tally: &Mutex<Tally>) {
    let (directory, mut office) = town().fresh(&format!("lie-{number}"));
    let names = (deed.act)(&mut office);
    let outcomes = check(source, &session(&office)).unwrap_or_else(|e| panic!("{e}"));
    let books = Books::new(&office);
    let mut tally_here = Tally::default();
    for (fact, outcome) in facts.iter().zip(&outcomes) {
        let known = books.known(fact);
        match fact.says.judge(&known) {
            Truth::False => tally_here.refuted += 1,
            Truth::Open => tally_here.unprovable += 1,
            Truth::True => {}
        }
        if fact.says.judge(&known) != Truth::True && !rests(&books, fact, &deed.ledger) {
            let note = format!("{}: {} does not rest on {}", deed.note, fact.id, deed.ledger);
            tally_here.complaints.push(note);
        }
        if let Some(wrong) = wrong(fact, &known, outcome, &names) {
            let note = format!("[{}] {}\n    {}: {wrong}", deed.ledger, deed.note, fact.id);
            tally_here.complaints.push(note);
        }
    }
    drop(books);
    drop(office);
    let _ = std::fs::remove_dir_all(directory);
    let fell = tally_here.refuted + tally_here.unprovable > 0;
    let mut tally = tally.lock().unwrap();
    tally.told += usize::from(fell);
    tally.harmless += usize::from(!fell);
    tally.refuted += tally_here.refuted;
    tally.unprovable += tally_here.unprovable;
    tally.complaints.extend(tally_here.complaints);
}

/// Whether a fact rests on a ledger, on one above it or on one below it.
fn rests(books: &Books<'_>, fact: &Fact, ledger: &str) -> bool {
    let parent = |id: &str| books.pack.ledgers[id].parent.clone();
    books.ledgers(fact).iter().any(|own| {
        own == ledger
            || parent(own).as_deref() == Some(ledger)
            || parent(ledger).as_ref() == Some(own)
    })
}

#[test]
fn lies_in_the_books_are_caught() {
    let source = town().report();
    let facts = facts();
    let office: Office = town().office();
    assert_proven(&source, &session(&office));
    let deeds = deeds(&office, &facts);
    let mut ledgers: Vec<&str> = deeds.iter().map(|deed| deed.ledger.as_str()).collect();
    ledgers.sort_unstable();
    ledgers.dedup();
    let tally = Mutex::new(Tally::default());
    let next = Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = {
                        let mut next = next.lock().unwrap();
                        *next += 1;
                        *next - 1
                    };
                    let Some(deed) = deeds.get(number) else { break };
                    tell(deed, number, &source, &facts, &tally);
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap();
    println!(
        "books: {} lies told in {} ledgers ({} verdicts refuted, {} unprovable), {} misjudged; \
         {} changes that no claim minds",
        tally.told,
        ledgers.len(),
        tally.refuted,
        tally.unprovable,
        tally.complaints.len(),
        tally.harmless
    );
    assert!(tally.complaints.is_empty(), "{}", tally.complaints.join("\n"));
    assert!(tally.told >= 60, "{}", tally.told);
    // Every ledger under a claim was lied about, but that of places, which is the definitions.
    let books = Books::new(&office);
    for fact in &facts {
        for ledger in books.ledgers(fact).iter().filter(|l| *l != "place") {
            assert!(ledgers.contains(&ledger.as_str()), "nobody lied about {ledger}");
        }
    }
}
