//! Names of villages and towns that sound alike and are written in two ways: 青石村, 清石村.

use std::collections::BTreeMap;

use pack::ReviewRule;
use pinyin::ToPinyinMulti;

use super::scan::{any, is_han, mark};
use crate::finding::Mark;
use crate::paper::Paper;

/// Characters of a name before its kind.
const LENGTH: usize = 2;

/// How often the right name has to stand for one beside it to be wrong.
const OFTEN: usize = 2;

/// The words of the definition are the kinds of place that names end with.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let kinds: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut names: BTreeMap<(&[char], &str), Vec<usize>> = BTreeMap::new();
    for place in LENGTH..chars.len() {
        let name = &chars[place - LENGTH..place];
        if let Some(kind) = any(chars, place, &kinds).filter(|_| is_name(name)) {
            names.entry((name, kind)).or_default().push(place - LENGTH);
        }
    }
    let mut marks = Vec::new();
    for ((name, kind), places) in &names {
        let is_other = |other: &[char], often: usize| {
            often >= OFTEN && often > places.len() && is_variant(name, other)
        };
        let right = names
            .iter()
            .find(|((other, same), often)| same == kind && is_other(other, often.len()));
        let Some(((right, _), standing)) = right else { continue };
        let right: String = right.iter().collect();
        for place in places {
            let range = *place..place + LENGTH + kind.chars().count();
            let words = paper.words(range.clone());
            let message = format!(
                "“{words}”疑为“{right}{kind}”:全文“{right}{kind}”{}处,“{words}”{}处,读音相同;请核对",
                standing.len(),
                places.len(),
            );
            let first = standing.iter().take(1).map(|at| paper.origin(&(*at..at + range.len())));
            marks.push(Mark { also: first.collect(), ..mark(paper, range, message) });
        }
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

/// Characters that stand before 村 and 镇 where no name does: 和农村, 各乡镇.
const OTHERS: &str = "和与及在化合护为到的是有从由对把被将向往于个各每全本该此农乡行城古小集市建重强两数几名进驻联包示范新旧老贫困脱";

fn is_name(name: &[char]) -> bool {
    name.iter().all(|c| is_han(*c) && !OTHERS.contains(*c))
}

/// One character differs and is read alike.
fn is_variant(name: &[char], other: &[char]) -> bool {
    let mut differ = name.iter().zip(other).filter(|(one, two)| one != two);
    let Some((one, two)) = differ.next() else { return false };
    differ.next().is_none() && sounds_alike(*one, *two)
}

fn sounds_alike(one: char, two: char) -> bool {
    let readings = |c: char| c.to_pinyin_multi().into_iter().flatten();
    readings(one).any(|first| readings(two).any(|second| first.plain() == second.plain()))
}
