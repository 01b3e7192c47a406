//! Edits of a report source by character offsets.

/// New words for a range of characters; an empty range inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) words: String,
}

impl Edit {
    /// Words put in at a place.
    pub(super) fn insert(at: usize, words: String) -> Edit {
        Edit { start: at, end: at, words }
    }
}

/// The text with all edits made. Of two that overlap the first stands; insertions at one
/// place keep their order.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let chars: Vec<char> = text.chars().collect();
    let (mut new, mut from) = (String::with_capacity(text.len()), 0);
    for edit in edits.iter().filter(|e| e.end <= chars.len()) {
        if edit.start < from {
            continue;
        }
        new.extend(&chars[from..edit.start]);
        new.push_str(&edit.words);
        from = edit.end;
    }
    new.extend(&chars[from..]);
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_order_and_never_twice() {
        let edit = |start, end, words: &str| Edit { start, end, words: words.to_owned() };
        let edits = vec![edit(4, 4, "!"), edit(1, 3, "丁"), edit(2, 4, "戊"), edit(4, 4, "?")];
        assert_eq!(apply("甲乙丙丁", edits), "甲丁丁!?");
    }
}
