//! The largest, the smallest and the mean of one list, and a floor that all of them are said to
//! keep: 村均53.75万元,最高的80万元,最低的90万元.

use ::figure::Class;

use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words of the one that has most.
const MOST: &[&str] = &["最高", "最多", "最大", "最长"];
/// Words of the one that has least.
const LEAST: &[&str] = &["最低", "最少", "最小", "最短"];
/// Words by which the one that has most is of another list, or only a limit.
const OTHER: &[&str] = &[
    "不超过",
    "不低于",
    "以上",
    "以下",
    "可",
    "补",
    "标准",
    "次",
    "比",
    "较",
    "峰",
    "历史",
    "往年",
    "气温",
    "温度",
];

/// What the words make of a number among others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Most,
    Least,
    Mean,
}

fn place(passage: &Passage<'_>, index: usize) -> Option<Place> {
    let number = &passage.numbers[index];
    let label = passage.label(index);
    if !number.is_exact() || number.direction.is_some() || number.unit.is_empty() {
        return None;
    }
    if has_any(&label, OTHER) || number.is(Class::Rank) || number.is(Class::Points) {
        return None;
    }
    match (has_any(&label, MOST), has_any(&label, LEAST)) {
        (true, false) => Some(Place::Most),
        (false, true) => Some(Place::Least),
        (false, false) => {
            let mean = label.contains("平均") || label.ends_with('均');
            (mean || number.per && label.contains('均')).then_some(Place::Mean)
        }
        (true, true) => None,
    }
}

/// The one that has most beside the one that has least, or one of them beside the mean.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let own = place(passage, index)?;
    (index.saturating_sub(2)..index).rev().find_map(|at| {
        let other = place(passage, at).filter(|other| *other != own)?;
        let alike = passage.numbers[at].is_alike(&passage.numbers[index]);
        alike.then(|| cannot_be(passage, (at, other), (index, own))).flatten()
    })
}

/// Marks the second of two numbers of one list that cannot both be what they are said to be.
fn cannot_be(
    passage: &Passage<'_>,
    (at, other): (usize, Place),
    (index, own): (usize, Place),
) -> Option<Mark> {
    let (first, number) = (&passage.numbers[at], &passage.numbers[index]);
    let between = passage.between(at, index);
    // Of the mean only what is the most or the least of its own sort may be held against it.
    let means = own == Place::Mean || other == Place::Mean;
    let parted = between.contains(['。', ';', '；'])
        || between.matches([',', '，', '、', '(', '（']).count() > 2
        || between.chars().count() > 24;
    // 最高分98.5分,最低分86.2分,平均分99.1分: all three are of one list.
    let listed = at + 2 == index && (at..=index).all(|i| place(passage, i).is_some());
    let named = means && !(listed || at + 1 == index && is_of_same(passage, at, index));
    let (low, high) = match (own, other) {
        (Place::Least, _) | (_, Place::Most) => (number, first),
        (Place::Most, _) | (_, Place::Least) => (first, number),
        (Place::Mean, Place::Mean) => return None,
    };
    let wrong = low.rounded().low > high.rounded().high;
    if parted || named || !wrong || first.size != number.size && means {
        return None;
    }
    Some(mark(passage, number, first))
}

/// Whether nothing is named before 最 that the mean is not of: 种植户最低的 are others.
fn is_of_same(passage: &Passage<'_>, at: usize, index: usize) -> bool {
    [(at, index), (index, at)].iter().all(|(own, other)| {
        let label = passage.label(*own);
        let most = MOST.iter().chain(LEAST).find_map(|word| label.split_once(word));
        most.is_none_or(|(lead, _)| {
            let of = passage.label(*other);
            // 人均收入最高 is no 户均收入.
            let each = lead.split_once('均').and_then(|(each, _)| each.chars().next_back());
            let same = each.is_none_or(|each| of.contains(&format!("{each}均")));
            matches!(lead, "" | "其中" | "而") || same && common(lead, &of) >= 2
        })
    })
}

fn mark(passage: &Passage<'_>, number: &Number, other: &Number) -> Mark {
    let words = |n: &Number| passage.words(n.at.clone());
    let message =
        format!("最高、最低、平均的大小不对:{}与{}不能并存;请核对", words(other), words(number));
    number.mark(passage.paper, message, &[other])
}

/// `各村集体收入均超过10万元,其中大坪村8.6万元`: one of all lies below what all keep.
pub(super) fn below(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const ALL: &[&str] =
        &["各村", "所有", "全部", "每个村", "个村", "各社区", "各组", "各校", "各站", "各单位"];
    const KEPT: &[&str] =
        &["均超过", "均达到", "均在", "全部超过", "全部达到", "都超过", "都在", "均突破", "均达"];
    let at = index.checked_sub(1)?;
    let (floor, number) = (&passage.numbers[at], &passage.numbers[index]);
    let lead = passage.words(passage.range.start..floor.at.start);
    let kept = KEPT.iter().any(|word| lead.ends_with(word));
    // 均达10万元 is a floor only with 以上.
    let strict = ["均超过", "全部超过", "都超过", "均突破"].iter().any(|word| lead.ends_with(word));
    let above =
        passage.noun(at).starts_with("以上") || passage.words(floor.at.clone()).ends_with("以上");
    let gap = passage.gap(index);
    let label = passage.label(index);
    let one = label.starts_with("其中") || has_any(&label, LEAST);
    let fits = kept
        && (strict || above)
        && has_any(&lead, ALL)
        && one
        && is_one_of(&label, &lead)
        && number.is_alike(floor)
        && number.is_exact()
        && number.direction.is_none()
        && number.size == floor.size
        && gap.matches([',', '，']).count() == 1
        && !gap.contains(['。', ';', '；', '、'])
        && !has_any(&label, &["增", "比", "较", "上年", "去年", "均", "新"])
        && number.forgiving().high < floor.value;
    fits.then(|| {
        let words = |n: &Number| passage.words(n.at.clone());
        let message = format!("前面写都在{}以上,这里却有{};请核对", words(floor), words(number));
        number.mark(passage.paper, message, &[floor])
    })
}

/// Whether a label ends in the name of one of those that are all told of: 大坪村 of 各村.
fn is_one_of(label: &str, lead: &str) -> bool {
    let bare = label.trim_end_matches(|c: char| "为是仅只有达到刚收入约".contains(c));
    let bare = bare.strip_suffix("集体").unwrap_or(bare);
    let kind = bare.chars().next_back();
    let name = bare.trim_start_matches("其中");
    kind.is_some_and(|kind| "村区组校站镇乡所院厂".contains(kind) && lead.contains(kind))
        && name.chars().count() >= 2
}
