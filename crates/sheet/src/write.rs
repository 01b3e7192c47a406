//! Records of a ledger to workbooks and csv, in a form that reads back as the
//! same records.

mod csv;
mod page;
mod template;
mod workbook;

use std::collections::HashMap;

use pack::{Field, Ledger, Pack, Scalar, show_cell};

use crate::SheetError;
use crate::heads::{KeptRow, Spans, compose, flat};
use crate::layout::{Names, Target, parent_heads, place_heads};
use crate::places::Places;
use crate::source::Value;
use crate::staged::StagedRow;

pub use csv::write_csv;
pub use template::write_template;
pub use workbook::write_ledger;

/// A record to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    /// Code of the place it belongs to.
    pub place: Option<String>,
    /// Key of its parent record, for a child.
    pub parent_key: Option<String>,
    /// Values in the order of the ledger's fields. References to records are the
    /// text of their key; a value that is masked is any text.
    pub cells: Vec<Option<Scalar>>,
}

impl From<StagedRow> for ExportRow {
    fn from(row: StagedRow) -> ExportRow {
        ExportRow { place: row.place, parent_key: row.parent_key, cells: row.cells }
    }
}

/// Whether a spreadsheet program that opens a csv would take the text for a formula.
pub(crate) fn is_formula_like(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// What a column of the output holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Place,
    Parent,
    Field(usize),
}

/// The columns of the output.
struct Plan<'p> {
    pack: &'p Pack,
    ledger: &'p Ledger,
    columns: Vec<(Content, String)>,
    places: Places<'p>,
    place_names: HashMap<String, String>,
    written: u64,
}

impl<'p> Plan<'p> {
    fn of(pack: &'p Pack, ledger_id: &str) -> Result<Plan<'p>, SheetError> {
        let ledger = pack
            .ledgers
            .get(ledger_id)
            .ok_or_else(|| SheetError::UnknownLedger { ledger: ledger_id.to_owned() })?;
        let names = Names::of(pack, ledger);
        let places = Places::of(pack, ledger, None);
        let mut columns = Vec::new();
        // A head is used only if reading finds the same column by it.
        let reads_as = |head: &str, target: Target| stands_for(head, &names) == Some(target);
        if !ledger.place.is_empty() && !places.is_empty() {
            let head = place_heads(ledger).iter().find(|head| reads_as(head, Target::Place));
            columns.push((Content::Place, (*head.unwrap_or(&"地方")).to_owned()));
        }
        if ledger.parent.is_some() {
            let heads = parent_heads(pack, ledger);
            let head = heads.iter().find(|head| reads_as(head, Target::Parent)).or(heads.first());
            columns.push((Content::Parent, head.cloned().unwrap_or_default()));
        }
        for (slot, field) in ledger.fields.values().enumerate() {
            let head = field_head(field);
            let head = if reads_as(&head, Target::Field(slot)) { head } else { field.id.clone() };
            columns.push((Content::Field(slot), head));
        }
        Ok(Plan { pack, ledger, columns, places, place_names: HashMap::new(), written: 0 })
    }

    fn field(&self, slot: usize) -> &'p Field {
        &self.ledger.fields[slot]
    }

    /// Refuses a record of another shape than the ledger's.
    fn check(&mut self, row: &ExportRow) -> Result<(), SheetError> {
        self.written += 1;
        let (found, expected) = (row.cells.len(), self.ledger.fields.len());
        if found == expected {
            return Ok(());
        }
        Err(SheetError::RecordShape {
            ledger: self.ledger.label.clone(),
            row: self.written,
            found,
            expected,
        })
    }

    /// The text of a cell as people read it.
    fn text(&mut self, row: &ExportRow, content: Content) -> Option<String> {
        match content {
            Content::Place => row.place.as_deref().map(|code| self.place_name(code)),
            Content::Parent => row.parent_key.clone(),
            Content::Field(slot) => {
                row.cells[slot].as_ref().map(|value| show_cell(self.field(slot), self.pack, value))
            }
        }
    }

    /// The name of a place, or its code where the name would not find it again.
    fn place_name(&mut self, code: &str) -> String {
        if let Some(name) = self.place_names.get(code) {
            return name.clone();
        }
        let label = self.pack.places.get(code).map(|p| p.label.clone());
        let found = |label: &String| self.places.find(label).is_ok_and(|c| c == code);
        let name = label.filter(found).unwrap_or_else(|| code.to_owned());
        self.place_names.insert(code.to_owned(), name.clone());
        name
    }

    /// `单位:元、亩`, if any column has a unit.
    fn unit_line(&self) -> Option<String> {
        let mut units: Vec<String> = Vec::new();
        for field in self.ledger.fields.values() {
            if let Some(unit) = field.ty.unit().map(|u| u.to_string())
                && !units.contains(&unit)
            {
                units.push(unit);
            }
        }
        (!units.is_empty()).then(|| format!("单位:{}", units.join("、")))
    }
}

/// The label with the unit in brackets, unless it ends with it already.
fn field_head(field: &Field) -> String {
    match field.ty.unit() {
        Some(unit) if !flat(&field.label).ends_with(&format!("({unit})")) => {
            format!("{}({unit})", field.label)
        }
        _ => field.label.clone(),
    }
}

fn stands_for(head: &str, names: &Names) -> Option<Target> {
    let row: KeptRow = (0, vec![(0, Value::Text(head.to_owned().into()))]);
    names.target(compose(&[row], &Spans::new(), 0, 0).first()?)
}
