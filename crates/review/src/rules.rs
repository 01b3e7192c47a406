//! Which function is behind which rule, and the run of all of them.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use pack::{Grade, ReviewRule};
use prose::Lexicon;
use thiserror::Error;

use crate::distilled::{distilled, narrowed};
use crate::figure;
use crate::finding::{Finding, Mark};
use crate::paper::{Paper, Setting};
use crate::wording::{self, phrase};

/// How a rule finds what it marks.
pub(crate) type Find = fn(&Paper, &ReviewRule) -> Vec<Mark>;

/// The rules that calculate within a sentence or two, where an aside stands in their way.
const WITHOUT_ASIDES: [&str; 8] =
    ["sum", "part", "stock", "ratio", "growth", "price", "direction", "done"];

/// Whether a rule calculates with the numbers of the text; tables are read as they were given.
fn calculates(id: &str) -> bool {
    id != "table" && figure::RULES.iter().any(|(name, _)| *name == id)
}

/// The function of a rule that is no list of phrases.
fn calculation(id: &str) -> Option<Find> {
    let mut all = figure::RULES.iter().chain(wording::RULES);
    all.find(|(name, _)| *name == id).map(|(_, find)| *find)
}

/// Why a definition of a rule is of no use.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum RuleError {
    /// There is nothing to look for.
    #[error("{file}:程序没有编号为“{id}”的算法,文件里也没有 [[phrase]],这条规则什么也标不出")]
    Empty {
        /// The file.
        file: String,
        /// Id of the rule.
        id: String,
    },
    /// An example gives something else.
    #[error("{file}:{line} 例子应当标出 {expected:?},实际标出 {found:?}")]
    Example {
        /// The file.
        file: String,
        /// Line of the example.
        line: usize,
        /// What it says.
        expected: Vec<String>,
        /// What the rule found.
        found: Vec<String>,
    },
}

/// Runs all rules that are on over a text; `off` names more that are not wanted. Findings come
/// in the order of the text.
pub fn review(paper: &Paper, rules: &IndexMap<String, ReviewRule>, off: &[String]) -> Vec<Finding> {
    let wanted = || rules.values().filter(|rule| !rule.is_off && !off.contains(&rule.id));
    let narrowed = narrowed(paper);
    let plain = narrowed.as_ref().unwrap_or(paper);
    let read = |rule: &ReviewRule| if calculates(&rule.id) { plain } else { paper };
    let mut findings: Vec<Finding> = wanted().flat_map(|rule| run(read(rule), rule)).collect();
    if let Some(distilled) = distilled(plain) {
        let within = |rule: &&ReviewRule| WITHOUT_ASIDES.contains(&rule.id.as_str());
        let again = wanted().filter(within).flat_map(|rule| run(&distilled, rule));
        let places = |finding: &Finding| -> Vec<std::ops::Range<usize>> {
            let own = std::iter::once(finding.start..finding.end);
            own.chain(finding.also.iter().cloned()).collect()
        };
        let meet = |old: &Finding, new: &Finding| {
            let (old, new) = (places(old), places(new));
            old.iter().any(|a| new.iter().any(|b| a.start < b.end && b.start < a.end))
        };
        let is_new =
            |new: &Finding| !findings.iter().any(|old| old.rule == new.rule && meet(old, new));
        let new: Vec<Finding> = again.filter(is_new).collect();
        findings.extend(new);
    }
    findings.sort_by(|a, b| (a.start, a.end, &a.rule).cmp(&(b.start, b.end, &b.rule)));
    let mut again = told_better(&findings).into_iter();
    findings.retain(|_| !again.next().unwrap_or_default());
    findings
}

/// Which findings another one tells better: it says more of the same numbers, or of the same place
/// by the same rule. They stand in the order of the text.
fn told_better(findings: &[Finding]) -> Vec<bool> {
    let calculates = |finding: &Finding| {
        finding.grade == Grade::Wrong && figure::RULES.iter().any(|(id, _)| *id == finding.rule)
    };
    let places = |finding: &Finding| {
        let own = [(finding.start, finding.end)];
        own.into_iter().chain(finding.also.iter().map(|at| (at.start, at.end))).collect()
    };
    let says = |index: usize| findings[index].message.chars().count();
    let mut told = vec![false; findings.len()];
    let mut first: BTreeMap<BTreeSet<(usize, usize)>, usize> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, one)| calculates(one)) {
        let same = first.insert(places(finding), index);
        let overlaps = |other: &usize| {
            let other = &findings[*other];
            other.rule == finding.rule && calculates(other) && other.end > finding.start
        };
        let near = (index.saturating_sub(3)..index).rev().find(overlaps);
        for other in [same, near].into_iter().flatten() {
            let less = if says(other) < says(index) { other } else { index };
            told[less] = true;
        }
    }
    told
}

fn run(paper: &Paper, rule: &ReviewRule) -> Vec<Finding> {
    let find = calculation(&rule.id).unwrap_or(phrase::find);
    let finding = |mark: Mark| Finding {
        rule: rule.id.clone(),
        label: rule.label.clone(),
        grade: rule.grade,
        start: mark.at.start,
        end: mark.at.end,
        text: paper.original[mark.at].iter().collect(),
        message: mark.message,
        also: mark.also,
    };
    find(paper, rule).into_iter().map(finding).collect()
}

/// Runs the examples of all rules; their texts are read as of 31 December of their year.
///
/// # Errors
/// Every rule that can find nothing and every example that does not come out.
pub fn verify(rules: &IndexMap<String, ReviewRule>, lexicon: &Lexicon) -> Vec<RuleError> {
    let mut errors = Vec::new();
    for rule in rules.values() {
        if rule.phrases.is_empty() && calculation(&rule.id).is_none() {
            errors.push(RuleError::Empty { file: rule.file.clone(), id: rule.id.clone() });
        }
        for example in &rule.examples {
            let mut paper = Paper::new(&example.text, lexicon, Setting::default());
            paper.day = paper.year.and_then(|year| ::figure::Date::new(year, 12, 31).ok());
            let found: Vec<String> = run(&paper, rule).into_iter().map(|f| f.text).collect();
            if found != example.finds {
                errors.push(RuleError::Example {
                    file: rule.file.clone(),
                    line: example.line,
                    expected: example.finds.clone(),
                    found,
                });
            }
        }
    }
    errors
}
