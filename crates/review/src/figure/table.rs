//! Columns of a table that do not add up to the row 合计, and rows that do not to the column 合计.

use std::ops::Range;

use ::figure::{Decimal, decimal_text};
use pack::ReviewRule;

use super::reading::passage::has_any;
use crate::finding::Mark;
use crate::paper::Paper;
use crate::table::Table;

/// What a row or a column of totals is called.
const TOTALS: &[&str] = &["合计", "总计", "共计", "总数", "小计", "计"];

/// Places that may stand before it: 全镇合计.
const PLACES: &[&str] = &["全镇", "全乡", "全县", "全村", "全街道", "全区", "全市", "全年"];

/// Words of a column whose numbers make no sum.
const NO_SUM: &[&str] = &[
    "率", "比", "均", "单价", "占", "%", "％", "排名", "名次", "序号", "年龄", "标准", "编号",
    "年份", "时间", "日期", "电话", "备注", "增长", "增幅", "得分", "分数", "指数",
];

/// Words of what is measured, and so may be rounded to whole numbers.
const MEASURED: &[&str] = &["元", "亩", "吨", "公里", "千米", "米", "公顷", "公斤", "斤", "方"];

/// From here on whole numbers of a column that names no unit may be rounded.
const LARGE: Decimal = Decimal::ONE_THOUSAND;

/// Marks the totals of tables that are not the sum of their column or row.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    for table in &paper.tables {
        let rows = table.rows();
        for (place, row) in rows.iter().enumerate() {
            if table.columns().iter().take(2).any(|column| is_total(table.words(*row, *column))) {
                marks.extend(columns(table, &rows, place));
            }
        }
        marks.extend(across(table, &rows));
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

fn is_total(words: &str) -> bool {
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = PLACES.iter().find_map(|place| bare.strip_prefix(place)).unwrap_or(&bare);
    TOTALS.contains(&bare)
}

/// What stands in a cell.
enum Content {
    Empty,
    Words,
    Number { value: Decimal, at: Range<usize> },
}

fn content(table: &Table, row: usize, column: usize) -> Content {
    let Some((at, words)) = table.cells.get(&(row, column)) else { return Content::Empty };
    let bare: String = words.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    if bare.is_empty() || bare.chars().all(|c| matches!(c, '-' | '—' | '/' | '－' | '\\')) {
        return Content::Empty;
    }
    let digits = bare.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(bare.len());
    let behind = &bare[digits..];
    let unit = behind.chars().count() <= 3 && !behind.contains(['%', '％', '月', '日', '-', '/']);
    match bare[..digits].parse::<Decimal>() {
        Ok(value) if unit => Content::Number { value, at: at.clone() },
        _ => Content::Words,
    }
}

/// A sum and what it is made of.
struct Sum {
    value: Decimal,
    terms: Vec<(Decimal, Range<usize>)>,
}

/// The sum of a column over rows; `None` where there are words in it or fewer than two numbers.
fn sum(table: &Table, places: impl Iterator<Item = (usize, usize)>) -> Option<Sum> {
    let mut sum = Sum { value: Decimal::ZERO, terms: Vec::new() };
    for (row, column) in places {
        match content(table, row, column) {
            Content::Empty => {}
            Content::Words => return None,
            Content::Number { value, at } => {
                sum.value = sum.value.checked_add(value)?;
                sum.terms.push((value, at));
            }
        }
    }
    (sum.terms.len() >= 2).then_some(sum)
}

/// Whether a total is that of its terms, each rounded where the column, by its head, may be.
fn fits(sum: &Sum, total: Decimal, head: &str) -> bool {
    let values = sum.terms.iter().map(|(value, _)| *value).chain([total]);
    let scale = values.map(|value| value.scale()).max().unwrap_or(0);
    let is_rounded = scale > 0 || has_any(head, MEASURED) || total >= LARGE;
    let terms = Decimal::from(sum.terms.len() + 1);
    let slack = Decimal::new(5, scale + 1) * terms;
    (sum.value - total).abs() <= if is_rounded { slack } else { Decimal::ZERO }
}

/// The totals in a row that are not the sum of the rows above it, or below where there are none.
fn columns(table: &Table, rows: &[usize], place: usize) -> Vec<Mark> {
    let is_total_row = |row: &usize| {
        table.columns().iter().take(2).any(|column| is_total(table.words(*row, *column)))
    };
    let row = rows[place];
    let is_part = table.columns().iter().any(|c| table.words(row, *c).trim() == "小计");
    let since = match is_part {
        // A part is summed since the one before it, the whole over all.
        true => rows[..place].iter().rposition(is_total_row).map_or(0, |before| before + 1),
        false => 0,
    };
    let above: Vec<usize> =
        rows[since..place].iter().copied().filter(|r| !is_total_row(r)).collect();
    let below: Vec<usize> =
        rows[place + 1..].iter().copied().filter(|r| !is_total_row(r)).collect();
    let mut wrong = Vec::new();
    let mut right = 0;
    for column in table.columns() {
        let Content::Number { value: total, at } = content(table, row, column) else { continue };
        let is_number = |r: &usize| {
            matches!(content(table, *r, column), Content::Number { .. } | Content::Empty)
        };
        let first = |body: &[usize]| body.iter().position(is_number);
        let (head, body) = match first(&above) {
            Some(first) => above.split_at(first),
            None => (&above[..], &below[..]),
        };
        let head: String = head.iter().map(|r| table.words(*r, column)).collect();
        let Some(sum) = sum(table, body.iter().map(|r| (*r, column))) else { continue };
        if has_any(&head, NO_SUM) {
            continue;
        }
        if fits(&sum, total, &head) {
            right += 1;
        } else {
            wrong.push(mark("本列", &sum, total, at));
        }
    }
    // Of a table that lists only some of its rows no column comes out.
    if right == 0 && wrong.len() > 1 { Vec::new() } else { wrong }
}

/// The cells of a column 合计 that are not the sum of the others in their row, where those of
/// most rows are.
fn across(table: &Table, rows: &[usize]) -> Vec<Mark> {
    let all = table.columns();
    let Some((head, rows)) = rows.split_first() else { return Vec::new() };
    let Some(total) = all.iter().copied().find(|column| is_total(table.words(*head, *column)))
    else {
        return Vec::new();
    };
    let parts: Vec<usize> = all
        .into_iter()
        .filter(|column| {
            let words = table.words(*head, *column);
            *column != total && !words.is_empty() && !has_any(words, NO_SUM)
        })
        .filter(|column| {
            rows.iter().all(|row| !matches!(content(table, *row, *column), Content::Words))
        })
        .collect();
    let (mut wrong, mut right) = (Vec::new(), 0);
    for row in rows {
        let Content::Number { value, at } = content(table, *row, total) else { continue };
        let Some(sum) = sum(table, parts.iter().map(|column| (*row, *column))) else { continue };
        match fits(&sum, value, table.words(*head, total)) {
            true => right += 1,
            false => wrong.push(mark("本行", &sum, value, at)),
        }
    }
    if right >= 2 * wrong.len() { wrong } else { Vec::new() }
}

fn mark(what: &str, sum: &Sum, total: Decimal, at: Range<usize>) -> Mark {
    let terms: Vec<String> = sum.terms.iter().map(|(value, _)| decimal_text(*value)).collect();
    let message = format!(
        "{what}{}={},不是{};请核对各项和合计",
        terms.join("+"),
        decimal_text(sum.value),
        decimal_text(total)
    );
    Mark { at, message, also: sum.terms.iter().map(|(_, at)| at.clone()).collect() }
}
