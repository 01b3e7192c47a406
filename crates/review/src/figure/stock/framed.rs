//! A stock of which one number is told as what there was and one as what is left, in whatever order, and
//! all others of its kind as what came and went: 尚有19件…年初梳理34件,又交办12件,先后化解29件.
//!
//! Whichever way each of the changes goes, and whether it counts or not, none of them may lead to the end:
//! so that a verb that nobody knows needs no word of its own.

use ::figure::Decimal;

use super::carried;
use super::doubt::is_told_in_part;
use super::slipped::{Part, UNTOLD, any_signs, part, without_parts};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, ones};
use crate::figure::reading::role::{self, Way};
use crate::figure::reading::slip::is_slip_of;
use crate::finding::Mark;

/// Words of a count that opens a stock, beside those of every beginning.
const COUNTED: &[&str] = &["清点", "清查", "盘点", "汛期前", "梳理", "起初", "摸底", "交接时"];
/// Words of what is still to come or go.
const TO_COME: &[&str] = &["预计", "计划", "力争", "拟", "争取", "目标", "将"];
/// Most changes whose every way is tried: of more, some way fits by chance.
const CHANGES: usize = 5;

/// Marks the end of a stock that no reading of what came and went leads to.
pub(super) fn find(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let end = &numbers[last];
    let kin = (0..numbers.len()).filter(|i| {
        let ahead = *i != last && has_any(&role::clause(passage, *i), TO_COME);
        numbers[*i].is_kin(end) && !numbers[*i].per && !ahead
    });
    let kin: Vec<usize> = kin.collect();
    let plain = |i: &usize| numbers[*i].is_exact() && !numbers[*i].unit.is_empty();
    if !(4..=CHANGES + 2).contains(&kin.len()) || !end.is_amount() || !kin.iter().all(plain) {
        return None;
    }
    let opening: Vec<usize> = kin.iter().copied().filter(|i| opens(passage, *i)).collect();
    // 6月底清查218.6万元…12月底178.4万元: what is counted first is where the others begin.
    let first = match opening.as_slice() {
        [first] => *first,
        [] => kin.first().copied().filter(|i| is_counted(passage, *i))?,
        _ => return None,
    };
    let closes = |i: usize| i != first && part(passage, i) == Part::Ending;
    let sole = kin.iter().filter(|i| closes(**i)).count() == 1;
    if !sole || !closes(last) {
        return None;
    }
    let start = &numbers[first];
    let changes = kin.iter().filter(|i| ![first, last].contains(i)).map(|i| {
        let way = match part(passage, *i) {
            Part::Change(way) => way,
            _ => Way::Either,
        };
        (way, &numbers[*i])
    });
    let changes = without_parts(changes.collect());
    let count = |way: Way| changes.iter().filter(|(own, _)| *own == way).count();
    let (came, gone, open) = (count(Way::In), count(Way::Out), count(Way::Either));
    let sums = any_signs(start.value, &changes);
    // 新核发96人 comes, whatever its verb seems to say, where the end is off by a slip.
    let either: Vec<_> = changes.iter().map(|(_, number)| (Way::Either, *number)).collect();
    let turned = carried::readings(start.value, &either);
    let slipped = came + gone > 1 && turned.iter().any(|sum| is_slip_of(end, *sum));
    let known = came + gone > 0 && came.max(open) > 0 && gone.max(open) > 0;
    let words = passage.words(passage.range.clone());
    let whole = (known || slipped)
        && changes.len() == came + gone + open
        && open <= 1
        && start.is_amount()
        && kin.iter().all(|i| numbers[*i].kind == end.kind)
        && ones(passage, &end.counter) == 0
        && !has_any(&words, UNTOLD)
        && !carried::is_of_births(&words)
        && (!is_told_in_part(&words) || role::is_closed(&words));
    // 核减58人 is a change like any other.
    let adjusted = carried::ADJUSTED.iter().filter(|word| !word.starts_with('核'));
    let whole = whole && !adjusted.into_iter().any(|word| words.contains(word));
    let changes = if known { &changes } else { &either };
    (whole && sums.into_iter().all(|sum| is_apart(sum, start, end, changes)))
        .then(|| carried::marked(passage, (start, end), changes))?
}

/// Whether a sum misses the end by more than rounding: every number may be rounded, but seldom are all of them
/// rounded the same way.
fn is_apart(sum: Decimal, start: &Number, end: &Number, changes: &[(Way, &Number)]) -> bool {
    let numbers = || changes.iter().map(|(_, n)| *n).chain([start, end]);
    let digit = numbers().map(|n| n.digit).fold(Decimal::ZERO, Decimal::max);
    let coarse = numbers().filter(|n| n.digit == digit).count();
    let room = if coarse > 2 { digit.saturating_add(digit) } else { digit };
    let gap = sum.saturating_sub(end.value).abs();
    !gap.is_zero() && gap >= room
}

/// Whether a number is told as what there was: 年初带入隐患31处 came with the year.
fn opens(passage: &Passage<'_>, index: usize) -> bool {
    let brought = has_any(&passage.label(index), &["带入", "结转", "遗留"]);
    match part(passage, index) {
        Part::Beginning => true,
        Part::Change(Way::Aside) => false,
        _ => brought && role::is_opening(passage, index),
    }
}

/// Whether a number is told as counted, and as nothing that came: 汛前补充采购1.5万条 did.
fn is_counted(passage: &Passage<'_>, index: usize) -> bool {
    let counted = has_any(&passage.gap(index), COUNTED);
    match part(passage, index) {
        Part::Beginning => true,
        Part::Ending => counted,
        Part::Change(way) => counted && way == Way::Either,
    }
}
