//! How many are announced, and how many are named.

use std::ops::Range;

use pack::ReviewRule;

use super::period::years::run_at;
use super::reading::passage::{Passage, has_any, is_clause_mark, passages};
use super::reading::small;
use crate::finding::Mark;
use crate::paper::Paper;

mod cases;
mod dates_row;
mod foremost;
pub(super) mod formula;
mod groups;
mod items;
mod numbered;
mod opened;
mod persons;
mod placed;
mod posts;
mod quoted;
mod respect;

/// Marks lists that are longer or shorter than is said.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = numbered::numbered(paper);
    marks.extend(numbered::ordered(paper));
    marks.extend(numbered::two_sided(paper));
    marks.extend(numbered::headed(paper));
    for passage in passages(paper) {
        marks.extend(respectively(&passage));
        marks.extend(named(&passage));
        marks.extend(respect::values(&passage));
        marks.extend(foremost::find(&passage));
        marks.extend((0..passage.numbers.len()).filter_map(|i| posts::find(&passage, i)));
        marks.extend(items::rows(&passage));
        marks.extend(formula::named(&passage));
        marks.extend(formula::deeds(&passage));
        marks.extend(formula::measured(&passage));
        marks.extend(formula::alike(&passage));
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

pub(super) fn mark(paper: &Paper, at: Range<usize>, message: String) -> Mark {
    Mark { at: paper.origin(&at), message, also: Vec::new() }
}

/// How many names a row of words may hold: 和 may join two names or be part of one.
fn counts(words: &str) -> (usize, usize) {
    let certain = words.matches('、').count() + 1;
    let words = words.replace("以及", "及");
    // 和平 begins a name and joins none.
    let joins = words.split('、').map(|name| name.chars().skip(1));
    (certain, certain + joins.flatten().filter(|c| "和及与暨".contains(*c)).count())
}

/// The names that end some words, without what is told of them all before: 交通便利、基础较好的上湾、石门.
fn row_of(names: &str) -> &str {
    names.rsplit_once('的').map_or(names, |(_, row)| if row.contains('、') { row } else { names })
}

/// Whether words count what they name: 三项工作, 两个村.
fn is_counted(names: &str) -> bool {
    let chars: Vec<char> = names.chars().collect();
    (0..chars.len()).any(|at| {
        let counter = small::number_at(&chars, at).and_then(|(_, end)| chars.get(end).copied());
        counter.is_some_and(|c| "个项方大类家村镇县地者级种条起名位".contains(c))
    })
}

/// The words without what stands in brackets.
fn without_brackets(chars: &[char]) -> Vec<char> {
    let mut depth = 0_usize;
    let mut kept = Vec::new();
    for c in chars {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(*c),
            _ => {}
        }
    }
    kept
}

