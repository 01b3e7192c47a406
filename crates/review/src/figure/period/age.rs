//! An age that does not follow from the year somebody was born in.

use super::dated::years_told;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// Words right before an age that is of the time the text speaks of.
const NOW: &[&str] = &["现年", "今年", "已经", "已", "满", "年龄", "年纪", "现", "刚满", "虚岁"];

/// Words for somebody told of before.
const SAME: &[&str] = &["他", "她", "老人", "本人", "该同志", "其", "就", "都", "了"];

/// `1952年3月出生,现年62岁` in a text of 2024.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let paper = passage.paper;
    let words = passage.words(passage.range.clone());
    let born = ["出生", "年生", "月生", "日生", "生于"];
    let one = born.iter().map(|word| words.matches(word).count()).sum::<usize>() == 1;
    if !one || has_any(&words, &["参加工作", "入党", "入伍", "去世", "享年", "当时", "时年"])
    {
        return None;
    }
    let (at, said) = age(passage)?;
    let years = years_told(passage);
    let birth = years.iter().find(|(year, place)| {
        let clause: String = paper.chars[place.end..passage.range.end].iter().take(8).collect();
        let clause = clause.split([',', '，', '。', ';', '；', '、']).next().unwrap_or_default();
        let before = passage.words(place.start.saturating_sub(2)..place.start);
        *year < 2020 && (clause.contains('生') || before == "生于")
    })?;
    let others: Vec<u32> = years.iter().map(|(year, _)| *year).filter(|y| *y != birth.0).collect();
    let now = match others.as_slice() {
        [year] => *year,
        [] => u32::try_from(paper.year?).ok()?,
        _ => return None,
    };
    // Nominal years count one or two more than the calendar.
    let age = now.checked_sub(birth.0)?;
    let off = said + 1 < age || said > age + 2;
    (off && age < 130).then(|| {
        let (a, b) = (passage.words(birth.1.clone()), passage.words(at.clone()));
        let message = format!("{a}出生,到{now}年是{age}岁,不是{b};请核对出生年份或年龄");
        Mark { at: paper.origin(&at), message, also: vec![paper.origin(&birth.1)] }
    })
}

/// The one age that a passage tells, where it is of now.
fn age(passage: &Passage<'_>) -> Option<(std::ops::Range<usize>, u32)> {
    let chars = &passage.paper.chars;
    let mut found = passage.range.clone().filter_map(|at| {
        let joined = at > 0 && small::number_at(chars, at - 1).is_some();
        let (said, end) = small::number_at(chars, at).filter(|_| !joined)?;
        let unit: String = chars[end..].iter().take(2).collect();
        let lead = passage.words(at.saturating_sub(3).max(passage.range.start)..at);
        let long = if unit == "周岁" { 2 } else { usize::from(unit.starts_with('岁')) };
        let behind: String = chars[end + long..].iter().take(2).collect();
        let bound = ["以上", "以下", "及以", "至", "时", "那年"];
        // 父亲现年72岁 is the age of somebody else.
        let clause = passage.words(passage.range.start..at);
        let clause = clause.rsplit(is_clause_mark).next().unwrap_or_default().to_owned();
        let whose = NOW.iter().fold(clause, |rest, word| rest.replace(word, ""));
        let whose = SAME.iter().fold(whose, |rest, word| rest.replace(word, ""));
        let other = (2..=4).contains(&whose.chars().count())
            && whose.chars().all(|c| c.is_alphabetic() && !"年月时".contains(c));
        let now = !other
            && NOW.iter().any(|word| lead.ends_with(word))
            && !bound.iter().any(|word| behind.starts_with(word));
        (long > 0 && now).then_some((at..end + long, said))
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
