//! Which period a figure is of where the words of its sentence do not say it alone.

use figure::Period;

use crate::window::Calendar;

/// Words before a year that another one is only compared with.
const COMPARING: [&str; 4] = ["由", "从", "比", "较"];
/// Words for the end of the year, by which a figure is that of the year.
const AT_END: [&str; 2] = ["年末", "年底"];
/// Day of December from which figures are those of the year.
const LATE: i8 = 20;
/// Words behind a figure that is the one before another, or no figure: 跃上500亿斤台阶.
const FORMER: [&str; 20] = [
    "扩到",
    "扩至",
    "扩大到",
    "扩建到",
    "升至",
    "升到",
    "跃升",
    "上升到",
    "上升至",
    "增至",
    "增加到",
    "增长到",
    "提高到",
    "提升到",
    "降至",
    "降到",
    "下降到",
    "减少到",
    "台阶",
    "大关",
];
/// Letters behind 截至 in which its day stands.
const DAY: usize = 12;
/// Digits of a year.
const YEAR: usize = 4;

/// A clause without the year that its figure alone is of, with that year: 由2022年的.
pub(super) fn compared(clause: String) -> (String, Option<Period>) {
    let bare = clause.trim_end_matches('的');
    let Some(rest) = bare.strip_suffix('年') else { return (clause, None) };
    let head = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let year = rest[head.len()..].parse::<i16>().ok().filter(|_| rest.len() == head.len() + YEAR);
    let head = COMPARING.iter().find_map(|word| head.strip_suffix(word));
    match (year, head) {
        (Some(year), Some(head)) => (head.to_owned(), Some(Period::year(year))),
        _ => (clause, None),
    }
}

/// Whether a figure is that of before, a threshold or how long something lasts: 从12位升至5位,
/// 连续19个季度.
pub(super) fn is_former(clause: &str, behind: &str) -> bool {
    clause.ends_with("连续") || FORMER.iter().any(|word| behind.starts_with(word))
}

/// Whether a text only compares with a period, or names what is to be reached in it.
pub(super) fn is_other(text: &str, said: &str) -> bool {
    is_compared(text, said) || is_of_target(text, said)
}

/// Whether a text only compares with a period.
fn is_compared(text: &str, said: &str) -> bool {
    COMPARING.iter().any(|word| text.contains(&format!("{word}{said}")))
}

/// What a figure is held against, which has a longer period than the figure: 占全年任务的54.5%.
const TARGETS: [&str; 4] = ["任务", "目标", "计划", "预算"];

/// Whether a text only names what is to be reached in a period.
fn is_of_target(text: &str, said: &str) -> bool {
    TARGETS.iter().any(|word| text.contains(&format!("{said}{word}")))
}

/// Words without the year of what is to be reached.
pub(super) fn without_targets(words: &str) -> String {
    TARGETS.iter().fold(words.to_owned(), |words, target| {
        let bare = |words: String, year: &str| words.replace(&format!("{year}{target}"), target);
        ["全年", "年度"].into_iter().fold(words, bare)
    })
}

/// The window of a sentence, which an earlier one of its passage may have ended before its
/// time: 截至10月31日,… .
pub(super) fn until(calendar: Calendar, before: &[char], window: Period) -> Period {
    let before: String = before.iter().collect();
    let Some(at) = before.rfind("截至").filter(|_| window == calendar.report) else {
        return window;
    };
    let said: String = before[at..].chars().take(DAY).collect();
    calendar.window(None, "", &said, &[], &[]).unwrap_or(window)
}

