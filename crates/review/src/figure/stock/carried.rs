//! A stock told with all that came and went: what was carried over leads to what is left.

use ::figure::Decimal;

use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, ones, single_places};
use crate::figure::reading::role::{self, Way};
use crate::figure::reading::slip::is_apart;
use crate::figure::stock::doubt::{is_cut_short, is_explained, is_far, is_of_other};
use crate::figure::stock::slipped::without_parts;
use crate::figure::stock::untold::is_hinted;
use crate::finding::Mark;

/// Words by which the stock was counted otherwise in the meantime.
pub(super) const ADJUSTED: &[&str] = &[
    "继续保留",
    "保留在册",
    "仍保留",
    "不退出",
    "调整",
    "剔除",
    "重复",
    "口径",
    "合并",
    "更正",
    "核增",
    "核减",
];

/// The most changes of which the words do not tell the way.
const OPEN: usize = 3;

/// `上年结转215万元,本年到位940万元,年内支出876万元,结转下年379万元`.
///
/// A change of which the words do not tell the way may have gone either way or be none: only
/// what no reading leads to is marked.
pub(super) fn find(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let end = &numbers[last];
    if !end.is_amount() || !end.is_exact() || end.unit.is_empty() {
        return None;
    }
    let store = role::same_store(passage, last);
    if store.is_none() && !role::is_ending(passage, last) {
        return None;
    }
    let first = (0..last)
        .rev()
        .find(|i| numbers[*i].is_kin(end) && role::is_beginning(passage, *i, last))
        .or(store)
        .or_else(|| opened(passage, last))?;
    let start = &numbers[first];
    // 年末含专户存款1350万元 is more than what was counted before.
    let more = has_any(&role::clause(passage, last), &["含", "包括", "连同"]);
    // 其中城区学校由年初的1298人增至1320人 is of some of those who came and went.
    // 年初预算收入1200万元 was to come.
    let some = has_any(&passage.label(first), &["其中", "预算收入", "预算支出"]);
    if !start.is_amount() || !start.is_exact() || more || some {
        return None;
    }
    // 新收512件,加上旧存43件: what came may be told before what there was.
    // 由年初的4826户变为年底的5279户 stands behind what came and went as well.
    let between = first + 1 == last && passage.label(first).contains(['由', '从']);
    let added = between || has_any(&passage.label(first), &["加上", "连同", "加之", "另加"]);
    let from = if added { 0 } else { first + 1 };
    let flows = role::kin(passage, from..last, end);
    let flows: Vec<(usize, &Number)> = flows.into_iter().filter(|(i, _)| *i != first).collect();
    if flows
        .iter()
        .any(|(i, _)| role::is_ending(passage, *i) || passage.label(*i).ends_with(['由', '从']))
    {
        return None;
    }
    // 办结60件,另有4件退回重办: what else there was may have come or gone.
    // What is let goes out of what stands empty, and what is given back comes to it.
    let empty = has_any(&passage.label(first), &["空置", "闲置"]);
    let way = |i: usize| match role::way(passage, i) {
        _ if passage.label(i).starts_with('另') => Way::Either,
        way if empty => way.turned(),
        way => way,
    };
    let ways: Vec<Way> = flows.iter().map(|(i, _)| way(*i)).collect();
    let count = |way: Way| ways.iter().filter(|w| **w == way).count();
    let (came, gone, open) = (count(Way::In), count(Way::Out), count(Way::Either));
    let words = passage.words(start.at.end..end.at.start);
    let moved = has_any(
        &role::clause(passage, last),
        &[
            "降到",
            "降至",
            "减至",
            "减到",
            "减少到",
            "增至",
            "增到",
            "增加到",
            "随之",
            "因此",
            "由此",
        ],
    );
    let both = came.max(open) > 0 && gone.max(open) > 0;
    // 收入总计18020万元 is all that there was to spend.
    let summed = has_any(&passage.label(first), &["总计", "可用财力"]);
    let tied = summed || both && came + gone + open > 1 || role::is_closed(&words) || moved;
    // Births and deaths are not all that a population comes and goes by.
    let people = is_of_births(&passage.words(passage.range.clone()));
    // 差的那些是补买的,没单列
    let behind = passage.words(end.at.end..passage.range.end);
    let untold = has_any(&words, &["其余", "若干"]) || behind.contains("单列");
    if people || untold || came + gone == 0 || !tied || open > 2 || has_any(&words, ADJUSTED) {
        return None;
    }
    let one = Number { value: Decimal::ONE, extent: Extent::exact(Decimal::ONE), ..end.clone() };
    let changes = ways.iter().copied().zip(flows.iter().map(|(_, number)| *number));
    let mut changes = without_parts(changes.collect());
    // 转走一名 is no number of the passage, and goes as the others do.
    let singles = single_ways(&words, &end.counter);
    let told = singles.iter().filter(|way| **way != Way::Either);
    changes.extend(told.clone().map(|way| (*way, &one)));
    let open = i64::try_from(told.count()).unwrap_or(0);
    let single = Decimal::from(ones(passage, &end.counter).checked_sub(open).unwrap_or(0).max(0));
    if may_lead(passage, (start, end), &changes, single) {
        return None;
    }
    marked(passage, (start, end), &changes)
}

