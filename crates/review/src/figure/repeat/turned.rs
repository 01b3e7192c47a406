//! A number told again in another sentence with two of its digits turned around: 签约资金3.26亿元,
//! and 已签约的3.62亿元.
//!
//! Digits in another order are a slip nearly by themselves: in a million and a half characters of
//! real reports no two numbers of one unit with such digits had two pairs of characters around
//! them in common unless the words told them apart. So the names need not be alike as those of
//! other readings do.

use ::figure::Class;

use super::echo::{completes, is_made, is_share, is_sum, mark};
use super::renamed::{divides, is_year_over, time};
use super::resembling::{CHANGED, content, is_misread, is_one_scene};
use super::told::{Told, is_in_unit, is_many, is_mixed};
use crate::figure::reading::alike::{named_apart, ordinal};
use crate::figure::reading::change::is_start;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::has_any;
use crate::finding::Mark;
use crate::paper::Paper;

/// Characters between two tellings of one number.
const FAR: usize = 3000;
const NEAR: usize = 300;
/// Characters of a sentence before a number that may say what it is of.
const LEAD: usize = 32;

/// Characters that make the whole name of a number.
const NAMED: usize = 7;

/// Words of another time or step, where one of two sentences has them before a number and the
/// other has not.
const TIMES: &[&str] = &[
    "去年",
    "上年",
    "前年",
    "同期",
    "年初",
    "期初",
    "上期",
    "上月",
    "上季",
    "明年",
    "计划",
    "目标",
    "力争",
    "预算",
    "追加",
    "连同",
    "加上",
    "不含",
    "剔除",
    "扣除",
    "收回",
    "归还",
    "上次",
    "再",
    "又",
    "其中",
    "其余",
    "此外",
    "其他",
    "另",
    "第二批",
    "首批",
    "一期",
    "二期",
    "三期",
    "上半年",
    "下半年",
    "春季",
    "夏季",
    "秋季",
    "冬季",
    "春播",
    "秋播",
    "在建",
    "往年",
];

/// Words of another scope, where the clause of one of two numbers has them and the other's has not.
const SCOPES: &[&str] = &[
    "累计", "常住", "户籍", "镇级", "村级", "县级", "省级", "市级", "中央", "净", "男性", "女性",
    "余额", "申请", "平均", "每", "人均", "城区", "乡镇", "农村", "城镇", "大专", "中等", "高等",
    "小学", "初中", "高中",
];

/// Words that lead from one value of a thing to another one.
const MOVED: &[&str] = &[
    "增加到",
    "增至",
    "提高到",
    "提升到",
    "提升至",
    "提高至",
    "上升到",
    "上升至",
    "降到",
    "降至",
    "减少到",
    "减至",
    "下降到",
    "下降至",
    "扩大到",
    "增长到",
    "调整为",
    "变为",
];

/// Marks a number that has the digits of an earlier one in another order.
pub(super) fn find(
    paper: &Paper,
    later: &Told<'_, '_>,
    earlier: &[&Told<'_, '_>],
    behind: &[&Told<'_, '_>],
) -> Option<Mark> {
    let alike = |other: &&&Told<'_, '_>| is_of_unit(other, later);
    let same = |n: &Number| n.value == later.number.value && n.size == later.number.size;
    // What is told a second time as it is here is no slip.
    let known = earlier.iter().chain(behind).filter(alike).any(|other| same(other.number));
    if known || !is_many(later.number) {
        return None;
    }
    let first = earlier.iter().rev().find(|first| {
        is_of_unit(first, later)
            && (is_mixed(first, later) || is_misread(first, later))
            && !first.number.forgiving().meets(later.number.forgiving())
            && is_one(paper, first, later)
    })?;
    let near: Vec<&Number> = earlier
        .iter()
        .filter(|o| is_of_unit(o, later) && o.number.at.start + 400 > later.number.at.start)
        .map(|o| o.number)
        .collect();
    let next = behind.iter().take(4).map(|o| o.number);
    let all = near.iter().copied().chain(next);
    let is_part = divides(first.number, later)
        || is_share(later.passage, later.index, first.number)
        || completes(all, first.number, later.number)
        || is_sum(&near, later.number)
        || is_made(later.passage, &near, later.number);
    (!is_part).then(|| mark(later.passage, first.number, later.number))
}

/// Whether two numbers are told in one unit, or one of them in none: 11.36万人, 11.63万居民.
fn is_of_unit(a: &Told<'_, '_>, b: &Told<'_, '_>) -> bool {
    is_in_unit(a, b) || a.number.counter.is_empty() || b.number.counter.is_empty()
}

