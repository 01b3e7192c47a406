//! Changes to a record that exists: `correct`, `change` and `withdraw`.
//!
//! Two verbs for two truths. What was recorded wrongly is corrected, and was
//! never so. What became so on a day is changed, and was otherwise before. A
//! record that should not be is withdrawn. All three leave the row as it was
//! in the history.

use figure::Date;
use pack::{Ledger, Pack, Scalar};

use crate::Store;
use crate::ancestry::{above, top};
use crate::asked::asked_value;
use crate::closed::Closed;
use crate::constraint::referrer;
use crate::dated::{BEGINNING, DatedValue, values};
use crate::days::day_fields;
use crate::due::{clear, derived, fill};
use crate::engine::values as bound;
use crate::error::{Named, RowAt};
use crate::failure::Violation;
use crate::fields::{check_value, field, writable};
use crate::keys::Keys;
use crate::naming::quote;
use crate::read::{Record, current};
use crate::refusal::WriteError;
use crate::replace::{Becoming, replace};
use crate::rows::Columns;
use crate::write::{Receipt, Stamp, Verb, Writing, content};

const NO_ROW: RowAt = RowAt(None);

/// A value that a dated field takes on a day, and by which verb that is said.
struct Saying<'a> {
    field: &'a str,
    value: Option<Scalar>,
    on: Date,
    verb: Verb,
}

impl Store {
    /// Corrects fields that were recorded wrongly. The value of a dated field is corrected
    /// from the day on which its latest value began.
    pub fn correct<F: AsRef<str>>(
        &self,
        pack: &Pack,
        ledger: &str,
        id: i64,
        cells: &[(F, Option<Scalar>)],
        stamp: &Stamp<'_>,
    ) -> Result<Receipt, WriteError> {
        let ledger = writable(pack, ledger)?;
        let mut asked = content(Verb::Correct, &ledger.id);
        asked.integer(id);
        for (name, value) in cells {
            let (_, field) = field(ledger, name.as_ref())?;
            asked_value(asked.text(name.as_ref()), self.keys.as_ref(), field, value.as_ref());
        }
        let asked = asked.hash();
        let mut writing = Writing::begin(self)?;
        if let Some(receipt) = writing.replay(stamp.key, asked)? {
            return Ok(receipt);
        }
        let old = existing(&writing, self.keys.as_ref(), ledger, id)?;
        let mut new = old.cells.clone();
        for (name, value) in cells {
            let (index, field) = field(ledger, name.as_ref())?;
            check_value(ledger, field, value.as_ref(), NO_ROW)?;
            if field.derived {
                return Err(derived(ledger, field, old.cells[index].as_ref(), NO_ROW));
            }
            new[index].clone_from(value);
        }
        clear(ledger, &mut new);
        fill(pack, ledger, old.place.as_deref(), &mut new, NO_ROW)?;
        if new == old.cells {
            return Err(WriteError::Unchanged { ledger: Named::ledger(ledger), id });
        }
        let mut closed = Closed::load(writing.db(), &top(pack, ledger).id)?;
        let changed = differences(&old.cells, &new);
        match progress(ledger, &old.cells, &new, &changed) {
            Some(days) => {
                if let Some(block) = closed.block(pack, old.place.as_deref(), days) {
                    return Err(block.refusal(pack, ledger, NO_ROW));
                }
            }
            None => refuse_closed(&writing, &mut closed, pack, ledger, &old, &new)?,
        }
        let late = late_values(&writing, ledger, id, &changed, &new)?;
        for (_, value) in &late {
            if let Some(block) = closed.block_from(pack, old.place.as_deref(), value.from, None) {
                return Err(block.refusal(pack, ledger, NO_ROW));
            }
        }
        let becoming = Becoming { id, changed: &changed, cells: &new, dated: &late };
        replace(&mut writing, self.keys.as_ref(), pack, ledger, &becoming, Verb::Correct)?;
        writing.finish(stamp, asked, id, 1)
    }

    /// States that a dated field took a value on a day. The row of the record follows if no
    /// later value is known.
    // The arguments are the five parts of the statement itself; a struct would only rename them.
    #[expect(clippy::too_many_arguments)]
    pub fn change(
        &self,
        pack: &Pack,
        ledger: &str,
        id: i64,
        field_id: &str,
        value: Option<Scalar>,
        on: Date,
        stamp: &Stamp<'_>,
    ) -> Result<Receipt, WriteError> {
        let saying = Saying { field: field_id, value, on, verb: Verb::Change };
        self.state(pack, ledger, id, saying, stamp)
    }

