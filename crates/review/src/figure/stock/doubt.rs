//! What speaks against a stock that its changes do not lead to: something else came or went, or the
//! end is of another thing.

use ::figure::Decimal;

use crate::figure::period::nested::months_in;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark, lead};
use crate::figure::reading::role;
use crate::finding::Mark;
use crate::paper::Paper;

/// Whether some of what came and went is left untold: of a half of the year where the end is later,
/// or taken off before the end.
pub(super) fn is_told_in_part(words: &str) -> bool {
    const BEGAN: &[&str] = &["上年末", "上年底", "去年末", "去年底", "上年年末", "去年年底"];
    const LATER: &[&str] = &["7月", "8月", "9月", "10月", "11月", "12月", "三季度", "年末", "年底"];
    // 上年末 is where the half began.
    let own = BEGAN.iter().fold(words.to_owned(), |own, began| own.replace(began, ""));
    let is_half = words.contains("上半年") && !is_second_told(words) && has_any(&own, LATER);
    let taken_off = ["扣除", "扣减"].iter().any(|word| {
        words.find(word).is_some_and(|at| {
            // 扣除泄洪弃水和蒸发渗漏 does not tell how much.
            let taken = |w: &str| w.ends_with('后') || !w.contains(|c: char| c.is_ascii_digit());
            words[at..].split(['，', ',', '。', '、']).next().is_some_and(taken)
        })
    });
    // 除此之外无人员变动 says that nothing is left untold.
    let moved = ["无其他人员变动", "没有人员变动", "无人员变动"]
        .iter()
        .fold(words.to_owned(), |words, none| words.replace(none, ""));
    is_half
        || taken_off
        || is_since_long(words)
        || has_any(
            &moved,
            &["有变动", "人员变动", "陆续新", "增量主要来自", "等因素", "再融资", "同额", "等额"],
        )
}

/// Whether a number is told of the second half of the year, in the clause that names it or the next one.
fn is_second_told(words: &str) -> bool {
    words.match_indices("下半年").any(|(at, _)| {
        let clauses = words[at..].split(is_clause_mark).take(2);
        clauses.into_iter().any(|clause| clause.contains(|c: char| c.is_ascii_digit()))
    })
}

/// Whether changes are told since some time long ago, beside those of this year: 政策实施以来累计发放1.28
/// 亿元,今年发放870万元.
fn is_since_long(words: &str) -> bool {
    const NOW: &[&str] = &["今年", "本年", "年初", "入", "新年", "当年", "春", "夏", "秋", "冬"];
    words.match_indices("以来").any(|(at, _)| {
        let since = words[..at].rsplit(is_clause_mark).next().unwrap_or_default();
        let behind = words[at..].split(['，', ',', '；', ';', '。']).next().unwrap_or_default();
        behind.contains("累计") && !has_any(since, NOW)
    })
}

/// How far an end may be from what the changes lead to, in tenths of all that there was: what is
/// further off is of something else.
const FAR: i64 = 3;

/// Characters behind a passage in which the gap may still be told.
const BEHIND: usize = 60;

/// Words of one kind among others: of 城乡低保对象 those in towns are a part.
const KINDS: &[&str] = &[
    "农村",
    "城镇",
    "城市",
    "城区",
    "乡村",
    "女性",
    "男性",
    "投产",
    "在产",
    "达产",
    "持证",
    "正常生产",
    "正常运营",
    "正常营业",
];

/// Whether a gap is too large a part of all that there was for the numbers to be of one stock.
pub(super) fn is_far(gap: Decimal, all: Decimal) -> Option<bool> {
    Some(gap.checked_mul(Decimal::TEN)? > all.checked_mul(Decimal::from(FAR))?)
}

/// Whether an end is of some of what there was only, or the changes are of more time than lies
/// between the two: 6月末52.6亿元,全年投放38.4亿元.
pub(super) fn is_of_other(passage: &Passage<'_>, start: &Number, end: &Number) -> bool {
    let (first, last) = (start.at.start.min(end.at.start), start.at.end.max(end.at.end));
    let (before, between) = (passage.words(passage.range.start..start.at.start), first..last);
    let place = |number: &Number| passage.numbers.iter().position(|n| n.at == number.at);
    let label = |number: &Number| place(number).map(|i| passage.label(i)).unwrap_or_default();
    let narrower = KINDS.iter().any(|kind| label(end).contains(kind) && !before.contains(kind));
    let gap = place(start).map(|i| passage.gap(i)).unwrap_or_default();
    let within = gap.find("月末").or_else(|| gap.find("月底")).is_some_and(|at| {
        let month = gap[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        !month.ends_with('上') && !gap[month.len()..at].is_empty() && &gap[month.len()..at] != "12"
    });
    narrower || within && passage.words(between).contains("全年")
}

/// Whether a number that is no term tells what an end lacks: 在建12个,另有1个停建.
pub(super) fn is_explained(
    passage: &Passage<'_>,
    end: &Number,
    terms: &[&Number],
    gap: Decimal,
) -> bool {
    let is_other = |n: &&Number| n.at != end.at && terms.iter().all(|term| term.at != n.at);
    let behind = passage.told_behind(BEHIND);
    let all = passage.numbers.iter().chain(&behind);
    // 预计春节前再化解10件 moved nothing yet.
    all.filter(is_other).any(|n| n.is_kin(end) && n.kind == end.kind && n.value == gap)
}

/// Whether what came and went is told of some months only, of which the last is before the end: 1—9月新增46户…
/// 年末488户.
pub(super) fn is_cut_short(passage: &Passage<'_>, terms: &[&Number], end: &Number) -> bool {
    let months = |number: &Number| {
        let place = passage.numbers.iter().position(|n| n.at == number.at)?;
        let gap = passage.gap(place);
        let at_end = has_any(&gap, &["年末", "年底", "岁末"]);
        if at_end { Some((12, 12)) } else { months_in(&gap) }
    };
    let Some((_, last)) = months(end) else { return false };
    let others = terms.iter().filter(|n| n.at != end.at).filter_map(|n| months(n));
    let stretches = others.filter(|(from, to)| from < to || *to == last);
    let short = stretches.map(|(_, to)| to).max().is_some_and(|to| to < last);
    short && !role::is_closed(&passage.words(passage.range.clone()))
}

/// Whether the words around a change of a mark say that the end does not count it: 续签410亩不计入新增, or
/// 下半年调入600床 before what there was at the end of June.
pub(super) fn is_left_out(paper: &Paper, mark: &Mark) -> bool {
    const HALF: &[&str] = &["6月末", "6月底", "6月30日", "上半年末"];
    const OUT: &[&str] = &["不计入", "不计算在", "不算新增", "不在其列"];
    // 尚有1.8亿元的空间 is what a limit leaves.
    let behind: String = paper.original[mark.at.end..].iter().take(4).collect();
    if behind.contains("空间") {
        return true;
    }
    // Who is to become a member is none, and who becomes one was told as one.
    let joining = |at: &std::ops::Range<usize>| {
        let behind: String = paper.original[at.end..].iter().take(6).collect();
        has_any(
            &format!("{}{behind}", lead(paper, at.start)),
            &["积极分子", "发展对象", "转正", "申请"],
        )
    };
    if lead(paper, mark.at.start).contains("党员") && mark.also.iter().any(joining) {
        return true;
    }
    let half = has_any(&lead(paper, mark.at.start), HALF);
    mark.also.iter().any(|at| {
        let behind: String = paper.original[at.end..].iter().take(6).collect();
        OUT.iter().any(|word| behind.starts_with(word))
            || half && lead(paper, at.start).contains("下半年")
    })
}
