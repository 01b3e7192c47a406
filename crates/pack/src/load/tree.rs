//! What a TOML file holds, in as few pieces as it has tables and lists.
//!
//! The parser's own tables are trees with room for eleven keys each. A pack has some ten thousand
//! tables of one key to four, and more time would go into fetching memory for them than into
//! parsing; so each file is moved over here as soon as it is parsed.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// A value.
#[derive(Debug)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    /// As it is written, without what tells its base.
    Integer {
        digits: Cow<'a, str>,
        radix: u32,
    },
    Float,
    Boolean(bool),
    Datetime(Datetime),
    List(Box<[Member<'a>]>),
    Table(Entries<'a>),
}

/// A value of a list.
#[derive(Debug)]
pub(super) struct Member<'a> {
    /// The byte where it begins.
    pub(super) at: usize,
    pub(super) value: Value<'a>,
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The byte where the key begins.
    pub(super) at: usize,
    pub(super) name: Cow<'a, str>,
    pub(super) value: Value<'a>,
}

/// The keys of a table, in their alphabetical order.
#[derive(Debug)]
pub(super) struct Entries<'a>(Box<[Entry<'a>]>);

impl<'a> Entries<'a> {
    /// What a parsed table holds.
    pub(super) fn of(table: DeTable<'a>) -> Entries<'a> {
        let entry = |(name, value): (Spanned<Cow<'a, str>>, Spanned<DeValue<'a>>)| Entry {
            at: name.span().start,
            name: name.into_inner(),
            value: Value::of(value.into_inner()),
        };
        Entries(table.into_iter().map(entry).collect())
    }

    /// The entry of a key. Most tables have a few only, which are compared faster than searched.
    pub(super) fn get(&self, key: &str) -> Option<&Entry<'a>> {
        self.0.iter().find(|entry| entry.name == key)
    }

    /// All of them.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Entry<'a>> {
        self.0.iter()
    }
}

impl<'a> Value<'a> {
    fn of(value: DeValue<'a>) -> Value<'a> {
        match value {
            DeValue::String(text) => Value::Text(text),
            DeValue::Integer(number) => {
                Value::Integer { digits: number.as_str().to_owned().into(), radix: number.radix() }
            }
            DeValue::Float(_) => Value::Float,
            DeValue::Boolean(flag) => Value::Boolean(flag),
            DeValue::Datetime(instant) => Value::Datetime(instant),
            DeValue::Array(members) => {
                let member = |member: Spanned<DeValue<'a>>| Member {
                    at: member.span().start,
                    value: Value::of(member.into_inner()),
                };
                Value::List(members.into_iter().map(member).collect())
            }
            DeValue::Table(table) => Value::Table(Entries::of(table)),
        }
    }
}
