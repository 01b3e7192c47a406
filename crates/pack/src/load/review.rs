//! Rules of proofreading: `review/X.toml`.

use super::keys;
use super::node::Table;
use super::sources::{Kind, Sources};
use crate::diagnostic::Sink;
use crate::{Grade, Phrase, ReviewExample, ReviewRule};

const GRADES: [(&str, Grade); 3] =
    [("wrong", Grade::Wrong), ("leak", Grade::Leak), ("doubt", Grade::Doubt)];

/// The words of [`GRADES`].
pub(super) const GRADE_WORDS: [&str; 3] = keys::words(&GRADES);

/// Reads all rules; the overlay switches them off and adds words.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> Vec<ReviewRule> {
    let mut rules = Vec::new();
    for definition in sources.definitions(Kind::Review) {
        let table = &definition.table;
        table.only(sink, &keys::REVIEW);
        definition.guard(sink, Kind::Review.local());
        let grade = table.need(sink, "grade").and_then(|node| node.word(sink, "分量", &GRADES));
        let mut rule = ReviewRule {
            id: definition.id.to_owned(),
            label: definition.text(sink, "label").unwrap_or_default(),
            meaning: table.need_text(sink, "meaning").unwrap_or_default().to_owned(),
            grade: grade.unwrap_or(Grade::Doubt),
            is_off: table.flag(sink, "off"),
            words: table.texts(sink, "words"),
            limit: table.node("limit").and_then(|node| node.decimal(sink)),
            phrases: phrases(table, sink),
            examples: examples(table, sink),
            file: table.file().path.clone(),
        };
        if let Some(overlay) = &definition.overlay {
            rule.is_off |= overlay.flag(sink, "off");
            rule.words.extend(overlay.texts(sink, "words"));
            rule.phrases.extend(phrases(overlay, sink));
            let limit = overlay.node("limit").and_then(|node| node.decimal(sink));
            rule.limit = limit.or(rule.limit);
        }
        rules.push(rule);
    }
    rules
}

fn phrases(table: &Table<'_>, sink: &mut Sink) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for row in table.tables(sink, "phrase", "text") {
        row.only(sink, &keys::PHRASE);
        let (from, until) = super::range(&row, sink);
        let Some(text) = row.need_text(sink, "text") else { continue };
        phrases.push(Phrase {
            text: text.to_owned(),
            right: row.text(sink, "right").map(str::to_owned),
            unless: row.texts(sink, "unless"),
            from,
            until,
            note: row.text(sink, "note").map(str::to_owned),
        });
    }
    phrases
}

fn examples(table: &Table<'_>, sink: &mut Sink) -> Vec<ReviewExample> {
    let mut examples = Vec::new();
    for row in table.tables(sink, "example", "") {
        row.only(sink, &keys::REVIEW_EXAMPLE);
        let Some(text) = row.need_text(sink, "text") else { continue };
        row.need(sink, "finds");
        examples.push(ReviewExample {
            text: text.to_owned(),
            finds: row.texts(sink, "finds"),
            line: row.line(),
        });
    }
    examples
}
