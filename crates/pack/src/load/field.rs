//! Fields of a ledger and their types.

use indexmap::IndexMap;

use super::keys;
use super::node::{Node, Table};
use super::privacy::PrivateWords;
use super::sources::is_id;
use crate::diagnostic::Sink;
use crate::expression::is_plain_word;
use crate::{Field, FieldType, Private, System};

/// Most digits after the point that a field may have; money in 64 bits then
/// still reaches billions.
pub(super) const MOST_DIGITS: u32 = 9;

/// The types of field, as definitions name them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Text,
    Code,
    Boolean,
    Integer,
    Decimal,
    Quantity,
    Money,
    Date,
    Timestamp,
    Period,
    Choice,
    MultiChoice,
    Place,
    Org,
    Record,
    PersonName,
    IdNumber,
    Phone,
    CreditCode,
    File,
    GeoPoint,
}

const TYPES: [(&str, Word); 21] = [
    ("text", Word::Text),
    ("code", Word::Code),
    ("boolean", Word::Boolean),
    ("integer", Word::Integer),
    ("decimal", Word::Decimal),
    ("quantity", Word::Quantity),
    ("money", Word::Money),
    ("date", Word::Date),
    ("timestamp", Word::Timestamp),
    ("period", Word::Period),
    ("choice", Word::Choice),
    ("multi-choice", Word::MultiChoice),
    ("place", Word::Place),
    ("org", Word::Org),
    ("record", Word::Record),
    ("person-name", Word::PersonName),
    ("id-number", Word::IdNumber),
    ("phone", Word::Phone),
    ("credit-code", Word::CreditCode),
    ("file", Word::File),
    ("geo-point", Word::GeoPoint),
];

/// `open` says that a field whose name sounds like a person's is not about one.
const PRIVATE: [(&str, Private); 3] =
    [("identity", Private::Identity), ("sensitive", Private::Sensitive), ("open", Private::No)];

/// The words of [`TYPES`].
pub(super) const TYPE_WORDS: [&str; 21] = keys::words(&TYPES);
/// The words of [`PRIVATE`].
pub(super) const PRIVATE_WORDS: [&str; 3] = keys::words(&PRIVATE);

/// What a ledger may refer to: ids that some file defines, and the words of persons.
#[derive(Clone, Copy)]
pub(super) struct Targets<'s> {
    pub(super) codes: &'s [&'s str],
    pub(super) ledgers: &'s [&'s str],
    pub(super) roles: &'s [&'s str],
    pub(super) parameters: &'s [&'s str],
    pub(super) words: &'s PrivateWords,
    pub(super) systems: &'s [System],
}

/// The fields of one ledger, for what names them in the same file.
#[derive(Clone, Copy)]
pub(super) struct Names<'s> {
    pub(super) fields: &'s IndexMap<String, Field>,
    /// Ids of fields that are wrong; naming them is no second mistake.
    pub(super) wrong: &'s [String],
}

impl Names<'_> {
    /// Reads the id of a field.
    pub(super) fn read(self, node: &Node<'_>, sink: &mut Sink) -> Option<String> {
        let id = node.text(sink)?;
        if self.fields.contains_key(id) {
            return Some(id.to_owned());
        }
        if !self.wrong.iter().any(|wrong| wrong == id) {
            sink.unknown(&node.spot(), "字段", id, self.fields.keys().map(String::as_str));
        }
        None
    }
}

/// Reads the fields of a ledger; the ids of those that are wrong are returned
/// apart, so that what names them stays silent.
pub(super) fn read(
    table: &Table<'_>,
    targets: Targets<'_>,
    sink: &mut Sink,
) -> (IndexMap<String, Field>, Vec<String>) {
    let mut fields: IndexMap<String, Field> = IndexMap::new();
    let mut broken = Vec::new();
    for row in table.tables(sink, "field", "id") {
        let Some(id_node) = row.need(sink, "id") else { continue };
        let Some(id) = id_node.text(sink) else { continue };
        check_id(&id_node, id, sink);
        if let Some(other) = fields.get(id) {
            sink.say(&id_node.spot(), format!("字段“{id}”重复(前一个是“{}”)", other.label));
            continue;
        }
        match field(&row, id, targets, sink) {
            Some(field) => {
                check_heads(&row, &field, &fields, sink);
                fields.insert(id.to_owned(), field);
            }
            None => broken.push(id.to_owned()),
        }
    }
    (fields, broken)
}

fn check_id(node: &Node<'_>, id: &str, sink: &mut Sink) {
    if matches!(id, "place" | "parent" | "id") {
        sink.say(&node.spot(), format!("“{id}”是每条记录自带的,不能作字段编号"));
    } else if !is_id(id) {
        let expected = "小写字母开头,只含小写字母、数字和下划线";
        sink.expect(&node.spot(), format!("“{id}”不能作字段编号"), expected);
    } else if !is_plain_word(id) {
        let message = format!("“{id}”在 SQL 表达式里另有含义,不能作字段编号");
        sink.expect(&node.spot(), message, "换一个词");
    }
}

