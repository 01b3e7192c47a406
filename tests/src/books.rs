//! The indicators computed a second time, record by record, with nothing cached in a database.
//!
//! It follows the pack and design.md §6 only: records in place and time that satisfy the
//! condition; an open period leaves the top of a count or sum unknown; rows whose condition is
//! open and that the indicator calls undecided may count or not.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use app::Office;
use figure::{Date, Decimal, Interval, Period, Step};
use pack::{CloseEvery, Comparison, Expr, Indicator, Measure, Pack, Scalar, Source, Timing, Type};
use store::{Record, Store};

use crate::expression::{Context, Row};
use crate::facts::Fact;
use crate::target::Target;

/// All records of an office.
pub struct Books<'a> {
    /// The definitions.
    pub pack: &'a Pack,
    store: &'a Store,
    now: Date,
    home: String,
    read: RefCell<BTreeMap<String, Rc<Vec<Record>>>>,
}

/// A sum or count in the making.
#[derive(Default)]
struct Rows {
    decided: Vec<Option<Scalar>>,
    undecided: Vec<Option<Scalar>>,
}

impl<'a> Books<'a> {
    /// The books of an office.
    ///
    /// # Panics
    /// When the office has no place.
    pub fn new(office: &'a Office) -> Books<'a> {
        Books {
            pack: &office.pack,
            store: &office.store,
            now: office.now,
            home: office.home().expect("a home place").to_owned(),
            read: RefCell::default(),
        }
    }

    /// What is known of a fact: one value, or one for each member.
    pub fn known(&self, fact: &Fact) -> Vec<Interval> {
        let target = Target::parse(&fact.target);
        let window = Period::parse(&fact.window).expect("a window");
        let indicator = &self.pack.indicators[target.indicator];
        let home = match target.place {
            Some(name) => self.pack.places.named(name)[0].code.clone(),
            None => self.home.clone(),
        };
        let of = |place: &str, window| self.value(indicator, place, window, &target.fixed);
        if let Some(kind) = target.each {
            let members = self.pack.places.of_kind(kind, &home, window.to());
            return members.iter().map(|place| of(&place.code, window)).collect();
        }
        if target.years > 0 {
            let mut years = window.split(Step::Year);
            let from = years.len() - target.years;
            return years.split_off(from).into_iter().map(|year| of(&home, year)).collect();
        }
        vec![of(&home, window)]
    }

    /// Ids of all ledgers that a fact rests on.
    pub fn ledgers(&self, fact: &Fact) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.gather(Target::parse(&fact.target).indicator, &mut found);
        found
    }

    fn gather(&self, indicator: &str, found: &mut BTreeSet<String>) {
        match &self.pack.indicators[indicator].measure {
            Measure::Ratio { of, to } => {
                self.gather(of, found);
                self.gather(to, found);
            }
            Measure::Formula(_) => panic!("no claim of the example report needs a formula"),
            measure => found.extend(measure.source().map(|source| source.ledger.clone())),
        }
    }

    /// The records of a ledger.
    pub fn records(&self, ledger: &str) -> Rc<Vec<Record>> {
        let mut read = self.read.borrow_mut();
        let records = read.entry(ledger.to_owned()).or_insert_with(|| {
            Rc::new(self.store.records(self.pack, ledger).expect("records can be read"))
        });
        Rc::clone(records)
    }

    /// One record of a ledger.
    pub fn record(&self, ledger: &str, id: i64) -> Option<Record> {
        self.records(ledger).iter().find(|record| record.id == id).cloned()
    }

    /// Numbers of the records of `ledger` that count for a fact.
    pub fn counting(&self, fact: &Fact, ledger: &str) -> Vec<i64> {
        let target = Target::parse(&fact.target);
        let window = Period::parse(&fact.window).expect("a window");
        let mut indicators = vec![target.indicator.to_owned()];
        if let Measure::Ratio { of, to } = &self.pack.indicators[target.indicator].measure {
            indicators = vec![of.clone(), to.clone()];
        }
        let mut found = BTreeSet::new();
        for id in indicators {
            let indicator = &self.pack.indicators[&id];
            let Some(source) = indicator.measure.source().filter(|s| s.ledger == ledger) else {
                continue;
            };
            let place = match target.place {
                Some(name) => self.pack.places.named(name)[0].code.clone(),
                None => self.home.clone(),
            };
            for record in self.records(ledger).iter() {
                let row = Row { ledger: &source.ledger, record };
                if self.place_of(&row).is_some_and(|p| self.pack.places.is_within(&p, &place))
                    && self.state(indicator, source, &row, window, &target.fixed) == Some(true)
                {
                    found.insert(record.id);
                }
            }
        }
        found.into_iter().collect()
    }

