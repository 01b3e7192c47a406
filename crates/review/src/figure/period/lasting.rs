//! How long something lasts, and what ends before it begins.

use std::ops::Range;

use super::beyond::PLANS;
use super::dated::{told, years_told};
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small::{self, Written};
use crate::finding::Mark;
use crate::paper::Paper;

pub(super) const BEGIN: &[&str] = &[
    "开工",
    "启动",
    "动工",
    "打响",
    "开始",
    "立项",
    "开幕",
    "开播",
    "进场",
    "奠基",
    "破土",
    "开赛",
    "打下",
    "打桩",
    "第一锹",
    "第一根桩",
    "下桩",
    "进村",
    "上任",
    "入驻",
    "到任",
    "进驻",
    "任职",
    "开班",
    "首演",
    "首场",
    "开演",
    "开营",
    "开课",
    "开学",
    "开机",
    "开馆",
    "开镰",
    "部署",
    "动员",
    "铺开",
    "铺排",
];

pub(super) const END: &[&str] = &[
    "竣工", "完工", "收官", "结束", "闭幕", "验收", "投产", "投用", "通车", "交付", "建成", "收尾",
    "完成", "落幕", "为止", "止", "离任", "卸职", "离职", "调离", "期满", "卸任", "撤离", "届满",
    "离村", "结业", "结营", "结课", "闭营", "闭馆", "谢幕", "解除", "退场", "送电", "通电", "通水",
    "恢复", "关闭",
];

fn marked(passage: &Passage<'_>, at: &Range<usize>, message: String, ends: &[&Written]) -> Mark {
    let also = ends.iter().map(|end| passage.paper.origin(&end.at)).collect();
    Mark { at: passage.paper.origin(at), message, also }
}

/// `2023年5月开工,2023年3月竣工`: the end before the beginning.
pub(super) fn finished(passage: &Passage<'_>) -> Option<Mark> {
    let dates = told(passage);
    dates.windows(2).find_map(|pair| finished_between(passage, &pair[0], &pair[1]))
}

fn finished_between(passage: &Passage<'_>, first: &Written, second: &Written) -> Option<Mark> {
    let between = passage.words(first.at.end..second.at.start);
    let behind = passage.words(second.at.end..passage.range.end);
    let behind: String = behind.chars().take(8).collect();
    let named = BEGIN.iter().any(|word| between.contains(word)) && has_any(&behind, END);
    let same_year = match (first.year, second.year) {
        (Some(a), Some(b)) => a == b,
        (_, None) if first.month == second.month => first.day.is_some() && second.day.is_some(),
        (_, None) => {
            let this = |words: &str| has_any(words, &["今年", "本年"]);
            let lead = passage.words(first.at.start.saturating_sub(2)..first.at.start);
            // 6月10日开班、5月28日结业: over the turn of the year it would last nearly a year.
            let months = first.month.saturating_sub(second.month);
            let other = ["去年", "上年", "次年", "翌年", "第二年", "今年", "明年", "来年"];
            let turned = (1..=2).contains(&months)
                && first.day.is_some()
                && second.day.is_some()
                && first.year.is_none()
                && !has_any(&passage.words(passage.range.clone()), &other);
            turned || has_any(&between, &["当年", "同年"]) || (this(&lead) && this(&between))
        }
        _ => false,
    };
    let day = |d: &Written| (d.month, d.day.unwrap_or(0));
    let before = first.month > second.month
        || (first.month == second.month
            && first.day.is_some()
            && second.day.is_some()
            && day(first) > day(second));
    let earlier_year = first.year.zip(second.year).is_some_and(|(a, b)| a > b);
    let planned = has_any(&format!("{between}{behind}"), &["计划", "拟", "预计", "早于", "此前"]);
    (named && !planned && between.chars().count() <= 24 && ((same_year && before) || earlier_year))
        .then(|| {
            let (a, b) = (passage.words(first.at.clone()), passage.words(second.at.clone()));
            let message = format!("{a}开始,{b}就结束,终点早于起点;请核对日期");
            marked(passage, &second.at, message, &[first])
        })
}

