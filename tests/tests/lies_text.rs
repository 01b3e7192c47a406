//! Lies in the text: the report with one thing made false, for each claim and each rule.
//!
//! Rules make the lies from the list of claims; a second reading of words and a second
//! computation of values say which verdicts have to fall. Exactly those may.

mod rules;

use std::collections::BTreeMap;

use product_tests::check::{assert_proven, check, session};
use product_tests::facts::facts;
use product_tests::lie::{Lie, spots};
use product_tests::town::town;
use report::{Conclusion, Kind};

use rules::Bench;

/// What went wrong with a lie, in one line; nothing if it was caught for the right reason.
fn complaint(lie: &Lie, session: &measure::Session<'_>) -> Option<String> {
    let outcomes = match check(&lie.source, session) {
        Ok(outcomes) => outcomes,
        Err(error) => return Some(format!("[{}] {}: {error}", lie.rule, lie.note)),
    };
    let mut wrong = Vec::new();
    for (number, outcome) in outcomes.iter().enumerate() {
        let fall = lie.falls.iter().find(|(fact, _)| *fact == number);
        let right = match fall {
            None => {
                let other = lie.may.contains(&number) && outcome.kind == Some(Kind::Subject);
                outcome.conclusion == Conclusion::Proven || other
            }
            Some((_, kinds)) => {
                outcome.conclusion == Conclusion::Refuted
                    && outcome.kind.is_some_and(|kind| kinds.contains(&kind))
            }
        };
        if !right {
            let wanted = fall.map_or("proven".to_owned(), |(_, kinds)| format!("{kinds:?}"));
            wrong.push(format!(
                "\n    {}: {wanted} wanted, {:?} {:?}: {}",
                facts()[number].id,
                outcome.conclusion,
                outcome.kind,
                outcome.reason
            ));
        }
    }
    (!wrong.is_empty()).then(|| format!("[{}] {}{}", lie.rule, lie.note, wrong.concat()))
}

#[test]
fn lies_in_the_text_are_caught() {
    let town = town();
    let source = town.report();
    let facts = facts();
    let spots = spots(&source, &facts);
    let office = town.office();
    assert_proven(&source, &session(&office));
    let bench = Bench::new(&source, &facts, &spots, &office);
    let lies = bench.lies();
    let shares: Vec<&[Lie]> = lies.chunks(lies.len().div_ceil(2)).collect();
    let complaints: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = shares
            .into_iter()
            .map(|share| {
                scope.spawn(move || {
                    let office = town.office();
                    let session = session(&office);
                    share.iter().filter_map(|lie| complaint(lie, &session)).collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let (truths, false_ones): (Vec<&Lie>, Vec<&Lie>) =
        lies.iter().partition(|l| l.falls.is_empty());
    for lie in &false_ones {
        *rules.entry(lie.rule).or_default() += 1;
    }
    println!(
        "text: {} lies told, {} misjudged; {} changes that stay true; by rule {rules:?}",
        false_ones.len(),
        complaints.len(),
        truths.len()
    );
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(false_ones.len() >= 200, "{}", false_ones.len());
}