    /// Corrects the value that a dated field had on a day, from the day on which it began to the
    /// next value. What holds now is corrected as by [`Store::correct`].
    // As for [`Store::change`].
    #[expect(clippy::too_many_arguments)]
    pub fn correct_on(
        &self,
        pack: &Pack,
        ledger: &str,
        id: i64,
        field_id: &str,
        value: Option<Scalar>,
        on: Date,
        stamp: &Stamp<'_>,
    ) -> Result<Receipt, WriteError> {
        let definition = writable(pack, ledger)?;
        let (_, field) = field(definition, field_id)?;
        if !field.dated {
            let (ledger, field) = (Named::ledger(definition), Named::field(field));
            return Err(WriteError::NotDated { ledger, field });
        }
        let known = values(self.reader(), &definition.id, id, field)?;
        let (earlier, later): (Vec<_>, Vec<_>) = known.into_iter().partition(|v| v.from <= on);
        match earlier.last() {
            Some(held) if !later.is_empty() => {
                if held.value == value {
                    return Err(WriteError::Unchanged { ledger: Named::ledger(definition), id });
                }
                let (on, verb) = (held.from, Verb::Correct);
                self.state(pack, ledger, id, Saying { field: field_id, value, on, verb }, stamp)
            }
            _ => self.correct(pack, ledger, id, &[(field_id, value)], stamp),
        }
    }

    /// Writes down that a dated field took a value on a day.
    fn state(
        &self,
        pack: &Pack,
        ledger: &str,
        id: i64,
        saying: Saying<'_>,
        stamp: &Stamp<'_>,
    ) -> Result<Receipt, WriteError> {
        let Saying { field: field_id, value, on, verb } = saying;
        let ledger = writable(pack, ledger)?;
        let mut asked = content(verb, &ledger.id);
        let (index, field) = field(ledger, field_id)?;
        asked_value(asked.integer(id).text(field_id), self.keys.as_ref(), field, value.as_ref());
        let asked = asked.text(&on.to_string()).hash();
        let mut writing = Writing::begin(self)?;
        if let Some(receipt) = writing.replay(stamp.key, asked)? {
            return Ok(receipt);
        }
        check_value(ledger, field, value.as_ref(), NO_ROW)?;
        if !field.dated {
            let (ledger, field) = (Named::ledger(ledger), Named::field(field));
            return Err(WriteError::NotDated { ledger, field });
        }
        if on < BEGINNING {
            return Err(WriteError::Day { day: on });
        }
        let old = existing(&writing, self.keys.as_ref(), ledger, id)?;
        let known = values(writing.db(), &ledger.id, id, field)?;
        let next = known.iter().map(|value| value.from).find(|from| *from > on);
        let mut closed = Closed::load(writing.db(), &top(pack, ledger).id)?;
        if let Some(block) = closed.block_from(pack, old.place.as_deref(), on, next) {
            return Err(block.refusal(pack, ledger, NO_ROW));
        }
        let revision = writing.revision();
        let mut new = old.cells.clone();
        let mut dated = Vec::new();
        if known.is_empty() && on > BEGINNING {
            let before = old.cells[index].clone();
            dated.push((field_id, DatedValue { from: BEGINNING, value: before, revision }));
        }
        dated.push((field_id, DatedValue { from: on, value: value.clone(), revision }));
        if next.is_none() {
            new[index] = value;
            clear(ledger, &mut new);
            fill(pack, ledger, old.place.as_deref(), &mut new, NO_ROW)?;
        }
        let changed = differences(&old.cells, &new);
        let becoming = Becoming { id, changed: &changed, cells: &new, dated: &dated };
        replace(&mut writing, self.keys.as_ref(), pack, ledger, &becoming, verb)?;
        writing.finish(stamp, asked, id, 1)
    }

