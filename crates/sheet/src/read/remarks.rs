//! What is noted of a sheet besides its records: totals that differ, columns
//! without a head, dates that had to be interpreted.

use pack::Scalar;

use super::Reading;
use super::form::{Form, Headless, is_amount};
use super::kinds::Total;
use super::totals;
use crate::source::{RowCell, SheetStart};
use crate::staged::{Weight, cell_name, column_name};

impl<'p> Form<'p> {
    /// Compares a row of totals with the rows that it adds up.
    pub(super) fn check_totals(
        &mut self,
        reading: &mut Reading<'p, '_>,
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
                reading.remarks.notes.push(note);
            }
        }
        self.totals.next_part();
    }

    /// Remembers columns without a head that hold something.
    pub(super) fn note_headless(&mut self, cells: &[RowCell<'_>]) {
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
    pub(super) fn finish(self, reading: &mut Reading<'p, '_>, sheet: &str) {
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
            reading.remarks.notes.push(note);
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
                let bare = self.bare.iter().filter(|(index, _)| *index == column.index);
                let cells = few(bare.map(|(index, row)| cell_name(*row, *index)));
                let message = format!(
                    "第{letter}列“{head}”有 {} 格({cells})是没有日期格式的数字,已按日期序号读取",
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
        if !self.summed.is_empty() {
            let rows = few(self.summed.iter().map(u32::to_string));
            let message = format!("第 {rows} 行是合计或小计,只用来核对,未导入");
            reading.note(sheet, None, plain, message);
        }
        if self.listed > 0 {
            reading.note(
                sheet,
                None,
                plain,
                format!("有 {} 行只写了地方,没有其他内容,未导入", self.listed),
            );
        }
        if self.telling > 0
            && let Some(key) =
                reading.ledger.key.as_ref().and_then(|k| reading.ledger.fields.get(k))
        {
            let message = format!(
                "有 {} 行的“{label}”像是身份证号或手机号;{label}不加密,会原样留在账里和备份里,也不能销毁。请另编{label}(如 R-0001),号码只填在专门的栏目里",
                self.telling,
                label = key.label
            );
            reading.note(sheet, None, Weight::Warning, message);
        }
        if self.records == 0 {
            reading.note(sheet, None, Weight::Warning, "表头下面没有记录".to_owned());
        }
    }
}

/// The first few of a list, for a note.
fn few(names: impl Iterator<Item = String>) -> String {
    const FEW: usize = 8;
    let mut names: Vec<String> = names.take(FEW + 1).collect();
    let is_cut = names.len() > FEW;
    names.truncate(FEW);
    format!("{}{}", names.join("、"), if is_cut { "……" } else { "" })
}
