//! A number told again in nearly the words that it was told in, whatever their order.

use ::figure::Class;

use super::attribute::SIZES;
use super::echo::{completes, is_made, is_share, is_sum, mark};
use super::namesake::is_namesake;
use super::renamed::{divides, is_of_all, time};
use super::retold::{EVERY, OTHER};
use super::told::{Told, is_in_unit, is_many, is_mixed, is_slip};
use crate::figure::reading::alike::{bare, covered, named_apart, ordinal, shared};
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::has_any;
use crate::finding::Mark;
use crate::paper::Paper;

/// Words that make a number one of a plan, of a rest or of another time, wherever they stand in
/// its sentence.
const AIMS: &[&str] = &[
    "预算",
    "安排",
    "计划",
    "目标",
    "力争",
    "还有",
    "仍有",
    "剩",
    "年初",
    "追加",
    "年中",
    "一期",
    "二期",
    "三期",
    "前",
    "去年",
    "上年",
    "同期",
    "其余",
    "再",
    "春季",
    "夏季",
    "秋季",
    "冬季",
    "合计",
    "总计",
    "修订",
    "初步核算",
    "在建",
    "往年",
    "历史",
];

/// Words that name no thing where they stand right before a number or its name.
const PLAIN: &[&str] = &[
    "确保", "拟将", "拟", "将", "要", "该", "这条", "这", "那", "就", "里程", "面积", "人数",
    "数量", "总量", "总额", "总数", "资金", "规模", "召开", "开了",
];

/// Words behind which a clause begins again: 通过微信群对全镇68个网格.
const PREPOSITIONS: &[char] =
    &['对', '将', '把', '为', '给', '向', '从', '由', '按', '请', '让', '在'];

/// What a number is of: the words of its name before and behind it.
struct Name {
    before: Vec<char>,
    behind: Vec<char>,
}

/// Words of a change, which two things may have of one name.
pub(super) const CHANGED: &[&str] = &["增加", "增长", "减少", "下降", "提高", "降低"];

/// Which member of a list a sentence is: 二 in 二是围绕创新驱动.
fn member(words: &str) -> Option<char> {
    let rest = words.trim_start().trim_start_matches('第');
    let first = rest.chars().next().filter(|c| "一二三四五六七八九十".contains(*c))?;
    rest.chars().nth(1).filter(|c| "是要、,，".contains(*c)).map(|_| first)
}

pub(super) fn content(words: &str) -> Vec<char> {
    let bare = bare(&PLAIN.iter().fold(words.to_owned(), |rest, word| rest.replace(word, "")));
    bare.chars()
        .filter(|c| !c.is_ascii_digit() && !"〇一二三四五六七八九十年月日".contains(*c))
        .collect()
}

fn name(told: &Told<'_, '_>) -> Name {
    let own = told.before.rsplit(PREPOSITIONS).next().unwrap_or_default();
    // 8.7公里长的石坎公路
    let sized = ["长的", "宽的", "高的", "深的"];
    let behind = sized.iter().find_map(|word| told.behind.strip_prefix(word));
    Name { before: content(own), behind: content(behind.unwrap_or(&told.behind)) }
}

/// Which characters of some words stand in others in runs of two and more.
pub(super) fn held(own: &[char], other: &[char]) -> Vec<bool> {
    let mut held = vec![false; own.len()];
    for (at, pair) in own.windows(2).enumerate() {
        if other.windows(2).any(|two| two == pair) {
            held[at] = true;
            held[at + 1] = true;
        }
    }
    held
}

fn count(held: &[bool], of: bool) -> usize {
    held.iter().filter(|one| **one == of).count()
}

/// How much of the name of a later number is that of an earlier one.
struct Likeness {
    same: usize,
    /// What only the later name has.
    more: usize,
    /// What only the earlier name has.
    less: usize,
    /// Whether the words say that all of it is meant.
    whole: bool,
}