/// `甲、乙、丙分别为35万元、42万元`.
fn respectively(passage: &Passage<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let words = passage.words(passage.range.clone());
    // How many values stood behind the 分别 before.
    let mut told: Option<usize> = None;
    for (byte, word) in words.match_indices("分别").chain(words.match_indices("依次为")) {
        let at = passage.range.start + words[..byte].chars().count();
        let before = without_brackets(&passage.paper.chars[passage.range.start..at]);
        let start = before.iter().rposition(|c| is_clause_mark(*c)).map_or(0, |k| k + 1);
        let mut names: String = before[start..].iter().collect();
        // The names may stand before a comma: 甲、乙两村,分别…
        if names.is_empty() {
            let end = start.saturating_sub(1);
            let start = before[..end].iter().rposition(|c| is_clause_mark(*c)).map_or(0, |k| k + 1);
            names = before[start..end].iter().collect();
        }
        let Some(first) = passage.numbers.iter().position(|n| n.at.start > at) else { continue };
        let lead: String =
            passage.words(at + word.chars().count()..passage.numbers[first].at.start);
        if lead.chars().count() > 12 || lead.contains(is_clause_mark) || lead.contains('、') {
            continue;
        }
        let (mut values, mut last) = (1, first);
        while last + 1 < passage.numbers.len() {
            match passage.gap(last + 1).trim() {
                // 38户156人 is one value in two units.
                "" => {}
                "、" | "和" | "及" | "与" | "以及" => values += 1,
                _ => break,
            }
            last += 1;
        }
        let tail_end = passage.numbers.get(last + 1).map_or(passage.range.end, |n| n.at.start);
        let tail: String =
            passage.words(passage.numbers[last].at.end..tail_end).chars().take(2).collect();
        // A list that goes on in words (5个、乡1个) is not read; nor one of names that are counted.
        let unread = tail.starts_with(['、', '和', '及', '与']);
        let years = years(&before);
        let of_stretch = whole_stretch(&names);
        let known = quarters(&before).or(years).or(of_stretch);
        // Two years of two crops have four values.
        let run = (0..before.len()).find_map(|at| run_at(&before, at));
        let times = run.and_then(|run| usize::try_from(run.count).ok()).unwrap_or(1);
        let (least, most) = known.unwrap_or_else(|| counts(&names));
        // 1月、2月、3月分别受理: the months are named by their numbers.
        let months = names.split('、').all(|name| name.ends_with('月'));
        let vague = has_any(&names, &["等", "各", "每", "\u{201d}", "《"])
            || is_counted(&names) && of_stretch.is_none()
            || years.is_none() && !months && names.chars().any(|c| c.is_ascii_digit());
        // 分别达到186亿元、121亿元,分别较年初增长6.3%、9.8%: the second row is of what the first is of.
        let again = before[start..].len() <= 4
            && has_any(&lead, &["增", "降", "减", "升", "占", "比"])
            && !words[..byte].ends_with('。');
        let same = told.filter(|_| again && known.is_none()).map(|count| (count, count));
        told = Some(values).filter(|_| !unread && !vague);
        let ((least, most), vague) = same.map_or(((least, most), vague), |same| (same, false));
        // 养老保险和医疗保险分别: two names may be joined by 和 alone.
        let few = least < 2 && (most < 2 || values <= most);
        let fits = (least..=most).contains(&values)
            || known.is_none() && (least * times..=most * times).contains(&values);
        if values < 2 || unread || vague || few || fits {
            continue;
        }
        let place = at..passage.numbers[last].at.end;
        let message = format!("“分别”前有{least}项,后有{values}个数,对不上;请核对");
        marks.push(mark(passage.paper, place, message));
    }
    marks
}

/// How many quarters or months a sentence is said to be of: 一至四季度, 1至3月.
fn quarters(before: &[char]) -> Option<(usize, usize)> {
    let words: String = before.iter().collect();
    let at = ["季度", "月"].iter().find_map(|unit| words.find(unit))?;
    let lead: Vec<char> = words[..at].chars().collect();
    let join = lead.iter().rposition(|c| matches!(c, '至' | '到' | '-' | '—'))?;
    let (last, end) = small::number_at(&lead, join + 1)?;
    let start = (0..join).rev().take_while(|k| small::number_at(&lead, *k).is_some()).last()?;
    let (first, close) = small::number_at(&lead, start)?;
    let count = usize::try_from(last.checked_sub(first)? + 1).ok()?;
    let plain = end == lead.len() && close == join && start <= 6 && !words.contains('、');
    (plain && (2..=12).contains(&count)).then_some((count, count))
}

/// How many quarters or months words begin with: 四个季度的涨幅.
fn whole_stretch(names: &str) -> Option<(usize, usize)> {
    let start =
        names.trim_start_matches("年内").trim_start_matches("全年").trim_start_matches("今年");
    let chars: Vec<char> = start.chars().collect();
    let (count, end) = small::number_at(&chars, 0)?;
    let rest: String = chars[end..].iter().collect();
    let told = ["个季度", "个月"].iter().any(|unit| rest.starts_with(unit));
    let count = usize::try_from(count).ok()?;
    let alone = !rest.contains(['、', '和', '与', '及', '两']);
    (told && alone && (2..=12).contains(&count)).then_some((count, count))
}