fn field(row: &Table<'_>, id: &str, targets: Targets<'_>, sink: &mut Sink) -> Option<Field> {
    row.only(sink, &keys::FIELD);
    let label = row.need_text(sink, "label");
    let aliases = row.texts(sink, "aliases");
    let (required, dated) = (row.flag(sink, "required"), row.flag(sink, "dated"));
    let private = match row.node("private") {
        Some(node) => node.word(sink, "保护级别", &PRIVATE),
        None => Some(Private::No),
    };
    let word = row.need(sink, "type").and_then(|node| node.word(sink, "类型", &TYPES));
    let ty = word.and_then(|word| field_type(word, row, targets, sink));
    if private == Some(Private::Identity) {
        // The store encrypts the cells of texts, and keeps dated values as they are.
        if dated {
            row.refuse(sink, &["dated"], "身份信息按日期变更时不能加密保存");
        }
        if ty.as_ref().is_some_and(FieldType::is_integer) {
            row.refuse(sink, &["private"], "这个类型的身份信息不能加密保存;请改用 text");
        }
    }
    if let (Some(label), Some(ty)) = (label, &ty) {
        let heads: Vec<&str> =
            std::iter::once(label).chain(aliases.iter().map(String::as_str)).collect();
        targets.words.check(row, &heads, ty, private, sink);
    }
    Some(Field {
        id: id.to_owned(),
        label: label.unwrap_or(id).to_owned(),
        aliases,
        ty: ty?,
        required,
        dated,
        private: private.unwrap_or(Private::Identity),
        note: row.text(sink, "note").map(str::to_owned),
        derived: false,
    })
}

fn field_type(
    word: Word,
    row: &Table<'_>,
    targets: Targets<'_>,
    sink: &mut Sink,
) -> Option<FieldType> {
    let written = TYPES.iter().find(|(_, known)| *known == word).map_or("", |(text, _)| text);
    let own = keys::OWN_KEYS.iter().find(|own| own.word == written);
    let is_own =
        |key: &str| own.is_some_and(|own| own.needs.contains(&key) || own.may.contains(&key));
    let other = |key: &str| {
        keys::OWN_KEYS.iter().any(|own| own.needs.contains(&key) || own.may.contains(&key))
    };
    let foreign: Vec<&str> = row.keys().filter(|key| other(key) && !is_own(key)).collect();
    row.refuse(sink, &foreign, "这个类型不用它");
    Some(match word {
        Word::Code => {
            let node = row.need(sink, "list")?;
            FieldType::Code { list: reference(&node, "代码表", targets.codes, sink)? }
        }
        Word::Record => {
            let node = row.need(sink, "ledger")?;
            FieldType::Record { ledger: reference(&node, "台账", targets.ledgers, sink)? }
        }
        Word::Decimal => {
            FieldType::Decimal { scale: row.need(sink, "scale")?.small(sink, MOST_DIGITS)? }
        }
        Word::Quantity => {
            let unit = row.need(sink, "unit").and_then(|node| super::unit(&node, sink));
            let scale = match row.node("scale") {
                Some(node) => node.small(sink, MOST_DIGITS),
                None => Some(0),
            };
            FieldType::Quantity { unit: unit?, scale: scale? }
        }
        Word::Choice => FieldType::Choice { values: values(row, sink)? },
        Word::MultiChoice => FieldType::MultiChoice { values: values(row, sink)? },
        Word::Text => FieldType::Text,
        Word::Boolean => FieldType::Boolean,
        Word::Integer => FieldType::Integer,
        Word::Money => FieldType::Money,
        Word::Date => FieldType::Date,
        Word::Timestamp => FieldType::Timestamp,
        Word::Period => FieldType::Period,
        Word::Place => FieldType::Place,
        Word::Org => FieldType::Org,
        Word::PersonName => FieldType::PersonName,
        Word::IdNumber => FieldType::IdNumber,
        Word::Phone => FieldType::Phone,
        Word::CreditCode => FieldType::CreditCode,
        Word::File => FieldType::File,
        Word::GeoPoint => FieldType::GeoPoint,
    })
}

fn reference(node: &Node<'_>, what: &str, known: &[&str], sink: &mut Sink) -> Option<String> {
    let id = node.text(sink)?;
    if !known.contains(&id) {
        sink.unknown(&node.spot(), what, id, known.iter().copied());
        return None;
    }
    Some(id.to_owned())
}

/// Ids and labels of a choice, both of them unique, since a workbook may hold either.
fn values(row: &Table<'_>, sink: &mut Sink) -> Option<IndexMap<String, String>> {
    let node = row.need(sink, "values")?;
    let table = node.table(sink)?;
    let mut values: IndexMap<String, String> = IndexMap::new();
    for (id, label) in table.labels(sink) {
        if id.contains('|') {
            sink.say(&node.spot(), format!("选项编号“{id}”里不能有“|”"));
        }
        if let Some((other, _)) = values.iter().find(|(_, known)| **known == label) {
            sink.say(&node.spot(), format!("选项“{other}”和“{id}”都叫“{label}”"));
        }
        values.insert(id.to_owned(), label);
    }
    if values.is_empty() {
        sink.say(&node.spot(), "没有一个选项");
        return None;
    }
    Some(values)
}

/// A column head must lead to one field.
fn check_heads(row: &Table<'_>, field: &Field, before: &IndexMap<String, Field>, sink: &mut Sink) {
    for head in heads(field) {
        if let Some(other) = before.values().find(|other| heads(other).any(|known| known == head)) {
            sink.say(&row.spot(), format!("表头“{head}”已是字段“{}”的", other.id));
        }
    }
}

fn heads(field: &Field) -> impl Iterator<Item = &str> {
    std::iter::once(&field.label).chain(&field.aliases).map(String::as_str)
}
