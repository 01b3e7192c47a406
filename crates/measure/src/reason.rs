//! Written reasons for relations that do not hold and need not (勾稽差异说明).

use figure::Period;
use pack::Scalar;

use crate::session::Session;
use crate::{MeasureError, RelationResult};

/// A written reason.
#[derive(Debug)]
pub(crate) struct Reason {
    relation: String,
    place: Option<String>,
    period: Period,
    text: String,
}

/// All written reasons as they were known when the session asks.
pub(crate) fn read(session: &Session<'_>) -> Result<Vec<Reason>, MeasureError> {
    let Some(kept) = &session.pack().explanations else { return Ok(Vec::new()) };
    let fields = &session.ledger(&kept.ledger).fields;
    let mut reasons = Vec::new();
    for record in session.records(&kept.ledger)? {
        let text = |id: &String| match record.cells.get(fields.get_index_of(id)?)? {
            Some(Scalar::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let parts = (text(&kept.relation), text(&kept.period), text(&kept.reason));
        let (Some(relation), Some(period), Some(text)) = parts else { continue };
        let Ok(period) = Period::parse(&period) else { continue };
        reasons.push(Reason { relation, place: record.place, period, text });
    }
    Ok(reasons)
}

/// The reason why a relation does not hold in its place and period.
pub(crate) fn of(
    session: &Session<'_>,
    result: &RelationResult,
) -> Result<Option<String>, MeasureError> {
    let fits = |reason: &&Reason| {
        (reason.relation == result.id || reason.relation == result.label)
            && reason.place.as_ref().is_none_or(|place| *place == result.place)
            && reason.period.covers(result.window)
    };
    Ok(session.reasons()?.iter().find(fits).map(|reason| reason.text.clone()))
}
