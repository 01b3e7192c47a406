//! Reads JSON without losing anything: a key that stands twice is refused, since two readers
//! could take different ones, and so is a number that is no integer.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::shape::SealUnreadable;

/// Begins the message of a key that stands twice.
const TWICE: &str = "twice:";

/// Reads a JSON text.
pub(super) fn parse(text: &str) -> Result<Value, SealUnreadable> {
    // A byte order mark is what an editor adds and no part of the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match serde_json::from_str::<Strict>(text) {
        Ok(Strict(value)) => Ok(value),
        Err(error) => Err(unreadable(text, &error)),
    }
}

fn unreadable(text: &str, error: &serde_json::Error) -> SealUnreadable {
    let line = error.line();
    let written = text.lines().nth(line.saturating_sub(1)).unwrap_or("");
    let before = written.bytes().take(error.column().saturating_sub(1));
    // Bytes that go on with a character are no columns.
    let column = before.filter(|byte| byte & 0xC0 != 0x80).count() + 1;
    let message = error.to_string();
    match error.classify() {
        Category::Eof => SealUnreadable::Truncated { line, column },
        Category::Data => match message.strip_prefix(TWICE) {
            Some(rest) => {
                let key = rest.rsplit_once(" at line ").map_or(rest, |(key, _)| key).to_owned();
                SealUnreadable::Twice { line, column, key }
            }
            None => SealUnreadable::NoInteger { line, column },
        },
        Category::Syntax | Category::Io => SealUnreadable::NotJson { line, column },
    }
}

/// A value whose keys stand once.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Strict, D::Error> {
        deserializer.deserialize_any(Visit).map(Strict)
    }
}

/// Takes everything that JSON has but fractions.
struct Visit;

impl<'de> Visitor<'de> for Visit {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer, a text, a list or an object")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Strict(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format!("{TWICE}{key}")));
            }
            let Strict(value) = entries.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