fn likeness(first: &Told<'_, '_>, later: &Told<'_, '_>) -> Option<Likeness> {
    let own = name(later);
    let sentence = content(&format!("{}{}", first.words_before(), first.behind));
    let head = held(&own.before, &sentence);
    let before = count(&head, true);
    let behind = covered(&own.behind, &sentence);
    let named = before >= 2 && head.last() == Some(&true);
    let rest: String = own.behind[behind..].iter().collect();
    let rest_is_said = |rest: &str| EVERY.iter().any(|word| rest.starts_with(word));
    let all = is_of_all(&later.before) || rest_is_said(&rest);
    let same_time = time(&first.words_before()) == time(&later.words_before());
    let dated = same_time && time(&later.words_before()).is_some();
    if !named && behind < 2 {
        return None;
    }
    // 筹措2亿元实施教育工程, 筹措3亿元实施健康工程: what each is for stands behind.
    let other = content(&first.behind);
    let goes_on = |words: &[char]| words.len() > behind;
    if behind < 4 && goes_on(&own.behind) && goes_on(&other) && !rest_is_said(&rest) {
        return None;
    }
    let all_words: Vec<char> = own.before.iter().chain(&own.behind).copied().collect();
    let earlier = content(&first.before);
    let earlier = if earlier.is_empty() { content(&first.behind) } else { earlier };
    let taken = held(&earlier, &all_words);
    Some(Likeness {
        same: before + behind,
        more: count(&head, false),
        less: count(&taken, false),
        whole: named || all || dated,
    })
}

/// Whether two numbers may be of one time and place, as far as their sentences tell; where one of
/// them names no place, only if `may_lack_place`.
pub(super) fn is_one_scene(
    paper: &Paper,
    first: &Told<'_, '_>,
    later: &Told<'_, '_>,
    may_lack_place: bool,
) -> bool {
    let (x, y) = (first.words_before(), later.words_before());
    let own = key::own_place(paper);
    let places = |words: &str| -> Vec<String> {
        key::places(words).into_iter().filter(|p| Some(p.as_str()) != own).collect()
    };
    let (here, there) = (places(&x), places(&y));
    let fit = |a: Option<String>, b: Option<String>| a == b || a.is_none() || b.is_none();
    (here == there || may_lack_place && (here.is_empty() || there.is_empty()))
        && fit(time(&x), time(&y))
        && fit(key::year(&x, None), key::year(&y, None))
}

/// The words of a sentence up to a number and its noun, without those of sizes.
fn content_of(lead: &str, behind: &str) -> String {
    let words = SIZES.iter().fold(format!("{lead}{behind}"), |rest, size| rest.replace(size, "\n"));
    words.lines().map(bare).collect::<Vec<_>>().join("\n")
}

/// Whether one digit of as many is another one.
pub(super) fn is_misread(a: &Told<'_, '_>, b: &Told<'_, '_>) -> bool {
    let shown = |told: &Told<'_, '_>| -> Vec<char> {
        told.number.shown(told.number.value).chars().collect()
    };
    let (x, y) = (shown(a), shown(b));
    x.len() == y.len() && x.len() >= 2 && x.iter().zip(&y).filter(|(p, q)| p != q).count() == 1
}

/// Words without those that hold a word of an aim and are none: 全年中心组.
fn undated(words: &str) -> String {
    words.replace("目前", "").replace("全年", "")
}

fn differ(words: &[&str], a: &str, b: &str) -> bool {
    words.iter().any(|word| a.contains(word) != b.contains(word))
}

