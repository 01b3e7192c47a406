//! A total that is not the sum of its parts.

use ::figure::{Class, Decimal};
use pack::ReviewRule;

use super::list::formula;
use super::period::nested;
use super::reading::change::{is_reached, is_start};
use super::reading::extent::Extent;
use super::reading::number::Number;
use super::reading::passage::{
    Passage, across, across_three, has_any, lead, ones, pairs, passages, some_fit, triples,
};
use super::reading::slip::{is_apart, is_slip};
use crate::finding::Mark;
use crate::paper::Paper;
use kinds::{is_disjoint, is_near, is_whole};
use marked::marked;
use parts::Join;
use row::{counted, first_of, is_total_of_row};

mod amongst;
mod axes;
mod closed;
mod complete;
mod counted;
mod coupled;
pub(super) mod disjoint;
mod exclusive;
mod explained;
mod hundred;
pub(super) mod kinds;
mod marked;
mod mixed;
mod parallel;
pub(super) mod partitions;
pub(super) mod parts;
mod rest;
pub(super) mod row;
mod slipped;
mod tallied;
mod totalled;

/// Marks totals that their parts do not make.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let sentences = passages(paper);
    for passage in &sentences {
        for index in 0..passage.numbers.len() {
            let marked = behind(passage, index).or_else(|| before(passage, index));
            marks.extend(marked);
        }
        marks.extend(formula::divided(passage));
        marks.extend((0..passage.numbers.len()).filter_map(|i| hundred::find(passage, i)));
    }
    // 新增860个。老城区增加320个、…: the row is a sentence of its own.
    for passage in pairs(&sentences) {
        let row = |at: usize| {
            let next = passage.numbers.get(at + 1)?;
            let full_stop = passage.words(passage.numbers[at].at.end..next.at.start).contains('。');
            behind(&passage, at).filter(|_| full_stop)
        };
        marks.extend((0..passage.numbers.len()).filter_map(row));
    }
    for passage in sentences.iter().chain(&pairs(&sentences)).chain(&triples(&sentences)) {
        marks.extend((2..passage.numbers.len()).filter_map(|total| tally(passage, total)));
        marks.extend((0..passage.numbers.len()).filter_map(|total| {
            disjoint::find(passage, total)
                .or_else(|| amongst::find(passage, total))
                .or_else(|| totalled::find(passage, total))
                .or_else(|| complete::find(passage, total))
                .or_else(|| complete::behind(passage, total))
                .or_else(|| coupled::find(passage, total))
                .or_else(|| slipped::find(passage, total))
                .or_else(|| parallel::find(passage, total))
                .or_else(|| rest::find(passage, total))
                .or_else(|| closed::find(passage, total))
                .or_else(|| mixed::find(passage, total))
        }));
    }
    for passage in across(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|total| {
            tally(&passage, total)
                .or_else(|| totalled::find(&passage, total))
                .or_else(|| parallel::find(&passage, total))
                .or_else(|| amongst::find(&passage, total))
                .or_else(|| complete::find(&passage, total))
                .or_else(|| slipped::find(&passage, total))
        }));
    }
    for passage in across_three(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|total| tally(&passage, total)));
    }
    let starts: Vec<_> = sentences.iter().flat_map(starts).collect();
    marks.retain(|mark| {
        !are_stages(paper, mark) && !explained::is_explained(paper, &sentences, mark)
    });
    marks.retain(|mark| {
        !starts.contains(&mark.at) && !mark.also.iter().any(|at| starts.contains(at))
    });
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// Where the numbers stand from which something moved: 40个 in 由40个减少到29个 has no parts and is
/// none.
/// Whether the parts of a mark are of stages that follow one another, each with fewer than the one
/// before: 上站体检52人,体检合格28人,政审合格26人,定兵12人.
fn are_stages(paper: &Paper, mark: &Mark) -> bool {
    const STAGES: &[&str] =
        &["体检", "政审", "初审", "复审", "初检", "复检", "笔试", "面试", "定兵", "入围", "录用"];
    let staged = mark.also.iter().filter(|at| has_any(&lead(paper, at.start), STAGES));
    staged.count() > 1
}

