//! Shares told for several things at once, each of its own part and whole: 早稻1.86万亩、中稻3.42万亩,
//! 分别占任务2.00万亩、3.60万亩的93.0%和95.0%.

use super::{gives, told};
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::rows;
use crate::finding::Mark;

/// Words by which amounts are those that the others are parts of.
const WHOLE: &[&str] = &["占", "任务", "计划", "目标", "应", "总", "预算", "下达", "核定", "共"];

/// Marks the one share of a row that its numbers do not give, where all the others are theirs.
pub(super) fn find(passage: &Passage<'_>, first: usize) -> Option<Mark> {
    let rates = rows::rates(passage, first)?;
    let told = passage.words(passage.range.start..passage.numbers[first].at.start);
    if !has_any(&told, &["分别", "依次"])
        || has_any(&passage.label(first), &["增长", "同比", "较", "比"])
    {
        return None;
    }
    rows::beside(passage, &rates).iter().find_map(|pairs| of_row(passage, &rates, pairs))
}

fn of_row(passage: &Passage<'_>, rates: &[usize], pairs: &[(usize, usize)]) -> Option<Mark> {
    let whole = |i: usize| has_any(&passage.gap(i), WHOLE);
    let (left, right) = *pairs.first()?;
    // 占 stands right before the wholes, wherever a plan is told as well.
    let turned = match (whole(left), whole(right)) {
        (false, true) => false,
        (true, false) => true,
        _ if passage.label(right).contains('占') => false,
        _ => return None,
    };
    let of = |at: usize| {
        let (a, b) = pairs[at];
        if turned { (b, a) } else { (a, b) }
    };
    let numbers = &passage.numbers;
    let wrong: Vec<usize> = (0..rates.len())
        .filter(|at| {
            let (part, whole) = of(*at);
            !gives(&numbers[part], &numbers[whole], &numbers[rates[*at]])
        })
        .collect();
    let [at] = wrong.as_slice() else { return None };
    let (part, whole) = of(*at);
    told(passage, &numbers[rates[*at]], (&numbers[part], &numbers[whole]))
}
