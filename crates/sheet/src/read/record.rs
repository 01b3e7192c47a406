//! What is checked of a record as a whole: needed fields, rules, repetitions.

use std::sync::Arc;

use pack::{ColumnRef, Expr, Ledger, Rule, Scalar, Truth, evaluate, show_cell};

use super::Reading;
use super::form::Form;
use super::shown::shown;
use crate::cells::expected;
use crate::staged::{Problem, StagedRow, cell_name};

/// A rule with the fields it looks at, by their place in the ledger.
pub(crate) struct RuleUse<'p> {
    rule: &'p Rule,
    slots: Vec<usize>,
}

/// The rules of a ledger.
pub(crate) fn rules<'p>(ledger: &'p Ledger) -> Vec<RuleUse<'p>> {
    let with_slots = |rule: &'p Rule| {
        let mut slots = Vec::new();
        fields_of(&rule.check, ledger, &mut slots);
        RuleUse { rule, slots }
    };
    ledger.rules.iter().map(with_slots).collect()
}

fn fields_of(expr: &Expr, ledger: &Ledger, slots: &mut Vec<usize>) {
    match expr {
        Expr::Column(column) => {
            if let (true, ColumnRef::Field(id)) = (column.joins.is_empty(), &column.column)
                && let Some(slot) = ledger.fields.get_index_of(id)
                && !slots.contains(&slot)
            {
                slots.push(slot);
            }
        }
        Expr::And(a, b)
        | Expr::Or(a, b)
        | Expr::Compare(_, a, b)
        | Expr::Arithmetic(_, a, b)
        | Expr::Coalesce(a, b) => {
            fields_of(a, ledger, slots);
            fields_of(b, ledger, slots);
        }
        Expr::Not(a) | Expr::Rescale(a, _) => fields_of(a, ledger, slots),
        Expr::IsNull { expr, .. } | Expr::In { expr, .. } => fields_of(expr, ledger, slots),
        Expr::Exists { .. } | Expr::Literal(_) | Expr::Window(_) | Expr::Parameter { .. } => {}
    }
}

/// Checks a row and gives it away. `bad` marks the fields whose cells could not be read.
pub(super) fn stage<'p>(
    reading: &mut Reading<'p, '_>,
    form: &Form<'p>,
    mut row: StagedRow,
    bad: &[bool],
) {
    let ledger = reading.ledger;
    for (slot, field) in ledger.fields.values().enumerate() {
        if field.required && row.cells[slot].is_none() && !bad[slot] {
            let problem =
                at(form, &row, slot, String::new(), "必填,不能为空".to_owned(), expected(field));
            reading.problem(problem);
        }
    }
    let mut broken = Vec::new();
    for used in &reading.rules {
        // What could not be read has a problem of its own already.
        if used.slots.iter().any(|slot| bad[*slot]) {
            continue;
        }
        let cell = |column: &ColumnRef| match column {
            ColumnRef::Field(id) => row.cells[ledger.fields.get_index_of(id)?].clone(),
            ColumnRef::Place => row.place.clone().map(Scalar::Text),
            ColumnRef::Parent | ColumnRef::Id => None,
        };
        if evaluate(&used.rule.check, &cell) == Truth::False {
            let slot = used.slots.first().copied().unwrap_or(0);
            broken.push((slot, used.rule.message.clone()));
        }
    }
    for (slot, message) in broken {
        let value = show(reading, &row, slot);
        let problem = at(form, &row, slot, value, message, String::new());
        reading.problem(problem);
    }
    for repeated in reading.uniques.enter(ledger, &row) {
        let (sheet, first) = &repeated.first;
        let first = if Arc::ptr_eq(sheet, &row.sheet) {
            format!("第 {first} 行")
        } else {
            format!("工作表“{}”第 {first} 行", sheet.name)
        };
        let message =
            format!("第 {} 行与{first}的“{}”重复;同一记录只能有一行", row.row, repeated.heads);
        let (slot, value) = (repeated.slot.unwrap_or(0), repeated.values.join("、"));
        let problem = at(form, &row, slot, value, message, String::new());
        reading.problem(problem);
    }
    row.is_good &= !form.has_problem(reading);
    (reading.each)(row);
}

fn show(reading: &Reading<'_, '_>, row: &StagedRow, slot: usize) -> String {
    let (value, field) = (row.cells[slot].as_ref(), &reading.ledger.fields[slot]);
    value.map_or_else(String::new, |v| shown(field, show_cell(field, reading.pack, v)))
}

/// A problem of a field of a row; where the field has no column, of the row's beginning.
fn at(
    form: &Form<'_>,
    row: &StagedRow,
    slot: usize,
    value: String,
    message: String,
    expected: String,
) -> Problem {
    let (column, head) = form.head_of(slot);
    Problem {
        sheet: row.sheet.name.clone(),
        cell: cell_name(row.row - 1, column),
        row: row.row,
        head,
        value,
        expected,
        message,
    }
}
