//! What a TOML file holds, in as few pieces as it has tables and lists.
//!
//! The parser's own tables are trees with room for eleven keys each. A pack has some ten thousand
//! tables of one key to four, and more time would go into fetching memory for them than into
//! parsing; so each file is moved over here as soon as it is parsed.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value.
#[derive(Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Words between quotation marks.
    Text(Cow<'a, str>),
    /// A whole number as it is written, without what tells its base.
    Integer {
        /// Its digits, with the sign.
        digits: Cow<'a, str>,
        /// Its base: 2, 8, 10 or 16.
        radix: u32,
    },
    /// A floating-point number, which no definition may hold.
    Float,
    /// `true` or `false`.
    Boolean(bool),
    /// A date or an instant, as TOML writes it.
    Datetime(Cow<'a, str>),
    /// A list.
    List(Box<[Member<'a>]>),
    /// A table.
    Table(Entries<'a>),
}

/// A value of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// The byte where it begins.
    pub at: usize,
    /// What it is.
    pub value: Value<'a>,
}

/// A key with its value.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The byte where the key begins.
    pub at: usize,
    /// The key.
    pub name: Cow<'a, str>,
    /// What it is set to.
    pub value: Value<'a>,
}

/// The keys of a table, in their alphabetical order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Entries<'a>(pub(crate) Box<[Entry<'a>]>);

impl<'a> Entries<'a> {
    /// What a parsed table holds.
    pub(crate) fn of(table: DeTable<'a>) -> Entries<'a> {
        let entry = |(name, value): (Spanned<Cow<'a, str>>, Spanned<DeValue<'a>>)| Entry {
            at: name.span().start,
            name: name.into_inner(),
            value: Value::of(value.into_inner()),
        };
        Entries(table.into_iter().map(entry).collect())
    }

    /// The entry of a key. Most tables have a few only, which are compared faster than searched.
    pub fn get(&self, key: &str) -> Option<&Entry<'a>> {
        self.0.iter().find(|entry| entry.name == key)
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry<'a>> {
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
            DeValue::Datetime(instant) => Value::Datetime(instant.to_string().into()),
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
