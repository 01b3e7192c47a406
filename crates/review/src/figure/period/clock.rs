//! Hours of one day, and weekdays of one year, that do not fit each other.

use std::ops::Range;

use ::figure::Date;

use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small;
use crate::finding::Mark;
use crate::paper::Paper;

/// A time of day in minutes, with its place: 上午9时30分, 10:15.
fn time_at(chars: &[char], at: usize) -> Option<(u32, Range<usize>)> {
    let (hour, end) = small::digits_at(chars, at)?;
    let minutes = || small::digits_at(chars, end + 1);
    let (minute, close) = match chars.get(end)? {
        '时' | '点' => match minutes() {
            Some((minute, end)) if chars.get(end) == Some(&'分') => (minute, end + 1),
            _ if chars.get(end + 1) == Some(&'半') => (30, end + 2),
            _ => (0, end + 1),
        },
        ':' | '：' => minutes().filter(|(_, close)| close - end == 3)?,
        _ => return None,
    };
    let lead: String = chars[at.saturating_sub(2)..at].iter().collect();
    let late = ["下午", "晚上", "傍晚"].contains(&lead.as_str()) && hour < 12;
    let real = hour <= 24 && minute < 60 && !lead.ends_with(|c: char| c.is_ascii_digit());
    real.then_some(((if late { hour + 12 } else { hour }) * 60 + minute, at..close))
}

/// The minutes that a length in hours or minutes may mean.
fn length_at(chars: &[char], at: usize) -> Option<(u32, u32, usize)> {
    let (count, end) = small::number_at(chars, at)?;
    let rest: String = chars[end..].iter().take(8).collect();
    let unit = |word: &str| rest.starts_with(word).then(|| end + word.chars().count());
    if let Some(end) = unit("个半小时") {
        return Some((count * 60 + 20, count * 60 + 40, end));
    }
    if let Some(end) = unit("个小时").or_else(|| unit("小时")) {
        let more = small::number_at(chars, end).filter(|(_, at)| chars.get(*at) == Some(&'分'));
        let more = more.map_or(0, |(more, _)| more);
        let room = if more > 0 { 1 } else { 10 };
        return Some((count * 60 + more - room.min(count * 60), count * 60 + more + room, end));
    }
    unit("分钟").map(|end| (count.saturating_sub(3), count + 3, end))
}

/// The times of day told in a range of characters.
fn times(chars: &[char], range: &Range<usize>) -> Vec<(u32, Range<usize>)> {
    let mut found: Vec<(u32, Range<usize>)> = Vec::new();
    for at in range.clone() {
        let is_new = found.last().is_none_or(|(_, place)| at >= place.end);
        found.extend(time_at(chars, at).filter(|_| is_new));
    }
    found
}

/// The length in hours told behind a word for it: 历时一个半小时, 连续抢修7个小时.
fn length(passage: &Passage<'_>) -> Option<(u32, u32, Range<usize>)> {
    const LASTS: &[&str] = &[
        "历时", "用时", "耗时", "持续", "为时", "共用", "全程", "仅用", "共", "连续", "奋战",
        "鏖战", "苦战", "前后", "历经", "经过", "整整", "足足", "长达", "用了", "花了", "时长",
    ];
    let chars = &passage.paper.chars;
    let mut found = passage.range.clone().filter_map(|at| {
        let joined = at > 0 && small::number_at(chars, at - 1).is_some();
        let (fewest, most, end) = length_at(chars, at).filter(|_| !joined)?;
        let lead = passage.words(at.saturating_sub(6).max(passage.range.start)..at);
        // 连续抢修7个小时: a verb may stand before the number.
        let lasts = LASTS.iter().any(|word| {
            let rest = lead.rfind(word).map(|byte| &lead[byte + word.len()..]);
            rest.is_some_and(|rest| rest.chars().all(char::is_alphabetic))
        });
        lasts.then_some((fewest, most, at..end))
    });
    found.next().filter(|_| found.next().is_none())
}

/// `上午9时30分开始,10时15分结束,历时一个半小时`.
pub(super) fn lasting(passage: &Passage<'_>) -> Option<Mark> {
    let (fewest, most, place) = length(passage)?;
    let times = times(&passage.paper.chars, &passage.range);
    let behind = times.partition_point(|(_, at)| at.end <= place.start);
    let ((to, ended), starts) = times[..behind].split_last()?;
    let whole = passage.words(passage.range.clone());
    let broken = [
        "次日",
        "第二天",
        "翌日",
        "间歇",
        "累计",
        "每",
        "分别",
        "除去",
        "除了",
        "扣除",
        "午休",
        "倒班",
    ];
    // 8月30日18时停机,至8月31日24时恢复: two days lie between.
    let begun = starts.first()?.1.start;
    let between = passage.words(begun..ended.start);
    let mut days = between.split('日').rev().skip(1);
    let dated = days.any(|day| day.ends_with(|c: char| c.is_ascii_digit()));
    if dated || has_any(&whole, &broken) {
        return None;
    }
    // 下午2时10分开始,3时40分结束: the afternoon holds for both.
    let passed = |from: u32| {
        let to = if *to < from && from - to <= 720 { to + 720 } else { *to };
        to.checked_sub(from).filter(|passed| *passed > 0)
    };
    // Where an hour on the way is told as well, the length may be from either.
    let fits =
        |from: u32| passed(from).is_none_or(|passed| passed + 5 >= fewest && passed <= most + 5);
    let (from, begun) = starts.first().filter(|_| !starts.iter().any(|(from, _)| fits(*from)))?;
    let (a, b) = (passage.words(begun.clone()), passage.words(ended.clone()));
    let said = passage.words(place.clone());
    let message = format!("{a}到{b}是{}分钟,不是{said};请核对时刻或时长", passed(*from)?);
    let also = vec![passage.paper.origin(begun), passage.paper.origin(ended)];
    Some(Mark { at: passage.paper.origin(&place), message, also })
}