fn starts(passage: &Passage<'_>) -> Vec<std::ops::Range<usize>> {
    (1..passage.numbers.len())
        .filter(|to| {
            is_start(&passage.label(to - 1))
                && is_reached(&passage.label(*to))
                && passage.numbers[to - 1].is_kin(&passage.numbers[*to])
        })
        .map(|to| passage.paper.origin(&passage.numbers[to - 1].at))
        .collect()
}

/// A total that says how many it is of.
fn tally(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let total = &passage.numbers[whole];
    let members = tallied::members(passage, whole)?;
    let members: Vec<&Number> = members.iter().map(|i| &passage.numbers[*i]).collect();
    let sound = comparable(total, &members) && !total.is(Class::Share);
    if !sound || fits(total, &members) || overlaps(passage) {
        return None;
    }
    marked(passage, total, &members)
}

/// Words by which something is counted in two parts, or taken out of one.
fn overlaps(passage: &Passage<'_>) -> bool {
    const OUT: &[&str] = &[
        "互有",
        "双重",
        "不重复",
        "剔除",
        "扣除",
        "合并",
        "先后两次",
        "还有部分",
        "不含",
        "项同时",
        "人同时",
        "户同时",
    ];
    let words = passage.words(passage.range.clone());
    has_any(&words, OUT) || disjoint::is_twofold(passage)
}

/// The total stands before its parts.
fn behind(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let parts = parts::behind(passage, whole)?;
    if overlaps(passage) {
        return None;
    }
    // A member of a list that is told already is the whole of nothing.
    // A total told again behind the list is looked at there.
    let last = parts.members.last().copied().unwrap_or(whole);
    let again = passage.numbers[last + 1..]
        .iter()
        .any(|n| n.is_alike(&passage.numbers[whole]) && n.value == passage.numbers[whole].value);
    if parts.join == Join::Beside && again {
        return None;
    }
    let nested = parts.join == Join::Beside
        && (0..whole)
            .any(|w| parts::behind(passage, w).is_some_and(|p| p.members.contains(&whole)));
    if nested {
        return None;
    }
    let total = &passage.numbers[whole];
    let members: Vec<&Number> = parts.members.iter().map(|i| &passage.numbers[*i]).collect();
    if members.len() < 2 || total.is(Class::Share) || !comparable(total, &members) {
        return None;
    }
    // 上半年41公里、前三季度63公里: the later one holds the earlier.
    if parts.members.iter().any(|i| passage.label(*i).contains("前三季度")) {
        return None;
    }
    // What stands behind the list may belong to it, and its end may not.
    let alike: Vec<&Number> =
        passage.numbers[parts.members[0]..].iter().filter(|n| n.is_alike(total)).collect();
    // The first few of a row without a comma are not all of it.
    let least = if parts.tight { members.len() } else { 2 };
    if (least..=alike.len()).any(|count| fits(total, &alike[..count])) || fits(total, &members) {
        return None;
    }
    if passage.numbers[..whole].iter().any(|n| n.is_alike(total) && fits(n, &members)) {
        return None;
    }
    // 其中五一7.2万人次、国庆11.5万人次,两个假期合计18.7万人次: their sum is told behind them.
    if passage.numbers[last + 1..].iter().any(|n| n.is_alike(total) && fits(n, &members)) {
        return None;
    }
    // 6件实事: 驿站2个、小区3个 are told of the six and do not make them.
    if total.counter == "件" && !members[0].is_kin(total) {
        return None;
    }
    let sum = total_of(&members)?;
    let single = Decimal::from(ones(passage, &total.counter));
    if single > Decimal::ZERO && sum.widened(single)?.meets(total.forgiving()) {
        return None;
    }
    let exceeds = sum.low > total.forgiving().high;
    let oversized = members.iter().any(|part| part.extent.low > total.forgiving().high);
    if oversized && parts.join == Join::Among {
        return None;
    }
    // 其中县级补助210万元、镇级配套95万元 seldom names all that paid 486万元, nor 其中 all of anything
    // where the gap is large and no slip of the pen.
    let room =
        total.value.checked_div(Decimal::from(if total.is(Class::Money) { 10 } else { 5 }))?;
    let value = members.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let far = sum.high < total.extent.low.checked_sub(room)? && !is_slip(value, total.value);
    let is_some = far && parts.join == Join::Among;
    // 耕地2.84万亩,其中水田1.6万亩,灌溉面积1.9万亩,…: what goes far beyond the whole are marks of it.
    let bound = total.value.checked_mul(Decimal::new(14, 1))?;
    let beyond = parts.join == Join::Among && sum.low > bound;
    (is_whole(passage, &parts) && !is_some
        || (exceeds && !beyond && is_disjoint(passage, &parts))
        || is_near(passage, &parts, sum))
    .then(|| marked(passage, total, &members))
    .flatten()
}

