//! Words that should not be there: doubtful words, superseded names of meetings, each with the
//! right ones and the days on which it is wrong. Any rule without a function of its own is one.

use pack::{Phrase, ReviewRule};

use crate::finding::Mark;
use crate::paper::Paper;

/// Marks every phrase of the rule.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    for phrase in rule.phrases.iter().filter(|phrase| is_wrong_now(paper, phrase)) {
        let text = &paper.cleaned.text;
        for (byte, _) in text.match_indices(phrase.text.as_str()) {
            if is_part_of_right_words(text, byte, phrase) {
                continue;
            }
            let start = text[..byte].chars().count();
            let at = paper.origin(&(start..start + phrase.text.chars().count()));
            marks.push(Mark { at, message: message(phrase), also: Vec::new() });
        }
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

/// Phrases with days wait for a day to be held against.
fn is_wrong_now(paper: &Paper, phrase: &Phrase) -> bool {
    if phrase.from.is_none() && phrase.until.is_none() {
        return true;
    }
    paper.day.is_some_and(|day| {
        phrase.from.is_none_or(|from| from <= day) && phrase.until.is_none_or(|until| day <= until)
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

fn message(phrase: &Phrase) -> String {
    let right = phrase.right.as_deref().map(|right| format!(",应为“{right}”"));
    let note = phrase.note.as_deref().map(|note| format!(":{note}"));
    format!("“{}”有误{}{}", phrase.text, right.unwrap_or_default(), note.unwrap_or_default())
}
