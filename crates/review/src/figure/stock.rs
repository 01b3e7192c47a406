//! What there was, came and went, and what is said to be left.

use ::figure::{Class, Decimal};
use pack::ReviewRule;

use super::period::nested;
use super::reading::balance::{
    LENT, LOANS, TURNING, UNMOVED, is_dated_end, may_be, same_thing, turned,
};
use super::reading::extent::Extent;
use super::reading::number::Number;
use super::reading::passage::{
    Passage, across, across_three, has_any, ones, pairs, passages, triples,
};
use super::reading::role::{self, Way};
use super::reading::stock_words::{CLOSING, IN, OPENING, OUT};
use crate::finding::Mark;
use crate::paper::Paper;
use doubt::{is_cut_short, is_explained, is_far, is_of_other, is_told_in_part};
use pending::pending;
use untold::is_hinted;

mod carried;
mod doubt;
mod framed;
mod leftover;
mod netted;
mod pending;
pub(super) mod rest;
mod slipped;
pub(super) mod target;
mod untold;

/// Marks stocks that the flows do not lead to.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let sentences = passages(paper);
    marks.extend(leftover::find(paper, &sentences));
    for passage in &sentences {
        for index in 0..passage.numbers.len() {
            marks.extend(cumulated(passage, index));
            marks.extend(netted::find(passage, index));
        }
    }
    for passage in sentences.iter().chain(&pairs(&sentences)).chain(&triples(&sentences)) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| framed::find(passage, i)));
        if is_told_in_part(&passage.words(passage.range.clone())) {
            continue;
        }
        for index in 0..passage.numbers.len() {
            let left = closing(passage, index)
                .or_else(|| pending(passage, index))
                .or_else(|| rest::remaining(passage, index))
                .or_else(|| rest::distance(passage, index))
                .or_else(|| carried::find(passage, index))
                .or_else(|| carried::told_first(passage, index))
                .or_else(|| target::find(passage, index))
                .or_else(|| target::claimed(passage, index))
                .or_else(|| slipped::find(passage, index));
            marks.extend(left);
        }
    }
    for passage in across(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| carried::find(&passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| slipped::find(&passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| target::find(&passage, i)));
    }
    for passage in across_three(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| carried::find(&passage, i)));
        marks.extend((0..passage.numbers.len()).filter_map(|i| slipped::find(&passage, i)));
    }
    marks.retain(|mark| !doubt::is_left_out(paper, mark));
    marks.sort_by_key(|mark| (mark.at.start, mark.at.end));
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Opening,
    In,
    Out,
    Closing,
}

fn step(label: &str) -> Option<Step> {
    // Most words do not stand there, which is seen sooner than where the last of them does.
    let last = |words: &[&str]| {
        let met = words.iter().filter(|word| label.contains(**word));
        met.filter_map(|word| label.rfind(word)).max()
    };
    if label.contains("其中")
        || label.contains("同比")
        || label.contains(['均', '含'])
        || has_any(label, &["应付", "应收"])
    {
        return None;
    }
    if has_any(label, OPENING) {
        return Some(Step::Opening);
    }
    let ended =
        label.ends_with(['末', '为']) && has_any(label, &["月末", "季度末", "现为", "年末为"]);
    let now = label.starts_with('现') || label.ends_with(['达', '剩']);
    if has_any(label, CLOSING) || ended || now {
        return Some(Step::Closing);
    }
    match (last(IN), last(OUT)) {
        (Some(a), Some(b)) => Some(if a > b { Step::In } else { Step::Out }),
        (Some(_), None) => Some(Step::In),
        (None, Some(_)) => Some(Step::Out),
        _ => by_character(label),
    }
}

/// The way a change goes by the last telling character of its words: 轮入, 剔旧, 枯死.
fn by_character(label: &str) -> Option<Step> {
    let way = role::told_last(label, &[role::COMES], &[role::GOES])?;
    Some(if way == Way::In { Step::In } else { Step::Out })
}

