//! The words between a number of things and the row of their names: 即, 分别是, a colon.

use super::placed::placed;
use super::quoted::led_by_verb;
use crate::figure::reading::passage::has_any;

/// Words between a number of things and the row of their names.
const OPENERS: &[&str] = &[
    "即",
    "分别是",
    "分别为",
    "依次是",
    "依次为",
    "具体是",
    "具体为",
    "具体有",
    "也就是",
    "就是",
    "分别位于",
    "分别设在",
    "分别建在",
    "分别分布在",
    "分别由",
    "分布在",
    "坐落在",
    "依次在",
    "分别叫",
    "名单为",
    "包括",
    "有",
    "为",
    "主要有",
    "主要是",
    "它们是",
    "他们是",
    "她们是",
];

/// The opener right behind a noun, and what follows it.
pub(super) fn opened(words: &str) -> Option<(&'static str, &str)> {
    let noun_end = words.find(|c: char| !c.is_alphanumeric())?;
    let noun = &words[..noun_end];
    // 6处观测站分别设在大岭村、双溪村…: the row follows its opener without a mark.
    let inside = OPENERS
        .iter()
        .filter(|word| word.chars().count() >= 3)
        .find_map(|word| Some((*word, noun.find(word)? + word.len())));
    if let Some((word, at)) = inside.filter(|_| words[noun_end..].starts_with('、')) {
        return Some((word, &words[at..]));
    }
    if let Some(row) = led_by_verb(noun, words) {
        return Some(("——", row));
    }
    if noun.chars().count() > 14 {
        return None;
    }
    let rest = &words[noun_end..];
    if let Some(rest) = rest.strip_prefix("——") {
        return Some(("——", rest));
    }
    let mut marks = rest.chars();
    // 共有5家企业。它们是甲、乙、丙: the row is a sentence of its own.
    if let Some(behind) = rest.strip_prefix('。') {
        const TAKEN_UP: &[&str] =
            &["它们是", "他们是", "分别是", "名单是", "名单为", "依次是", "具体是", "即"];
        let row = TAKEN_UP.iter().find_map(|word| behind.strip_prefix(word))?;
        return Some((":", row.trim_start_matches([':', '：'])));
    }
    match marks.next()? {
        ':' | '：' => {
            let behind = marks.as_str();
            let opener = OPENERS.iter().find_map(|word| behind.strip_prefix(word));
            Some((":", opener.unwrap_or(behind)))
        }
        '(' | '（' => {
            let behind = marks.as_str();
            let opener = OPENERS.iter().find_map(|word| behind.strip_prefix(word));
            Some(("(", opener.unwrap_or(behind)))
        }
        ',' | '，' => {
            let behind = marks.as_str();
            // ,为建设… tells what for.
            let opener = OPENERS.iter().filter(|word| **word != "为").find_map(|word| {
                Some((*word, behind.strip_prefix(word)?.trim_start_matches([':', '：'])))
            });
            opener.or_else(|| placed(behind)).or_else(|| {
                // 6块,全部名目为:甲、乙
                let (lead, row) = behind.split_once([':', '：'])?;
                let list = ["名目", "名单", "分别", "依次", "具体", "如下", "名称", "包括"];
                (lead.chars().count() <= 8 && has_any(lead, &list)).then_some((":", row))
            })
        }
        _ => None,
    }
}
