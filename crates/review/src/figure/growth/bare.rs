//! Whether nothing but a change is told behind a value, so that it is the value's own.

use ::figure::Class;

use super::{moved, yearly};
use crate::figure::reading::change::{DOWN, UP, change};
use crate::figure::reading::passage::Passage;

/// Whether what stands between are changes of the same thing: no value of another.
pub(in crate::figure) fn only_changes(passage: &Passage<'_>, new: usize, index: usize) -> bool {
    let clauses = passage.between(new, index).matches([',', '，']).count();
    clauses <= 1 + (index - new - 1) * 2
        && !passage.between(new, index).contains([';', '；'])
        && (new + 1..index)
            .all(|i| passage.numbers[i].is(Class::Years) || change(&passage.label(i)).is_some())
        && is_bare_change(passage, new, index)
}

/// Whether nothing but the change is said, or the thing that changed: 增长 and not 产值增长.
pub(in crate::figure) fn is_bare_change(passage: &Passage<'_>, new: usize, index: usize) -> bool {
    let label = passage.label(index);
    let label = moved::done_more(&label).map_or(&*label, |(of, _)| of.trim_start_matches('每'));
    let words = UP.iter().chain(DOWN).chain(&[
        "按现价计算",
        "按当年价计算",
        "按现价",
        "实现",
        "翻",
        "人数",
        "数量",
        "亩均",
        "人均",
        "户均",
        "每亩",
        "五年",
        "三年",
        "两年",
        "一年",
        "又",
        "再",
        "今年",
        "十年",
        "年来",
        "来",
        "整体",
        "时间",
        "期间",
        "总体",
        "同期",
        "多",
        "少",
        "比上年",
        "较上年",
        "比去年",
        "较去年",
        "同比",
        "共",
        "累计",
        "净",
        "幅度",
        "不足",
        "不到",
        "比例",
        "实际",
        "了",
        "达",
        "为",
        "约",
        "近",
        "超过",
        "超",
    ]);
    let rest = words.fold(yearly::untimed(label).to_owned(), |label, word| label.replace(word, ""));
    let before = passage.words(passage.range.start..passage.numbers[new].at.start);
    rest.chars().count() <= 1 || before.contains(&rest)
}
