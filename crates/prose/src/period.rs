//! Periods in words: `2023年4月`, `近三年来`, `2023年以来`, `前三季度`.

mod relative;
mod span;

use std::ops::Range;

use figure::{Date, Period, days_in_month};
use jiff::civil::date;

use crate::numeral::{chinese_digit, half_width};
use crate::text::Text;

/// Reads the first period that a text names, with its place in characters.
///
/// `base` is the period of the report or sentence around the words and gives
/// what they leave out. Without it, `now` does. The readings:
///
/// | words | period |
/// |---|---|
/// | 2023年, 2023年度 | that calendar year |
/// | 2023年4月, 4月份 | that month; the year of `base` where none is named |
/// | 2023年4月5日 | that day |
/// | 2021—2023年, 1—6月 | from the first to the last |
/// | 一季度, 前三季度, 上半年, 下半年 | of the named year, else of the base year |
/// | 今年, 本年, 全年 | the base year; 去年, 上年: the year before; 去年6月: that month |
/// | 3月1日至5月31日, 2022年3月至2023年9月 | from the first day to the last |
/// | 近三年, 近3年来, 三年来 | the calendar years that end with the base year |
/// | 2023年以来, 自2021年以来 | from 1 January of it to the end of `base`, but never beyond `now` |
/// | 截至目前, 到目前, 目前 | from the start of the base year to the same end |
///
/// The base year is the last year of `base`, or the year of `now` without one:
/// 近三年 in the report for 2023 means 2021 to 2023 even if it is read later.
pub fn period_words(text: &str, now: Date, base: Option<Period>) -> Option<(Period, Range<usize>)> {
    let text = Text::new(text);
    let mut i = 0;
    while i < text.len() {
        if let Some((words, end)) = words_at(&text, i) {
            if let Some(period) = words.resolve(now, base) {
                return Some((period, i..end));
            }
            i = end;
        } else {
            i += 1;
        }
    }
    None
}

/// A period as the words give it, before the year of the report is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    Year(i16),
    Years(i16, i16),
    Months(Year, i8, i8),
    Day(Year, i8, i8),
    /// From one day to another; day 0 of the second is the last of its month.
    Days((Year, i8, i8), (Year, i8, i8)),
    LastYears(i16),
    Since(i16, i8),
    YearsBack(i16),
    ToDate,
}

/// The year of a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    /// Named by its number.
    Said(i16),
    /// So many years before that of the report: 0 in 今年6月 and in 6月, 1 in 去年6月.
    Back(i16),
}

impl Year {
    /// Its number where that is named.
    pub(crate) fn said(self) -> Option<i16> {
        match self {
            Year::Said(year) => Some(year),
            Year::Back(_) => None,
        }
    }

    fn number(self, base: i16) -> i16 {
        match self {
            Year::Said(year) => year,
            Year::Back(back) => base - back,
        }
    }
}

impl Words {
    /// Whether the words name a year, so that they need no report around them.
    pub(crate) fn is_dated(self) -> bool {
        match self {
            Words::Year(_) | Words::Years(..) | Words::Since(..) => true,
            Words::Months(year, ..) | Words::Day(year, ..) | Words::Days((year, ..), _) => {
                year.said().is_some()
            }
            Words::LastYears(_) | Words::YearsBack(_) | Words::ToDate => false,
        }
    }

    fn resolve(self, now: Date, base: Option<Period>) -> Option<Period> {
        let base_year = base.map_or(now.year(), |b| b.to().year());
        let end = base.map_or(now, |b| b.to().min(now));
        match self {
            Words::Year(y) => Some(Period::year(y)),
            Words::Years(a, b) => Period::new(date(a, 1, 1), date(b, 12, 31)),
            Words::Months(y, a, b) => {
                let y = y.number(base_year);
                let last = Date::new(y, b, days_in_month(y, b)?).ok()?;
                Period::new(Date::new(y, a, 1).ok()?, last)
            }
            Words::Day(y, m, d) => Date::new(y.number(base_year), m, d).ok().map(Period::day),
            Words::Days((y, m, d), (end_y, end_m, end_d)) => {
                let end_y = end_y.number(base_year);
                let end_d = if end_d == 0 { days_in_month(end_y, end_m)? } else { end_d };
                let from = Date::new(y.number(base_year), m, d).ok()?;
                Period::new(from, Date::new(end_y, end_m, end_d).ok()?)
            }
            Words::LastYears(n) => {
                (1..=100).contains(&n).then(|| Period::last_years(date(base_year, 12, 31), n))
            }
            Words::Since(y, m) => Period::new(Date::new(y, m, 1).ok()?, end),
            Words::YearsBack(n) => Some(Period::year(base_year - n)),
            Words::ToDate => Period::new(date(end.year(), 1, 1), end),
        }
    }
}