/// How many years the words before a row are told of: 2021年至2023年, 2021年、2022年、2023年.
fn years(before: &[char]) -> Option<(usize, usize)> {
    let run = (0..before.len()).find_map(|at| run_at(before, at))?;
    // 2021年至2023年两区分别 names others that the values are of.
    let rest: String = before[run.at.end..].iter().collect();
    // 2021年、2022年、2023年三年 says again how many they are.
    let rest = rest.trim_start_matches('年').trim_start_matches('这');
    let rest =
        ["两年", "三年", "四年", "五年"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    let alone = !rest.contains(['、', '和', '与', '及', '两', '三']);
    let count = usize::try_from(run.count).ok()?;
    (alone && run.last > run.first).then_some((count, count))
}

/// Things that are named one by one before or behind their number.
const PLACES: &[&str] = &[
    "同志",
    "先进",
    "村",
    "社区",
    "镇",
    "乡镇",
    "乡",
    "部门",
    "单位",
    "企业",
    "街道",
    "县",
    "市",
    "省",
    "区",
    "公司",
    "站所",
    "行业",
    "组",
    "小区",
    "学校",
    "基地",
    "园区",
    "项目",
    "产业",
    "领域",
    "协会",
    "合作社",
    "行政村",
    "自然村",
    "村民小组",
    "个村",
    "建制村",
];

/// `甲、乙、丙、丁、戊6个村` and `3个村:甲、乙`.
fn named(passage: &Passage<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (index, number) in passage.numbers.iter().enumerate() {
        let noun = passage.noun(index);
        let Ok(said) = usize::try_from(number.value) else { continue };
        let unit = number.unit.as_str();
        let things = matches!(unit, "个" | "家" | "名" | "位" | "人")
            && number.is_exact()
            && (2..=30).contains(&said);
        if !things || number.value.scale() > 0 && !number.value.fract().is_zero() {
            continue;
        }
        let named =
            before(passage, index, &noun, said, unit).or_else(|| behind(passage, index, said));
        if let Some(count) = named {
            let words = passage.words(number.at.clone());
            let message = format!("说是{words}{noun},列出的名称有{count}个;请核对");
            marks.push(mark(passage.paper, number.at.clone(), message));
        }
    }
    marks
}

/// The number of names right before a number, where it is not the one said.
fn before(
    passage: &Passage<'_>,
    index: usize,
    noun: &str,
    said: usize,
    unit: &str,
) -> Option<usize> {
    let gap = passage.gap(index);
    let names = row_of(gap.rsplit(is_clause_mark).next()?.trim());
    let (least, most) = counts(names);
    let last = names.rsplit('、').next()?;
    if last.starts_with('等') || least < 2 {
        return None;
    }
    let open = last.ends_with('等');
    // 5个重点领域 are named one by one as 5个领域 are.
    let noun = noun.trim_start_matches('的');
    let noun = ["重点", "一般", "主要", "薄弱"]
        .iter()
        .find_map(|lead| noun.strip_prefix(lead))
        .unwrap_or(noun);
    let short = |name: &str, most: usize| (2..=most).contains(&name.chars().count());
    let mut parts: Vec<&str> = names.split('、').collect();
    let first = if parts.is_empty() { "" } else { parts.remove(0) };
    if parts.iter().any(|part| part.chars().any(|c| c.is_ascii_digit())) || first.contains("其中")
    {
        return None;
    }
    if open {
        // 甲、乙等5家 names no more than there are.
        return (least > said).then_some(least);
    }
    let kind =
        PLACES.iter().any(|place| noun.starts_with(place)) || (unit == "家" && noun.is_empty());
    let alike = parts.iter().all(|part| short(part, 8)) && least >= 3;
    let near =
        said.abs_diff(least).min(said.abs_diff(most)) <= 2 && !(least..=most).contains(&said);
    (kind && alike && near).then_some(least)
}

/// The number of names behind a number, where it is not the one said.
fn behind(passage: &Passage<'_>, index: usize, said: usize) -> Option<usize> {
    let number = &passage.numbers[index];
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let words = passage.words(number.at.end..end);
    let (at, open) = words.char_indices().find(|(_, c)| is_clause_mark(*c) || *c == '、')?;
    let noun = &words[..at];
    if !PLACES.iter().any(|place| noun.ends_with(place)) || noun.chars().count() > 8 {
        return None;
    }
    let inside = match open {
        '(' | '（' => words[at + open.len_utf8()..].split([')', '）']).next()?,
        ':' | '：' => words[at + open.len_utf8()..].split(['。', ',', '，', ';', '；']).next()?,
        _ => return None,
    };
    // A number inside would be a list of its own.
    if words.len() <= at + open.len_utf8() + inside.len()
        || has_any(inside, &["等", "其中", ",", "，", ";", "；", "。", "含"])
    {
        return None;
    }
    let (least, most) = counts(inside);
    let short = inside.split('、').all(|name| (2..=12).contains(&name.trim().chars().count()));
    // 25个省（自治区、直辖市） names the kinds and not each of them.
    let near = said <= 2 * least + 1;
    (least >= 2 && short && near && !(least..=most).contains(&said)).then_some(least)
}
