//! Which changes to records and closings since a seal moved a claim or a relation: those that
//! touch what its figure reads of a record, or that took a record in or out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use figure::{Date, Period};
use measure::{Request, Session};
use pack::{ColumnRef, Ledger, Pack, RelationKind, Scalar};
use store::{Deed, Version};

use super::{Asked, RecordChange};
use crate::error::AppError;
use crate::office::Office;
use crate::record::changes::field_changes;
use crate::uses::{Hop, Uses};

/// Changes named for a claim that would differ.
const CHANGES_SHOWN: usize = 20;

/// What happened to the records behind a claim.
#[derive(Default)]
pub(super) struct Behind {
    pub(super) changes: Vec<RecordChange>,
    pub(super) more: usize,
    pub(super) unseen: u64,
}

/// What is looked through.
pub(super) struct Books<'o> {
    pub(super) office: &'o Office,
    /// The definitions of the seal.
    pub(super) then: &'o Pack,
    pub(super) deeds: &'o [Deed],
    /// The day and the revision of the seal.
    pub(super) now: Date,
    pub(super) revision: i64,
    /// Records looked through for each indicator.
    pub(super) limit: usize,
}

/// The records behind one indicator or relation, as they were or as they are.
struct Part<'p> {
    ledger: String,
    ids: BTreeSet<i64>,
    uses: Uses<'p>,
    /// Whether all of a record is read and not only some fields.
    is_whole: bool,
    /// Whether it is asked with what was known at the seal.
    is_then: bool,
    /// What each of the paths leads to, found once.
    reached: RefCell<BTreeMap<usize, Option<Rc<BTreeSet<i64>>>>>,
}

/// The first of the changes behind what is asked, and how many there are beyond them.
/// `is_completeness` tells whether closings can have moved it.
pub(super) fn behind(
    books: &Books<'_>,
    asked: &Asked,
    is_completeness: bool,
) -> Result<Behind, AppError> {
    let office = books.office;
    let sessions = [
        (Session::known_at(books.then, &office.store, books.now, books.revision), books.then),
        (Session::new(&office.pack, &office.store, office.now), &office.pack),
    ];
    let mut unseen = 0;
    let mut found: BTreeMap<(i64, String, i64), Vec<String>> = BTreeMap::new();
    let mut roots: BTreeSet<String> = BTreeSet::new();
    for (at, (session, pack)) in sessions.iter().enumerate() {
        for part in parts(books, session, pack, asked, at == 0, &mut unseen)? {
            roots.insert(root(pack, &part.ledger).to_owned());
            part.causes(books, pack, &mut found)?;
        }
    }
    if is_completeness {
        for deed in books.deeds.iter().filter(|deed| roots.contains(&deed.ledger)) {
            let concerns = |(place, period): &(String, Period)| {
                let overlaps =
                    period.from() <= asked.window.to() && asked.window.from() <= period.to();
                let places = &office.pack.places;
                let is_near = |asked: &String| {
                    places.is_within(place, asked) || places.is_within(asked, place)
                };
                overlaps && asked.places.iter().any(is_near)
            };
            if deed.closing.as_ref().is_some_and(concerns) {
                found.entry((deed.revision, deed.ledger.clone(), deed.record)).or_default();
            }
        }
    }
    let more = found.len().saturating_sub(CHANGES_SHOWN);
    let mut changes = Vec::new();
    for ((revision, ledger, record), fields) in found.into_iter().take(CHANGES_SHOWN) {
        let is_it = |deed: &&Deed| {
            let records = deed.record..deed.record + deed.count.max(1);
            deed.revision == revision && deed.ledger == ledger && records.contains(&record)
        };
        let Some(deed) = books.deeds.iter().find(is_it) else { continue };
        changes.push(told(books, deed, record, fields)?);
    }
    Ok(Behind { changes, more, unseen })
}

