//! Statements that need no number: 未发生一起, 逐年减少, 全部, 率先.

use std::ops::Range;

use crate::achieved::ACHIEVE;
use crate::bound::each_in;
use crate::claim::clause_start;
use crate::denial;
use crate::predicate::Predicate;
use crate::scan::is_numeral;
use crate::text::Text;
use crate::words;

mod zero;

use zero::{CLEARED, HAPPEN, MISHAPS, NEVER, NONE_OF, NOT_NONE, NOT_ZERO, ONE};

/// Fewest yearly points of a trend: with two, any change would be one.
pub(crate) const TREND_POINTS: usize = 3;

const FALLING: &[&str] = &[
    "逐年减少",
    "逐年下降",
    "逐年递减",
    "逐年降低",
    "逐年走低",
    "连年下降",
    "连年减少",
    "持续下降",
    "持续减少",
    "逐步减少",
    "逐步下降",
    "稳步下降",
    "不断减少",
    "不断下降",
];
const RISING: &[&str] = &[
    "逐年增加",
    "逐年增长",
    "逐年递增",
    "逐年提升",
    "逐年提高",
    "逐年上升",
    "连年增长",
    "连年增加",
    "持续增长",
    "持续增加",
    "持续上升",
    "逐步增加",
    "逐步提高",
    "稳步增长",
    "稳步提升",
    "稳步上升",
    "不断增加",
    "不断增长",
];

/// First places without a numeral.
const LEADING: &[&str] = &["率先", "最先", "领跑", "居首", "夺魁", "夺冠", "冠军", "排头"];

/// The whole of something.
const WHOLE: &[&str] = &["全覆盖", "全部", "无一例外", "悉数"];

/// A statement without a number, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) predicate: Predicate,
}

impl Statement {
    pub(crate) fn new(start: usize, end: usize, predicate: Predicate) -> Option<Statement> {
        Some(Statement { start, end, predicate })
    }
}

/// The statement of zero that begins at a position: 未发生一起, 无进京访,
/// 零事故, 清零. The words that deny something achieved are left to [`done`].
pub(crate) fn zero_at(text: &Text<'_>, i: usize) -> Option<Statement> {
    let zero = |end| Statement::new(i, end, Predicate::Zero);
    match text.at(i) {
        '从' | '并' | '未' | '没' | '尚' | '均' => {
            let mut at = i + text.any_at(i, NEVER)?;
            let verb = text.any_at(at, &["再"]).unwrap_or(0);
            let happened = text.any_at(at + verb, HAPPEN);
            if let Some(length) = happened {
                at += verb + length;
            } else if !text.has(i, "没有") || text.any_at(at, ACHIEVE).is_some() {
                return None;
            }
            // 没有发生过激行为: 过 begins 过激 there and ends the verb elsewhere.
            at += usize::from(
                text.at(at) == '过' && !matches!(text.at(at + 1), '激' | '度' | '量' | '失'),
            );
            let one = text.any_at(at, ONE);
            if happened.is_none() && one.is_none() && !has_mishap(text, at) {
                return None;
            }
            zero(at + one.unwrap_or(0))
        }
        '无' => {
            let lead = text.before(i);
            let opens = !words::goes_on(lead) || "来年月日期均现前续内且并".contains(lead);
            let one = text.any_at(i + 1, ONE).unwrap_or(0);
            let denies = text.any_at(i, NOT_NONE).is_none();
            let none = one > 0 || (has_mishap(text, i + 1) && !is_counted(text, i + 1));
            (opens && denies && none).then(|| zero(i + 1 + one))?
        }
        '零' => zero(none_of(text, i)?),
        '动' | '全' | '实' | '清' | '保' | '为' => {
            let end = i + text.any_at(i, CLEARED)?;
            // 清零行动 is the name of one, 为零售 another word.
            let noun = end + usize::from(text.at(end) == '”');
            let named = text.any_at(noun, NAMED_AFTER).is_some();
            let other = text.before(end) == '零' && text.any_at(end - 1, NOT_ZERO).is_some();
            (!named && !other).then(|| zero(end))?
        }
        _ => None,
    }
}

/// Words behind a statement that make it the name of something: 清零行动.
pub(crate) const NAMED_AFTER: &[&str] = &[
    "行动",
    "方针",
    "总方针",
    "政策",
    "目标",
    "要求",
    "计划",
    "机制",
    "理念",
    "工程",
    "任务",
    "专项",
];

/// The end of 零 with what it counts none of: 零感染、零传播. It stands by itself, between
/// words of doing and a mark.
fn none_of(text: &Text<'_>, i: usize) -> Option<usize> {
    let word = matches!(text.before(i), '清' | '归' | '化' | '为' | '批');
    let other = word || text.any_at(i, NOT_ZERO).is_some() || is_numeral(text.before(i));
    let end = (i + 1..i + 2 + NONE_OF).find(|&k| !words::goes_on(text.at(k)))?;
    let word = text.slice(i + 1, end);
    if other || end < i + 3 || word.chars().any(is_numeral) {
        return None;
    }
    let known = MISHAPS.iter().any(|noun| word.contains(noun));
    // A longer run has to name a mishap: 零售 and the like are whole words of their own.
    (known || end <= i + 4).then_some(end)
}

