//! 评委 in the place of 评为: 被县委评委先进单位.

use pack::ReviewRule;

use super::scan::{any, at, is_han, mark, places};
use crate::finding::Mark;
use crate::paper::Paper;

/// How far the honour may stand behind the word.
const REACH: usize = 30;

/// The words of the definition are those that an honour ends with or holds.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let honours: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let is_wrong = |place: &usize| {
        let sentence = paper.sentence(*place);
        let behind = *place + 2..sentence.end.min(place + 2 + REACH);
        let given = chars[sentence.start..*place]
            .iter()
            .rev()
            .take(REACH)
            .any(|c| matches!(c, '被' | '获' | '荣'));
        let is_object =
            matches!(at(chars, place + 2), '“' | '”' | '为') || is_han(at(chars, place + 2));
        let is_jury = any(chars, place + 2, &JURY).is_some();
        let mut behind = behind;
        let honour = behind.any(|at| any(chars, at, &honours).is_some());
        given && is_object && !is_jury && honour
    };
    let message = "“评委”是评审的人,授予称号应为“评为”";
    let wrong = places(chars, "评委").into_iter().filter(is_wrong);
    wrong.map(|place| mark(paper, place..place + 2, message.to_owned())).collect()
}

/// What follows 评委 where it is the people who judge.
const JURY: [&str; 16] = [
    "会", "们", "打分", "组", "由", "现场", "和", "老师", "嘉宾", "一致", "的", "评", "团", "对",
    "成员", "认",
];