/// `18时20分接到报警,当日17时50分到达现场`: there before it was known.
pub(super) fn reversed(passage: &Passage<'_>) -> Option<Mark> {
    const KNOWN: &[&str] = &[
        "接到", "接报", "报警", "发现", "出发", "发生", "开始", "启动", "通知", "起火", "受理",
        "召开", "举行",
    ];
    const THERE: &[&str] = &[
        "到达",
        "抵达",
        "赶到",
        "到场",
        "处置完",
        "扑灭",
        "结束",
        "恢复",
        "控制住",
        "完成",
        "办结",
        "返回",
        "散会",
        "解除",
        "脱险",
    ];
    const APART: &[&str] =
        &["次日", "翌日", "第二天", "次晨", "凌晨", "隔日", "下午", "晚上", "傍晚", "夜间", "前一"];
    let chars = &passage.paper.chars;
    times(chars, &passage.range).windows(2).find_map(|pair| {
        let [(from, begun), (to, ended)] = pair else { return None };
        let between = passage.words(begun.end..ended.start);
        let behind: String = chars[ended.end..passage.range.end]
            .iter()
            .take_while(|c| !matches!(c, ',' | '，' | '。' | ';' | '；'))
            .take(12)
            .collect();
        let first: String = between.trim_start_matches([',', '，']).chars().take(14).collect();
        let lead =
            passage.words(begun.start.saturating_sub(6).max(passage.range.start)..begun.start);
        let known = has_any(&first, KNOWN) || has_any(&lead, KNOWN);
        // 9时30分 and 2时10分 may be of one day, the second of its afternoon.
        // 于当日21时40分 says itself that it is of the day before it.
        let same_day = ["当日", "当天", "同日"].iter().any(|day| between.ends_with(day));
        let one_half = *from >= 12 * 60 || from.checked_sub(*to)? < 4 * 60;
        let fits = to < from
            && one_half
            && known
            && !has_any(&lead, APART)
            && has_any(&behind, THERE)
            && !has_any(&between, APART)
            && !between.contains(['月', '号'])
            && between.chars().count() <= if same_day { 90 } else { 40 };
        fits.then(|| {
            let (a, b) = (passage.words(begun.clone()), passage.words(ended.clone()));
            let message = format!("{b}所写的事在后,时刻却早于{a};请核对时刻");
            let also = vec![passage.paper.origin(begun)];
            Mark { at: passage.paper.origin(ended), message, also }
        })
    })
}

/// `5月8日(星期一)…5月12日(星期四)`: days without a year, whose weekdays cannot both hold.
pub(super) fn weekdays(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut found: Vec<(i32, i32, Range<usize>)> = Vec::new();
    let mut marks = Vec::new();
    let mut end = 0;
    while let Some(date) = small::next_date(chars, end) {
        end = date.at.end;
        let Some(weekday) = weekday_behind(chars, end).filter(|_| date.year.is_none()) else {
            continue;
        };
        let day = date.day.and_then(|day| {
            let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(day).ok()?);
            Some(Date::new(2023, month, day).ok()?.day_of_year())
        });
        // Of days before March nobody knows whether a leap day lies between.
        let Some(day) = day.filter(|_| date.month > 2) else { continue };
        let last = found.last().cloned();
        found.push((i32::from(day), weekday, date.at.clone()));
        let Some((earlier, first, place)) = last else { continue };
        let apart = (i32::from(day) - earlier - (weekday - first)).rem_euclid(7);
        let near = place.end + 600 > date.at.start && i32::from(day) > earlier;
        if apart != 0 && near {
            let message = format!(
                "{}与{}的星期对不上;请核对日期或星期",
                paper.words(place.clone()),
                paper.words(date.at.clone())
            );
            marks.push(Mark {
                at: paper.origin(&date.at),
                message,
                also: vec![paper.origin(&place)],
            });
        }
    }
    marks
}

/// The weekday in brackets right behind a day.
fn weekday_behind(chars: &[char], at: usize) -> Option<i32> {
    let tail: String = chars[at..].iter().take(5).collect();
    let tail = tail.trim_start_matches(['(', '（']);
    let rest = ["星期", "周"].iter().find_map(|word| tail.strip_prefix(word))?;
    let index = "一二三四五六日天".chars().position(|c| rest.starts_with(c))?;
    i32::try_from(index.min(6)).ok()
}
