//! Days and months that lie outside the period that their sentence is of.

use std::ops::Range;

use prose::Kind;

use super::after;
use super::ahead;
use super::beyond;
use super::clock;
use super::cutoff;
use super::follows;
use super::lasting;
use super::life;
use super::months;
use super::named_years;
use super::ontime;
use super::since;
use super::stretch;
use super::tenure;
use super::years;
use crate::figure::reading::passage::{Passage, adjacent, has_any};
use crate::figure::reading::small::{self, Written};
use crate::finding::Mark;
use crate::paper::Paper;

/// Marks what lies outside of its period.
pub(in crate::figure) fn find(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for passage in passages {
        marks.extend(outside(passage));
        marks.extend(after(passage));
        marks.extend(cutoff::by_then(passage));
        marks.extend(cutoff::told_too_early(passage));
        marks.extend(lasting::finished(passage));
        marks.extend(lasting::built(passage));
        marks.extend(years::find(passage));
        marks.extend(ahead::beyond_plan(passage));
        marks.extend(ahead::months_ahead(passage));
        marks.extend(stretch::find(passage));
        marks.extend(ontime::find(passage));
        marks.extend(follows::find(passage));
        marks.extend(life::find(passage));
        marks.extend(life::young(passage));
        marks.extend(since::find(passage));
        marks.extend(clock::lasting(passage));
        marks.extend(clock::reversed(passage));
        marks.extend(lasting::begun_late(passage));
        marks.extend(beyond::find(passage));
        marks.extend(after::find(passage));
        marks.extend(after::next_month(passage));
        marks.extend(months::between(passage));
        marks.extend(months::term(passage));
        marks.extend(tenure::find(passage));
        marks.extend(named_years::anniversaries(passage));
    }
    for passage in adjacent(passages, 2) {
        marks.extend(stretch::find(&passage));
        marks.extend(ontime::find(&passage));
        marks.extend(follows::find(&passage));
        marks.extend(since::find(&passage));
        marks.extend(clock::lasting(&passage));
        marks.extend(after::find(&passage));
        marks.extend(months::term(&passage));
        marks.extend(tenure::find(&passage));
    }
    marks.extend(clock::weekdays(paper));
    marks.extend(cutoff::after_report(paper, passages));
    marks.extend(cutoff::after_signing(paper, passages));
    marks.extend(cutoff::before_its_year(paper, passages));
    marks.extend(lasting::plans(paper));
    marks.extend(named_years::of_plan(paper));
    marks
}

/// A part of a year with its months.
struct Part {
    name: String,
    months: (u32, u32),
    year: Option<u32>,
    end: usize,
    is_whole: bool,
}

/// Words that let a date be of another time than its sentence.
const OTHER: &[&str] = &[
    "计划",
    "拟",
    "预计",
    "将",
    "原定",
    "力争",
    "定于",
    "截止",
    "到期",
    "顺延",
    "推迟",
    "延期",
    "有效期",
    "去年",
    "上年",
    "同期",
    "上一",
    "前年",
    "次年",
    "明年",
    "下半年",
    "启动前",
    "起施行",
    "印发",
    "文件",
    "《",
    "实施的",
    "政策",
    "开始",
    "以来",
    "届满",
    "公布",
    "通知",
    "提前",
    "下一",
    "下季度",
    "此前",
    "比上年",
    "较上年",
    "追溯",
    "筹备",
    "结转",
    "跨年",
    "收到",
    "补办",
];

/// Months and days as they are told in a sentence, with their year where it is said.
pub(in crate::figure) fn told(passage: &Passage<'_>) -> Vec<Written> {
    let chars = &passage.paper.chars;
    let mut found = Vec::new();
    let mut at = passage.range.start;
    while at < passage.range.end {
        match month_at(chars, at) {
            Some(date) if date.at.end <= passage.range.end => {
                at = date.at.end;
                found.push(date);
            }
            _ => at += 1,
        }
    }
    found
}

/// The years that are told in digits in a sentence, with their places.
pub(super) fn years_told(passage: &Passage<'_>) -> Vec<(u32, Range<usize>)> {
    let chars = &passage.paper.chars;
    let year = |at: usize| {
        let joined = at.checked_sub(1).is_some_and(|before| chars[before].is_ascii_digit());
        let (year, end) = small::digits_at(chars, at).filter(|_| !joined)?;
        let real = (1900..2100).contains(&year) && chars.get(end) == Some(&'年');
        real.then_some((year, at..end + 1))
    };
    passage.range.clone().filter_map(year).collect()
}

