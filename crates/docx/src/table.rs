//! Tables: full borders, 小四 type, a head that is repeated on every page.

use std::io;

use report::Span;

use crate::layout::{LINE_PITCH, TABLE_SIZE, TYPE_WIDTH};
use crate::run::{self, Bookmarks, TABLE_CELL, TABLE_HEAD};
use crate::width::text_halves;
use crate::xml::Xml;

/// White space left and right of a cell's text, in twips (Word's own 1.9 mm).
const CELL_MARGIN: i32 = 108;
/// White space above and below a cell's text, in twips (1 mm).
const CELL_PADDING: i32 = 57;
/// A column whose cells are all this short is centred, in halves of a character.
const SHORT: i32 = 16;
/// A head up to this wide is never broken, in halves of a character.
const SHORT_HEAD: i32 = 8;

type Row = Vec<Vec<Span>>;

/// Writes a table. Rows shorter than the longest are filled with empty cells; a
/// table without any cell is left out.
pub(crate) fn write(xml: &mut Xml, rows: &[Row], marks: &mut Bookmarks) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return Ok(());
    }
    let needs: Vec<Need> = (0..columns).map(|column| need(rows, column)).collect();
    let widths = column_widths(&needs);
    xml.open("w:tbl", &[])?;
    properties(xml)?;
    xml.open("w:tblGrid", &[])?;
    for width in &widths {
        xml.leaf("w:gridCol", &[("w:w", &width.to_string())])?;
    }
    xml.close()?;
    for (index, cells) in rows.iter().enumerate() {
        let head = index == 0;
        xml.open("w:tr", &[])?;
        xml.open("w:trPr", &[])?;
        xml.on("w:cantSplit")?;
        let height = LINE_PITCH.to_string();
        xml.leaf("w:trHeight", &[("w:val", &height), ("w:hRule", "atLeast")])?;
        if head {
            xml.on("w:tblHeader")?;
        }
        xml.close()?;
        for (column, width) in widths.iter().enumerate() {
            let spans = cells.get(column).map_or(&[][..], Vec::as_slice);
            let centred = head || needs.get(column).is_some_and(|need| need.body <= SHORT);
            cell(xml, spans, *width, head, centred, marks)?;
        }
        xml.close()?;
    }
    xml.close()
}

fn properties(xml: &mut Xml) -> io::Result<()> {
    xml.open("w:tblPr", &[])?;
    xml.val("w:tblStyle", "TableGrid")?;
    xml.leaf("w:tblW", &[("w:w", &TYPE_WIDTH.to_string()), ("w:type", "dxa")])?;
    xml.val("w:jc", "center")?;
    xml.open("w:tblBorders", &[])?;
    for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
        xml.leaf(side, &BORDER)?;
    }
    xml.close()?;
    xml.leaf("w:tblLayout", &[("w:type", "fixed")])?;
    xml.open("w:tblCellMar", &[])?;
    for (side, width) in [
        ("w:top", CELL_PADDING),
        ("w:left", CELL_MARGIN),
        ("w:bottom", CELL_PADDING),
        ("w:right", CELL_MARGIN),
    ] {
        xml.leaf(side, &[("w:w", &width.to_string()), ("w:type", "dxa")])?;
    }
    xml.close()?;
    xml.val("w:tblLook", "0620")?;
    xml.close()
}

