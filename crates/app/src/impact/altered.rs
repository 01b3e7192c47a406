//! What a trial alters: a record of a ledger, in some of its fields or altogether.

use std::collections::BTreeSet;

use figure::{Date, Period};
use pack::{Column, ColumnRef, FieldType, Ledger, Pack, Scalar};
use store::Record;

use crate::error::AppError;
use crate::office::Office;
use crate::uses::Uses;

/// The record before and after.
pub(super) struct Altered<'p> {
    /// Its ledger.
    pub(super) ledger: &'p Ledger,
    /// The record as it is.
    before: Record,
    /// The record as it would be; `None` if it were withdrawn.
    after: Option<Record>,
    /// Fields that would be others; `None` if the record were withdrawn.
    fields: Option<BTreeSet<&'p str>>,
    /// Earlier values of dated fields, which hold for earlier windows: field and value.
    earlier: Vec<(&'p str, Option<Scalar>)>,
}

impl<'p> Altered<'p> {
    pub(super) fn new(
        office: &'p Office,
        ledger: &'p Ledger,
        before: Record,
        after: Option<Record>,
    ) -> Result<Altered<'p>, AppError> {
        let fields = after.as_ref().map(|after| {
            let cells = ledger.fields.keys().zip(before.cells.iter().zip(&after.cells));
            cells.filter(|(_, (old, new))| old != new).map(|(id, _)| id.as_str()).collect()
        });
        let mut earlier = Vec::new();
        for field in ledger.fields.values().filter(|field| field.dated) {
            let values =
                office.store.dated_values(&office.pack, &ledger.id, before.id, &field.id)?;
            earlier.extend(values.into_iter().map(|value| (field.id.as_str(), value.value)));
        }
        Ok(Altered { ledger, before, after, fields, earlier })
    }

    /// Code of the place of the record.
    pub(super) fn place(&self) -> Option<&str> {
        self.before.place.as_deref()
    }

    /// Whether what reads this may come out otherwise.
    pub(super) fn touches(&self, uses: &Uses<'_>) -> bool {
        let id = self.ledger.id.as_str();
        match &self.fields {
            Some(fields) => uses.fields.iter().any(|(l, field)| *l == id && fields.contains(field)),
            None => uses.ledgers.contains(id) || uses.reached.contains(id),
        }
    }

    /// The values that the record has in a field before and after, and had earlier; `None` where
    /// the column does not stand in the record itself.
    pub(super) fn values(&self, column: &Column) -> Option<Vec<Option<Scalar>>> {
        let ColumnRef::Field(id) = &column.column else { return None };
        let at = self.ledger.fields.get_index_of(id).filter(|_| column.joins.is_empty())?;
        let own = std::iter::once(&self.before).chain(&self.after);
        let mut values: Vec<Option<Scalar>> =
            own.map(|record| record.cells.get(at).cloned().flatten()).collect();
        let earlier = self.earlier.iter().filter(|(field, _)| field == id);
        values.extend(earlier.map(|(_, value)| value.clone()));
        values.sort();
        values.dedup();
        Some(values)
    }

    /// The days that a column of the ledger places the record on; `None` where they cannot be
    /// told from the record itself.
    pub(super) fn days(&self, column: &Column) -> Option<Vec<Date>> {
        let values = self.values(column)?;
        let mut days = Vec::new();
        for value in values.into_iter().flatten() {
            let Scalar::Text(text) = value else { return None };
            days.push(text.get(..10)?.parse().ok()?);
        }
        Some(days)
    }

    /// The text that the record has in a field, before and after.
    pub(super) fn texts(&self, field: &str) -> Vec<&str> {
        let Some(at) = self.ledger.fields.get_index_of(field) else { return Vec::new() };
        let own = std::iter::once(&self.before).chain(&self.after);
        own.filter_map(|record| match record.cells.get(at)? {
            Some(Scalar::Text(text)) => Some(text.as_str()),
            _ => None,
        })
        .collect()
    }

    /// The periods that the record is about, before and after.
    pub(super) fn periods(&self) -> Vec<Period> {
        let of_period = |ty: &FieldType| matches!(ty, FieldType::Period);
        let fields = self.ledger.fields.values().filter(|field| of_period(&field.ty));
        fields.flat_map(|f| self.texts(&f.id)).filter_map(|t| Period::parse(t).ok()).collect()
    }
}

/// The record's place and those above it or that took over from it, up to the office's own.
pub(super) fn chain(pack: &Pack, home: Option<&str>, place: Option<&str>) -> Vec<String> {
    let mut chain: Vec<String> = Vec::new();
    let mut open: Vec<&str> = place.or(home).into_iter().collect();
    while let Some(code) = open.pop() {
        if chain.iter().any(|known| known == code) {
            continue;
        }
        chain.push(code.to_owned());
        let Some(place) = pack.places.get(code) else { continue };
        // Above the office's own place nobody reports from this ledger.
        let above = place.parent.as_deref().filter(|_| home != Some(code));
        let after = place.split_into.iter().map(String::as_str).chain(place.successor.as_deref());
        open.extend(above.into_iter().chain(after));
    }
    chain
}
