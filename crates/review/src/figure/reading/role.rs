//! The part that its words give a number among those beside it: what there was before, what
//! came and went, what was planned, what is left.
//!
//! The frames (a stock, a task, a change) read their numbers here and nowhere else, so that a
//! word is learnt once.

use super::alike::without;
use super::balance::{LENT, LOANS};
use super::number::Number;
use super::passage::{Passage, has_any, is_clause_mark};
use super::stock_words::{IN, OUT};
use super::time_words::{BEGINNING, ENDING, NOW};

/// Words that say that nothing else came or went.
const CLOSED: &[&str] = &[
    "没有新",
    "没新",
    "无新增",
    "未新增",
    "没有其他",
    "无其他",
    "没有减少",
    "未减少",
    "别无",
    "再无",
    "仅此",
    "除此之外",
    "不再",
    "没有再",
    "没有增加",
    "未增加",
    "没有发生其他",
    "忽略不计",
    "全靠",
    "没有别的",
];

/// Words in which 应 is no duty.
pub(in crate::figure) const NO_DUTY: &[&str] = &[
    "应急", "应对", "应届", "应用", "相应", "供应", "反应", "响应", "适应", "对应", "效应", "应征",
    "应聘", "应答",
];

/// Whether words begin with what is due and was not yet done: 应参保.
pub(in crate::figure) fn is_due(words: &str) -> bool {
    words.starts_with('应') && !NO_DUTY.iter().any(|word| words.starts_with(word))
}

/// Words of a number that is no change of the stock: part of another, compared, for each.
const ASIDE: &[&str] =
    &["其中", "同比", "比上", "较上", "比去", "较去", "占", "均", "每", "含", "应付", "应收"];

/// Which way a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::figure) enum Way {
    In,
    Out,
    /// The words do not tell.
    Either,
    /// It is no change of its own.
    Aside,
}

impl Way {
    /// The same change of what is left over.
    pub(in crate::figure) fn turned(self) -> Way {
        match self {
            Way::In => Way::Out,
            Way::Out => Way::In,
            way => way,
        }
    }
}

/// What a number's words make of it beside a stock.
pub(in crate::figure) fn way(passage: &Passage<'_>, index: usize) -> Way {
    let label = passage.label(index);
    if has_any(&label, ASIDE) {
        return Way::Aside;
    }
    if has_any(&label, LENT) && has_any(&passage.words(passage.range.clone()), LOANS) {
        return Way::In;
    }
    // 累收5.7亿元 of what was lent is paid back.
    if label.ends_with("累收") && has_any(&passage.words(passage.range.clone()), LOANS) {
        return Way::Out;
    }
    // What is owed and paid goes out of the debts and comes to a fund.
    let paid = |word: &&str| label.rsplit_once(*word).is_some_and(|(_, rest)| !has_any(rest, OUT));
    if ["清收", "补缴", "追缴", "清缴"].iter().any(paid) {
        return Way::Either;
    }
    // What is collected goes out of a loan and comes back to a store.
    if has_any(&label, &["收回", "回收"]) && !has_any(&passage.words(passage.range.clone()), LOANS)
    {
        return Way::Either;
    }
    // 转出转入相抵净减110辆; what is newly put to use comes.
    let net = [
        ("新投放", Way::In),
        ("净减", Way::Out),
        ("净流出", Way::Out),
        ("净增", Way::In),
        ("净流入", Way::In),
    ];
    if let Some((_, way)) = net.iter().find(|(word, _)| label.contains(word)) {
        return *way;
    }
    told(&clause(passage, index)).or_else(|| told(&passage.noun(index))).unwrap_or(Way::Either)
}

/// The way that words tell, by the last of them.
pub(in crate::figure) fn told(words: &str) -> Option<Way> {
    // Most words do not stand there, which is seen sooner than where the last of them does.
    let last = |list: &[&str]| {
        let met = list.iter().filter(|word| words.contains(**word));
        met.filter_map(|word| words.rfind(word).map(|at| at + word.len())).max()
    };
    match (last(IN), last(OUT)) {
        (Some(a), Some(b)) => Some(if a > b { Way::In } else { Way::Out }),
        (Some(_), None) => Some(Way::In),
        (None, Some(_)) => Some(Way::Out),
        (None, None) => by_character(words),
    }
}

/// The way a change goes by the last telling character of its words: 轮入, 剔旧, 枯死.
fn by_character(words: &str) -> Option<Way> {
    // 借, 耗 and 付 tell a way only where every reading of the others is tried.
    told_last(words, &[COMES, "借"], &[GOES, "耗付"])
}

