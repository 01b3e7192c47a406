//! Finds the claims that each exception of a report covers.

use super::{Excepted, Exception};
use crate::check::{sentence_around, table_leads};
use crate::problem::{ParseError, nearest};
use crate::source::Source;

/// Gives each exception the claims it covers, or says what is wrong with them: words that no
/// claim has, words of several claims without a sentence, things that are excepted twice.
pub(crate) fn cover(source: &mut Source) -> Vec<ParseError> {
    let surroundings = surroundings(source);
    let mut exceptions = std::mem::take(&mut source.front.exceptions);
    let mut errors = Vec::new();
    for number in 0..exceptions.len() {
        let (earlier, rest) = exceptions.split_at_mut(number);
        let Some(exception) = rest.first_mut() else { break };
        let found = claims_of(exception, source, &surroundings);
        match found.and_then(|claims| once(exception, claims, earlier, source)) {
            Ok(claims) => exception.claims = claims,
            Err((message, expected, nearest)) => errors.push(ParseError {
                file: source.file.clone(),
                line: exception.line,
                column: exception.column,
                message,
                expected,
                nearest,
            }),
        }
    }
    source.front.exceptions = exceptions;
    errors
}

/// Message, expectation and nearest spelling of a fault.
type Fault = (String, String, Option<String>);

/// For each claim its sentence, and in a table the heads that the sentence stands under.
fn surroundings(source: &Source) -> Vec<String> {
    let leads = table_leads(source);
    let around = |(number, claim): (usize, &crate::Claim)| {
        let passage = &source.passages[claim.passage];
        let words = passage.claims.iter().find(|(n, _)| *n == number).map(|(_, range)| range);
        let sentence = words.and_then(|words| sentence_around(&passage.text(), words));
        let sentence: String = match sentence {
            Some(range) => passage.chars[range].iter().collect(),
            None => passage.text(),
        };
        let lead = leads.get(&claim.passage).map_or("", String::as_str);
        format!("{lead}{sentence}")
    };
    source.claims.iter().enumerate().map(around).collect()
}

fn claims_of(
    exception: &Exception,
    source: &Source,
    surroundings: &[String],
) -> Result<Vec<usize>, Fault> {
    let Excepted::Words { words, sentence } = &exception.about else { return Ok(Vec::new()) };
    let same = |n: &usize| source.claims[*n].text.trim() == words;
    let all: Vec<usize> = (0..source.claims.len()).filter(same).collect();
    if all.is_empty() {
        return Err((
            format!("例外写的“{words}”不是这份报告的表述"),
            "words 要照抄正文里方括号内的全部文字".to_owned(),
            nearest(words, source.claims.iter().map(|c| c.text.as_str())),
        ));
    }
    let lines = lines_of(&all, source);
    match sentence {
        Some(part) => {
            let chosen: Vec<usize> =
                all.into_iter().filter(|n| surroundings[*n].contains(part.as_str())).collect();
            if chosen.is_empty() {
                return Err((
                    format!("写着“{words}”的句子({lines})里没有“{part}”"),
                    "sentence 要照抄那一句里的几个字,不带方括号和星号".to_owned(),
                    None,
                ));
            }
            Ok(chosen)
        }
        None if all.len() > 1 => Err((
            format!("写着“{words}”的表述有 {} 处({lines}),不知道例外说的是哪一处", all.len()),
            "再写 sentence = \"那一句里的几个字\"".to_owned(),
            None,
        )),
        None => Ok(all),
    }
}

/// The claims, if no earlier exception is about the same.
fn once(
    exception: &Exception,
    claims: Vec<usize>,
    earlier: &[Exception],
    source: &Source,
) -> Result<Vec<usize>, Fault> {
    let is_relation = matches!(exception.about, Excepted::Relation(_));
    for other in earlier {
        let shared: Vec<usize> =
            claims.iter().copied().filter(|n| other.claims.contains(n)).collect();
        let again = is_relation && other.about == exception.about;
        if !shared.is_empty() || again {
            let at = if shared.is_empty() { String::new() } else { lines_of(&shared, source) };
            return Err((
                format!("{}{at}已有例外(第{}行)", exception.about, other.line),
                "一件事只写一条例外,请删去一条".to_owned(),
                None,
            ));
        }
    }
    Ok(claims)
}

fn lines_of(claims: &[usize], source: &Source) -> String {
    let mut lines: Vec<String> = Vec::new();
    for claim in claims {
        let line = source.claims[*claim].line.to_string();
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    format!("第{}行", lines.join("、"))
}
