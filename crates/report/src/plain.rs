//! A text that was written elsewhere, cut into passages: lines, headings, cells of tables.

use std::collections::BTreeMap;

use review::Cell;

use crate::check::Options;
use crate::source::{Front, Part, PartKind, Passage, Source, SourceBlock, Writing};

/// A text that was written elsewhere, as its file gives it.
#[derive(Clone, Debug, Default)]
pub struct Plain<'a> {
    /// All of it.
    pub text: &'a str,
    /// Name of the file, for messages.
    pub file: &'a str,
    /// Stretches of the text as the file shows them, in order; none of a plain text, whose
    /// lines are told apart by their words.
    pub parts: Vec<Part>,
}

impl Plain<'_> {
    /// The text without what copying left in it.
    pub fn cleaned(&self) -> prose::Cleaned {
        let cells: Vec<_> = cells(&self.parts).into_iter().map(|cell| cell.at).collect();
        prose::clean_around(self.text, &cells)
    }

    /// The passages of the text, with no claim yet.
    pub(crate) fn source(&self, options: &Options) -> Source {
        let cleaned = self.cleaned();
        let chars: Vec<char> = cleaned.text.chars().collect();
        let mut source = Source {
            file: self.file.to_owned(),
            text: self.text.to_owned(),
            writing: Writing::Plain,
            parts: self.parts.clone(),
            front: Front {
                // Where the file lies is nobody's business.
                title: file_name(self.file),
                window: options.window,
                place: options.place.clone(),
                ..Front::default()
            },
            blocks: Vec::new(),
            passages: Vec::new(),
            claims: Vec::new(),
            lines: lines_of(self.text),
        };
        let reader = Reader { source: &mut source, under: Vec::new(), table: None };
        reader.read(&chars, &cleaned.origin);
        source
    }
}

/// The cells of tables.
pub(crate) fn cells(parts: &[Part]) -> Vec<Cell> {
    let ends = parts.iter().skip(1).map(|part| part.start).chain([usize::MAX]);
    let cell = |(part, end): (&Part, usize)| match part.kind {
        PartKind::Cell { table, row, column } => {
            Some(Cell { at: part.start..end, table, place: (row, column) })
        }
        _ => None,
    };
    parts.iter().zip(ends).filter_map(cell).collect()
}

/// The name of a file without its directories.
pub(crate) fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// Character offsets at which the lines of a text begin.
pub(crate) fn lines_of(text: &str) -> Vec<usize> {
    let breaks = text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(breaks).collect()
}

/// The line, from 1, that a character stands on.
pub(crate) fn line_of(lines: &[usize], at: usize) -> usize {
    lines.partition_point(|start| *start <= at).max(1)
}

/// A table that is being read: its number, and passages by row and column.
struct Table {
    number: usize,
    cells: BTreeMap<(usize, usize), usize>,
}

struct Reader<'a> {
    source: &'a mut Source,
    /// Headings above, with their levels.
    under: Vec<(u8, usize)>,
    table: Option<Table>,
}

impl Reader<'_> {
    fn read(mut self, chars: &[char], origin: &[usize]) {
        let mut start = 0;
        for (index, line) in chars.split(|c| *c == '\n').enumerate() {
            let from = start;
            start += line.len() + 1;
            let lead = line.iter().take_while(|c| c.is_whitespace()).count();
            let tail = line[lead..].iter().rev().take_while(|c| c.is_whitespace()).count();
            let text = &line[lead..line.len() - tail];
            if text.is_empty() {
                continue;
            }
            let origin: Vec<usize> = (from + lead..from + lead + text.len())
                .map(|i| origin.get(i).copied().unwrap_or(0))
                .collect();
            let kind = self.source.part(origin[0]).map_or(PartKind::Body, |part| part.kind);
            match kind {
                PartKind::Aside => {}
                PartKind::Cell { table, row, column } => {
                    self.cell(text, origin, (table, row, column));
                }
                PartKind::Title | PartKind::Heading(_) | PartKind::Body => {
                    self.end_table();
                    self.line(text, origin, kind, index == 0);
                }
            }
        }
        self.end_table();
    }

    fn line(&mut self, text: &[char], origin: Vec<usize>, kind: PartKind, is_first: bool) {
        let level = match kind {
            PartKind::Heading(level) => Some(heading_level(text).unwrap_or(level)),
            _ => heading_level(text),
        };
        if kind == PartKind::Title || (is_first && level.is_none() && is_title(text)) {
            self.source.front.title = text.iter().collect();
            return;
        }
        if let Some(level) = level {
            self.under.retain(|(above, _)| *above < level);
        }
        let number = self.passage(text.to_vec(), origin);
        self.source.blocks.push(match level {
            Some(level) => {
                self.under.push((level, number));
                SourceBlock::Heading { level, passage: number }
            }
            None => SourceBlock::Paragraph { passage: number },
        });
    }

    fn passage(&mut self, chars: Vec<char>, origin: Vec<usize>) -> usize {
        let number = self.source.passages.len();
        self.source.passages.push(Passage {
            line: line_of(&self.source.lines, origin.first().copied().unwrap_or(0)),
            chars,
            spans: Vec::new(),
            claims: Vec::new(),
            under: self.under.iter().map(|(_, p)| *p).collect(),
            origin,
        });
        number
    }

    /// A paragraph of a cell; further ones of the same cell continue its passage.
    fn cell(
        &mut self,
        text: &[char],
        origin: Vec<usize>,
        (number, row, column): (usize, usize, usize),
    ) {
        if self.table.as_ref().is_some_and(|table| table.number != number) {
            self.end_table();
        }
        let known = self.table.as_ref().and_then(|table| table.cells.get(&(row, column)).copied());
        if let Some(known) = known {
            let passage = &mut self.source.passages[known];
            passage.chars.push('\n');
            passage.origin.push(origin[0]);
            passage.chars.extend(text);
            passage.origin.extend(origin);
            return;
        }
        let passage = self.passage(text.to_vec(), origin);
        let table = self.table.get_or_insert_with(|| Table { number, cells: BTreeMap::new() });
        table.cells.insert((row, column), passage);
    }

    /// Rows of equal length, with empty passages where a cell is empty or merged into another.
    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let columns = table.cells.keys().map(|(_, column)| *column).max().unwrap_or(0);
        let mut rows: BTreeMap<usize, Vec<Option<usize>>> = BTreeMap::new();
        for ((row, column), passage) in table.cells {
            let cells = rows.entry(row).or_insert_with(|| vec![None; columns]);
            if let Some(cell) = cells.get_mut(column.saturating_sub(1)) {
                *cell = Some(passage);
            }
        }
        let rows = rows
            .into_values()
            .map(|cells| {
                let filled = |cell: Option<usize>| {
                    cell.unwrap_or_else(|| self.passage(Vec::new(), Vec::new()))
                };
                cells.into_iter().map(filled).collect()
            })
            .collect();
        self.source.blocks.push(SourceBlock::Table { rows });
    }
}

