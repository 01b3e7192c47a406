//! Words that should not be there: doubtful words, superseded names of meetings, each with the
//! right ones and the days on which it is wrong. Any rule without a function of its own is one.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use figure::Date;
use pack::{Grade, Phrase, ReviewRule};

use super::scan::mark;
use crate::finding::Mark;
use crate::paper::Paper;

/// Marks every phrase of the rule. All phrases are looked for in one pass; of two that overlap
/// the one that begins first stands, and of two that begin together the longer.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let day = day(paper);
    let phrases: Vec<&Phrase> = rule.phrases.iter().filter(|p| is_wrong_on(p, day)).collect();
    let texts = phrases.iter().map(|phrase| phrase.text.as_str());
    // A list beyond the limits of the automaton is some gigabytes long; nothing is marked then.
    let Ok(automaton) =
        AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(texts)
    else {
        return Vec::new();
    };
    let text = &paper.cleaned.text;
    let mut hits: Vec<(usize, usize, &Phrase)> = automaton
        .find_overlapping_iter(text)
        .map(|hit| (hit.start(), hit.end(), phrases[hit.pattern().as_usize()]))
        .filter(|(start, _, phrase)| !is_part_of_right_words(text, *start, phrase))
        .collect();
    hits.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut marks = Vec::new();
    let (mut byte, mut chars, mut covered) = (0, 0, 0);
    for (start, end, phrase) in hits {
        chars += text[byte..start].chars().count();
        byte = start;
        let range = chars..chars + text[start..end].chars().count();
        if start < covered || is_about_before(paper, phrase, range.start) {
            continue;
        }
        covered = end;
        marks.push(mark(paper, range, message(phrase, rule.grade)));
    }
    marks
}

/// The day that phrases are held against: a report about a year may be checked years later, and
/// the words that were right in that year stay so.
fn day(paper: &Paper) -> Option<Date> {
    let last = paper.year.and_then(|year| Date::new(year, 12, 31).ok());
    match (paper.day, last) {
        (Some(day), Some(last)) => Some(day.min(last)),
        (day, last) => day.or(last),
    }
}

/// Phrases with days wait for a day to be held against.
fn is_wrong_on(phrase: &Phrase, day: Option<Date>) -> bool {
    if phrase.from.is_none() && phrase.until.is_none() {
        return true;
    }
    day.is_some_and(|day| {
        phrase.from.is_none_or(|from| from <= day) && phrase.until.is_none_or(|until| day <= until)
    })
}

/// How far before the words a year is looked for.
const REACH: usize = 40;

/// Whether the words are about a time in which they were right: 2017年,县环保局….
fn is_about_before(paper: &Paper, phrase: &Phrase, place: usize) -> bool {
    let Some(from) = phrase.from else { return false };
    let start = paper.sentence(place).start.max(place.saturating_sub(REACH));
    paper.chars[start..place].windows(5).any(|five| {
        let year: String = five[..4].iter().collect();
        five[4] == '年' && year.parse().is_ok_and(|year: i16| year < from.year() && year > 1900)
    })
}

fn is_part_of_right_words(text: &str, byte: usize, phrase: &Phrase) -> bool {
    phrase.unless.iter().any(|longer| {
        longer.match_indices(phrase.text.as_str()).any(|(inside, _)| {
            byte.checked_sub(inside)
                .and_then(|start| text.get(start..))
                .is_some_and(|rest| rest.starts_with(longer.as_str()))
        })
    })
}

fn message(phrase: &Phrase, grade: Grade) -> String {
    let verdict = match grade {
        Grade::Wrong => "有误",
        Grade::Leak => "不宜公开",
        Grade::Doubt => "疑误",
    };
    let right = phrase.right.as_deref().map(|right| format!(",应为“{right}”"));
    let note = phrase.note.as_deref().map(|note| format!(":{note}"));
    let (right, note) = (right.unwrap_or_default(), note.unwrap_or_default());
    format!("“{}”{verdict}{right}{note}", phrase.text)
}
