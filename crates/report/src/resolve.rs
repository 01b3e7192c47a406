//! What a target names, looked up in the pack.

use figure::Unit;
use pack::{Dimension, Indicator, Pack, Place, Type};
use thiserror::Error;

use crate::change::change_fits;
use crate::dimension::dimension_values;
use crate::problem::nearest;
use crate::subject::{Fixed, FixedDimension};
use crate::target::Target;

/// A target whose names all exist.
#[derive(Clone, Debug)]
pub(crate) struct Resolved<'a> {
    pub(crate) indicator: &'a Indicator,
    /// The place measured: the target's, else the report's.
    pub(crate) place: &'a Place,
    pub(crate) fixed: Fixed<'a>,
}

/// Why a name cannot be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ResolveError {
    /// No indicator has this id.
    #[error("没有指标“{id}”{};请改用已有的指标编号", meant(.nearest))]
    Indicator {
        /// The id as written.
        id: String,
        /// The closest id.
        nearest: Option<String>,
    },
    /// No place has this code or name.
    #[error("没有地方“{text}”{};请写地方的名称或官方代码", meant(.nearest))]
    Place {
        /// The place as written.
        text: String,
        /// The closest name.
        nearest: Option<String>,
    },
    /// Several places have this name.
    #[error("叫“{text}”的地方有 {count} 个;请写官方代码:{}", .codes.join("、"))]
    ManyPlaces {
        /// The name as written.
        text: String,
        /// How many places have it.
        count: usize,
        /// Their codes.
        codes: Vec<String>,
    },
    /// No place is of this kind.
    #[error("each={kind}:没有这一类地方{};已有的类别:{}", meant(.nearest), .known.join("、"))]
    PlaceKind {
        /// The kind as written.
        kind: String,
        /// The closest kind.
        nearest: Option<String>,
        /// Kinds that exist.
        known: Vec<String>,
    },
    /// The indicator has no such dimension, and no other key is spelled so.
    #[error(
        "指标‘{indicator}’没有键“{key}”{};可用的键:window、place、each、series、last{}",
        meant(.nearest),
        listed(.known)
    )]
    Key {
        /// Name of the indicator.
        indicator: String,
        /// The key as written.
        key: String,
        /// The closest key.
        nearest: Option<String>,
        /// Dimensions of the indicator.
        known: Vec<String>,
    },
    /// A dimension has no such value.
    #[error("‘{dimension}’没有值“{value}”{};可用的值:{}", meant(.nearest), .known.join("、"))]
    Value {
        /// Name of the dimension.
        dimension: String,
        /// The value as written.
        value: String,
        /// The closest value.
        nearest: Option<String>,
        /// Values that exist.
        known: Vec<String>,
    },
}

const KEYS: [&str; 5] = ["window", "place", "each", "series", "last"];

fn meant(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or_else(String::new, |n| format!(",是否想写“{n}”"))
}

fn listed(known: &[String]) -> String {
    known.iter().map(|k| format!("、{k}")).collect()
}

/// Looks up everything a target names. `home` is the report's place.
pub(crate) fn resolve<'a>(
    pack: &'a Pack,
    home: &'a Place,
    target: &Target,
) -> Result<Resolved<'a>, ResolveError> {
    let indicator = find_indicator(pack, &target.indicator)?;
    let place = match &target.place {
        Some(text) => Some(find_place(pack, &home.code, text)?),
        None => None,
    };
    if let Some(kind) = &target.each {
        check_kind(pack, kind)?;
    }
    let dimensions = target
        .fixed
        .iter()
        .map(|(key, value)| fix(pack, indicator, key, value))
        .collect::<Result<Vec<_>, _>>()?;
    let fixed = Fixed { place, dimensions, each: target.each.is_some() };
    Ok(Resolved { indicator, place: place.unwrap_or(home), fixed })
}

fn find_indicator<'a>(pack: &'a Pack, id: &str) -> Result<&'a Indicator, ResolveError> {
    pack.indicators.get(id).ok_or_else(|| {
        // An author may well have written the name in place of the id.
        let named = pack.indicators.values().find(|i| i.label == id).map(|i| i.id.clone());
        let close = || nearest(id, pack.indicators.keys().map(String::as_str));
        ResolveError::Indicator { id: id.to_owned(), nearest: named.or_else(close) }
    })
}

