//! What a file holds, without the examples that nobody will ask for.

use outline::{Entries, Error, parse, unpack, without_examples};

use super::SourceFile;
use super::sources::Examples;

/// What a file holds, and what is wrong in it.
pub(super) type Parsed<'a> = (Entries<'a>, Vec<Error>);

/// The whole of a file.
pub(super) fn whole(file: &SourceFile) -> Parsed<'_> {
    parse(&file.text)
}

/// A file, without its examples where they are not wanted. Where leaving them out could change
/// anything else, they are read.
pub(super) fn file(file: &SourceFile, examples: Examples) -> Parsed<'_> {
    if examples == Examples::LeftOut
        && let Some(head) = without_examples(&file.path, &file.text)
    {
        let parsed = parse(head);
        if parsed.1.is_empty() {
            return parsed;
        }
    }
    whole(file)
}

/// A file of which somebody says what it holds without its examples. It is parsed should that
/// not be so.
pub(super) fn ready<'a>(file: &'a SourceFile, outline: &'a [u8]) -> Parsed<'a> {
    let entries = unpack(outline, &file.text).map(|entries| (entries, Vec::new()));
    entries.unwrap_or_else(|| self::file(file, Examples::LeftOut))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, examples: Examples) -> Vec<String> {
        let source = SourceFile { path: "indicator/a.toml".into(), text: text.to_owned().into() };
        let (table, errors) = file(&source, examples);
        assert!(errors.is_empty(), "{text}");
        table.iter().map(|entry| entry.name.to_string()).collect()
    }

    #[test]
    fn examples_are_left_out_and_nothing_else() {
        let plain = "a = 1\n\n[[example]]\nx = [\n  { b = 1 },\n]\n[example.given]\nc = []\n";
        assert_eq!(keys(plain, Examples::LeftOut), ["a"]);
        assert_eq!(keys(plain, Examples::Read), ["a", "example"]);
        for kept in [
            "a = 1\n[[example]]\nx = 1\n[b]\ny = 1\n",
            "a = 1\n[[example]]\nx = 1\n  [[ b ]]\ny = 1\n",
            "a = 1\n[[example]]\nx = 1\n[example_of]\ny = 1\n",
            "a = \"\"\"\n[[example]]\n\"\"\"\nb = 2\n",
        ] {
            assert_eq!(keys(kept, Examples::LeftOut), keys(kept, Examples::Read), "{kept}");
        }
    }
}
