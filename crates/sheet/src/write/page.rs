//! How a sheet prints.

use rust_xlsxwriter::{Worksheet, XlsxError};

/// The number of A4 among the sizes of paper.
const A4: u8 = 9;

/// Characters of the columns that a page holds across. A4 on its side has 27.7 cm between the
/// margins, 147 characters of the usual font; made smaller than two thirds of their size, nobody
/// reads them.
const ACROSS: u32 = 220;

/// Most columns at the left that each of several pages across repeats, so that one knows of which
/// record a row is.
const REPEATED: usize = 2;

/// Prints a sheet on A4 on its side, each page with its number.
pub(super) fn on_its_side(sheet: &mut Worksheet) -> &mut Worksheet {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&C第 &P 页，共 &N 页")
}

/// Prints a table of columns so wide: each page with the head, as wide as one page if that can
/// be read, and as long as it gets.
pub(super) fn table(sheet: &mut Worksheet, head: u32, columns: &[u32]) -> Result<(), XlsxError> {
    on_its_side(sheet).set_repeat_rows(head, head)?;
    let pages = across(columns);
    if pages > 1 {
        let last = u16::try_from(repeated(columns).len().saturating_sub(1)).unwrap_or(0);
        sheet.set_print_fit_to_pages(pages, 0).set_repeat_columns(0, last)?;
    }
    Ok(())
}

fn repeated(columns: &[u32]) -> &[u32] {
    columns.get(..REPEATED).unwrap_or(columns)
}

/// How many pages across columns of these widths need.
pub(super) fn across(columns: &[u32]) -> u16 {
    let whole: u32 = columns.iter().sum();
    if whole <= ACROSS {
        return 1;
    }
    let again: u32 = repeated(columns).iter().sum();
    let pages = (whole - again).div_ceil(ACROSS.saturating_sub(again).max(1));
    u16::try_from(pages).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_table_takes_more_pages_before_it_is_too_small_to_read() {
        for (columns, pages) in [
            (vec![], 1),
            (vec![20; 11], 1),
            // Ten more columns of 20 beside the two that are repeated.
            (vec![20; 12], 2),
            (vec![20; 20], 2),
            (vec![20; 21], 3),
            (vec![40; 100], 28),
        ] {
            assert_eq!(across(&columns), pages, "{columns:?}");
        }
    }
}