/// Characters of what comes.
pub(in crate::figure) const COMES: &str = "入进收增添补招纳新购";
/// Characters of what goes.
pub(in crate::figure) const GOES: &str = "出退离减销拆撤关停死枯辞淘剔废卖还核逝";

/// The way that the last of some characters tells.
pub(in crate::figure) fn told_last(words: &str, comes: &[&str], goes: &[&str]) -> Option<Way> {
    // A child that is taken in goes from a home, and one that is locked up from those at large.
    let words = &words.replace("收养", "").replace("收监", "");
    let any = |lists: &[&str], c: char| lists.iter().any(|list| list.contains(c));
    let last = words.chars().rev().find(|c| any(comes, *c) || any(goes, *c))?;
    Some(if any(comes, last) { Way::In } else { Way::Out })
}

/// The words before a number in its clause; of a clause that says next to nothing also those of
/// the one before it.
pub(in crate::figure) fn clause(passage: &Passage<'_>, index: usize) -> String {
    let gap = told_with(passage, index).unwrap_or_else(|| passage.gap(index));
    let mut clauses: Vec<&str> = gap.split(is_clause_mark).collect();
    let own = clauses.pop().unwrap_or_default();
    if own.chars().count() >= 3 {
        return own.to_owned();
    }
    format!("{}{own}", clauses.pop().unwrap_or_default())
}

/// The words before a number that is told with another one of another kind: 关停2家、180张.
fn told_with(passage: &Passage<'_>, index: usize) -> Option<String> {
    let before = index.checked_sub(1)?;
    let gap = passage.gap(index);
    let twin = gap.starts_with('、') && gap.chars().count() <= TWIN;
    let other = !passage.numbers[before].is_kin(&passage.numbers[index]);
    (twin && other).then(|| format!("{}{}", passage.gap(before), gap.trim_start_matches('、')))
}

/// Longest words between two numbers that are told together, with the mark.
const TWIN: usize = 4;

/// A year in four digits before 年底, 年末 or 底.
pub(in crate::figure) fn year_end(words: &str) -> Option<i32> {
    let chars: Vec<char> = words.chars().collect();
    let at = chars.windows(6).rposition(|six| {
        six[..4].iter().all(char::is_ascii_digit)
            && six[4] == '年'
            && matches!(six[5], '底' | '末' | '年')
    })?;
    chars[at..at + 4].iter().collect::<String>().parse().ok()
}

/// Whether a number is what there was when the time of the other one began.
pub(in crate::figure) fn is_beginning(passage: &Passage<'_>, index: usize, end: usize) -> bool {
    let own = passage.gap(index);
    // The end of one year is where the next one begins.
    let earlier = year_end(&own).is_some_and(|year| {
        let later = passage.words(passage.numbers[index].at.end..passage.numbers[end].at.start);
        year_end(&later).is_none_or(|end| year < end) && has_any(&later, ENDING)
    });
    earlier || is_opening(passage, index)
}

/// Whether a number is told as what there was when a time began.
pub(in crate::figure) fn is_opening(passage: &Passage<'_>, index: usize) -> bool {
    let own = told_with(passage, index).unwrap_or_else(|| passage.gap(index));
    // 去年秋季学期末在校生1286人
    let last = ["去年", "上年"].iter().filter_map(|word| own.rfind(word)).max();
    let ended = last.is_some_and(|at| own[at..].contains(['末', '底']));
    // 年初又买来200套 came to what there was.
    ended || has_any(&own, BEGINNING) && !own.contains('又')
}

/// Whether a number is what there is when a time ends.
pub(in crate::figure) fn is_ending(passage: &Passage<'_>, index: usize) -> bool {
    let own = format!("{}{}", time_before(passage, index), clause(passage, index));
    // 尚有24件正在办理
    let noun = passage.noun(index);
    let told = format!("{own}{noun}");
    let time = NOW.iter().filter_map(|word| Some(own.rfind(word)? + word.len())).max();
    let lasting = without(told.clone(), NOW, "");
    // 到目前办结196件 is what went by then.
    let gone = time.is_some_and(|at| has_any(&own[at..], OUT)) && !has_any(&lasting, ENDING);
    // 年底补充采购60顶 came by then.
    let bought = |at: usize| has_any(&own[at..], &["采购", "购入", "购进", "新购", "购置"]);
    let gone = gone || time.is_some_and(bought) && !has_any(&lasting, ENDING);
    let left = own.ends_with(['剩', '余', '存']);
    // 还有1所升格为初中 went.
    let gone = gone || OUT.iter().any(|word| noun.starts_with(word));
    (left || has_any(&told, ENDING)) && !gone && !has_any(&own, &["其中", "均", "每", "同比"])
}

/// Longest clause that only tells a time.
const TIME: usize = 8;