/// The records behind what is asked, in one session.
fn parts<'p>(
    books: &Books<'_>,
    session: &Session<'p>,
    pack: &'p Pack,
    asked: &Asked,
    is_then: bool,
    unseen: &mut u64,
) -> Result<Vec<Part<'p>>, AppError> {
    let mut parts = Vec::new();
    for (indicator, place) in
        asked.indicators.iter().flat_map(|id| asked.places.iter().map(move |p| (id, p)))
    {
        let mut request = Request::new(indicator, place, asked.window);
        request.fixed.clone_from(&asked.fixed);
        // An indicator that is not defined, or not so, has no records that could be named.
        let Ok(evidence) = session.evidence(&request, books.limit) else { continue };
        for part in evidence {
            *unseen = (*unseen).max(part.total.saturating_sub(part.rows.len() as u64));
            let leaf = pack.indicators.get(&part.indicator);
            let leaf = leaf.filter(|i| i.measure.source().is_some_and(|s| s.ledger == part.ledger));
            parts.push(Part {
                ids: part.rows.iter().map(|row| row.id).collect(),
                uses: leaf.map(|leaf| asked.uses(leaf)).unwrap_or_default(),
                is_whole: leaf.is_none(),
                ledger: part.ledger,
                is_then,
                reached: RefCell::default(),
            });
        }
    }
    let relation = asked.relation.as_ref().and_then(|id| pack.relations.get(id));
    if let Some(relation) = relation
        && let RelationKind::Forbids { ledger, .. } = &relation.kind
    {
        let mut ids = BTreeSet::new();
        for place in &asked.places {
            let results = session.check_relation(&relation.id, place, asked.window);
            let same = results.unwrap_or_default().into_iter().filter(|r| r.window == asked.window);
            for result in same.filter(|r| r.place == *place) {
                *unseen = (*unseen).max(result.violations.saturating_sub(result.rows.len() as u64));
                ids.extend(result.rows);
            }
        }
        let uses = Uses::of_relation(relation);
        let (ledger, reached) = (ledger.clone(), RefCell::default());
        parts.push(Part { ledger, ids, uses, is_whole: false, is_then, reached });
    }
    Ok(parts)
}

