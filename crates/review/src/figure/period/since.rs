//! Ages, years of service and anniversaries that do not follow from the year they count from.

use std::ops::Range;

use super::dated::years_told;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// What years are counted from, and the words and units that count them.
struct Kind {
    events: &'static [&'static str],
    names: &'static [&'static str],
    units: &'static [&'static str],
}

const FOUNDED: &[&str] = &[
    "成立", "创办", "创建", "创立", "始建", "兴建", "建校", "建园", "建于", "建厂", "建院", "建站",
    "建馆", "建场", "建立", "设立", "建成", "组建", "开业", "开馆", "开园", "挂牌", "结婚", "通车",
    "投产",
];

const BORN: usize = 0;

const KINDS: &[Kind] = &[
    Kind { events: &["出生", "生于", "生人", "生"], names: &[], units: &["周岁", "岁"] },
    Kind { events: FOUNDED, names: &[], units: &["周年"] },
    Kind { events: FOUNDED, names: FOUNDED, units: &["年"] },
    Kind {
        events: &["入党", "加入中国共产党"], names: &["党龄", "入党"], units: &["年"]
    },
    Kind { events: &["入伍", "参军"], names: &["军龄", "入伍", "参军"], units: &["年"] },
    Kind {
        events: &["从教", "任教", "执教"], names: &["教龄", "从教", "执教"], units: &["年"]
    },
    Kind { events: &["从医", "行医"], names: &["医龄", "从医", "行医"], units: &["年"] },
    Kind { events: &["参加工作"], names: &["工龄", "参加工作"], units: &["年"] },
    Kind { events: BEGUN, names: RUNNING, units: &["年", "个年"] },
];

/// What somebody or something has been doing since a year, and how its years are counted.
const BEGUN: &[&str] = &[
    "成立", "建成", "开业", "运营", "创办", "投用", "上任", "入驻", "实施", "开园", "启用", "走上",
    "担任", "任职", "任", "到", "来", "调", "入职", "注册", "挂牌", "组建", "创建", "落户", "始建",
    "设立", "开办", "到任", "驻村", "进村",
];
const RUNNING: &[&str] = &[
    "运行", "运营", "走过", "任职", "坚持", "干了", "整整", "足足", "已满", "干满", "满了", "历经",
    "就是", "已有", "驻村", "服务",
];

/// Words between the name of a count and its number, which say nothing or how near it is.
const FILL: &[&str] = &[
    "已经", "已有", "达到", "整整", "迄今", "至今", "已", "有", "达", "满", "为", "是", "了", "长",
    "整",
];
const NEARLY: &[&str] = &["近", "将近", "不足", "不到"];
const OVER: &[&str] = &["逾", "超过", "超", "已逾"];

/// Words by which a number of years is of the time the text speaks of.
const NOW: &[&str] = &[
    "今年", "现年", "已经", "现", "已", "年满", "年龄", "年纪", "虚岁", "周岁", "满", "至今",
    "迎来",
];

/// Words for somebody told of before.
const SAME: &[&str] = &["他", "她", "老人", "本人", "该同志", "其", "就", "都", "了", "也", "时"];

/// A number of years as it is told: from the fewest to the most, and whether in full.
struct Count {
    at: Range<usize>,
    fewest: u32,
    most: u32,
    is_full: bool,
}

/// `1952年3月出生,现年62岁`, `创办于1956年,2023年举行建校77周年庆祝活动`.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    if has_any(&words, &["去世", "逝世", "享年", "当时"]) {
        return None;
    }
    let years = years_told(passage);
    let born = |(_, place): &&(u32, Range<usize>)| is_event(passage, place, &KINDS[BORN]);
    (0..KINDS.len()).find_map(|kind| {
        // Two who were born are two people, of whom the years of each may be told.
        let alone = kind == 1 || kind == 2 || years.iter().filter(born).count() <= 1;
        alone.then(|| off(passage, &years, kind)).flatten()
    })
}

