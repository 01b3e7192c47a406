//! Every figure of an office, to be compared with itself.

use std::collections::BTreeMap;

use figure::{Date, Period};
use measure::{Request, Session};
use pack::Pack;
use serde::Serialize;
use store::Store;

use crate::backup::{BackupError, Watch};
use crate::error::AppError;
use crate::measure::described;
use crate::office::home;

/// A figure that is another after an upgrade.
#[derive(Debug, Serialize)]
pub struct FigureChange {
    /// Id of the indicator.
    pub indicator: String,
    /// Its label.
    pub label: String,
    /// Code of the place.
    pub place: String,
    /// Name of the place.
    pub name: String,
    /// The year.
    pub window: String,
    /// The value before; `None` if there was no such indicator.
    pub before: Option<String>,
    /// The value after; `None` if there is no such indicator any more.
    pub after: Option<String>,
}

/// Indicator, place and year.
type Key = (String, String, i16);

/// Every indicator for the township and each place below it, this year and the last; for the
/// township in all years before, since the first that was closed.
#[derive(Debug, Default)]
pub(super) struct Figures {
    values: BTreeMap<Key, String>,
}

impl Figures {
    /// Measures them all. What cannot be measured has its reason as its value, so that it shows
    /// if it could be before.
    pub(super) fn of(
        pack: &Pack,
        store: &Store,
        now: Date,
        watch: &mut Watch<'_>,
    ) -> Result<Figures, AppError> {
        let questions = questions(pack, store, now)?;
        let total = (pack.indicators.len() * questions.len()) as u64;
        let session = Session::new(pack, store, now);
        let mut values = BTreeMap::new();
        let mut done = 0;
        let measured = session.snapshot(|| {
            for indicator in pack.indicators.keys() {
                for (place, year) in &questions {
                    let request = Request::new(indicator, place, Period::year(*year));
                    let value = match session.measure(&request) {
                        Ok(value) => described(&value),
                        Err(error) => format!("算不出:{error}"),
                    };
                    values.insert((indicator.clone(), (*place).to_owned(), *year), value);
                    done += 1;
                    if watch("比较指标", done, total).is_break() {
                        return Ok(false);
                    }
                }
            }
            Ok(true)
        });
        match measured.map_err(|error| AppError::Measure(Box::new(error)))? {
            true => Ok(Figures { values }),
            false => Err(BackupError::Set(archive::Error::Stopped).into()),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// What is otherwise in the other figures, which are those of the pack.
    pub(super) fn changes(&self, after: &Figures, pack: &Pack) -> Vec<FigureChange> {
        let mut keys: Vec<&Key> = self.values.keys().chain(after.values.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        let differ = |key: &&&Key| self.values.get(**key) != after.values.get(**key);
        keys.iter()
            .filter(differ)
            .map(|key| {
                let (indicator, place, year) = key;
                let label = pack.indicators.get(indicator).map_or(indicator, |i| &i.label);
                let name = pack.places.get(place).map_or(place, |place| &place.label);
                FigureChange {
                    indicator: indicator.clone(),
                    label: label.clone(),
                    place: place.clone(),
                    name: name.clone(),
                    window: year.to_string(),
                    before: self.values.get(*key).cloned(),
                    after: after.values.get(*key).cloned(),
                }
            })
            .collect()
    }
}

/// The places and years that are asked for.
fn questions<'p>(
    pack: &'p Pack,
    store: &Store,
    now: Date,
) -> Result<Vec<(&'p str, i16)>, AppError> {
    let Some(home) = home(pack) else { return Ok(Vec::new()) };
    let below = pack.places.iter().filter(|place| place.parent.as_deref() == Some(home));
    let places = std::iter::once(home).chain(below.map(|place| place.code.as_str()));
    let recent = [now.year(), now.year() - 1];
    let first = store.first_closed_day()?.map_or(recent[1], |day| day.year());
    let before = (first..recent[1]).map(|year| (home, year));
    Ok(places.flat_map(|place| recent.map(|year| (place, year))).chain(before).collect())
}