/// `全年拘留37人…以上全年拘留47人`: the same number, told once more with a slip.
pub(super) fn find(
    paper: &Paper,
    later: &Told<'_, '_>,
    earlier: &[&Told<'_, '_>],
    behind: &[&Told<'_, '_>],
) -> Option<Mark> {
    let own: Vec<&&Told<'_, '_>> = earlier.iter().filter(|o| is_in_unit(o, later)).collect();
    let meets = |n: &Number| n.extent.meets(later.number.extent);
    if !is_many(later.number) || own.iter().any(|other| meets(other.number)) {
        return None;
    }
    let near: Vec<&Number> = own
        .iter()
        .filter(|o| o.number.at.start + 400 > later.number.at.start)
        .map(|o| o.number)
        .collect();
    let next = behind.iter().map(|o| o.number);
    let next = next.take_while(|n| n.at.start < later.number.at.end + 200);
    let around = || near.iter().copied().chain(next.clone());
    let is_part = |first: &Told<'_, '_>| {
        divides(first.number, later)
            || is_share(later.passage, later.index, first.number)
            || completes(around(), first.number, later.number)
    };
    let (first, like) = own.iter().find_map(|first| {
        let slip = is_slip(first, later) || is_misread(first, later);
        let like = slip.then(|| told_again(paper, first, later)).flatten()?;
        (!is_part(first)).then_some((first, like))
    })?;
    if is_sum(&near, later.number) || is_made(later.passage, &near, later.number) {
        return None;
    }
    // A third value of that name leaves open which one is meant.
    let open = own.iter().any(|other| {
        other.number.at != first.number.at
            && likeness(other, later).is_some_and(|o| o.less == 0 && o.same >= like.same)
    });
    (!open).then(|| mark(later.passage, first.number, later.number))
}

/// Characters after which a number is told again with other digits, and after which it is told
/// again with the same ones or under the same name.
const NEAR: usize = 300;
const FAR: usize = 2000;

/// How alike the names of two numbers are, where the words say that they are one.
fn told_again(paper: &Paper, first: &Told<'_, '_>, later: &Told<'_, '_>) -> Option<Likeness> {
    let between = &paper.chars[first.number.at.end..later.number.at.start];
    if between.len() > FAR {
        return None;
    }
    let mixed = is_mixed(first, later);
    let namesake = first.passage.range != later.passage.range && is_namesake(first, later);
    // A share is of one thing where its name is the same, and only there.
    if !namesake && (first.number.is(Class::Share) || !mixed && between.len() > NEAR) {
        return None;
    }
    if !between.iter().any(|c| matches!(c, '。' | '\n' | ';' | '；')) {
        return None;
    }
    let sized = |told: &Told<'_, '_>| SIZES.iter().any(|size| told.before.ends_with(size));
    let sized = sized(first) && sized(later);
    let (x, y) = (first.words_before(), later.words_before());
    // 涉及牧户1120户;…,涉及牧户980户: two of a list.
    let listed = first.passage.range == later.passage.range && first.before == later.before;
    let apart = listed
        || named_apart(&first.before, &later.before)
        || ordinal(&first.before) != ordinal(&later.before) && ordinal(&x) != ordinal(&y)
        || differ(AIMS, &undated(&x), &undated(&y))
        || differ(&["累计"], &first.before, &later.before)
        || !sized && differ(OTHER, &first.before, &later.before)
        || !sized && first.number.kind != later.number.kind
        || first.number.direction != later.number.direction
        || !first.number.is(Class::Share)
            && [first, later].iter().any(|told| has_any(&told.before, CHANGED))
        || member(&x).is_some_and(|own| member(&y).is_some_and(|other| other != own))
        || later.before.contains('、') && !first.before.contains('、');
    if apart
        || !is_many(first.number)
        || !is_one_scene(paper, first, later, !between.contains(&'\n'))
    {
        return None;
    }
    if namesake {
        return Some(Likeness { same: first.name.len(), more: 0, less: 0, whole: true });
    }
    let like = likeness(first, later)?;
    // Each name has something of its own: 春季植树, 秋季植树.
    let own = like.more > 0 && like.less > 0;
    // 抓紧南川大桥合龙,该桥总投资1.84亿元: the work is named in the sentence.
    let work = || shared(&content_of(&x, &first.behind), &content_of(&y, &later.behind));
    let like = if sized && like.same < 6 && work().chars().count() >= 4 {
        Likeness { same: 6, ..like }
    } else {
        like
    };
    let least = match (sized, mixed) {
        (true, false) => 6,
        (false, true) => 3,
        _ => 4,
    };
    let fits = if mixed { !own || like.same >= 6 } else { !own && like.whole };
    (like.same >= least && like.more <= 2 && fits).then_some(like)
}