/// A single black line of half a point.
pub(crate) const BORDER: [(&str, &str); 4] =
    [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")];

fn cell(
    xml: &mut Xml,
    spans: &[Span],
    width: i32,
    head: bool,
    centred: bool,
    marks: &mut Bookmarks,
) -> io::Result<()> {
    xml.open("w:tc", &[])?;
    xml.open("w:tcPr", &[])?;
    xml.leaf("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])?;
    xml.val("w:vAlign", "center")?;
    xml.close()?;
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.val("w:pStyle", if head { "TableHead" } else { "TableText" })?;
    if !head {
        xml.val("w:jc", if centred { "center" } else { "left" })?;
    }
    xml.close()?;
    run::spans(xml, spans, if head { TABLE_HEAD } else { TABLE_CELL }, head, marks)?;
    xml.close()?;
    xml.close()
}

/// The widest texts of a column, in halves of a character.
#[derive(Clone, Copy)]
struct Need {
    /// The head in one line.
    head: i32,
    /// A long head in two lines, broken before its bracket or in the middle.
    broken_head: i32,
    /// The rows below the head, each in one line.
    body: i32,
}

fn need(rows: &[Row], column: usize) -> Need {
    let text = |row: &Row| -> String {
        let spans = row.get(column).map_or(&[][..], Vec::as_slice);
        spans.iter().map(|span| span.text.as_str()).collect()
    };
    let head = rows.first().map(text).unwrap_or_default();
    let broken_head = match head.find(['(', '\u{FF08}']).filter(|at| *at > 0) {
        Some(at) => text_halves(&head[..at]).max(text_halves(&head[at..])),
        None if text_halves(&head) > SHORT_HEAD => (text_halves(&head) + 1) / 2,
        None => text_halves(&head),
    };
    let body = rows.iter().skip(1).map(|row| text_halves(&text(row))).max().unwrap_or(0);
    Need { head: text_halves(&head), broken_head, body }
}

/// Twips that a column wants for a text of that many halves: with its margins, and
/// one more character, because fonts differ.
fn wanted(halves: i32) -> i32 {
    (halves.clamp(2, 200) + 2) * TABLE_SIZE * 5 + 2 * CELL_MARGIN
}

/// Widths that add up to the type area. If all texts fit in one line, what is left
/// is spread in proportion. Else heads are broken in two, a column that needs less
/// than its fair share gets what it needs, and the others share the rest.
fn column_widths(needs: &[Need]) -> Vec<i32> {
    let whole: Vec<i32> = needs.iter().map(|need| wanted(need.head.max(need.body))).collect();
    if whole.iter().sum::<i32>() <= TYPE_WIDTH {
        return spread(&whole);
    }
    let broken: Vec<i32> =
        needs.iter().map(|need| wanted(need.broken_head.max(need.body))).collect();
    let mut widths: Vec<Option<i32>> = vec![None; needs.len()];
    loop {
        let (fair, open) = fair_share(&widths);
        let fits =
            |(at, want): (usize, &i32)| (widths[at].is_none() && *want <= fair).then_some(at);
        let Some(at) = broken.iter().enumerate().find_map(fits) else {
            let widths = widths.iter().map(|width| width.unwrap_or(fair)).collect();
            return if open == 0 { spread(&broken) } else { exact(widths) };
        };
        widths[at] = Some(broken[at]);
    }
}

/// The share of each column that has no width yet, and the number of these.
fn fair_share(widths: &[Option<i32>]) -> (i32, i32) {
    let taken: i32 = widths.iter().flatten().sum();
    let open = widths.iter().filter(|width| width.is_none()).count();
    let open = i32::try_from(open).unwrap_or(i32::MAX);
    ((TYPE_WIDTH - taken).max(0) / open.max(1), open)
}

fn spread(wanted: &[i32]) -> Vec<i32> {
    let sum: i32 = wanted.iter().sum();
    exact(wanted.iter().map(|want| want * TYPE_WIDTH / sum.max(1)).collect())
}

/// Gives the last column what rounding left over.
fn exact(mut widths: Vec<i32>) -> Vec<i32> {
    let rest = TYPE_WIDTH - widths.iter().sum::<i32>();
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(halves: &[i32]) -> Vec<i32> {
        let need = |half: &i32| Need { head: *half, broken_head: half / 2, body: *half };
        column_widths(&halves.iter().map(need).collect::<Vec<_>>())
    }

    #[test]
    fn widths_fill_the_type_area() {
        for halves in [&[4][..], &[4, 4, 4], &[4, 300, 6], &[400, 400, 2], &[8; 30], &[0, 0]] {
            let widths = widths(halves);
            assert_eq!(widths.iter().sum::<i32>(), TYPE_WIDTH, "{halves:?}");
            assert!(widths.iter().all(|width| *width > 0), "{halves:?}: {widths:?}");
        }
    }

    #[test]
    fn short_column_beside_a_long_one_keeps_its_text_in_a_line() {
        assert_eq!(widths(&[4, 300]), [wanted(4), TYPE_WIDTH - wanted(4)]);
    }

    #[test]
    fn long_head_is_broken_before_its_bracket_where_room_is_short() {
        let cells = |texts: [&str; 2]| {
            let span = |text: &str| Span { text: text.to_owned(), claim: None, bold: false };
            texts.map(|text| vec![span(text)]).to_vec()
        };
        let rows = [cells(["集体经济收入(万元)", "做法"]), cells(["35.20", &"甲".repeat(90)])];
        let needs = [need(&rows, 0), need(&rows, 1)];
        assert_eq!((needs[0].head, needs[0].broken_head, needs[0].body), (18, 12, 5));
        assert_eq!(column_widths(&needs)[0], wanted(12));
    }
}
