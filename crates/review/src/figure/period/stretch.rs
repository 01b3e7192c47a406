//! How long something is said to last: 半年, 两周, 一年零三个月, 一个多月.

use std::ops::Range;

use super::lasting::{BEGIN, END};
use super::moment::{Moment, event, moments};
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// A length in words with the days that it may mean.
#[derive(Clone, Debug)]
pub(super) struct Length {
    pub(super) at: Range<usize>,
    pub(super) fewest: i32,
    pub(super) most: i32,
}

/// The length that begins at a position.
pub(super) fn length_at(chars: &[char], at: usize) -> Option<Length> {
    let has = |at: usize, word: &str| {
        chars
            .get(at..)
            .is_some_and(|rest| word.chars().enumerate().all(|(k, c)| rest.get(k) == Some(&c)))
    };
    let lead: String = chars.get(at.saturating_sub(2)..at)?.iter().collect();
    // 整整一年 begins with its number, behind whichever of the two the length was looked for.
    let at = at + usize::from(has(at, "整"));
    let start = at;
    let (fewest, most, end) = if has(at, "半年") {
        (165, 200, at + 2)
    } else if has(at, "半个月") || has(at, "半个多月") {
        (10, 20, at + 3 + usize::from(has(at + 2, "多")))
    } else {
        let (count, end) = small::number_at(chars, at)?;
        let count = i32::try_from(count).ok().filter(|count| *count < 2000)?;
        let more = usize::from(chars.get(end).is_some_and(|c| matches!(c, '余' | '多')));
        unit_at(&has, count, end, more)?
    };
    let fewest = if lead.ends_with('近') || lead == "不到" || lead == "不足" {
        fewest / 2
    } else {
        fewest
    };
    let most = if lead.ends_with(['逾', '超']) || lead == "超过" { most * 2 } else { most };
    Some(Length { at: start..end, fewest, most })
}

/// The days of so many of a unit, and where it ends.
fn unit_at(
    has: &dyn Fn(usize, &str) -> bool,
    count: i32,
    end: usize,
    more: usize,
) -> Option<(i32, i32, usize)> {
    let at = end + more;
    let tens = if more > 0 { 10 } else { 0 };
    if has(at, "天") || (has(at, "日") && more == 0) {
        return Some((count, count + tens, at + 1));
    }
    if has(at, "周") && !has(at, "周年") && !has(at, "周岁") {
        return Some((count * 7 - 1, count * 7 + 1 + tens, at + 1));
    }
    if has(at, "个星期") || has(at, "个礼拜") {
        return Some((count * 7 - 1, count * 7 + 1, at + 3));
    }
    if has(at, "个半月") {
        return Some((count * 28 + 8, count * 31 + 22, at + 3));
    }
    if has(at, "个多月") {
        return Some((count * 28, count * 31 + 30, at + 3));
    }
    if has(at, "个月") {
        return Some((count * 28 - 4, count * 31 + 3, at + 2));
    }
    if has(at, "年半") {
        return Some((count * 365 + 120, count * 365 + 245, at + 2));
    }
    if has(at, "年多") {
        return Some((count * 365 - 20, count * 365 + 365, at + 2));
    }
    // 年度 and 年级 are no length.
    if has(at, "年零") || has(at, "年又") {
        return None;
    }
    let plain = ["度", "级", "代", "初", "底", "末", "份", "轮", "期"]
        .iter()
        .all(|word| !has(at + 1, word));
    (has(at, "年") && plain && count < 60).then_some((count * 365 - 150, count * 365 + 165, at + 1))
}

/// The length of years and months that begins at a position: 一年零三个月.
fn long_at(chars: &[char], at: usize) -> Option<Length> {
    let (years, end) = small::number_at(chars, at)?;
    let joined = chars.get(end) == Some(&'年') && matches!(chars.get(end + 1), Some('零' | '又'));
    let months = joined.then(|| length_at(chars, end + 2)).flatten()?;
    let days = i32::try_from(years).ok().filter(|years| *years < 60)? * 365;
    Some(Length {
        at: at..months.at.end,
        fewest: days + months.fewest,
        most: days + months.most + 2,
    })
}

