//! Bindings that somebody decided: a clause with its numbers taken out, and what it is about.
//!
//! The program binds words by what the definitions say of them, and is sometimes wrong. Who
//! corrects it once writes down the clause; any text with the same clause, whatever its
//! numbers and its year, is bound so from then on.

use pack::{DecidedBinding, Pack};
use prose::{FoundClaim, Kind, figures};
use thiserror::Error;

use crate::check::{Options, lexicon};
use crate::plain::Plain;
use crate::resolve::{ResolveError, find_place, resolve};
use crate::scope::CLAUSE;
use crate::source::{Guess, Purpose};
use crate::target::parse_purpose;

/// The target of words that are about nothing that the ledgers know.
const NONE: &str = "none";
/// Stands for the number that the binding is about, and for any other one.
const OWN: char = '#';
const OTHER: char = '*';
/// What numbers are written in.
const NUMERALS: &str = "0123456789.,一二三四五六七八九十百千万亿两几数零〇";
/// Words of a time, which differ from text to text.
const TIMES: [&str; 10] = [
    "截至目前",
    "到目前为止",
    "今年以来",
    "目前",
    "全年",
    "今年",
    "去年",
    "年内",
    "上半年",
    "下半年",
];
/// Words that say how a number is meant, which differ as well.
const MEANT: [&str; 18] = [
    "不少于",
    "不低于",
    "不超过",
    "突破",
    "超过",
    "达到",
    "以上",
    "以内",
    "左右",
    "将近",
    "接近",
    "不足",
    "余",
    "多",
    "近",
    "约",
    "超",
    "达",
];

/// The clause of a statement with its numbers, and the words of its time, taken out.
pub(crate) fn pattern(chars: &[char], claim: &FoundClaim) -> String {
    let words = claim.start..claim.end;
    let open =
        chars[..words.start].iter().rposition(|c| CLAUSE.contains(*c)).map_or(0, |at| at + 1);
    let close = chars[words.end..].iter().position(|c| CLAUSE.contains(*c));
    let close = close.map_or(chars.len(), |at| words.end + at);
    let number = claim.reading.as_ref().and_then(|r| r.number_range.clone());
    let own = match number {
        Some(range) => {
            let at = (words.start + range.start).min(words.end);
            let lead: String = chars[words.start..at].iter().collect();
            let rest: String = chars[at..words.end].iter().collect();
            let unit = rest.trim_start_matches(|c| NUMERALS.contains(c));
            format!("{}{OWN}{}", bare(&lead), bare(unit))
        }
        None => chars[words.clone()].iter().collect(),
    };
    let before = without_numbers(&chars[open..words.start]);
    let after = without_numbers(&chars[words.end..close]);
    format!("{before}{own}{after}")
}

/// Words around a number without those that say how it is meant.
fn bare(text: &str) -> String {
    MEANT.iter().fold(text.to_owned(), |text, word| text.replace(word, ""))
}

fn without_numbers(chars: &[char]) -> String {
    let mut text = String::new();
    let mut rest = chars;
    while let Some(c) = rest.first() {
        let digits = rest.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        if digits == 0 {
            text.extend(Some(*c).filter(|c| !c.is_whitespace()));
            rest = &rest[1..];
            continue;
        }
        // A year says when and not what.
        let year = digits == 4 && rest.get(digits) == Some(&'年');
        if !year {
            text.push(OTHER);
        }
        rest = &rest[digits + usize::from(year)..];
    }
    TIMES.iter().fold(bare(&text), |text, word| text.replace(word, ""))
}

/// What somebody decided of a clause; of several decisions the last.
pub(crate) fn decided<'p>(pack: &'p Pack, pattern: &str) -> Option<&'p DecidedBinding> {
    pack.bindings.iter().rfind(|binding| binding.words == pattern)
}

/// The purpose that a decision gives, with the reason for people.
pub(crate) fn purpose(binding: &DecidedBinding) -> (Purpose, Guess) {
    let by = by(binding);
    if binding.target == NONE {
        let reason = format!("{by}:这句话说的不是台账里的数");
        return (Purpose::Unbound(reason), Guess::default());
    }
    match parse_purpose(&binding.target, 0) {
        Ok(purpose) => (purpose, Guess { doubt: None, decided: Some(by) }),
        Err(faults) => {
            let fault = faults.first().map_or("", |fault| fault.message.as_str());
            let reason = format!("{by},但目标“{}”写得不对:{fault}", binding.target);
            (Purpose::Unbound(reason), Guess::default())
        }
    }
}

fn by(binding: &DecidedBinding) -> String {
    let who = binding.who.as_deref().unwrap_or("人工");
    let on = binding.on.map(|day| format!("{day} ")).unwrap_or_default();
    format!("{on}{who}核定({} 第{}行)", binding.file, binding.line)
}

/// A statement of a text, and the clause that a decision about it is kept under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Line in the file, from 1.
    pub line: usize,
    /// The words of the statement.
    pub words: String,
    /// The clause with its numbers taken out.
    pub pattern: String,
}

