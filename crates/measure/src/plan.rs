//! From an indicator and a question to a plan: which rows of which ledger, in
//! which groups, to which aggregate.
//!
//! A plan is the only input of the SQL printer, of the evidence query and of
//! completeness. Three sets of rows matter:
//!
//! - a *candidate* lies in the plan's time, place and fixed dimensions, and its
//!   condition is true, or unknown while `undecided` is true;
//! - a candidate is *undecided* if `undecided` is true;
//! - every other candidate is *decided*: its condition is true.
//!
//! A row whose condition is unknown for want of a value is thus left out, as SQL
//! does, unless the definition names it undecided. With [`Timing::Latest`] the
//! latest day is taken among the candidates of each place, so that a condition
//! such as `item = 'x'` picks the latest row of that item.

use std::collections::BTreeMap;
use std::rc::Rc;

use figure::Period;
use pack::{
    Column, Expr, FieldType, Indicator, Ledger, Measure, Pack, Place, Scalar, Source, Timing,
};
use store::{Engine, Store};

use crate::area::Area;
use crate::error::nearest;
use crate::expression::{field, walk};
use crate::past::Past;
use crate::session::{Key, Session};
use crate::{MeasureError, parameter};

/// What to read and how to add it up.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) pack: &'a Pack,
    /// The database that it is printed for.
    pub(crate) engine: Engine,
    /// Where the keyed hashes of identifying values come from.
    pub(crate) store: &'a Store,
    /// The revision asked about; `None` for the last.
    pub(crate) past: Option<Rc<Past>>,
    pub(crate) ledger: &'a Ledger,
    /// Name of the indicator or relation, for messages.
    pub(crate) label: &'a str,
    pub(crate) place: &'a Place,
    pub(crate) area: Rc<Area<'a>>,
    pub(crate) window: Period,
    pub(crate) time: Timing,
    pub(crate) on: Option<&'a Column>,
    pub(crate) until: Option<&'a Column>,
    pub(crate) filter: Option<&'a Expr>,
    pub(crate) undecided: Option<&'a Expr>,
    pub(crate) fixed: Vec<Fixed<'a>>,
    pub(crate) aggregate: Aggregate<'a>,
    pub(crate) group: Group<'a>,
    /// Values of the parameters met, by id and scale.
    pub(crate) parameters: BTreeMap<(&'a str, u32), i64>,
}

/// A dimension held at one value.
#[derive(Debug)]
pub(crate) struct Fixed<'a> {
    pub(crate) column: &'a Column,
    /// `None` asks for the records in which it is not filled in.
    pub(crate) value: Option<Scalar>,
    /// Whether the column holds several ids joined by `|`, of which the value is one.
    pub(crate) among_several: bool,
}

