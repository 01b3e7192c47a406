//! Saved pages: paragraphs, headings and tables of the html, without what only the site needs.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use crate::decode::page;
use crate::elements::{is_block, level, number, skips, wide, word};
use crate::error::ReadError;
use crate::grid::{Grid, GridCell};
use crate::model::{Builder, Format, Kind, Manuscript, Place};

/// Most paragraphs read.
const MAX_PARAGRAPHS: usize = 200_000;
/// Deepest nesting of tables.
const MAX_TABLES: usize = 32;

/// The text of a page.
pub(crate) fn read(bytes: &[u8]) -> Result<Manuscript, ReadError> {
    let source = page(bytes)?;
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for token in Tokenizer::new_with_emitter(source.as_str(), emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&word(&tag.name)),
            Token::String(text) if page.skipped.is_none() => page.text(&word(&text.value)),
            _ => {}
        }
        if page.items.len().max(page.rows) > MAX_PARAGRAPHS {
            return Err(ReadError::TooLarge { what: "段落数", limit: MAX_PARAGRAPHS as u64 });
        }
    }
    page.flush();
    while !page.tables.is_empty() {
        page.end_table();
    }
    Ok(page.finish())
}

/// A paragraph.
struct Item {
    text: String,
    heading: Option<u8>,
    /// The table and the cell it stands in.
    cell: Option<(usize, GridCell)>,
}

/// A table that is open.
struct OpenTable {
    /// Index of all tables, in the order in which they begin.
    number: usize,
    grid: Grid,
    cell: Option<GridCell>,
    /// Whether the open cell has said anything.
    says: bool,
}

/// The page as far as it was read.
#[derive(Default)]
struct Page {
    items: Vec<Item>,
    line: String,
    /// White space that is shown only if more text follows.
    blank: Option<Blank>,
    heading: Option<u8>,
    tables: Vec<OpenTable>,
    /// Rows of all tables, which are bounded as paragraphs are.
    rows: usize,
    /// For each table whether it only places things on the page.
    layout: Vec<bool>,
    /// The skipped element that is open, and how many of its name.
    skipped: Option<(String, usize)>,
}

/// White space between words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blank {
    Space,
    /// White space with a line feed: editors break Chinese lines where no blank is meant.
    Line,
}

