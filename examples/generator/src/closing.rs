//! Writes the signed sheets: months by place, years by ledger.

use figure::Period;
use pack::{CloseEvery, Pack};
use rust_xlsxwriter::XlsxError;

use crate::data::{Monthly, Yearly};
use crate::workbook::{Look, empty};

/// The months of every place, each signed on its last day.
pub(crate) fn monthly(book: &Monthly) -> Result<Vec<u8>, XlsxError> {
    let mut rows = Vec::new();
    for month in 1..=book.months {
        let Some(last) = figure::days_in_month(book.year, month) else { continue };
        for (place, signer) in &book.signers {
            rows.push([
                place.clone(),
                format!("{}年{month}月", book.year),
                signer.clone(),
                format!("{}.{month}.{last}", book.year),
            ]);
        }
    }
    sheet(&book.title, ["村(社区)", "月份", "签字人", "签字日期"], &rows)
}

/// One line for each ledger that closes by the year.
pub(crate) fn yearly(book: &Yearly, period: Period, pack: &Pack) -> Result<Vec<u8>, XlsxError> {
    let rows: Vec<[String; 4]> = pack
        .ledgers
        .values()
        .filter(|l| l.close == Some(CloseEvery::Year))
        .map(|l| [l.label.clone(), period.describe(), book.signer.clone(), book.signed_on.clone()])
        .collect();
    sheet(&book.title, ["台账", "年度", "签字人", "签字日期"], &rows)
}

fn sheet(title: &str, heads: [&str; 4], rows: &[[String; 4]]) -> Result<Vec<u8>, XlsxError> {
    let mut xlsx = empty()?;
    let look = Look::new();
    let sheet = xlsx.add_worksheet();
    sheet.merge_range(0, 0, 0, 3, title, &look.title)?;
    for (column, head) in (0_u16..).zip(heads) {
        sheet.write_string_with_format(1, column, head, &look.head)?;
    }
    for (line, row) in (2_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row) {
            sheet.write_string_with_format(line, column, text, &look.cell)?;
        }
    }
    xlsx.save_to_buffer()
}
