//! Numbers that are approximate twice, and an enumeration comma between neighbours: 近300人左右,
//! 三、四个.

use pack::ReviewRule;

use super::scan::{any, at, before, is_han, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words that say about or nearly.
const ABOUT: [&str; 7] = ["大约", "大概", "将近", "接近", "约有", "约", "近"];

/// Words that say more than.
const OVER: [&str; 5] = ["超过", "至少", "不少于", "不低于", "突破"];

/// What behind a number says about again.
const AROUND: [&str; 4] = ["左右", "上下", "余", "以上"];

/// What behind a number says more again.
const ABOVE: [&str; 1] = ["以上"];

/// The words of the definition are the counters that a number of people or things is followed
/// by.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let counters: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let found = twice(chars, place)
            .or_else(|| behind(chars, place))
            .map(|end| (end, "前后都说是约数,重复;只留一个"))
            .or_else(|| neighbours(chars, place, &counters).map(|end| (end, NEIGHBOURS)));
        if let Some((end, why)) = found {
            let message = format!("“{}”{why}", paper.words(place..end));
            marks.push(mark(paper, place..end, message));
        }
        place = found.map_or(place + 1, |(end, _)| end);
    }
    marks
}

const NEIGHBOURS: &str = "是相邻两数连用表示概数,中间不用顿号(GB/T 15835-2011,4.2.2)";

/// 近300人左右, 超过50人以上, 十几余人.
fn twice(chars: &[char], place: usize) -> Option<usize> {
    let (word, repeats): (&str, &[&str]) = match any(chars, place, &ABOUT) {
        Some(word)
            if !"附最靠邻临就远亲走拉新贴逼迫相合条节制契公预违特简集隐签续履爽失守毁立"
                .contains(before(chars, place)) =>
        {
            (word, &AROUND)
        }
        Some(_) => return None,
        None => (any(chars, place, &OVER)?, &ABOVE),
    };
    let start = place + word.chars().count();
    let figure = run(chars, start, |c| c.is_ascii_digit() || ".,".contains(c));
    let figure = run(chars, figure, |c| "一二两三四五六七八九十百千万亿几%％".contains(c));
    if figure == start || (word == "近" && is_time(chars, figure)) {
        return None;
    }
    // A counter of up to two characters may stand between the number and what repeats it.
    (0..=2).find_map(|gap| {
        let between = (figure..figure + gap).all(|k| is_han(at(chars, k)) && at(chars, k) != '的');
        let repeat = any(chars, figure + gap, repeats).filter(|_| between)?;
        let end = figure + gap + repeat.chars().count();
        let is_word = repeat == "余" && (gap > 0 || "额款粮热".contains(at(chars, end)));
        (!is_word).then_some(end)
    })
}

/// 近三年 is a time and no number of years.
fn is_time(chars: &[char], place: usize) -> bool {
    matches!(at(chars, place), '年' | '天' | '日' | '周' | '期' | '代' | '月')
        || any(chars, place, &["个月", "个星期", "个季度"]).is_some()
}

/// 300余人左右, 300多余人, 十几余人.
fn behind(chars: &[char], place: usize) -> Option<usize> {
    let is_digit = |c: char| c.is_ascii_digit() || "十百千万亿".contains(c);
    let more = run(chars, place, is_digit);
    if more == place || is_digit(before(chars, place)) || !"余多几".contains(at(chars, more)) {
        return None;
    }
    let next = more + 1;
    if matches!(at(chars, next), '余' | '多') && at(chars, next) != at(chars, more) {
        return is_han(at(chars, next + 1)).then_some(next + 1);
    }
    (1..=2).find_map(|gap| {
        let between = (next..next + gap).all(|k| is_han(at(chars, k)) && at(chars, k) != '的');
        let repeat = any(chars, next + gap, &["左右", "上下"]).filter(|_| between)?;
        Some(next + gap + repeat.chars().count())
    })
}

/// 三、四个; 二、三产业 and 三、四季度 are enumerations.
fn neighbours(chars: &[char], place: usize, counters: &[&str]) -> Option<usize> {
    const DIGITS: &str = "二三四五六七八九";
    let value = |c: char| DIGITS.chars().position(|d| d == c);
    let low = value(chars[place])?;
    let high = value(at(chars, place + 2))?;
    let last = before(chars, place);
    let alone = !"第、一二三四五六七八九十零〇".contains(last);
    let counter = any(chars, place + 3, counters)?;
    let is = at(chars, place + 1) == '、' && high == low + 1 && alone;
    is.then(|| place + 3 + counter.chars().count())
}
