//! Merged cells among the rows: what they give to the rows they cover.

use crate::archive::Merge;
use crate::source::{RowCell, Value};

/// A merged cell with the value in its corner.
pub(crate) struct Begun {
    pub(crate) merge: Merge,
    pub(crate) value: Option<Value<'static>>,
}

/// The merged cells below the head of a sheet, as its rows pass by.
pub(crate) struct Merged {
    /// Those over several rows that begin in a column which is read, ascending.
    tall: Vec<Merge>,
    next_tall: usize,
    /// Those over half of the table, for the titles of sections.
    wide: Vec<Merge>,
    next_wide: usize,
    /// By column of the sheet: the last row that a merged cell covers, and its value.
    kept: Vec<Option<(u32, Value<'static>)>>,
}

impl Merged {
    /// For the rows below `bottom`; `read` tells which columns are read.
    pub(crate) fn new(merges: &[Merge], bottom: u32, read: &[bool]) -> Merged {
        let below = |m: &&Merge| m.first_row > bottom;
        let tall = |m: &&Merge| {
            m.last_row > m.first_row && read.get(m.first_column as usize) == Some(&true)
        };
        let half = u32::try_from(read.len() / 2).unwrap_or(u32::MAX).max(1);
        let wide = |m: &&Merge| m.last_column - m.first_column >= half;
        Merged {
            tall: merges.iter().filter(below).filter(tall).copied().collect(),
            next_tall: 0,
            wide: merges.iter().filter(below).filter(wide).copied().collect(),
            next_wide: 0,
            kept: vec![None; read.len()],
        }
    }

    /// The next merged cell that has begun by this row, until there is none.
    pub(crate) fn next(&mut self, row: u32, cells: &[RowCell<'_>]) -> Option<Begun> {
        let merge = *self.tall.get(self.next_tall).filter(|m| m.first_row <= row)?;
        self.next_tall += 1;
        let corner = |(column, value): &&RowCell<'_>| {
            *column == merge.first_column && merge.first_row == row && !value.is_blank()
        };
        let value = cells.iter().find(corner).map(|(_, v)| v.clone().into_owned());
        Some(Begun { merge, value })
    }

    /// Gives the value to all rows that the merged cell covers.
    pub(crate) fn keep(&mut self, begun: Begun) {
        if let Some(kept) = self.kept.get_mut(begun.merge.first_column as usize) {
            *kept = begun.value.map(|value| (begun.merge.last_row, value));
        }
    }

    /// The value of a merged cell that covers this row of a column from above.
    pub(crate) fn above(&self, column: u32, row: u32) -> Option<&Value<'static>> {
        match self.kept.get(column as usize) {
            Some(Some((last, value))) if row <= *last => Some(value),
            _ => None,
        }
    }

    /// The value of a column in this row, its own or that of a merged cell.
    pub(crate) fn value<'v>(
        &'v self,
        column: u32,
        row: u32,
        cells: &'v [RowCell<'v>],
    ) -> Option<&'v Value<'v>> {
        let own = cells.iter().find(|(c, v)| *c == column && !v.is_blank()).map(|(_, v)| v);
        own.or_else(|| self.above(column, row))
    }

    /// First column of the merged cell that begins in this row and covers half of the table.
    pub(crate) fn wide_at(&mut self, row: u32) -> Option<u32> {
        while self.wide.get(self.next_wide).is_some_and(|m| m.first_row < row) {
            self.next_wide += 1;
        }
        self.wide.get(self.next_wide).filter(|m| m.first_row == row).map(|m| m.first_column)
    }
}