/// Level of a line that is a heading: `一、…` or `(一)…` without a full stop.
pub(crate) fn heading_level(line: &[char]) -> Option<u8> {
    let numeral = |c: &char| "一二三四五六七八九十".contains(*c);
    if line.contains(&'。') {
        return None;
    }
    let bracket = line.first().is_some_and(|c| "(（".contains(*c));
    let rest = if bracket { &line[1..] } else { line };
    let length = rest.iter().take_while(|c| numeral(c)).count();
    let close = rest.get(length).filter(|_| length > 0)?;
    match (bracket, close) {
        (false, '、') => Some(1),
        (true, ')' | '）') => Some(2),
        _ => None,
    }
}

/// Longest line that is taken for a title.
const TITLE_LENGTH: usize = 60;

fn is_title(line: &[char]) -> bool {
    line.len() <= TITLE_LENGTH && !line.iter().any(|c| ",，。;；:：!！?？".contains(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_titles_are_told_from_paragraphs() {
        let level = |text: &str| heading_level(&text.chars().collect::<Vec<_>>());
        assert_eq!(level("一、工作总结"), Some(1));
        assert_eq!(level("(十一)聚焦产业"), Some(2));
        assert_eq!(level("（二）聚焦产业"), Some(2));
        assert_eq!(level("(一)筑牢堡垒。一是强化意识。"), None);
        assert_eq!(level("一是强化意识"), None);
        assert_eq!(level("2023年是重要一年"), None);
        assert!(is_title(&"青石镇2023年工作总结".chars().collect::<Vec<_>>()));
        assert!(!is_title(&"全镇上下团结一心,如下:".chars().collect::<Vec<_>>()));
    }

    #[test]
    fn lines_are_counted_from_one() {
        let lines = lines_of("甲\n乙丙\n丁");
        assert_eq!(lines, [0, 2, 5]);
        assert_eq!([0, 1, 2, 4, 5].map(|at| line_of(&lines, at)), [1, 1, 2, 2, 3]);
    }

    #[test]
    fn the_cells_of_a_table_stand_in_rows_of_equal_length() {
        let text = "甲\n项目\n户数\n低保\n12\n续\n尾";
        let cell = |row, column| PartKind::Cell { table: 1, row, column };
        let kinds = [
            PartKind::Heading(1),
            cell(1, 1),
            cell(1, 3),
            cell(2, 1),
            cell(2, 3),
            cell(2, 3),
            PartKind::Body,
        ];
        let starts = [0, 2, 5, 8, 11, 14, 16];
        let part = |(kind, start): (PartKind, usize)| Part { start, kind, label: String::new() };
        let parts = kinds.into_iter().zip(starts).map(part).collect();
        let source = Plain { text, file: "表.docx", parts }.source(&Options::default());
        let SourceBlock::Table { rows } = &source.blocks[1] else { panic!("{:?}", source.blocks) };
        let words = |row: &Vec<usize>| row.iter().map(|p| source.passages[*p].text()).collect();
        let rows: Vec<Vec<String>> = rows.iter().map(words).collect();
        assert_eq!(rows, [["项目", "", "户数"], ["低保", "", "12\n续"]]);
        assert!(matches!(source.blocks[0], SourceBlock::Heading { level: 1, .. }));
        assert!(matches!(source.blocks[2], SourceBlock::Paragraph { .. }));
    }
}
