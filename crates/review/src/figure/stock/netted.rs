//! What came and went, and by how much that changed a stock: 新登记312户,注销127户,净增185户.

use ::figure::Decimal;

use super::doubt::{is_explained, is_far};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, ones};
use crate::figure::reading::role::{self, Way};
use crate::finding::Mark;

/// Words by which a net change is of another time than those beside it.
const OTHER: &[&str] =
    &["同比", "比上", "较上", "比去", "较去", "年初", "累计", "其中", "均", "每"];

/// Words by which more came or went than what is told.
const UNTOLD: &[&str] = &["等", "其余", "另", "其他", "重复", "口径", "若干"];

/// Most numbers of what came and went before a net change.
const FLOWS: usize = 4;

/// Marks a net change right behind the numbers of all that came and went.
pub(super) fn find(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let net = &passage.numbers[last];
    let label = passage.label(last);
    let rises = label.contains("净增");
    let told = rises || label.contains("净减");
    let plain = |n: &Number| n.is_kin(net) && n.is_exact() && !n.unit.is_empty() && !n.per;
    let before = passage.numbers[..last].iter().rev();
    let count = before.take_while(|n| plain(n)).count();
    let first = last - count;
    let words = passage.words(passage.range.start..net.at.end);
    let from = passage.numbers[first].at.end.min(net.at.start);
    let own = passage.words(from..net.at.end);
    if !told
        || !(2..=FLOWS).contains(&count)
        || !plain(net)
        || has_any(&own, OTHER)
        || has_any(&words, UNTOLD)
        || own.contains(['。', ';', '；'])
        || ones(passage, &net.counter) > 0
    {
        return None;
    }
    let flows: Vec<&Number> = passage.numbers[first..last].iter().collect();
    let ways: Vec<Way> = (first..last).map(|i| role::way(passage, i)).collect();
    let (more, less) = if rises { (Way::In, Way::Out) } else { (Way::Out, Way::In) };
    if !ways.contains(&more) || !ways.contains(&less) {
        return None;
    }
    let (mut sum, mut all, mut terms) =
        (Extent::exact(Decimal::ZERO), Decimal::ZERO, String::new());
    for (flow, way) in flows.iter().zip(&ways) {
        let (next, sign) = match way {
            _ if *way == more => (sum.plus(flow.rounded())?, "+"),
            _ if *way == less => (sum.minus(flow.rounded())?, "-"),
            _ => return None,
        };
        sum = next;
        all = all.max(flow.value);
        terms = format!("{terms}{sign}{}", passage.words(flow.at.clone()));
    }
    let value = sum.low.checked_add(sum.high)?.checked_div(Decimal::TWO)?;
    let off = value.checked_sub(net.value)?.abs();
    if sum.meets(net.forgiving())
        || value <= Decimal::ZERO
        || is_far(off, all)?
        || is_explained(passage, net, &flows, off)
    {
        return None;
    }
    let message = format!(
        "{}={},不是{},差{};请核对增减数和净增减数",
        terms.trim_start_matches('+'),
        net.told(passage.paper, value),
        passage.words(net.at.clone()),
        net.told(passage.paper, off)
    );
    Some(net.mark(passage.paper, message, &flows))
}