    /// Withdraws a record that should not be. It stays in the history.
    pub fn withdraw(
        &self,
        pack: &Pack,
        ledger: &str,
        id: i64,
        stamp: &Stamp<'_>,
    ) -> Result<Receipt, WriteError> {
        let ledger = writable(pack, ledger)?;
        let asked = content(Verb::Withdraw, &ledger.id).integer(id).hash();
        let mut writing = Writing::begin(self)?;
        if let Some(receipt) = writing.replay(stamp.key, asked)? {
            return Ok(receipt);
        }
        let old = existing(&writing, self.keys.as_ref(), ledger, id)?;
        let mut closed = Closed::load(writing.db(), &top(pack, ledger).id)?;
        refuse_closed(&writing, &mut closed, pack, ledger, &old, &old.cells)?;
        let columns = Columns::read(writing.db(), &ledger.id)?;
        let leaf = columns.leaf(writing.db(), id)?.unwrap_or_default();
        columns.supersede(writing.db(), id, writing.revision(), true)?;
        let sql = format!("delete from {} where _id = ?1", quote(&ledger.id));
        match writing.db().attempt(&sql, bound![id]) {
            Err(error) if error.violation() == Some(Violation::Reference) => {
                let found = referrer(writing.db(), pack, ledger, id)?;
                let (by, by_id) = found.ok_or(error)?;
                let ledger = Named::ledger(ledger);
                return Err(WriteError::Referenced { ledger, id, by, by_id });
            }
            other => other?,
        };
        writing.note(Verb::Withdraw, &ledger.id, id, leaf.to_vec());
        writing.finish(stamp, asked, id, 1)
    }
}

fn existing(
    writing: &Writing<'_>,
    keys: Option<&Keys>,
    ledger: &Ledger,
    id: i64,
) -> Result<Record, WriteError> {
    current(writing.db(), keys, ledger, id)?
        .ok_or_else(|| WriteError::UnknownRecord { ledger: Named::ledger(ledger), id })
}

/// Refuses if a day of the record, as it was or as it will be, or of its parents is closed.
fn refuse_closed(
    writing: &Writing<'_>,
    closed: &mut Closed,
    pack: &Pack,
    ledger: &Ledger,
    old: &Record,
    new: &[Option<Scalar>],
) -> Result<(), WriteError> {
    let above = match old.parent {
        Some(_) => above(writing.db(), pack, ledger, old.parent)?,
        None => None,
    };
    let fields = day_fields(ledger);
    let own = [&old.cells, new].into_iter().flat_map(|cells| {
        fields.iter().filter_map(|day| day.form.day_of(cells[day.index].as_ref()))
    });
    let days = own.chain(above.into_iter().flat_map(|parent| parent.days));
    match closed.block(pack, old.place.as_deref(), days) {
        Some(block) => Err(block.refusal(pack, ledger, NO_ROW)),
        None => Ok(()),
    }
}

/// The days that a record goes on to, if only empty fields are filled and a date is among them:
/// a hazard found in January is fixed in February. That says nothing else of January than was
/// said, so only the new days must be open. `None` for any other correction.
fn progress(
    ledger: &Ledger,
    old: &[Option<Scalar>],
    new: &[Option<Scalar>],
    changed: &[usize],
) -> Option<Vec<Date>> {
    let is_own = |index: &usize| ledger.fields.get_index(*index).is_some_and(|(_, f)| !f.derived);
    let mut own = changed.iter().filter(|index| is_own(index));
    let fills = own.all(|index| old[*index].is_none() && new[*index].is_some());
    let fields = day_fields(ledger);
    let dated = fields.iter().filter(|day| changed.contains(&day.index));
    let days: Vec<Date> =
        dated.filter_map(|day| day.form.day_of(new[day.index].as_ref())).collect();
    (fills && !days.is_empty()).then_some(days)
}

fn differences(old: &[Option<Scalar>], new: &[Option<Scalar>]) -> Vec<usize> {
    (0..new.len()).filter(|index| old[*index] != new[*index]).collect()
}

/// For each corrected field that has dated values: the corrected value from the day on
/// which the latest one began.
fn late_values<'l>(
    writing: &Writing<'_>,
    ledger: &'l Ledger,
    id: i64,
    changed: &[usize],
    new: &[Option<Scalar>],
) -> Result<Vec<(&'l str, DatedValue)>, WriteError> {
    let mut late = Vec::new();
    for index in changed {
        let Some((name, field)) = ledger.fields.get_index(*index) else { continue };
        if !field.dated {
            continue;
        }
        if let Some(last) = values(writing.db(), &ledger.id, id, field)?.pop() {
            let (value, revision) = (new[*index].clone(), writing.revision());
            late.push((name.as_str(), DatedValue { from: last.from, value, revision }));
        }
    }
    Ok(late)
}
