//! Years and dates in the prose: which move with the window, which somebody has to look at.

use std::ops::Range;

use figure::{Period, Step};

use super::{Turn, file_range};
use crate::source::Passage;

/// Words of a date, by plain characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) range: Range<usize>,
    /// What they become; `None` where they stay.
    pub(super) words: Option<String>,
    /// Why somebody has to look at them.
    pub(super) reason: Option<&'static str>,
}

/// Years around the old window that a report speaks of as its own time.
const NEAR: i16 = 5;
/// Words before a year that is only compared with.
const COMPARING: [char; 7] = ['比', '较', '与', '同', '和', '从', '由'];
/// Marks between the two years of a run.
const RUN: &str = "-—–~～至到";
/// Words behind a run of years that make it the name of a programme.
const PROGRAMMES: [&str; 4] = ["行动", "规划", "计划", "方案"];

const DOCUMENT: &str = "文号或文件名里的年份没有动,请核对是不是新的文件";
const PROGRAMME: &str = "行动、规划名称里的年份没有动,请核对";
const EARLIER: &str = "这里说的是更早或更晚的年份,没有动,请核对";
const DAY: &str = "具体日期是上一期的事,年份已改,请核对月日";
const BARE_DAY: &str = "具体日期是上一期的事,请核对";
const PART: &str = "期间的说法没有动,请核对";
const MARKED: &str = "年份中间有加粗标记,没有动,请改";

/// A text with its dates moved.
pub(super) fn moved(text: &str, turn: Turn) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut new, mut from) = (String::new(), 0);
    for change in changes(&chars, turn) {
        if let Some(words) = change.words {
            new.extend(&chars[from..change.range.start]);
            new.push_str(&words);
            from = change.range.end;
        }
    }
    new.extend(&chars[from..]);
    new
}

/// The dates of a passage that need somebody's eye, by where they stand once it was moved.
pub(super) fn doubtful(passage: &Passage, turn: Turn) -> Vec<(Range<usize>, &'static str)> {
    let (mut found, mut grown, mut shrunk) = (Vec::new(), 0, 0);
    for change in changes(&passage.chars, turn) {
        let written = change.words.filter(|_| file_range(&passage.origin, &change.range).is_some());
        let start = change.range.start + grown - shrunk;
        let length = written.as_ref().map_or(change.range.len(), |w| w.chars().count());
        let stuck = written.is_none() && file_range(&passage.origin, &change.range).is_none();
        if let Some(reason) = change.reason.or(stuck.then_some(MARKED)) {
            found.push((start..start + length, reason));
        }
        grown += length;
        shrunk += change.range.len();
    }
    found
}

/// All dates of a text, in order.
pub(super) fn changes(chars: &[char], turn: Turn) -> Vec<Change> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let change = year_at(chars, at, turn)
            .or_else(|| part_at(chars, at, turn))
            .or_else(|| day_at(chars, at).map(|range| kept(range, BARE_DAY)));
        match change {
            Some(change) => {
                at = change.range.end.max(at + 1);
                if change.words.is_some() || change.reason.is_some() {
                    found.push(change);
                }
            }
            None => at += 1,
        }
    }
    found
}

fn kept(range: Range<usize>, reason: &'static str) -> Change {
    Change { range, words: None, reason: Some(reason) }
}

/// A year of four digits, with the numerals it is written in.
struct Year {
    value: i16,
    chinese: Option<char>,
}

const CHINESE: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

impl Year {
    fn read(chars: &[char], at: usize) -> Option<Year> {
        let four = chars.get(at..at + 4)?;
        if at > 0 && digit(chars[at - 1]).is_some() {
            return None;
        }
        let zero = four.iter().copied().find(|c| "〇○零".contains(*c));
        let ascii = four.iter().all(char::is_ascii_digit);
        let chinese = four.iter().all(|c| digit(*c).is_some() && !c.is_ascii_digit());
        if !ascii && !chinese {
            return None;
        }
        let value = four.iter().try_fold(0, |sum, c| Some(sum * 10 + digit(*c)?))?;
        let known = (1900..2100).contains(&value);
        known.then_some(Year { value, chinese: (!ascii).then_some(zero.unwrap_or('〇')) })
    }

    fn write(&self, value: i16) -> String {
        let Some(zero) = self.chinese else { return value.to_string() };
        let digits = value.to_string();
        let spelled = digits.chars().map(|c| match c.to_digit(10) {
            Some(0) | None => zero,
            Some(d) => CHINESE[d as usize],
        });
        spelled.collect()
    }
}

