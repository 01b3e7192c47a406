//! One run's questions to a pack and a store, each answered once.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use figure::{Date, Period, Step};
use pack::{Indicator, Ledger, Pack, Parameter, Place};
use store::{Record, Store};

use crate::area::{Area, Areas, Tree};
use crate::completeness::Closings;
use crate::error::nearest;
use crate::gap::bounded;
use crate::past::Past;
use crate::reason::Reason;
use crate::voucher::Voucher;
use crate::{
    Evidence, Gap, MeasureError, RelationResult, Request, SplitValue, Value, evidence, first,
    measure, reason, relation, split, voucher,
};

/// Answers questions about one state of a store: the last, or that after an
/// earlier revision. What formulas, relations and claims share is computed once,
/// so a session must not outlive a write: make a new one after it.
pub struct Session<'a> {
    pack: &'a Pack,
    store: &'a Store,
    now: Date,
    tree: Tree<'a>,
    areas: RefCell<Areas<'a>>,
    /// The revision asked about; `None` for the last.
    asked: Option<i64>,
    revision: Cell<Option<i64>>,
    past: OnceCell<Option<Rc<Past>>>,
    closings: RefCell<HashMap<&'a str, Rc<Closings>>>,
    completeness: RefCell<HashMap<Kept<'a>, Rc<Vec<Gap>>>>,
    values: RefCell<HashMap<Key, Value>>,
    vouchers: OnceCell<Rc<Vec<Voucher>>>,
    reasons: OnceCell<Rc<Vec<Reason>>>,
}

/// Ids of a ledger and a place, and a window.
type Kept<'a> = (&'a str, &'a str, Period);

/// A question in the form that answers are kept under: the place narrowed to
/// the one fixed, the other dimensions in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) indicator: String,
    pub(crate) place: String,
    pub(crate) window: Period,
    pub(crate) fixed: Vec<(String, String)>,
}

impl Key {
    pub(crate) fn of(&self, indicator: &str) -> Key {
        Key { indicator: indicator.to_owned(), ..self.clone() }
    }

    pub(crate) fn at(&self, place: &str) -> Key {
        Key { place: place.to_owned(), ..self.clone() }
    }

    pub(crate) fn during(&self, window: Period) -> Key {
        Key { window, ..self.clone() }
    }

    pub(crate) fn fixing(&self, dimension: &str, value: &str) -> Key {
        let mut key = self.clone();
        key.fixed.push((dimension.to_owned(), value.to_owned()));
        key.fixed.sort();
        key
    }
}