fn off(passage: &Passage<'_>, years: &[(u32, Range<usize>)], kind: usize) -> Option<Mark> {
    let running = KINDS[kind].names == RUNNING;
    let mut begun = years.iter().filter(|(_, place)| {
        is_event(passage, place, &KINDS[kind]) && !(running && is_life(passage, place))
    });
    let (from, place) = begun.next().filter(|_| begun.next().is_none())?;
    let mut told = passage.range.clone().filter_map(|at| count_at(passage, at, kind));
    let count = told.next().filter(|_| told.next().is_none())?;
    let (bases, is_near) = bases(passage, years, place, &count);
    if running && !is_near || kind == BORN && !is_of_same(passage, &count, is_near) {
        return None;
    }
    // Nominal ages count one or two more than the calendar; other years may count the first.
    let (less, more) = match kind {
        BORN => (1, if count.is_full { 0 } else { 2 }),
        1 if is_near => (0, 0),
        _ => (1, 1),
    };
    let fits = |now: &u32| {
        now.checked_sub(*from).is_none_or(|passed| {
            passed > 129 || (passed <= count.most + less && count.fewest <= passed + more)
        })
    };
    // 1998年参加工作,2016年调任,至2023年已工作25年: the years may be those since another one.
    let other = |now: &u32| {
        let passed = |from: &u32| now.checked_sub(*from);
        let inside = |passed: u32| passed <= count.most + less && count.fewest <= passed + more;
        running && years.iter().any(|(from, _)| passed(from).is_some_and(inside))
    };
    let now = bases.last().filter(|_| !bases.iter().any(|now| fits(now) || other(now)))?;
    let (a, b) = (passage.words(place.clone()), passage.words(count.at.clone()));
    let message = format!("{a}到{now}年是{}年,不是{b};请核对年份或年数", now - from);
    let paper = passage.paper;
    Some(Mark { at: paper.origin(&count.at), message, also: vec![paper.origin(place)] })
}

/// Whether a year is the one of an event: 1956年创办, 创办于1956年, 1952年3月出生.
fn is_event(passage: &Passage<'_>, year: &Range<usize>, kind: &Kind) -> bool {
    let chars = &passage.paper.chars;
    let before = passage.words(year.start.saturating_sub(5).max(passage.range.start)..year.start);
    let is_word = |word: &&&str| word.chars().count() > 1;
    if kind.events.iter().filter(is_word).any(|word| {
        before.trim_end_matches(['于', '在', '是', ':', '：']).ends_with(word)
            || before.ends_with(word)
    }) {
        return true;
    }
    let behind: String = chars[year.end..passage.range.end]
        .iter()
        .skip_while(|c| c.is_ascii_digit() || "月日".contains(**c))
        .take_while(|c| !is_clause_mark(**c) && **c != '、')
        .take(24)
        .collect();
    let near: String = behind.chars().take(10).collect();
    kind.events.iter().any(|word| {
        // 大学毕业后到中心小学参加工作: long words are of one thing alone.
        let behind = if word.chars().count() >= 4 { &behind } else { &near };
        behind.find(word).is_some_and(|at| {
            // 建校77周年 counts the years, and 生产 is no birth.
            let rest = &behind[at + word.len()..];
            let next: Vec<char> = rest.chars().take(3).collect();
            let counted = small::number_at(&next, 0).is_some();
            !counted
                && (word.chars().count() > 1 || at == 0 && !rest.starts_with(['产', '态', '活']))
        })
    })
}

/// Whether a year is of a life and of no work that somebody does since: 1985年参加工作.
fn is_life(passage: &Passage<'_>, year: &Range<usize>) -> bool {
    KINDS.iter().filter(|kind| kind.events.len() < 5).any(|kind| is_event(passage, year, kind))
}

/// The years that are counted at a position.
fn count_at(passage: &Passage<'_>, at: usize, kind: usize) -> Option<Count> {
    let chars = &passage.paper.chars;
    let joined = at > 0 && small::number_at(chars, at - 1).is_some();
    let (said, end) =
        small::number_at(chars, at).filter(|(said, _)| !joined && (3..150).contains(said))?;
    let more = usize::from(chars.get(end).is_some_and(|c| matches!(c, '多' | '余')));
    let rest: String = chars[end + more..].iter().take(2).collect();
    let unit = KINDS[kind].units.iter().find(|unit| rest.starts_with(**unit))?;
    let end = end + more + unit.chars().count();
    let before = passage.words(at.saturating_sub(10).max(passage.range.start)..at);
    let lead =
        FILL.iter().fold(before.as_str(), |lead, fill| lead.strip_suffix(fill).unwrap_or(lead));
    let (nearly, over) = (ends(lead, NEARLY), ends(lead, OVER) || more > 0);
    let strip = |lead: &str, words: &[&str]| {
        words.iter().find_map(|word| lead.strip_suffix(word)).unwrap_or(lead).to_owned()
    };
    let lead = strip(&strip(lead, NEARLY), OVER);
    let lead =
        FILL.iter().fold(lead.as_str(), |lead, fill| lead.strip_suffix(fill).unwrap_or(lead));
    let names = KINDS[kind].names;
    let behind: String = chars[end..].iter().take(2).collect();
    // 已有25年工龄 is of no post.
    if names == RUNNING && behind.ends_with('龄') {
        return None;
    }
    let bound = ["以上", "以下", "及以", "至", "那年", "前", "后", "度", "级", "代"];
    let rest: String = chars[end..].iter().take(4).collect();
    // 25年工龄 has its name behind the number.
    let is_named = names.is_empty()
        || ends(lead, names)
        || ends(&before, names)
        || names != RUNNING && names.iter().any(|name| rest.starts_with(name));
    let is_plain = (is_named || names == RUNNING && is_until(passage, at))
        && !bound.iter().any(|word| behind.starts_with(word))
        && !lead.ends_with(['第', '均', '到', '至', '—', '-', '~', '、']);
    is_plain.then(|| Count {
        at: at..end,
        fewest: if nearly { said.saturating_sub(2) } else { said },
        most: if over { said + 10 } else { said },
        is_full: *unit == "周岁" || lead.ends_with("周岁"),
    })
}