fn digit(c: char) -> Option<i16> {
    let place = match c {
        '○' | '零' => Some(0),
        c if c.is_ascii_digit() => c.to_digit(10).map(|d| d as usize),
        c => CHINESE.iter().position(|other| *other == c),
    };
    place.and_then(|place| i16::try_from(place).ok())
}

/// The year, or run of years, that a text names here.
fn year_at(chars: &[char], at: usize, turn: Turn) -> Option<Change> {
    let year = Year::read(chars, at)?;
    let own = turn.from.to().year();
    let near = (year.value - own).abs() <= NEAR;
    let behind = chars.get(at + 4).copied().unwrap_or('\n');
    let before = at.checked_sub(1).map_or('\n', |b| chars[b]);
    if "〔[（(".contains(before) && "〕]）)".contains(behind) && behind != '年' {
        let reason = near.then_some(DOCUMENT);
        return Some(Change { range: at..at + 4, words: None, reason });
    }
    if RUN.contains(behind)
        && let Some(last) = Year::read(chars, at + 5)
        && chars.get(at + 9) == Some(&'年')
    {
        return Some(run(chars, at, (&year, &last), turn));
    }
    if behind != '年' {
        return None;
    }
    let end = at + 5;
    if in_title(chars, at) {
        return Some(Change { range: at..end, words: None, reason: near.then_some(DOCUMENT) });
    }
    let compared = COMPARING.contains(&before) || starts(&chars[end..], "同期");
    let moves = year.value == own || year.value == own + 1 || (compared && year.value == own - 1);
    if !moves {
        return Some(Change { range: at..end, words: None, reason: near.then_some(EARLIER) });
    }
    let month = month_behind(chars, end);
    let reason = month.map(|_| DAY).filter(|_| !turn.from.is_whole(Step::Month) || wider(turn));
    if year.value == own && month.is_none() && !turn.is_alike() && wider(turn) {
        return Some(whole_year(chars, at, turn));
    }
    let words = year.write(year.value + turn.years()) + "年";
    let changed = turn.years() != 0;
    Some(Change { range: at..end, words: changed.then_some(words), reason })
}

/// Whether the old window is longer than a month.
fn wider(turn: Turn) -> bool {
    turn.from.from().month() != turn.from.to().month()
        || turn.from.from().year() != turn.from.to().year()
}

/// `2023年` of an annual report that becomes one of a shorter period, or of a part that
/// becomes another part.
fn whole_year(chars: &[char], at: usize, turn: Turn) -> Change {
    let annual = turn.from == Period::year(turn.from.to().year());
    let rest = &chars[at + 5..];
    if annual && !["上半年", "下半年", "一季度", "前三季度"].iter().any(|p| starts(rest, p))
    {
        let end = at + 5 + usize::from(rest.first() == Some(&'度'));
        return Change { range: at..end, words: Some(turn.to.describe()), reason: None };
    }
    // The part behind the year belongs to it: 2024年上半年 becomes 2024年, or 2024年下半年.
    let part = forms(turn.from).into_iter().find(|part| starts(rest, part));
    let Some(part) = part else {
        let words = format!("{}年", turn.to.to().year());
        return Change { range: at..at + 5, words: Some(words), reason: None };
    };
    let end = at + 5 + part.chars().count();
    Change { range: at..end, words: Some(turn.to.describe()), reason: None }
}

/// `2021—2023年`: both move if the run ends with the old window.
fn run(chars: &[char], at: usize, years: (&Year, &Year), turn: Turn) -> Change {
    let range = at..at + 10;
    let behind: String = chars[at + 10..].iter().take(8).collect();
    if PROGRAMMES.iter().any(|word| behind.contains(word)) {
        return kept(range, PROGRAMME);
    }
    if years.1.value != turn.from.to().year() {
        return kept(range, EARLIER);
    }
    let moved = |year: &Year| year.write(year.value + turn.years());
    let words = format!("{}{}{}年", moved(years.0), chars[at + 4], moved(years.1));
    Change { range, words: Some(words), reason: None }
}

/// Names of a window without its year, the usual one first; none of a whole year.
fn forms(window: Period) -> Vec<String> {
    let year = format!("{}年", window.to().year());
    let part = window.describe().replacen(&year, "", 1);
    let short = part.strip_prefix('第').map(str::to_owned);
    short.into_iter().chain([part]).filter(|part| !part.is_empty()).collect()
}