/// Whether period words may begin with a character.
pub(crate) fn may_begin(c: char) -> bool {
    let c = half_width(c);
    c.is_ascii_digit() || c == '十' || chinese_digit(c).is_some() || LEADS.contains(&c)
}

/// Characters other than numerals that period words begin with.
const LEADS: [char; 18] = [
    '自', '从', '近', '过', '最', '连', '上', '下', '前', '第', '今', '本', '全', '去', '截', '到',
    '目', '当',
];

/// The period words that begin at a position, and where they end.
pub(crate) fn words_at(text: &Text<'_>, i: usize) -> Option<(Words, usize)> {
    let (words, end) = one_at(text, i)?;
    Some(span::onwards(text, words, end).unwrap_or((words, end)))
}

/// The same without what it may reach to.
fn one_at(text: &Text<'_>, i: usize) -> Option<(Words, usize)> {
    if !may_begin(text.at(i)) {
        return None;
    }
    match half_width(text.at(i)) {
        '0'..='9' => dated(text, i)
            .or_else(|| parts_of_year(text, i, Year::Back(0)))
            .or_else(|| span_of_years(text, i)),
        '自' | '从' => {
            let (words, end) = dated(text, i + 1)?;
            matches!(words, Words::Since(..)).then_some((words, end))
        }
        c if chinese_digit(c).is_some() || c == '十' => dated(text, i)
            .or_else(|| parts_of_year(text, i, Year::Back(0)))
            .or_else(|| span_of_years(text, i)),
        '近' | '过' | '最' | '连' => span_of_years(text, i),
        '上' | '下' | '前' | '第' => {
            parts_of_year(text, i, Year::Back(0)).or_else(|| relative::words(text, i))
        }
        '今' | '本' | '全' | '去' | '截' | '到' | '目' | '当' => relative::words(text, i),
        _ => None,
    }
}

/// Digits, Arabic or Chinese one by one, as a year.
fn year_digits(text: &Text<'_>, i: usize) -> Option<i16> {
    let mut year = 0;
    for k in i..i + 4 {
        let c = half_width(text.at(k));
        let digit = c.to_digit(10).or_else(|| chinese_digit(c))?;
        year = year * 10 + i16::try_from(digit).ok()?;
    }
    let alone = !half_width(text.before(i)).is_ascii_digit() && text.before(i) != '.';
    (alone && (1900..2200).contains(&year)).then_some(year)
}

/// A number from 1 to 31, Arabic or Chinese, and where it ends.
fn small_number(text: &Text<'_>, i: usize) -> Option<(i8, usize)> {
    let first = half_width(text.at(i));
    let is_part = |c: char| {
        let c = half_width(c);
        if first.is_ascii_digit() {
            c.is_ascii_digit()
        } else {
            c == '十' || chinese_digit(c).is_some_and(|d| d > 0)
        }
    };
    let mut end = i;
    while end < i + 3 && is_part(text.at(end)) {
        end += 1;
    }
    let digit = |k: usize| {
        let c = half_width(text.at(k));
        c.to_digit(10).or_else(|| chinese_digit(c)).and_then(|d| i8::try_from(d).ok())
    };
    let tens = (i..end).find(|k| text.at(*k) == '十');
    let value = match (end - i, tens) {
        (1, None) => digit(i)?,
        (2, None) if first.is_ascii_digit() => digit(i)? * 10 + digit(i + 1)?,
        (1, Some(_)) => 10,
        (2, Some(k)) if k == i => 10 + digit(i + 1)?,
        (2, Some(_)) => digit(i)? * 10,
        (3, Some(k)) if k == i + 1 => digit(i)? * 10 + digit(i + 2)?,
        _ => return None,
    };
    let value = Some(value).filter(|v| (1..=31).contains(v))?;
    let alone = !half_width(text.before(i)).is_ascii_digit() && text.before(i) != '.';
    alone.then_some((value, end))
}

fn connector(text: &Text<'_>, i: usize) -> Option<usize> {
    text.any_at(i, &["——", "—", "–", "-", "~", "～", "至", "到"]).map(|n| i + n)
}

/// Dates that begin with a figure: a year, or a month.
fn dated(text: &Text<'_>, i: usize) -> Option<(Words, usize)> {
    let Some(year) = year_digits(text, i) else { return month(text, i, Year::Back(0)) };
    let after = i + 4;
    if let Some(second) = connector(text, after).filter(|s| text.at(s + 4) == '年')
        && let Some(last) = year_digits_after(text, second)
    {
        return Some((Words::Years(year, last), second + 5));
    }
    if text.at(after) != '年' {
        return numeric_date(text, i, year);
    }
    let mut end = after + 1;
    if let Some(second) = connector(text, end).filter(|s| text.at(s + 4) == '年')
        && let Some(last) = year_digits_after(text, second)
    {
        return Some((Words::Years(year, last), second + 5));
    }
    if text.has(end, "以来") || text.has(end, "至今") {
        return Some((Words::Since(year, 1), end + 2));
    }
    let gap = usize::from(text.at(end) == ' ');
    if let Some(found) = month(text, end + gap, Year::Said(year))
        .or_else(|| parts_of_year(text, end + gap, Year::Said(year)))
    {
        return Some(found);
    }
    end += text.any_at(end, &["全年", "度"]).unwrap_or(0);
    Some((Words::Year(year), end))
}

