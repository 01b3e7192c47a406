//! What words count of a whole office and have no other word for: 全镇共有党员632名.
//!
//! Such words are short and stand in every paragraph, so that alone they say nothing. Where a
//! sentence begins with nothing but them, though, its figure may be the one of the office.

/// A level of offices.
pub struct Level {
    /// Endings of the names of its offices.
    pub endings: &'static [&'static str],
    /// Words for all that lies in one of them.
    pub words: &'static [&'static str],
}

/// The levels of offices from below.
pub const LEVELS: [Level; 4] = [
    Level {
        endings: &["镇", "乡", "街道"],
        words: &["全镇", "全乡", "全街道", "我镇", "我乡", "我街道", "本镇", "本乡"],
    },
    Level {
        endings: &["县", "区"], words: &["全县", "全区", "我县", "我区", "本县", "本区"]
    },
    Level { endings: &["市"], words: &["全市", "我市", "本市"] },
    Level { endings: &["省"], words: &["全省", "我省", "本省", "全国"] },
];
/// Words that make a figure one of the whole year.
const YEAR: &str = "全年";
/// Words for the present before those.
const TIMES: [&str; 8] =
    ["截至目前", "截止目前", "到目前为止", "到目前", "目前", "现在", "至今", "当前"];
/// Words before the thing that say only that there is so much of it.
const BEFORE: [&str; 13] =
    ["共有", "现有", "拥有", "总共", "一共", "实现", "完成", "达到", "有", "共", "现", "的", "总"];
/// The same behind it.
const BEHIND: [&str; 14] = [
    "总数", "总量", "数量", "人数", "户数", "达到", "共计", "合计", "共有", "现有", "达", "为",
    "共", "有",
];
/// Fewest letters of a thing.
const THING: usize = 2;

/// What a whole office has, or had in its year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeThing {
    /// The thing: 党员.
    pub name: String,
    /// The level in [`LEVELS`] of the office that has it; `None` where the words only say that
    /// its year had.
    pub level: Option<usize>,
}

/// The thing of which the words of a sentence before a number count all that an office has, or
/// had in its year; `behind` are the words behind the number in its clause.
///
/// `None` where anything else is said: 全镇党员632名参加 counts some of them, and 换届时,全镇党员632名
/// those of another time.
pub fn office_thing(before: &str, behind: &str) -> Option<OfficeThing> {
    let rest = from_front(before.trim(), &TIMES);
    let rest = rest.trim_start_matches([',', '，']).trim();
    let all = leveled(rest);
    let (rest, level) = match all {
        Some((level, rest)) => (rest, Some(level)),
        None => (rest.strip_prefix(YEAR)?, None),
    };
    let words = bare_thing(rest.strip_prefix(YEAR).unwrap_or(rest));
    let name = if words.is_empty() { behind.trim() } else { words };
    let is_whole = words.is_empty() || behind.trim().is_empty();
    let is_name = name.chars().all(char::is_alphanumeric) && name.chars().count() >= THING;
    (is_whole && is_name).then(|| OfficeThing { name: name.to_owned(), level })
}

/// The level of the office that words begin with, and the words behind it.
fn leveled(words: &str) -> Option<(usize, &str)> {
    let all = LEVELS.iter().enumerate();
    let mut named = all.flat_map(|(at, level)| level.words.iter().map(move |word| (at, word)));
    named.find_map(|(at, word)| Some((at, words.strip_prefix(word)?)))
}

/// The thing that words name as a whole of the office, in other words than those that say so:
/// 党员 of 全镇党员总数.
pub(crate) fn whole_thing(words: &str) -> Option<&str> {
    let rest = office_words(words);
    let thing = bare_thing(rest);
    let is_total = words.contains("总");
    ((rest != words || is_total) && thing.chars().count() >= THING).then_some(thing)
}

/// Words without those for the whole office before them.
pub(crate) fn office_words(words: &str) -> &str {
    leveled(words).map_or(words, |(_, rest)| rest)
}

/// A thing without the words that say only that there is so much of it.
fn bare_thing(words: &str) -> &str {
    let mut text = from_front(words, &BEFORE);
    while let Some(rest) = BEHIND.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest.trim_end();
    }
    text
}

fn from_front<'t>(text: &'t str, words: &[&str]) -> &'t str {
    let mut text = text;
    while let Some(rest) = words.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest.trim_start();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, behind: &str, expected: Option<&str>) {
        let thing = office_thing(before, behind).map(|thing| thing.name);
        assert_eq!(thing.as_deref(), expected, "{before} | {behind}");
    }

    #[test]
    fn a_clause_with_nothing_else_is_of_the_whole_office() {
        check("全镇共有党员", "", Some("党员"));
        check("截至目前,全镇党员总数为", "", Some("党员"));
        check("换届时,全镇党员", "", None);
        check("我镇现有", "党员", Some("党员"));
        check("全年税收达到", "", Some("税收"));
        check("全年完成税收", "", Some("税收"));
        check("全镇实现GDP", "", Some("GDP"));
        check("全镇改厕完成", "", Some("改厕完成"));
    }

    #[test]
    fn any_other_word_makes_it_another_figure() {
        check("全镇党员", "参加活动", None);
        check("机关支部共有党员", "", None);
        check("党员", "", None);
    }

    #[test]
    fn a_whole_is_named_as_one() {
        let named = |words, expected| assert_eq!(whole_thing(words), expected, "{words}");
        named("全镇党员总数", Some("党员"));
        named("总人口", Some("人口"));
        named("党员", None);
    }
}
