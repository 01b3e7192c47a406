//! What is wrong in a definition file, where, what was expected and what was
//! probably meant.

use std::fmt;

use thiserror::Error;

/// One mistake in a definition file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Path of the file below the pack, such as `ledger/hazard.toml`.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Path of the key, such as `field.grade.type`; empty for the file as a whole.
    pub key: String,
    /// What was found, in words.
    pub message: String,
    /// What may stand there instead; empty if the message says it all.
    pub expected: String,
    /// The known word that is spelled most like the one found.
    pub nearest: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if !self.key.is_empty() {
            write!(f, " [{}]", self.key)?;
        }
        write!(f, " {}", self.message)?;
        if !self.expected.is_empty() {
            write!(f, ";应为 {}", self.expected)?;
        }
        match &self.nearest {
            Some(nearest) => write!(f, ";是不是“{nearest}”?"),
            None => Ok(()),
        }
    }
}

/// All mistakes of all files, in the order of files and lines.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub struct PackErrors(
    /// The mistakes; never empty.
    pub Vec<Diagnostic>,
);

impl fmt::Display for PackErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

/// A place in a definition file that a mistake can be reported at.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) key: String,
}

/// Collects mistakes, so that a clerk sees all of them at once.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// Reports a mistake whose message says what to do.
    pub(crate) fn say(&mut self, spot: &Spot, message: impl Into<String>) {
        self.expect(spot, message, "");
    }

    /// Reports a mistake and what was expected.
    pub(crate) fn expect(
        &mut self,
        spot: &Spot,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.suggest(spot, message, expected, None);
    }

    /// Reports a word that is not among the known ones.
    pub(crate) fn unknown<'k>(
        &mut self,
        spot: &Spot,
        what: &str,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let nearest = nearest(word, known.iter().copied()).map(str::to_owned);
        self.suggest(spot, format!("不认识的{what}“{word}”"), one_of(&known), nearest);
    }

    /// Reports a mistake with what was expected and what was probably meant.
    pub(crate) fn suggest(
        &mut self,
        spot: &Spot,
        message: impl Into<String>,
        expected: impl Into<String>,
        nearest: Option<String>,
    ) {
        self.found.push(Diagnostic {
            file: spot.file.clone(),
            line: spot.line,
            key: spot.key.clone(),
            message: message.into(),
            expected: expected.into(),
            nearest,
        });
    }

    /// Number of mistakes so far.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Takes over what was found elsewhere.
    pub(crate) fn append(&mut self, mut other: Sink) {
        self.found.append(&mut other.found);
    }

    /// The mistakes, if there are any. Files keep the order given by `order`.
    pub(crate) fn into_errors(mut self, order: impl Fn(&str) -> usize) -> Result<(), PackErrors> {
        self.found.sort_by(|a, b| {
            (order(&a.file), a.line).cmp(&(order(&b.file), b.line)).then_with(|| a.key.cmp(&b.key))
        });
        self.found.dedup();
        if self.found.is_empty() { Ok(()) } else { Err(PackErrors(self.found)) }
    }
}

/// Words listed in a message; a longer list than this is cut off.
const LISTED: usize = 8;

/// `a、b之一`, cut off where the list is long.
pub(crate) fn one_of(known: &[&str]) -> String {
    match known {
        [] => String::new(),
        [only] => (*only).to_owned(),
        _ if known.len() <= LISTED => format!("{}之一", known.join("、")),
        _ => format!("{}…之一", known[..LISTED].join("、")),
    }
}

/// The known word spelled most like `word`, if one is near enough to be a slip
/// of the pen: at most a third of its letters differ, or one contains the other.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = word.chars().count();
    let rank = |candidate: &str| {
        let distance = strsim::damerau_levenshtein(word, candidate);
        let longest = length.max(candidate.chars().count());
        let contained = length.min(candidate.chars().count()) >= 4
            && (candidate.contains(word) || word.contains(candidate));
        if distance * 3 <= longest {
            Some((0, distance))
        } else if contained {
            Some((1, distance))
        } else {
            None
        }
    };
    known
        .into_iter()
        .filter_map(|k| rank(k).map(|r| (r, k)))
        .min_by_key(|(r, _)| *r)
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_a_slip_of_the_pen_and_nothing_further() {
        let near = |word| nearest(word, ["choice", "code", "date", "safety_hazard"]);
        assert_eq!(near("choise"), Some("choice"));
        assert_eq!(near("hazard"), Some("safety_hazard"));
        assert_eq!(near("money"), None);
        assert_eq!(nearest("甲", ["乙", "丙"]), None);
    }

    #[test]
    fn a_diagnostic_says_where_what_and_what_else() {
        let mut sink = Sink::default();
        let spot = Spot { file: "ledger/a.toml".into(), line: 3, key: "field.x.type".into() };
        sink.unknown(&spot, "类型", "dat", ["date", "text"]);
        sink.say(&Spot { line: 1, key: String::new(), ..spot }, "空文件");
        let errors = sink.into_errors(|_| 0).unwrap_err();
        assert_eq!(
            errors.to_string(),
            "ledger/a.toml:1 空文件\n\
             ledger/a.toml:3 [field.x.type] 不认识的类型“dat”;应为 date、text之一;是不是“date”?"
        );
    }
}