impl Page {
    fn start(&mut self, tag: &StartTag<()>) {
        let name = word(&tag.name);
        if let Some((skipped, depth)) = &mut self.skipped {
            // A paragraph ends where the next block begins, whether it says so or not.
            if skipped != "p" || !is_block(&name) {
                *depth += usize::from(*skipped == name);
                return;
            }
            self.skipped = None;
        }
        if skips(tag, &name) {
            if is_block(&name) {
                self.flush();
            }
            self.skipped = Some((name, 1));
            return;
        }
        match name.as_str() {
            "table" => {
                self.flush();
                if let Some(outer) = self.tables.last() {
                    // A table within a table: the outer one only places it.
                    let outer = outer.number;
                    self.layout[outer] = true;
                }
                if self.tables.len() == MAX_TABLES {
                    self.end_table();
                }
                let number = self.layout.len();
                self.layout.push(false);
                let grid = Grid::default();
                self.tables.push(OpenTable { number, grid, cell: None, says: false });
            }
            "tr" => {
                self.end_cell();
                self.rows += 1;
                if let Some(table) = self.tables.last_mut() {
                    table.grid.row();
                }
            }
            "td" | "th" => {
                self.end_cell();
                let span = |name: &str| number(tag, name).unwrap_or(1);
                let (rows, columns) = (span("rowspan"), span("colspan"));
                if let Some(table) = self.tables.last_mut() {
                    table.cell = Some(table.grid.cell(rows, columns));
                    table.says = false;
                }
            }
            _ => {
                if let Some(level) = level(&name) {
                    self.flush();
                    self.heading = Some(level);
                } else if is_block(&name) {
                    self.flush();
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        match name {
            "table" => self.end_table(),
            "td" | "th" | "tr" => self.end_cell(),
            name if level(name).is_some() => {
                self.flush();
                self.heading = None;
            }
            name if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            // Rows of blanks that do not break only keep a distance.
            if c.is_ascii_whitespace() || c == '\u{A0}' {
                let line = matches!(c, '\n' | '\r') || self.blank == Some(Blank::Line);
                self.blank = Some(if line { Blank::Line } else { Blank::Space });
                continue;
            }
            if !crate::tags::shown(c) {
                continue;
            }
            if let Some(blank) = self.blank.take()
                && let Some(last) = self.line.chars().next_back()
                && !(blank == Blank::Line && wide(last) && wide(c))
            {
                self.line.push(' ');
            }
            self.line.push(c);
        }
    }

    /// Ends a paragraph; nothing if it says nothing.
    fn flush(&mut self) {
        self.blank = None;
        let line = std::mem::take(&mut self.line);
        let text = line.trim();
        if text.is_empty() {
            return;
        }
        let table = self.tables.last_mut();
        let cell = table.and_then(|table| {
            table.says = true;
            table.cell.map(|cell| (table.number, cell))
        });
        self.items.push(Item { text: text.to_owned(), heading: self.heading, cell });
    }

    /// Ends a cell, which is one though it says nothing.
    fn end_cell(&mut self) {
        self.flush();
        let Some(table) = self.tables.last_mut() else { return };
        if let Some(cell) = table.cell.take()
            && !table.says
        {
            let cell = Some((table.number, cell));
            self.items.push(Item { text: String::new(), heading: None, cell });
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.pop()
            && table.grid.width < 2
        {
            // One column only holds the page together.
            self.layout[table.number] = true;
        }
    }

    fn finish(self) -> Manuscript {
        let mut builder = Builder::default();
        let mut paragraphs = 0;
        let mut shown = 0;
        let numbers: Vec<Option<usize>> = self
            .layout
            .iter()
            .map(|layout| {
                shown += usize::from(!layout);
                (!layout).then_some(shown)
            })
            .collect();
        for item in self.items {
            let place = item.cell.and_then(|(table, cell)| {
                let table = numbers.get(table).copied().flatten()?;
                Some((Place::Cell { table, row: cell.row, column: cell.column }, cell))
            });
            let (place, kind) = match place {
                Some((place, cell)) => {
                    (place, Kind::Cell { columns: cell.columns, rows: cell.rows })
                }
                None if item.text.is_empty() => continue,
                None => {
                    paragraphs += 1;
                    (Place::Paragraph(paragraphs), item.heading.map_or(Kind::Body, Kind::Heading))
                }
            };
            builder.push(&item.text, place, kind);
        }
        builder.finish(Format::Html)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        let Ok(read) = read(source.as_bytes()) else { panic!("not read") };
        let lines = if read.pieces.is_empty() { vec![] } else { read.text.split('\n').collect() };
        assert_eq!(lines.len(), read.pieces.len(), "{source}");
        let places = read.pieces.iter().map(|piece| piece.place.describe());
        places.zip(lines).map(|(place, line)| format!("{place} {line}")).collect()
    }

    #[test]
    fn blocks_are_paragraphs() {
        assert_eq!(
            shown(
                "<html><head><title>x</title><style>p{}</style><script>if(a<b){'<p>'}</script></head><body>\
                 <nav><a>首页</a></nav><h1>甲村&nbsp;&nbsp; 总结</h1><p>　　排查<b>105</b>\n起，</p><div>第一\n行<br>a\nb</div>\
                 <p style='DISPLAY: none'>藏<p>尾<div hidden>藏<div>藏</div></div><script src=a />藏</script>末</body>"
            ),
            [
                "第1段 甲村 总结",
                "第2段 排查105 起，",
                "第3段 第一行",
                "第4段 a b",
                "第5段 尾",
                "第6段 末"
            ]
        );
        assert_eq!(shown("<p>12 &lt; 13 &amp; &#x7532;<p>尾"), ["第1段 12 < 13 & 甲", "第2段 尾"]);
    }

    #[test]
    fn tables_have_cells() {
        assert_eq!(
            shown(
                "<table><tr><th rowspan=2>村<th colspan=2>户</tr><tr><td>一<td></td></tr><tr><td>甲</table>后"
            ),
            [
                "表1第1行第1列 村",
                "表1第1行第2列 户",
                "表1第2行第2列 一",
                "表1第2行第3列 ",
                "表1第3行第1列 甲",
                "第1段 后"
            ]
        );
        let outer =
            "<table><tr><td>左<td><table><tr><td>甲<td>乙</table></table><table><tr><td>丙</table>";
        assert_eq!(shown(outer), ["第1段 左", "表1第1行第1列 甲", "表1第1行第2列 乙", "第2段 丙"]);
    }
}
