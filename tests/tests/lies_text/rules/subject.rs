//! Lies about what a figure is about: indicator, keyword, place, dimension.

use std::ops::Range;

use pack::Scalar;
use product_tests::facts::Fact;
use product_tests::lie::{Lie, Spot};
use product_tests::links::{line, links, plain, sentence};
use product_tests::subject::{fixed, forms, indicator, says};
use report::Kind;

use super::Bench;

/// Other indicators that each claim is bound to in turn.
const REBOUND: usize = 3;

pub(super) fn lies(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let mut lies = rebound(bench, spot);
    lies.extend(keywords(bench, spot));
    lies.extend(places(bench, spot));
    lies.extend(dimensions(bench, spot));
    lies
}

/// The words bound to an indicator that the paragraph does not speak of. Such a claim has to
/// fall even where the value would fit.
fn rebound(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let pack = &bench.office.pack;
    let paragraph = plain(&bench.source[line(bench.source, spot.link.at.start)]);
    let mut lies = Vec::new();
    for (position, number) in spot.facts.clone().enumerate() {
        let fact = &bench.facts[number];
        let own = indicator(pack, &fact.target);
        let fits = |other: &&Fact| {
            let indicator = indicator(pack, &other.target);
            indicator.id != own.id && !says(indicator, &paragraph)
        };
        let mut others: Vec<_> = bench.facts.iter().filter(fits).collect();
        // Those of the same unit and value are the lies that are hardest to see.
        others
            .sort_by_key(|other| (other.says.unit != fact.says.unit, other.values != fact.values));
        let named = fixed(&fact.target).iter().any(|(key, _)| key == "place");
        for other in others.into_iter().take(REBOUND) {
            let mut targets = spot.link.targets.clone();
            targets[position].clone_from(&other.target);
            // Words that name places have to name those of all targets.
            let falls = if named { spot.facts.clone() } else { number..number + 1 };
            lies.push(Lie {
                rule: "other indicator",
                note: format!("{} → {}", spot.link.words, targets.join("; ")),
                source: spot.retargeted(bench.source, &targets),
                falls: falls.map(|fact| (fact, vec![Kind::Subject])).collect(),
                may: Vec::new(),
            });
        }
    }
    lies
}

/// A keyword of the sentence replaced by one of another indicator.
fn keywords(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let pack = &bench.office.pack;
    let around = sentence(bench.source, spot.link.at.start);
    let text = plain(&bench.source[around.clone()]);
    let own = indicator(pack, &bench.facts[spot.facts.start].target);
    let mut parts: Vec<&String> = own.says.iter().flatten().collect();
    parts.sort();
    parts.dedup();
    let strangers: Vec<&String> = pack
        .indicators
        .values()
        .filter(|other| other.unit == own.unit && other.id != own.id)
        .flat_map(|other| other.says.iter().flatten())
        .filter(|word| word.chars().nth(2).is_some() && !text.contains(word.as_str()))
        .filter(|word| !own.says.iter().flatten().any(|part| part == *word))
        // A denial would be another lie.
        .filter(|word| !word.contains(['未', '不', '没', '无']))
        .collect();
    let mut lies = Vec::new();
    for part in parts.into_iter().filter(|part| text.contains(part.as_str())) {
        let Some(stranger) = strangers.first() else { continue };
        lies.extend(replaced(bench, spot, "keyword", &around, part, stranger));
    }
    lies
}

/// A village that the target is not about.
fn places(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let villages: Vec<&str> = bench
        .office
        .pack
        .places
        .iter()
        .filter(|p| p.kind == "village")
        .map(|p| p.label.as_str())
        .collect();
    let words = &spot.link.words;
    let named = villages.iter().find(|v| words.contains(**v));
    let other = villages.iter().find(|v| !words.contains(**v)).expect("another village");
    let words = match named {
        Some(village) => words.replacen(*village, other, 1),
        None => format!("{other}{words}"),
    };
    let mut lie = bench.broken("place", spot, &words, &[Kind::Subject]);
    // Whether a place governs what follows it in the sentence is a matter of reading.
    let around = sentence(bench.source, spot.link.at.start);
    let later = |s: &&Spot| s.link.at.start > spot.link.at.start && s.link.at.start < around.end;
    lie.may = bench.spots.iter().filter(later).flat_map(|s| s.facts.clone()).collect();
    vec![lie]
}

