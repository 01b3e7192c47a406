//! What a page leaves in a text: its number, a watermark, and lines broken at its width.

use std::ops::Range;

use super::Rule;
use crate::text::Text;

/// Fewest lines of which a page's width or a watermark can be told.
const LINES: usize = 3;

/// Widths of a line that may be that of a page, a Chinese character counting two.
const WIDTHS: std::ops::RangeInclusive<usize> = 36..=160;

/// How much narrower than the page a full line may be: a mark or a number did not fit.
const SLACK: usize = 6;

/// One line: its first character, the one after its last, and the one after its break.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    next: usize,
    /// How many cells of tables stand before it.
    cells: usize,
}

/// The places to take out, in order; none within the cells of tables.
pub(super) fn cuts(text: &Text<'_>, cells: &[Range<usize>]) -> Vec<(usize, usize, Rule)> {
    let mut lines = lines(text);
    for line in &mut lines {
        line.cells = cells.partition_point(|cell| cell.start <= line.start);
    }
    lines.retain(|line| line.cells == 0 || line.start >= cells[line.cells - 1].end);
    if lines.len() <= LINES {
        return Vec::new();
    }
    let mut cuts = Vec::new();
    let mark = watermark(text, &lines);
    let mut kept: Vec<Line> = Vec::new();
    for line in &lines {
        if is_page_mark(text.slice(line.start, line.end).trim()) {
            cuts.push((line.start, line.next, Rule::Page));
            continue;
        }
        let marked = mark.as_deref().filter(|mark| text.ends(line.end, mark));
        let end = marked.map_or(line.end, |mark| line.end - mark.chars().count());
        if end < line.end {
            cuts.push((end, line.end, Rule::Page));
        }
        kept.push(Line { end, ..*line });
    }
    join(text, &kept, &mut cuts);
    gather(text, &kept, &mut cuts);
    cuts.sort_by_key(|(start, end, _)| (*start, *end));
    cuts
}

fn lines(text: &Text<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for i in 0..=text.len() {
        if text.at(i) == '\n' {
            let mut end = i;
            while end > start && text.before(end).is_whitespace() {
                end -= 1;
            }
            lines.push(Line { start, end, next: (i + 1).min(text.len()), cells: 0 });
            start = i + 1;
        }
    }
    lines
}

/// A page number between dashes, 第3页 共12页, or a rule of dashes.
fn is_page_mark(line: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '─' | '－');
    let inner = line.trim_matches(dash).trim();
    let digits = |s: &str| !s.is_empty() && s.len() <= 4 && s.chars().all(|c| c.is_ascii_digit());
    let between = line.starts_with(dash) && line.ends_with(dash) && digits(inner);
    let rule = inner.is_empty() && line.chars().count() >= 4;
    let page = line.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    let counted = page.is_some_and(|(number, rest)| {
        let rest = rest.trim();
        let all = rest.strip_prefix('共').and_then(|rest| rest.strip_suffix('页'));
        digits(number.trim()) && (rest.is_empty() || all.is_some_and(|n| digits(n.trim())))
    });
    between || rule || counted
}

/// Letters and digits that end many lines and stand nowhere else: 2uD, XLC.
fn watermark(text: &Text<'_>, lines: &[Line]) -> Option<String> {
    let token = |line: &Line| {
        let latin = |k: &usize| text.at(*k).is_ascii_alphanumeric();
        let start = (line.start..line.end).rev().take_while(latin).last()?;
        let token = text.slice(start, line.end);
        let letters = token.chars().any(|c| c.is_ascii_alphabetic());
        (letters && start > line.start && (2..=5).contains(&token.len())).then_some(token)
    };
    let ends: Vec<&str> = lines.iter().filter_map(token).collect();
    let first = ends.iter().max_by_key(|a| ends.iter().filter(|b| b == a).count())?;
    let count = ends.iter().filter(|token| token == &first).count();
    let elsewhere = text.source.matches(first).count() > count;
    (count >= LINES && count * 5 >= lines.len() && !elsewhere).then(|| (*first).to_owned())
}

