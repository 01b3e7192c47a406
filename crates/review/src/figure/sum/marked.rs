//! What is told of a total that its parts do not make.

use ::figure::Decimal;

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Marks a total that its parts do not make. Where it is what was done of a larger one, either may
/// be the whole that is meant, and the nearer of them is: 排查126起,化解121起;其中….
pub(in crate::figure) fn marked(
    passage: &Passage<'_>,
    total: &Number,
    members: &[&Number],
) -> Option<Mark> {
    const DONE: &[&str] = &["化解", "办结", "整改", "调处", "解决", "销号", "结案", "成功"];
    // What neither comes nor goes is added or taken away by chance: 党委1个、党总支4个 of 38个.
    const MOVED: &[&str] = &[
        "外", "流", "转", "迁", "净", "减", "增", "出", "入", "还", "退", "结", "余", "剩", "除",
        "扣", "缺", "差", "实", "应",
    ];
    let moves = has_any(&passage.words(passage.range.clone()), MOVED);
    if is_balanced(passage, total, members) || moves && is_turned(members, total.value) {
        return None;
    }
    if is_of_fellow(passage, total, members) {
        return None;
    }
    let at = passage.numbers.iter().position(|n| n.at == total.at).unwrap_or_default();
    // 上述项目中已有4个开工 is one of the parts itself.
    if has_any(&passage.label(at), &["中已有", "中有"]) {
        return None;
    }
    let received = at.checked_sub(1).map(|before| &passage.numbers[before]).filter(|n| {
        let parted = passage.words(n.at.end..total.at.start).contains(['。', ';', '；']);
        n.is_kin(total) && n.value > total.value && !parted
    });
    let Some(received) = received.filter(|_| has_any(&passage.label(at), DONE)) else {
        return Some(total.mark(passage.paper, message(passage, total, members), members));
    };
    let sum: Option<Decimal> =
        members.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value));
    let gap = |n: &Number| sum.and_then(|sum| sum.checked_sub(n.value)).map(|gap| gap.abs());
    let (near, far) =
        if gap(received) <= gap(total) { (received, total) } else { (total, received) };
    let said = message(passage, near, members);
    let other = format!(",也不是{};请", passage.words(far.at.clone()));
    let all: Vec<&Number> = members.iter().copied().chain([far]).collect();
    Some(near.mark(passage.paper, said.replace(";请", &other), &all))
}

/// Whether two of three parts make the total, and the third did more than its task, as some of those did
/// who did it: 完成的19个,超额完成的8个,未完成的7个 of 26个.
fn is_of_fellow(passage: &Passage<'_>, total: &Number, members: &[&Number]) -> bool {
    let label = |part: &Number| {
        let at = passage.numbers.iter().position(|n| n.at == part.at);
        at.map(|at| passage.label(at)).unwrap_or_default()
    };
    let fits = |a: &Number, b: &Number| a.value.checked_add(b.value) == Some(total.value);
    let inner = |part: &Number, a: &Number, b: &Number| {
        fits(a, b) && has_any(&label(part), &["超额", "提前"])
    };
    match members {
        [a, b, c] => inner(a, b, c) || inner(b, a, c) || inner(c, a, b),
        _ => false,
    }
}

/// Whether some of the parts are taken away and the others added: 1420人,在外610人,外来50人,常住860人.
fn is_turned(members: &[&Number], left: Decimal) -> bool {
    let Some((first, rest)) = members.split_first().filter(|_| members.len() <= 3) else {
        return left.is_zero();
    };
    [left.checked_sub(first.value), left.checked_add(first.value)]
        .into_iter()
        .flatten()
        .any(|left| is_turned(rest, left))
}

/// Whether one more number of the passage leads from the parts to the total: 超出年度计划380万元, or
/// the 64 files of before the 3187 that came in, beside 3174 done and 77 left.
fn is_balanced(passage: &Passage<'_>, total: &Number, members: &[&Number]) -> bool {
    let sum = members.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value));
    let Some(gap) = sum.and_then(|sum| sum.checked_sub(total.value)) else { return true };
    let own = |n: &Number| n.at == total.at || members.iter().any(|part| part.at == n.at);
    passage.numbers.iter().any(|n| n.is_alike(total) && n.value == gap.abs() && !own(n))
}

fn message(passage: &Passage<'_>, total: &Number, members: &[&Number]) -> String {
    let sum: Decimal = members
        .iter()
        .map(|part| part.value)
        .fold(Decimal::ZERO, |a, b| a.checked_add(b).unwrap_or(a));
    let gap = (total.value - sum).abs();
    let terms: Vec<String> = members.iter().map(|part| passage.words(part.at.clone())).collect();
    format!(
        "{}={},不是{},差{};请核对总数或分项",
        terms.join("+"),
        total.told(passage.paper, sum),
        passage.words(total.at.clone()),
        total.told(passage.paper, gap)
    )
}
