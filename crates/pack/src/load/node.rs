//! Reading of one TOML file with the line and the key path of everything in it.

use figure::{Date, Decimal};
use outline::{Entries, Entry, Member, Value};

use super::SourceFile;
use super::keys::Keys;
use super::trail::{Step, Trail};
use crate::cell::iso_date;
use crate::diagnostic::{Sink, Spot};

/// A table of a definition file.
#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    file: &'a SourceFile,
    map: &'a Entries<'a>,
    start: usize,
    trail: Trail<'a>,
}

/// A value of a definition file.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    file: &'a SourceFile,
    value: &'a Value<'a>,
    start: usize,
    above: Trail<'a>,
    step: Step<'a>,
}

/// Where a byte of a file stands.
pub(super) fn spot_at(file: &SourceFile, start: usize, key: &str) -> Spot {
    Spot { file: file.path.clone(), line: line_of(file, start), key: key.to_owned() }
}

/// The line of a byte, counted from 1.
fn line_of(file: &SourceFile, start: usize) -> usize {
    let bytes = file.text.as_bytes();
    // Counted in single bytes, of which a processor adds many at a time; every expression asks.
    let count = |part: &[u8]| part.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    let lines = bytes[..start.min(bytes.len())].chunks(usize::from(u8::MAX));
    1 + lines.map(|part| usize::from(count(part))).sum::<usize>()
}

impl<'a> Table<'a> {
    /// The whole of a file.
    pub(super) fn root(file: &'a SourceFile, map: &'a Entries<'a>) -> Table<'a> {
        Table { file, map, start: 0, trail: Trail::default() }
    }

    pub(super) fn file(&self) -> &'a SourceFile {
        self.file
    }

    /// Where the table begins.
    pub(super) fn spot(&self) -> Spot {
        spot_at(self.file, self.start, &self.trail.to_string())
    }

    /// The line where the table begins.
    pub(super) fn line(&self) -> usize {
        line_of(self.file, self.start)
    }

    /// The keys that the table has.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.map.iter().map(|entry| -> &'a str { &entry.name })
    }

    /// Reports every key that is not among the known ones.
    pub(super) fn only(&self, sink: &mut Sink, known: &Keys) {
        for entry in self.map.iter() {
            let word: &str = &entry.name;
            if !known.keys.iter().any(|known| known.name == word) {
                let spot = spot_at(self.file, entry.at, &self.trail.below(word));
                sink.unknown(&spot, "键", word, known.keys.iter().map(|known| known.name));
            }
        }
    }

    /// Reports each of these keys that is present, with the reason why it has no place here.
    pub(super) fn refuse(&self, sink: &mut Sink, keys: &[&str], reason: &str) {
        for key in keys {
            if let Some(node) = self.node(key) {
                sink.say(&node.spot(), format!("这里不能有“{key}”:{reason}"));
            }
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.map.get(key).is_some()
    }

    /// The value of a key.
    pub(super) fn node(&self, key: &str) -> Option<Node<'a>> {
        Some(self.node_of(self.map.get(key)?))
    }

    fn node_of(&self, entry: &'a Entry<'a>) -> Node<'a> {
        Node {
            file: self.file,
            value: &entry.value,
            start: entry.at,
            above: self.trail.clone(),
            step: Step::Key(&entry.name),
        }
    }

    /// The value of a key that must be there.
    pub(super) fn need(&self, sink: &mut Sink, key: &str) -> Option<Node<'a>> {
        let found = self.node(key);
        if found.is_none() {
            let spot = spot_at(self.file, self.start, &self.trail.below(key));
            sink.say(&spot, format!("缺少“{key}”"));
        }
        found
    }

    pub(super) fn text(&self, sink: &mut Sink, key: &str) -> Option<&'a str> {
        self.node(key)?.text(sink)
    }

    pub(super) fn need_text(&self, sink: &mut Sink, key: &str) -> Option<&'a str> {
        self.need(sink, key)?.text(sink)
    }

    /// A yes/no key, no if it is absent.
    pub(super) fn flag(&self, sink: &mut Sink, key: &str) -> bool {
        let Some(node) = self.node(key) else { return false };
        match node.value {
            Value::Boolean(flag) => *flag,
            _ => {
                node.mistyped(sink, "true 或 false");
                false
            }
        }
    }

    pub(super) fn date(&self, sink: &mut Sink, key: &str) -> Option<Date> {
        self.node(key)?.date(sink)
    }

    /// The texts of a list of strings; none if the key is absent.
    pub(super) fn texts(&self, sink: &mut Sink, key: &str) -> Vec<String> {
        let nodes = self.node(key).map(|node| node.list(sink)).unwrap_or_default();
        nodes.iter().filter_map(|node| node.text(sink)).map(str::to_owned).collect()
    }

    /// The tables of a list, each known in messages by the value of its key
    /// `name`, else by its number.
    pub(super) fn tables(&self, sink: &mut Sink, key: &str, name: &str) -> Vec<Table<'a>> {
        let Some(list) = self.node(key) else { return Vec::new() };
        let trail = list.trail();
        let nodes = list.list(sink);
        nodes
            .into_iter()
            .filter_map(|node| {
                let mut table = node.table(sink)?;
                if let Some(Value::Text(id)) = table.map.get(name).map(|entry| &entry.value) {
                    table.trail = trail.then(Step::Key(id));
                }
                Some(table)
            })
            .collect()
    }

    /// Keys with their values, in the order of the file.
    pub(super) fn entries(&self) -> Vec<(&'a str, Node<'a>)> {
        let mut entries: Vec<(&'a str, Node<'a>)> =
            self.map.iter().map(|entry| (&*entry.name, self.node_of(entry))).collect();
        entries.sort_by_key(|(_, node)| node.start);
        entries
    }

    /// Keys with texts, in the order of the file: `{ open = "待整改" }`.
    pub(super) fn labels(&self, sink: &mut Sink) -> Vec<(&'a str, String)> {
        let entries = self.entries();
        entries.iter().filter_map(|(key, node)| Some((*key, node.text(sink)?.to_owned()))).collect()
    }
}

