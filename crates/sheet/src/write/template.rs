//! A blank form of a ledger for the villages to fill.

use std::io::{Seek, Write};

use pack::{FieldType, Pack};
use rust_xlsxwriter::{Format, Note};

use super::workbook::{Styles, build, finish, new_workbook, write_head};
use super::{Content, Plan, page};
use crate::SheetError;
use crate::cells::{expected, is_digits};

/// Writes a blank form: the head with a note on each column that says what it
/// takes, drop-down lists, text format where digits are no numbers, and a sheet
/// that explains the columns. Filled, it is read by [`crate::read_workbook`].
///
/// # Errors
/// [`SheetError`] if the ledger is unknown or `out` cannot be written.
pub fn write_template<W: Write + Seek + Send>(
    pack: &Pack,
    ledger_id: &str,
    out: W,
) -> Result<(), SheetError> {
    let mut plan = Plan::of(pack, ledger_id)?;
    // What the program computes is not for the clerk to fill in.
    let fields = &plan.ledger.fields;
    plan.columns.retain(|(content, _)| match content {
        Content::Field(slot) => !fields[*slot].derived,
        Content::Place | Content::Parent => true,
    });
    let mut workbook = new_workbook();
    let lines: Vec<(String, String)> = plan
        .columns
        .iter()
        .map(|(content, head)| (head.clone(), explain(&plan, *content)))
        .collect();

    let sheet = workbook.add_worksheet();
    let styles = Styles::new();
    let head = write_head(sheet, &plan, &styles).map_err(build)?;
    for ((column, (content, _)), (_, line)) in (0_u16..).zip(&plan.columns).zip(&lines) {
        let format = match content {
            Content::Field(slot) if is_digits(&plan.field(*slot).ty) => {
                Some(Format::new().set_num_format("@"))
            }
            Content::Field(slot) if plan.field(*slot).ty == FieldType::Date => {
                Some(Format::new().set_num_format("yyyy-mm-dd"))
            }
            Content::Field(_) => None,
            Content::Place | Content::Parent => Some(Format::new().set_num_format("@")),
        };
        if let Some(format) = format {
            sheet.set_column_format(column, &format).map_err(build)?;
        }
        let note = Note::new(line).add_author_prefix(false);
        sheet.insert_note(head, column, &note).map_err(build)?;
    }
    finish(&mut workbook, &plan, head, head).map_err(build)?;

    let sheet = workbook.add_worksheet();
    let mut explain = || -> Result<(), rust_xlsxwriter::XlsxError> {
        page::on_its_side(sheet)
            .set_name("填表说明")?
            .set_column_width(0, 24)?
            .set_column_width(1, 80)?;
        sheet.write_string(0, 0, &plan.ledger.label)?;
        sheet.write_string(1, 0, &plan.ledger.meaning)?;
        for (row, (head, line)) in (3_u32..).zip(&lines) {
            sheet.write_string(row, 0, head)?;
            sheet.write_string(row, 1, line.replace('\n', ";"))?;
        }
        Ok(())
    };
    explain().map_err(build)?;
    workbook.save_to_writer(out).map_err(build)?;
    Ok(())
}

/// What a column takes.
fn explain(plan: &Plan<'_>, content: Content) -> String {
    // A note holds 32 767 characters; long lists of choices are cut.
    const LONGEST: usize = 1000;
    let (needed, takes) = match content {
        Content::Place => (true, format!("{}的名称", plan.places.kinds())),
        Content::Parent => (true, "上级记录的编号".to_owned()),
        Content::Field(slot) => (plan.field(slot).required, expected(plan.field(slot))),
    };
    let note = match content {
        Content::Field(slot) => plan.field(slot).note.as_deref(),
        Content::Place | Content::Parent => None,
    };
    let needed = if needed { "必填" } else { "选填" };
    let text = match note {
        Some(note) => format!("{needed}\n{takes}\n{note}"),
        None => format!("{needed}\n{takes}"),
    };
    text.chars().take(LONGEST).collect()
}