/// Words that say up to which day they count, with 截至 for 到: 到11月30日已签协议.
pub(super) fn up_to(before: &str) -> String {
    let day = |rest: &str| {
        let month = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let end = month
            .strip_prefix('月')
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        month.len() < rest.len() && end.is_some_and(|end| end.starts_with(['日', '底', '末']))
    };
    let begins = |at: usize| before[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let mut found = before.match_indices('到').map(|(at, _)| at);
    match found.find(|at| begins(*at) && day(&before[at + '到'.len_utf8()..])) {
        Some(at) => format!("{}截至{}", &before[..at], &before[at + '到'.len_utf8()..]),
        None => before.to_owned(),
    }
}

/// Words that say of a figure only that it is the one of the year before.
const FORMER_YEAR: [&str; 11] = [
    "这一数字",
    "这一数据",
    "该数字",
    "而上年",
    "而去年",
    "上年同期",
    "去年同期",
    "上年",
    "去年",
    "同期",
    "为",
];

/// A clause without the words for the year before its report.
pub(super) fn without_former(clause: &str) -> String {
    let bare = clause.trim().trim_end_matches("仅").trim_end_matches('是');
    let left = FORMER_YEAR.iter().fold(bare.to_owned(), |words, word| words.replace(word, ""));
    left.trim_start_matches('的').to_owned()
}

/// The window of words that name the whole year and the month up to which they count:
/// 截至6月30日,今年已受理214件.
pub(super) fn cut(window: Period, until: Option<u32>) -> Period {
    let year = window.to().year();
    let month = until.and_then(|month| Period::month(year, i8::try_from(month).ok()?));
    match month.filter(|month| window == Period::year(year) && month.to() < window.to()) {
        Some(month) => Period::new(window.from(), month.to()).unwrap_or(window),
        None => window,
    }
}

/// Words without the month from which something goes on: 市场自3月开市,春季成交鲜叶735吨.
pub(super) fn without_starts(before: &str) -> String {
    let begins = ["自", "从"].into_iter().flat_map(|word| before.match_indices(word));
    let month = |(at, word): (usize, &str)| {
        let from = at + word.len();
        let rest = before[from..].trim_start_matches(|c: char| c.is_ascii_digit());
        let is_month = rest.len() < before.len() - from && rest.starts_with('月');
        is_month.then_some(at..before.len() - rest.len() + '月'.len_utf8())
    };
    match begins.filter_map(month).next() {
        Some(start) => format!("{}{}", &before[..start.start], &before[start.end..]),
        None => before.to_owned(),
    }
}

/// Words for a part of a year.
const PARTS: [&str; 7] = ["上半年", "下半年", "前", "一季度", "二季度", "三季度", "四季度"];

/// Whether 其中 tells a part of the time, and not one of what is counted: 其中上半年88.2吨.
pub(super) fn is_part_of_time(words: &str) -> bool {
    let Some((_, rest)) = words.split_once("其中") else { return false };
    let rest = rest.trim_start_matches([':', '：', ',', '，']);
    let month = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "-—至~".contains(c));
    PARTS.iter().any(|part| rest.starts_with(part))
        || month.len() < rest.len() && month.starts_with('月')
}

/// The part of the year that 今年 may mean in a report of that part.
pub(super) fn this_year(report: Period, window: Period, before: &str) -> Option<Period> {
    let year = Period::year(report.to().year());
    let is_all = ["全年", "年度", "年底", "年末"].iter().any(|word| before.contains(word));
    let is_part = window == year && report != year && report.from() >= year.from();
    (is_part && !is_all && before.contains("今年")).then_some(report)
}

/// Whether the words of a sentence say in which time its figures came about.
pub(super) fn is_of_a_time(thing: &str) -> bool {
    let is_year = |at: usize| thing[..at].ends_with(|c: char| c.is_ascii_digit());
    let is_dated = thing.match_indices('年').any(|(at, _)| is_year(at));
    let is_named = ["全年", "今年", "上半年", "年内"].iter().any(|word| thing.contains(word));
    let is_since = thing.replace("今年以来", "").contains("以来")
        || ["截至", "年底", "年末"].iter().any(|word| thing.contains(word));
    is_named || is_dated && !is_since || is_since_new_year(thing)
}

/// Whether words begin with the months from the first one on: 1至6月, 前三季度.
fn is_since_new_year(thing: &str) -> bool {
    let first = thing.trim_start_matches("今年").trim_start();
    first.strip_prefix('1').is_some_and(|rest| rest.starts_with(['至', '-', '—', '~', '～']))
        || first.starts_with('前')
}

/// The month up to which the words of a sentence count, where they say one: 截至11月15日; 目前 is
/// in none of them, and 年底 in the last.
pub(super) fn month_of_end(before: &str) -> Option<u32> {
    let before = up_to(before);
    if before.starts_with("目前") {
        return Some(0);
    }
    if AT_END.iter().any(|word| before.trim_start_matches(['截', '至', '到']).starts_with(word))
    {
        return Some(12);
    }
    let said: String = ["截至", "截止"]
        .iter()
        .find_map(|word| Some(&before[before.find(word)? + word.len()..]))
        .map(|rest| rest.chars().take(DAY).collect())?;
    let head = &said[..said.find('月')?];
    head[head.trim_end_matches(|c: char| c.is_ascii_digit()).len()..].parse().ok()
}

/// The year where the clause says so, or where the period ends in its last days: 截至12月25日.
pub(super) fn whole_year(window: Period, clause: &str) -> Period {
    let year = Period::year(window.to().year());
    let is_late = window.to().month() == 12 && window.to().day() >= LATE;
    let ends = AT_END.iter().any(|word| clause.contains(word));
    if ends || (window.from() == year.from() && is_late) { year } else { window }
}

