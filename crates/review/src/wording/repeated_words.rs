//! Words that stand twice: 的的, 项目的项目, 加强加强.

use pack::ReviewRule;

use super::scan::{any, at, before, is_han, mark};
use crate::finding::Mark;
use crate::paper::Paper;

/// Particles that stand twice by mistake, with what before or behind them makes it right.
const PARTICLES: [(char, &str, &str); 6] = [
    ('的', "目", "确"),
    ('了', "为除", "解却结如然得无"),
    ('在', "存现实所正潜内外旨好重", ""),
    ('把', "", "火握关脉"),
    ('将', "", "士领军"),
    ('与', "参", "会"),
];

/// Longest words that are looked for twice.
const LONGEST: usize = 10;

/// The words of the definition are those that may well stand twice.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let fine: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let found = particle(chars, place)
            .or_else(|| of_itself(chars, place, &fine))
            .or_else(|| twice(chars, place, &fine))
            .or_else(|| last_twice(chars, place));
        if let Some(end) = found {
            let words = paper.words(place..end);
            let message = format!("“{words}”疑有重复的字词;请删去多余的部分");
            marks.push(mark(paper, place..end, message));
        }
        place = found.unwrap_or(place + 1);
    }
    marks
}

fn particle(chars: &[char], place: usize) -> Option<usize> {
    let c = chars[place];
    let (_, ahead, behind) = PARTICLES.iter().find(|(particle, _, _)| *particle == c)?;
    let (last, next) = (before(chars, place), at(chars, place + 2));
    let is_twice = at(chars, place + 1) == c;
    (is_twice && !ahead.contains(last) && !behind.contains(next) && last != c).then_some(place + 2)
}

/// 项目的项目.
fn of_itself(chars: &[char], place: usize, fine: &[&str]) -> Option<usize> {
    let all_han = |from: usize, to: usize| (from..to).all(|k| is_han(at(chars, k)));
    let word = |from: usize| (at(chars, from), at(chars, from + 1));
    let is = at(chars, place + 2) == '的'
        && all_han(place, place + 2)
        && word(place) == word(place + 3)
        && !LONGER.contains(at(chars, place + 5))
        && any(chars, place, fine).is_none();
    is.then_some(place + 5)
}

/// What makes the second word the beginning of a longer one: 升旗的升旗手, 中队中队长.
const LONGER: &str = "手者员制化性法部局会公站区店款费额率价长院校司组";

/// The same two to ten characters twice, one of them Chinese at least.
fn twice(chars: &[char], place: usize, fine: &[&str]) -> Option<usize> {
    let longest = (2..=LONGEST).rev().find(|length| {
        let end = place + 2 * length;
        end <= chars.len() && chars[place..place + length] == chars[place + length..end]
    })?;
    let word = &chars[place..place + longest];
    let is_word = word.iter().all(|c| is_han(*c) || c.is_ascii_digit())
        && word.iter().filter(|c| is_han(**c)).count() > 1
        && word.iter().any(|c| *c != word[0]);
    // 一步一步, 能不能不.
    let is_idiom = "一又半各有自".contains(word[0]) || word.contains(&'不');
    let is_longer = longest == 2 && LONGER.contains(at(chars, place + 4));
    let is_fine = is_idiom || is_longer || any(chars, place, fine).is_some();
    (is_word && !is_fine).then_some(place + 2 * longest)
}

/// Characters that nouns of reports end with and that no word has twice at its end.
const SUFFIXES: &str =
    "感性化度率制力费款额量值品作策务任施议案程式型规障识能果效益系构体理治展况题划局";

/// The last character of a clause twice: 安全感感。
fn last_twice(chars: &[char], place: usize) -> Option<usize> {
    let c = chars[place];
    let (last, end) = (before(chars, place), place + 2);
    let is_twice = is_han(c) && at(chars, place + 1) == c && SUFFIXES.contains(c);
    let is_word = is_han(last) && last != c && before(chars, place.saturating_sub(1)) != last;
    let is_end = "，。；、！？：,;".contains(at(chars, end));
    (place > 0 && is_twice && is_word && is_end).then_some(end)
}
