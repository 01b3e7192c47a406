//! The holidays and seasons that a material may speak of: what happens in them is no figure of
//! the year.

const HOLIDAYS: [&str; 7] = ["国庆", "春节", "五一", "端午", "清明", "中秋", "元旦"];
/// What follows the name of a holiday.
const DAYS: [&str; 7] = ["小长假", "黄金周", "长假", "假期", "假日", "期间", "节"];
/// Times of the year, by the words that tell of them.
const SEASONS: [(&str, &[&str]); 6] = [
    ("春季", &["春季", "春茶", "春耕", "春灌", "春播", "春运", "春蚕", "今春", "春学期"]),
    (
        "夏季",
        &[
            "夏季", "夏茶", "夏粮", "三夏", "夏收", "夏播", "麦收", "暑假", "暑期", "双抢", "伏季",
            "今夏",
        ],
    ),
    ("秋季", &["秋季", "秋茶", "秋粮", "秋收", "三秋", "秋播", "秋冬种", "秋蚕", "今秋", "秋学期"]),
    ("冬季", &["冬季", "冬修", "冬灌", "冬种", "寒假", "采暖季", "供暖季", "今冬"]),
    ("汛期", &["汛期", "入汛", "主汛"]),
    ("防火期", &["防火期"]),
];

/// The holiday or the season that words name.
pub(super) fn named(words: &str) -> Option<&'static str> {
    let is_named = |day: &&str| DAYS.iter().any(|days| words.contains(&format!("{day}{days}")));
    HOLIDAYS.into_iter().find(is_named).or_else(|| season(words))
}

/// Words of a clause that is about the year, whatever its sentence opens with.
const YEARLY: [&str; 3] = ["今年", "全年", "当年"];

/// Whether a clause is about the year: 春季以来,…,今年人工造林80公顷.
pub(super) fn is_yearly(clause: &str) -> bool {
    YEARLY.iter().any(|word| clause.contains(word))
}

/// The season that words name.
pub(super) fn season(words: &str) -> Option<&'static str> {
    let is_named = |names: &[&str]| names.iter().any(|name| words.contains(name));
    SEASONS.into_iter().find(|(_, names)| is_named(names)).map(|(season, _)| season)
}

/// Words without the name of a holiday; 其中 is said by it.
pub(super) fn without(words: &str, day: &str) -> String {
    let words = words.replace(day, "").replace("其中", "");
    DAYS.iter().fold(words, |words, days| words.replace(days, ""))
}

/// Words without the days of holidays and seasons, which are an occasion of their own: 春节期间.
pub(super) fn without_period(words: &str) -> String {
    let seasons = SEASONS.iter().flat_map(|(_, names)| names.iter());
    let names = HOLIDAYS.iter().chain(seasons);
    names.fold(words.to_owned(), |words, day| words.replace(&format!("{day}期间"), day))
}
