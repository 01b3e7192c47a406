//! Fixed expressions: `lexicon/*.toml`, all files read as one list.

use indexmap::IndexSet;

use super::keys;
use super::sources::{Kind, Sources};
use crate::Lexicon;
use crate::diagnostic::Sink;

/// Reads and merges all lexicon files.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for (table, _) in sources.files(Kind::Lexicon) {
        table.only(sink, &keys::LEXICON);
        table.text(sink, "label");
        for (key, words) in [
            ("background", &mut lexicon.background),
            ("rhetoric", &mut lexicon.rhetoric),
            ("plan", &mut lexicon.plan),
            ("counters", &mut lexicon.counters),
            ("dated", &mut lexicon.dated),
            ("once", &mut lexicon.once),
            ("common", &mut lexicon.common),
            ("narrow", &mut lexicon.narrow),
        ] {
            words.extend(table.texts(sink, key));
        }
        let classes = table.texts(sink, "alike");
        let class = |words: &String| words.split_whitespace().map(str::to_owned).collect();
        lexicon.alike.extend(classes.iter().map(class));
    }
    for words in [
        &mut lexicon.background,
        &mut lexicon.rhetoric,
        &mut lexicon.plan,
        &mut lexicon.counters,
        &mut lexicon.dated,
        &mut lexicon.once,
        &mut lexicon.common,
        &mut lexicon.narrow,
    ] {
        let once: IndexSet<String> = std::mem::take(words).into_iter().collect();
        words.extend(once);
    }
    lexicon
}
