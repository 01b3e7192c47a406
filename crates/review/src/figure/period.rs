//! Periods that end before they begin, are longer than they are, or do not fit each other.

use std::ops::Range;

use ::figure::{Date, Decimal};
use pack::ReviewRule;

use super::reading::key::{self, Stated};
use super::reading::number::Number;
use super::reading::passage::{adjacent, has_any, passages};
use super::reading::small::{self, Written};
use crate::finding::Mark;
use crate::paper::Paper;

mod after;
mod ahead;
mod beyond;
mod clock;
mod cutoff;
pub(super) mod dated;
mod follows;
mod lasting;
mod life;
mod moment;
mod months;
mod named_years;
pub(super) mod nested;
mod ontime;
mod ordered;
mod since;
mod stretch;
mod tenure;
pub(super) mod years;

/// Marks periods that cannot be as they are written.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let chars = &paper.chars;
    let mut at = 0;
    while at < chars.len() {
        let Some((_, end)) =
            chars[at].is_ascii_digit().then(|| small::digits_at(chars, at)).flatten()
        else {
            at += 1;
            continue;
        };
        let span = span_at(chars, at).or_else(|| weekday_at(chars, at));
        if let Some((place, message)) = span {
            at = place.end.max(at + 1);
            marks.push(Mark { at: paper.origin(&place), message, also: Vec::new() });
        } else {
            at = end.max(at + 1);
        }
    }
    marks.extend(named_parts(paper));
    marks.extend(running(paper));
    marks.extend(whole_year(paper));
    let sentences = passages(paper);
    let (two, three) = (adjacent(&sentences, 2), adjacent(&sentences, 3));
    marks.extend(sentences.iter().chain(&two).chain(&three).flat_map(nested::find));
    marks.extend(dated::find(paper, &sentences));
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

fn join_at(chars: &[char], at: usize) -> Option<usize> {
    match chars.get(at)? {
        '至' | '到' | '~' | '～' => Some(at + 1),
        '-' | '—' | '–' => Some(at + 1 + usize::from(chars.get(at + 1) == Some(&'—'))),
        _ => None,
    }
}

fn civil(written: &Written, year: Option<u32>) -> Option<Date> {
    let year = i16::try_from(written.year.or(year)?).ok()?;
    let (month, day) = (i8::try_from(written.month).ok()?, i8::try_from(written.day?).ok()?);
    Date::new(year, month, day).ok()
}

/// `2023年5月至3月`, `2023年5月8日至3日`.
fn span_at(chars: &[char], at: usize) -> Option<(Range<usize>, String)> {
    let from = small::date_at(chars, at)?;
    // 自今年3月15日起至3月10日
    let rise = usize::from(chars.get(from.at.end) == Some(&'起'));
    let next = join_at(chars, from.at.end + rise)?;
    let words = |end: usize| chars[at..end].iter().collect::<String>();
    let to = small::date_at(chars, next);
    let (month, end, day) = match &to {
        Some(to) => (to.month, to.at.end, to.day),
        None => {
            let (value, end) = small::digits_at(chars, next)?;
            match chars.get(end)? {
                '月' => (value, end + 1, None),
                '日' | '号' => (from.month, end + 1, Some(value)),
                _ => return None,
            }
        }
    };
    let year = to.as_ref().and_then(|to| to.year);
    let lead: String = chars[at.saturating_sub(2)..at].iter().collect();
    let is_placed = from.year.is_some()
        || ["今年", "本年", "当年", "同年"].contains(&lead.as_str())
        || year.is_none() && is_nearly_a_year(&from, month, day);
    let backwards = match (from.year, year) {
        (Some(a), Some(b)) if a != b => b < a,
        // 2022年11月至3月 goes over the winter.
        (_, None) if month < from.month => is_placed && !(from.month >= 9 && month <= 6),
        _ => {
            month < from.month
                || (month == from.month && day.zip(from.day).is_some_and(|(b, a)| b < a))
        }
    };
    (backwards && (is_placed || month >= from.month))
        .then(|| (at..end, format!("{}的终点早于起点;请核对日期", words(end))))
}

