//! Lines, sentences and headings: where in the report a number stands.

use crate::numeral::chinese_digit;
use crate::period::{Words, words_at};
use crate::statement::ends_clause;
use crate::text::Text;

/// What a heading says that opens a plan.
const PLAN: &[&str] = &[
    "计划",
    "打算",
    "下一步",
    "下步",
    "工作思路",
    "工作安排",
    "年安排",
    "今后",
    "明年",
    "来年",
    "工作目标",
    "努力方向",
    "目标任务",
    "主要任务",
    "重点任务",
    "工作任务",
    "工作部署",
    "工作建议",
    "主要目标",
    "发展目标",
    "奋斗目标",
    "预期目标",
    "总体要求",
];

/// What a heading says that looks back, even where it names a plan as well.
const REVIEW: &[&str] = &["总结", "情况", "回顾", "进展", "报告", "汇报", "过去", "成效", "以来"];

/// What a heading names that may be ahead, if its year is.
const WORK: &[&str] = &["工作", "任务", "目标", "安排", "重点", "发展"];

/// A paragraph that begins so is a plan by itself.
const NEXT: &[&str] = &["下一步", "下步", "接下来", "今后"];

/// Longest line without a number that may be a heading.
const HEADING: usize = 30;

/// How much of a report without headings is searched for the year it is about.
const OPENING: usize = 80;

/// The places where lines and sentences begin, which lines are plan, and of which
/// period the headings say that they are.
pub(super) struct Sections {
    lines: Vec<Line>,
    sentences: Vec<usize>,
    /// Where sentences begin, parts between semicolons not counted apart.
    passages: Vec<usize>,
    /// The first year that the report names, for what stands under no heading.
    year: Option<(Words, String)>,
}

struct Line {
    start: usize,
    plan: bool,
    /// Whether it is a heading and nothing else.
    heading: bool,
    /// The period that the headings above give it.
    period: Option<String>,
}

/// The headings above a line: level, period, whether it opens a plan.
#[derive(Default)]
struct Headings(Vec<(u8, Option<String>)>);

impl Headings {
    fn enter(&mut self, level: u8, period: Option<String>) {
        self.0.retain(|(above, _)| *above < level);
        self.0.push((level, period));
    }

    fn period(&self) -> Option<String> {
        self.0.iter().rev().find_map(|(_, period)| period.clone())
    }
}

impl Sections {
    pub(super) fn new(text: &Text<'_>) -> Sections {
        let (mut lines, mut sentences, mut passages) = (Vec::new(), vec![0], vec![0]);
        let (mut plans, mut headings) = (Plans::default(), Headings::default());
        let mut start = 0;
        for i in 0..=text.len() {
            let c = text.at(i);
            if matches!(c, '。' | '；' | '！' | '？' | ';' | '\n') {
                sentences.push(i + 1);
            }
            if matches!(c, '。' | '！' | '？' | '\n') {
                passages.push(i + 1);
            }
            if c == '\n' {
                let plan = plans.hold(text, start, i);
                let first = (start..i).find(|&k| !text.at(k).is_whitespace()).unwrap_or(i);
                let level = level(text, first, i);
                if let Some(level) = level {
                    headings.enter(level, period_of_heading(text, first, i));
                }
                // A line by itself is a sentence that somebody asks about.
                let inside = i < text.len() && level.is_some();
                let heading = inside && i < first + HEADING && !is_sentence(text, i);
                lines.push(Line { start, plan, heading, period: headings.period() });
                start = i + 1;
            }
        }
        let year = first_year(text, 0, text.len().min(OPENING));
        Sections { lines, sentences, passages, year }
    }

    /// The period that the headings above a position name, else the year of the report.
    pub(super) fn period(&self, i: usize) -> Option<&str> {
        let line = self.line(i).checked_sub(1).and_then(|line| self.lines.get(line));
        let year = self.year.as_ref().map(|(_, words)| words.as_str());
        line.and_then(|line| line.period.as_deref()).or(year)
    }

    /// Whether the line of a position is a heading and nothing else.
    pub(super) fn is_heading(&self, i: usize) -> bool {
        self.line(i).checked_sub(1).and_then(|line| self.lines.get(line)).is_some_and(|l| l.heading)
    }

    /// Whether period words are of a later year than the report.
    pub(super) fn is_later(&self, words: Words) -> bool {
        let year = self.year.as_ref().and_then(|(words, _)| words.year());
        words.year().zip(year).is_some_and(|(said, year)| said > year)
    }

    /// Where the whole sentence of a position begins.
    pub(super) fn passage(&self, i: usize) -> usize {
        let after = self.passages.partition_point(|start| *start <= i);
        self.passages[after.saturating_sub(1)]
    }

    /// Where the line of a position begins.
    pub(super) fn line_start(&self, i: usize) -> usize {
        let line = self.line(i).checked_sub(1).and_then(|line| self.lines.get(line));
        line.map_or(0, |line| line.start)
    }

    /// Line of a position, from 1.
    pub(super) fn line(&self, i: usize) -> usize {
        self.lines.partition_point(|line| line.start <= i)
    }

    /// Whether the line of a position is part of a plan.
    pub(super) fn is_plan(&self, i: usize) -> bool {
        self.line(i).checked_sub(1).and_then(|line| self.lines.get(line)).is_some_and(|l| l.plan)
    }

    /// Where the sentence of a position begins.
    pub(super) fn sentence(&self, i: usize) -> usize {
        let after = self.sentences.partition_point(|start| *start <= i);
        self.sentences[after.saturating_sub(1)]
    }
}

