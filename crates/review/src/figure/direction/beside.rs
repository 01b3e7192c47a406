//! A value beside that of others (全县平均为79.1%), where the words behind say which of them is more.

use ::figure::Class;
use prose::Direction;

use super::is_distance;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

const ABOVE: &[&str] =
    &["高于", "高出", "超过", "多于", "快于", "高过", "还高", "大于", "领先", "优于", "好于"];
const BELOW: &[&str] = &["低于", "少于", "慢于", "不及", "还低", "小于", "不如", "落后", "差于"];
const OTHERS: &[&str] = &[
    "平均", "均值", "全国", "全省", "全市", "全县", "全区", "全州", "全旗", "全盟", "全镇", "全乡",
    "省均", "市均", "县均",
];

/// Words by which what a value is compared with is its own of another time, or what was planned.
const EARLIER: &[&str] = &[
    "年", "同期", "月", "季", "上次", "上轮", "上期", "上届", "原", "前", "初", "计划", "目标",
    "任务", "预算", "预期", "指标", "标准", "要求", "限", "线",
];

/// Whether a number is told of others than the writer's own place.
fn is_others(passage: &Passage<'_>, index: usize) -> bool {
    let words = passage.around(index);
    has_any(&words, OTHERS) && !has_any(&words, &["占全", "居全", "全年", "列全"])
}

/// How wide the place is that words name: 全县 is wider than 全乡, and any mean than none.
fn area(words: &str) -> usize {
    const AREAS: &[&[&str]] = &[
        &["平均", "均值"],
        &["全村", "全镇", "全乡"],
        &["全县", "全区", "全旗", "县均"],
        &["全市", "全州", "全盟", "市均"],
        &["全省", "省均"],
        &["全国"],
    ];
    AREAS.iter().rposition(|names| has_any(words, names)).map_or(0, |at| at + 1)
}

/// The way that a number goes, by its own words or by the name of its rate: 平均增速为7.3%.
fn way(passage: &Passage<'_>, index: usize) -> Option<Direction> {
    let label = passage.label(index);
    let named = |words: &[&str], way| has_any(&label, words).then_some(way);
    passage.numbers[index]
        .direction
        .or_else(|| named(&["增速", "增幅", "涨幅", "升幅"], Direction::Up))
        .or_else(|| named(&["降幅", "跌幅", "减幅"], Direction::Down))
}

/// `签约率76.4%,全县平均为79.1%,我乡高于全县平均`; `82.5%,比全县平均的80.3%还低`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let (own, other) = (&numbers[index.checked_sub(1)?], &numbers[index]);
    let gap = passage.gap(index);
    // 比第二名的93.1分高0.7分: what is compared with by name is no earlier value.
    let compared = passage.label(index).starts_with(['比', '较']);
    let named = compared
        && passage.label(index).ends_with('的')
        && !has_any(&passage.label(index), EARLIER)
        && (own.per || !other.per);
    let fits = own.is_kin(other)
        && way(passage, index - 1) == way(passage, index)
        && own.kind == other.kind
        && own.is_exact()
        && other.is_exact()
        && !own.is(Class::Points)
        && !own.is(Class::Rank)
        && (named || is_others(passage, index))
        && (named || area(&passage.label(index - 1)) < area(&passage.label(index)))
        && !has_any(&passage.label(index), &["分别", "目标", "其中"])
        && gap.matches([',', '，']).count() == 1
        && !gap.contains(['。', ';', '；', '、']);
    if !fits {
        return None;
    }
    let end = numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(other.at.end..end);
    let sentence = tail.split(['。', ';', '；']).next()?;
    let clause = {
        let mut clauses = sentence.split([',', '，']);
        let rest = clauses.next()?;
        let said = has_any(rest, ABOVE) || has_any(rest, BELOW);
        if said { rest } else { clauses.next().unwrap_or_default() }
    };
    // 比全省平均水平61.2%要高
    let bare = tail.trim_start_matches(|c: char| "的水平值还要更也略稍有所".contains(c));
    let ended = bare.chars().nth(1).is_none_or(|c| "出了,，。一些不;；".contains(c));
    let begins = |words: [char; 3]| compared && ended && bare.starts_with(words);
    let above = has_any(clause, ABOVE) || begins(['高', '多', '快']);
    let below = has_any(clause, BELOW) || begins(['低', '少', '慢']);
    // 高于全县平均 takes the others up again; 还低 stands right behind their value.
    let taken_up = has_any(clause, OTHERS)
        || compared
        || tail.starts_with("还")
        || tail.starts_with("的水平还");
    let far = named && matches!(bare, "高" | "低" | "多" | "少" | "快" | "慢" | "高出" | "多出");
    let whole = end == passage.range.end || clause.len() < tail.len() || far;
    // 低于全县平均水平19100元,但增速高于全县: the growth is what is higher.
    let another = |word: &str| clause.contains(word) && !passage.label(index - 1).contains(word);
    if above == below
        || is_distance(passage, index - 1)
        || !own.is(Class::Share) && ["增速", "增幅", "涨幅", "占比"].iter().any(|w| another(w))
        || !taken_up
        || !whole
        || has_any(clause, &["不低", "不高", "未", "没有", "目标", "力争"])
    {
        return None;
    }
    let wrong = if above {
        own.rounded().high < other.rounded().low
    } else {
        own.rounded().low > other.rounded().high
    };
    wrong.then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let word = if above { "高于" } else { "低于" };
        own.mark(passage.paper, format!("{}并不{word}{};请核对", told(own), told(other)), &[other])
    })
}
