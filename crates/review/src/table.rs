//! Tables of a text: of a Word file or a page as their cells are given, of a plain text the lines
//! whose words are parted by bars or tabs.

use std::collections::BTreeMap;
use std::ops::Range;

/// A cell of a table, as the reader of the file gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its characters in the text as it was given.
    pub at: Range<usize>,
    /// Number of its table.
    pub table: usize,
    /// Its row and column, from 1.
    pub place: (usize, usize),
}

/// A table: what stands in each cell, with its characters in the text, without space around.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// By row and column.
    pub(crate) cells: BTreeMap<(usize, usize), (Range<usize>, String)>,
}

impl Table {
    /// The numbers of its rows.
    pub(crate) fn rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The numbers of its columns.
    pub(crate) fn columns(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = self.cells.keys().map(|(_, column)| *column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// The words of a cell; empty where there is none.
    pub(crate) fn words(&self, row: usize, column: usize) -> &str {
        self.cells.get(&(row, column)).map_or("", |(_, words)| words)
    }

    /// Puts words into a cell; further words of the same one follow the first.
    fn put(&mut self, chars: &[char], at: Range<usize>, place: (usize, usize)) {
        let end = at.end.min(chars.len());
        let words = &chars[at.start.min(end)..end];
        let lead = words.iter().take_while(|c| c.is_whitespace()).count();
        let tail = words[lead..].iter().rev().take_while(|c| c.is_whitespace()).count();
        let own = at.start + lead..end - tail;
        let text: String = chars[own.clone()].iter().collect();
        let known = self.cells.entry(place).or_insert((own.clone(), String::new()));
        known.0.end = own.end;
        known.1.push_str(&text);
    }
}

/// The tables that the cells make, else those that the lines of the text make.
pub(crate) fn tables(chars: &[char], cells: &[Cell]) -> Vec<Table> {
    if cells.is_empty() {
        return of_lines(chars);
    }
    let mut found: BTreeMap<usize, Table> = BTreeMap::new();
    for cell in cells {
        found.entry(cell.table).or_default().put(chars, cell.at.clone(), cell.place);
    }
    found.into_values().collect()
}

/// Runs of lines with bars or tabs.
fn of_lines(chars: &[char]) -> Vec<Table> {
    let mut found = Vec::new();
    let mut table = Table::default();
    let mut row = 0;
    let mut start = 0;
    for line in chars.split(|c| *c == '\n') {
        let mark = ['|', '\t'].into_iter().find(|mark| line.contains(mark));
        match mark {
            Some(mark) => {
                row += 1;
                let is_ruled = line.iter().all(|c| "|-: \t".contains(*c));
                let mut at = start;
                for (column, words) in line.split(|c| *c == mark).enumerate() {
                    if !is_ruled {
                        table.put(chars, at..at + words.len(), (row, column + 1));
                    }
                    at += words.len() + 1;
                }
            }
            None if row > 0 => {
                found.push(std::mem::take(&mut table));
                row = 0;
            }
            None => {}
        }
        start += line.len() + 1;
    }
    found.extend((row > 0).then_some(table));
    found
}