impl Part<'_> {
    /// Adds the deeds that moved this part, with what they changed of a record.
    fn causes(
        &self,
        books: &Books<'_>,
        pack: &Pack,
        found: &mut BTreeMap<(i64, String, i64), Vec<String>>,
    ) -> Result<(), AppError> {
        for deed in books.deeds.iter().filter(|deed| deed.closing.is_none()) {
            let is_own = deed.ledger == self.ledger;
            let is_reached = self.uses.reached.contains(deed.ledger.as_str());
            if !is_own && !is_reached {
                continue;
            }
            let Some(ledger) = pack.ledgers.get(&deed.ledger) else { continue };
            for id in deed.record..deed.record + deed.count {
                let is_behind = is_own && self.ids.contains(&id);
                let fields = match deed.verb.as_str() {
                    "insert" | "withdraw"
                        if is_behind && (deed.verb == "withdraw") != self.is_then =>
                    {
                        continue;
                    }
                    "insert" | "withdraw" if is_behind => Vec::new(),
                    "insert" | "withdraw" if is_reached && self.counts(&deed.ledger) => Vec::new(),
                    "correct" | "change" if is_behind || is_reached => {
                        let read = self.read_changes(books, pack, ledger, id, deed.revision)?;
                        if read.is_empty() {
                            continue;
                        }
                        read
                    }
                    "forget" if is_behind => Vec::new(),
                    _ => continue,
                };
                if is_behind || self.is_linked(books, pack, ledger, id)? {
                    found
                        .entry((deed.revision, deed.ledger.clone(), id))
                        .or_default()
                        .extend(fields);
                }
            }
        }
        for fields in found.values_mut() {
            fields.sort();
            fields.dedup();
        }
        Ok(())
    }

    /// Whether it matters that there is a record of a ledger, and not only what it says.
    fn counts(&self, ledger: &str) -> bool {
        self.uses.ledgers.contains(ledger)
    }

    /// What a revision changed in fields that are read, in words.
    fn read_changes(
        &self,
        books: &Books<'_>,
        pack: &Pack,
        ledger: &Ledger,
        id: i64,
        revision: i64,
    ) -> Result<Vec<String>, AppError> {
        let versions = books.office.store.history(pack, &ledger.id, id)?;
        let all = field_changes(books.office, pack, ledger, id, &versions)?;
        let at = versions.iter().position(|version| version.record.revision == revision);
        let changes = at.and_then(|at| all.get(at)).map(Vec::as_slice).unwrap_or_default();
        let is_read =
            |field: &str| self.is_whole || self.uses.fields.contains(&(ledger.id.as_str(), field));
        let read = changes.iter().filter(|change| is_read(&change.field.id));
        read.map(|change| change.told(books.office)).collect()
    }

    /// Whether a record is reached from one that is behind the figure.
    fn is_linked(
        &self,
        books: &Books<'_>,
        pack: &Pack,
        ledger: &Ledger,
        id: i64,
    ) -> Result<bool, AppError> {
        let paths = self.uses.paths.iter().enumerate().filter(|(_, (to, _))| *to == ledger.id);
        for (number, (_, path)) in paths {
            let is_linked = match path.split_last() {
                Some((Hop::From { link: by, .. }, above)) => {
                    match self.along(books, pack, (number, above))? {
                        Some(here) => {
                            let versions = books.office.store.history(pack, &ledger.id, id)?;
                            let mut links = versions.iter().filter_map(|v| link(ledger, by, v));
                            links.any(|link| here.contains(&link))
                        }
                        None => true,
                    }
                }
                _ => self.along(books, pack, (number, path))?.is_none_or(|here| here.contains(&id)),
            };
            if is_linked {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The records that a path leads to from those behind the figure. `None` if it leads through
    /// records that point here: they are many, and what they refer to may be a cause.
    fn along(
        &self,
        books: &Books<'_>,
        pack: &Pack,
        (number, path): (usize, &[Hop<'_>]),
    ) -> Result<Option<Rc<BTreeSet<i64>>>, AppError> {
        if let Some(known) = self.reached.borrow().get(&number) {
            return Ok(known.clone());
        }
        let (mut here, mut at) = (Some(self.ids.clone()), self.ledger.as_str());
        for hop in path {
            let (Hop::To { by, ledger: to }, Some(from), Some(definition)) =
                (hop, here.take(), pack.ledgers.get(at))
            else {
                break;
            };
            let mut next = BTreeSet::new();
            for id in from {
                for version in books.office.store.history(pack, at, id)? {
                    next.extend(link(definition, by, &version));
                }
            }
            (here, at) = (Some(next), to);
        }
        let here = here.map(Rc::new);
        self.reached.borrow_mut().insert(number, here.clone());
        Ok(here)
    }
}

/// The number of the record that a version of another refers to.
fn link(ledger: &Ledger, by: &ColumnRef, version: &Version) -> Option<i64> {
    match by {
        ColumnRef::Parent => version.record.parent,
        ColumnRef::Id => Some(version.record.id),
        ColumnRef::Place => None,
        ColumnRef::Field(field) => {
            match version.record.cells.get(ledger.fields.get_index_of(field)?)? {
                Some(Scalar::Integer(id)) => Some(*id),
                _ => None,
            }
        }
    }
}

/// Id of the ledger at the top of a child's chain of parents.
fn root<'p>(pack: &'p Pack, ledger: &'p str) -> &'p str {
    let parent = |id: &&'p str| pack.ledgers.get(*id)?.parent.as_deref();
    let all = std::iter::successors(Some(ledger), parent);
    all.take(pack.ledgers.len()).last().unwrap_or(ledger)
}

fn told(
    books: &Books<'_>,
    deed: &Deed,
    record: i64,
    fields: Vec<String>,
) -> Result<RecordChange, AppError> {
    let office = books.office;
    let stamp = office.store.stamp(deed.revision)?;
    let ledger = office.pack.ledgers.get(&deed.ledger).or(books.then.ledgers.get(&deed.ledger));
    let ledger = ledger.map_or(&deed.ledger, |ledger| &ledger.label).clone();
    let what = match deed.verb.as_str() {
        "insert" => "登记",
        "correct" => "更正",
        "change" => "变更",
        "withdraw" => "撤销",
        "close" => "结账",
        "reopen" => "撤销结账",
        "forget" => "销毁个人信息",
        other => other,
    };
    let about = deed.closing.as_ref().map(|(place, period)| {
        let place = office.pack.places.get(place).map_or(place, |place| &place.label);
        format!("{place}{}", period.describe())
    });
    let (at, who, why) = stamp.map(|s| (s.at, s.who, s.why)).unwrap_or_default();
    let (what, revision) = (what.to_owned(), deed.revision);
    Ok(RecordChange { ledger, record, what, about, fields, revision, at, who, why })
}