/// The total stands behind its parts: `甲4个、乙6个,共10个`.
fn before(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    const TOTAL: &[&str] = &[
        "共",
        "共计",
        "合计",
        "总计",
        "总共",
        "一共",
        "合计为",
        "共有",
        "总数为",
        "合计达",
        "共计达",
    ];
    let total = &passage.numbers[whole];
    let label = passage.label(whole);
    // 新收1900件,加上旧存300件,共审结2046件: what is done is no sum of what there was.
    let done = ["审结", "办结", "结案", "完成整改", "整改", "化解", "解决", "处理"];
    if has_any(&label, &done)
        && has_any(&passage.gap(whole.saturating_sub(1)), &["旧存", "存", "结转"])
    {
        return None;
    }
    // 全年预算总额800万元,剩余资金待验收后拨付: not all of it is among the parts.
    let end = passage.numbers.get(whole + 1).map_or(passage.range.end, |n| n.at.start);
    if has_any(&passage.words(total.at.end..end), &["剩余", "余款", "尾款"]) {
        return None;
    }
    // 三项合计, 以上共计
    let short = label.chars().count() <= 4
        && ["合计", "共计", "总计"].iter().any(|word| label.ends_with(word));
    let serial = label == "累计" && {
        let first = first_of(passage, whole);
        let told = |i: usize| has_any(&passage.around(i), &["批", "期", "季度", "月", "年"]);
        first < whole && (first..whole).all(told)
    };
    let plain =
        TOTAL.contains(&label.as_str()) || short || serial || counted(passage, whole).is_some();
    let verb = label.strip_prefix('共').or_else(|| label.strip_prefix("累计")).unwrap_or_default();
    let repeated = verb.chars().count() >= 2
        && whole >= 2
        && passage.gap(first_of(passage, whole)).contains(verb);
    let parallel = is_total_of_row(passage, whole, &label);
    if !(plain || repeated || parallel) {
        return None;
    }
    let first = first_of(passage, whole);
    // 一季度36处,二季度52处,三季度41处 are no whole year.
    let row = passage.words(passage.range.start..total.at.start);
    // 上半年连同上年结转共发放 is of more than the row.
    let more = passage.gap(whole).contains("连同");
    // 1至6月318件,7至11月274件;截至12月底,全年651件 leaves a month out.
    let told = |i: usize| nested::months_in(&passage.gap(i)).map(|(_, to)| to);
    let later = |to: u32| told(whole).is_some_and(|end| end > to);
    let more = more || whole.checked_sub(1).and_then(told).is_some_and(later);
    if more || row.contains("一季度") && row.contains("全年") && !row.contains("四季度") {
        return None;
    }
    let end = counted(passage, whole).or_else(|| {
        let before = whole.checked_sub(1)?;
        (passage.numbers[before].unit == "项" && label.ends_with("合计")).then_some(before)
    });
    let mut members: Vec<&Number> = passage.numbers
        [first.min(end.unwrap_or(first))..end.unwrap_or(whole)]
        .iter()
        .filter(|n| n.is_alike(total))
        .collect();
    // The total may stand before its parts as well.
    if members.len() > 2 && members[0].value == total.value {
        members.remove(0);
    }
    if members.len() < 2 || !comparable(total, &members) || total.is(Class::Share) {
        return None;
    }
    // 年初236名,年中补聘21名,辞退、病故合计14名 adds up two that are not told.
    if members.iter().any(|part| part.value > total.value) {
        return None;
    }
    let led = parts::behind(passage, first).is_some_and(|parts| parts.join != Join::Beside);
    if passage.gap(first).contains("其中") || led {
        return None;
    }
    if (0..members.len() - 1).any(|from| fits(total, &members[from..])) {
        return None;
    }
    // Some of them may be parts of others: 3.2亿元(其中贷款2亿元)、1.8亿元,合计5亿元.
    if members.len() > 2 && some_fit(Extent::exact(Decimal::ZERO), &members, total.forgiving()) {
        return None;
    }
    // 共有 may count what there is altogether.
    let sum = total_of(&members)?;
    let single = Decimal::from(ones(passage, &total.counter));
    if single > Decimal::ZERO && sum.widened(single)?.meets(total.forgiving()) {
        return None;
    }
    if parallel && !plain && !repeated {
        let room = total.value.checked_div(Decimal::from(3))?;
        if !total.extent.widened(room)?.meets(sum) || members.iter().any(|m| m.value >= total.value)
        {
            return None;
        }
    }
    if label == "共有" && sum.high < total.extent.low {
        return None;
    }
    // 12个行政村、3个社区,共86个村民小组: what is far more counts something else.
    if sum.high.checked_mul(Decimal::from(3))? < total.extent.low {
        return None;
    }
    marked(passage, total, &members)
}