/// Whether the clause of a position begins with the year that it counts up to: 到2023年末已不间断.
fn is_until(passage: &Passage<'_>, at: usize) -> bool {
    let clause = passage.words(passage.range.start..at);
    let clause = clause.rsplit(is_clause_mark).next().unwrap_or_default();
    let year = ["截至", "截止", "到", "至"].iter().find_map(|word| clause.strip_prefix(word));
    year.is_some_and(|year| {
        year.chars().take(4).all(|c| c.is_ascii_digit())
            && !has_any(year, &["第", "每", "前", "约定", "合同", "期", "计划"])
    })
}

fn ends(lead: &str, words: &[&str]) -> bool {
    words.iter().any(|word| lead.ends_with(word))
}

/// Whether a year is not that of an event: 2023年工作总结 is none.
fn is_free(passage: &Passage<'_>, year: &Range<usize>) -> bool {
    const POSTS: &[&str] = &["任", "担任", "起任", "起担任", "调任", "提任", "升任", "兼任"];
    let chars = passage.paper.chars[year.end..passage.range.end].iter();
    let behind: String =
        chars.skip_while(|c| c.is_ascii_digit() || "月日".contains(**c)).take(3).collect();
    // 2021年4月任镇长 is where something else began.
    let is_post = POSTS.iter().any(|word| behind.starts_with(word));
    !is_post
        && KINDS
            .iter()
            .filter(|kind| kind.names != RUNNING)
            .all(|kind| !is_event(passage, year, kind))
}

/// The years that may be the now of a count, and whether its own clause or sentence tells it.
fn bases(
    passage: &Passage<'_>,
    years: &[(u32, Range<usize>)],
    begun: &Range<usize>,
    count: &Count,
) -> (Vec<u32>, bool) {
    let free = |(_, place): &&(u32, Range<usize>)| is_free(passage, place);
    let chars = &passage.paper.chars;
    let mut marks =
        (passage.range.start..count.at.start).rev().filter(|at| is_clause_mark(chars[*at]));
    let clause = marks.next().unwrap_or(passage.range.start);
    let start = marks.next().unwrap_or(passage.range.start);
    // 1972年24岁时入伍 is of the year of its clause, whatever that is of.
    let mut own = years.iter().filter(|(year, place)| {
        let inside = (clause..count.at.start).contains(&place.start) && place != begun;
        inside || (start..clause).contains(&place.start) && free(&&(*year, place.clone()))
    });
    if let Some((year, _)) = own.next_back() {
        return (vec![*year], true);
    }
    let mut others: Vec<u32> = years
        .iter()
        .filter(free)
        .filter(|(_, place)| place != begun)
        .map(|(year, _)| *year)
        .collect();
    others.dedup();
    if let [year] = others.as_slice() {
        return (vec![*year], true);
    }
    // Nothing but what was told before says when: the last year before, or that of the text.
    let from = passage.range.start.saturating_sub(200);
    let before =
        Passage { paper: passage.paper, range: from..passage.range.start, numbers: Vec::new() };
    let told = years_told(&before);
    let last = told.iter().rev().find(|(_, place)| is_free(&before, place));
    let own = passage.paper.year.and_then(|year| u32::try_from(year).ok());
    let own = own.filter(|own| others.is_empty() && !years.iter().any(|(year, _)| year == own));
    (own.into_iter().chain(last.map(|(year, _)| *year)).collect(), false)
}

/// Whether an age is of who was told of before, and of the now of its sentence: 父亲现年72岁 is of
/// another.
fn is_of_same(passage: &Passage<'_>, count: &Count, is_near: bool) -> bool {
    let clause = passage.words(passage.range.start..count.at.start);
    let clause = clause.rsplit(is_clause_mark).next().unwrap_or_default();
    let strip =
        |words: String, any: &[&str]| any.iter().fold(words, |rest, word| rest.replace(word, ""));
    let whose = strip(strip(clause.to_owned(), NOW), SAME);
    let is_other = (2..=4).contains(&whose.chars().count())
        && whose.chars().all(|c| c.is_alphabetic() && !"年月时".contains(c));
    (is_near || has_any(clause, NOW)) && !is_other
}