    fn value(
        &self,
        indicator: &Indicator,
        place: &str,
        window: Period,
        fixed: &[(&str, &str)],
    ) -> Interval {
        let (source, value) = match &indicator.measure {
            Measure::Ratio { of, to } => {
                let part =
                    |id: &String| self.value(&self.pack.indicators[id], place, window, fixed);
                let percent = indicator.unit.to_string() == "%";
                return ratio(part(of), part(to), percent);
            }
            Measure::Formula(_) => panic!("no claim of the example report needs a formula"),
            Measure::Count(source) => (source, None),
            Measure::Sum(source, value)
            | Measure::Distinct(source, value)
            | Measure::Min(source, value)
            | Measure::Max(source, value)
            | Measure::Stated { source, value, .. } => (source, Some(value)),
        };
        if let Measure::Stated { document, .. } = &indicator.measure {
            return self.stated(indicator, source, value, document, place, window);
        }
        let rows = self.rows(indicator, source, value, place, window, fixed);
        let open = !self.is_closed(&source.ledger, place, window);
        let scale = value.map_or(0, scale);
        let number = |n: i64| Decimal::new(n, scale);
        let sum = |cells: &[Option<Scalar>]| -> i64 {
            cells.iter().map(|cell| if let Some(Scalar::Integer(n)) = cell { *n } else { 0 }).sum()
        };
        let distinct = |cells: &[Option<Scalar>]| {
            let set: BTreeSet<_> = cells.iter().flatten().collect();
            i64::try_from(set.len()).expect("a count")
        };
        let length = |cells: &[Option<Scalar>]| i64::try_from(cells.len()).expect("a count");
        let every: Vec<_> = rows.decided.iter().chain(&rows.undecided).cloned().collect();
        let lacking = value.is_some() && every.iter().any(Option::is_none);
        let leaving = open && may_end(source);
        let upto = |low: i64, high: i64| Interval {
            low: Some(if leaving { Decimal::ZERO } else { number(low) }),
            high: (!open && !lacking).then(|| number(high)),
        };
        match &indicator.measure {
            Measure::Count(_) => upto(length(&rows.decided), length(&every)),
            Measure::Sum(..) => upto(sum(&rows.decided), sum(&every)),
            Measure::Distinct(..) => upto(distinct(&rows.decided), distinct(&every)),
            _ if open || lacking || every.is_empty() => Interval::unknown(),
            Measure::Max(..) => {
                let most = every.iter().flatten().max();
                let Some(Scalar::Integer(n)) = most else { return Interval::unknown() };
                Interval::exact(number(*n))
            }
            other => panic!("no claim of the example report needs this: {other:?}"),
        }
    }

    /// A figure that another authority decided: the latest record in the window, with its
    /// document.
    fn stated(
        &self,
        indicator: &Indicator,
        source: &Source,
        value: Option<&Expr>,
        document: &pack::Column,
        place: &str,
        window: Period,
    ) -> Interval {
        let context = self.context(window);
        let mut latest: Option<(Scalar, Interval)> = None;
        for record in self.records(&source.ledger).iter() {
            let row = Row { ledger: &source.ledger, record };
            if record.place.as_deref() != Some(place)
                || self.state(indicator, source, &row, window, &[]) != Some(true)
            {
                continue;
            }
            let day = source.on.as_ref().and_then(|on| context.column(&row, on)).expect("a day");
            if latest.as_ref().is_some_and(|(known, _)| *known > day) {
                continue;
            }
            let number = value.and_then(|v| context.integer(&row, v).map(|n| (n, scale(v))));
            let known = match (number, context.column(&row, document)) {
                (Some((n, scale)), Some(_)) => Interval::exact(Decimal::new(n, scale)),
                _ => Interval::unknown(),
            };
            latest = Some((day, known));
        }
        latest.map_or_else(Interval::unknown, |(_, known)| known)
    }

    fn rows(
        &self,
        indicator: &Indicator,
        source: &Source,
        value: Option<&Expr>,
        place: &str,
        window: Period,
        fixed: &[(&str, &str)],
    ) -> Rows {
        let context = self.context(window);
        let mut rows = Rows::default();
        for record in self.records(&source.ledger).iter() {
            let row = Row { ledger: &source.ledger, record };
            if !self.place_of(&row).is_some_and(|p| self.pack.places.is_within(&p, place)) {
                continue;
            }
            let Some(decided) = self.state(indicator, source, &row, window, fixed) else {
                continue;
            };
            let cell = value.and_then(|v| context.value(&row, v));
            if decided { rows.decided.push(cell) } else { rows.undecided.push(cell) }
        }
        rows
    }

