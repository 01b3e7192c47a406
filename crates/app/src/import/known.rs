//! What of a file is on record already: a corrected file holds the rows once more that were good
//! the first time, and they are passed over.

use std::collections::HashMap;

use pack::{Field, FieldType, Ledger, Pack, Private, Scalar};
use sheet::{Problem, StagedRow};
use store::Record;

use crate::error::AppError;
use crate::office::Office;

/// The records of a ledger, by what may stand only once.
pub(super) struct Known {
    records: Vec<Record>,
    lists: Vec<List>,
}

/// Fields whose values together may stand only once, and the records that have them.
struct List {
    parts: Vec<Part>,
    records: HashMap<Vec<Scalar>, usize>,
}

#[derive(Clone, Copy)]
enum Part {
    Field(usize),
    Place,
    Parent,
}

/// A row in the form in which it would be stored.
pub(super) struct Stored<'r> {
    pub(super) place: Option<&'r str>,
    pub(super) parent: Option<i64>,
    pub(super) cells: &'r [Option<Scalar>],
}

/// How a row stands to the records.
pub(super) enum Standing<'k> {
    /// It is new.
    New,
    /// It is on record as it is.
    Same,
    /// It is on record with other values in these fields; none of them where place or parent
    /// differ.
    Other { record: &'k Record, fields: Vec<usize> },
}

/// Whether rows of a ledger can be known again.
pub(super) fn can_be_known(ledger: &Ledger) -> bool {
    ledger.key.is_some() || !ledger.unique.is_empty()
}

impl Known {
    /// Reads the records of a ledger.
    pub(super) fn read(office: &Office, ledger: &str) -> Result<Known, AppError> {
        let definition = &office.pack.ledgers[ledger];
        let records = office.store.records(&office.pack, ledger)?;
        let part = |name: &String| match definition.fields.get_index_of(name) {
            Some(slot) => Some(Part::Field(slot)),
            None if name == "place" => Some(Part::Place),
            None if name == "parent" => Some(Part::Parent),
            None => None,
        };
        let key = definition.key.iter().map(std::slice::from_ref);
        let names = key.chain(definition.unique.iter().map(Vec::as_slice));
        let lists = names.filter_map(|names| names.iter().map(part).collect());
        let list = |parts: Vec<Part>| {
            let with = |(number, record)| Some((values(&parts, &stored(record))?, number));
            let records = records.iter().enumerate().filter_map(with).collect();
            List { parts, records }
        };
        let lists = lists.map(list).collect();
        Ok(Known { records, lists })
    }

    /// How a row stands to the records.
    pub(super) fn standing(&self, ledger: &Ledger, row: &Stored<'_>) -> Standing<'_> {
        let found = self.lists.iter().find_map(|list| list.records.get(&values(&list.parts, row)?));
        let Some(record) = found.map(|number| &self.records[*number]) else {
            // What has nothing that may stand only once is known by all of it.
            let is_told = self.lists.iter().any(|list| values(&list.parts, row).is_some());
            let is_same =
                |record: &Record| differing(ledger, record, row).is_some_and(|d| d.is_empty());
            return match !is_told && self.records.iter().any(is_same) {
                true => Standing::Same,
                false => Standing::New,
            };
        };
        match differing(ledger, record, row) {
            Some(fields) if fields.is_empty() => Standing::Same,
            fields => Standing::Other { record, fields: fields.unwrap_or_default() },
        }
    }
}

fn stored(record: &Record) -> Stored<'_> {
    Stored { place: record.place.as_deref(), parent: record.parent, cells: &record.cells }
}

fn values(parts: &[Part], row: &Stored<'_>) -> Option<Vec<Scalar>> {
    let value = |part: &Part| match part {
        Part::Field(slot) => row.cells[*slot].clone(),
        Part::Place => row.place.map(|place| Scalar::Text(place.to_owned())),
        Part::Parent => row.parent.map(Scalar::Integer),
    };
    parts.iter().map(value).collect()
}

/// The fields in which a row differs from a record; `None` where it belongs elsewhere. What the
/// program computes is no word of the file, and neither is that a case has just begun.
fn differing(ledger: &Ledger, record: &Record, row: &Stored<'_>) -> Option<Vec<usize>> {
    if record.place.as_deref() != row.place || record.parent != row.parent {
        return None;
    }
    let start = ledger.case.as_ref().map(|case| Scalar::Text(case.start.clone()));
    let is_begin = |field: &Field, cell: &Option<Scalar>| field.id == "state" && *cell == start;
    let fields = ledger.fields.values().enumerate();
    let differs = fields.filter(|(slot, field)| {
        let cell = &row.cells[*slot];
        !field.derived && *cell != record.cells[*slot] && !is_begin(field, cell)
    });
    Some(differs.map(|(slot, _)| slot).collect())
}

/// The problems of a row that is on record with other values, each with its cell.
pub(super) fn conflicts(
    pack: &Pack,
    ledger: &Ledger,
    row: &StagedRow,
    (record, fields): (&Record, &[usize]),
) -> Vec<Problem> {
    let which = which(pack, ledger, record);
    let problem = |slot: Option<usize>, head: &str, value: String, message: String| Problem {
        sheet: row.sheet.name.clone(),
        cell: row.cell(slot),
        row: row.row,
        head: head.to_owned(),
        value,
        expected: String::new(),
        message,
    };
    if fields.is_empty() {
        let message = format!(
            "{}已在记录 {} 中,但属于别的地方或上级;记错了的请用 zhenzhang withdraw {} {which} --why 原因 撤销后重新导入",
            named(ledger, &which),
            record.id,
            ledger.label
        );
        let head = if ledger.parent.is_some() { "上级编号" } else { "地方" };
        return vec![problem(None, head, String::new(), message)];
    }
    let told = |slot: &usize| {
        let field = &ledger.fields[*slot];
        let (there, here) =
            (show(pack, field, &record.cells[*slot]), show(pack, field, &row.cells[*slot]));
        let values = match (&there, &here) {
            (Some(there), Some(here)) => format!("账上是“{there}”,这里是“{here}”"),
            _ => "账上的值与这里不同".to_owned(),
        };
        let message = format!(
            "{}已在记录 {} 中,{values};更正请用 zhenzhang correct {} {which} --set {}=正确的值 --why 原因",
            named(ledger, &which),
            record.id,
            ledger.label,
            field.label
        );
        problem(Some(*slot), &field.label, here.unwrap_or_default(), message)
    };
    fields.iter().map(told).collect()
}

/// What a command calls a record: its key where that is nobody's name, else its number.
fn which(pack: &Pack, ledger: &Ledger, record: &Record) -> String {
    let key = ledger.key.as_ref().and_then(|key| ledger.fields.get_full(key));
    let shown = key.and_then(|(slot, _, field)| match record.cells[slot] {
        Some(_) => show(pack, field, &record.cells[slot]),
        None => None,
    });
    shown.unwrap_or_else(|| record.id.to_string())
}

fn named(ledger: &Ledger, which: &str) -> String {
    let key = ledger.key.as_ref().and_then(|key| ledger.fields.get(key));
    key.map_or_else(String::new, |field| format!("{}“{which}”", field.label))
}

/// A value for a message; `None` where it says who somebody is, or is another record's number.
fn show(pack: &Pack, field: &Field, value: &Option<Scalar>) -> Option<String> {
    let is_open = field.private == Private::No && !matches!(field.ty, FieldType::Record { .. });
    is_open.then(|| match value {
        Some(value) => pack::show_cell(field, pack, value),
        None => String::new(),
    })
}
