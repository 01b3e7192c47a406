//! Faults of a report source: where they stand, what was expected, what was meant.

use thiserror::Error;

/// One fault that keeps a report from being read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}:{column}: {message};{expected}{}", meant(.nearest.as_deref()))]
pub struct ParseError {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What should stand there.
    pub expected: String,
    /// The known spelling closest to what was written.
    pub nearest: Option<String>,
}

/// All faults of a report, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ParseErrors(pub Vec<ParseError>);

fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |n| format!(";是否想写“{n}”"))
}

/// The known spelling closest to `word`, unless all of them are far from it.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let length = word.chars().count().max(3);
    known
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance * 2 <= length)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_close_spellings_are_offered() {
        let known = ["window", "place", "each", "series", "last"];
        assert_eq!(nearest("windw", known.into_iter()).as_deref(), Some("window"));
        assert_eq!(nearest("pleace", known.into_iter()).as_deref(), Some("place"));
        assert_eq!(nearest("unrelated_thing", known.into_iter()), None);
    }

    #[test]
    fn a_fault_says_where_what_and_what_instead() {
        let fault = ParseError {
            file: "报告.md".to_owned(),
            line: 3,
            column: 7,
            message: "不认识的键“titel”".to_owned(),
            expected: "可用的键是 title".to_owned(),
            nearest: Some("title".to_owned()),
        };
        let text = ParseErrors(vec![fault]).to_string();
        assert_eq!(text, "报告.md:3:7: 不认识的键“titel”;可用的键是 title;是否想写“title”");
    }
}
