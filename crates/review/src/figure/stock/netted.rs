//! What came and went, and by how much that changed a stock: 新登记312户,注销127户,净增185户.

use ::figure::Decimal;

use super::doubt::{is_explained, is_far};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, ones};
use crate::figure::reading::role::{self, Way};
use crate::finding::Mark;

/// Words by which a net change is of another time than those beside it.
const OTHER: &[&str] =
    &["同比", "比上", "较上", "比去", "较去", "年初", "累计", "其中", "均", "每"];

/// Words by which more came or went than what is told.
const UNTOLD: &[&str] = &["等", "其余", "另", "其他", "重复", "口径", "若干"];

/// Marks a net change right behind one number of what came and one of what went.
pub(super) fn find(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let (first, second) = (last.checked_sub(2)?, last - 1);
    let net = &passage.numbers[last];
    let label = passage.label(last);
    let rises = label.contains("净增");
    let told = rises || label.contains("净减");
    let numbers = &passage.numbers[first..=last];
    let plain = |n: &Number| n.is_kin(net) && n.is_exact() && !n.unit.is_empty() && !n.per;
    let before = first.checked_sub(1).map(|i| &passage.numbers[i]);
    let more = before.is_some_and(|n| n.is_kin(net) && !passage.gap(first).contains('。'));
    let words = passage.words(passage.range.start..net.at.end);
    let own = format!("{}{label}", passage.between(first, last));
    let far = passage.between(first, last).matches([',', '，', ';', '；', '。']).count() > 2;
    if !told
        || more
        || far
        || !numbers.iter().all(plain)
        || has_any(&own, OTHER)
        || has_any(&words, UNTOLD)
        || ones(passage, &net.counter) > 0
    {
        return None;
    }
    let (a, b) = (&passage.numbers[first], &passage.numbers[second]);
    let (came, gone) = match (role::way(passage, first), role::way(passage, second)) {
        (Way::In, Way::Out) => (a, b),
        (Way::Out, Way::In) => (b, a),
        _ => return None,
    };
    let (more, less) = if rises { (came, gone) } else { (gone, came) };
    let gap = more.rounded().minus(less.rounded())?;
    let value = more.value.checked_sub(less.value)?;
    let off = value.checked_sub(net.value)?.abs();
    if gap.meets(net.forgiving())
        || value <= Decimal::ZERO
        || is_far(off, more.value)?
        || is_explained(passage, net, &[a, b], off)
    {
        return None;
    }
    let message = format!(
        "{}-{}={},不是{},差{};请核对增减数和净增减数",
        passage.words(more.at.clone()),
        passage.words(less.at.clone()),
        net.told(passage.paper, value),
        passage.words(net.at.clone()),
        net.told(passage.paper, off)
    );
    Some(net.mark(passage.paper, message, &[a, b]))
}