/// Why a decision cannot be kept.
#[derive(Debug, Error)]
pub enum DecideError {
    /// The text has no such statement.
    #[error("{file} 里没有“{words}”这个表述{};表述请照原文写,如 105起", at(.line))]
    NoWords {
        /// The file.
        file: String,
        /// The words as given.
        words: String,
        /// The line as given.
        line: Option<usize>,
    },
    /// It has several.
    #[error("{file} 里有 {} 处“{words}”,在第 {} 行;请用 --line 指明是哪一行", .lines.len(), list(.lines))]
    ManyWords {
        /// The file.
        file: String,
        /// The words as given.
        words: String,
        /// Where they stand.
        lines: Vec<usize>,
    },
    /// The clause names nothing, and would fit any figure of its unit.
    #[error("“{0}”除了数和单位没有别的字,记下来会套到别的数上;请先把这句话写完整")]
    Bare(String),
    /// The target is not written right.
    #[error("目标“{target}”写得不对:{reason}")]
    Target {
        /// The target as given.
        target: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It names something that there is not.
    #[error("目标不对")]
    Resolve(#[from] ResolveError),
}

fn at(line: &Option<usize>) -> String {
    line.map(|line| format!("(第{line}行)")).unwrap_or_default()
}

fn list(lines: &[usize]) -> String {
    lines.iter().map(usize::to_string).collect::<Vec<_>>().join("、")
}

/// Fewest characters of a clause, beside number and unit, by which it is known again.
const LEAST: usize = 3;

/// The clause of the statement `words` of a text, which has to be the only one, or the only one
/// of its line.
///
/// # Errors
/// When there is none or several, or its clause says nothing.
pub fn clause_of(
    text: &str,
    file: &str,
    pack: &Pack,
    words: &str,
    line: Option<usize>,
) -> Result<Clause, DecideError> {
    let source = Plain { text, file, ..Plain::default() }.source(&Options::default());
    let lexicon = lexicon(pack);
    let mut found: Vec<Clause> = Vec::new();
    for passage in source.passages.iter().filter(|p| line.is_none_or(|line| p.line == line)) {
        let claims = figures(&passage.text(), &lexicon).claims;
        let own = claims.iter().filter(|c| c.kind == Kind::Fact && c.text == words);
        found.extend(own.map(|claim| Clause {
            line: passage.line,
            words: claim.text.clone(),
            pattern: pattern(&passage.chars, claim),
        }));
    }
    found.dedup_by(|a, b| a.pattern == b.pattern);
    let (file, words) = (file.to_owned(), words.to_owned());
    match found.as_slice() {
        [] => Err(DecideError::NoWords { file, words, line }),
        [only] => {
            let named = only.pattern.chars().filter(|c| c.is_alphabetic()).count();
            if named < LEAST {
                Err(DecideError::Bare(only.pattern.clone()))
            } else {
                Ok(only.clone())
            }
        }
        several => {
            let lines = several.iter().map(|clause| clause.line).collect();
            Err(DecideError::ManyWords { file, words, lines })
        }
    }
}

/// A decision as a definition file has it.
pub fn decision_entry(
    clause: &Clause,
    target: &str,
    who: &str,
    on: figure::Date,
    why: Option<&str>,
) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let (words, target, who) = (quoted(&clause.pattern), quoted(target), quoted(who));
    let why = why.map(|why| format!("why = {}\n", quoted(why))).unwrap_or_default();
    format!("\n[[binding]]\nwords = {words}\ntarget = {target}\nwho = {who}\non = {on}\n{why}")
}

/// Makes sure that a target is one, for a decision about the place `home`; gives the names of
/// its indicators.
///
/// # Errors
/// When it is not written right, or names what there is not.
pub fn check_target(pack: &Pack, home: &str, target: &str) -> Result<Vec<String>, DecideError> {
    if target == NONE {
        return Ok(Vec::new());
    }
    let bad = |reason: String| DecideError::Target { target: target.to_owned(), reason };
    let purpose = parse_purpose(target, 0).map_err(|faults| {
        bad(faults.first().map(|f| format!("{};{}", f.message, f.expected)).unwrap_or_default())
    })?;
    let Purpose::Measured(targets) = purpose else {
        return Err(bad("只能写指标,或 none(不是台账里的数)".to_owned()));
    };
    let home = find_place(pack, home, home)?;
    let named = targets.iter().map(|t| Ok(resolve(pack, home, t)?.indicator.label.clone()));
    named.collect::<Result<_, ResolveError>>().map_err(DecideError::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, expected: &str) {
        let chars: Vec<char> = text.chars().collect();
        let lexicon = prose::Lexicon::new(Vec::new(), Vec::new(), Vec::new());
        let claims = figures(text, &lexicon).claims;
        let claim = claims
            .iter()
            .find(|c| c.text == words)
            .unwrap_or_else(|| panic!("{:?}", claims.iter().map(|c| &c.text).collect::<Vec<_>>()));
        assert_eq!(pattern(&chars, claim), expected, "{text}");
    }

    #[test]
    fn a_clause_is_the_same_in_every_year() {
        check("安全方面,2023年整治了隐患98起,其余正常。", "98起", "整治了隐患#起");
        check("安全方面,全年整治了隐患300余起。", "300余起", "整治了隐患#起");
        check("监测对象38户、156人。", "156人", "监测对象*户、#人");
        check("监测对象38户、156人。", "38户", "监测对象#户、*人");
    }
}
