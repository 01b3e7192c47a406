//! 今年, 去年, 全年, 目前: what is told from the year of the report.

use super::{Words, Year, month, parts_of_year};
use crate::text::Text;

const WORDS: &[(&str, Words)] = &[
    ("今年以来", Words::ToDate),
    ("今年全年", Words::YearsBack(0)),
    ("今年", Words::YearsBack(0)),
    ("本年度", Words::YearsBack(0)),
    ("本年", Words::YearsBack(0)),
    ("全年", Words::YearsBack(0)),
    ("当年", Words::YearsBack(0)),
    ("去年全年", Words::YearsBack(1)),
    ("去年", Words::YearsBack(1)),
    ("上一年度", Words::YearsBack(1)),
    ("上一年", Words::YearsBack(1)),
    ("上年度", Words::YearsBack(1)),
    ("上年全年", Words::YearsBack(1)),
    ("上年", Words::YearsBack(1)),
    ("前年", Words::YearsBack(2)),
    ("截至目前", Words::ToDate),
    ("截止目前", Words::ToDate),
    ("到目前为止", Words::ToDate),
    ("到目前", Words::ToDate),
    ("目前", Words::ToDate),
];

/// The words at a position, with a part of that year right behind them: 去年6月.
pub(super) fn words(text: &Text<'_>, i: usize) -> Option<(Words, usize)> {
    let (word, words) = WORDS.iter().find(|(word, _)| text.has(i, word))?;
    let end = i + word.chars().count();
    let part = match words {
        Words::YearsBack(back) if word.ends_with('年') => {
            let year = Year::Back(*back);
            month(text, end, year).or_else(|| parts_of_year(text, end, year))
        }
        _ => None,
    };
    Some(part.unwrap_or((*words, end)))
}
