//! What hangs on the records of an office.

use std::collections::BTreeSet;

use pack::{Field, FieldType, Scalar};

use crate::books::Books;

/// The records that others refer to, or that have children with days of their own, by ledger and
/// number: none of them can be withdrawn by opening its own days alone.
pub fn hung_on(books: &Books<'_>) -> BTreeSet<(String, i64)> {
    let has_day = |field: &Field| {
        matches!(field.ty, FieldType::Date | FieldType::Timestamp | FieldType::Period)
    };
    let mut found = BTreeSet::new();
    for ledger in books.pack.ledgers.values() {
        let records = books.records(&ledger.id);
        if let Some(parent) = &ledger.parent
            && ledger.fields.values().any(has_day)
        {
            found.extend(records.iter().filter_map(|r| Some((parent.clone(), r.parent?))));
        }
        for (at, field) in ledger.fields.values().enumerate() {
            let FieldType::Record { ledger: to } = &field.ty else { continue };
            found.extend(records.iter().filter_map(|record| match record.cells[at] {
                Some(Scalar::Integer(id)) => Some((to.clone(), id)),
                _ => None,
            }));
        }
    }
    found
}