/// The period of the material where words only say its last month: 据6月底统计.
pub(super) fn whole_report(report: Period, window: Period, before: &str) -> Period {
    let ends = window.to() == report.to() && window.from() > report.from();
    let month = format!("{}月", window.to().month());
    let is_end = ["底", "末"].iter().any(|end| before.contains(&format!("{month}{end}")));
    if ends && is_end { report } else { window }
}

/// The numbers of years of age in words.
pub(super) fn ages(words: &str) -> Vec<String> {
    let heads = words.match_indices('岁').map(|(at, _)| &words[..at]);
    heads
        .map(|head| head[head.trim_end_matches(|c: char| c.is_ascii_digit()).len()..].to_owned())
        .filter(|age| !age.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use figure::date;

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    #[test]
    fn a_year_that_is_compared_with_is_of_one_figure() {
        let (clause, year) = compared("投资由2022年的".to_owned());
        assert_eq!((clause.as_str(), year), ("投资", Some(period("2022"))));
        assert_eq!(compared("完成2022年的".to_owned()).1, None);
        assert!(
            is_compared("由2022年的11个增加", "2022年") && !is_compared("2022年11个", "2022年")
        );
    }

    #[test]
    fn the_end_of_a_half_and_the_target_of_a_year_are_no_periods_of_a_figure() {
        let (half, june) = (period("2024-01..2024-06"), period("2024-06"));
        assert_eq!(whole_report(half, june, "据6月底统计,"), half);
        assert_eq!(whole_report(half, june, "6月新装,"), june);
        assert!(is_other("占全年任务的54.5%", "全年") && !is_other("全年54.5%", "全年"));
        assert_eq!(without_targets("完成年度任务的"), "完成任务的");
    }

    #[test]
    fn this_year_is_the_part_that_is_reported() {
        let (half, year) = (period("2024-01..2024-06"), period("2024"));
        assert_eq!(this_year(half, year, "今年夏粮收获后,"), Some(half));
        assert_eq!(this_year(half, year, "今年全年计划"), None);
        assert_eq!(this_year(year, year, "今年"), None);
    }

    #[test]
    fn a_month_that_something_began_in_is_no_time_of_what_it_came_to() {
        assert_eq!(without_starts("市场自3月开市,春季共"), "市场开市,春季共");
        assert!(is_part_of_time("销售鲜鱼,其中上半年") && is_part_of_time("其中1-6月份"));
        assert!(!is_part_of_time("其中女党员") && !is_part_of_time("上半年"));
        assert_eq!(without_starts("3月开市,来自各地"), "3月开市,来自各地");
    }

    #[test]
    fn the_year_ends_where_words_stop_counting() {
        assert_eq!(cut(period("2023"), Some(6)), period("2023-01-01..2023-06-30"));
        assert_eq!(cut(period("2023"), Some(12)), period("2023"));
        assert_eq!(cut(period("2023"), Some(0)), period("2023"));
        assert_eq!(cut(period("2023-06"), Some(5)), period("2023-06"));
        assert_eq!(without_former("而上年为"), "");
        assert_eq!(without_former("去年的人均收入"), "人均收入");
    }

    #[test]
    fn the_month_that_a_count_ends_in_is_known() {
        assert_eq!(up_to("住户,到11月30日已签"), "住户,截至11月30日已签");
        assert_eq!(up_to("达到11月的"), "达到11月的");
        assert_eq!(month_of_end("进度:到10月25日,水稻"), Some(10));
        assert_eq!(month_of_end("截至2023年11月15日,全乡"), Some(11));
        assert_eq!(month_of_end("到12月底,全乡"), Some(12));
        assert_eq!(month_of_end("全乡11月"), None);
    }

    #[test]
    fn a_day_that_the_passage_ends_with_holds_for_what_follows() {
        let calendar = Calendar { report: period("2023"), now: date(2024, 1, 10) };
        let until = |before: &str| {
            let chars: Vec<char> = before.chars().collect();
            until(calendar, &chars, period("2023")).code()
        };
        assert_eq!(until("截至10月31日,支出1186万元。"), "2023-01-01..2023-10-31");
        assert_eq!(until("支出1186万元。"), "2023");
        let late = Period::new(date(2023, 1, 1), date(2023, 12, 25)).unwrap();
        assert_eq!(whole_year(late, "已签订").code(), "2023");
        assert_eq!(whole_year(period("2023-09"), "到年末共有").code(), "2023");
        assert_eq!(whole_year(period("2023-09"), "共有").code(), "2023-09");
    }
}
