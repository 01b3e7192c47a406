//! Two values of which words say that they are alike, or that one came of the other the other way,
//! and a change that the words behind it turn round.

use ::figure::{Class, Decimal};
use prose::Direction;

use super::trend::{is_earlier, is_level_said};
use super::trend_words::lead_of;
use crate::figure::direction::{DOWN, UP};
use crate::figure::growth::bare::only_changes;
use crate::figure::reading::alike::common;
use crate::figure::reading::change::{change, is_reached, is_start};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Whether two numbers are of one kind; a ratio has no unit, but its name tells it.
fn comparable(passage: &Passage<'_>, first: usize, second: usize) -> bool {
    let (a, b) = (&passage.numbers[first], &passage.numbers[second]);
    let named = has_any(&passage.label(first), &["比由", "比从", "指数", "系数", "比值", "倍差"]);
    let plain = |n: &Number| {
        n.direction.is_none() && n.is_exact() && !n.is(Class::Rank) && n.counter != "位"
    };
    a.is_kin(b) && a.kind == b.kind && plain(a) && plain(b) && (!a.unit.is_empty() || named)
}

/// `均价由1月的31.5元变为6月的28.2元,半年来价格总体上升`.
pub(super) fn moved(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let first = index.checked_sub(1)?;
    let (old, new) = (&passage.numbers[first], &passage.numbers[index]);
    let (before, label) = (passage.label(first), passage.label(index));
    let gap = passage.gap(index);
    let turned = has_any(&label, &["变为", "变成", "变化为", "变化到"]);
    let pair = is_start(&before)
        && (is_reached(&label) || turned)
        && comparable(passage, first, index)
        && !gap.contains(['、', ';', '；', '。'])
        && gap.matches([',', '，']).count() <= 1
        && change(&before).is_none();
    if !pair {
        return None;
    }
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(new.at.end..end);
    let sentence = tail.split(['。', ';', '；']).next()?;
    let (said, _) = sentence
        .split([',', '，'])
        .skip(1)
        .take(2)
        .filter_map(|clause| lead_of(clause).map(|said| (said, clause)))
        .find(|(_, clause)| is_of(clause, &before))?;
    let wrong = match said {
        Direction::Up => new.value < old.value,
        Direction::Down => new.value > old.value,
    };
    wrong.then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let (word, is) = match said {
            Direction::Up => ("上升", "下降"),
            Direction::Down => ("下降", "上升"),
        };
        let message =
            format!("说是{word},数字却由{}到{},是{is};请核对数字或说法", told(old), told(new));
        new.mark(passage.paper, message, &[old])
    })
}

/// `由800件增加到880件,下降10%`: the change told behind two values goes the other way than they do.
pub(super) fn turned(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (first, second) = (index.checked_sub(2)?, index - 1);
    let (old, new) = (&passage.numbers[first], &passage.numbers[second]);
    let number = &passage.numbers[index];
    let (start, label) = (passage.label(first), passage.label(index));
    let said = number.direction.or_else(|| change(&label))?;
    let gap = passage.gap(second);
    let (up, down) = (has_any(&gap, UP), has_any(&gap, DOWN));
    let way = if new.value > old.value { Direction::Up } else { Direction::Down };
    // 由12名升到8名,上升4名 is of places in a row: the verb goes against the numbers.
    let verb = up != down && up == (way == Direction::Up);
    // 由年初的150个增至180个,同比减少20%: against last year it may be less.
    let compared = has_any(&label, &["比", "较"]) && !is_earlier(&start);
    let pair = is_start(&start)
        && comparable(passage, first, second)
        && old.value != new.value
        && !gap.contains(['、', ';', '；', '。'])
        && passage.gap(index).matches([',', '，', '。', ';', '；']).count() == 1
        && passage.noun(index).is_empty()
        && only_changes(passage, second, index);
    (pair && verb && !compared && said != way).then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let (word, is) = match said {
            Direction::Up => ("上升", "下降"),
            Direction::Down => ("下降", "上升"),
        };
        let message =
            format!("说是{word},数字却由{}到{},是{is};请核对数字或说法", told(old), told(new));
        number.mark(passage.paper, message, &[old, new])
    })
}

