//! The same long name with another number, and two numbers of one set of which one is the same
//! again.

use ::figure::Decimal;
use prose::Kind;

use super::echo::{is_sum, mark};
use super::retold::{GOVERNING, OTHER, is_one_scene};
use super::told::{Told, is_in_unit, is_many, is_mixed, is_slip, without};
use crate::figure::reading::alike::{covered, without_years};
use crate::figure::reading::key::{self, BEING};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words that speak of all there are.
pub(super) const ALL: &[&str] = &[
    "全镇",
    "全乡",
    "全县",
    "全区",
    "全市",
    "全旗",
    "全街道",
    "全村",
    "全州",
    "全场",
    "辖区",
    "现有",
    "全部",
    "所有",
    "上述",
];

/// Words that say which place or time is spoken of where nothing else is.
const SCENE: &[&str] = &[
    "我镇",
    "我乡",
    "我县",
    "我区",
    "我街道",
    "我局",
    "本镇",
    "本县",
    "今年以来",
    "今年",
    "全年",
    "年内",
    "本年度",
    "一年来",
    "一年",
    "目前",
    "已经",
    "这次",
    "此次",
    "本次",
];

/// Whether words speak of all there are.
pub(in crate::figure) fn is_of_all(words: &str) -> bool {
    has_any(words, ALL) || words.contains("在册")
}

/// Words without those that say of which place or time, or of all, they are.
pub(in crate::figure) fn unscoped(words: &str) -> String {
    let words = ALL.iter().fold(without_years(words), |words, all| words.replace(all, ""));
    without(&words, SCENE)
}

/// Words before what is taken up that name a time, how often, or no more than that it is told.
pub(in crate::figure) const LEADS: &[&str] = &[
    "上半年",
    "下半年",
    "前三季度",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "在册",
    "登记",
    "每月",
    "每周",
    "每季度",
    "每天",
    "正是因为",
    "因为",
    "由于",
];

/// What stands between the name of a number and the number as well, longer words first.
const LONGER: &[&str] = &["多达", "一共", "总共", "总额", "定格在", "锁定在", "确定", "突破"];

/// The name that stands before a number, or on both sides of it, from its end.
pub(in crate::figure) fn name(before: &str, behind: &str) -> Vec<char> {
    let mut words = before;
    while let Some(rest) = LONGER.iter().chain(BEING).find_map(|word| words.strip_suffix(word)) {
        words = rest;
    }
    // 抽检的54批次食用农产品
    let full = if before.ends_with('的') { format!("{words}{behind}") } else { words.to_owned() };
    let full = full.replace("到的", "").replace("出的", "");
    unscoped(&full).chars().rev().filter(|c| *c != '的').collect()
}

/// Whether words are of a part of a year and later ones of its end: 截至三季度末 and 截至年底.
pub(in crate::figure) fn is_year_over(first: &str, second: &str) -> bool {
    let part = key::period(first);
    let begun = ["季度", "半年"].iter().any(|end| part.ends_with(end));
    begun && has_any(second, &["年底", "年末"])
}

/// The words before a number that is taken up, without those that only say that it is: 新修 in
/// 新修的这, 排查 in 排查出的.
pub(in crate::figure) fn taken(before: &str) -> String {
    let bare = before.trim_end_matches(['这', '些', '批']);
    match bare.strip_suffix('的') {
        Some(bare) => bare.trim_end_matches(['出', '到', '了']).to_owned(),
        None => before.to_owned(),
    }
}

/// The day behind the last month that words name.
fn day(words: &str) -> Option<&str> {
    let (_, behind) = words.rsplit_once('月')?;
    let end = behind.find(|c: char| !c.is_ascii_digit())?;
    behind[end..].starts_with('日').then(|| &behind[..end])
}

/// The time that words are of: a part of a year, or the whole of it.
pub(in crate::figure) fn time(words: &str) -> Option<String> {
    const YEAR: &[&str] = &["全年", "今年", "一年", "年内", "本年", "年度"];
    // What is done every month is of no month.
    let words = &words.replace("每月", "");
    match key::period(words).replace("全年", "") {
        // 截至月底 is of whatever month was told.
        part if part.trim_start_matches('至') == "月" => None,
        // 到11月20日这天 is the day of 截至11月20日.
        part if !part.is_empty() => Some(match day(words) {
            Some(day) => format!("{}{day}日", part.trim_start_matches('至')),
            None => part,
        }),
        _ => has_any(words, YEAR).then(|| "年".to_owned()),
    }
}