pub(super) fn usable(number: &Number) -> bool {
    !number.per
        && number.class.is_none_or(|class| {
            !matches!(
                class,
                Class::Share
                    | Class::Points
                    | Class::Multiples
                    | Class::Years
                    | Class::Days
                    | Class::Months
            )
        })
}

/// The words of a number with the time that its sentence begins with: 年初,监测对象96户.
fn timed_label(passage: &Passage<'_>, index: usize) -> String {
    let (gap, label) = (passage.gap(index), passage.label(index));
    let sentence = gap.rsplit(['。', ';', '；', '\n']).next().unwrap_or_default();
    let told = sentence.split_once([',', '，']).filter(|(_, rest)| !rest.contains([',', '，']));
    let time = told.map(|(time, _)| time.trim()).filter(|time| {
        let is_end = |word: &&str| time.ends_with(*word);
        time.chars().count() <= TIME && ["年初", "年末", "年底"].iter().any(is_end)
    });
    time.map_or(label.clone(), |time| format!("{time}{label}"))
}

/// Letters of a time that a sentence begins with.
const TIME: usize = 8;

/// `年初240户,新增35户,退出20户,年末255户`.
fn closing(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let mark = closing_by(passage, last, true)?;
    // 新增41家、注销18家,净增23家 tells by how much the two changed it: it is no third change.
    let nets = (0..last).any(|index| passage.label(index).contains('净'));
    if nets && closing_by(passage, last, false).is_none() { None } else { Some(mark) }
}

/// The same with the net change among the others, or without it.
fn closing_by(passage: &Passage<'_>, last: usize, has_net: bool) -> Option<Mark> {
    let end = &passage.numbers[last];
    let label = passage.label(last);
    if step(&label) != Some(Step::Closing) || !usable(end) {
        return None;
    }
    let is_loan = has_any(&passage.words(passage.range.clone()), LOANS);
    let mut sum = Extent::exact(Decimal::ZERO);
    let (mut terms, mut also) = (String::new(), Vec::new());
    let (mut more, mut less, mut opening) = (false, false, None);
    let (mut unknown, mut all): (Vec<&Number>, Decimal) = (Vec::new(), Decimal::ZERO);
    for index in (0..last).rev() {
        let number = &passage.numbers[index];
        if !number.is_alike(end) {
            continue;
        }
        let shown = end.told(passage.paper, number.value);
        // What is mended or trained stays what it was.
        let label = timed_label(passage, index);
        if !has_net && label.contains('净') {
            continue;
        }
        if step(&label).is_none()
            && has_any(&label, &["加固", "改造", "维修", "维护", "培训", "升级"])
        {
            continue;
        }
        let lent = is_loan && has_any(&label, LENT);
        let step = if lent { Some(Step::In) } else { step(&label) };
        // 离院的里头过世9位 tells a part of those who left.
        if has_any(&passage.gap(index), &["里头", "里面", "当中"]) {
            return None;
        }
        let Some(step) = step else {
            unknown.push(number);
            continue;
        };
        match step {
            Step::In => {
                sum = sum.plus(number.rounded())?;
                terms = format!("+{shown}{terms}");
                more = true;
            }
            Step::Out => {
                sum = sum.minus(number.rounded())?;
                terms = format!("-{shown}{terms}");
                less = true;
            }
            Step::Opening => {
                sum = sum.plus(number.rounded())?;
                terms = format!("{shown}{terms}");
                opening = Some(index);
            }
            // 2022年底有116名: the end of another year is where this one begins.
            Step::Closing if is_dated_end(&label) => {
                sum = sum.plus(number.rounded())?;
                terms = format!("{shown}{terms}");
                opening = Some(index);
            }
            Step::Closing => return None,
        }
        if step != Step::Out {
            all = all.checked_add(number.value)?;
        }
        also.push(number);
        if opening.is_some() {
            break;
        }
    }
    let opening = opening?;
    let start = passage.label(opening);
    // With one kind of change told, another may be untold, unless the words tie the two ends.
    let tied = more && less
        || start.contains("原")
        || (opening + 1..last).any(|i| passage.label(i).contains('净'))
        || has_any(&passage.between(opening, last), UNMOVED)
        || has_any(&label, &["达到", "增至", "增加到", "降至", "减少到", "减至", "降到", "升到"]);
    let near = more
        && less
        && sum.widened(end.value.abs().checked_div(Decimal::from(5))?)?.meets(end.extent);
    let same = same_thing(&passage.around(opening), &passage.around(last));
    if !tied || !(more || less) || !(same || near) {
        return None;
    }
    // What is told beside them may have come, gone or be of something else.
    if !unknown.is_empty() && (unknown.len() > 1 || !(more || less) || may_be(sum, &unknown, end)) {
        return None;
    }
    if carried::is_of_births(&passage.words(passage.range.clone())) {
        return None;
    }
    // 虽已消除风险,但继续保留在册: they are counted still.
    if has_any(&passage.between(opening, last), &["继续保留", "保留在册", "仍保留", "不退出"])
    {
        return None;
    }
    // 收回 takes from a loan and adds to a store: either way may be meant.
    let turning: Vec<&Number> = (opening + 1..last)
        .filter(|i| has_any(&passage.label(*i), if is_loan { LENT } else { TURNING }))
        .map(|i| &passage.numbers[i])
        .filter(|n| n.is_alike(end))
        .collect();
    let ones = Decimal::from(ones(passage, &end.counter));
    if turned(sum, &turning, end) || sum.widened(ones)?.meets(end.forgiving()) {
        return None;
    }
    if sum.meets(end.forgiving()) || also.iter().any(|n| n.kind != end.kind) {
        return None;
    }
    let middle = sum.low.checked_add(sum.high)?.checked_div(Decimal::TWO)?;
    let gap = end.value.checked_sub(middle)?.abs();
    if is_far(gap, all.max(end.value))? || is_of_other(passage, &passage.numbers[opening], end) {
        return None;
    }
    also.push(end);
    if is_explained(passage, end, &also, gap)
        || is_hinted(passage, &also, gap)
        || is_cut_short(passage, &also, end)
    {
        return None;
    }
    also.pop();
    let message = format!(
        "{terms}={},不是{},差{};请核对期初、增减和期末数",
        end.told(passage.paper, middle),
        passage.words(end.at.clone()),
        end.told(passage.paper, gap)
    );
    Some(end.mark(passage.paper, message, &also))
}