/// Either of them.
pub(super) fn any_at(chars: &[char], at: usize) -> Option<Length> {
    long_at(chars, at).or_else(|| length_at(chars, at))
}

/// Words before a length that something has lasted.
const LASTS: &[&str] = &[
    "历时",
    "为期",
    "用时",
    "耗时",
    "持续",
    "前后",
    "用了",
    "花了",
    "奋战",
    "苦战",
    "首尾",
    "全程",
    "整整",
    "足足",
    "共",
    "历经",
    "经过",
    "长达",
    "仅用",
    "只用",
    "费时",
    "时长",
    "进行了",
    "蹲点",
    "驻村",
    "停留",
    "值守",
    "坚守",
    "集训",
    "连续",
    "就是",
    "干了",
    "任职",
    "运行",
    "运营",
    "走过",
    "坚持",
    "已满",
    "干满",
    "满了",
    "公示",
];
/// Words before a length that is set: 合同期十年, 承包期限五年.
const SET: &[&str] = &["期", "期限"];

/// Words by which the days between two dates are not the length.
const BROKEN: &[&str] = &[
    "工作日",
    "断续",
    "累计",
    "扣除",
    "间歇",
    "停工",
    "提前",
    "合同工期",
    "平均",
    "每",
    "除去",
    "延期",
    "推迟",
];

/// A length told behind one of its words, and whether those set it.
fn told(passage: &Passage<'_>) -> Option<(Length, bool)> {
    let chars = &passage.paper.chars;
    let words = passage.words(passage.range.clone());
    let behind = |leads: &[&str], plain: &dyn Fn(&char) -> bool| -> Vec<Length> {
        let places = leads
            .iter()
            .flat_map(|lead| words.match_indices(lead).map(|(byte, word)| byte + word.len()));
        let length = |byte: usize| {
            let at = passage.range.start + words[..byte].chars().count();
            let skip = (0..=4).find(|skip| {
                chars[at..].iter().take(*skip).all(plain) && any_at(chars, at + skip).is_some()
            });
            skip.and_then(|skip| any_at(chars, at + skip))
        };
        places.filter_map(length).collect()
    };
    // 历时整整四年, 前后演出两周: a word may stand before the number.
    let mut found = behind(LASTS, &|c| c.is_alphabetic() && !"第每半两一".contains(*c));
    let set = behind(SET, &|c| "为是约计限".contains(*c));
    // 五天时间里, 用两个月时间, 三年间
    // 七年多来
    let since = words.match_indices('来').filter(|(at, _)| words[..*at].ends_with(['年', '多']));
    // 两个月里
    let inside =
        words.match_indices('里').filter(|(at, _)| words[..*at].ends_with(['月', '天', '周']));
    let spans = words.match_indices("时间").chain(words.match_indices("年间"));
    for (byte, _) in spans.chain(since).chain(inside) {
        let byte = byte + if words[byte..].starts_with('年') { '年'.len_utf8() } else { 0 };
        let end = passage.range.start + words[..byte].chars().count();
        let from = passage.range.start.max(end.saturating_sub(6));
        let length =
            (from..end).find_map(|at| any_at(chars, at).filter(|length| length.at.end == end));
        found.extend(length);
    }
    // 从4月1日开始,到4月20日结束,这40天里: a clause that takes the two days up again.
    for (byte, _) in words.match_indices('这') {
        let at = passage.range.start + words[..byte].chars().count() + 1;
        let before = words[..byte].trim_end_matches(['在', '的', '整']);
        let length = any_at(chars, at).filter(|length| {
            let inside = chars.get(length.at.end).is_some_and(|c| "里中内间来".contains(*c));
            inside && before.ends_with([',', '，'])
        });
        found.extend(length);
    }
    let is_set = found.is_empty();
    if is_set {
        found = set;
    }
    found.sort_by_key(|length| length.at.start);
    found.dedup_by_key(|length| length.at.clone());
    match found.as_slice() {
        [one] => Some((one.clone(), is_set)),
        _ => None,
    }
}

