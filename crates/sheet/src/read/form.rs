//! The rows below the head of one sheet.

use figure::Unit;
use pack::{FieldType, Scalar};

use super::kinds::{self, Total};
use super::totals::{self, Totals};
use super::{Reading, record};
use crate::SheetError;
use crate::archive::Merge;
use crate::cells::{Bad, Column};
use crate::heads::{Head, key};
use crate::layout::{Layout, Target, column_unit, parent_heads};
use crate::source::{RowCell, SheetStart, Value};
use crate::staged::{Problem, StagedRow, Weight, cell_name, column_name};

/// Longest text of a cell that a message repeats.
const SHOWN: usize = 100;

/// Whether a column lacks a head, and holds something all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Headless {
    /// It has a head.
    No,
    /// It has none, and no record has anything there so far.
    Unseen,
    /// It has none, and records have something there.
    Seen,
}

/// The columns of a sheet and what was met in its rows so far.
pub(crate) struct Form<'p> {
    /// Columns of fields, in the order of the sheet.
    columns: Vec<Column<'p>>,
    /// Their heads.
    heads: Vec<Head>,
    place: Option<Head>,
    parent: Option<Head>,
    /// Where rows belong if they do not say so.
    default_place: Option<String>,
    /// Value of the merged cell that covers a column, by column of the sheet, and
    /// the last row it covers.
    fills: Vec<Option<(u32, Value<'static>)>>,
    /// Merged cells over several rows in columns that are read, ascending.
    merges: Vec<Merge>,
    next_merge: usize,
    /// Merged cells over several columns, for the titles of sections.
    wide: Vec<Merge>,
    next_wide: usize,
    totals: Totals,
    /// Whether no record was met yet.
    fresh: bool,
    /// Whether the footer was reached.
    below: bool,
    /// By column of the sheet.
    headless: Vec<Headless>,
    /// Rows that name a village and nothing else.
    listed: u32,
    records: u32,
    /// Place of the `state` field, and the state of a new case.
    start: Option<(usize, &'p str)>,
}

impl<'p> Form<'p> {
    pub(super) fn new(
        reading: &mut Reading<'p>,
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
        let below = |m: &&Merge| m.first_row > layout.bottom;
        let tall = |m: &&Merge| {
            m.last_row > m.first_row && read.get(m.first_column as usize) == Some(&true)
        };
        let half = width as u32 / 2;
        let wide = |m: &&Merge| m.last_column - m.first_column >= half.max(1);
        let totals = Totals::new(columns.len());
        let start = ledger
            .case
            .as_ref()
            .and_then(|case| Some((ledger.fields.get_index_of("state")?, case.start.as_str())));
        Ok(Form {
            columns,
            heads,
            place: place.filter(|_| wants_place),
            parent,
            default_place: default_place.filter(|_| wants_place),
            fills: vec![None; width],
            merges: sheet.merges.iter().filter(below).filter(tall).copied().collect(),
            next_merge: 0,
            wide: sheet.merges.iter().filter(below).filter(wide).copied().collect(),
            next_wide: 0,
            totals,
            fresh: true,
            below: false,
            headless,
            listed: 0,
            records: 0,
            start,
        })
    }

    /// Column of a field and its head; the first column of the sheet for a field without one.
    pub(crate) fn head_of(&self, slot: usize) -> (u32, String) {
        let column = self.columns.iter().find(|c| c.slot == slot);
        column.map_or_else(|| (0, String::new()), |c| (c.index, c.head.clone()))
    }

    /// Takes one row below the head.
    pub(super) fn row(
        &mut self,
        reading: &mut Reading<'p>,
        sheet: &SheetStart,
        row: u32,
        cells: &mut Vec<RowCell<'_>>,
    ) -> Result<(), SheetError> {
        self.take_merges(reading, sheet, row, cells);
        let has = |column: u32| cells.iter().any(|(c, v)| *c == column && !v.is_blank());
        if cells.iter().all(|(_, v)| v.is_blank()) {
            return Ok(());
        }
        if let Some((kind, _)) =
            kinds::total(cells).filter(|(_, column)| !self.is_complete(cells, Some(*column)))
        {
            self.check_totals(reading, sheet, row, cells, kind);
            return Ok(());
        }
        if kinds::is_footer(cells) && !self.is_complete(cells, None) {
            self.below = true;
            return Ok(());
        }
        let filled = cells.iter().filter(|(_, v)| !v.is_blank()).count();
        if filled == 1 && (self.below || kinds::is_section(cells, self.wide_at(row))) {
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
        reading: &mut Reading<'p>,
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
            let Some(value) = own.or_else(|| filled(&self.fills, column.index, row)) else {
                continue;
            };
            let percent = sheet.percents.contains(&(row, column.index));
            match column.read(reading.pack, value, percent, sheet.from_1904) {
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
                        value: shorten(value.show()),
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
        let staged =
            StagedRow { sheet: sheet.name.clone(), row: row + 1, place, parent_key, cells: values };
        record::stage(reading, self, staged, &bad);
    }

    fn place_of(
        &self,
        reading: &mut Reading<'p>,
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
        reading.problem(Problem {
            sheet: sheet.name.clone(),
            cell: cell_name(row, head.column),
            row: row + 1,
            head: head.show(),
            value,
            expected,
            message,
        });
        None
    }

    fn parent_of(
        &self,
        reading: &mut Reading<'p>,
        sheet: &SheetStart,
        row: u32,
        cells: &[RowCell<'_>],
    ) -> Option<String> {
        let head = self.parent.as_ref()?;
        let parent = reading.pack.ledgers.get(reading.ledger.parent.as_ref()?)?;
        let field = parent.fields.get(parent.key.as_ref()?)?;
        let value = value_at(&self.fills, head.column, row, cells);
        let mut column = Column::new(head.column, head.show(), 0, field, None);
        let read = value.map_or(Ok(None), |v| column.read(reading.pack, v, false, sheet.from_1904));
        let (expected, message) = match read {
            Ok(Some(key)) => return Some(pack::show_cell(field, reading.pack, &key)),
            Ok(None) => (
                format!("{}的{}", parent.label, field.label),
                format!("没有写明属于哪条{}", parent.label),
            ),
            Err(Bad { message, expected }) => (expected, message),
        };
        reading.problem(Problem {
            sheet: sheet.name.clone(),
            cell: cell_name(row, head.column),
            row: row + 1,
            head: head.show(),
            value: value.map_or_else(String::new, |v| shorten(v.show())),
            expected,
            message,
        });
        None
    }

    fn text_at(&self, column: u32, row: u32, cells: &[RowCell<'_>]) -> Option<String> {
        let text = value_at(&self.fills, column, row, cells)?.show();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Remembers the values of merged cells that begin in this row.
    fn take_merges(
        &mut self,
        reading: &mut Reading<'p>,
        sheet: &SheetStart,
        row: u32,
        cells: &[RowCell<'_>],
    ) {
        while let Some(merge) = self.merges.get(self.next_merge).filter(|m| m.first_row <= row) {
            let merge = *merge;
            self.next_merge += 1;
            let value = cells
                .iter()
                .find(|(c, v)| *c == merge.first_column && merge.first_row == row && !v.is_blank())
                .map(|(_, v)| v.clone().into_owned());
            let column = self.columns.iter().find(|c| c.index == merge.first_column);
            let amount = column.filter(|c| is_amount(&c.field.ty));
            match (value, amount) {
                // Nobody can tell whether each row has the amount or all rows together.
                (Some(value), Some(column)) => reading.problem(Problem {
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
                }),
                (value, _) => {
                    self.fills[merge.first_column as usize] = value.map(|v| (merge.last_row, v));
                }
            }
        }
    }

    /// First column of the merged cell that begins in this row and covers half of the table.
    fn wide_at(&mut self, row: u32) -> Option<u32> {
        while self.wide.get(self.next_wide).is_some_and(|m| m.first_row < row) {
            self.next_wide += 1;
        }
        self.wide.get(self.next_wide).filter(|m| m.first_row == row).map(|m| m.first_column)
    }

    /// A row of column numbers or of units, which stands right below the head.
    fn is_under_head(
        &mut self,
        reading: &mut Reading<'p>,
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

    fn check_totals(
        &mut self,
        reading: &mut Reading<'p>,
        sheet: &SheetStart,
        row: u32,
        cells: &[RowCell<'_>],
        kind: Total,
    ) {
        for number in 0..self.columns.len() {
            let column = &mut self.columns[number];
            if !is_amount(&column.field.ty) {
                continue;
            }
            let Some((_, value)) = cells.iter().find(|(c, v)| *c == column.index && !v.is_blank())
            else {
                continue;
            };
            let percent = sheet.percents.contains(&(row, column.index));
            // A total that is no number (a dash, a formula without result) says nothing.
            let Ok(Some(Scalar::Integer(total))) =
                column.read(reading.pack, value, percent, sheet.from_1904)
            else {
                continue;
            };
            if let Some(sum) = self.totals.check(number, kind, total, row, column.index) {
                let note = totals::note(
                    reading.pack,
                    &sheet.name,
                    column.field,
                    (row, column.index),
                    total,
                    sum,
                );
                reading.staged.notes.push(note);
            }
        }
        self.totals.next_part();
    }

    fn note_headless(&mut self, cells: &[RowCell<'_>]) {
        for (column, value) in cells {
            // Beyond the last head there are helper lists, which are nobody's data.
            if let Some(seen) = self.headless.get_mut(*column as usize)
                && *seen == Headless::Unseen
                && !value.is_blank()
            {
                *seen = Headless::Seen;
            }
        }
    }

    /// Notes what the sheet as a whole showed.
    pub(super) fn finish(self, reading: &mut Reading<'p>, sheet: &str) {
        let plain = Weight::Plain;
        let ahead: Vec<_> = self.totals.ahead().collect();
        for (number, total, row, column, sum) in ahead {
            let note = totals::note(
                reading.pack,
                sheet,
                self.columns[number].field,
                (row, column),
                total,
                sum,
            );
            reading.staged.notes.push(note);
        }
        for (column, _) in (0..).zip(&self.headless).filter(|(_, seen)| **seen == Headless::Seen) {
            let letter = column_name(column);
            reading.note(
                sheet,
                None,
                Weight::Warning,
                format!("第{letter}列没有表头,其中的内容未导入"),
            );
        }
        for column in &self.columns {
            let (letter, head) = (column_name(column.index), &column.head);
            if column.bare_days > 0 {
                let message = format!(
                    "第{letter}列“{head}”有 {} 格是没有日期格式的数字,已按日期序号读取",
                    column.bare_days
                );
                reading.note(sheet, None, Weight::Warning, message);
            }
            if column.dropped_times > 0 {
                let message = format!(
                    "第{letter}列“{head}”有 {} 格带有时刻,只取了日期",
                    column.dropped_times
                );
                reading.note(sheet, None, plain, message);
            }
        }
        if self.listed > 0 {
            reading.note(
                sheet,
                None,
                plain,
                format!("有 {} 行只写了地方,没有其他内容,未导入", self.listed),
            );
        }
        if self.records == 0 {
            reading.note(sheet, None, Weight::Warning, "表头下面没有记录".to_owned());
        }
    }
}

fn is_amount(ty: &FieldType) -> bool {
    matches!(
        ty,
        FieldType::Integer
            | FieldType::Decimal { .. }
            | FieldType::Quantity { .. }
            | FieldType::Money
    )
}

/// The value of a merged cell that covers this row of a column from above.
fn filled<'f>(
    fills: &'f [Option<(u32, Value<'static>)>],
    column: u32,
    row: u32,
) -> Option<&'f Value<'static>> {
    match fills.get(column as usize) {
        Some(Some((last, value))) if row <= *last => Some(value),
        _ => None,
    }
}

fn value_at<'v>(
    fills: &'v [Option<(u32, Value<'static>)>],
    column: u32,
    row: u32,
    cells: &'v [RowCell<'v>],
) -> Option<&'v Value<'v>> {
    let own = cells.iter().find(|(c, v)| *c == column && !v.is_blank()).map(|(_, v)| v);
    own.or_else(|| filled(fills, column, row))
}

fn shorten(text: String) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
