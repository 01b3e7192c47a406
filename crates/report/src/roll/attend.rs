//! The prose outside the claims: what of it belongs to its year or occasion.

use std::ops::Range;

use pack::Pack;

use super::edit::Edit;
use super::{Mark, RollNote, RollState, Turn, dates};
use crate::check::{headings, lexicon};
use crate::note;
use crate::plan::is_plan_heading;
use crate::source::{Passage, Source, SourceBlock};
use crate::verdict::Checked;

/// Marks everything of the prose that needs somebody's eye; `before` is the report that
/// was moved.
pub(super) fn prose(before: &Source, checked: &Checked, turn: Turn, pack: &Pack) -> Vec<Mark> {
    let source = &checked.source;
    let lexicon = lexicon(pack);
    let mut marks = Vec::new();
    for (number, passage) in source.passages.iter().enumerate() {
        let plan = is_plan_heading(&lexicon, &headings(source, passage));
        let mut found: Vec<(Range<usize>, String)> = Vec::new();
        let old = before.passages.get(number);
        let dated = old.into_iter().flat_map(|old| dates::doubtful(old, turn));
        found.extend(dated.map(|(range, reason)| (range, reason.to_owned())));
        let loose = checked.loose.iter().filter(|loose| loose.passage == number);
        found.extend(loose.map(|loose| {
            (loose.range.clone(), "上年的数,没有绑定指标,台账不能改写;请改写或绑定".to_owned())
        }));
        if !plan {
            found.extend(worded(passage, pack, turn));
        }
        for (range, reason) in merged(found) {
            marks.extend(mark(source, passage, range, reason));
        }
    }
    for block in &source.blocks {
        let SourceBlock::Heading { passage, .. } = block else { continue };
        let passage = &source.passages[*passage];
        let own = [passage.text()];
        if is_plan_heading(&lexicon, &own) && !is_plan_heading(&lexicon, &headings(source, passage))
        {
            let reason = "这一节的打算是上年写的,请按新的打算重写;去年打算的办得如何写进总结";
            marks.extend(mark(source, passage, 0..passage.chars.len(), reason.to_owned()));
        }
    }
    marks
}

/// Words of the pack that are true of one year, or tell what happens once.
fn worded(passage: &Passage, pack: &Pack, turn: Turn) -> Vec<(Range<usize>, String)> {
    let text = passage.text();
    let covered = |range: &Range<usize>| {
        passage.claims.iter().any(|(_, c)| c.start < range.end && range.start < c.end)
    };
    let mut found = Vec::new();
    let mut find = |word: &str, reason: &str| {
        let length = word.chars().count();
        for (byte, _) in text.match_indices(word) {
            let start = text[..byte].chars().count();
            let range = start..start + length;
            if !covered(&range) {
                found.push((range, reason.to_owned()));
            }
        }
    };
    for word in &pack.lexicon.dated {
        find(word, "只合上一年或一时的说法,请核对");
    }
    for word in &pack.lexicon.once {
        find(word, "说的是办过一次的事,新的期间未必有,请核对");
    }
    found.extend(
        sessions(&passage.chars)
            .into_iter()
            .map(|range| (range, "会议有届次,请换成新的期间学习贯彻的会议".to_owned())),
    );
    let plan = five_year_plan(turn.from.to().year());
    if plan != five_year_plan(turn.to.to().year()) {
        for form in [format!("{plan}五"), format!("{plan}五”")] {
            for (byte, _) in text.match_indices(&form) {
                let start = text[..byte].chars().count();
                let range = start..start + form.chars().count();
                found.push((range, "新的期间在另一个五年规划里,请核对".to_owned()));
            }
        }
    }
    found
}

const NUMERALS: &str = "一二三四五六七八九十";
/// First year of the first five-year plan whose number is written so, and its number.
const FIRST: (i16, usize) = (2001, 10);
const NAMES: [&str; 12] = [
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
];

/// The number of the five-year plan of a year: 十四.
fn five_year_plan(year: i16) -> &'static str {
    let number = usize::try_from((year - FIRST.0).max(0) / 5).unwrap_or(0) + FIRST.1;
    NAMES.get(number - FIRST.1).copied().unwrap_or("")
}

/// Meetings by their number: 二十届三中全会, 十四届县委四次全会.
fn sessions(chars: &[char]) -> Vec<Range<usize>> {
    const ENDS: [&str; 3] = ["中全会", "次全会", "次全体会议"];
    const LONGEST: usize = 16;
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 1..chars.len() {
        if chars[at] != '届' || !NUMERALS.contains(chars[at - 1]) {
            continue;
        }
        let back = chars[..at].iter().rev().take_while(|c| NUMERALS.contains(**c)).count();
        let rest: String = chars[at..].iter().take(LONGEST).collect();
        let rest = rest.split([',', '，', '。', '、', '；', ';']).next().unwrap_or("");
        let end = ENDS.iter().find_map(|end| rest.find(end).map(|byte| byte + end.len()));
        if let Some(end) = end {
            found.push(at - back..at + rest[..end].chars().count());
        }
    }
    found
}

/// Of words that overlap the longest alone; those of one sentence with the same reason once.
fn merged(mut found: Vec<(Range<usize>, String)>) -> Vec<(Range<usize>, String)> {
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut kept: Vec<(Range<usize>, String)> = Vec::new();
    for (range, reason) in found {
        match kept.last() {
            Some((last, _)) if range.start < last.end => {}
            _ => kept.push((range, reason)),
        }
    }
    kept
}

/// A note behind words, and behind the target where they stand in a claim.
fn mark(source: &Source, passage: &Passage, range: Range<usize>, reason: String) -> Option<Mark> {
    let claim = passage.claims.iter().find(|(_, c)| c.start < range.end && range.end <= c.end);
    let at = match claim {
        Some((number, _)) => {
            let chars: Vec<char> = source.text.chars().collect();
            note::behind(&chars, source.claims[*number].end)?
        }
        None => passage.origin.get(range.end.checked_sub(1)?)? + 1,
    };
    let words: String = passage.chars[range].iter().collect();
    let told = if claim.is_some() || words.chars().count() > SHOWN {
        reason.clone()
    } else {
        format!("“{words}”{reason}")
    };
    let note = RollNote { line: passage.line, words, was: None, state: RollState::Flagged, reason };
    Some(Mark { edits: vec![Edit::insert(at, note::attend(&told))], note })
}

/// Longest words that a note repeats.
const SHOWN: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meetings_are_known_by_their_number() {
        let found = |text: &str| -> Vec<String> {
            let chars: Vec<char> = text.chars().collect();
            let all = sessions(&chars).into_iter();
            all.map(|range| chars[range].iter().collect()).collect()
        };
        assert_eq!(found("学习党的二十届三中全会精神"), ["二十届三中全会"]);
        assert_eq!(found("县委十四届四次全会召开,第三届节会"), ["十四届四次全会"]);
        assert!(found("第三届采茶节").is_empty());
    }

    #[test]
    fn five_year_plans_are_numbered() {
        assert_eq!([2023, 2025, 2026, 2031].map(five_year_plan), ["十四", "十四", "十五", "十六"]);
    }

    #[test]
    fn of_overlapping_words_the_longest_stays() {
        let found = vec![(2..4, "短".to_owned()), (1..5, "长".to_owned()), (5..6, "后".to_owned())];
        let kept: Vec<String> = merged(found).into_iter().map(|(_, reason)| reason).collect();
        assert_eq!(kept, ["长", "后"]);
    }
}
