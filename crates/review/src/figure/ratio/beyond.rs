//! Shares of one whole that come to more than all of it: 种植业占48.2%, 林业占15.7%, … of 105.2 %.

use ::figure::{Class, Decimal, decimal_text};

use crate::figure::reading::alike::bare;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Fewest shares of a row.
const ROW: usize = 3;
/// Characters before a sentence in which a survey may be named.
const BEFORE: usize = 60;
/// Words by which one thing may be counted under several heads.
const SHARED: &[&str] = &[
    "多选",
    "问卷",
    "民意",
    "选择",
    "兼",
    "交叉",
    "重叠",
    "重复",
    "其中",
    "同时",
    "既",
    "轮作",
    "套种",
    "间作",
    "混养",
    "累计",
    "以上",
    "分别占",
    "上升",
    "下降",
    "提高",
];

/// The shares that begin at a number, each told as what one thing takes of the same whole.
pub(super) fn find(passage: &Passage<'_>, first: usize) -> Option<Mark> {
    let is_of_row = |at: usize| whose(passage, at).is_some();
    if !is_of_row(first) || first.checked_sub(1).is_some_and(is_of_row) {
        return None;
    }
    let row: Vec<&Number> = (first..passage.numbers.len())
        .take_while(|at| is_of_row(*at))
        .map(|at| &passage.numbers[at])
        .collect();
    let names: Vec<String> =
        (first..first + row.len()).filter_map(|at| whose(passage, at)).collect();
    let told_twice = names.iter().enumerate().any(|(at, name)| names[..at].contains(name));
    let last = row.last()?;
    let before = passage.range.start.saturating_sub(BEFORE)..passage.range.start;
    let words = format!("{}{}", passage.words(before), passage.words_on());
    if row.len() < ROW || told_twice || has_any(&words, SHARED) {
        return None;
    }
    let sum = row.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let room = row.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.digit))?;
    let beyond = sum > Decimal::ONE_HUNDRED.checked_add(room)?;
    // Twice as much is of two wholes.
    let near = sum < Decimal::from(150);
    (beyond && near).then(|| {
        let terms: Vec<String> =
            row.iter().map(|n| format!("{}%", decimal_text(n.value))).collect();
        let message =
            format!("{}={}%,各部分的占比加起来超过100%;请核对", terms.join("+"), decimal_text(sum));
        last.mark(passage.paper, message, &row[..row.len() - 1])
    })
}

/// What takes a share: 种植业 in 种植业占48.2%. `None` where the share is of something else, or of what
/// was told right before it.
fn whose(passage: &Passage<'_>, at: usize) -> Option<String> {
    let number = passage.numbers.get(at)?;
    let label = passage.label(at);
    let name = label
        .strip_suffix("占比为")
        .or_else(|| label.strip_suffix("占比"))
        .or_else(|| label.strip_suffix('占'))?;
    let joined = passage.gap(at).matches(['，', ',', '、', '；', ';']).count() <= 1 || at == 0;
    let plain = number.is(Class::Share) && number.direction.is_none() && number.is_exact();
    (plain && joined && bare(name).chars().count() >= 2).then(|| name.to_owned())
}