/// Whether two sentences tell of one thing, time and place, as far as their words say.
fn is_one(paper: &Paper, first: &Told<'_, '_>, later: &Told<'_, '_>) -> bool {
    let (a, b) = (first.number, later.number);
    let between = &paper.chars[a.at.end..b.at.start];
    let parted = between.iter().any(|c| matches!(c, '。' | '\n'));
    let (x, y) = (first.words_before(), later.words_before());
    // 下一步将紧盯今年已签约的7个项目 tells what there is.
    // A plan and what came of it have a word that only one of them has.
    let kinds = a.kind == b.kind || y.contains('已') || is_mixed(first, later);
    // Growth of 6.9% and of 9.6% is told of many things.
    let grown = |told: &Told<'_, '_>| {
        told.number.is(Class::Share)
            && (told.number.direction.is_some() || has_any(&told.before, CHANGED))
    };
    if grown(first)
        || grown(later)
        || !parted
        || between.len() > FAR
        || !kinds
        || a.direction != b.direction
    {
        return false;
    }
    let moved = |told: &Told<'_, '_>| is_start(&told.before) || has_any(&told.before, MOVED);
    let (here, there) = (format!("{x}\n{}", first.behind), format!("{y}\n{}", later.behind));
    let (own, its) = (clause(first), clause(later));
    // 其中全县全年新改建农村公路 has the whole name of 全县全年新改建农村公路, whatever 年初承诺 stands before.
    let named = touching(first, later).0 >= NAMED;
    let (here, there) = if named { (bare(&own), bare(&its)) } else { (here, there) };
    // 今年夏季…8月9日 and 8月9日 are of one day, whatever season is named.
    let day = time(&x).filter(|day| day.ends_with('日') && time(&y).as_ref() == Some(day));
    let (here, there) = match day {
        Some(_) => (unseasoned(&here), unseasoned(&there)),
        None => (here, there),
    };
    let apart = TIMES.iter().any(|word| here.contains(word) != there.contains(word))
        || SCOPES.iter().any(|word| own.contains(word) != its.contains(word))
        || named_apart(&first.before, &later.before)
        || moved(first)
        || moved(later)
        || ordinal(&x) != ordinal(&y)
        || is_year_over(&x, &y);
    if apart {
        return false;
    }
    is_one_scene(paper, first, later, true) && common(first, later) >= least(first, later)
}

/// Words without 其中, which says of nothing that it is another.
fn bare(words: &str) -> String {
    words.replace("其中", "")
}

/// Words without the season of a day that is told.
fn unseasoned(words: &str) -> String {
    ["春季", "夏季", "秋季", "冬季"]
        .iter()
        .fold(words.to_owned(), |rest, word| rest.replace(word, ""))
}

/// How many characters right before two numbers are the same, their verbs left out: 在校生 of 在校生 and
/// 2023年底在校生达到; and whether they are all that one of them has there.
fn touching(first: &Told<'_, '_>, later: &Told<'_, '_>) -> (usize, bool) {
    let own = |told: &Told<'_, '_>| -> Vec<char> {
        let words = told.before.trim_end_matches(|c: char| "达到为有共了约是".contains(c));
        words.chars().rev().collect()
    };
    let (a, b) = (own(first), own(later));
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b && a.is_alphabetic()).count();
    let is_time = |c: &char| c.is_ascii_digit() || "年月日底末截至到全今".contains(*c);
    (same, [&a, &b].iter().any(|own| own[same..].iter().all(is_time)))
}

/// The words that touch a number in its clause.
fn clause(told: &Told<'_, '_>) -> String {
    format!("{}\n{}", told.before, told.behind)
}

/// Pairs of neighbouring characters that both have to have around them: the fewer digits there
/// are and the farther they stand apart, the more often they are like that by chance.
fn least(first: &Told<'_, '_>, later: &Told<'_, '_>) -> usize {
    let shown = |told: &Told<'_, '_>| {
        let shown = told.number.shown(told.number.value);
        shown.trim_end_matches('0').chars().filter(char::is_ascii_digit).count()
    };
    let near = later.number.at.start < first.number.at.end + NEAR;
    match (is_mixed(first, later), shown(first).min(shown(later)) >= 3) {
        (true, true) if near => 2,
        (true, true) => 3,
        (true, false) => 4,
        (false, true) if near => 5,
        (false, true) => 7,
        (false, false) => usize::MAX,
    }
}

/// The different pairs of neighbouring characters that stand around both numbers.
fn common(first: &Told<'_, '_>, later: &Told<'_, '_>) -> usize {
    let around = |told: &Told<'_, '_>| {
        let before: Vec<char> = told.words_before().chars().collect();
        let lead: String = before[before.len().saturating_sub(LEAD)..].iter().collect();
        // A mark or a number parts the words, which touch only in what they leave.
        let parts = |words: &str| -> Vec<[char; 2]> {
            words
                .split(|c: char| !c.is_alphabetic())
                .flat_map(|part| {
                    content(part).windows(2).map(|two| [two[0], two[1]]).collect::<Vec<_>>()
                })
                .collect()
        };
        [parts(&lead), parts(&told.behind)].concat()
    };
    let there = around(first);
    let mut both: Vec<[char; 2]> =
        around(later).into_iter().filter(|pair| there.contains(pair)).collect();
    both.sort_unstable();
    both.dedup();
    // What touches both numbers names them: 立案147件, 立案174件.
    let (same, all) = touching(first, later);
    both.len() + usize::from(all && same >= 2)
}
