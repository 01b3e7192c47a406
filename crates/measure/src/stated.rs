//! Figures that another authority decided, read from the records that state them.

use figure::{Class, Decimal, Interval, Unit};
use pack::{Indicator, NumberType, Scalar};

use crate::dialect::{self, Pick};
use crate::expression::{field_labels, shape};
use crate::gap::{GAPS_SHOWN, Gap};
use crate::measure::{Findings, converted, finish, missing_record};
use crate::plan::Plan;
use crate::session::Session;
use crate::tally::{fetch, overflow};
use crate::{Basis, MeasureError, Value};

/// A record that states a figure.
struct Statement {
    id: i64,
    place: Option<String>,
    undecided: bool,
    value: Option<Scalar>,
    documented: bool,
}

/// A figure that another authority decided. Records of the place asked about
/// come before those of places below it. Amounts are added up; shares, ranks and
/// the like cannot be, so that one record has to state them, and where the
/// ledger takes records of the place itself, a record of a place below it does not.
pub(crate) fn value<'a>(
    session: &Session<'a>,
    indicator: &'a Indicator,
    plan: &Plan<'a>,
) -> Result<Value, MeasureError> {
    let mut statements = Vec::new();
    let query = dialect::rows(plan, Pick::All, &[], usize::MAX);
    fetch(session, plan, &query, &mut |row| {
        statements.push(Statement {
            id: row.integer(0).unwrap_or_default(),
            place: row.text(1).map(str::to_owned),
            undecided: row.integer(3) == Some(1),
            value: row.get(4),
            documented: row.get(5).is_some_and(|cell| cell != Scalar::Text(String::new())),
        });
    })?;
    let own = |s: &Statement| s.place.as_deref() == Some(plan.place.code.as_str());
    let additive = is_additive(indicator.unit);
    let may_be_own = plan.root().place.contains(&plan.place.kind);
    if statements.iter().any(own) || (!additive && may_be_own) {
        statements.retain(own);
    }
    let gaps = statement_gaps(plan, &statements, additive);
    let amount = if gaps.is_empty() {
        let NumberType { scale, unit } = shape(plan.aggregate.value());
        let mut sum = 0_i64;
        for statement in &statements {
            let Some(Scalar::Integer(n)) = statement.value else {
                return Err(MeasureError::NotANumber { indicator: indicator.label.clone() });
            };
            sum = sum.checked_add(n).ok_or_else(|| overflow(plan))?;
        }
        let sum = Decimal::try_new(sum, scale).map_err(|_| overflow(plan))?;
        converted(indicator, Interval::exact(sum), unit)?
    } else {
        Interval::unknown()
    };
    let records = statements.len() as u64;
    finish(session, indicator, plan, Findings { amount, basis: Basis::Attested, records, gaps })
}

/// Whether figures in the unit add up over places and records.
fn is_additive(unit: Unit) -> bool {
    !matches!(unit.class(), Class::Share | Class::Points | Class::Rank | Class::Multiples)
}

fn statement_gaps(plan: &Plan<'_>, statements: &[Statement], additive: bool) -> Vec<Gap> {
    if statements.is_empty() {
        return vec![missing_record(plan)];
    }
    let ledger = || plan.ledger.label.clone();
    let which = |test: &dyn Fn(&Statement) -> bool| {
        let all: Vec<i64> = statements.iter().filter(|s| test(s)).map(|s| s.id).collect();
        let count = all.len() as u64;
        (count > 0).then(|| (all.into_iter().take(GAPS_SHOWN).collect::<Vec<_>>(), count))
    };
    let mut gaps = Vec::new();
    if let Some((ids, count)) = which(&|s| !s.documented) {
        gaps.push(Gap::MissingDocument { ledger: ledger(), ids, count });
    }
    if let Some((ids, count)) = which(&|s| s.value.is_none()) {
        let value = plan.aggregate.value();
        let field = value.map(|e| field_labels(plan.pack, plan.ledger, e)).unwrap_or_default();
        gaps.push(Gap::MissingValue { ledger: ledger(), field, ids, count });
    }
    if let Some((ids, count)) = which(&|s| s.undecided) {
        gaps.push(Gap::Undecided { ledger: ledger(), ids, count });
    }
    if !additive && statements.len() > 1 {
        let (place, count) = (plan.place.label.clone(), statements.len() as u64);
        gaps.push(Gap::Several { ledger: ledger(), place, count });
    }
    gaps
}