/// The clause before that of a number, where it only tells when a time ends: 到岁末,院里共住131位.
fn time_before(passage: &Passage<'_>, index: usize) -> String {
    let gap = passage.gap(index);
    let before = gap.rsplit(is_clause_mark).nth(1).unwrap_or_default();
    let is_time = before.chars().count() <= TIME && has_any(before, NOW);
    if is_time { before.to_owned() } else { String::new() }
}

/// What a number is of, without the words for being so many: 在编教师 in 年初在编教师2387人.
fn store(passage: &Passage<'_>, index: usize) -> String {
    let label = passage.label(index);
    label.trim_end_matches(|c: char| "为是有达共约量数到还仍".contains(c)).to_owned()
}

/// The first number that is of the same store at an earlier date, where nothing in its words or in
/// those of the later one tells of a change: 4月1日蓄水2130万立方米…6月30日蓄水量1900万立方米.
pub(in crate::figure) fn same_store(passage: &Passage<'_>, last: usize) -> Option<usize> {
    let dated = |index: usize| {
        let gap = passage.gap(index);
        let tail: String = gap.chars().rev().take(24).collect();
        let month = tail.chars().any(|c| c == '月') && tail.chars().any(|c| c.is_ascii_digit());
        month || gap.contains("季度末") || has_any(&gap, BEGINNING)
    };
    let end = &passage.numbers[last];
    let name = store(passage, last);
    let still = |words: &str| !has_any(words, IN) && !has_any(words, OUT);
    let first = (0..last).find(|i| passage.numbers[*i].is_kin(end))?;
    let own = store(passage, first);
    // 6月末存栏 and 9月末全乡存栏 end alike.
    let alike = own.chars().rev().zip(name.chars().rev()).take_while(|(a, b)| a == b).count();
    let same = alike >= 2;
    let after = dated(last) || passage.gap(last).contains(['后', '末', '底']);
    (same && dated(first) && after && still(&own) && still(&name)).then_some(first)
}

/// Whether the words say that nothing else came or went.
pub(in crate::figure) fn is_closed(words: &str) -> bool {
    has_any(words, CLOSED)
}

/// Words of what is to be reached.
const TARGET: &[&str] = &[
    "计划",
    "目标",
    "任务",
    "预算",
    "指标",
    "盘子",
    "设想",
    "下达",
    "批准",
    "核定",
    "应",
    "拟",
    "规划",
    "定额",
    "年初确定",
    "年初定",
    "承诺",
    "约定",
    "要求",
    "需",
    "原定",
    "年初安排",
    "预期",
    "打算",
];

/// Whether a number is what is to be reached.
pub(in crate::figure) fn is_target(passage: &Passage<'_>, index: usize) -> bool {
    let noun = passage.noun(index);
    let behind: String = noun.chars().take(8).collect();
    // 超任务140人次 is the distance from one.
    // 要求7月底前完成改厕480户 tells what is to be.
    let own = ["前完成", "应完成", "需完成", "须完成", "要完成"]
        .iter()
        .fold(masked(&clause(passage, index)), |own, word| own.replace(word, ""));
    !has_any(&own, &["超", "完成", "差", "缺口", "剩", "执行数", "实际", "实绩"])
        && (has_any(&own, TARGET)
            || has_any(&behind, &["目标", "任务", "计划", "盘子", "指标", "预算"]))
}

/// Whether a label is that of how far something is from what was to be reached: 超额4家, 还差5户.
pub(in crate::figure) fn is_distance(label: &str) -> bool {
    const DISTANCES: &[&str] =
        &["超额", "超出", "超计划", "超任务", "超目标", "还差", "尚差", "相差", "缺口", "多出"];
    has_any(label, DISTANCES)
}

/// Words without those in which 应, 需 and 拟 say nothing of what is to be.
pub(in crate::figure) fn masked(words: &str) -> String {
    const OTHER: &[&str] = &[
        "应急", "供应", "反应", "响应", "应用", "对应", "应对", "适应", "相应", "应届", "应答",
        "需求", "内需", "急需", "模拟", "应收", "应付", "应征", "虚拟",
    ];
    let others = OTHER.iter().filter(|_| words.contains(['应', '需', '拟']));
    others.fold(words.to_owned(), |words, other| words.replace(other, ""))
}

/// Amounts of one kind before a position, with their places.
pub(in crate::figure) fn kin<'n>(
    passage: &'n Passage<'_>,
    range: std::ops::Range<usize>,
    like: &Number,
) -> Vec<(usize, &'n Number)> {
    range
        .filter_map(|i| passage.numbers.get(i).map(|n| (i, n)))
        .filter(|(_, n)| n.is_kin(like) && n.is_amount() && n.is_exact())
        .collect()
}
