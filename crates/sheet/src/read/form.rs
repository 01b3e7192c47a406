//! The rows below the head of one sheet.

use std::sync::Arc;

use figure::Unit;
use pack::{FieldType, Scalar};

use super::merged::Merged;
use super::shown::{shorten, shown};
use super::totals::Totals;
use super::{Reading, kinds, record};
use crate::SheetError;
use crate::cells::{Bad, Column};
use crate::discreet;
use crate::heads::{Head, key};
use crate::layout::{Layout, Target, column_unit, parent_heads};
use crate::source::{RowCell, SheetStart};
use crate::staged::{Problem, RowSheet, StagedRow, Weight, cell_name};

/// Most cells of a column that are kept for a note.
const NAMED: u32 = 10;

/// Whether a column lacks a head, and holds something all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Headless {
    /// It has a head.
    No,
    /// It has none, and no record has anything there so far.
    Unseen,
    /// It has none, and records have something there.
    Seen,
}

/// The columns of a sheet and what was met in its rows so far.
pub(crate) struct Form<'p> {
    /// The sheet, as its rows name it.
    pub(super) sheet: Arc<RowSheet>,
    /// Columns of fields, in the order of the sheet.
    pub(super) columns: Vec<Column<'p>>,
    /// Their heads.
    heads: Vec<Head>,
    pub(super) place: Option<Head>,
    pub(super) parent: Option<Head>,
    /// Where rows belong if they do not say so.
    pub(super) default_place: Option<String>,
    pub(super) merged: Merged,
    /// The last row of those that share an amount, counted from 0: nobody knows whose it is.
    shared_until: Option<u32>,
    /// Problems of the file before the row at hand.
    before: usize,
    pub(super) totals: Totals,
    /// Whether no record was met yet.
    fresh: bool,
    /// Whether the footer was reached.
    below: bool,
    /// By column of the sheet.
    pub(super) headless: Vec<Headless>,
    /// Rows that name a village and nothing else.
    pub(super) listed: u32,
    pub(super) records: u32,
    /// Rows whose key may be the ID or phone number of somebody, where it is kept in clear.
    pub(super) telling: u32,
    /// Rows of totals, counted from 1.
    pub(super) summed: Vec<u32>,
    /// Cells (column, row) whose bare number was read as a day, the first of them.
    pub(super) bare: Vec<(u32, u32)>,
    /// Place of the `state` field, and the state of a new case.
    start: Option<(usize, &'p str)>,
}

impl<'p> Form<'p> {
    pub(super) fn new(
        reading: &mut Reading<'p, '_>,
        sheet: &SheetStart,
        layout: &Layout,
        units: &[Unit],
        default_place: Option<String>,
    ) -> Result<Form<'p>, SheetError> {
        let ledger = reading.ledger;
        let (mut columns, mut heads) = (Vec::new(), Vec::new());
        for bound in &layout.bound {
            let Target::Field(slot) = bound.target else { continue };
            let field = &ledger.fields[slot];
            let unit = column_unit(&sheet.name, field, &bound.head, units)?;
            columns.push(Column::new(bound.head.column, bound.head.show(), slot, field, unit));
            heads.push(bound.head.clone());
        }
        let mut slots = vec![None; ledger.fields.len()];
        for column in &columns {
            slots[column.slot] = Some(column.index);
        }
        let own = Arc::new(RowSheet { name: sheet.name.clone(), columns: slots });
        let place = layout.column(Target::Place).cloned();
        let wants_place = !ledger.place.is_empty() && !reading.places.is_empty();
        if wants_place && place.is_none() && default_place.is_none() {
            return Err(SheetError::NoPlace {
                sheet: sheet.name.clone(),
                kinds: reading.places.kinds(),
            });
        }
        // The key of the parent may be a field of the child as well, in one column.
        let parent_keys: Vec<String> =
            parent_heads(reading.pack, ledger).iter().map(|h| key(h)).collect();
        let shared =
            || heads.iter().find(|h| h.keys.iter().any(|k| parent_keys.contains(k))).cloned();
        let parent = layout.column(Target::Parent).cloned().or_else(shared);
        for head in &layout.extra {
            if !head.is_running_number() {
                let message = format!("第{}列“{}”不在台账里,未导入", head.letter(), head.show());
                reading.note(&sheet.name, None, Weight::Plain, message);
            }
        }