/// A part of the year (上半年, 一季度) where the window moves to another one.
fn part_at(chars: &[char], at: usize, turn: Turn) -> Option<Change> {
    if turn.is_alike() {
        return None;
    }
    let rest = &chars[at..];
    if let Some(part) = forms(turn.from).into_iter().find(|part| starts(rest, part)) {
        let words = forms(turn.to).into_iter().next().unwrap_or_else(|| "全年".to_owned());
        return Some(Change {
            range: at..at + part.chars().count(),
            words: Some(words),
            reason: None,
        });
    }
    let other = ["上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "全年"];
    let part = other.into_iter().find(|part| starts(rest, part))?;
    Some(kept(at..at + part.chars().count(), PART))
}

/// Where the month behind a year ends.
fn month_behind(chars: &[char], at: usize) -> Option<usize> {
    let digits = chars[at..].iter().take(2).take_while(|c| c.is_ascii_digit()).count();
    (digits > 0 && chars.get(at + digits) == Some(&'月')).then_some(at + digits + 1)
}

/// `4月18日` without a year.
fn day_at(chars: &[char], at: usize) -> Option<Range<usize>> {
    if at > 0 && (chars[at - 1].is_ascii_digit() || chars[at - 1] == '年') {
        return None;
    }
    let month = month_behind(chars, at)?;
    let digits = chars[month..].iter().take(2).take_while(|c| c.is_ascii_digit()).count();
    let ends = chars.get(month + digits).is_some_and(|c| "日号".contains(*c));
    (digits > 0 && ends).then_some(at..month + digits + 1)
}

/// Whether a place stands inside a title (《…》).
fn in_title(chars: &[char], at: usize) -> bool {
    let open = chars[..at].iter().rposition(|c| *c == '《');
    let close = chars[..at].iter().rposition(|c| *c == '》');
    open.is_some() && open > close
}

fn starts(chars: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(k, c)| chars.get(k) == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(from: &str, to: &str) -> Turn {
        Turn { from: Period::parse(from).unwrap(), to: Period::parse(to).unwrap() }
    }

    fn check(text: &str, expected: &str, doubts: usize) {
        let turn = turn("2023", "2024");
        assert_eq!(moved(text, turn), expected);
        let chars: Vec<char> = text.chars().collect();
        let found = changes(&chars, turn).into_iter().filter(|c| c.reason.is_some()).count();
        assert_eq!(found, doubts, "{text}");
    }

    #[test]
    fn years_of_the_report_move() {
        check("2023年工作总结及2024年工作计划", "2024年工作总结及2025年工作计划", 0);
        check("二〇二三年,二○二四年", "二〇二四年,二○二五年", 0);
        check("比2022年同期减少,较2022年增加", "比2023年同期减少,较2023年增加", 0);
        check("2021—2023年共3起", "2022—2024年共3起", 0);
    }

    #[test]
    fn what_belongs_to_its_year_stays_and_is_told() {
        check("2023年4月被评为先进", "2024年4月被评为先进", 1);
        check("4月18日召开", "4月18日召开", 1);
        check("县委办〔2023〕5号", "县委办〔2023〕5号", 1);
        check("《2023年工作要点》", "《2023年工作要点》", 1);
        check("2023—2025年三年行动方案", "2023—2025年三年行动方案", 1);
        check("自2021年起,2022年完成", "自2021年起,2022年完成", 2);
        check("建于1958年,对照2035年远景目标", "建于1958年,对照2035年远景目标", 0);
        check("编号12023年,20230起", "编号12023年,20230起", 0);
    }

    #[test]
    fn parts_of_years_become_others() {
        let half = turn("2024H1", "2024H2");
        assert_eq!(moved("2024年上半年,上半年办结", half), "2024年下半年,下半年办结");
        assert_eq!(moved("2024年上半年办结", turn("2024H1", "2025H1")), "2025年上半年办结");
        assert_eq!(
            moved("2023年度总结,2023年,", turn("2023", "2024H1")),
            "2024年上半年总结,2024年上半年,"
        );
        assert_eq!(moved("2024年上半年,上半年", turn("2024H1", "2024")), "2024年,全年");
        assert_eq!(
            moved("2024年第一季度,一季度", turn("2024Q1", "2024Q2")),
            "2024年第二季度,二季度"
        );
    }
}