fn comparable(total: &Number, members: &[&Number]) -> bool {
    // 12990头(只) is of what its parts are of.
    let class = total.class.or_else(|| members.first().and_then(|part| part.class));
    class.is_some_and(|class| {
        !matches!(
            class,
            Class::Rank | Class::Points | Class::Multiples | Class::Years | Class::Days
        )
    }) && total.direction.is_none()
        && members.iter().all(|part| {
            // 按期办结163件 of 163件 is all of it already.
            part.value != total.value
                && part.kind == total.kind
                && part.extent.high < super::reading::extent::boundless()
        })
}

fn total_of(members: &[&Number]) -> Option<Extent> {
    let zero = Extent::exact(Decimal::ZERO);
    members.iter().try_fold(zero, |sum, part| sum.plus(part.rounded()))
}

/// Whether the parts make the total, rounding forgiven; `true` where that cannot be told.
pub(super) fn fits(total: &Number, members: &[&Number]) -> bool {
    // Whole numbers in one unit are added as they stand.
    if members.iter().all(|part| part.digit == total.digit && part.is_whole()) && total.is_whole() {
        let zero = Extent::exact(Decimal::ZERO);
        let sum = members.iter().try_fold(zero, |sum, part| sum.plus(part.extent));
        return sum.is_none_or(|sum| sum.meets(total.forgiving()));
    }
    let value = members.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value));
    let gap = value.and_then(|value| value.checked_sub(total.value));
    let all: Vec<&Number> = members.iter().copied().chain([total]).collect();
    if let Some(apart) = gap.and_then(|gap| is_apart(&all, gap)) {
        return !apart;
    }
    total_of(members).is_none_or(|sum| sum.meets(total.forgiving()))
}
