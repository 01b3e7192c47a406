//! What lies inside something larger, as the words or the nature of the two say.

use ::figure::{Class, Decimal};

use super::within::NOT;
use crate::figure::part;
use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;

/// `行政区域面积1260平方公里…林地面积1385平方公里`: nothing that lies in a place is larger than it.
pub(super) fn in_territory(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const PLACE: &[&str] =
        &["区域面积", "国土面积", "幅员面积", "辖区面积", "土地总面积", "地域面积", "区划面积"];
    const LAND: &[&str] =
        &["林地", "耕地", "草场", "草原", "水域", "湿地", "园地", "森林", "农田", "山地", "荒地"];
    /// Words of land that lies elsewhere as well.
    const ABROAD: &[&str] =
        &["周边", "相邻", "毗邻", "邻", "联防", "代管", "跨", "域外", "境外", "全县", "全市"];
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let bare = |i: usize| {
        let label = passage.label(i);
        label.trim_end_matches(|c: char| "为达有是共约".contains(c)).to_owned()
    };
    let whole = (0..index)
        .rev()
        .find(|i| PLACE.iter().any(|word| bare(*i).ends_with(word)) && numbers[*i].is_kin(part))?;
    let (all, own) = (&numbers[whole], bare(index));
    let told = format!("{own}{}", passage.noun(index));
    let fits = part.is(Class::Area)
        && [all, part].iter().all(|n| n.is_amount() && n.is_exact())
        && (own.ends_with("面积") || LAND.iter().any(|word| own.ends_with(word)))
        && has_any(&told, LAND)
        && !has_any(&told, NOT)
        && !has_any(&told, &["管护", "流域", "播", "种"])
        && !has_any(&passage.between(whole, index), ABROAD)
        && part.rounded().low > all.forgiving().high
        && part.value <= all.value.checked_mul(Decimal::TWO)?;
    fits.then(|| part::exceeds(passage, all, part))
}

/// `可利用草场182万亩,划定平衡区197万亩,平衡区全部位于上述草场之内`: the words say where the one lies.
pub(super) fn said_inside(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const LIES: &[&str] =
        &["位于", "在", "属于", "来自", "处于", "坐落在", "分布在", "出自", "落在"];
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let behind = passage.words(part.at.end..passage.range.end);
    let (name, of) = behind.split(is_clause_mark).find_map(|clause| {
        let (lead, rest) = LIES.iter().find_map(|lies| clause.split_once(lies))?;
        let lead = lead.trim_end_matches(|c: char| "均都全部也皆".contains(c));
        let inside = ["之内", "范围内", "之中", "当中", "里面", "以内", "内", "中", "里"];
        let of = inside.iter().find_map(|word| rest.strip_suffix(word))?;
        Some((lead.to_owned(), of.to_owned()))
    })?;
    let whole = (0..index)
        .rev()
        .find(|i| numbers[*i].is_kin(part) && common(&of, &passage.around(*i)) >= 2)?;
    let all = &numbers[whole];
    let fits = [all, part].iter().all(|n| n.is_amount() && n.is_exact())
        && name.chars().count() >= 2
        && !name.ends_with(['不', '未', '没', '非'])
        && common(&name, &passage.around(index)) >= 2
        && part.kind == all.kind
        && !has_any(&passage.around(index), NOT)
        && part.rounded().low > all.forgiving().high
        && part.value <= all.value.checked_mul(Decimal::TWO)?;
    fits.then(|| part::exceeds(passage, all, part))
}

/// What is part of something else by its nature: those who board of those who go to school, and
/// the water in a reservoir of what it can hold.
const BY_NATURE: &[(&[&str], &[&str])] = &[
    (&["在校生", "在校学生", "在籍学生"], &["寄宿生", "住校生", "走读生", "住宿生", "寄宿学生"]),
    (&["总库容", "设计库容"], &["蓄水量", "蓄水", "库存水量"]),
];

/// Stages of school, in whose name those who board are told.
const STAGES: &[&str] = &["小学", "初中", "高中", "幼儿园", "中职"];

/// Those in a stage of school of whom some board there: 初中6286人 for 初中寄宿生6512人.
fn of_one_stage(passage: &Passage<'_>, index: usize, label: &str) -> Option<usize> {
    let own = label.trim_start_matches("其中");
    let stage = STAGES.iter().find(|stage| {
        own.strip_prefix(*stage).is_some_and(|rest| BY_NATURE[0].1.contains(&rest))
    })?;
    (0..index).rev().find(|i| {
        let whole = passage.label(*i);
        let whole = whole.trim_end_matches("在校生").trim_end_matches("学生");
        passage.numbers[*i].is_kin(&passage.numbers[index]) && whole.ends_with(stage)
    })
}

/// `在校生共1846人,…寄宿生达到2013人`.
pub(super) fn by_nature(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let bare = |i: usize| {
        let label = passage.label(i);
        label.trim_end_matches(|c: char| "为达有是共约到".contains(c)).to_owned()
    };
    let ends = |i: usize, words: &[&str]| words.iter().any(|word| bare(i).ends_with(word));
    let of = |(all, parts): &(&[&str], &[&str])| {
        let whole = (0..index).rev().find(|i| ends(*i, all) && numbers[*i].is_kin(part))?;
        ends(index, parts).then_some(whole)
    };
    let stage = of_one_stage(passage, index, &bare(index));
    let whole = stage.or_else(|| BY_NATURE.iter().find_map(of))?;
    let all = &numbers[whole];
    let apart = passage.between(whole, index);
    let fits = [all, part].iter().all(|n| n.is_amount() && n.is_exact())
        && part.kind == all.kind
        && apart.matches('。').count() <= 1
        && !has_any(&passage.label(index), &["累计", "比", "较", "次"])
        && (STAGES.iter().any(|stage| bare(whole).ends_with(stage))
            || !has_any(&passage.label(whole), &["小学", "初中", "高中", "比", "较", "其中"]))
        && part.rounded().low > all.forgiving().high
        && part.value <= all.value.checked_mul(Decimal::TWO)?;
    fits.then(|| part::exceeds(passage, all, part))
}

/// Words by which nobody gets more than one.
const ONE_EACH: &[&str] =
    &["每人限一", "每户限一", "一人一", "一户一", "每人一", "每户一", "每人只", "每户只"];

/// `退役军人5210名,…悬挂光荣牌5470块,每人限一块`: of what nobody gets two there are no more than there are
/// people.
pub(super) fn one_each(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let behind: String = passage.words(part.at.end..passage.range.end).chars().take(16).collect();
    if !has_any(&behind, ONE_EACH) {
        return None;
    }
    let gap = passage.gap(index);
    let heads = |n: &&Number| n.is(Class::Persons) || n.is(Class::Households);
    let whole = (0..index).rev().find(|i| heads(&&numbers[*i]))?;
    let all = &numbers[whole];
    let counted = part.class.is_none_or(Class::is_counted) && !part.is_kin(all);
    let fits = counted
        && [all, part].iter().all(|n| n.is_amount() && n.is_exact() && !n.unit.is_empty())
        && part.kind == all.kind
        && common(&passage.around(whole), &gap) >= 2
        && passage.between(whole, index).matches('。').count() <= 1
        && !has_any(&gap, &["累计", "补", "换", "历年"])
        && part.value > all.forgiving().high
        && part.value <= all.value.checked_mul(Decimal::new(15, 1))?;
    fits.then(|| part::exceeds(passage, all, part))
}
