//! More years in a row, in office or in use than there are from the year they began in:
//! 自2020年首次举办,到2023年已连续举办六届.

use std::ops::Range;

use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// A year, with its month where that is told.
struct Point {
    at: Range<usize>,
    year: i32,
    month: Option<i32>,
}

/// Words right before years that go on until now.
const GOING_ON: &[&str] = &[
    "连续",
    "任现职",
    "任职",
    "工作",
    "运行",
    "运营",
    "距今",
    "历时",
    "以来",
    "坚持",
    "走过",
    "担任",
    "主持",
    "分管",
    "服务",
    "驻村",
    "蝉联",
];

/// Words that may stand between those and the number.
const FILL: &[&str] = &[
    "举办",
    "获评",
    "获得",
    "开展",
    "保持",
    "荣获",
    "获",
    "办",
    "已经",
    "已有",
    "已近",
    "将近",
    "整整",
    "稳定",
    "已",
    "近",
    "了",
    "有",
    "达",
    "满",
    "为",
    "的",
    "年",
    "也",
    "实现",
    "评为",
    "被评为",
];

/// Words behind the year in which something began.
const BEGUN: &[&str] = &[
    "起", "以来", "开始", "到任", "上任", "任", "换届", "首次", "首届", "建成", "成立", "并网",
    "投产", "投用", "投运", "开业", "创办", "启用", "实施", "启动", "建立", "组建", "开办", "调任",
    "来到", "创建", "开园", "运行", "挂牌", "推行", "试点",
];

/// Words by which the years are those of another post or time.
const OTHER: &[&str] =
    &["此前", "曾", "之前", "先后", "累计", "原", "合计", "前后", "先", "预计", "将"];

/// Marks a number of years that is more than have passed.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let points = points(passage);
    let chars = &passage.paper.chars;
    let mut end = passage.range.start;
    passage.range.clone().find_map(|at| {
        if at < end {
            return None;
        }
        let (said, close) = small::number_at(chars, at)?;
        end = close;
        let tail: String = chars[close..].iter().take(3).collect();
        let in_row = tail.starts_with('届') || tail.starts_with("个年头");
        let counted = tail.starts_with('年')
            && !chars.get(close + 1).is_some_and(|c| "度级代初底末份前内行规计期".contains(*c));
        let said = i32::try_from(said).ok().filter(|said| (2..80).contains(said))?;
        let on = is_going_on(passage, at)?;
        if !counted && !in_row {
            return None;
        }
        too_many(passage, &points, (said, at..close), on || in_row)
    })
}

/// Whether the words before a number are of what goes on, and whether each year is counted.
fn is_going_on(passage: &Passage<'_>, at: usize) -> Option<bool> {
    let lead = passage.words(at.saturating_sub(16).max(passage.range.start)..at);
    // 距今（2023年）已有35年
    let mut own = crate::figure::reading::passage::without_brackets(&lead);
    while let Some(rest) = FILL.iter().find_map(|word| own.strip_suffix(word)) {
        own = rest.to_owned();
    }
    let own = own.rsplit(is_clause_mark).next().unwrap_or_default().to_owned();
    // 在本镇工作8年, 已稳定运行7年
    let on = GOING_ON.iter().find(|word| own.ends_with(**word))?;
    let clause = passage.words(passage.range.start..at);
    let clause = clause.rsplit([',', '，', '。', ';', '；']).next().unwrap_or_default().to_owned();
    (!has_any(&clause, OTHER)).then_some(matches!(*on, "连续" | "蝉联"))
}

fn points(passage: &Passage<'_>) -> Vec<Point> {
    let chars = &passage.paper.chars;
    let mut found: Vec<Point> = Vec::new();
    for at in passage.range.clone() {
        let is_new = found.last().is_none_or(|last| at >= last.at.end);
        found.extend(point_at(chars, at).filter(|_| is_new));
    }
    found
}

