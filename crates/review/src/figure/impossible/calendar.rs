//! Months, quarters, days and hours that no calendar and no clock has.

use std::ops::Range;

use crate::figure::reading::passage::{has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;
use crate::paper::Paper;

/// Marks months, quarters and times that there are not.
pub(super) fn find(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut marks = Vec::new();
    for at in 0..chars.len() {
        let found = month(chars, at)
            .or_else(|| quarter(chars, at))
            .or_else(|| time(chars, at))
            .or_else(|| half(chars, at))
            .or_else(|| many_days(chars, at))
            .or_else(|| old(chars, at))
            .or_else(|| young(chars, at));
        if let Some((place, message)) = found {
            marks.push(Mark { at: paper.origin(&place), message, also: Vec::new() });
        }
    }
    marks
}

/// The year that a 29 February without one is of, where its sentence names that one alone:
/// 2023年,…2月29日召开会议.
pub(super) fn year_ahead(chars: &[char], date: &small::Written) -> Option<u32> {
    if date.year.is_some() || (date.month, date.day) != (2, Some(29)) {
        return None;
    }
    let from =
        chars[..date.at.start].iter().rposition(|c| "。\n".contains(*c)).map_or(0, |p| p + 1);
    let end = chars[date.at.start..].iter().position(|c| "。\n".contains(*c));
    let end = end.map_or(chars.len(), |p| date.at.start + p);
    let years: Vec<u32> = (from..end)
        .filter_map(|at| small::digits_at(chars, at))
        .filter(|(year, end)| (1900..2100).contains(year) && chars.get(*end) == Some(&'年'))
        .map(|(year, _)| year)
        .collect();
    let (only, others) = years.split_first()?;
    others.iter().all(|year| year == only).then_some(*only)
}

fn words(chars: &[char], from: usize, to: usize) -> String {
    chars[from.min(chars.len())..to.min(chars.len())].iter().collect()
}

/// `年龄最大的168岁`: nobody has been that old; trees and houses have.
fn old(chars: &[char], at: usize) -> Option<(Range<usize>, String)> {
    let (value, end) = small::digits_at(chars, at)?;
    let skip = usize::from(chars.get(end) == Some(&'周'));
    let lead = words(chars, at.saturating_sub(40), at);
    let lead = lead.rsplit(['。', '\n']).next().unwrap_or_default();
    let older = [
        "古树",
        "树龄",
        "老树",
        "古柏",
        "柏树",
        "银杏",
        "古松",
        "古樟",
        "香樟",
        "古桥",
        "古寺",
        "合计",
        "相加",
        "总和",
        "加起来",
    ];
    // 柏树巷的最年长老人 is a person all the same.
    let clause = lead.rsplit([',', '，']).next().unwrap_or_default();
    let person = has_any(clause, &["老人", "年长", "寿星"]);
    let told =
        chars.get(end + skip) == Some(&'岁') && value > 125 && (person || !has_any(lead, &older));
    told.then(|| (at..end + skip + 1, "没有人有这个年龄;请核对".to_owned()))
}

/// `13月底`, `2023年14月`: a month alone, where its words make it one.
fn month(chars: &[char], at: usize) -> Option<(Range<usize>, String)> {
    let (value, end) = small::digits_at(chars, at)?;
    let is_month = chars.get(end) == Some(&'月') && (value > 12 || value == 0);
    if !is_month || value > 99 {
        return None;
    }
    let day = small::digits_at(chars, end + 1)
        .is_some_and(|(_, end)| matches!(chars.get(end), Some('日' | '号')));
    let tail = words(chars, end + 1, end + 3);
    let lead = words(chars, at.saturating_sub(1), at);
    // 1—13月 and 1至13月, but not the ages 6—18月.
    let run: String = words(chars, at.saturating_sub(4), at);
    let first = run.trim_end_matches(['-', '—', '–', '~', '～', '至', '到']);
    let spans = first.len() < run.len()
        && first.ends_with(|c: char| c.is_ascii_digit())
        && (tail.is_empty() || tail.starts_with([',', '，', '、', '。', '全', '累', '我', '共']));
    let named = spans
        || has_any(&tail, &["底", "初", "份", "末", "中旬", "上旬", "下旬", "起"])
        || (lead == "年" || lead == "至" || lead == "到");
    // 18月龄 is an age, and a day behind makes it a date that another check reads.
    (named && !day && !tail.starts_with('龄')).then(|| {
        let place = at..end + 1;
        (place, format!("没有{value}月,一年只有12个月;请核对月份"))
    })
}

/// `第五季度`.
fn quarter(chars: &[char], at: usize) -> Option<(Range<usize>, String)> {
    if chars[at] != '第' && !chars[at].is_ascii_digit() {
        return None;
    }
    let from = at + usize::from(chars[at] == '第');
    let (value, end) = small::number_at(chars, from)?;
    let is_quarter = words(chars, end, end + 2) == "季度" && value > 4;
    // 5个季度 counts quarters.
    is_quarter.then(|| (at..end + 2, format!("没有第{value}季度,一年只有4个季度;请核对")))
}

/// `上午15时`, `26点`, `8:75`.
fn time(chars: &[char], at: usize) -> Option<(Range<usize>, String)> {
    let (hour, end) = small::digits_at(chars, at)?;
    let lead = words(chars, at.saturating_sub(3), at);
    let day = lead.ends_with(['午', '晨', '晚', '日', '间']) || lead.ends_with("每天");
    let mark = *chars.get(end)?;
    let next = words(chars, end + 1, end + 2);
    match mark {
        '时' | '点' if day && !next.starts_with(['间', '个', '位']) => {
            let minute =
                small::digits_at(chars, end + 1).filter(|(_, end)| chars.get(*end) == Some(&'分'));
            let late = minute.is_some_and(|(minute, _)| minute > 59);
            let morning = (lead.ends_with("上午") || lead.ends_with("凌晨")) && hour > 12;
            // Hours with minutes behind 时 are read by the rule itself.
            let own = mark == '点' || minute.is_none();
            ((hour > 24 || late) && own || (morning && hour <= 24)).then(|| {
                let place = at..minute.map_or(end + 1, |(_, end)| end + 1);
                (place, "没有这个时刻;请核对时间".to_owned())
            })
        }
        ':' | '：' => {
            let (minute, close) = small::digits_at(chars, end + 1)?;
            let two = close == end + 3;
            // 8:00至26:00
            let until = lead.trim_end_matches(['至', '到', '-', '—', '~', '～']);
            let until = until.len() < lead.len() && until.ends_with(|c: char| c.is_ascii_digit());
            let is_time = (day || until && minute == 0 && hour < 30)
                && two
                && !matches!(chars.get(close), Some(':' | '：'));
            (is_time && (minute > 59 || hour > 24))
                .then(|| (at..close, "没有这个时刻;请核对时间".to_owned()))
        }
        _ => None,
    }
}

/// `每天26小时`, `每天值班时间保证26小时`, `一周8天`.
fn half(chars: &[char], at: usize) -> Option<(Range<usize>, String)> {
    const LIMITS: &[(&str, &str, u32)] = &[
        ("每天", "小时", 24),
        ("每日", "小时", 24),
        ("一天", "小时", 24),
        ("每周", "天", 7),
        ("一周", "天", 7),
        ("每月", "天", 31),
        ("每年", "个月", 12),
        ("全年", "个月", 12),
    ];
    let (value, end) = small::digits_at(chars, at)?;
    let lead = words(chars, at.saturating_sub(12), at);
    let tail = words(chars, end, end + 3);
    let tail = tail.strip_prefix('个').filter(|rest| !rest.starts_with('月')).unwrap_or(&tail);
    let (span, unit, most) = LIMITS.iter().find(|(span, unit, most)| {
        let near = lead.rfind(span).is_some_and(|byte| {
            let between = &lead[byte + span.len()..];
            between.chars().count() <= 8
                && between.chars().all(char::is_alphabetic)
                && !has_any(between, &["以", "累计", "合计", "人均", "共", "台", "轮"])
                && !["合计", "共", "累计"].iter().any(|word| lead[..byte].ends_with(word))
        });
        near && tail.starts_with(unit) && value > *most
    })?;
    Some((at..end + unit.chars().count(), format!("{span}没有{value}{unit},最多{most};请核对")))
}

/// `班子成员平均年龄4.6岁`: those who hold an office or a job are grown up.
fn young(chars: &[char], at: usize) -> Option<(Range<usize>, String)> {
    const GROWN: &[&str] = &[
        "班子",
        "干部",
        "党员",
        "职工",
        "队员",
        "代表",
        "委员",
        "成员",
        "书记",
        "教师",
        "医生",
        "护士",
        "民警",
        "人员",
        "村民",
        "老人",
        "志愿者",
    ];
    let name: Vec<char> = "平均年龄".chars().collect();
    let behind = chars.get(at..).and_then(|rest| rest.strip_prefix(name.as_slice()))?;
    let skip = behind.iter().take_while(|c| "为是约仅达到在只有".contains(**c)).count();
    let from = at + name.len() + skip;
    let shown = chars[from..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let age: u32 = words(chars, from, from + shown).split('.').next()?.parse().ok()?;
    let end = from + shown;
    let lead = words(chars, at.saturating_sub(30), at);
    let lead = lead.rsplit(['。', '\n']).next().unwrap_or_default();
    let told = chars.get(end) == Some(&'岁') && age < 16 && has_any(lead, GROWN);
    let is_child = has_any(lead, &["学生", "儿童", "幼儿", "少年", "孩子", "少先队"]);
    (told && !is_child).then(|| {
        let shown = words(chars, from, end);
        (from..end + 1, format!("平均年龄不会只有{shown}岁;请核对"))
    })
}

/// `全年优良天数372天`, `全年免费开放378天`.
fn many_days(chars: &[char], at: usize) -> Option<(Range<usize>, String)> {
    let (value, end) = small::digits_at(chars, at)?;
    let lead = words(chars, at.saturating_sub(14), at);
    let named = has_any(&lead, &["优良天数", "达标天数", "无霜期", "优良天气", "晴天", "好天气"])
        && !has_any(&lead, &["累计", "合计", "两年", "三年", "连续"]);
    let opened = lead.rsplit_once("全年").is_some_and(|(_, behind)| {
        let plain = behind.chars().all(char::is_alphabetic);
        plain
            && has_any(behind, &["开放", "开馆", "运行", "值守", "营业", "降雨", "供水", "无"])
            && !has_any(behind, &["累计", "合计", "共", "各", "人"])
    });
    // 2024年我镇有13个月排名前三
    let clause = lead.rsplit(is_clause_mark).next().unwrap_or_default();
    let behind = words(chars, end, (end + 2).min(chars.len()));
    if behind == "个月" && value > 12 && lead.ends_with('有') && clause.contains('年') {
        return Some((at..end + 2, format!("一年没有{value}个月;请核对月数")));
    }
    ((named || opened) && chars.get(end) == Some(&'天') && value > 366)
        .then(|| (at..end + 1, format!("一年没有{value}天;请核对天数")))
}
