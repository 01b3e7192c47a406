//! Rows of totals are checked against the rows they add up, never imported.

use pack::{Field, Pack, Scalar, show_cell};

use super::kinds::Total;
use crate::staged::{Note, Weight, cell_name};

/// Sums of one column. `None` once a cell of it could not be read: what it
/// should add up to is not known then.
#[derive(Clone, Copy, Debug)]
struct Sums {
    all: Option<i128>,
    part: Option<i128>,
}

/// Running sums of the numeric columns of a sheet.
pub(crate) struct Totals {
    sums: Vec<Sums>,
    rows: u32,
    rows_in_part: u32,
    /// Totals that stand above the rows they add up: column, stored number, row, column of the sheet.
    ahead: Vec<(usize, i64, u32, u32)>,
}

impl Totals {
    /// For as many columns as the sheet has.
    pub(crate) fn new(columns: usize) -> Totals {
        Totals {
            sums: vec![Sums { all: Some(0), part: Some(0) }; columns],
            rows: 0,
            rows_in_part: 0,
            ahead: Vec::new(),
        }
    }

    /// A row begins.
    pub(crate) fn row(&mut self) {
        self.rows += 1;
        self.rows_in_part += 1;
    }

    /// A cell of the row; `Err` if it could not be read.
    pub(crate) fn add(&mut self, column: usize, cell: Result<Option<&Scalar>, ()>) {
        let sums = &mut self.sums[column];
        match cell {
            Ok(Some(Scalar::Integer(number))) => {
                let number = i128::from(*number);
                sums.all = sums.all.map(|sum| sum + number);
                sums.part = sums.part.map(|sum| sum + number);
            }
            Ok(_) => {}
            Err(()) => *sums = Sums { all: None, part: None },
        }
    }

    /// A total of a column. Returns the sum it should be, if it is another.
    pub(crate) fn check(
        &mut self,
        column: usize,
        kind: Total,
        total: i64,
        row: u32,
        sheet_column: u32,
    ) -> Option<i128> {
        if self.rows == 0 {
            self.ahead.push((column, total, row, sheet_column));
            return None;
        }
        let sums = self.sums[column];
        let fits = |sum: Option<i128>| sum.is_none_or(|sum| sum == i128::from(total));
        let expected = if kind == Total::Part { sums.part } else { sums.all };
        // 合计 at the end of a group adds up the group, at the end of the sheet everything.
        if fits(expected) || fits(sums.part) { None } else { expected }
    }

    /// The row of totals is over: the next part begins.
    pub(crate) fn next_part(&mut self) {
        if self.rows_in_part > 0 {
            for sums in &mut self.sums {
                sums.part = sums.all.map(|_| 0);
            }
            self.rows_in_part = 0;
        }
    }

    /// At the end of the sheet: totals above the rows that differ from their sums.
    pub(crate) fn ahead(&self) -> impl Iterator<Item = (usize, i64, u32, u32, i128)> + '_ {
        self.ahead.iter().filter(|_| self.rows > 0).filter_map(
            |(column, total, row, sheet_column)| {
                let sum = self.sums[*column].all?;
                (sum != i128::from(*total)).then_some((*column, *total, *row, *sheet_column, sum))
            },
        )
    }
}

/// The note that says so.
pub(crate) fn note(
    pack: &Pack,
    sheet: &str,
    field: &Field,
    (row, column): (u32, u32),
    total: i64,
    sum: i128,
) -> Note {
    let show = |number: i64| show_cell(field, pack, &Scalar::Integer(number));
    let unit = field.ty.unit().map_or_else(String::new, |u| u.to_string());
    let sum = i64::try_from(sum)
        .map_or_else(|_| "超出范围".to_owned(), |s| format!("{} {unit}", show(s)));
    Note {
        weight: Weight::Warning,
        sheet: sheet.to_owned(),
        cell: Some(cell_name(row, column)),
        message: format!(
            "合计不符:{} 的“{}”写的是 {} {unit},各行之和是 {};请核对是漏了行还是合计算错",
            cell_name(row, column),
            field.label,
            show(total),
            sum.trim_end(),
        )
        .replace(" ,", ","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(totals: &mut Totals, numbers: &[i64]) {
        for number in numbers {
            totals.row();
            totals.add(0, Ok(Some(&Scalar::Integer(*number))));
        }
    }

    #[test]
    fn totals_add_up_their_part_or_everything() {
        let mut totals = Totals::new(1);
        assert_eq!(totals.check(0, Total::Whole, 99, 0, 0), None);
        feed(&mut totals, &[1, 2]);
        assert_eq!(totals.check(0, Total::Part, 3, 3, 0), None);
        totals.next_part();
        feed(&mut totals, &[4]);
        assert_eq!(totals.check(0, Total::Part, 5, 5, 0), Some(4));
        assert_eq!(totals.check(0, Total::Whole, 7, 5, 0), None);
        assert_eq!(totals.check(0, Total::Whole, 4, 5, 0), None);
        assert_eq!(totals.check(0, Total::Whole, 8, 5, 0), Some(7));
        assert_eq!(totals.ahead().collect::<Vec<_>>(), [(0, 99, 0, 0, 7)]);
        totals.add(0, Err(()));
        assert_eq!(totals.check(0, Total::Whole, 8, 5, 0), None);
        assert_eq!(totals.ahead().count(), 0);
    }
}