/// The second year of a range; the digit rule on what stands before does not apply.
fn year_digits_after(text: &Text<'_>, i: usize) -> Option<i16> {
    let digits: String = text.slice(i, i + 4).chars().map(half_width).collect();
    digits.parse().ok().filter(|y| (1900..2200).contains(y))
}

/// 2023-04-05, 2023.4.5, 2023/4/5.
fn numeric_date(text: &Text<'_>, i: usize, year: i16) -> Option<(Words, usize)> {
    let mark = text.at(i + 4);
    if !matches!(mark, '-' | '.' | '/') {
        return None;
    }
    let number = |at: usize| {
        let end = (at..at + 3).find(|&k| !text.at(k).is_ascii_digit()).unwrap_or(at + 3);
        text.slice(at, end).parse::<i8>().ok().map(|v| (v, end))
    };
    let (month, end) = number(i + 5)?;
    if text.at(end) != mark {
        return None;
    }
    let (day, end) = number(end + 1)?;
    Date::new(year, month, day).ok().map(|_| (Words::Day(Year::Said(year), month, day), end))
}

/// 4月, 4月5日, 1—6月, 十二月.
fn month(text: &Text<'_>, i: usize, year: Year) -> Option<(Words, usize)> {
    let (first, mut end) = small_number(text, i)?;
    let mut last = first;
    let half = end + usize::from(text.at(end) == '月');
    if let Some(second) = connector(text, half)
        && let Some((m, e)) = small_number_after(text, second)
        && text.at(e) == '月'
    {
        (last, end) = (m, e);
    }
    if text.at(end) != '月' || !(1..=12).contains(&first) || !(first..=12).contains(&last) {
        return None;
    }
    end += 1;
    if first == last {
        if let Some((day, e)) = small_number(text, end)
            && matches!(text.at(e), '日' | '号')
        {
            return Some((Words::Day(year, first, day), e + 1));
        }
        if let Some(year) = year.said()
            && (text.has(end, "以来") || text.has(end, "至今"))
        {
            return Some((Words::Since(year, first), end + 2));
        }
    }
    Some((Words::Months(year, first, last), end + usize::from(text.at(end) == '份')))
}

fn small_number_after(text: &Text<'_>, i: usize) -> Option<(i8, usize)> {
    small_number(text, i).filter(|(n, _)| *n <= 12)
}

/// 上半年, 一季度, 前三季度.
fn parts_of_year(text: &Text<'_>, i: usize, year: Year) -> Option<(Words, usize)> {
    if text.has(i, "上半年") {
        return Some((Words::Months(year, 1, 6), i + 3));
    }
    if text.has(i, "下半年") {
        return Some((Words::Months(year, 7, 12), i + 3));
    }
    // 头一个季度 and 头三个季度 begin with the year as 前三季度 does.
    let first = matches!(text.at(i), '前' | '头');
    let lead = first || text.at(i) == '第';
    let at = i + usize::from(lead);
    let digit = text.at(at).to_digit(10).or_else(|| chinese_digit(text.at(at)))?;
    // 前三个季度 is a part of the year, and 连续三个季度 a length of time.
    let quarter: &[&str] = if lead { &["个季度", "季度"] } else { &["季度"] };
    let end = at + 1 + text.any_at(at + 1, quarter)?;
    let quarter = i8::try_from(digit).ok().filter(|q| (1..=4).contains(q))?;
    let from = if first { 1 } else { quarter * 3 - 2 };
    Some((Words::Months(year, from, quarter * 3), end))
}

/// 近三年来, 过去5年, 三年来.
fn span_of_years(text: &Text<'_>, i: usize) -> Option<(Words, usize)> {
    let lead = text.any_at(i, &["最近", "近", "过去", "连续"]);
    let at = i + lead.unwrap_or(0);
    let (years, mut end) = small_number(text, at)?;
    end += usize::from(text.at(end) == '个');
    if text.at(end) != '年' {
        return None;
    }
    end += 1;
    let tail = text.any_at(end, &["以来", "来", "间", "内"]);
    if lead.is_none() && tail.is_none_or(|_| !matches!(text.at(end), '来' | '以')) {
        return None;
    }
    Some((Words::LastYears(years.into()), end + tail.unwrap_or(0)))
}

#[cfg(test)]
mod tests;