    /// Whether a record counts: surely, perhaps (`Some(false)`), or not.
    fn state(
        &self,
        indicator: &Indicator,
        source: &Source,
        row: &Row<'_>,
        window: Period,
        fixed: &[(&str, &str)],
    ) -> Option<bool> {
        let context = self.context(window);
        if !in_time(&context, indicator, source, row) {
            return None;
        }
        for (id, wanted) in fixed {
            let dimension = indicator.dims.iter().find(|d| d.id == *id).expect("a dimension");
            let Some(Scalar::Text(found)) = context.column(row, &dimension.column) else {
                return None;
            };
            if found != *wanted {
                return None;
            }
        }
        let holds = source.filter.as_ref().map_or(Some(true), |f| context.holds(row, f));
        let perhaps =
            source.undecided.as_ref().is_some_and(|u| context.holds(row, u) == Some(true));
        match (holds, perhaps) {
            (Some(false), _) | (None, false) => None,
            (_, true) => Some(false),
            (Some(true), false) => Some(true),
        }
    }

    fn context(&self, window: Period) -> Context<'_, 'a> {
        Context { books: self, from: window.from().to_string(), to: window.to().to_string() }
    }

    /// The place of a record; a child's is that of its parent.
    fn place_of(&self, row: &Row<'_>) -> Option<String> {
        match (&row.record.place, &self.pack.ledgers[row.ledger].parent, row.record.parent) {
            (Some(place), ..) => Some(place.clone()),
            (None, Some(parent), Some(id)) => {
                let record = self.record(parent, id)?;
                self.place_of(&Row { ledger: parent, record: &record })
            }
            _ => None,
        }
    }

    /// Whether every place that keeps the ledger has signed every month or year of the window.
    pub fn is_closed(&self, ledger: &str, place: &str, window: Period) -> bool {
        let mut root = &self.pack.ledgers[ledger];
        while let Some(parent) = &root.parent {
            root = &self.pack.ledgers[parent];
        }
        let Some(every) = root.close else { return true };
        if window.to() > self.now {
            return false;
        }
        let closings = self.store.closings(&root.id).expect("closings can be read");
        let step = match every {
            CloseEvery::Month => Step::Month,
            CloseEvery::Year => Step::Year,
        };
        let places = &self.pack.places;
        places
            .iter()
            .filter(|p| root.place.contains(&p.kind) && places.is_within(&p.code, place))
            .all(|owing| {
                window.split(step).into_iter().all(|part| {
                    closings.iter().any(|closing| {
                        places.is_within(&owing.code, &closing.place) && closing.period.covers(part)
                    })
                })
            })
    }
}

fn in_time(
    context: &Context<'_, '_>,
    indicator: &Indicator,
    source: &Source,
    row: &Row<'_>,
) -> bool {
    let day = |column: &pack::Column| match context.column(row, column) {
        Some(Scalar::Text(day)) => Some(day),
        _ => None,
    };
    let Some(on) = &source.on else { return true };
    let Some(on) = day(on) else { return false };
    match indicator.time {
        Timing::During | Timing::Latest => context.from <= on && on <= context.to,
        Timing::Since => on <= context.to,
        Timing::At => {
            let until = source.until.as_ref().and_then(day);
            on <= context.to && until.is_none_or(|until| until > context.to)
        }
    }
}

/// Whether a record that counts may be entered as gone while the period is open: it counts
/// because something has not happened yet.
fn may_end(source: &Source) -> bool {
    fn not_yet(expr: &Expr) -> bool {
        match expr {
            Expr::IsNull { negated, .. } => !negated,
            Expr::Compare(Comparison::Greater, _, to) => matches!(**to, Expr::Window(_)),
            Expr::And(a, b) | Expr::Or(a, b) => not_yet(a) || not_yet(b),
            _ => false,
        }
    }
    source.until.is_some() || source.filter.as_ref().is_some_and(not_yet)
}

/// Digits after the point in which an expression's numbers are stored.
fn scale(expr: &Expr) -> u32 {
    match expr {
        Expr::Column(column) => match column.ty {
            Type::Number { scale, .. } => scale,
            _ => 0,
        },
        Expr::Coalesce(first, _) => scale(first),
        other => panic!("no claim of the example report needs this: {other:?}"),
    }
}

fn ratio(of: Interval, to: Interval, percent: bool) -> Interval {
    let factor = if percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let divide = |a: Option<Decimal>, b: Option<Decimal>| match (a, b) {
        (Some(a), Some(b)) if !b.is_zero() => Some(a * factor / b),
        _ => None,
    };
    if to.low.is_none_or(|low| low.is_zero()) && to.high.is_none_or(|high| high.is_zero()) {
        return Interval::unknown();
    }
    // A part without a top makes the other end of the quotient fall to nothing or rise.
    let low = divide(of.low, to.high).or_else(|| of.low.map(|_| Decimal::ZERO));
    Interval { low, high: divide(of.high, to.low) }
}
