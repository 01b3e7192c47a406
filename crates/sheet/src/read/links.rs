//! Where a record belongs: its place and its parent.

use pack::Scalar;

use super::Reading;
use super::form::Form;
use super::shown::{shorten, shown};
use crate::cells::{Bad, Column};
use crate::heads::Head;
use crate::source::{RowCell, SheetStart};
use crate::staged::{Problem, cell_name};

impl<'p> Form<'p> {
    /// Code of the place that the row names, or of the one all rows belong to.
    pub(super) fn place_of(
        &self,
        reading: &mut Reading<'p, '_>,
        sheet: &SheetStart,
        row: u32,
        cells: &[RowCell<'_>],
    ) -> Option<String> {
        let Some(head) = &self.place else { return self.default_place.clone() };
        let text = self.text_at(head.column, row, cells);
        let (value, expected, message) = match &text {
            None if self.default_place.is_some() => return self.default_place.clone(),
            None => (
                String::new(),
                format!("{}的名称", reading.places.kinds()),
                "没有写明属于哪里".to_owned(),
            ),
            Some(text) => match reading.places.find(text) {
                Ok(code) => return Some(code),
                Err(error) => (shorten(text.clone()), error.expected, error.message),
            },
        };
        reading.problem(problem(sheet, row, head, value, expected, message));
        None
    }

    /// Key of the parent record, as its ledger stores it.
    pub(super) fn parent_of(
        &self,
        reading: &mut Reading<'p, '_>,
        sheet: &SheetStart,
        row: u32,
        cells: &[RowCell<'_>],
    ) -> Option<String> {
        let head = self.parent.as_ref()?;
        let parent = reading.pack.ledgers.get(reading.ledger.parent.as_ref()?)?;
        let field = parent.fields.get(parent.key.as_ref()?)?;
        let value = self.merged.value(head.column, row, cells);
        let mut column = Column::new(head.column, head.show(), 0, field, None);
        let read = value.map_or(Ok(None), |v| column.read(reading.pack, v, false, sheet.from_1904));
        let (expected, message) = match read {
            Ok(Some(Scalar::Text(key))) => return Some(key),
            Ok(Some(key)) => return Some(pack::show_cell(field, reading.pack, &key)),
            Ok(None) => (
                format!("{}的{}", parent.label, field.label),
                format!("没有写明属于哪条{}", parent.label),
            ),
            Err(Bad { message, expected }) => (expected, message),
        };
        let value = value.map_or_else(String::new, |v| shown(field, v.show()));
        reading.problem(problem(sheet, row, head, value, expected, message));
        None
    }

    fn text_at(&self, column: u32, row: u32, cells: &[RowCell<'_>]) -> Option<String> {
        let text = self.merged.value(column, row, cells)?.show();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

fn problem(
    sheet: &SheetStart,
    row: u32,
    head: &Head,
    value: String,
    expected: String,
    message: String,
) -> Problem {
    let (sheet, cell) = (sheet.name.clone(), cell_name(row, head.column));
    Problem { sheet, cell, row: row + 1, head: head.show(), value, expected, message }
}