/// Whether a clause is of what two values are of: it names it again, or nothing, or what goes
/// with it — a price, the gap that a ratio measures.
fn is_of(clause: &str, label: &str) -> bool {
    const ALONG: &[(&str, &[&str])] = &[
        ("价格", &["价"]),
        ("行情", &["价"]),
        ("差距", &["比由", "比从", "比值", "差", "倍差", "系数"]),
        ("周期", &["时间", "周期", "时长"]),
        ("用时", &["时间", "时长", "周期"]),
    ];
    const FILL: &[&str] = &[
        "人数",
        "连年",
        "逐季",
        "一路",
        "半年来",
        "一年来",
        "年来",
        "总体",
        "整体",
        "呈",
        "继续",
        "持续",
        "稳步",
        "明显",
        "大幅",
        "进一步",
        "不断",
        "有所",
        "实现",
        "逐步",
        "逐年",
        "态势",
        "趋势",
        "势头",
        "总量",
        "数量",
        "规模",
        "水平",
        "同比",
        "再度",
        "小幅",
        "逐月",
        "上升",
        "下降",
        "增长",
        "减少",
        "增加",
        "提高",
        "降低",
        "缩小",
        "扩大",
        "缩短",
        "回落",
        "提升",
        "上涨",
        "下滑",
        "走低",
        "走高",
        "出",
    ];
    let along = ALONG.iter().find(|(word, _)| clause.contains(word));
    if let Some((_, goes)) = along {
        return has_any(label, goes);
    }
    let rest = FILL.iter().fold(clause.to_owned(), |rest, word| rest.replace(word, ""));
    rest.trim().chars().count() <= 1 || common(clause, label) >= 2
}

/// `火灾起数与去年同期持平,今年共发生33起,去年同期是46起`.
pub(super) fn level(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let first = index.checked_sub(1)?;
    let (a, b) = (&passage.numbers[first], &passage.numbers[index]);
    let (before, label) = (passage.label(first), passage.label(index));
    let lead = passage.words(passage.range.start..a.at.start);
    let clause = lead.rsplit([',', '，', '。', ':', '：']).nth(1)?;
    let said = is_level_said(clause)
        && has_any(clause, &["与", "和", "同", "较", "比"])
        && !has_any(clause, &["不", "未", "率", "增速", "目标", "计划"]);
    let tenth = a.value.max(b.value).checked_div(Decimal::TEN)?;
    let fits = said
        && comparable(passage, first, index)
        && a.per == b.per
        && is_earlier(&before) != is_earlier(&label)
        && passage.gap(index).matches([',', '，', ';', '；', '。']).count() == 1
        && (a.value - b.value).abs() > tenth;
    fits.then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let message = format!("说是持平,数字却是{}和{};请核对数字或说法", told(a), told(b));
        b.mark(passage.paper, message, &[a])
    })
}

/// `12起,同比增加2起,事故起数继续下降`: the change and the words behind it.
pub(super) fn changed(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let number = &passage.numbers[index];
    let way = number.direction.or_else(|| change(&passage.label(index)))?;
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(number.at.end..end);
    let clause = tail.strip_prefix([',', '，'])?.split([',', '，', '。', ';', '；']).next()?;
    let said = lead_of(clause)?;
    let lead = passage.words(passage.range.start..number.at.start);
    // 起数 and its like are what is counted; a rate is of one thing among others.
    let rate = matches!(number.class, Some(Class::Share | Class::Points));
    let same = common(clause, &lead) >= if rate { 3 } else { 2 }
        && !has_any(
            clause,
            &["降幅", "增幅", "增速", "涨幅", "率", "占比", "比重", "结构", "差距"],
        )
        && !has_any(&passage.label(index), &["幅", "速", "率"]);
    (said != way && same && number.value > Decimal::ZERO).then(|| {
        let words = passage.words(number.at.clone());
        let (word, is) = match way {
            Direction::Up => ("增加", "下降"),
            Direction::Down => ("减少", "上升"),
        };
        let message = format!("前面说{word}{words},后面却说{is};请核对升降的说法");
        let before = index.checked_sub(1).map(|before| &passage.numbers[before]);
        let before: Vec<&Number> = before.into_iter().filter(|n| n.is_kin(number)).collect();
        let mut mark = number.mark(passage.paper, message, &before);
        let start = number.at.end + 1;
        mark.also.push(passage.paper.origin(&(start..start + clause.chars().count())));
        mark
    })
}