/// The words from the clause of the first of a length and its two ends to that of the last: 累计
/// behind them is told of other things.
fn told_of(passage: &Passage<'_>, length: &Length, first: &Moment, second: &Moment) -> String {
    let mark = |c: &char| matches!(c, ',' | '，' | ';' | '；' | '。');
    let chars = &passage.paper.chars;
    let from = length.at.start.min(first.at.start);
    let to = length.at.end.max(second.at.end);
    let start = chars[passage.range.start..from].iter().rposition(mark).map_or(0, |k| k + 1);
    let end = chars[to..passage.range.end].iter().position(mark);
    let end = end.map_or(passage.range.end, |k| to + k);
    passage.words(passage.range.start + start..end)
}

/// The two moments that a length is between: those of 从…到…, or the beginning and the end.
fn ends(passage: &Passage<'_>, length: &Length) -> Option<(Moment, Moment)> {
    let all = moments(passage);
    if let Some((from, to)) = named(passage, length) {
        let of = |event_words: &str| {
            let mut with = all.iter().filter(|m| event(passage, m).contains(event_words));
            with.next().filter(|_| with.next().is_none()).cloned()
        };
        return of(&from).zip(of(&to));
    }
    // 公示结果已于4月8日张贴,公示期自4月8日起至4月14日止: the two that are joined.
    let joined = |pair: &&[Moment]| {
        let between = passage.words(pair[0].at.end..pair[1].at.start);
        !between.is_empty() && between.chars().all(|c| "起至到-—~～止".contains(c))
    };
    let before = |pair: &&[Moment]| {
        pair[1].at.end <= length.at.start && pair[1].at.end + NEAR > length.at.start
    };
    // 2009年7月至2013年7月、2016年7月至2020年7月两度任站长,共计八年: both together.
    let several = all.windows(2).filter(joined).count() > 1;
    if several && has_any(&passage.words(passage.range.clone()), TOGETHER) {
        return None;
    }
    let mut spans = all.windows(2).filter(joined).filter(|pair| all.len() == 3 || before(pair));
    let pair = match spans.next().filter(|_| spans.next().is_none() && all.len() >= 3) {
        Some(span) => span,
        None => all.as_slice(),
    };
    if let Some(term) = term(passage, &all, length) {
        return Some(term);
    }
    let [first, second] = pair else { return None };
    let chars = &passage.paper.chars;
    let lead: String = chars[first.at.start.saturating_sub(4)..first.at.start].iter().collect();
    let between = passage.words(first.at.end..second.at.start);
    let behind = passage.words(second.at.end..passage.range.end);
    let joined = between.starts_with(['至', '到', '-', '—', '~']) && between.chars().count() <= 5;
    let begun =
        lead.contains(['从', '自', '由']) || between.starts_with('起') || has_any(&between, BEGIN);
    let ended = has_any(&between, &["到", "至"]) || has_any(&behind, END);
    let near = between.chars().count() <= 24;
    // 8月26日开秤,至10月15日收秤
    let joined = joined || between.ends_with(['至', '到']) && between.chars().count() <= 10;
    (joined || (begun && ended && near)).then(|| (first.clone(), second.clone()))
}

/// Words by which several stretches make one length.
const TOGETHER: &[&str] = &["两度", "两次", "两段", "合计", "累计", "共计", "总计", "先后"];

/// Characters between two days and the length that they make.
const NEAR: usize = 24;

/// The day before a term and the one on which it is said to have run out: 4月10日发布公告,公告期
/// 30日;4月20日公告期满.
fn term(passage: &Passage<'_>, all: &[Moment], length: &Length) -> Option<(Moment, Moment)> {
    let begun = all.iter().rev().find(|m| m.at.end <= length.at.start)?;
    let over = all.iter().find(|m| m.at.start >= length.at.end)?;
    let behind: String = passage.words(over.at.end..passage.range.end).chars().take(8).collect();
    let lead = passage.words(begun.at.end..length.at.start);
    let near = begun.at.end + NEAR > length.at.start && over.at.start < length.at.end + NEAR;
    let is_over = ["期满", "届满", "到期"].iter().any(|word| behind.contains(word));
    (near && is_over && lead.contains('期') && !lead.contains('至'))
        .then(|| (begun.clone(), over.clone()))
}