/// Whether a line that ends at a position ends with a mark of a sentence.
fn is_sentence(text: &Text<'_>, end: usize) -> bool {
    let last = if text.before(end) == '\r' { end.saturating_sub(1) } else { end };
    matches!(text.before(last), '。' | '；' | ';' | '！' | '!' | '，' | ',')
}

/// The first period of a heading, which ends with its sentence.
fn period_of_heading(text: &Text<'_>, start: usize, end: usize) -> Option<String> {
    let stop = (start..end).find(|&k| matches!(text.at(k), '。' | ';' | '；')).unwrap_or(end);
    first_year(text, start, stop.min(start + 2 * HEADING)).map(|(_, words)| words)
}

/// The first period between two positions that names its year.
fn first_year(text: &Text<'_>, start: usize, end: usize) -> Option<(Words, String)> {
    let mut i = start;
    while i < end {
        match words_at(text, i) {
            Some((words, after))
                if is_year_of_report(text, words, after) && text.before(i) != '继' =>
            {
                return Some((words, text.slice(i, after).to_owned()));
            }
            Some((_, after)) => i = after,
            None => i += 1,
        }
    }
    None
}

/// Whether period words may be what a report is about: neither the day of a meeting nor the
/// year of a distant aim.
fn is_year_of_report(text: &Text<'_>, words: Words, after: usize) -> bool {
    words.is_dated()
        && !matches!(words, Words::Day(..) | Words::Days(..))
        && !text.has(after, "远景")
}

/// The plan headings above a line.
#[derive(Default)]
struct Plans {
    /// The level of the one that holds.
    level: Option<u8>,
    /// The latest year that a heading looks back on.
    reviewed: Option<i16>,
}

impl Plans {
    /// Whether a line is plan. A plan heading holds until the next heading of its
    /// level or a higher one; so does one of a year after that which was looked back on.
    fn hold(&mut self, text: &Text<'_>, start: usize, end: usize) -> bool {
        let first = (start..end).find(|&k| !text.at(k).is_whitespace()).unwrap_or(end);
        let level = level(text, first, end);
        if let Some(level) = level {
            let stop =
                (first..end).find(|&k| matches!(text.at(k), '。' | ';' | '；')).unwrap_or(end);
            let stop = stop.min(first + 2 * HEADING);
            let heading = text.slice(first, stop);
            let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
            let year = first_year(text, first, stop).and_then(|(words, _)| words.year());
            let later = year.zip(self.reviewed).is_some_and(|(year, past)| year > past);
            if (says(PLAN) || (later && says(WORK))) && !says(REVIEW) {
                self.level = Some(self.level.map_or(level, |l| l.min(level)));
            } else if self.level.is_some_and(|l| level <= l) {
                self.level = None;
            }
            // The year of the title may be that in which the report is given.
            if says(REVIEW) && !heading.contains("报告") {
                self.reviewed = self.reviewed.max(year);
            }
        }
        self.level.is_some()
            || NEXT.iter().any(|word| text.has(first, word))
            || announces(text, first, end)
    }
}

/// Longest lead of a paragraph: 2016年脱贫计划:….
const LEAD: usize = 16;

/// Whether the words before the colon that a line begins with announce a plan.
fn announces(text: &Text<'_>, first: usize, end: usize) -> bool {
    let colon = (first..end.min(first + LEAD)).find(|&k| matches!(text.at(k), ':' | '：'));
    colon.is_some_and(|colon| {
        let lead = text.slice(first, colon);
        let says = |words: &[&str]| words.iter().any(|word| lead.contains(word));
        says(PLAN) && !says(REVIEW)
    })
}

/// The level of a heading: 一、 (一) 1. (1), and a short line without a mark.
fn level(text: &Text<'_>, first: usize, end: usize) -> Option<u8> {
    let chinese = |c: char| chinese_digit(c).is_some() || c == '十';
    let bracket = matches!(text.at(first), '(' | '（');
    let from = first + usize::from(bracket);
    let after = (from..end).find(|&k| !chinese(text.at(k)) && !text.at(k).is_ascii_digit())?;
    let mark = text.at(after);
    let numbered = after > from;
    let arabic = text.at(from).is_ascii_digit();
    match (bracket, arabic) {
        (true, false) if numbered && matches!(mark, ')' | '）') => Some(2),
        (true, true) if numbered && matches!(mark, ')' | '）') => Some(4),
        (false, true) if numbered && matches!(mark, '.' | '．' | '、') => {
            (!text.at(after + 1).is_ascii_digit()).then_some(3)
        }
        (false, false) if numbered && mark == '、' => Some(1),
        (false, _) if end - first <= HEADING && is_bare_heading(text, first, end) => {
            // A part of the report is above 一、; any other short line is below all.
            let words = text.slice(first, end);
            let part = PLAN.iter().chain(REVIEW).any(|word| words.contains(word));
            Some(if part || first_year(text, first, end).is_some() { 0 } else { 9 })
        }
        _ => None,
    }
}

/// A short line without any mark of a sentence and without a number other than
/// a year.
fn is_bare_heading(text: &Text<'_>, first: usize, end: usize) -> bool {
    let digit = |k: usize| text.at(k).is_ascii_digit();
    let counts = |k: usize| digit(k) && !digit(k + 1) && text.at(k + 1) != '年';
    text.before(end).is_alphanumeric() && !(first..end).any(|k| ends_clause(text, k) || counts(k))
}
