//! Steps of a case: a record goes from state to state only as its ledger says, with the fields
//! filled that the step needs.

use pack::{Case, Ledger, Scalar};
use thiserror::Error;

use crate::error::AppError;
use crate::office::Office;

/// Why a change of state is refused.
#[derive(Debug, Error)]
pub enum StepError {
    /// A change of state that the flow of the case does not have.
    #[error("“{from}”不能直接变为“{to}”;{}", match .next.is_empty() {
        true => "它已是最后一步".to_owned(),
        false => format!("下一步可以是 {}", .next.join("、")),
    })]
    Unknown {
        /// Where the case is.
        from: String,
        /// Where it was to go.
        to: String,
        /// Where it may go.
        next: Vec<String>,
    },
    /// A step before what it needs.
    #[error("变为“{to}”之前要先填:{};请先用 zhenzhang correct 补填", .fields.join("、"))]
    Needs {
        /// Where the case was to go.
        to: String,
        /// Labels of the empty fields.
        fields: Vec<String>,
    },
}

/// Field that holds the state of a case.
const STATE: &str = "state";

/// Refuses a change of state that is no step of the case, or that comes too early.
pub(crate) fn check_step(
    office: &Office,
    ledger: &Ledger,
    id: i64,
    field: &str,
    value: Option<&Scalar>,
) -> Result<(), AppError> {
    let (Some(case), STATE, Some(Scalar::Text(to))) = (&ledger.case, field, value) else {
        return Ok(());
    };
    let Some(record) = office.store.record(&office.pack, &ledger.id, id)? else { return Ok(()) };
    let cell = |id: &str| record.cells.get(ledger.fields.get_index_of(id)?)?.as_ref();
    let from = match cell(STATE) {
        Some(Scalar::Text(state)) => state.as_str(),
        _ => case.start.as_str(),
    };
    let Some(step) = case.steps.iter().find(|step| step.from == from && step.to == *to) else {
        let next = case.steps.iter().filter(|step| step.from == from);
        return Err(StepError::Unknown {
            from: label(case, from),
            to: label(case, to),
            next: next.map(|step| label(case, &step.to)).collect(),
        }
        .into());
    };
    let missing = step.needs.iter().filter(|id| cell(id).is_none());
    let missing: Vec<String> =
        missing.filter_map(|id| Some(ledger.fields.get(id)?.label.clone())).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(StepError::Needs { to: label(case, to), fields: missing }.into())
}

fn label(case: &Case, id: &str) -> String {
    let found = case.states.iter().find(|state| state.id == id);
    found.map_or_else(|| id.to_owned(), |state| state.label.clone())
}