/// What is computed over the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Aggregate<'a> {
    Count,
    Sum(&'a Expr),
    Distinct(&'a Expr),
    Min(&'a Expr),
    Max(&'a Expr),
    /// The rows one by one, with the column that names their document.
    Stated(&'a Expr, &'a Column),
}

impl<'a> Aggregate<'a> {
    /// The expression computed for each row.
    pub(crate) fn value(self) -> Option<&'a Expr> {
        match self {
            Aggregate::Count => None,
            Aggregate::Sum(e) | Aggregate::Distinct(e) | Aggregate::Min(e) | Aggregate::Max(e) => {
                Some(e)
            }
            Aggregate::Stated(e, _) => Some(e),
        }
    }
}

/// What the aggregate is split by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Group<'a> {
    /// One group.
    Whole,
    /// One group for each place that records belong to.
    Place,
    /// One group for each value of a column.
    Column(&'a Column),
}

/// The source and aggregate of an indicator that reads a ledger itself; `None`
/// for ratios and formulas.
pub(crate) fn of_ledger(indicator: &Indicator) -> Option<(&Source, Aggregate<'_>)> {
    match &indicator.measure {
        Measure::Count(source) => Some((source, Aggregate::Count)),
        Measure::Sum(source, value) => Some((source, Aggregate::Sum(value))),
        Measure::Distinct(source, value) => Some((source, Aggregate::Distinct(value))),
        Measure::Min(source, value) => Some((source, Aggregate::Min(value))),
        Measure::Max(source, value) => Some((source, Aggregate::Max(value))),
        Measure::Stated { source, value, document } => {
            Some((source, Aggregate::Stated(value, document)))
        }
        Measure::Ratio { .. } | Measure::Formula(_) => None,
    }
}

impl<'a> Plan<'a> {
    /// The plan of an indicator that reads a ledger itself.
    pub(crate) fn new(
        session: &Session<'a>,
        indicator: &'a Indicator,
        source: &'a Source,
        aggregate: Aggregate<'a>,
        key: &Key,
        group: Group<'a>,
    ) -> Result<Plan<'a>, MeasureError> {
        let place = session.place(&key.place)?;
        let ledger = session.ledger(&source.ledger);
        let fixed = key
            .fixed
            .iter()
            .map(|(dimension, value)| fix(session, indicator, ledger, dimension, value))
            .collect::<Result<_, _>>()?;
        let mut plan = Plan {
            pack: session.pack(),
            engine: session.store().engine(),
            store: session.store(),
            past: session.past()?,
            ledger,
            label: &indicator.label,
            place,
            area: session.area(place, key.window.to()),
            window: key.window,
            time: indicator.time,
            on: source.on.as_ref(),
            until: source.until.as_ref(),
            filter: source.filter.as_ref(),
            undecided: source.undecided.as_ref(),
            fixed,
            aggregate,
            group,
            parameters: BTreeMap::new(),
        };
        plan.read_parameters(session)?;
        Ok(plan)
    }

    /// The plan of the records that a relation forbids: all that meet the
    /// condition in the place, whenever they are dated; the condition itself
    /// may speak of `:from` and `:to`.
    pub(crate) fn forbidden(
        session: &Session<'a>,
        label: &'a str,
        ledger: &str,
        filter: &'a Expr,
        place: &'a Place,
        window: Period,
    ) -> Result<Plan<'a>, MeasureError> {
        let mut plan = Plan {
            pack: session.pack(),
            engine: session.store().engine(),
            store: session.store(),
            past: session.past()?,
            ledger: session.ledger(ledger),
            label,
            place,
            area: session.area(place, window.to()),
            window,
            time: Timing::Since,
            on: None,
            until: None,
            filter: Some(filter),
            undecided: None,
            fixed: Vec::new(),
            aggregate: Aggregate::Count,
            group: Group::Whole,
            parameters: BTreeMap::new(),
        };
        plan.read_parameters(session)?;
        Ok(plan)
    }

    /// Reads the parameters that the plan's expressions name, at the window's
    /// end and the place asked about.
    fn read_parameters(&mut self, session: &Session<'a>) -> Result<(), MeasureError> {
        let mut met: Vec<(&'a str, u32)> = Vec::new();
        let expressions = [self.filter, self.undecided, self.aggregate.value()];
        for expr in expressions.into_iter().flatten() {
            walk(expr, &mut |e| {
                if let Expr::Parameter { id, scale } = e {
                    met.push((id, *scale));
                }
            });
        }
        for (id, scale) in met {
            let parameter = session.parameter(id);
            let on = self.window.to();
            let value = parameter::value(parameter, session.tree(), self.place, on)?;
            self.parameters.insert((id, scale), parameter::scaled(parameter, value, scale)?);
        }
        Ok(())
    }

    /// The ledger whose closings cover this one: itself, or the parent (of the
    /// parent …) of a child.
    pub(crate) fn root(&self) -> &'a Ledger {
        root(self.pack, self.ledger)
    }
}

/// The ledger at the top of a child's chain of parents.
pub(crate) fn root<'a>(pack: &'a Pack, ledger: &'a Ledger) -> &'a Ledger {
    let parent = |l: &&'a Ledger| pack.ledgers.get(l.parent.as_deref()?);
    std::iter::successors(Some(ledger), parent).take(pack.ledgers.len()).last().unwrap_or(ledger)
}

