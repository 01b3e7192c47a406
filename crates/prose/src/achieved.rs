//! States, events and honours that exist, or are said not to.

use std::ops::Range;

use crate::denial::{self, Denial};
use crate::predicate::Predicate;
use crate::statement::{Statement, ends_clause, find};
use crate::text::Text;

/// What a negated verb says was not achieved, as opposed to not happening.
pub(crate) const ACHIEVE: &[&str] = &[
    "通过", "完成", "达到", "达标", "实现", "能", "建成", "启动", "开工", "验收", "竣工", "取得",
    "落实", "到位", "结案",
];

/// Words by which something was achieved.
const DONE: &[&str] = &[
    "通过",
    "成功",
    "引进",
    "完成",
    "建成",
    "荣获",
    "获评",
    "评为",
    "评委",
    "获得",
    "举办",
    "实现",
    "授予",
    "启动",
    "入选",
    "投产",
    "投入使用",
    "落地",
    "签约",
    "开工",
    "竣工",
    "创建",
    "达标",
    "命名",
    "表彰",
    "成立",
    "取得",
    "列为",
    "纳入",
    "召开",
    "打造",
    "建立",
    "出台",
    "制定",
    "开展",
    "组织",
    "新建",
    "设立",
    "改造",
    "销号",
    "结案",
    "办结",
    "发放",
    "落实",
    "实施",
    "改扩建",
    "扩建",
    "承办",
    "建设",
    "修建",
    "新增",
];

/// Verbs of an honour, whose name may hold any word.
const HONOUR: &[&str] = &["评为", "评委", "荣获", "获评", "授予", "命名为"];

/// Words between a denial and its verb that change nothing: 未能按期完成.
const ADVERBS: &[&str] = &[
    "及时",
    "按时",
    "按期",
    "如期",
    "按计划",
    "按要求",
    "顺利",
    "正式",
    "真正",
    "有效",
    "最终",
    "圆满",
    "能够",
    "能",
    "被",
    "再",
    "曾",
    "予",
    "获",
    "得",
    "有",
];

/// Words that undo the event they stand beside: 取消举办, 引进失败.
const UNDONE: &[&str] = &[
    "取消", "暂停", "推迟", "停止", "终止", "中止", "放弃", "延期", "暂缓", "拒绝", "撤销", "失败",
    "未果", "落空", "流产", "中断", "搁置",
];

/// How far a word may stand from the event that it undoes.
const BESIDE: usize = 4;

/// Whether the words announce an honour.
pub(crate) fn is_honour(text: &Text<'_>) -> bool {
    HONOUR.iter().any(|word| text.source.contains(word))
}

/// A state or an event that exists, or is said not to. A denial right before
/// the verb denies it (未举办, 未能按期完成, 不达标); where it is not sure what a
/// denial denies, the place of the denial is the error. The name of an honour
/// may hold any word, so that only what stands before its verb is looked at.
pub(crate) fn done(text: &Text<'_>, honour: bool) -> Result<Option<Statement>, Range<usize>> {
    let verb = find(text, if honour { HONOUR } else { DONE });
    let end = verb.filter(|_| honour).map_or(text.len(), |(start, _)| start);
    let denials = denial::all(text, 0, end);
    let undone = verb.and_then(|(start, end)| undone(text, start, end, honour));
    match (denials.as_slice(), verb) {
        (_, Some(_)) if undone.is_some() => Err(undone.unwrap_or_default()),
        ([], None) => Ok(None),
        ([], Some((start, end))) if text.before(start) == '不' => {
            Ok(Statement::new(start - 1, end, Predicate::NotAchieved))
        }
        ([], Some((start, end))) => Ok(Statement::new(start, end, Predicate::Achieved)),
        ([denial], _) => one_denied(text, denial, verb),
        ([first, ..], _) => Err(first.start..first.end),
    }
}

fn one_denied(
    text: &Text<'_>,
    denial: &Denial,
    verb: Option<(usize, usize)>,
) -> Result<Option<Statement>, Range<usize>> {
    let unsure = denial.start..denial.end;
    let mut at = denial.end;
    while let Some(length) = text.any_at(at, ADVERBS).filter(|_| text.any_at(at, DONE).is_none()) {
        at += length;
    }
    let clause = |from: usize| (from..text.len()).find(|&k| ends_clause(text, k));
    // 未被乙县评为: who gave the honour stands between.
    let passive = |(start, _): &(usize, usize)| {
        let between = text.slice(denial.end, (*start).max(denial.end));
        between.starts_with('被')
            && between.matches('被').count() == 1
            && !between.contains('的')
            && clause(denial.end).is_none_or(|k| k >= *start)
    };
    if let Some((_, end)) = verb.filter(passive) {
        return Ok(Statement::new(denial.start, end, Predicate::NotAchieved));
    }
    let Some(length) = text.any_at(at, DONE).or_else(|| text.any_at(at, ACHIEVE)) else {
        return match verb {
            None if text.has(denial.start, "尚未") => {
                Ok(Statement::new(denial.start, denial.end, Predicate::NotAchieved))
            }
            None => Ok(None),
            Some(_) => Err(unsure),
        };
    };
    let end = at + length;
    // 完成未通过验收的项目整改 is about the projects that failed.
    let described = text.slice(end, clause(end).unwrap_or(text.len())).contains('的');
    let elsewhere = verb.is_some_and(|(start, _)| {
        start < denial.start && clause(start).is_some_and(|k| k < denial.start)
    });
    // 已建成尚未投产 says two things.
    let both = verb.is_some_and(|(start, _)| {
        start < denial.start && text.slice(0, denial.start).contains('已')
    });
    if described || elsewhere || both {
        return Err(unsure);
    }
    Ok(Statement::new(denial.start, end, Predicate::NotAchieved))
}

/// The word beside an event that undoes it.
fn undone(text: &Text<'_>, start: usize, end: usize, honour: bool) -> Option<Range<usize>> {
    let from = start.saturating_sub(BESIDE);
    let to = if honour { start } else { clause_from(text, end) };
    let length = |k: usize| text.any_at(k, UNDONE);
    (from..to)
        .filter(|&k| k < start || k >= end)
        .find_map(|k| length(k).filter(|n| k + n <= start || k >= end).map(|n| k..k + n))
}

fn clause_from(text: &Text<'_>, from: usize) -> usize {
    (from..text.len()).find(|&k| ends_clause(text, k)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<Predicate>) {
        let text = Text::new(words);
        let found = done(&text, is_honour(&text)).map(|s| s.map(|s| s.predicate));
        assert_eq!(found.ok().flatten(), expected, "{words}");
    }

    #[test]
    fn a_denied_event_is_never_an_event() {
        check("成功举办丰收节", Some(Predicate::Achieved));
        check("未举办丰收节", Some(Predicate::NotAchieved));
        check("没有能够按期完成改造", Some(Predicate::NotAchieved));
        check("项目建设未完成", Some(Predicate::NotAchieved));
        check("饮水不达标", Some(Predicate::NotAchieved));
        check("未被评为平安乡镇", Some(Predicate::NotAchieved));
        check("没有被乙县评为平安乡镇", Some(Predicate::NotAchieved));
        check("未被查处的甲村被评为先进村", None);
        check("被评为未完成任务通报单位", Some(Predicate::Achieved));
        check("完成未通过验收的项目整改", None);
        check("已建成尚未投产", None);
        check("取消举办丰收节", None);
        check("项目引进失败", None);
        check("未来将举办丰收节", Some(Predicate::Achieved));
    }
}
