//! The records behind a value.

use figure::Date;
use pack::Scalar;

use crate::dialect::{self, FIRST_FIELD, Pick};
use crate::plan::{Aggregate, Group, Plan, of_ledger};
use crate::session::{Key, Session};
use crate::tally::{fetch, read};
use crate::{MeasureError, voucher};

/// The records behind one indicator that reads a ledger itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Id of the indicator.
    pub indicator: String,
    /// Id of the ledger.
    pub ledger: String,
    /// Number of records, undecided ones among them.
    pub total: u64,
    /// The first of them by date and number.
    pub rows: Vec<EvidenceRow>,
    /// Whether there are more than are listed.
    pub truncated: bool,
}

/// A record behind a value. Private fields are not masked here; whoever shows
/// them to people is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Number of the record.
    pub id: i64,
    /// Code of the place that it belongs to.
    pub place: Option<String>,
    /// Date that places it in time, if the indicator has one.
    pub on: Option<Date>,
    /// Whether it is not settled that it counts.
    pub undecided: bool,
    /// Field ids with values in the order of the ledger; dated fields as they
    /// were at the window's end.
    pub cells: Vec<(String, Option<Scalar>)>,
}

/// See [`Session::evidence`].
pub(crate) fn evidence(
    session: &Session<'_>,
    key: &Key,
    limit: usize,
) -> Result<Vec<Evidence>, MeasureError> {
    let mut found: Vec<Evidence> = Vec::new();
    collect(session, key, limit, &mut found)?;
    Ok(found)
}

fn collect(
    session: &Session<'_>,
    key: &Key,
    limit: usize,
    found: &mut Vec<Evidence>,
) -> Result<(), MeasureError> {
    let indicator = session.indicator(&key.indicator)?;
    if found.iter().any(|evidence| evidence.indicator == indicator.id) {
        return Ok(());
    }
    if let Some(evidence) = voucher::behind(session, indicator, key)? {
        found.push(evidence);
        return Ok(());
    }
    let Some((source, aggregate)) = of_ledger(indicator) else {
        let mut parts = indicator.measure.parts().into_iter();
        return parts.try_for_each(|part| collect(session, &key.of(part), limit, found));
    };
    let plan = Plan::new(session, indicator, source, aggregate, key, Group::Whole)?;
    let fields: Vec<&str> = plan.ledger.fields.keys().map(String::as_str).collect();
    let rows = listed(session, &plan, &fields, limit)?;
    let counted = Plan { aggregate: Aggregate::Count, ..plan };
    let total = read(session, &counted)?.remove(&None).map_or(0, |tally| tally.rows);
    found.push(Evidence {
        indicator: indicator.id.clone(),
        ledger: counted.ledger.id.clone(),
        total,
        truncated: total > rows.len() as u64,
        rows,
    });
    Ok(())
}

fn listed(
    session: &Session<'_>,
    plan: &Plan<'_>,
    fields: &[&str],
    limit: usize,
) -> Result<Vec<EvidenceRow>, MeasureError> {
    let query = dialect::rows(plan, Pick::All, fields, limit);
    let mut rows: Vec<EvidenceRow> = Vec::new();
    fetch(session, plan, &query, &mut |row| {
        let cells = fields.iter().enumerate();
        rows.push(EvidenceRow {
            id: row.integer(0).unwrap_or_default(),
            place: row.text(1).map(str::to_owned),
            on: row.text(2).and_then(|day| day.parse().ok()),
            undecided: row.integer(3) == Some(1),
            cells: cells.map(|(at, id)| ((*id).to_owned(), row.get(FIRST_FIELD + at))).collect(),
        });
    })?;
    for row in &mut rows {
        for (id, cell) in &mut row.cells {
            let field = plan.ledger.fields.get(id).filter(|field| store::is_sealed(field));
            if let (Some(field), Some(Scalar::Text(text))) = (field, &*cell) {
                *cell = Some(session.store().reveal(plan.ledger, field, text)?);
            }
        }
    }
    Ok(rows)
}
