//! Words that stand for a stored code: choices, code lists, yes and no, places,
//! organisations. Lists are searched from the front, since they are short and a
//! map for each call would cost more.

use indexmap::IndexMap;

use super::clean::{half_width, same_words};
use super::{Misfit, misfit};
use crate::diagnostic::{nearest, one_of};
use crate::{Code, CodeList, Org, Place, Places, Scalar};

fn stored(text: &str) -> Result<Scalar, Misfit> {
    Ok(Scalar::Text(text.to_owned()))
}

/// A message for a word that is not among the known ones.
fn unknown(text: &str, known: &[&str]) -> Result<Scalar, Misfit> {
    let hint = match nearest(text, known.iter().copied()) {
        Some(near) => format!(";是不是“{near}”?"),
        None => String::new(),
    };
    misfit(one_of(known), format!("不认识“{text}”{hint}"))
}

/// Reads yes or no.
pub(super) fn read_boolean(text: &str) -> Result<Scalar, Misfit> {
    let flag = match &*half_width(text) {
        "是" | "有" | "√" | "✓" | "✔" | "对" | "1" | "true" | "TRUE" | "True" | "Y" | "y"
        | "yes" => 1,
        "否" | "无" | "×" | "✗" | "✘" | "没有" | "不是" | "错" | "0" | "false" | "FALSE"
        | "False" | "N" | "n" | "no" => 0,
        _ => return misfit("是、否(或 有、无、√、×)", format!("“{text}”既不是“是”也不是“否”")),
    };
    Ok(Scalar::Integer(flag))
}

fn choice<'v>(values: &'v IndexMap<String, String>, text: &str) -> Option<&'v str> {
    values
        .iter()
        .find(|(id, label)| id.as_str() == text || label.as_str() == text)
        .or_else(|| {
            values.iter().find(|(id, label)| same_words(id, text) || same_words(label, text))
        })
        .map(|(id, _)| id.as_str())
}

/// Reads one of a few values by id or label.
pub(super) fn read_choice(values: &IndexMap<String, String>, text: &str) -> Result<Scalar, Misfit> {
    match choice(values, text) {
        Some(id) => stored(id),
        None => unknown(text, &values.values().map(String::as_str).collect::<Vec<_>>()),
    }
}

/// Reads several of a few values, separated as in a Chinese enumeration.
pub(super) fn read_choices(
    values: &IndexMap<String, String>,
    text: &str,
) -> Result<Scalar, Misfit> {
    if let Some(id) = choice(values, text) {
        return stored(id);
    }
    let mut chosen = vec![false; values.len()];
    let separators = ['、', ',', '，', ';', '；', '|', '\n'];
    for part in text.split(separators).map(super::clean::trim).filter(|part| !part.is_empty()) {
        match choice(values, part).and_then(|id| values.get_index_of(id)) {
            Some(index) => chosen[index] = true,
            None => return unknown(part, &values.values().map(String::as_str).collect::<Vec<_>>()),
        }
    }
    let ids: Vec<&str> =
        values.keys().zip(&chosen).filter(|(_, on)| **on).map(|(id, _)| id.as_str()).collect();
    if ids.is_empty() {
        return unknown(text, &values.values().map(String::as_str).collect::<Vec<_>>());
    }
    Ok(Scalar::Text(ids.join("|")))
}

pub(super) fn show_choice<'a>(values: &'a IndexMap<String, String>, id: &'a str) -> &'a str {
    values.get(id).map_or(id, String::as_str)
}

pub(super) fn show_choices(values: &IndexMap<String, String>, ids: &str) -> String {
    ids.split('|').map(|id| show_choice(values, id)).collect::<Vec<_>>().join("、")
}