/// `全年立案查处案件58起…全年立案查处的案件多达68起`: the same long name, of the same time.
pub(super) fn renamed(
    paper: &Paper,
    later: &Told<'_, '_>,
    earlier: &[&Told<'_, '_>],
) -> Option<Mark> {
    if later.number.kind != Kind::Fact || !is_many(later.number) {
        return None;
    }
    let own = &later.name;
    let alike: Vec<(&Told<'_, '_>, usize)> = earlier
        .iter()
        .filter(|other| is_in_unit(other, later))
        .filter_map(|other| {
            let text = &other.name;
            if text.get(..2) != own.get(..2) {
                return None;
            }
            let long = covered(own, text);
            let rest: String = own[long..].iter().rev().collect();
            // 对新招录的公益性岗位人员48名
            let rest = rest.strip_suffix('新').unwrap_or(&rest);
            let short = rest.is_empty() || GOVERNING.contains(&rest);
            (short && long >= 4 && text.len() <= long + 4).then_some((*other, long))
        })
        .collect();
    let [(first, long)] = alike.as_slice() else { return None };
    if !is_slip(first, later) {
        return None;
    }
    let (here, there) = (time(&first.words_before()), time(&later.words_before()));
    let same_time = here == there && here.is_some() || is_mixed(first, later) && there.is_none();
    let (a, b) = (first.passage.range.clone(), later.passage.range.clone());
    let told = [first, later].iter().all(|told| !has_any(&told.before, OTHER));
    let known: Vec<&Number> =
        earlier.iter().filter(|other| is_in_unit(other, later)).map(|other| other.number).collect();
    let fits = first.number.kind == Kind::Fact
        && is_many(first.number)
        && (*long >= 7 || is_mixed(first, later))
        && a != b
        && told
        && same_time
        && !known.iter().any(|n| n.value == later.number.value)
        && !is_sum(&known, later.number)
        && is_one_scene(paper, first, later);
    fits.then(|| mark(later.passage, first.number, later.number))
}

/// The words before the number that a number stands right behind, where the two are of one thing
/// in two units.
pub(in crate::figure) fn label_beside(passage: &Passage<'_>, index: usize) -> Option<String> {
    let before = index.checked_sub(1)?;
    let (other, own) = (&passage.numbers[before], &passage.numbers[index]);
    // 632笔小额信贷共3610万元 is 632笔3610万元.
    let gap = passage.gap(index);
    let noun = gap.trim_end_matches("合计").trim_end_matches('共');
    let joined = gap.is_empty()
        || noun != gap && noun.chars().count() <= 8 && noun.chars().all(char::is_alphanumeric);
    let fits = joined && !other.is_alike(own) && other.value >= Decimal::TEN;
    fits.then(|| passage.label(before))
}

/// `新纳入34户89人…新纳入的34户98人`: two numbers of one set, of which one is the same again.
pub(super) fn beside(later: &Told<'_, '_>, earlier: &[&Told<'_, '_>]) -> Option<Mark> {
    let (label, anchor) = (later.beside.as_ref()?, later.anchor()?);
    let own = unscoped(label.trim_end_matches('的'));
    let alike: Vec<&Told<'_, '_>> = earlier
        .iter()
        .filter(|other| is_in_unit(other, later))
        .filter(|other| {
            other.beside.is_some()
                && other.anchor().is_some_and(|first| {
                    first.value == anchor.value && first.is_kin(anchor) && first.is_exact()
                })
        })
        .copied()
        .collect();
    let [first] = alike.as_slice() else { return None };
    let (before, words) = (first.words_before(), later.words_before());
    let told = unscoped(first.beside.as_ref()?);
    let (leads, name): (Vec<char>, Vec<char>) = (own.chars().collect(), told.chars().collect());
    let turned = |words: &[char]| -> Vec<char> { words.iter().rev().copied().collect() };
    let tail = covered(&turned(&leads), &turned(&name));
    // 对1064户3872人: the first number is told again, and the second with its digits mixed up.
    let bare = GOVERNING.iter().any(|word| own.ends_with(word)) && is_mixed(first, later);
    let named =
        bare || tail >= 2 || covered(&leads, &name) >= 2 || own.is_empty() && is_of_all(label);
    let years = [&before, &words].map(|words| key::year(words, None));
    let (p, q) = (time(&before), time(&words));
    // 今年对安置点的214户968人回访 is done this year with whoever lives there.
    let now = p.is_none() && q.as_deref() == Some("年") && !has_any(&before, &["去年", "上年"]);
    let same_time = (p == q || q.is_none() || now) && (years[0] == years[1] || years[1].is_none());
    let other = has_any(&own, OTHER) || has_any(&told, OTHER);
    let fits = named && same_time && !other && is_slip(first, later);
    fits.then(|| mark(later.passage, first.number, later.number))
}

/// Whether the numbers behind one make with it what was told before: 16个通过,2个正在整改.
pub(super) fn divides(whole: &Number, later: &Told<'_, '_>) -> bool {
    let behind = later.passage.numbers.iter().skip(later.index + 1).take(2);
    behind
        .filter(|n| n.is_alike(whole))
        .any(|n| later.number.value.checked_add(n.value).is_some_and(|sum| sum == whole.value))
}