/// A date, or a month alone; 3个月 is none.
fn month_at(chars: &[char], at: usize) -> Option<Written> {
    small::date_at(chars, at).or_else(|| {
        let (month, end) = small::digits_at(chars, at)?;
        let alone = chars.get(end) == Some(&'月') && (1..=12).contains(&month);
        alone.then_some(Written { year: None, month, day: None, at: at..end + 1 })
    })
}

/// The part of a year that a sentence begins with.
fn part(passage: &Passage<'_>) -> Option<Part> {
    const PARTS: &[(&str, u32, u32)] = &[
        ("前三季度", 1, 9),
        ("第一季度", 1, 3),
        ("第二季度", 4, 6),
        ("第三季度", 7, 9),
        ("第四季度", 10, 12),
        ("一季度", 1, 3),
        ("二季度", 4, 6),
        ("三季度", 7, 9),
        ("四季度", 10, 12),
        ("上半年", 1, 6),
        ("下半年", 7, 12),
    ];
    let words = passage.words(passage.range.clone());
    let found: Vec<_> = PARTS
        .iter()
        .filter_map(|(name, from, to)| words.find(name).map(|at| (at, *name, *from, *to)))
        .collect();
    let (byte, name, from, to) =
        found.iter().copied().min_by_key(|(at, name, ..)| (*at, std::cmp::Reverse(name.len())))?;
    let lead = words[..byte].chars().count();
    // Two parts in one sentence leave open which a date is of.
    let single = PARTS.iter().all(|(other, ..)| {
        words.matches(other).count() == 0
            || name.contains(other)
            || (other.ends_with(name) && words.matches(name).count() <= 1)
    });
    let end = passage.range.start + lead + name.chars().count();
    (single && lead <= 12).then(|| Part {
        name: name.to_owned(),
        months: (from, to),
        year: years_told(passage)
            .first()
            .filter(|(_, at)| at.end + name.chars().count() == end)
            .map(|(year, _)| *year),
        end,
        is_whole: false,
    })
}

/// The year that a sentence says it is of: 2022年度内, 2022年全年, 2022年,.
fn whole_year(passage: &Passage<'_>) -> Option<Part> {
    let chars = &passage.paper.chars;
    let from = passage.range.start;
    let at = (from..passage.range.end.min(from + 6)).find(|at| chars[*at].is_ascii_digit())?;
    let (year, end) = small::digits_at(chars, at)?;
    let is_year = (1990..2100).contains(&year) && chars.get(end) == Some(&'年');
    let tail: String = chars[end..chars.len().min(end + 4)].iter().collect();
    let whole = ["年度", "年内", "年全年", "年,", "年，", "年我", "年全", "年先后", "年共"]
        .iter()
        .any(|word| tail.starts_with(word));
    (is_year && whole).then(|| Part {
        name: format!("{year}年"),
        months: (1, 12),
        year: Some(year),
        end: end + 1,
        is_whole: true,
    })
}

/// The words of the clause that a date stands in, and the one behind.
fn clause(passage: &Passage<'_>, date: &Written) -> String {
    let chars = &passage.paper.chars;
    let is_end = |c: &char| matches!(c, ',' | '，' | ';' | '；' | '。' | ':' | '：' | '\n');
    let start = chars[passage.range.start..date.at.start]
        .iter()
        .rposition(is_end)
        .map_or(passage.range.start, |k| passage.range.start + k + 1);
    let end = chars[date.at.end..passage.range.end]
        .iter()
        .position(is_end)
        .map_or(passage.range.end, |k| date.at.end + k);
    passage.words(start..end)
}

