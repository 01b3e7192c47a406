//! The holidays that a material may speak of: what happens on them is no figure of the year.

const HOLIDAYS: [&str; 7] = ["国庆", "春节", "五一", "端午", "清明", "中秋", "元旦"];
/// What follows the name of a holiday.
const DAYS: [&str; 7] = ["小长假", "黄金周", "长假", "假期", "假日", "期间", "节"];

/// The holiday that words name.
pub(super) fn named(words: &str) -> Option<&'static str> {
    let is_named = |day: &&str| DAYS.iter().any(|days| words.contains(&format!("{day}{days}")));
    HOLIDAYS.into_iter().find(is_named)
}

/// Words without the name of a holiday; 其中 is said by it.
pub(super) fn without(words: &str, day: &str) -> String {
    let words = words.replace(day, "").replace("其中", "");
    DAYS.iter().fold(words, |words, days| words.replace(days, ""))
}

/// Words without the days of holidays, which are an occasion of their own: 春节期间.
pub(super) fn without_period(words: &str) -> String {
    HOLIDAYS.iter().fold(words.to_owned(), |words, day| words.replace(&format!("{day}期间"), day))
}
