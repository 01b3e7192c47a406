//! The TOML of many files, parsed on two threads, and of files whose examples nobody will ask for.

use std::sync::atomic::{AtomicUsize, Ordering};

use toml::Spanned;
use toml::de::{DeTable, Error};

use super::SourceFile;
use super::sources::Examples;

/// What a file holds, and what is wrong in it.
pub(super) type Parsed<'a> = (Spanned<DeTable<'a>>, Vec<Error>);

/// Files that a thread takes at a time.
const TAKEN: usize = 16;

/// Does the same with each of many things, on two threads; the answers stand in the order of the
/// things.
pub(super) fn all<T: Sync, R: Send>(things: &[T], one: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(taken) = things.chunks(TAKEN).nth(number) else { return done };
            done.push((number, taken.iter().map(&one).collect::<Vec<R>>()));
        }
    };
    let mut done = std::thread::scope(|threads| {
        let other = threads.spawn(share);
        let mut done = share();
        match other.join() {
            Ok(others) => done.extend(others),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        done
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().flat_map(|(_, answers)| answers).collect()
}

/// The whole of a file.
pub(super) fn whole(file: &SourceFile) -> Parsed<'_> {
    DeTable::parse_recoverable(&file.text)
}

/// A file, without its examples where they are not wanted. Where leaving them out could change
/// anything else, they are read.
pub(super) fn file(file: &SourceFile, examples: Examples) -> Parsed<'_> {
    let has_examples =
        ["indicator/", "relation/"].iter().any(|folder| file.path.starts_with(folder));
    if examples == Examples::LeftOut
        && has_examples
        && let Some(head) = before_examples(&file.text)
    {
        let parsed = DeTable::parse_recoverable(head);
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
        let source = SourceFile { path: "indicator/a.toml".into(), text: text.into() };
        let (table, errors) = file(&source, examples);
        assert!(errors.is_empty(), "{text}");
        table.get_ref().keys().map(|key| key.get_ref().to_string()).collect()
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

    #[test]
    fn answers_keep_the_order_of_what_was_asked() {
        let things: Vec<usize> = (0..1000).collect();
        assert_eq!(all(&things, |n| n * 2), (0..1000).map(|n| n * 2).collect::<Vec<_>>());
        assert!(all(&[], |n: &u8| *n).is_empty());
    }
}