fn has_mishap(text: &Text<'_>, from: usize) -> bool {
    let end = (from..from + 18).find(|&k| ends_clause(text, k)).unwrap_or(from + 18);
    let clause = text.slice(from, end.min(text.len()));
    MISHAPS.iter().any(|noun| clause.contains(noun))
}

/// Whether the clause behind 无 counts something: 无还本续贷新增5亿元. 无3人以上事故 does not.
fn is_counted(text: &Text<'_>, from: usize) -> bool {
    let end = (from..from + 30).find(|&k| ends_clause(text, k)).unwrap_or(from + 30);
    let clause = text.slice(from, end.min(text.len()));
    clause.contains(|c: char| c.is_ascii_digit()) && !clause.contains("以上")
}

/// Whether a clause ends at a position. 、 does not end one, since it joins the
/// members of a list.
pub(crate) fn ends_clause(text: &Text<'_>, k: usize) -> bool {
    matches!(
        text.at(k),
        '\n' | '，'
            | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '('
            | '（'
            | ')'
            | '）'
            | '”'
            | '“'
            | '|'
            | '\t'
    )
}

/// The trend that begins at a position.
pub(crate) fn trend_at(text: &Text<'_>, i: usize) -> Option<Statement> {
    // 可持续增长 is a way of growing.
    if !matches!(text.at(i), '逐' | '连' | '持' | '稳' | '不') || text.before(i) == '可' {
        return None;
    }
    let (strict, points) = (true, TREND_POINTS);
    if let Some(length) = text.any_at(i, FALLING) {
        return Statement::new(i, i + length, Predicate::Falling { strict, points });
    }
    let length = text.any_at(i, RISING)?;
    Statement::new(i, i + length, Predicate::Rising { strict, points })
}

/// The first statement of zero in the words.
pub(crate) fn zero(text: &Text<'_>) -> Option<Statement> {
    (0..text.len()).find_map(|i| zero_at(text, i))
}

/// The denial that makes a statement of zero unsure: one before it in its clause
/// (未实现清零), or another one that its own denies (没有做到无上访).
pub(crate) fn zero_denied(text: &Text<'_>, zero: &Statement) -> Option<Range<usize>> {
    let from = clause_start(text, zero.start, zero.start);
    if let Some(denial) = denial::all(text, from, zero.start).first() {
        return Some(denial.start..denial.end);
    }
    let happened = HAPPEN.iter().any(|verb| text.slice(zero.start, zero.end).contains(verb));
    let own = denial::at(text, zero.start)?;
    let end = (zero.end..text.len()).find(|&k| ends_clause(text, k)).unwrap_or(text.len());
    let twice = (own.end..end).any(|k| {
        matches!(text.at(k), '无' | '零') || text.has(k, "清零") || denial::at(text, k).is_some()
    });
    (twice && !happened).then_some(own.start..own.end)
}

/// The denial in words that state a place, a trend or a whole.
pub(crate) fn denied(text: &Text<'_>) -> Option<Range<usize>> {
    let denial = denial::all(text, 0, text.len()).first().map(|d| d.start..d.end);
    denial.or_else(|| {
        let short = |i: usize| text.at(i) == '不' && text.any_at(i + 1, NOT_MET).is_some();
        (0..text.len()).find(|&i| short(i)).map(|i| i..i + 1)
    })
}

/// What 不 denies by itself: 均不达标.
const NOT_MET: &[&str] =
    &["达", "合格", "符合", "满意", "通过", "到位", "完成", "落实", "过半", "知", "够", "在", "参"];

/// The first trend in the words.
pub(crate) fn trend(text: &Text<'_>) -> Option<Statement> {
    (0..text.len()).find_map(|i| trend_at(text, i))
}

/// 率先, 居首: a first place without a numeral.
pub(crate) fn leading(text: &Text<'_>) -> Option<Statement> {
    find(text, LEADING).and_then(|(i, end)| Statement::new(i, end, Predicate::Rank(1)))
}

/// 均 or 全部 without a number: all of them.
pub(crate) fn whole(text: &Text<'_>) -> Option<Statement> {
    let each = each_in(text, 0, text.len()).map(|i| (i, i + 1));
    let (start, end) = each.or_else(|| find(text, WHOLE))?;
    Statement::new(start, end, Predicate::Whole)
}

/// 多个, 多项: three or more.
pub(crate) fn several(text: &Text<'_>) -> Option<Statement> {
    let some = [
        "多个", "多项", "多次", "多处", "多家", "多条", "多场", "多种", "多名", "多起", "多件",
        "多例", "多户", "多人", "多批", "多期", "多宗", "若干",
    ];
    find(text, &some).and_then(|(i, end)| Statement::new(i, end, Predicate::Several))
}

pub(crate) fn find(text: &Text<'_>, words: &[&str]) -> Option<(usize, usize)> {
    (0..text.len()).find_map(|i| text.any_at(i, words).map(|length| (i, i + length)))
}