/// Takes out the breaks of lines that are as wide as the page.
fn join(text: &Text<'_>, lines: &[Line], cuts: &mut Vec<(usize, usize, Rule)>) {
    let width = |line: &Line| -> usize {
        (line.start..line.end).map(|k| if text.at(k).is_ascii() { 1 } else { 2 }).sum()
    };
    let widths: Vec<usize> = lines.iter().map(width).collect();
    let page = widths.iter().copied().max().unwrap_or(0);
    if !WIDTHS.contains(&page) {
        return;
    }
    let written = widths.iter().filter(|width| **width > 0).count();
    let is_full = |k: usize| widths[k] + SLACK >= page;
    let full: Vec<usize> = (0..lines.len()).filter(|k| is_full(*k)).collect();
    let open = full.iter().filter(|k| !is_end(text.before(lines[**k].end))).count();
    if full.len() < LINES || full.len() * 5 < written * 2 || open * 10 < full.len() * 7 {
        return;
    }
    for k in full {
        let next = lines.get(k + 1).filter(|next| next.start < next.end);
        // Where a table stood between, nothing goes on.
        let Some(next) = next.filter(|next| next.cells == lines[k].cells) else { continue };
        if is_end(text.before(lines[k].end)) || begins_paragraph(text, next) {
            continue;
        }
        cuts.push((lines[k].end, next.start, Rule::LineBreak));
    }
}

/// Fewest lines that begin with a mark or hold a number alone in a text that fell to pieces.
const PIECES: usize = 3;

/// Puts together a text whose numbers and marks fell on lines of their own.
fn gather(text: &Text<'_>, lines: &[Line], cuts: &mut Vec<(usize, usize, Rule)>) {
    let joins: Vec<(usize, usize)> = lines
        .windows(2)
        .filter(|pair| pair[0].start < pair[0].end && pair[1].start < pair[1].end)
        .filter(|pair| pair[0].cells == pair[1].cells)
        .filter(|pair| is_torn(text, &pair[0], &pair[1]))
        .map(|pair| (pair[0].end, pair[1].start))
        .collect();
    if joins.len() < PIECES || joins.len() * 4 < lines.len() {
        return;
    }
    for (start, end) in joins {
        if !cuts.iter().any(|cut| cut.0 == start) {
            cuts.push((start, end, Rule::LineBreak));
        }
    }
}

/// Whether a line goes on with the one before: it begins with a mark, or one of the two is a
/// number alone.
fn is_torn(text: &Text<'_>, line: &Line, next: &Line) -> bool {
    let marks = |c: char| matches!(c, '，' | ',' | '。' | '；' | ';' | '、' | '：' | '％' | '%');
    let number = |line: &Line| {
        // 3. alone numbers the entry below it.
        text.before(line.end) != '.'
            && (line.start..line.end).all(|k| {
                let c = text.at(k);
                c.is_ascii_alphanumeric()
                    || matches!(c, '.' | '%' | '％' | ' ' | '—' | '-' | '~' | '*')
            })
    };
    let open = !is_end(text.before(line.end));
    let begun = !begins_paragraph(text, next) || number(next);
    marks(text.at(next.start)) || (open && begun && (number(next) || number(line)))
}

/// A mark after which a paragraph may end.
fn is_end(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '！' | '？' | '：' | ':' | '”')
}

/// Whether a line begins a paragraph: it is indented, or numbered.
fn begins_paragraph(text: &Text<'_>, line: &Line) -> bool {
    let first = text.at(line.start);
    let entry = |k: usize| matches!(text.at(k), '、' | '.' | '．' | '是');
    let numbered = "一二三四五六七八九十123456789".contains(first)
        && (entry(line.start + 1) || entry(line.start + 2))
        && !text.at(line.start + 2).is_ascii_digit();
    first.is_whitespace() || matches!(first, '(' | '（' | '—' | '第') || numbered
}
