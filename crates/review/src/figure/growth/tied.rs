//! A change right behind two values of which the words lead from the one to the other: 床位由420张增加到
//! 560张,新增床位120张. Nothing but the change itself has to be read, so that hardly any word stops it.

use ::figure::Class;
use prose::Direction;

use super::{fits_direction, gives, told};
use crate::figure::reading::change::{DOWN, UP, change, is_reached, is_start};
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words for what came or went between the two, beside those of every change.
const MOVED: &[&str] = &[
    "脱贫", "摘帽", "新增", "净增", "净减", "消除", "化解", "清退", "压减", "压降", "退出", "腾退",
    "减负", "节约", "节省", "缩短", "关停", "多", "少",
];
/// Words by which a change is of one year, of some, or of other prices.
const OTHER: &[&str] = &[
    "年均",
    "月均",
    "平均",
    "每年",
    "其中",
    "分别",
    "累计",
    "可比",
    "口径",
    "环比",
    "今年新",
    "当年新",
    "本年",
    "又",
    "再",
    "计划",
    "目标",
    "力争",
    "高于",
    "低于",
    "生产总值",
    "增加值",
    "GDP",
    "%和",
];
/// Words of a change that say nothing of what changed.
const BLANK: &[&str] = &[
    "总数",
    "总量",
    "总额",
    "数量",
    "人数",
    "户数",
    "幅度",
    "比例",
    "实现",
    "共",
    "净",
    "达到",
    "达",
    "了",
    "为",
    "约",
    "近",
    "幅",
    "率",
    "的",
    "两年",
    "三年",
    "四年",
    "五年",
    "一年",
    "来",
    "间",
    "内",
    "一学年",
    "半年",
    "期内",
    "期间",
    "同比",
    "较上年",
    "比上年",
    "较去年",
    "比去年",
    "上年",
    "去年",
    "整体",
    "总体",
    "累",
    "计",
];

/// Marks a change that the two values do not give.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let (new, old) = (index.checked_sub(1)?, index.checked_sub(2)?);
    let (before, after, number) = (&numbers[old], &numbers[new], &numbers[index]);
    let label = passage.label(index);
    let (gap, way) = (passage.gap(index), way(&label)?);
    let between = passage.gap(new);
    let led = is_start(&passage.label(old))
        && (is_reached(&passage.label(new)) || passage.label(new).ends_with('成'))
        && !between.contains(['。', ';', '；', '、'])
        && between.chars().count() <= 12;
    let beside =
        gap.matches([',', '，', '(', '（']).count() <= 1 && !gap.contains(['。', ';', '；']);
    let relative = number.is(Class::Share) && !before.is(Class::Share);
    let fits = led
        && beside
        && before.is_kin(after)
        && before.kind == after.kind
        && before.is_exact()
        && after.is_exact()
        && number.is_exact()
        && !number.per
        && (relative || number.is_kin(before) && !number.is(Class::Share))
        && !has_any(&format!("{between}{gap}"), OTHER)
        && is_of_them(passage, &label, old)
        && fits_direction(before, after, way)
        && !gives(before, after, number, way);
    // 由3个增加到12个,…: a rate that is told of twice as much may be of another base.
    let order = number.is(Class::Share) && before.is_of_another_order(after);
    (fits && !order).then(|| told(passage, before, after, number))?
}

/// Which way the words of a change go.
fn way(label: &str) -> Option<Direction> {
    if let Some(way) = change(label) {
        return Some(way);
    }
    let begins = |words: &[&str]| words.iter().any(|word| label.contains(word));
    match (begins(&["新增", "净增", "多"]), begins(MOVED)) {
        (true, _) => Some(Direction::Up),
        (_, true) => Some(Direction::Down),
        _ => None,
    }
}

/// Whether the words of a change name nothing that is not said of the values before.
fn is_of_them(passage: &Passage<'_>, label: &str, old: usize) -> bool {
    let lead = passage.words(passage.range.start..passage.numbers[old].at.start);
    let lead = format!("{lead}{}", passage.noun(old + 1));
    let words = MOVED.iter().chain(UP).chain(DOWN).chain(BLANK);
    let rest = words.fold(label.to_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().count() <= 1 || lead.contains(&rest)
}