/// `一季度…1月签约…,5月18日又签下…,均计入本季度`.
fn outside(passage: &Passage<'_>) -> Option<Mark> {
    const WITHIN: &[&str] = &[
        "计入",
        "本季度",
        "当季",
        "期内",
        "季内",
        "半年内",
        "先后",
        "分别",
        "两次",
        "三次",
        "四次",
        "共召开",
        "共开展",
        "共举办",
        "年度内",
        "年内",
        "期间",
        "依次",
        "其中",
        "相继",
        "陆续",
    ];
    let part = part(passage).or_else(|| whole_year(passage))?;
    let words = passage.words(passage.range.clone());
    let dates: Vec<Written> =
        told(passage).into_iter().filter(|d| d.at.start >= part.end).collect();
    let is_in = |date: &Written| {
        let (from, to) = part.months;
        (from..=to).contains(&date.month)
            && part.year.is_none_or(|y| date.year.is_none_or(|d| d == y))
    };
    let foreign = has_any(
        &words,
        &["至次年", "跨年", "历时", "从去年", "自去年", "截至", "截止", "同期", "比上年"],
    ) || (words.contains("以来") && !words.contains(&format!("{}以来", part.name)));
    let inside = dates.iter().filter(|d| is_in(d)).count();
    // 2023年上半年,我镇在9月12日完成了…: the sentence opens with its time.
    const DONE: &[&str] =
        &["完成", "召开", "举办", "建成", "通过", "竣工", "开展", "举行", "投用", "开工", "启动"];
    let lead = passage.words(passage.range.start..part.end);
    let comma = passage.words(part.end..passage.range.end).starts_with([',', '，', '内']);
    let opened = comma
        && lead.chars().count() <= 10
        && has_any(&words, DONE)
        && !words.contains([';', '；']);
    let listed = has_any(&words, WITHIN) || inside >= 2;
    if foreign || !(listed || opened) || dates.is_empty() {
        return None;
    }
    let off = dates.iter().find(|date| {
        let clause = clause(passage, date);
        // The end of 1至9月 is no date of its own.
        let lead = passage.words(passage.range.start..date.at.start);
        let ranged = date.day.is_none() && lead.ends_with(['至', '到', '—', '-', '–', '~']);
        // A year of its own is another year's, unless the list is said to be of this one.
        // 2022年度营造林任务…2023年3月完成 goes on into another year, and what was done 年度内 may not.
        let listed_in = has_any(&words, &["度内", "年内", "先后", "相继", "依次", "分别"]);
        let other = part.year.is_none() || date.year != part.year && !listed_in;
        let own = other && date.year.is_some();
        let tail = passage.words(date.at.end..passage.range.end.min(date.at.end + 2));
        // 全年办结1780件,其中12月份260件 is of the whole year.
        let whole = passage.words(part.end..date.at.start);
        let whole = ["全年任务", "全年目标", "全年计划"]
            .iter()
            .fold(whole, |words, plan| words.replace(plan, ""));
        // 2023年度(2022年12月至2023年11月) says itself which months it has.
        let said = passage.words(part.end..dates[0].at.start);
        let said = said.ends_with(['(', '（']) && said.chars().all(|c| "年度内全(（".contains(c));
        let until = said
            || whole.contains("全年") && !part.is_whole
            || tail.starts_with('前')
            || tail.starts_with("底前")
            || tail.starts_with("之前");
        let done = listed || inside == 0 || has_any(&clause, DONE);
        !is_in(date) && !own && !until && !ranged && done && !has_any(&clause, OTHER)
    })?;
    // Dates that are all outside are of something else, unless they are counted in.
    let counted = has_any(
        &words,
        &["计入", "本季度", "当季", "季内", "期内", "年度内", "半年内", "分别", "先后", "其中"],
    );
    (inside > 0 || counted || opened).then(|| {
        let words = passage.words(off.at.clone());
        let (from, to) = part.months;
        let span = if part.is_whole { "1至12月".to_owned() } else { format!("{from}至{to}月") };
        let message = format!("{}是{span},{words}不在其中;请核对日期或期间", part.name);
        Mark { at: passage.paper.origin(&off.at), message, also: Vec::new() }
    })
}

/// `截至10月底,累计…,11月发放4.6万元`.
fn after(passage: &Passage<'_>) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    let (byte, word) = ["截至", "截止到", "截止"]
        .iter()
        .filter_map(|word| words.find(word).map(|at| (at, *word)))
        .min()?;
    let from = passage.range.start + words[..byte].chars().count() + word.chars().count();
    let dates = told(passage);
    let limit = dates.iter().find(|d| d.at.start >= from && d.at.start <= from + 8)?;
    let off = dates.iter().find(|date| {
        let clause = clause(passage, date);
        let later = date.at.start > limit.at.end
            && date.month > limit.month
            && (date.year.is_none() || date.year == limit.year)
            && !has_any(
                &clause,
                &[
                    "当月",
                    "前十个月",
                    "计划",
                    "拟",
                    "预计",
                    "将",
                    "去年",
                    "上年",
                    "启动",
                    "力争",
                    "确保",
                    "前",
                    "同期",
                    "年底",
                    "底",
                    "比",
                    "较",
                    "至",
                    "到期",
                    "明年",
                    "开始",
                    "起",
                ],
            );
        let stated = passage.numbers.iter().any(|n| {
            n.at.start >= date.at.end && n.at.start <= date.at.end + 14 && n.kind == Kind::Fact
        });
        let behind = passage.words(date.at.end..passage.range.end);
        later && stated && !cutoff::is_status(passage, date) && !cutoff::is_further(&behind)
    })?;
    let (a, b) = (passage.words(limit.at.clone()), passage.words(off.at.clone()));
    let message = format!("统计截至{a},这里却有{b}的数;请核对期间");
    Some(Mark {
        at: passage.paper.origin(&off.at),
        message,
        also: vec![passage.paper.origin(&limit.at)],
    })
}