        let all_heads = layout.bound.iter().map(|b| &b.head).chain(&layout.extra);
        let width = all_heads.clone().map(|h| h.column as usize + 1).max().unwrap_or(0);
        let mut headless = vec![Headless::Unseen; width];
        let mut read = vec![false; width];
        for head in all_heads {
            headless[head.column as usize] = Headless::No;
        }
        for head in heads.iter().chain(&place).chain(&parent) {
            read[head.column as usize] = true;
        }
        let totals = Totals::new(columns.len());
        let start = ledger
            .case
            .as_ref()
            .and_then(|case| Some((ledger.fields.get_index_of("state")?, case.start.as_str())));
        Ok(Form {
            sheet: own,
            columns,
            heads,
            place: place.filter(|_| wants_place),
            parent,
            default_place: default_place.filter(|_| wants_place),
            merged: Merged::new(&sheet.merges, layout.bottom, &read),
            shared_until: None,
            before: 0,
            totals,
            fresh: true,
            below: false,
            headless,
            listed: 0,
            records: 0,
            telling: 0,
            summed: Vec::new(),
            bare: Vec::new(),
            start,
        })
    }

    /// Whether something is wrong with the row at hand.
    pub(super) fn has_problem(&self, reading: &Reading<'p, '_>) -> bool {
        reading.remarks.problem_count > self.before
    }

    /// Column of a field and its head; the first column of the sheet for a field without one.
    pub(crate) fn head_of(&self, slot: usize) -> (u32, String) {
        let column = self.columns.iter().find(|c| c.slot == slot);
        column.map_or_else(|| (0, String::new()), |c| (c.index, c.head.clone()))
    }

    /// Takes one row below the head.
    pub(super) fn row(
        &mut self,
        reading: &mut Reading<'p, '_>,
        sheet: &SheetStart,
        row: u32,
        cells: &mut Vec<RowCell<'_>>,
    ) -> Result<(), SheetError> {
        self.before = reading.remarks.problem_count;
        self.take_merges(reading, sheet, row, cells);
        let has = |column: u32| cells.iter().any(|(c, v)| *c == column && !v.is_blank());
        if cells.iter().all(|(_, v)| v.is_blank()) {
            return Ok(());
        }
        if let Some((kind, _)) =
            kinds::total(cells).filter(|(_, column)| !self.is_complete(cells, Some(*column)))
        {
            self.check_totals(reading, sheet, row, cells, kind);
            self.summed.push(row + 1);
            return Ok(());
        }
        if kinds::is_footer(cells) && !self.is_complete(cells, None) {
            self.below = true;
            return Ok(());
        }
        let filled = cells.iter().filter(|(_, v)| !v.is_blank()).count();
        if filled == 1 && (self.below || kinds::is_section(cells, self.merged.wide_at(row))) {
            if !self.below {
                let message = format!("第 {} 行是分节标题,未导入", row + 1);
                reading.note(&sheet.name, None, Weight::Plain, message);
            }
            return Ok(());
        }
        if self.fresh && self.is_under_head(reading, sheet, row, cells)? {
            return Ok(());
        }
        if self.repeats_head(cells) {
            return Ok(());
        }
        let any_field = self
            .columns
            .iter()
            .map(|c| c.index)
            .chain(self.parent.as_ref().map(|h| h.column))
            .any(has);
        if !any_field {
            self.listed += u32::from(self.place.as_ref().is_some_and(|h| has(h.column)));
            return Ok(());
        }
        self.fresh = false;
        self.record(reading, sheet, row, cells);
        Ok(())
    }

    /// Whether all words that a record needs are there, apart from one column: such
    /// a row is a record, whatever words it begins with.
    fn is_complete(&self, cells: &[RowCell<'_>], except: Option<u32>) -> bool {
        let mut needed = self
            .columns
            .iter()
            .filter(|c| c.field.required && !is_amount(&c.field.ty) && Some(c.index) != except)
            .peekable();
        needed.peek().is_some()
            && needed.all(|column| cells.iter().any(|(c, v)| *c == column.index && !v.is_blank()))
    }

    fn record(
        &mut self,
        reading: &mut Reading<'p, '_>,
        sheet: &SheetStart,
        row: u32,
        cells: &[RowCell<'_>],
    ) {
        self.records += 1;
        self.totals.row();
        self.note_headless(cells);
        let fields = reading.ledger.fields.len();
        let mut values: Vec<Option<Scalar>> = vec![None; fields];
        let mut bad = vec![false; fields];
        let mut next = 0;
        for (number, column) in self.columns.iter_mut().enumerate() {
            while cells.get(next).is_some_and(|(c, _)| *c < column.index) {
                next += 1;
            }
            let own = cells
                .get(next)
                .filter(|(c, v)| *c == column.index && !v.is_blank())
                .map(|(_, v)| v);
            let Some(value) = own.or_else(|| self.merged.above(column.index, row)) else {
                continue;
            };
            let percent = sheet.percents.contains(&(row, column.index));
            let before = column.bare_days;
            let read = column.read(reading.pack, value, percent, sheet.from_1904);
            if column.bare_days > before && column.bare_days <= NAMED {
                self.bare.push((column.index, row));
            }
            match read {
                Ok(read) => {
                    if matches!(read, Some(Scalar::Integer(_))) {
                        self.totals.add(number, Ok(read.as_ref()));
                    }
                    values[column.slot] = read;
                }
                Err(Bad { message, expected }) => {
                    self.totals.add(number, Err(()));
                    bad[column.slot] = true;
                    reading.problem(Problem {
                        sheet: sheet.name.clone(),
                        cell: cell_name(row, column.index),
                        row: row + 1,
                        head: column.head.clone(),
                        value: shown(column.field, value.show()),
                        expected,
                        message,
                    });
                }
            }
        }
        if let Some((slot, start)) = self.start
            && values[slot].is_none()
            && !bad[slot]
        {
            values[slot] = Some(Scalar::Text(start.to_owned()));
        }
        let place = self.place_of(reading, sheet, row, cells);
        let parent_key = self.parent_of(reading, sheet, row, cells);
        let sheet = Arc::clone(&self.sheet);
        let (row, is_good) = (row + 1, self.shared_until.is_none_or(|last| row > last));
        let staged = StagedRow { sheet, row, is_good, place, parent_key, cells: values };
        self.telling += u32::from(discreet::key_tells(reading.ledger, &staged.cells));
        record::stage(reading, self, staged, &bad);
    }

    /// Gives the values of merged cells to the rows they cover.
    fn take_merges(
        &mut self,
        reading: &mut Reading<'p, '_>,
        sheet: &SheetStart,
        row: u32,
        cells: &[RowCell<'_>],
    ) {
        while let Some(begun) = self.merged.next(row, cells) {
            let merge = begun.merge;
            let column = self.columns.iter().find(|c| c.index == merge.first_column);
            let amount = column.filter(|c| is_amount(&c.field.ty));
            let (Some(column), Some(value)) = (amount, &begun.value) else {
                self.merged.keep(begun);
                continue;
            };
            // Nobody can tell whether each row has the amount or all rows together.
            self.shared_until = self.shared_until.max(Some(merge.last_row));
            reading.problem(Problem {
                sheet: sheet.name.clone(),
                cell: cell_name(row, merge.first_column),
                row: row + 1,
                head: column.head.clone(),
                value: shorten(value.show()),
                expected: "每行一个数".to_owned(),
                message: format!(
                    "数值合并了第 {} 至 {} 行,看不出是每行都有还是各行合计;请取消合并,逐行填写",
                    row + 1,
                    merge.last_row + 1
                ),
            });
        }
    }

    /// A row of column numbers or of units, which stands right below the head.
    fn is_under_head(
        &mut self,
        reading: &mut Reading<'p, '_>,
        sheet: &SheetStart,
        row: u32,
        cells: &[RowCell<'_>],
    ) -> Result<bool, SheetError> {
        let texts = |column| {
            let column = self.columns.iter().find(|c| c.index == column);
            column.is_some_and(|c| {
                matches!(
                    c.field.ty,
                    FieldType::PersonName
                        | FieldType::Choice { .. }
                        | FieldType::Date
                        | FieldType::IdNumber
                )
            })
        };
        if kinds::is_column_numbers(cells, texts) {
            reading.note(
                &sheet.name,
                None,
                Weight::Plain,
                format!("第 {} 行是栏号,未导入", row + 1),
            );
            return Ok(true);
        }
        let Some(units) = kinds::units(cells) else { return Ok(false) };
        for (column, unit) in units {
            let Some(number) = self.columns.iter().position(|c| c.index == column) else {
                continue;
            };
            if self.heads[number].unit.is_none() {
                let head = Head { unit: Some(unit), ..self.heads[number].clone() };
                let field = self.columns[number].field;
                let unit = column_unit(&sheet.name, field, &head, &[])?;
                self.columns[number].set_unit(unit);
            }
        }
        Ok(true)
    }

    /// Whether the head stands here again, as on the next page of a print.
    fn repeats_head(&self, cells: &[RowCell<'_>]) -> bool {
        let mut equal = 0;
        for (column, value) in cells.iter().filter(|(_, v)| !v.is_blank()) {
            let Some(head) = self.heads.iter().find(|h| h.column == *column) else { continue };
            match value.text() {
                Some(text) if text.trim() == head.path.last().map_or("", String::as_str) => {
                    equal += 1
                }
                _ => return false,
            }
        }
        equal >= 2
    }
}

/// Types whose values add up.
pub(super) fn is_amount(ty: &FieldType) -> bool {
    matches!(
        ty,
        FieldType::Integer
            | FieldType::Decimal { .. }
            | FieldType::Quantity { .. }
            | FieldType::Money
    )
}