/// A value that a target fixes, said as another value of the same dimension.
fn dimensions(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let mut lies = Vec::new();
    let around = line(bench.source, spot.link.at.start);
    let text = plain(&bench.source[around.clone()]);
    for number in spot.facts.clone() {
        let fact = &bench.facts[number];
        for (key, value) in fixed(&fact.target).iter().filter(|(key, _)| key != "place") {
            let (own, mut others) = forms(&bench.office.pack, fact, key, value);
            if others.is_empty() {
                others = written(bench, &fact.target, key, value);
            }
            let said = own.iter().filter(|form| text.contains(form.as_str()));
            let Some(form) = said.max_by_key(|form| form.len()) else { continue };
            let fits = |o: &&String| !text.contains(o.as_str()) && !o.contains(form.as_str());
            let Some(other) = others.iter().find(fits) else { continue };
            lies.extend(replaced(bench, spot, "dimension", &around, form, other));
        }
    }
    lies
}

/// Other values that the ledger holds in the field of a dimension.
fn written(bench: &Bench<'_>, target: &str, key: &str, value: &str) -> Vec<String> {
    let pack = &bench.office.pack;
    let source = indicator(pack, target).measure.source().expect("a source");
    let ledger = &pack.ledgers[&source.ledger];
    let Some(column) = ledger.fields.get_index_of(key) else { return Vec::new() };
    let records = bench.office.store.records(pack, &ledger.id).expect("records");
    let mut texts: Vec<String> = records
        .into_iter()
        .filter_map(|record| match &record.cells[column] {
            Some(Scalar::Text(text)) if text != value => Some(text.clone()),
            _ => None,
        })
        .collect();
    texts.sort();
    texts.dedup();
    texts
}

/// A word of a stretch of the source replaced wherever it stands outside of targets. Facts
/// fall that the stretch no longer names; where that cannot be told by keywords alone, there
/// is no lie.
fn replaced(
    bench: &Bench<'_>,
    spot: &Spot,
    rule: &'static str,
    around: &Range<usize>,
    from: &str,
    to: &str,
) -> Option<Lie> {
    let pack = &bench.office.pack;
    let stretch = &bench.source[around.clone()];
    let mut changed = String::new();
    let mut at = 0;
    for link in links(stretch) {
        changed.push_str(&stretch[at..link.to.start].replace(from, to));
        changed.push_str(&stretch[link.to.clone()]);
        at = link.to.end;
    }
    changed.push_str(&stretch[at..].replace(from, to));
    let (before, after) = (plain(stretch), plain(&changed));
    let mut falls = Vec::new();
    for other in bench.spots.iter().filter(|s| around.contains(&s.link.at.start)) {
        for number in other.facts.clone() {
            let fact = &bench.facts[number];
            let indicator = indicator(pack, &fact.target);
            let uses = indicator.says.iter().flatten().any(|part| {
                let meets = part.contains(from) || from.contains(part.as_str());
                meets && before.contains(part.as_str())
            });
            let lost = fixed(&fact.target).iter().any(|(key, value)| {
                let (own, _) = forms(pack, fact, key, value);
                let said = |text: &str| own.iter().any(|form| text.contains(form.as_str()));
                said(&before) && !said(&after)
            });
            if lost || (uses && !says(indicator, &after)) {
                let in_words = other.link.words.contains(from);
                let kinds =
                    if in_words { &[Kind::Subject, Kind::Words][..] } else { &[Kind::Subject] };
                falls.push((number, kinds.to_vec()));
            } else if uses {
                return None;
            }
        }
    }
    // A short word may stand inside the words of another claim (省 in 省委), whose fate is then a
    // matter of reading.
    let touched = |s: &&Spot| around.contains(&s.link.at.start) && s.link.words.contains(from);
    let fallen = |fact: &usize| falls.iter().any(|(other, _)| other == fact);
    let may: Vec<usize> = bench
        .spots
        .iter()
        .filter(touched)
        .flat_map(|s| s.facts.clone())
        .filter(|fact| !fallen(fact))
        .collect();
    let own = falls.iter().any(|(fact, _)| spot.facts.contains(fact));
    own.then(|| Lie {
        rule,
        note: format!("{}: {from} → {to}", spot.link.words),
        source: format!(
            "{}{changed}{}",
            &bench.source[..around.start],
            &bench.source[around.end..]
        ),
        falls,
        may,
    })
}