/// The place with this code or name; of several with one name, the only one
/// at or below `home`.
pub(crate) fn find_place<'a>(
    pack: &'a Pack,
    home: &str,
    text: &str,
) -> Result<&'a Place, ResolveError> {
    if let Some(place) = pack.places.get(text) {
        return Ok(place);
    }
    let named = pack.places.named(text);
    let near: Vec<&Place> =
        named.iter().copied().filter(|p| pack.places.is_within(&p.code, home)).collect();
    match (named.as_slice(), near.as_slice()) {
        ([place], _) | (_, [place]) => Ok(place),
        ([], _) => Err(ResolveError::Place {
            text: text.to_owned(),
            nearest: nearest(text, pack.places.iter().map(|p| p.label.as_str())),
        }),
        (several, _) => Err(ResolveError::ManyPlaces {
            text: text.to_owned(),
            count: several.len(),
            codes: several.iter().map(|p| p.code.clone()).collect(),
        }),
    }
}

fn check_kind(pack: &Pack, kind: &str) -> Result<(), ResolveError> {
    let mut known: Vec<String> = pack.places.iter().map(|p| p.kind.clone()).collect();
    known.sort();
    known.dedup();
    if known.iter().any(|k| k == kind) {
        return Ok(());
    }
    let close = nearest(kind, known.iter().map(String::as_str));
    Err(ResolveError::PlaceKind { kind: kind.to_owned(), nearest: close, known })
}

fn fix(
    pack: &Pack,
    indicator: &Indicator,
    key: &str,
    value: &str,
) -> Result<FixedDimension, ResolveError> {
    let dimension = indicator.dims.iter().find(|d| d.id == key).ok_or_else(|| {
        let known: Vec<String> = indicator.dims.iter().map(|d| d.id.clone()).collect();
        let spellings = KEYS.into_iter().chain(known.iter().map(String::as_str));
        ResolveError::Key {
            indicator: indicator.label.clone(),
            key: key.to_owned(),
            nearest: nearest(key, spellings),
            known: known.clone(),
        }
    })?;
    let (stored, forms) = fix_value(pack, indicator, dimension, value)?;
    let (id, label) = (dimension.id.clone(), dimension.label.clone());
    Ok(FixedDimension { id, value: stored, label, forms })
}

fn fix_value(
    pack: &Pack,
    indicator: &Indicator,
    dimension: &Dimension,
    value: &str,
) -> Result<(String, Vec<String>), ResolveError> {
    let values = dimension_values(pack, indicator, dimension);
    if values.is_empty() {
        return Ok((value.to_owned(), vec![value.to_owned()]));
    }
    let value = match (&dimension.column.ty, value) {
        (Type::Boolean, "是" | "yes" | "true") => "1",
        (Type::Boolean, "否" | "no" | "false") => "0",
        (_, value) => value,
    };
    let by_id = values.iter().find(|(id, _)| id == value);
    let found = by_id.or_else(|| values.iter().find(|(_, forms)| forms.iter().any(|f| f == value)));
    found.cloned().ok_or_else(|| {
        let spellings = values.iter().flat_map(|(id, forms)| std::iter::once(id).chain(forms));
        ResolveError::Value {
            dimension: dimension.label.clone(),
            value: value.to_owned(),
            nearest: nearest(value, spellings.map(String::as_str)),
            known: values.iter().map(|(id, _)| id.clone()).collect(),
        }
    })
}

/// Whether words in this predicate can be about a value in this unit.
pub(crate) fn unit_fits(predicate: &prose::Predicate, unit: Unit) -> bool {
    use figure::Class;
    use prose::Predicate;
    let counted = unit.class().is_counted();
    match predicate {
        Predicate::Change { amount, .. } => change_fits(amount.unit(), unit),
        Predicate::Ordinal(_) => unit.class() == Class::Sessions,
        Predicate::Achieved | Predicate::NotAchieved | Predicate::Several => counted,
        other => other.unit().is_none_or(|said| said.is_alike(unit)),
    }
}