/// `今年新增320人,累计280人`.
fn cumulated(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let all = &numbers[index];
    let label = passage.label(index);
    let bare = |words: &str| {
        let mut words = words.to_owned();
        for word in [
            "累计",
            "今年",
            "本年",
            "全年",
            "本月",
            "当年",
            "上半年",
            "前三季度",
            "一季度",
            "新增",
            "已",
            "共",
            "达",
            "到",
            "了",
            "以来",
            "年度",
            "总",
            "数",
        ] {
            words = words.replace(word, "");
        }
        words
    };
    if !label.contains("累计") || !usable(all) || all.direction.is_some() {
        return None;
    }
    let before = index.checked_sub(1)?;
    let now = &numbers[before];
    let words = passage.label(before);
    let same = now.is_alike(all)
        && now.kind == all.kind
        && usable(now)
        && has_any(&words, &["今年", "本年", "全年", "本月", "当年", "年内", "上半年", "季度"])
        && passage.between(before, index).matches([',', '，']).count() == 1
        && !words.contains("累计");
    // 全年6150万元,前三季度累计4710万元: what is summed up is of a part of the time.
    let months = |words: &str| nested::months_in(words).map_or(12, |(from, to)| to - from);
    if months(&label) < months(&words) {
        return None;
    }
    let (thing, other) = (bare(&passage.around(before)), bare(&passage.around(index)));
    if !same
        || !(other.is_empty() || thing.contains(&other))
        || now.rounded().low <= all.forgiving().high
    {
        return None;
    }
    let message = format!(
        "累计{}小于本期{}:累计不能少于其中一期;请核对",
        all.told(passage.paper, all.value),
        all.told(passage.paper, now.value)
    );
    Some(all.mark(passage.paper, message, &[now]))
}
