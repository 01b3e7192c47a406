//! Which figures come out otherwise: those whose own meaning is another, and those computed from
//! a field, a parameter or an indicator that is.

use std::collections::BTreeMap;

use pack::{Clock, Column, Expr, FieldType, Ledger, LengthUnit, Pack, Span, Type};

use super::{Became, ChangedFigure, DefinitionChange};
use crate::uses::Uses;

/// An expression by what it means: without the types of its columns, which change with every new
/// option of a choice.
pub(super) fn bare(expr: &Expr) -> Expr {
    let of = |expr: &Expr| Box::new(bare(expr));
    match expr {
        Expr::Column(column) => Expr::Column(bare_column(column)),
        Expr::And(a, b) => Expr::And(of(a), of(b)),
        Expr::Or(a, b) => Expr::Or(of(a), of(b)),
        Expr::Coalesce(a, b) => Expr::Coalesce(of(a), of(b)),
        Expr::Not(a) => Expr::Not(of(a)),
        Expr::Compare(operator, a, b) => Expr::Compare(*operator, of(a), of(b)),
        Expr::IsNull { expr, negated } => Expr::IsNull { expr: of(expr), negated: *negated },
        Expr::In { expr, list, negated } => {
            Expr::In { expr: of(expr), list: list.clone(), negated: *negated }
        }
        Expr::Arithmetic(operator, a, b) => Expr::Arithmetic(*operator, of(a), of(b)),
        Expr::Rescale(a, scale) => Expr::Rescale(of(a), *scale),
        Expr::Exists { ledger, link, filter } => Expr::Exists {
            ledger: ledger.clone(),
            link: link.clone(),
            filter: filter.as_deref().map(of),
        },
        Expr::Literal(_) | Expr::Window(_) | Expr::Parameter { .. } => expr.clone(),
    }
}

/// A column without its type.
pub(super) fn bare_column(column: &Column) -> Column {
    Column { ty: Type::Text, ..column.clone() }
}

/// What differs below the indicators, each with the words to tell it by.
#[derive(Default)]
struct Touched {
    ledgers: BTreeMap<String, String>,
    fields: BTreeMap<(String, String), String>,
    parameters: BTreeMap<String, String>,
}

impl Touched {
    fn between(old: &Pack, new: &Pack) -> Touched {
        let mut touched = Touched::default();
        for (id, now) in &new.parameters {
            if old
                .parameters
                .get(id)
                .is_some_and(|was| was.values != now.values || was.unit != now.unit)
            {
                touched.parameters.insert(id.clone(), format!("参数 {id}({})变了", now.label));
            }
        }
        for (id, now) in &new.ledgers {
            let Some(was) = old.ledgers.get(id) else { continue };
            if (&was.place, was.close, &was.parent) != (&now.place, now.close, &now.parent) {
                let reason = format!("台账 {id}({})归哪里、怎样结账变了", now.label);
                touched.ledgers.insert(id.clone(), reason);
            }
            touched.fields_of(old, new, id);
        }
        touched
    }

    fn fields_of(&mut self, old: &Pack, new: &Pack, id: &str) {
        let (was, now) = (&old.ledgers[id], &new.ledgers[id]);
        for (name, field) in &now.fields {
            let Some(before) = was.fields.get(name) else { continue };
            let days = || self.runs_by_parameter(now, name) || differ_days(old, new, now, name);
            let is_other = is_other(&before.ty, &field.ty)
                || before.dated != field.dated
                || !run_alike(was, now, name)
                || days()
                || codes_differ(old, new, &field.ty);
            if is_other {
                let reason = format!("字段 {id}.{name}({})变了", field.label);
                self.fields.insert((id.to_owned(), name.clone()), reason);
            }
        }
    }

    /// Whether a due date runs by a parameter that differs.
    fn runs_by_parameter(&self, ledger: &Ledger, field: &str) -> bool {
        ledger.clocks.iter().filter(|clock| clock.field() == field).any(|clock| {
            matches!(&clock.length, Span::Parameter { id, .. } if self.parameters.contains_key(id))
        })
    }

    fn reasons(&self, uses: &Uses<'_>) -> Vec<String> {
        let ledgers = uses.ledgers.iter().filter_map(|id| self.ledgers.get(*id));
        let fields = uses.fields.iter().filter_map(|(ledger, field)| {
            self.fields.get(&((*ledger).to_owned(), (*field).to_owned()))
        });
        let parameters = uses.parameters.iter().filter_map(|id| self.parameters.get(*id));
        ledgers.chain(fields).chain(parameters).cloned().collect()
    }
}

