//! Two numbers of a row that a clause behind compares by their names: 下半年比上半年明显减少.

use prose::Direction;

use super::trend_words::direction_at;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// `上半年41件、下半年58件,下半年比上半年明显减少`.
pub(super) fn find(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let end = &numbers[last];
    let stop = numbers.get(last + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(end.at.end..stop);
    let sentence = tail.split(['。', ';', '；']).next()?;
    let whole = stop == passage.range.end || sentence.len() < tail.len();
    let plain = |n: &Number| n.is_kin(end) && n.is_exact() && n.direction.is_none() && !n.per;
    let named = |index: usize| -> Option<String> {
        let label = passage.label(index);
        let bare = label.trim_end_matches(['有', '为', '是', '共', '达', '仅', '只']);
        (bare.chars().count() >= 2 && plain(&numbers[index])).then(|| bare.to_owned())
    };
    let row: Vec<(usize, String)> =
        (last.saturating_sub(5)..=last).filter_map(|index| Some((index, named(index)?))).collect();
    // The clause itself must have no number: how far they are apart is looked at elsewhere.
    let mut clauses = sentence.split([',', '，']).skip(1).take(2);
    clauses.find_map(|clause| {
        let (own, rest) = clause.split_once(['比', '较'])?;
        let find = |words: &str, at_end: bool| {
            let mut fits = row.iter().filter(|(_, name)| {
                let short = name.chars().rev().take(3).collect::<Vec<_>>();
                let short: String = short.into_iter().rev().collect();
                if at_end {
                    words == name.as_str() || words == short
                } else {
                    words.starts_with(name.as_str()) || words.starts_with(&short)
                }
            });
            fits.next().filter(|_| fits.next().is_none())
        };
        let (a, _) = find(own, true)?;
        let (b, name) = find(rest, false)?;
        let name = if rest.starts_with(name.as_str()) { name.chars().count() } else { 3 };
        let rest: String = rest.chars().skip(name).collect();
        let rest = rest.trim_start_matches(['更', '要', '还', '的']);
        let said = direction_at(rest).or_else(|| match rest.chars().next() {
            Some('高' | '大') => Some(Direction::Up),
            Some('低' | '小') => Some(Direction::Down),
            _ => None,
        })?;
        let (a, b) = (&numbers[*a], &numbers[*b]);
        let wrong = match said {
            Direction::Up => a.extent.high < b.extent.low,
            Direction::Down => a.extent.low > b.extent.high,
        };
        let sure = whole && !has_any(clause, &["增速", "增幅", "降幅", "率", "占"]);
        (wrong && sure).then(|| {
            let told = |n: &Number| passage.words(n.at.clone());
            let is = if said == Direction::Up { "少于" } else { "多于" };
            let message = format!("{}{is}{},与“{clause}”相反;请核对", told(a), told(b));
            a.mark(passage.paper, message, &[b])
        })
    })
}