/// Whether two days, of which the second stands earlier in the year, would have nearly a year between
/// them: nothing but a contract lasts that long, and a contract lasts all of it.
fn is_nearly_a_year(from: &Written, month: u32, day: Option<u32>) -> bool {
    let Some((first, last)) = from.day.zip(day) else { return false };
    let back = (from.month * 30 + first).saturating_sub(month * 30 + last);
    (4..=60).contains(&back)
}

/// `2023年9月10日(星期三)`.
fn weekday_at(chars: &[char], at: usize) -> Option<(Range<usize>, String)> {
    let written = small::date_at(chars, at)?;
    let date = civil(&written, None)?;
    let open = usize::from(matches!(chars.get(written.at.end), Some('(' | '（' | ',' | '，')));
    let from = written.at.end + open;
    let word: String = chars[from..chars.len().min(from + 2)].iter().collect();
    let after = match word.as_str() {
        "星期" | "礼拜" => from + 2,
        _ if word.starts_with('周') && open > 0 => from + 1,
        _ => return None,
    };
    let names = ["一", "二", "三", "四", "五", "六", "日"];
    let said = *chars.get(after)?;
    let said = if said == '天' { '日' } else { said };
    let index = usize::try_from(date.weekday().to_monday_zero_offset()).ok()?;
    let right = *names.get(index)?;
    let known = names.iter().any(|name| name.starts_with(said));
    (known && !right.starts_with(said)).then(|| {
        let words: String = chars[written.at.clone()].iter().collect();
        (at..after + 1, format!("{words}是星期{right};请核对日期或星期"))
    })
}

/// `上半年(1-7月)`: the months of a part of the year.
fn named_parts(paper: &Paper) -> Vec<Mark> {
    const PARTS: &[(&str, u32, u32)] = &[
        ("一季度", 1, 3),
        ("上半年", 1, 6),
        ("前三季度", 1, 9),
        ("二季度", 4, 6),
        ("三季度", 7, 9),
        ("四季度", 10, 12),
        ("下半年", 7, 12),
    ];
    let chars = &paper.chars;
    let mut marks = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        if !matches!(c, '(' | '（') {
            continue;
        }
        let lead: String = chars[at.saturating_sub(4)..at].iter().collect();
        let part = PARTS
            .iter()
            .filter(|(name, ..)| lead.ends_with(name))
            .max_by_key(|(name, ..)| name.len());
        let Some((name, from, to)) = part else {
            marks.extend(months_before(paper, at, PARTS));
            continue;
        };
        let read = || {
            let (first, end) = small::digits_at(chars, at + 1)?;
            let end = end + usize::from(chars.get(end) == Some(&'月'));
            let (last, end) = small::digits_at(chars, join_at(chars, end)?)?;
            (chars.get(end) == Some(&'月')).then_some((first, last, end + 1))
        };
        marks.extend(until_later(paper, at + 1, name, *to));
        let Some((first, last, end)) = read() else { continue };
        if (first, last) != (*from, *to) && first <= 12 && last <= 19 {
            let message = format!("{name}是{from}至{to}月,不是{first}至{last}月;请核对");
            marks.push(Mark { at: paper.origin(&(at + 1..end)), message, also: Vec::new() });
        }
    }
    marks
}

/// `上半年(截至7月底)`: the end of a later month than the last one of a part of the year.
fn until_later(paper: &Paper, at: usize, name: &str, last: u32) -> Option<Mark> {
    let chars = &paper.chars;
    let from = at + 2;
    let lead: String = chars.get(at..from)?.iter().collect();
    let month = month_at(chars, from).filter(|_| lead == "截至" || lead == "截止")?;
    let end = month.at.end;
    let whole = matches!(chars.get(end), Some('底' | '末'));
    (month.month > last && month.month <= 12 && whole).then(|| {
        let message = format!("{name}到{last}月为止,不是{}月底;请核对", month.month);
        Mark { at: paper.origin(&(at..end + 1)), message, also: Vec::new() }
    })
}

