//! What came of a deed, more than the deed was done to: 调解各类矛盾纠纷318件,调解成功324件; and those who
//! are named by it: 建立健康档案5940人,建档老人中完成体检6015人.

use ::figure::Class;

use crate::figure::part;
use crate::figure::reading::alike::bare;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// What a deed may come to.
const CAME: &[&str] =
    &["成功", "合格", "完成", "办结", "达标", "到位", "通过", "成活", "见效", "有效", "准确"];
/// Words of another scope than that of what is told before.
const OTHER: &[&str] = &[
    "累计", "历年", "往年", "去年", "上年", "结转", "积案", "同期", "另", "次", "外", "含", "以来",
    "计划", "目标", "任务", "新增", "增加",
];

/// Whether a part is told as more than a whole, both of them counted and neither a plan alone.
fn is_more(all: &Number, part: &Number) -> bool {
    let plain = |n: &Number| n.is_amount() && n.is_exact() && !n.unit.is_empty() && !n.per;
    plain(all)
        && plain(part)
        && all.kind == part.kind
        && part.rounded().low > all.forgiving().high
        && !part.is_of_another_order(all)
}

/// The number of its kind right before one.
fn before(passage: &Passage<'_>, index: usize) -> Option<usize> {
    let part = &passage.numbers[index];
    (0..index).rev().find(|i| passage.numbers[*i].is_kin(part))
}

/// `A318件,A成功324件`: the same deed, and what came of it.
pub(super) fn succeeded(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let whole = before(passage, index)?;
    let (all, part) = (&passage.numbers[whole], &passage.numbers[index]);
    let (lead, own) = (passage.label(whole), passage.label(index));
    let own = own.trim_end_matches(['的', '有', '了', '共', '达', '数']);
    let deed = CAME.iter().find_map(|end| own.strip_suffix(end)).map(bare)?;
    let fits = is_more(all, part)
        && (2..=6).contains(&deed.chars().count())
        && lead.contains(&deed)
        && !has_any(&lead, CAME)
        // 排查隐患426处,下达整改指令108处,已整改到位397处 goes back to the first.
        && !passage.numbers[..whole].iter().any(|n| n.is_kin(part) && n.value >= part.value)
        && !has_any(own, OTHER);
    fits.then(|| part::exceeds(passage, all, part))
}

/// `建档老人中完成体检6015人`: all characters of the name stand in what was told before, and some of
/// them in the clause of the whole itself.
pub(super) fn among_them(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const NOUNS: &[char] =
        &['人', '户', '员', '者', '家', '村', '民', '生', '童', '件', '案', '店'];
    let whole = before(passage, index)?;
    let (all, part) = (&passage.numbers[whole], &passage.numbers[index]);
    let own = passage.label(index);
    let (name, rest) = own.split_once('中')?;
    let clause = passage.around(whole);
    let told = passage.words(passage.range.start..all.at.end);
    let told = format!("{told}{}", passage.noun(whole));
    let in_clause = name.chars().filter(|c| clause.contains(*c)).count();
    let fits = is_more(all, part)
        && (3..=8).contains(&name.chars().count())
        && name.ends_with(NOUNS)
        && name.chars().all(|c| told.contains(c))
        && in_clause >= 2
        && !rest.starts_with(['学', '小', '心', '央'])
        && !has_any(rest, OTHER);
    fits.then(|| part::exceeds(passage, all, part))
}

/// `现有脱贫户486户…其中纳入低保的脱贫户512户`: the whole name of what there is, with something told of it.
pub(super) fn of_name(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let part = &passage.numbers[index];
    let own = passage.label(index);
    let (told, noun) = own.rsplit_once('的')?;
    let named = |whole: &usize| {
        let lead = passage.label(*whole);
        let name = lead.rsplit_once(['有', '辖', '册']).map_or("", |(_, name)| name);
        passage.numbers[*whole].is_kin(part) && name == noun
    };
    let mut wholes = (0..index).filter(named);
    let whole = wholes.next().filter(|_| noun.chars().count() >= 2 && wholes.next().is_none())?;
    let all = &passage.numbers[whole];
    // 在册危房21栋,新增12栋,目前在册的危房33栋: what came in between makes it more.
    let fits = is_more(all, part)
        && told.chars().count() >= 2
        && !has_any(&passage.between(whole, index), &["新增", "增加", "目前", "新纳入"])
        && !has_any(told, OTHER)
        && !has_any(&passage.label(whole), OTHER);
    fits.then(|| part::exceeds(passage, all, part))
}

/// `免费体检2216人次。加上…,全年共筛查2185人次`: what more is added to is not less in the end.
pub(super) fn added(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let part = before(passage, index)?;
    let (all, part) = (&passage.numbers[index], &passage.numbers[part]);
    let between = passage.words(part.at.end..all.at.start);
    let more = ["加上", "算上", "再加"].iter().find_map(|word| between.split_once(word));
    let (lead, clauses) = more?;
    let own = passage.label(index);
    let fits = is_more(all, part)
        && lead.ends_with([',', '，', '。', ';', '；'])
        && clauses.contains([',', '，'])
        && has_any(&own, &["共", "合计", "累计", "总"])
        && !has_any(clauses, &["去年", "上年", "减", "扣"]);
    fits.then(|| part::exceeds(passage, all, part))
}

/// `物业类最多,有231件。今年总共收到217件`: the largest kind of a whole that is told next.
pub(super) fn largest(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let first = before(passage, index).filter(|first| first + 1 == index)?;
    let (all, part) = (&passage.numbers[index], &passage.numbers[first]);
    let lead = passage.gap(first);
    let clauses: String =
        lead.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
    let own = passage.label(index);
    let fits = is_more(all, part)
        && has_any(&clauses, &["最多", "居首", "居第一", "大头"])
        && has_any(&own, &["总共", "一共", "共计", "共收到", "共受理"])
        && !part.is(Class::Money)
        && !has_any(&own, &["去年", "上年", "其中", "新增"]);
    fits.then(|| part::exceeds(passage, all, part))
}
