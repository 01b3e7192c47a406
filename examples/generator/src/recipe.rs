//! From recipes to the texts of rows. No random numbers: the same file gives the same rows.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;

use crate::data::{Made, Recipe, Rows};
use crate::error::GenerateError;
use crate::person;

/// One row: its place or parent, and texts by field id. Dates are ISO text.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Name of the place.
    pub(crate) place: Option<String>,
    /// Key of the parent record.
    pub(crate) parent: Option<String>,
    /// Texts by field id.
    pub(crate) cells: BTreeMap<String, String>,
}

/// Makes the rows of one run.
pub(crate) fn make(rows: &Rows) -> Result<Vec<Row>, GenerateError> {
    let repeat = |list: &[(String, usize)]| -> Vec<Option<String>> {
        list.iter().flat_map(|(name, n)| std::iter::repeat_n(Some(name.clone()), *n)).collect()
    };
    let (places, parents) = (repeat(&rows.places), repeat(&rows.parents));
    let count = rows.count.unwrap_or(places.len().max(parents.len()));
    for (what, list) in [("places", &places), ("parents", &parents)] {
        if !list.is_empty() && list.len() != count {
            return Err(GenerateError::Count { what, expected: count, found: list.len() });
        }
    }
    let mut made: Vec<Row> = (0..count)
        .map(|i| Row {
            place: places.get(i).cloned().flatten(),
            parent: parents.get(i).cloned().flatten(),
            cells: BTreeMap::new(),
        })
        .collect();
    // Recipes that look at another field of the row come after those that do not.
    let (later, first): (Vec<_>, Vec<_>) =
        rows.fields.iter().partition(|(_, recipe)| matches!(recipe, Recipe::Made(Made::After(..))));
    for (field, recipe) in first.into_iter().chain(later) {
        let texts = texts(field, recipe, &made)?;
        for (row, text) in made.iter_mut().zip(texts) {
            if !text.is_empty() {
                row.cells.insert(field.clone(), text);
            }
        }
    }
    Ok(made)
}

fn texts(field: &str, recipe: &Recipe, rows: &[Row]) -> Result<Vec<String>, GenerateError> {
    let count = rows.len();
    Ok(match recipe {
        Recipe::Same(text) => vec![text.clone(); count],
        Recipe::Cycle(list) => list.iter().cycle().take(count).cloned().collect(),
        Recipe::Made(Made::Dates(from, to)) => dates(field, from, to, count)?,
        Recipe::Made(Made::After(other, days)) => rows
            .iter()
            .enumerate()
            .map(|(i, row)| match row.cells.get(other) {
                None => Ok(String::new()),
                Some(text) => {
                    let start = date(field, text)?;
                    let after = days[i % days.len()].days();
                    start.checked_add(after).map(|d| d.to_string()).map_err(|_| {
                        GenerateError::Date { field: field.to_owned(), text: text.clone() }
                    })
                }
            })
            .collect::<Result<_, _>>()?,
        Recipe::Made(Made::Split { total, step, least }) => {
            let [total, step, least] = [total, step, least].map(|t| decimal(field, t));
            split(field, total?, step?, least?, count)?
        }
        Recipe::Made(Made::Serial(pattern, start)) => {
            (0..count).map(|i| pattern.replace("{}", &format!("{:03}", start + i))).collect()
        }
        Recipe::Made(Made::Person(start)) => (0..count).map(|i| person::name(start + i)).collect(),
        Recipe::Made(Made::Id(start)) => (0..count).map(|i| person::id_number(start + i)).collect(),
    })
}

fn date(field: &str, text: &str) -> Result<Date, GenerateError> {
    text.parse().map_err(|_| GenerateError::Date { field: field.to_owned(), text: text.to_owned() })
}

fn decimal(field: &str, text: &str) -> Result<Decimal, GenerateError> {
    text.parse()
        .map_err(|_| GenerateError::Number { field: field.to_owned(), text: text.to_owned() })
}

fn dates(field: &str, from: &str, to: &str, count: usize) -> Result<Vec<String>, GenerateError> {
    let (from, to) = (date(field, from)?, date(field, to)?);
    let days = i64::from((to - from).get_days());
    let last = i64::try_from(count).unwrap_or(i64::MAX).saturating_sub(1).max(1);
    Ok((0..count as i64).map(|i| (from + (days * i / last).days()).to_string()).collect())
}

/// Splits a total into `count` multiples of `step`, each at least `least`. Parts differ so
/// that the rows look like life: each gets a share that follows a fixed pattern of weights,
/// and the last one takes what rounding left.
fn split(
    field: &str,
    total: Decimal,
    step: Decimal,
    least: Decimal,
    count: usize,
) -> Result<Vec<String>, GenerateError> {
    let refuse = || GenerateError::Split { field: field.to_owned(), total, step, least, count };
    let rows = Decimal::from(count);
    let rest = total - least * rows;
    if count == 0
        || rest < Decimal::ZERO
        || rest % step != Decimal::ZERO
        || least % step != Decimal::ZERO
    {
        return Err(refuse());
    }
    let weights: Vec<Decimal> = (0..count).map(|i| Decimal::from((i * 7) % 11 + 1)).collect();
    let sum: Decimal = weights.iter().sum();
    let mut parts: Vec<Decimal> =
        weights.iter().map(|w| (rest * w / sum / step).floor() * step + least).collect();
    let given: Decimal = parts.iter().sum();
    if let Some(last) = parts.last_mut() {
        *last += total - given;
    }
    Ok(parts.iter().map(|p| p.normalize().to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_is_exact_and_stepped() {
        let dec = |t: &str| t.parse::<Decimal>().unwrap();
        let parts = split("amount", dec("386050"), dec("50"), dec("300"), 337).unwrap();
        let parts: Vec<Decimal> = parts.iter().map(|t| dec(t)).collect();
        assert_eq!(parts.iter().sum::<Decimal>(), dec("386050"));
        assert!(parts.iter().all(|p| *p >= dec("300") && p % dec("50") == Decimal::ZERO));
        assert!(split("amount", dec("10"), dec("3"), dec("0"), 2).is_err());
    }

    #[test]
    fn dates_keep_their_ends() {
        assert_eq!(
            dates("d", "2023-01-01", "2023-01-31", 3).unwrap(),
            ["2023-01-01", "2023-01-16", "2023-01-31"]
        );
    }
}
