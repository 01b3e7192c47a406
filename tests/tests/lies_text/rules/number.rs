//! Lies about the number and its unit.

use figure::Decimal;
use product_tests::lie::{Lie, Spot};
use product_tests::links::{plain, sentence};
use product_tests::says::{Claim, Says, last_digit};
use product_tests::subject::{indicator, says};
use report::Kind;

use super::Bench;

/// A unit of another class for each unit of the report.
const STRANGERS: [(&str, &str); 15] = [
    ("亿元", "亩"),
    ("万元", "户"),
    ("人次", "户"),
    ("户", "人"),
    ("人", "户"),
    ("名", "元"),
    ("亩", "元"),
    ("次", "元"),
    ("条", "人"),
    ("个", "户"),
    ("件", "人"),
    ("起", "亩"),
    ("张", "人"),
    ("栋", "户"),
    ("批", "人"),
];

pub(super) fn lies(bench: &Bench<'_>, spot: &Spot) -> Vec<Lie> {
    let claim = bench.says(spot);
    let Some((number, digits)) = claim.number().zip(digits(&spot.link.words)) else {
        return Vec::new();
    };
    let mut lies = values(bench, spot, claim, number, digits);
    lies.extend(units(bench, spot, claim));
    lies
}

fn values(bench: &Bench<'_>, spot: &Spot, says: &Says, number: Decimal, digits: &str) -> Vec<Lie> {
    let step = match says.claim {
        Claim::Equal(_) => Decimal::new(1, number.scale()),
        _ => last_digit(number),
    };
    let far = number * Decimal::from(7);
    [("value up", number + step), ("value down", number - step), ("value far", far)]
        .into_iter()
        .map(|(rule, other)| {
            // A decimal keeps its digits: 91.0% says more than 91%.
            let words = spot.link.words.replacen(digits, &other.to_string(), 1);
            let claim = with_number(&says.claim, other);
            bench.claimed(rule, spot, &words, &Says { claim, unit: says.unit.clone() })
        })
        .collect()
}

fn units(bench: &Bench<'_>, spot: &Spot, claim: &Says) -> Vec<Lie> {
    let (words, unit) = (&spot.link.words, &claim.unit);
    let mut lies = Vec::new();
    let Some(at) = words.rfind(unit.as_str()) else { return lies };
    let with = |other: &str| format!("{}{other}{}", &words[..at], &words[at + unit.len()..]);
    if let Some((_, other)) = STRANGERS.iter().find(|(own, _)| own == unit) {
        let mut lie = bench.broken("unit of another kind", spot, &with(other), &[Kind::Unit]);
        // Where the unit is part of the keyword (6个村), the sentence loses its subject too.
        let sentence = plain(&lie.source[sentence(&lie.source, spot.link.at.start)]);
        let target = &bench.facts[spot.facts.start].target;
        if !says(indicator(&bench.office.pack, target), &sentence) {
            lie.falls = spot.all(&[Kind::Subject]);
        }
        lies.push(lie);
    }
    let sized = match unit.as_str() {
        "万元" => "亿元".to_owned(),
        "亿元" => "万元".to_owned(),
        "%" => "‰".to_owned(),
        other => format!("万{other}"),
    };
    // 6万个村 loses the keyword too, and nobody would write it.
    if !words.ends_with('村') {
        let other = Says { claim: claim.claim.clone(), unit: sized.clone() };
        lies.push(bench.claimed("unit of another size", spot, &with(&sized), &other));
    }
    lies
}

/// The digits of the number in the words.
pub(super) fn digits(words: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let from = words.find(|c: char| c.is_ascii_digit())?;
    let to = words[from..].find(|c| !is_part(c)).map_or(words.len(), |n| from + n);
    Some(&words[from..to])
}

fn with_number(claim: &Claim, number: Decimal) -> Claim {
    match claim {
        Claim::Equal(_) => Claim::Equal(number),
        Claim::Over(_) => Claim::Over(number),
        Claim::Above(_) => Claim::Above(number),
        Claim::EachAtLeast(_) => Claim::EachAtLeast(number),
        other => panic!("no number in {other:?}"),
    }
}
