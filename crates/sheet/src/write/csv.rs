//! Records of a ledger as comma-separated values.

use std::io::Write;

use pack::{Pack, Scalar};

use super::{Content, ExportRow, Plan, is_formula_like};
use crate::SheetError;

/// Writes records as csv after RFC 4180, in UTF-8 with the mark by which
/// spreadsheet programs know it. Returns the number of records.
///
/// An apostrophe is set before texts that a spreadsheet program would take for a
/// formula; reading takes it away again.
///
/// # Errors
/// [`SheetError`] if the ledger is unknown, a record has another shape than it,
/// or `out` cannot be written.
pub fn write_csv(
    pack: &Pack,
    ledger_id: &str,
    rows: impl IntoIterator<Item = ExportRow>,
    mut out: impl Write,
) -> Result<u64, SheetError> {
    let output = |source| SheetError::Output { source };
    let mut plan = Plan::of(pack, ledger_id)?;
    let columns = plan.columns.clone();
    let mut line = String::from("\u{feff}");
    for (_, head) in &columns {
        push(&mut line, head, false);
    }
    end(&mut line);
    for row in rows {
        plan.check(&row)?;
        for (content, _) in &columns {
            let number = matches!(content, Content::Field(slot) if matches!(row.cells[*slot], Some(Scalar::Integer(_))));
            push(&mut line, &plan.text(&row, *content).unwrap_or_default(), number);
        }
        end(&mut line);
        if line.len() > 1 << 16 {
            out.write_all(line.as_bytes()).map_err(output)?;
            line.clear();
        }
    }
    out.write_all(line.as_bytes()).and_then(|()| out.flush()).map_err(output)?;
    Ok(plan.written)
}

fn push(line: &mut String, text: &str, number: bool) {
    let guard = if !number && is_formula_like(text) { "'" } else { "" };
    if text.contains(['"', ',', '\n', '\r']) {
        line.push('"');
        line.push_str(guard);
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(guard);
        line.push_str(text);
    }
    line.push(',');
}

fn end(line: &mut String) {
    line.pop();
    line.push_str("\r\n");
}
