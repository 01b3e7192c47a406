//! The TOML of a file, without the examples that nobody will ask for.

use toml::de::{DeTable, Error};

use super::SourceFile;
use super::sources::Examples;
use super::tree::Entries;

/// What a file holds, and what is wrong in it.
pub(super) type Parsed<'a> = (Entries<'a>, Vec<Error>);

/// The whole of a file.
pub(super) fn whole(file: &SourceFile) -> Parsed<'_> {
    parsed(&file.text)
}

fn parsed(text: &str) -> Parsed<'_> {
    let (table, errors) = DeTable::parse_recoverable(text);
    (Entries::of(table.into_inner()), errors)
}

/// A file, without its examples where they are not wanted. Where leaving them out could change
/// anything else, they are read.
pub(super) fn file(file: &SourceFile, examples: Examples) -> Parsed<'_> {
    let has_examples =
        ["indicator/", "relation/", "review/"].iter().any(|folder| file.path.starts_with(folder));
    if examples == Examples::LeftOut
        && has_examples
        && let Some(head) = before_examples(&file.text)
    {
        let parsed = parsed(head);
        if parsed.1.is_empty() {
            return parsed;
        }
    }
    whole(file)
}

/// What stands before the examples of a file, if nothing but examples stands behind. Should the
/// line be part of a text or list of several lines, what stands before it is no TOML.
fn before_examples(text: &str) -> Option<&str> {
    let (head, rest) = text.split_at(text.find("\n[[example]]")? + 1);
    let is_other = |line: &str| {
        let line = line.trim_start();
        let name = line.trim_start_matches('[').trim_start();
        let is_example =
            name.strip_prefix("example").is_some_and(|rest| rest.starts_with([']', '.', ' ']));
        line.starts_with('[') && !is_example
    };
    (!rest.lines().any(is_other)).then_some(head)
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
