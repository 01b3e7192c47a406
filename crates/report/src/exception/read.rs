//! Reads the exceptions of a front matter: what, who, why, by what document.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::{Excepted, Exception};
use crate::front::{FrontFault, fault, position};
use crate::problem::nearest;

const KEYS: [&str; 6] = ["words", "sentence", "relation", "who", "why", "document"];

/// The form of an exception, for messages.
const FORM: &str = "例外写成 exception = [{ words = \"原话\", who = \"谁批准\", why = \"理由\", document = \"文件\" }]";

/// Reads the value of `exception`, which stands at the byte `at` of the front matter `text`.
/// Lines are counted from 1 within the front matter. Every fault is added to `faults`.
pub(crate) fn read_exceptions(
    value: &DeValue<'_>,
    at: usize,
    text: &str,
    faults: &mut Vec<FrontFault>,
) -> Vec<Exception> {
    let Some(list) = value.as_array() else {
        faults.push(fault(at, "“exception”的值不是列表".to_owned(), FORM));
        return Vec::new();
    };
    let mut exceptions = Vec::new();
    for entry in list {
        let at = entry.span().start;
        match entry.get_ref().as_table() {
            Some(table) => exceptions.extend(read_entry(table, at, text, faults)),
            None => faults.push(fault(at, "例外里有一项不是 { … }".to_owned(), FORM)),
        }
    }
    exceptions
}

fn read_entry(
    table: &DeTable<'_>,
    at: usize,
    text: &str,
    faults: &mut Vec<FrontFault>,
) -> Option<Exception> {
    let before = faults.len();
    let mut texts = read_texts(table, faults);
    if faults.len() > before {
        // What a key that could not be read was meant to say is not missing.
        return None;
    }
    let mut take = |key: &str| texts.remove(key);
    let about = match (take("words"), take("relation"), take("sentence")) {
        (Some(words), None, sentence) => Some(Excepted::Words { words, sentence }),
        (None, Some(id), None) => Some(Excepted::Relation(id)),
        (Some(_), Some(_), _) => {
            let message = "一条例外同时写了 words 和 relation".to_owned();
            faults.push(fault(at, message, "一条例外只说一件事,分成两条"));
            None
        }
        (None, Some(_), Some(_)) => {
            let message = "relation 的例外不能写 sentence".to_owned();
            faults.push(fault(at, message, "sentence 只用来指明 words 在哪一句,请删去"));
            None
        }
        (None, None, _) => {
            faults.push(fault(at, "例外没有写 words 或 relation".to_owned(), FORM));
            None
        }
    };
    let mut named = |key: &str| {
        let found = take(key);
        if found.is_none() {
            faults.push(fault(at, format!("例外没有写 {key}"), FORM));
        }
        found
    };
    let (who, why, document) = (named("who"), named("why"), named("document"));
    let (line, column) = position(text, at);
    let (about, who, why, document) = (about?, who?, why?, document?);
    Some(Exception { about, who, why, document, claims: Vec::new(), line, column })
}

/// The texts of an entry by key. Keys that are unknown, and values that are blank or no text,
/// are faults and left out.
fn read_texts(table: &DeTable<'_>, faults: &mut Vec<FrontFault>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (key, value) in table {
        let (name, at) = (key.get_ref().as_ref(), key.span().start);
        if !KEYS.contains(&name) {
            let expected = "例外的键是 words、sentence、relation、who、why、document";
            let mut found = fault(at, format!("例外有不认识的键“{name}”"), expected);
            found.nearest = nearest(name, KEYS.into_iter());
            faults.push(found);
            continue;
        }
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                faults.push(fault(at, format!("例外的“{name}”是空的"), FORM));
            }
            DeValue::String(text) => {
                texts.insert(name.to_owned(), text.trim().to_owned());
            }
            _ => faults.push(fault(at, format!("例外的“{name}”的值不是文字"), "值写在双引号里")),
        }
    }
    texts
}