/// Whether the clocks behind a due date give the same days. Words about a clock are no part of
/// the day it gives.
fn run_alike(was: &Ledger, now: &Ledger, field: &str) -> bool {
    let own = |ledger: &'_ Ledger| -> Vec<usize> {
        let all = ledger.clocks.iter().enumerate();
        all.filter(|(_, clock)| clock.field() == field).map(|(at, _)| at).collect()
    };
    let (a, b) = (own(was), own(now));
    a.len() == b.len()
        && a.into_iter().zip(b).all(|(a, b)| {
            let (a, b) = (&was.clocks[a], &now.clocks[b]);
            let fixed = |clock: &Clock| (clock.bound, clock.rolls, clock.from, clock.to);
            fixed(a) == fixed(b)
                && (&a.on, &a.length, &a.given, &a.pauses, &a.extension)
                    == (&b.on, &b.length, &b.given, &b.pauses, &b.extension)
                && a.when.as_ref().map(bare) == b.when.as_ref().map(bare)
        })
}

/// Whether values of a type mean something else. A new option of a choice changes nothing that
/// is there.
fn is_other(was: &FieldType, now: &FieldType) -> bool {
    match (was, now) {
        (FieldType::Choice { values: was }, FieldType::Choice { values: now })
        | (FieldType::MultiChoice { values: was }, FieldType::MultiChoice { values: now }) => {
            was.keys().any(|id| !now.contains_key(id))
        }
        _ => was != now,
    }
}

/// Whether codes that records may hold are gone or have become others. Groups of codes stand in
/// the conditions that use them.
fn codes_differ(old: &Pack, new: &Pack, ty: &FieldType) -> bool {
    let FieldType::Code { list } = ty else { return false };
    let (Some(was), Some(now)) = (old.codes.get(list), new.codes.get(list)) else { return false };
    was.codes.iter().any(|code| {
        let same = now.codes.iter().find(|other| other.code == code.code);
        same.is_none_or(|other| (&other.became, other.until) != (&code.became, code.until))
    })
}

/// Whether a due date counts working days of a year whose arrangement differs.
fn differ_days(old: &Pack, new: &Pack, ledger: &Ledger, field: &str) -> bool {
    let years = || old.calendar.years.iter();
    let differ = years().any(|(year, was)| {
        let same = |now: &pack::CalendarYear| {
            (&now.holidays, &now.workdays) == (&was.holidays, &was.workdays)
        };
        !new.calendar.years.get(year).is_some_and(same)
    });
    let counts =
        |clock: &Clock| clock.rolls || clock.length.unit() == Some(LengthUnit::WorkingDays);
    differ && ledger.clocks.iter().any(|clock| clock.field() == field && counts(clock))
}

/// The figures of the old pack that mean something else in the new one, or are gone.
pub(super) fn figures(old: &Pack, new: &Pack, changes: &[DefinitionChange]) -> Vec<ChangedFigure> {
    let touched = Touched::between(old, new);
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.kind == "indicator") {
        let own: Vec<String> = match change.became {
            Became::Added => continue,
            Became::Removed => vec!["不再有这个指标".to_owned()],
            Became::Changed => {
                change.details.iter().filter(|d| d.meaning).map(|d| d.what.clone()).collect()
            }
        };
        if !own.is_empty() {
            reasons.insert(&change.id, own);
        }
    }
    for (id, indicator) in &new.indicators {
        let found = touched.reasons(&Uses::of(&indicator.measure));
        if old.indicators.contains_key(id) && !found.is_empty() {
            reasons.entry(id).or_default().extend(found);
        }
    }
    spread(old, new, &mut reasons);
    let label = |id: &str| {
        let found = new.indicators.get(id).or_else(|| old.indicators.get(id));
        found.map_or_else(String::new, |indicator| indicator.label.clone())
    };
    let all = reasons.into_iter().map(|(id, reasons)| ChangedFigure {
        id: id.to_owned(),
        label: label(id),
        reasons,
    });
    all.collect()
}

/// Adds what is computed from figures that are others, until nothing more is.
fn spread<'p>(old: &Pack, new: &'p Pack, reasons: &mut BTreeMap<&'p str, Vec<String>>) {
    loop {
        let mut more: Vec<(&str, String)> = Vec::new();
        for (id, indicator) in &new.indicators {
            if reasons.contains_key(id.as_str()) || !old.indicators.contains_key(id) {
                continue;
            }
            let parts = indicator.measure.parts();
            if let Some(part) = parts.into_iter().find(|part| reasons.contains_key(part)) {
                more.push((id, format!("由指标 {part} 算出")));
            }
        }
        if more.is_empty() {
            return;
        }
        reasons.extend(more.into_iter().map(|(id, reason)| (id, vec![reason])));
    }
}