fn point_at(chars: &[char], at: usize) -> Option<Point> {
    let (year, end) = small::digits_at(chars, at).filter(|(y, _)| (1900..2100).contains(y))?;
    let close = (chars.get(end) == Some(&'年')).then_some(end + 1)?;
    let month = small::digits_at(chars, close)
        .filter(|(month, end)| chars.get(*end) == Some(&'月') && (1..=12).contains(month));
    let at = at..month.map_or(close, |(_, end)| end + 1);
    let number = |n: u32| i32::try_from(n).ok();
    Some(Point { at, year: number(year)?, month: month.and_then(|(month, _)| number(month)) })
}

/// Whether something is said to begin in a year.
fn begins(passage: &Passage<'_>, point: &Point) -> bool {
    let lead = passage.words(passage.range.start..point.at.start);
    let tail = passage.words(point.at.end..passage.range.end);
    let tail = tail.split(is_clause_mark).next().unwrap_or_default();
    let near: String = tail.chars().take(16).collect();
    let founded = ["建于", "始建于", "成立于", "创办于", "启用于", "自", "从"];
    founded.iter().any(|word| lead.ends_with(word)) || has_any(&near, BEGUN)
}

/// The year that the text speaks of: told as the end in the sentence, or that of the report.
fn now(passage: &Passage<'_>, points: &[Point], from: &Point) -> Option<Point> {
    let told = points.iter().rev().find(|point| {
        let lead = passage.words(passage.range.start..point.at.start);
        let until = ["到", "至", "截至", "至今(", "至今（", "(", "（", "截止"];
        let tail: String = passage.paper.chars[point.at.end..].iter().take(6).collect();
        // 2024年第四届
        let nth = tail.starts_with('第') && tail.contains('届');
        point.year > from.year
            && point.at != from.at
            && (nth || until.iter().any(|w| lead.ends_with(w)))
    });
    let copy = |point: &Point| Point { at: point.at.clone(), year: point.year, month: point.month };
    told.map(copy).or_else(|| report_year(passage).filter(|point| point.year > from.year))
}

/// The year in the title or behind the text, or the one that a sentence says it is of.
fn report_year(passage: &Passage<'_>) -> Option<Point> {
    const SHORT: usize = 40;
    let text: String = passage.paper.chars.iter().collect();
    let edge = |line: &str| {
        let line: Vec<char> = line.chars().collect();
        let found = (0..line.len()).rev().find_map(|at| point_at(&line, at));
        found.filter(|_| line.len() <= SHORT && !line.contains(&'。'))
    };
    let mut lines = text.trim_end().split('\n');
    let (first, last) = (lines.next()?, lines.next_back());
    let at_edge = last.and_then(|last| edge(last).or_else(|| edge(first)));
    at_edge.or_else(|| {
        let year = passage.paper.year?;
        let told = ["年全年", "年度工作", "年以来，", "年以来,"];
        let is_own = told.iter().any(|word| text.contains(&format!("{year}{word}")));
        is_own.then(|| Point { at: 0..0, year: i32::from(year), month: None })
    })
}

fn too_many(
    passage: &Passage<'_>,
    points: &[Point],
    (said, at): (i32, Range<usize>),
    in_row: bool,
) -> Option<Mark> {
    // Of several years in which something began the first one leaves most room.
    let from = points.iter().find(|point| point.at.end <= at.start && begins(passage, point))?;
    let to = now(passage, points, from)?;
    let months = from.month.zip(to.month).filter(|_| !in_row);
    let most = match months {
        Some((first, last)) => ((to.year - from.year) * 12 + last - first + 13) / 12,
        None => to.year - from.year + 1,
    };
    let nearly = passage.words(at.start.saturating_sub(2)..at.start).contains('近');
    let told = if nearly && months.is_some() { said - 1 } else { said };
    let most = if nearly && months.is_some() { most - 1 } else { most };
    // What is far off is counted from another year.
    let fits = told <= most || most < 1 || said > most * 2 + 1;
    (!fits).then(|| {
        let message =
            format!("{}年到{}年最多{most}年,不是{said};请核对年份或年数", from.year, to.year);
        let also = vec![passage.paper.origin(&from.at)];
        Mark { at: passage.paper.origin(&at), message, also }
    })
}
