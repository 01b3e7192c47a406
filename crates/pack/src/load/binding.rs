//! Bindings that somebody decided: `binding/X.toml`, all files read as one list.

use super::keys;
use super::sources::{Kind, Sources};
use crate::DecidedBinding;
use crate::diagnostic::Sink;

/// Reads all decided bindings, later files after earlier ones.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> Vec<DecidedBinding> {
    let mut bindings = Vec::new();
    for (table, _) in sources.files(Kind::Binding) {
        table.only(sink, &keys::BINDINGS);
        table.text(sink, "label");
        for row in table.tables(sink, "binding", "words") {
            row.only(sink, &keys::BINDING);
            let words = row.need_text(sink, "words").map(str::to_owned);
            let target = row.need_text(sink, "target").map(str::to_owned);
            let who = row.text(sink, "who").map(str::to_owned);
            let on = row.node("on").and_then(|node| node.date(sink));
            let why = row.text(sink, "why").map(str::to_owned);
            let (Some(words), Some(target)) = (words, target) else { continue };
            let file = table.file().path.clone();
            bindings.push(DecidedBinding {
                words,
                target,
                who,
                on,
                why,
                file,
                line: row.spot().line,
            });
        }
    }
    bindings
}
