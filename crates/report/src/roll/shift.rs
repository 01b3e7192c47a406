//! The first step: windows, years and dates of a report moved, its figures left alone.

use figure::Period;

use super::edit::{Edit, apply};
use super::{Turn, dates, file_range, front};
use crate::front::body_start;
use crate::note;
use crate::source::{Purpose, Source};
use crate::window::in_year;

/// The text of the report with everything dated moved to the new window. Notes of an earlier
/// rolling over are taken out.
pub(super) fn shift(source: &Source, turn: Turn) -> String {
    let chars: Vec<char> = source.text.chars().collect();
    let body = body_start(&chars);
    let mut edits = vec![Edit { start: 0, end: body, words: front::write(&source.front, turn) }];
    for passage in &source.passages {
        for change in dates::changes(&passage.chars, turn) {
            if let (Some(range), Some(words)) =
                (file_range(&passage.origin, &change.range), change.words)
            {
                edits.push(Edit { start: range.start, end: range.end, words });
            }
        }
    }
    edits.extend(targets(source, &chars, turn));
    edits.extend(old_notes(&chars, body));
    apply(&source.text, edits)
}

/// The windows that targets fix.
fn targets(source: &Source, chars: &[char], turn: Turn) -> Vec<Edit> {
    const KEY: [char; 7] = ['w', 'i', 'n', 'd', 'o', 'w', '='];
    let mut edits = Vec::new();
    let measured = source.claims.iter().filter(|c| matches!(c.purpose, Purpose::Measured(_)));
    for claim in measured {
        let Some(end) = note::behind(chars, claim.end) else { continue };
        let target = &chars[claim.end..end - 1];
        for at in (0..target.len()).filter(|at| target[*at..].starts_with(&KEY)) {
            let from = at + KEY.len();
            let length = target[from..].iter().take_while(|c| !"&;) ".contains(**c)).count();
            let text: String = target[from..from + length].iter().collect();
            let moved = Period::parse(&text).ok().and_then(|period| window(period, turn));
            if let Some(moved) = moved {
                let start = claim.end + from;
                edits.push(Edit { start, end: start + length, words: moved.code() });
            }
        }
    }
    edits
}

/// A window of the old report in the new one.
fn window(period: Period, turn: Turn) -> Option<Period> {
    if period == turn.from {
        return Some(turn.to);
    }
    in_year(period, period.to().year() + turn.years())
}

/// Notes that an earlier rolling over left, of which nothing is true any more.
fn old_notes(chars: &[char], body: usize) -> Vec<Edit> {
    let opened = (body..chars.len()).filter(|at| note::opens(chars, *at));
    let ended = opened.filter_map(|at| {
        let (inside, end) = note::read(chars, at, chars.len())?;
        note::is_rolled(&inside).then_some((at, end))
    });
    ended.map(|(start, end)| Edit { start, end, words: String::new() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, from: &str, to: &str, expected: &str) {
        let front = format!("+++\ntitle = \"{from}报告\"\nwindow = \"{from}\"\n+++\n");
        let source = crate::parse(&format!("{front}{body}\n"), "报告.md").unwrap();
        let turn = Turn { from: Period::parse(from).unwrap(), to: Period::parse(to).unwrap() };
        let text = shift(&source, turn);
        let shifted = crate::parse(&text, "报告.md").unwrap();
        assert_eq!(shifted.front.window, Some(turn.to));
        let body = text.rsplit_once("+++\n").unwrap().1.trim_end().to_owned();
        assert_eq!(body, expected, "{body}");
    }

    #[test]
    fn windows_of_targets_move() {
        check(
            "无访[0件](visits?level=city&window=2021..2023; visits?window=2023)。",
            "2023",
            "2024",
            "无访[0件](visits?level=city&window=2022..2024; visits?window=2024)。",
        );
        check("排查[3起](a?window=2023-04)。", "2023", "2024", "排查[3起](a?window=2024-04)。");
        check(
            "排查[3起](a?window=2024H1)。",
            "2024H1",
            "2024H2",
            "排查[3起](a?window=2024-07-01..2024-12-31)。",
        );
    }

    #[test]
    fn years_inside_claims_and_bold_move_too() {
        check(
            "**2023年**[2023年4月被评为先进](honours)。",
            "2023",
            "2024",
            "**2024年**[2024年4月被评为先进](honours)。",
        );
    }

    #[test]
    fn notes_of_an_earlier_rolling_over_go() {
        check(
            "排查[3起](a)<!-- 上年:5起 -->。<!-- 问安办 -->",
            "2023",
            "2024",
            "排查[3起](a)。<!-- 问安办 -->",
        );
    }
}