/// `1至6月(前三季度)`: the months before the bracket, the part of the year in it.
fn months_before(paper: &Paper, open: usize, parts: &[(&str, u32, u32)]) -> Option<Mark> {
    let chars = &paper.chars;
    let inside: String =
        chars[open + 1..].iter().take_while(|c| !matches!(c, ')' | '）')).collect();
    let (name, from, to) = parts.iter().find(|(name, ..)| inside == *name)?;
    let start = (open.saturating_sub(8)..open).find(|at| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        chars[*at].is_ascii_digit() && !before.is_some_and(char::is_ascii_digit)
    })?;
    let (first, end) = small::digits_at(chars, start)?;
    let end = end + usize::from(chars.get(end) == Some(&'月'));
    let (last, end) = small::digits_at(chars, join_at(chars, end)?)?;
    let fits = chars.get(end) == Some(&'月') && end + 1 == open && (first, last) != (*from, *to);
    fits.then(|| {
        let message = format!("{name}是{from}至{to}月,不是{first}至{last}月;请核对");
        Mark { at: paper.origin(&(start..end + 1)), message, also: Vec::new() }
    })
}

/// A half-year report that speaks of what was reached by a later month.
fn running(paper: &Paper) -> Vec<Mark> {
    let Some(title) = paper.paragraphs.first() else { return Vec::new() };
    let title = paper.words(title.range.clone());
    // 上半年工作总结:截至9月底 has its title in the line of the text.
    let title = title.split([':', '：']).next().unwrap_or_default();
    let limit = match () {
        () if title.chars().count() > 40 || title.contains('。') => return Vec::new(),
        () if title.contains("前三季度") => 10,
        () if title.contains("上半年") && !title.contains("下半年") => 7,
        () if title.contains("一季度") => 4,
        () => return Vec::new(),
    };
    let mut marks = Vec::new();
    let chars = &paper.chars;
    for at in 0..chars.len() {
        let lead: String = chars[at.saturating_sub(2)..at].iter().collect();
        let Some(written) =
            (lead == "截至" || lead == "截止").then(|| month_at(chars, at)).flatten()
        else {
            continue;
        };
        let same = written
            .year
            .is_none_or(|year| paper.year.and_then(|y| u32::try_from(y).ok()) == Some(year));
        if same && written.month > limit && written.month <= 12 {
            let message = format!("报告写的是{title},这里却截至{}月;请核对期间", written.month);
            marks.push(Mark { at: paper.origin(&written.at), message, also: Vec::new() });
        }
    }
    marks
}

/// A date, or a month alone.
fn month_at(chars: &[char], at: usize) -> Option<Written> {
    small::date_at(chars, at).or_else(|| {
        let (month, end) = small::digits_at(chars, at)?;
        (chars.get(end) == Some(&'月')).then_some(Written {
            year: None,
            month,
            day: None,
            at: at..end + 1,
        })
    })
}

/// A part of the year in which more was done than in all of it.
fn whole_year(paper: &Paper) -> Vec<Mark> {
    let passages = passages(paper);
    let mut stated = key::stated(paper, &passages);
    stated.retain(|told| {
        let passage = &passages[told.passage];
        let index = passage.numbers.iter().position(|n| n.at == told.number.at);
        index.is_none_or(|index| !nested::is_narrowed(passage, index))
    });
    let mut marks = Vec::new();
    for part in stated.iter().filter(|s| is_part_of_year(s) && is_flow(s)) {
        let whole = stated.iter().find(|whole| {
            whole.is_year()
                && whole.key == part.key
                && whole.places == part.places
                && whole.year == part.year
                && whole.number.is_alike(part.number)
                && part.number.rounded().low > whole.number.forgiving().high
        });
        if let Some(whole) = whole {
            let (a, b) =
                (paper.words(part.number.at.clone()), paper.words(whole.number.at.clone()));
            let message = format!("{}已有{a},全年却只有{b};请核对", part.period);
            let also: [&Number; 1] = [whole.number];
            marks.push(part.number.mark(paper, message, &also));
        }
    }
    marks
}

fn is_part_of_year(stated: &Stated<'_>) -> bool {
    has_any(&stated.period, &["上半年", "季度", "-", "—", "至", "下半年"]) && !stated.is_year()
}

/// What can only grow in the course of a year.
fn is_flow(stated: &Stated<'_>) -> bool {
    !stated.number.per
        && stated.number.value > Decimal::ZERO
        && !has_any(&stated.key, &["率", "均", "存", "余", "现有", "在册", "占", "同比", "速"])
}