/// `6月12日通过竣工验收,6月25日施工单位方进场启动建设`: what has ended begins.
pub(super) fn begun_late(passage: &Passage<'_>) -> Option<Mark> {
    const OVER: &[&str] = &["竣工", "完工", "通车", "投用", "投产", "交付使用", "投入使用"];
    const START: &[&str] =
        &["开工", "动工", "进场", "启动建设", "启动施工", "破土", "奠基", "打桩"];
    // What goes on with another stage or another work may well begin later.
    const ANOTHER: &[&str] =
        &["二期", "另", "又", "再", "其余", "其他", "第二", "后续", "次年", "配套", "计划", "拟"];
    let chars = &passage.paper.chars;
    let clause = |end: usize| -> String {
        let words = chars[end..passage.range.end].iter().take(16);
        words.take_while(|c| !matches!(c, ',' | '，' | '。' | ';' | '；')).collect()
    };
    told(passage).windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        let (over, start) = (clause(first.at.end), clause(second.at.end));
        let between = passage.words(first.at.end..second.at.start);
        let one_year = first.year == second.year || second.year.is_none();
        let days = first.day.zip(second.day).is_none_or(|(a, b)| a < b);
        let later = first.month < second.month || first.month == second.month && days;
        let begins = has_any(&start, START) && !has_any(&start, OVER);
        let fits = has_any(&over, OVER)
            && !has_any(&over, START)
            && begins
            && !has_any(&between, ANOTHER)
            && !has_any(&start, ANOTHER)
            && between.chars().count() <= 24
            && !between.contains(['。', ';', '；', '、']);
        (fits && one_year && later).then(|| {
            let (a, b) = (passage.words(first.at.clone()), passage.words(second.at.clone()));
            let message = format!("{a}已经完成,{b}才开始,先后是反的;请核对日期");
            marked(passage, &second.at, message, &[first])
        })
    })
}

/// `2020年立项,2019年建成投产`.
pub(super) fn built(passage: &Passage<'_>) -> Option<Mark> {
    let chars = &passage.paper.chars;
    let clause = |end: usize| -> String {
        let words = chars[end..].iter().take(8);
        words.take_while(|c| !matches!(c, ',' | '，' | '。' | ';' | '；' | '、')).collect()
    };
    let found: Vec<_> =
        years_told(passage).into_iter().map(|(y, at)| (y, at.clone(), clause(at.end))).collect();
    let [(first, _, begun), (last, place, done)] = found.as_slice() else { return None };
    let begins = has_any(begun, &["立项", "开工", "动工", "启动建设", "破土", "奠基", "始建"]);
    let ends = has_any(done, END) && !has_any(done, &["立项", "开工", "计划", "拟"]);
    (begins && ends && last < first).then(|| {
        let message = format!("{first}年开始,{last}年就结束,终点早于起点;请核对年份");
        Mark { at: passage.paper.origin(place), message, also: Vec::new() }
    })
}

/// `“十四五”时期(2021—2024年)`: the years of a five-year plan.
pub(super) fn plans(paper: &Paper) -> Vec<Mark> {
    let text = &paper.cleaned.text;
    let mut marks = Vec::new();
    for (name, from) in PLANS {
        for (byte, _) in text.match_indices(name) {
            let at = text[..byte].chars().count() + 3;
            let tail: Vec<char> = paper.chars[at..paper.chars.len().min(at + 8)].to_vec();
            let Some(open) = tail.iter().position(|c| matches!(c, '(' | '（')) else { continue };
            let plain = tail[..open].iter().all(|c| "”\"时期规划期间".contains(*c));
            let read = || {
                let (first, end) = small::digits_at(&paper.chars, at + open + 1)?;
                let end = end + usize::from(paper.chars.get(end) == Some(&'年'));
                let end = (end..end + 3)
                    .find(|k| paper.chars.get(*k).is_some_and(char::is_ascii_digit))?;
                let (last, close) = small::digits_at(&paper.chars, end)?;
                Some((first, last, close))
            };
            let Some((first, last, close)) = read().filter(|_| plain) else { continue };
            if (first, last) != (*from, from + 4) && first > 1990 && last > 1990 {
                let message =
                    format!("“{name}”是{from}至{}年,不是{first}至{last}年;请核对", from + 4);
                let place = at + open + 1..close;
                marks.push(Mark { at: paper.origin(&place), message, also: Vec::new() });
            }
        }
    }
    marks
}