impl<'a> Session<'a> {
    /// A session on a store that was opened with this pack. `now` decides which
    /// windows are over.
    pub fn new(pack: &'a Pack, store: &'a Store, now: Date) -> Session<'a> {
        Session {
            pack,
            store,
            now,
            tree: Tree::new(pack),
            areas: RefCell::default(),
            asked: None,
            revision: Cell::new(None),
            past: OnceCell::new(),
            closings: RefCell::default(),
            completeness: RefCell::default(),
            values: RefCell::default(),
            vouchers: OnceCell::new(),
            reasons: OnceCell::new(),
        }
    }

    /// A session that answers what was believed after a revision, whatever has
    /// been corrected, changed, withdrawn, closed or reopened since. Definitions,
    /// parameters and places are those of the pack at hand. From the store's last
    /// revision on, this is [`Session::new`].
    pub fn known_at(pack: &'a Pack, store: &'a Store, now: Date, revision: i64) -> Session<'a> {
        Session { asked: Some(revision), ..Session::new(pack, store, now) }
    }

    /// The pack that the session speaks of.
    pub fn pack(&self) -> &'a Pack {
        self.pack
    }

    /// The day that counts as today.
    pub fn now(&self) -> Date {
        self.now
    }

    /// Number of the last change that the answers know.
    pub fn revision(&self) -> Result<i64, MeasureError> {
        if let Some(revision) = self.revision.get() {
            return Ok(revision);
        }
        let last = self.store.revision()?;
        let revision = self.asked.map_or(last, |asked| asked.min(last));
        self.revision.set(Some(revision));
        Ok(revision)
    }

    /// Runs several questions on one state of the store, whatever is written
    /// meanwhile. Each question alone is asked so anyway; many together are also
    /// faster so. Calls may nest.
    pub fn snapshot<T>(
        &self,
        questions: impl FnOnce() -> Result<T, MeasureError>,
    ) -> Result<T, MeasureError> {
        self.store.snapshot(questions)?
    }

    /// The value of an indicator in a place and window.
    pub fn measure(&self, request: &Request<'_>) -> Result<Value, MeasureError> {
        self.snapshot(|| Ok(shown(self.value(&self.key(request)?)?)))
    }

    /// What is expected of an indicator while its window is open: the value of
    /// the indicator that its definition names as `forecast`. A value that is
    /// final already is given as it is; `None` if the definition names no forecast.
    pub fn forecast(&self, request: &Request<'_>) -> Result<Option<Value>, MeasureError> {
        self.snapshot(|| Ok(measure::forecast(self, &self.key(request)?)?.map(shown)))
    }

    /// The value in each place of a kind at or below the place asked about, with
    /// the place's code, in the order of the pack. Never empty.
    pub fn measure_each(
        &self,
        request: &Request<'_>,
        kind: &str,
    ) -> Result<Vec<(String, Value)>, MeasureError> {
        let values = self.snapshot(|| split::each(self, &self.key(request)?, kind))?;
        Ok(values.into_iter().map(|(place, value)| (place, shown(value))).collect())
    }

    /// The values of the last `last` steps, oldest first. The newest ends with
    /// the window; the others are whole calendar steps.
    pub fn measure_series(
        &self,
        request: &Request<'_>,
        step: Step,
        last: usize,
    ) -> Result<Vec<Value>, MeasureError> {
        let values = self.snapshot(|| split::series(self, &self.key(request)?, step, last))?;
        Ok(values.into_iter().map(shown).collect())
    }

    /// The value for each member of a dimension (or for each `place` that
    /// records belong to): every choice of a choice field, else those met in records.
    pub fn split(
        &self,
        request: &Request<'_>,
        dimension: &str,
    ) -> Result<Vec<SplitValue>, MeasureError> {
        let mut values = self.snapshot(|| split::by(self, &self.key(request)?, dimension))?;
        for part in &mut values {
            part.value.gaps = bounded(std::mem::take(&mut part.value.gaps));
        }
        Ok(values)
    }

    /// The members of a dimension that [`Session::split`] would give values for, without those
    /// values; records in which it is not filled in have none.
    pub fn members(
        &self,
        request: &Request<'_>,
        dimension: &str,
    ) -> Result<Vec<String>, MeasureError> {
        self.snapshot(|| split::members(self, &self.key(request)?, dimension))
    }

    /// The records behind a value, at most `limit` for each ledger indicator that
    /// it is computed from, by date and number.
    pub fn evidence(
        &self,
        request: &Request<'_>,
        limit: usize,
    ) -> Result<Vec<Evidence>, MeasureError> {
        self.snapshot(|| evidence::evidence(self, &self.key(request)?, limit))
    }

    /// The earliest day that places a current record of an indicator's ledger in time; `None` if
    /// there is none, or the day does not stand in the record itself.
    pub fn first_day(&self, indicator: &str) -> Result<Option<Date>, MeasureError> {
        self.snapshot(|| first::day(self, self.indicator(indicator)?))
    }

    /// All relations of the pack, in file order, for their places and periods
    /// within this place and window.
    pub fn check_relations(
        &self,
        place: &str,
        window: Period,
    ) -> Result<Vec<RelationResult>, MeasureError> {
        self.snapshot(|| relation::check_all(self, self.place(place)?, window))
    }

    /// One relation of the pack, for its places and periods within this place and window.
    pub fn check_relation(
        &self,
        relation: &str,
        place: &str,
        window: Period,
    ) -> Result<Vec<RelationResult>, MeasureError> {
        let Some(relation) = self.pack.relations.get(relation) else { return Ok(Vec::new()) };
        self.snapshot(|| relation::check_one(self, relation, self.place(place)?, window))
    }

    /// The answer to a question, computed at most once, with all its gaps.
    pub(crate) fn value(&self, key: &Key) -> Result<Value, MeasureError> {
        if let Some(value) = self.known(key) {
            return Ok(value);
        }
        let indicator = self.indicator(&key.indicator)?;
        let value = measure::compute(self, indicator, key)?;
        let value = voucher::stand_in(self, indicator, key, value)?;
        self.keep(key.clone(), value.clone());
        Ok(value)
    }

    pub(crate) fn known(&self, key: &Key) -> Option<Value> {
        self.values.borrow().get(key).cloned()
    }

    pub(crate) fn keep(&self, key: Key, value: Value) {
        self.values.borrow_mut().insert(key, value);
    }

    pub(crate) fn store(&self) -> &'a Store {
        self.store
    }

    pub(crate) fn tree(&self) -> &Tree<'a> {
        &self.tree
    }

    pub(crate) fn area(&self, place: &Place, on: Date) -> Rc<Area<'a>> {
        self.areas.borrow_mut().get(&self.tree, place, on)
    }

    pub(crate) fn indicator(&self, id: &str) -> Result<&'a Indicator, MeasureError> {
        self.pack.indicators.get(id).ok_or_else(|| MeasureError::UnknownIndicator {
            id: id.to_owned(),
            nearest: nearest(id, self.pack.indicators.keys().map(String::as_str)),
        })
    }

    pub(crate) fn place(&self, code: &str) -> Result<&'a Place, MeasureError> {
        let unknown = || MeasureError::UnknownPlace { code: code.to_owned() };
        self.tree.get(code).ok_or_else(unknown)
    }

    /// A ledger that a checked definition names.
    pub(crate) fn ledger(&self, id: &str) -> &'a Ledger {
        self.pack.ledgers.get(id).expect("the loader resolves every ledger named")
    }

    /// A parameter that a checked definition names.
    pub(crate) fn parameter(&self, id: &str) -> &'a Parameter {
        self.pack.parameters.get(id).expect("the loader resolves every parameter named")
    }

    /// The revision asked about with what has happened since, found once; `None`
    /// if it is the last.
    pub(crate) fn past(&self) -> Result<Option<Rc<Past>>, MeasureError> {
        if let Some(past) = self.past.get() {
            return Ok(past.clone());
        }
        let last = || self.store.revision();
        let past = match self.asked {
            Some(asked) if asked < last()? => {
                Some(Rc::new(Past::read(self.pack, self.store, asked)?))
            }
            _ => None,
        };
        Ok(self.past.get_or_init(|| past).clone())
    }

    /// The signed figures of times before the ledgers were kept, read once.
    pub(crate) fn vouchers(&self) -> Result<Rc<Vec<Voucher>>, MeasureError> {
        if let Some(vouchers) = self.vouchers.get() {
            return Ok(Rc::clone(vouchers));
        }
        let vouchers = Rc::new(voucher::read(self)?);
        Ok(Rc::clone(self.vouchers.get_or_init(|| vouchers)))
    }

    /// The written reasons for relations that do not hold, read once.
    pub(crate) fn reasons(&self) -> Result<Rc<Vec<Reason>>, MeasureError> {
        if let Some(reasons) = self.reasons.get() {
            return Ok(Rc::clone(reasons));
        }
        let reasons = Rc::new(reason::read(self)?);
        Ok(Rc::clone(self.reasons.get_or_init(|| reasons)))
    }

    /// The records of a ledger as they were known when the session asks.
    pub(crate) fn records(&self, ledger: &str) -> Result<Vec<Record>, MeasureError> {
        let Some(past) = self.past()? else { return Ok(self.store.records(self.pack, ledger)?) };
        let mut records = Vec::new();
        self.store.each_record_at(self.pack, ledger, past.revision, &mut |record| {
            records.push(record);
            ControlFlow::Continue(())
        })?;
        Ok(records)
    }

    /// The closings of a ledger in force, read once.
    pub(crate) fn closings(&self, ledger: &'a Ledger) -> Result<Rc<Closings>, MeasureError> {
        if let Some(closings) = self.closings.borrow().get(ledger.id.as_str()) {
            return Ok(Rc::clone(closings));
        }
        let known = self.past()?.map(|past| past.revision);
        let closings = Rc::new(Closings::new(self.store.closed_days(&ledger.id, known)?));
        self.closings.borrow_mut().insert(&ledger.id, Rc::clone(&closings));
        Ok(closings)
    }

    /// The gaps of a ledger in a place and window, found once.
    pub(crate) fn completeness(
        &self,
        ledger: &'a Ledger,
        place: &'a Place,
        window: Period,
        find: impl FnOnce() -> Result<Vec<Gap>, MeasureError>,
    ) -> Result<Rc<Vec<Gap>>, MeasureError> {
        let key = (ledger.id.as_str(), place.code.as_str(), window);
        if let Some(gaps) = self.completeness.borrow().get(&key) {
            return Ok(Rc::clone(gaps));
        }
        let gaps = Rc::new(find()?);
        self.completeness.borrow_mut().insert(key, Rc::clone(&gaps));
        Ok(gaps)
    }

    fn key(&self, request: &Request<'_>) -> Result<Key, MeasureError> {
        let asked = self.place(request.place)?;
        let mut place = asked;
        let mut fixed = Vec::new();
        for (dimension, value) in &request.fixed {
            if dimension != "place" {
                fixed.push((dimension.clone(), value.clone()));
                continue;
            }
            place = self.place(value)?;
            if !self.area(asked, request.window.to()).has(place) {
                return Err(MeasureError::OutsidePlace {
                    place: place.label.clone(),
                    outer: asked.label.clone(),
                });
            }
        }
        fixed.sort();
        let (indicator, place) = (request.indicator.to_owned(), place.code.clone());
        Ok(Key { indicator, place, window: request.window, fixed })
    }
}

fn shown(mut value: Value) -> Value {
    value.gaps = bounded(std::mem::take(&mut value.gaps));
    value
}