/// The ways that single ones came and went: out for 转走一名.
fn single_ways(words: &str, counter: &str) -> Vec<Way> {
    let own = format!("一{counter}");
    let before = single_places(words, &own).map(|at| {
        let clause = words[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        role::told(clause).unwrap_or(Way::Either)
    });
    if counter.is_empty() { Vec::new() } else { before.collect() }
}

/// Whether some reading of the changes leads to the end, 净增175家 beside others being either one
/// of them or what they make.
fn may_lead(
    passage: &Passage<'_>,
    (start, end): (&Number, &Number),
    changes: &[(Way, &Number)],
    room: Decimal,
) -> bool {
    let is_net = |number: &Number| {
        let at = passage.numbers.iter().position(|n| n.at == number.at);
        at.is_some_and(|at| passage.label(at).contains('净'))
    };
    let own: Vec<(Way, &Number)> =
        changes.iter().filter(|(_, number)| !is_net(number)).copied().collect();
    // Each that may count or not makes three readings of one: with many anything may be meant.
    let open = changes.iter().filter(|(way, _)| matches!(way, Way::Either | Way::Aside)).count();
    if open > OPEN {
        return true;
    }
    let lead = |changes: &[(Way, &Number)]| {
        let mut all: Vec<&Number> = changes.iter().map(|(_, number)| *number).collect();
        all.extend([start, end]);
        let apart = |sum: Decimal| is_apart(&all, sum.checked_sub(end.value)?);
        let far: Option<Vec<bool>> =
            readings(start.value, changes).into_iter().map(apart).collect();
        let single = room.is_zero();
        far.filter(|_| single).map_or_else(
            || start.rounded().widened(room).is_none_or(|sum| leads(sum, changes, end)),
            |far| far.contains(&false),
        )
    };
    // 较年初增加21.7亿元;累计发放95.2亿元,累计收回73.5亿元: one of them is what the others come to.
    let at = passage.numbers.iter().position(|n| n.at == start.at);
    let compared = at.is_some_and(|at| passage.label(at).contains(['较', '比']))
        || changes.iter().any(|(_, number)| is_net(number));
    let gap = end.value.checked_sub(start.value).map(|gap| gap.abs());
    let alone = |(_, number): &(Way, &Number)| compared && gap == Some(number.value);
    lead(changes) || own.len() >= 2 && lead(&own) || changes.iter().any(alone)
}

/// Marks an end that no reading of the changes leads to.
pub(super) fn marked(
    passage: &Passage<'_>,
    (start, end): (&Number, &Number),
    changes: &[(Way, &Number)],
) -> Option<Mark> {
    // Of the readings the nearest one is told.
    let known = readings(start.value, changes)
        .into_iter()
        .min_by_key(|sum| sum.checked_sub(end.value).map(|gap| gap.abs()))?;
    let gap = end.value.checked_sub(known)?.abs();
    let came = changes.iter().filter(|(way, _)| matches!(way, Way::In | Way::Either));
    let all = came.map(|(_, n)| n.value).fold(start.value, |all, n| all.saturating_add(n));
    if is_far(gap, all.max(end.value))? || is_of_other(passage, start, end) {
        return None;
    }
    let mut terms = start.told(passage.paper, start.value);
    for (way, number) in changes {
        let sign = match way {
            Way::In => "+",
            Way::Out => "-",
            Way::Either => "±",
            Way::Aside => continue,
        };
        terms = format!("{terms}{sign}{}", number.told(passage.paper, number.value));
    }
    let message = format!(
        "{terms}={},不是{},差{};请核对期初、增减和期末数",
        end.told(passage.paper, known),
        passage.words(end.at.clone()),
        end.told(passage.paper, gap)
    );
    let also: Vec<&Number> =
        std::iter::once(start).chain(changes.iter().map(|(_, number)| *number)).collect();
    let all: Vec<&Number> = also.iter().copied().chain([end]).collect();
    if is_divided(start, end, changes)
        || is_explained(passage, end, &also, gap)
        || is_hinted(passage, &all, gap)
        || is_cut_short(passage, &all, end)
    {
        return None;
    }
    Some(end.mark(passage.paper, message, &also))
}

/// Whether one of the numbers and the end make what there was, and so do all the others: 排查426处,当场整改
/// 318处,限期整改108处,已整改397处,剩余29处.
fn is_divided(start: &Number, end: &Number, changes: &[(Way, &Number)]) -> bool {
    let sum = changes.iter().map(|(_, n)| n.value).fold(Decimal::ZERO, Decimal::saturating_add);
    changes.len() > 2
        && changes.iter().any(|(_, n)| {
            n.value.checked_add(end.value) == Some(start.value)
                && sum.checked_sub(n.value) == Some(start.value)
        })
}

/// `存有复合肥620吨,随后调进940吨,卖给农户1215吨,还剩445吨`: what there was, told first and with no
/// word of a time.
fn opened(passage: &Passage<'_>, last: usize) -> Option<usize> {
    let numbers = &passage.numbers;
    let left = has_any(&passage.label(last), &["剩", "余下", "结存", "尚存", "还存", "还有"]);
    let first = (0..last).find(|i| numbers[*i].is_kin(&numbers[last]))?;
    let label = passage.label(first);
    let had = has_any(&label, &["有", "存", "为", "是"])
        && role::way(passage, first) == Way::Either
        || label.contains('存');
    let changes: Vec<Way> = role::kin(passage, first + 1..last, &numbers[last])
        .iter()
        .map(|(i, _)| role::way(passage, *i))
        .collect();
    let both = changes.contains(&Way::In) && changes.contains(&Way::Out);
    (left && had && both).then_some(first)
}

/// Whether some reading of the changes leads to the end; `true` where it cannot be told.
fn leads(sum: Extent, changes: &[(Way, &Number)], end: &Number) -> bool {
    let Some(((way, number), rest)) = changes.split_first() else {
        return sum.meets(end.forgiving());
    };
    let with = |sum: Option<Extent>| sum.is_none_or(|sum| leads(sum, rest, end));
    let (more, less) = (sum.plus(number.rounded()), sum.minus(number.rounded()));
    match way {
        Way::In => with(more),
        Way::Out => with(less),
        // 其中6.2万元不经村账 may count or not.
        Way::Either | Way::Aside => with(more) || with(less) || with(Some(sum)),
    }
}

/// The sums that the readings of the changes lead to.
pub(super) fn readings(start: Decimal, changes: &[(Way, &Number)]) -> Vec<Decimal> {
    changes.iter().fold(vec![start], |sums, (way, number)| {
        let more = |sum: &Decimal| sum.checked_add(number.value);
        let less = |sum: &Decimal| sum.checked_sub(number.value);
        match way {
            Way::In => sums.iter().filter_map(more).collect(),
            Way::Out => sums.iter().filter_map(less).collect(),
            Way::Either => sums.iter().flat_map(|sum| [more(sum), less(sum)]).flatten().collect(),
            Way::Aside => {
                sums.iter().flat_map(|sum| [Some(*sum), more(sum), less(sum)]).flatten().collect()
            }
        }
    })
}

/// Whether words tell of births and deaths in a population, and of nothing else.
pub(super) fn is_of_births(words: &str) -> bool {
    // 加之随迁落户较多 tells that some moved, and not how many.
    let moved =
        |clause: &str| clause.contains('迁') && clause.contains(|c: char| c.is_ascii_digit());
    words.contains("出生")
        && words.contains("死亡")
        && !words.split([',', '，', '、', '。', ';', '；']).any(moved)
        && words.contains("人口")
}

/// `年末库存8900吨。年初8600吨,出库3200吨,入库2900吨`: the end is told before all else.
pub(super) fn told_first(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let end = &numbers[last];
    let ends = ["年末", "年底", "期末", "月末", "月底", "12月31日", "目前", "现有"];
    let plain = |n: &Number| n.is_amount() && n.is_exact() && !n.unit.is_empty();
    if !plain(end) || !has_any(&passage.gap(last), &ends) {
        return None;
    }
    let first = (last + 1..numbers.len()).find(|i| {
        numbers[*i].is_kin(end)
            && has_any(&passage.gap(*i), &["年初", "期初", "上年末", "上年底", "月初"])
    })?;
    let start = &numbers[first];
    let flows = role::kin(passage, first + 1..numbers.len(), end);
    let changes: Vec<(Way, &Number)> =
        flows.iter().map(|(i, number)| (role::way(passage, *i), *number)).collect();
    let both = changes.iter().any(|(way, _)| *way == Way::In)
        && changes.iter().any(|(way, _)| *way == Way::Out);
    let open = changes.iter().filter(|(way, _)| *way == Way::Either).count();
    let alone = role::kin(passage, last + 1..first, end).is_empty();
    let untold = has_any(&passage.words(passage.range.clone()), &["其余", "若干"]);
    if untold
        || !plain(start)
        || !both
        || open > 1
        || !alone
        || is_of_births(&passage.words(passage.range.clone()))
    {
        return None;
    }
    if may_lead(passage, (start, end), &changes, Decimal::ZERO) {
        return None;
    }
    marked(passage, (start, end), &changes)
}
