//! How two sorts of people stand to each other, and whether their distance grows: 城乡收入比由2.31变为2.46,
//! 差距继续缩小.

use prose::Direction;

use crate::figure::reading::change::{is_reached, is_start};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;

const WIDER: &[&str] = &["扩大", "拉大", "加大"];
const NARROWER: &[&str] = &["缩小", "收窄", "缩减", "下降"];

/// Characters after 比 in which the first value is told.
const NEAR: usize = 12;

/// Marks the later of two ratios of incomes that goes the other way than the distance is said to.
pub(super) fn find(passage: &Passage<'_>, new: usize) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    let mut said = words.split(is_clause_mark).filter_map(way);
    let said = said.next().filter(|_| said.next().is_none())?;
    let ratio = |i: &usize| {
        let n = &passage.numbers[*i];
        n.is_exact() && n.direction.is_none() && n.unit.is_empty() && n.value.scale() > 0
    };
    let later = &passage.numbers[new];
    let old = (0..new).rev().find(|i| ratio(i))?;
    let earlier = &passage.numbers[old];
    let lead = passage.label(old);
    let behind = lead.rsplit_once("收入比").map(|(_, behind)| behind.trim_start_matches("值"))?;
    let led = behind.chars().count() <= NEAR && is_start(behind);
    let fits = ratio(&new) && led && is_reached(&passage.label(new));
    let wrong = match said {
        Direction::Up => later.value < earlier.value,
        Direction::Down => later.value > earlier.value,
    };
    (fits && wrong).then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let is = if said == Direction::Up { "缩小" } else { "扩大" };
        let message =
            format!("收入比由{}到{},差距是{is},与文字相反;请核对", told(earlier), told(later));
        later.mark(passage.paper, message, &[earlier])
    })
}

/// The way that a clause says a distance of incomes goes.
fn way(clause: &str) -> Option<Direction> {
    let (_, behind) = clause.split_once("差距")?;
    match (has_any(behind, WIDER), has_any(behind, NARROWER)) {
        (true, false) if !has_any(behind, &["没有", "未", "防止"]) => Some(Direction::Up),
        (false, true) if !has_any(behind, &["没有", "未"]) => Some(Direction::Down),
        _ => None,
    }
}
