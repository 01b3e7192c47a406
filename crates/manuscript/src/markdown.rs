//! Markdown: its words without the marks, line by line.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::model::{Builder, Format, Kind, Manuscript, Place};

/// The words of a Markdown text. Front matter is no text; a link keeps its words.
pub(crate) fn read(source: &str) -> Manuscript {
    let source = source.replace("\r\n", "\n");
    let body = front_matter(&source);
    let lines = Lines::new(&source);
    let mut gathered = Gathered::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let text = source.get(body..).unwrap_or_default();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let at = body + range.start;
        match event {
            Event::Start(tag) => match tag {
                Tag::Heading { level, .. } => {
                    gathered.flush();
                    gathered.kind = Kind::Heading(depth(level));
                }
                Tag::Item => {
                    gathered.flush();
                    let item = source.get(at..body + range.end).unwrap_or_default();
                    gathered.push(number(item), lines.of(at));
                }
                Tag::Table(_) => {
                    gathered.flush();
                    gathered.table += 1;
                    gathered.row = 0;
                }
                Tag::TableHead | Tag::TableRow => {
                    gathered.row += 1;
                    gathered.column = 0;
                }
                Tag::TableCell => {
                    gathered.flush();
                    gathered.column += 1;
                    gathered.cell = true;
                }
                Tag::Image { .. } => gathered.unread += 1,
                // Struck out is deleted.
                Tag::Strikethrough => gathered.unread += 1,
                Tag::Paragraph | Tag::CodeBlock(_) | Tag::BlockQuote(_) => gathered.flush_text(),
                _ => {}
            },
            Event::End(end) => match end {
                TagEnd::Image | TagEnd::Strikethrough => gathered.unread -= 1,
                TagEnd::TableCell => {
                    gathered.end_cell();
                }
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::Table => {
                    gathered.flush();
                    gathered.kind = Kind::Body;
                }
                _ => {}
            },
            Event::Text(words) => {
                let first = lines.of(at);
                for (below, line) in words.split('\n').enumerate() {
                    if below > 0 {
                        gathered.flush();
                    }
                    gathered.push(line, first + below);
                }
            }
            Event::Code(words) => gathered.push(&words, lines.of(at)),
            Event::SoftBreak | Event::HardBreak => gathered.flush(),
            _ => {}
        }
    }
    gathered.flush();
    gathered.builder.finish(Format::Markdown)
}

/// Where the body begins: behind the front matter between two lines of `+++` or `---`.
fn front_matter(source: &str) -> usize {
    for fence in ["+++", "---"] {
        let mut at = 0;
        for (index, line) in source.split_inclusive('\n').enumerate() {
            at += line.len();
            match (index, line.trim_end() == fence) {
                (0, false) => break,
                (1.., true) => return at,
                _ => {}
            }
        }
    }
    0
}

/// The number of an item of a numbered list as it is written (`3.`); nothing for a bullet.
fn number(item: &str) -> &str {
    let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = item.get(digits..digits + 1).filter(|mark| digits > 0 && matches!(*mark, "." | ")"));
    mark.and_then(|_| item.get(..digits + 1)).unwrap_or_default()
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Where the lines of the source begin.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn new(source: &str) -> Lines {
        let behind = source.match_indices('\n').map(|(at, _)| at + 1);
        Lines { starts: std::iter::once(0).chain(behind).collect() }
    }

    /// Number of the line of a byte, from 1.
    fn of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }
}

/// The words gathered so far.
struct Gathered {
    builder: Builder,
    line: String,
    /// Number of that line in the source.
    at: usize,
    kind: Kind,
    /// Open marks whose words are no text: images are described, what is struck out is gone.
    unread: usize,
    table: usize,
    row: usize,
    column: usize,
    cell: bool,
}

impl Default for Gathered {
    fn default() -> Gathered {
        Gathered {
            builder: Builder::default(),
            line: String::new(),
            at: 1,
            kind: Kind::Body,
            unread: 0,
            table: 0,
            row: 0,
            column: 0,
            cell: false,
        }
    }
}

impl Gathered {
    fn push(&mut self, words: &str, line: usize) {
        if self.unread > 0 {
            return;
        }
        if self.line.is_empty() {
            self.at = line;
        }
        self.line.push_str(words);
    }

    /// Ends a line of the text; nothing if it has none.
    fn flush(&mut self) {
        if self.cell {
            return;
        }
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.builder.push(&line, Place::Line(self.at), self.kind);
        }
    }

    /// Begins a paragraph, which goes on behind the number of its item.
    fn flush_text(&mut self) {
        if !self.line.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ')')) {
            self.flush();
        }
    }

    /// Ends a cell, which is one though it says nothing.
    fn end_cell(&mut self) {
        self.cell = false;
        let text = std::mem::take(&mut self.line);
        let place = Place::Cell { table: self.table, row: self.row, column: self.column };
        self.builder.push(text.trim(), place, Kind::Cell { columns: 1, rows: 1 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_marks_with_their_lines() {
        let source = "+++\ntitle = \"x\"\n+++\r\n# 甲村\n\n排查`隐患`[105起](hazards)，**整改**\n第二行\\*\n\n\
            1. 安全\n2. 环保 ![图](a.png)\n\n- 其他\n\n| 村 | 户 |\n|---|---|\n| 甲 | |\n\n~~删~~\n";
        let read = read(source);
        let found: Vec<_> =
            read.text.split('\n').zip(&read.pieces).map(|(t, p)| (t, p.place, p.kind)).collect();
        let cell = |row, column| Place::Cell { table: 1, row, column };
        let in_cell = Kind::Cell { columns: 1, rows: 1 };
        assert_eq!(
            found,
            [
                ("甲村", Place::Line(4), Kind::Heading(1)),
                ("排查隐患105起，整改", Place::Line(6), Kind::Body),
                ("第二行*", Place::Line(7), Kind::Body),
                ("1.安全", Place::Line(9), Kind::Body),
                ("2.环保 ", Place::Line(10), Kind::Body),
                ("其他", Place::Line(12), Kind::Body),
                ("村", cell(1, 1), in_cell),
                ("户", cell(1, 2), in_cell),
                ("甲", cell(2, 1), in_cell),
                ("", cell(2, 2), in_cell),
            ]
        );
        assert_eq!(read.pieces.len(), found.len());
    }

    #[test]
    fn text_that_only_begins_like_front_matter_is_kept() {
        assert_eq!(read("+++\n甲村\n").text, "+++\n甲村");
        assert_eq!(read("").text, "");
    }
}
