//! What a report says is still to come.

use std::ops::Range;

use figure::Period;
use prose::{Found, Kind, Lexicon, sentences};

use crate::judge::Bench;
use crate::window::Calendar;

/// Words of intent, which make a sentence about a later period a plan.
const INTENT: &[&str] =
    &["计划", "拟", "将", "力争", "争取", "预计", "打算", "目标", "确保", "谋划"];

/// Whether words stand in a plan: in a section of one, in a statement that announces, or
/// in a sentence of intent about a period behind the report's.
pub(crate) fn is_planned(
    lexicon: &Lexicon,
    calendar: Calendar,
    headings: &[String],
    text: &str,
    found: &Found,
    words: &Range<usize>,
) -> bool {
    if is_plan_heading(lexicon, headings) || is_later_section(calendar, headings) {
        return true;
    }
    let mut at = found.claims.iter().filter(|f| f.start < words.end && words.start < f.end);
    if at.clone().any(|f| f.kind == Kind::Fact) {
        return is_intent(calendar, headings, text, words);
    }
    if at.any(|f| f.kind == Kind::Plan) {
        return true;
    }
    let sentence = sentence(text, words);
    lexicon.plan().iter().any(|word| sentence.contains(word.as_str()))
        || is_intent(calendar, headings, text, words)
}

/// Whether a sentence intends something for a period behind the report's.
pub(crate) fn is_intent(
    calendar: Calendar,
    headings: &[String],
    text: &str,
    words: &Range<usize>,
) -> bool {
    let sentence = sentence(text, words);
    let later = |period: Period| period.from() > calendar.report.to();
    INTENT.iter().any(|word| sentence.contains(word))
        && calendar.window(None, &sentence, "", headings, &[]).is_ok_and(later)
}

/// The sentence of words up to their end.
fn sentence(text: &str, words: &Range<usize>) -> String {
    let all = sentences(text);
    let from = all.iter().rfind(|s| s.start <= words.start).map_or(0, |s| s.start);
    text.chars().skip(from).take(words.end - from).collect()
}

/// Whether a section is about what is to come: its period lies behind the
/// report's, or its heading ends with a word of planning.
pub(crate) fn is_plan_section(bench: &Bench<'_, '_>, headings: &[String]) -> bool {
    is_plan_heading(&bench.lexicon, headings) || is_later_section(bench.calendar, headings)
}

pub(crate) fn is_plan_heading(lexicon: &Lexicon, headings: &[String]) -> bool {
    headings.iter().any(|heading| {
        let heading = heading.trim_end_matches(|c: char| !c.is_alphanumeric());
        lexicon.plan().iter().any(|word| heading.ends_with(word.as_str()))
    })
}

/// Whether the headings speak of a period behind the report's.
pub(crate) fn is_later_section(calendar: Calendar, headings: &[String]) -> bool {
    calendar.section(headings).from() > calendar.report.to()
}