impl<'a> Node<'a> {
    pub(super) fn spot(&self) -> Spot {
        spot_at(self.file, self.start, &self.trail().to_string())
    }

    fn trail(&self) -> Trail<'a> {
        self.above.then(self.step)
    }

    fn mistyped(&self, sink: &mut Sink, expected: &str) {
        let found = match self.value {
            Value::Text(_) => "文字",
            Value::Integer { .. } => "整数",
            Value::Float => "浮点数",
            Value::Boolean(_) => "true 或 false",
            Value::Datetime(_) => "日期",
            Value::List(_) => "列表",
            Value::Table(_) => "表",
        };
        sink.expect(&self.spot(), format!("这里是{found}"), expected);
    }

    /// A text that is not empty.
    pub(super) fn text(&self, sink: &mut Sink) -> Option<&'a str> {
        match self.value {
            Value::Text(text) if text.trim().is_empty() => {
                sink.say(&self.spot(), "这里是空的");
                None
            }
            Value::Text(text) => Some(text),
            _ => {
                self.mistyped(sink, "带引号的文字");
                None
            }
        }
    }

    /// One of a few words, by what it stands for.
    pub(super) fn word<T: Copy>(
        &self,
        sink: &mut Sink,
        what: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(sink)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            sink.unknown(&self.spot(), what, text, words.iter().map(|(word, _)| *word));
        }
        found.map(|(_, value)| *value)
    }

    pub(super) fn date(&self, sink: &mut Sink) -> Option<Date> {
        let text = match self.value {
            Value::Datetime(instant) => instant.to_string(),
            _ => self.text(sink)?.to_owned(),
        };
        let date = iso_date(&text);
        if date.is_none() {
            sink.expect(&self.spot(), format!("“{text}”不是日期"), "形如 \"2023-04-05\" 的日期");
        }
        date
    }

    /// An exact decimal, written as a string so that no parser makes a float of it.
    pub(super) fn decimal(&self, sink: &mut Sink) -> Option<Decimal> {
        if matches!(self.value, Value::Integer { .. } | Value::Float) {
            self.mistyped(sink, "带引号的数字,形如 \"12.5\"");
            return None;
        }
        let text = self.text(sink)?;
        let value = Decimal::from_str_exact(text).ok();
        if value.is_none() {
            sink.expect(&self.spot(), format!("“{text}”不是数字"), "形如 \"12.5\" 的数字");
        }
        value
    }

    /// A small whole number, 0 to `limit`.
    pub(super) fn small(&self, sink: &mut Sink, limit: u32) -> Option<u32> {
        let number = match self.value {
            Value::Integer { digits, radix } => u32::from_str_radix(digits, *radix).ok(),
            _ => None,
        };
        let number = number.filter(|n| *n <= limit);
        if number.is_none() {
            sink.expect(&self.spot(), "不是允许的整数", format!("0 至 {limit}"));
        }
        number
    }

    /// The members of a list, in order.
    pub(super) fn list(&self, sink: &mut Sink) -> Vec<Node<'a>> {
        let Value::List(members) = self.value else {
            self.mistyped(sink, "列表");
            return Vec::new();
        };
        let trail = self.trail();
        let node = |(index, member): (usize, &'a Member<'a>)| Node {
            file: self.file,
            value: &member.value,
            start: member.at,
            above: trail.clone(),
            step: Step::Member(index + 1),
        };
        members.iter().enumerate().map(node).collect()
    }

    /// One text, or a list of texts.
    pub(super) fn text_or_list(&self, sink: &mut Sink) -> Vec<Node<'a>> {
        match self.value {
            Value::List(_) => self.list(sink),
            _ => vec![self.clone()],
        }
    }

    pub(super) fn is_table(&self) -> bool {
        matches!(self.value, Value::Table(_))
    }

    pub(super) fn table(&self, sink: &mut Sink) -> Option<Table<'a>> {
        match self.value {
            Value::Table(map) => {
                Some(Table { file: self.file, map, start: self.start, trail: self.trail() })
            }
            _ => {
                self.mistyped(sink, "表,形如 { 编号 = \"名称\" }");
                None
            }
        }
    }

    /// The value of an example's cell as a clerk would write it.
    pub(super) fn cell(&self, sink: &mut Sink) -> Option<String> {
        match self.value {
            Value::Text(text) => Some(text.clone().into_owned()),
            Value::Integer { digits, radix: 10 } => Some(digits.clone().into_owned()),
            Value::Boolean(flag) => Some(if *flag { "是" } else { "否" }.to_owned()),
            Value::Datetime(instant) => Some(instant.to_string()),
            _ => {
                self.mistyped(sink, "文字、整数、日期或 true、false");
                None
            }
        }
    }
}