/// The dimension of an indicator with its column, by its id or its name.
pub(crate) fn dimension<'a>(
    indicator: &'a Indicator,
    id: &str,
) -> Result<&'a pack::Dimension, MeasureError> {
    let known = || indicator.dims.iter().filter(|d| d.id != "place");
    let named = |by_id: bool| {
        indicator.dims.iter().find(|d| if by_id { d.id == id } else { d.label == id })
    };
    named(true).or_else(|| named(false)).ok_or_else(|| MeasureError::UnknownDimension {
        indicator: indicator.label.clone(),
        dimension: id.to_owned(),
        known: std::iter::once("place".to_owned())
            .chain(known().map(|d| format!("{}({})", d.id, d.label)))
            .collect::<Vec<_>>()
            .join("、"),
        nearest: nearest(id, known().map(|d| d.id.as_str())),
    })
}

/// A dimension held at a value that it can have, named by its id or, where only one has it, by
/// its name. A value that cannot occur is refused, because it would otherwise prove a zero.
fn fix<'a>(
    session: &Session<'a>,
    indicator: &'a Indicator,
    ledger: &'a Ledger,
    id: &str,
    text: &str,
) -> Result<Fixed<'a>, MeasureError> {
    let dimension = dimension(indicator, id)?;
    let column = &dimension.column;
    if text.is_empty() {
        return Ok(Fixed { column, value: None, among_several: false });
    }
    let pack = session.pack();
    let known = |ids: Vec<(&str, &str)>| {
        if ids.iter().any(|(id, _)| *id == text) {
            return Ok(Scalar::Text(text.to_owned()));
        }
        let mut named = ids.iter().filter(|(_, label)| *label == text);
        if let (Some((id, _)), None) = (named.next(), named.next()) {
            return Ok(Scalar::Text((*id).to_owned()));
        }
        Err(MeasureError::UnknownMember {
            dimension: dimension.label.clone(),
            value: text.to_owned(),
            nearest: nearest(text, ids.iter().map(|(id, _)| *id)),
            known: ids
                .iter()
                .take(MEMBERS)
                .map(|(id, label)| format!("{label}({id})"))
                .chain((ids.len() > MEMBERS).then(|| "等".to_owned()))
                .collect(),
        })
    };
    let ty = field(pack, ledger, column).map(|field| &field.ty);
    let value = match ty {
        Some(FieldType::Choice { values } | FieldType::MultiChoice { values }) => {
            known(values.iter().map(|(id, label)| (id.as_str(), label.as_str())).collect())?
        }
        Some(FieldType::Code { list }) => {
            let codes = pack.codes.get(list).map(|l| l.codes.as_slice()).unwrap_or_default();
            known(codes.iter().map(|c| (c.code.as_str(), c.label.as_str())).collect())?
        }
        Some(FieldType::Place) => known(session.tree().labels())?,
        Some(FieldType::Org) => {
            known(pack.orgs.iter().map(|o| (o.id.as_str(), o.label.as_str())).collect())?
        }
        Some(FieldType::Boolean) => {
            known(vec![("1", "是"), ("0", "否")])?;
            number(&dimension.label, text)?
        }
        Some(ty) if ty.is_integer() => number(&dimension.label, text)?,
        _ => Scalar::Text(text.to_owned()),
    };
    let among_several = matches!(ty, Some(FieldType::MultiChoice { .. }));
    Ok(Fixed { column, value: Some(value), among_several })
}

fn number(dimension: &str, text: &str) -> Result<Scalar, MeasureError> {
    text.parse().map(Scalar::Integer).map_err(|_| MeasureError::UnknownMember {
        dimension: dimension.to_owned(),
        value: text.to_owned(),
        nearest: None,
        known: Vec::new(),
    })
}

/// Most values of a dimension that an error lists.
const MEMBERS: usize = 12;