/// The code that a text means. Where a label has been used by several codes, the
/// one that has no end is meant.
fn code<'l>(list: &'l CodeList, text: &str) -> Option<&'l Code> {
    let named = |code: &Code| {
        same_words(&code.label, text) || code.aliases.iter().any(|a| same_words(a, text))
    };
    list.codes
        .iter()
        .find(|code| code.code == text)
        .or_else(|| list.codes.iter().find(|code| code.until.is_none() && named(code)))
        .or_else(|| list.codes.iter().find(|code| named(code)))
        .or_else(|| list.codes.iter().find(|code| same_words(&code.code, text)))
}

/// Reads a code by code, label or alias.
pub(super) fn read_code(list: Option<&CodeList>, text: &str) -> Result<Scalar, Misfit> {
    let Some(list) = list else { return stored(text) };
    match code(list, text) {
        Some(code) => stored(&code.code),
        None => unknown(text, &list.codes.iter().map(|c| c.label.as_str()).collect::<Vec<_>>()),
    }
}

pub(super) fn show_code(list: Option<&CodeList>, stored: &str) -> String {
    let Some(list) = list else { return stored.to_owned() };
    let label = list.codes.iter().find(|c| c.code == stored).map(|c| c.label.as_str());
    // A label that would be read as another code (a retired one's) is no help.
    match label.filter(|label| code(list, label).is_some_and(|c| c.code == stored)) {
        Some(label) => label.to_owned(),
        None => stored.to_owned(),
    }
}

/// The places that a text names: by code, else by label or alias.
fn places<'p>(places: &'p Places, text: &str) -> impl Iterator<Item = &'p Place> {
    let by_code = places.get(text).or_else(|| places.get(&half_width(text)));
    let by_name = places.iter().filter(move |p| {
        by_code.is_none()
            && (same_words(&p.label, text) || p.aliases.iter().any(|a| same_words(a, text)))
    });
    // The iterator must own what it compares with; names are few.
    by_code.into_iter().chain(by_name.collect::<Vec<_>>())
}

/// Reads a place by code, label or alias.
pub(super) fn read_place(all: &Places, text: &str) -> Result<Scalar, Misfit> {
    let mut found = places(all, text);
    match (found.next(), found.next()) {
        (Some(place), None) => stored(&place.code),
        (Some(first), Some(second)) => misfit(
            "地方的编码",
            format!("“{text}”有几个地方同名(如 {}、{});请改填编码", first.code, second.code),
        ),
        (None, _) => {
            let names: Vec<&str> = all.iter().map(|p| p.label.as_str()).collect();
            let hint =
                nearest(text, names).map_or_else(String::new, |near| format!(";是不是“{near}”?"));
            misfit("地方的名称或编码", format!("不认识的地方“{text}”{hint}"))
        }
    }
}

pub(super) fn show_place(all: &Places, code: &str) -> String {
    let Some(place) = all.get(code) else { return code.to_owned() };
    match places(all, &place.label).count() {
        1 => place.label.clone(),
        _ => code.to_owned(),
    }
}

/// Reads an organisation by id or label.
pub(super) fn read_org(orgs: &[Org], text: &str) -> Result<Scalar, Misfit> {
    let mut labelled = orgs.iter().filter(|org| same_words(&org.label, text));
    match (orgs.iter().find(|org| org.id == text), labelled.next(), labelled.next()) {
        (Some(org), _, _) | (None, Some(org), None) => stored(&org.id),
        (None, Some(first), Some(second)) => misfit(
            "单位的编号",
            format!("“{text}”有几个单位同名({}、{});请改填编号", first.id, second.id),
        ),
        (None, None, _) => {
            unknown(text, &orgs.iter().map(|o| o.label.as_str()).collect::<Vec<_>>())
        }
    }
}

pub(super) fn show_org(orgs: &[Org], id: &str) -> String {
    let Some(org) = orgs.iter().find(|org| org.id == id) else { return id.to_owned() };
    match orgs.iter().filter(|other| other.label == org.label).count() {
        1 => org.label.clone(),
        _ => id.to_owned(),
    }
}
