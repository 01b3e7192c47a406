//! Which function is behind which rule, and the run of all of them.

use indexmap::IndexMap;
use pack::ReviewRule;
use prose::Lexicon;
use thiserror::Error;

use crate::finding::{Finding, Mark};
use crate::paper::{Paper, Setting};
use crate::wording::{self, phrase};

type Find = fn(&Paper, &ReviewRule) -> Vec<Mark>;

/// Rules that calculate, by the id of their definition.
const RULES: &[(&str, Find)] = &[
    ("award_words", wording::award_words::find),
    ("digit_groups", wording::digit_groups::find),
    ("digit_width", wording::digit_width::find),
    ("document_kind", wording::document_kind::find),
    ("heading_levels", wording::heading_levels::find),
    ("heading_numbers", wording::heading_numbers::find),
    ("multiple_decrease", wording::multiple_decrease::find),
    ("name_variants", wording::name_variants::find),
    ("numeral_approx", wording::numeral_approx::find),
    ("numeral_style", wording::numeral_style::find),
    ("ordinal_sequence", wording::ordinal_sequence::find),
    ("paragraph_length", wording::length::paragraph),
    ("personal_data", wording::personal_data::find),
    ("placeholders", wording::placeholders::find),
    ("prevented_not", wording::prevented_not::find),
    ("problem_plan", wording::problem_plan::find),
    ("punctuation_doubled", wording::punctuation_doubled::find),
    ("punctuation_end", wording::punctuation_end::find),
    ("punctuation_form", wording::punctuation_form::find),
    ("punctuation_list", wording::punctuation_list::find),
    ("punctuation_pairs", wording::punctuation_pairs::find),
    ("punctuation_width", wording::punctuation_width::find),
    ("range_form", wording::range_form::find),
    ("repeated_passages", wording::repeated_passages::find),
    ("repeated_words", wording::repeated_words::find),
    ("report_length", wording::length::report),
    ("sentence_length", wording::length::sentence),
    ("spaces", wording::spaces::find),
    ("split_number", wording::split_number::find),
    ("superlatives", wording::superlatives::find),
    ("time_words", wording::time_words::find),
    ("unit_names", wording::unit_names::find),
    ("year_form", wording::year_form::find),
];

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
    let wanted = rules.values().filter(|rule| !rule.is_off && !off.contains(&rule.id));
    let mut findings: Vec<Finding> = wanted.flat_map(|rule| run(paper, rule)).collect();
    findings.sort_by(|a, b| (a.start, a.end, &a.rule).cmp(&(b.start, b.end, &b.rule)));
    findings
}

fn run(paper: &Paper, rule: &ReviewRule) -> Vec<Finding> {
    let find = RULES.iter().find(|(id, _)| *id == rule.id).map_or(phrase::find as Find, |r| r.1);
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
        if rule.phrases.is_empty() && RULES.iter().all(|(id, _)| *id != rule.id) {
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