/// The two events of 从签约到投产 right before a length.
fn named(passage: &Passage<'_>, length: &Length) -> Option<(String, String)> {
    let lead = passage.words(passage.range.start..length.at.start);
    let clause = lead.rsplit([',', '，', '。', ';', '；']).next()?;
    let rest = &clause[clause.rfind('从')? + '从'.len_utf8()..];
    let (from, rest) = rest.split_once('到')?;
    let to: String = rest.chars().take(2).collect();
    (from.chars().count() >= 2 && to.chars().count() == 2)
        .then(|| (from.chars().take(2).collect(), to))
}

/// Whether a length behind the end of the sentence of its days is still of those: 历时三年 is, and
/// 连续三年获评先进 is not.
fn is_taken_up(passage: &Passage<'_>, length: &Length, second: &Moment) -> bool {
    const OWN: &[&str] = &[
        "历时", "为期", "用时", "耗时", "前后", "期", "这", "整整", "就是", "长达", "奋战", "苦战",
    ];
    let near = length.at.start.saturating_sub(7).max(passage.range.start);
    let between = passage.words(second.at.end..length.at.start);
    let behind = passage.words(length.at.end..passage.range.end.min(length.at.end + 2));
    !between.contains(['。', '\n'])
        || has_any(&passage.words(near..length.at.start), OWN)
        || behind == "时间"
}

/// Whether only some of the days between are told, of which there may be fewer: 共举办培训3天.
fn is_partial(passage: &Passage<'_>, length: &Length) -> bool {
    let from = length.at.start.saturating_sub(7).max(passage.range.start);
    let lead = passage.words(from..length.at.start);
    let own = lead.rsplit(is_clause_mark).next().unwrap_or_default();
    // 4月15日到9月30日,其中主汛期三个月
    if own.contains("其中") {
        return true;
    }
    let verb = own.rsplit_once('共').map(|(_, verb)| verb);
    verb.is_some_and(|verb| !verb.chars().all(|c| "为是约计有了".contains(c)))
}

/// `从去年12月1日起,至今年6月15日止,历时五个月`; `3月1日至5月31日,开展了为期半年的`.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let (length, is_set) = told(passage)?;
    let words = passage.words(passage.range.clone());
    // 合同工期90天 is a limit, which may not be passed where the end is said to be in time.
    let limit =
        is_set && words.contains("工期") && has_any(&words, &["按期", "如期", "按时", "提前"]);
    // 按此工期应于10月完工 is what follows from it.
    let follows = is_set && has_any(&words, &["按此", "按合同工期计算", "应于", "推算", "据此"]);
    let (first, second) = ends(passage, &length)?;
    if !is_taken_up(passage, &length, &second) {
        return None;
    }
    if !limit && !follows && has_any(&told_of(passage, &length, &first, &second), BROKEN) {
        return None;
    }
    let (fewest, most) = first.until(&second);
    let is_partial = is_partial(passage, &length);
    let whole = |m: &Moment| m.first != m.last;
    // Both days may be counted, and months without days are counted with or without the last.
    let room = if whole(&first) || whole(&second) { 16 } else { 1 };
    let off = !is_partial && length.most + room < fewest
        || !limit && length.fewest > most + if room > 1 { room } else { 0 } + 1;
    (off && most > 0).then(|| {
        let paper = passage.paper;
        let said = passage.words(length.at.clone());
        let (a, b) = (passage.words(first.at.clone()), passage.words(second.at.clone()));
        let message =
            format!("{a}到{b}约{}天,不是{said};请核对日期或时长", (fewest + most) / 2 + 1);
        let also = vec![paper.origin(&first.at), paper.origin(&second.at)];
        Mark { at: paper.origin(&length.at), message, also }
    })
}
