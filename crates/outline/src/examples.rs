//! Definitions without the examples that nobody will ask for, which are half of a pack's text.

/// What stands before the examples of a definition file (`path` below the pack), if it is of a
/// kind that has examples and nothing but examples stands behind. Should the line where they
/// begin be part of a text or list of several lines, what stands before it is no TOML.
pub fn without_examples<'a>(path: &str, text: &'a str) -> Option<&'a str> {
    let kinds = ["indicator/", "relation/", "review/"];
    if !kinds.iter().any(|folder| path.starts_with(folder)) {
        return None;
    }
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
