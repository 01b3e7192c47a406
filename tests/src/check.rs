//! A report source checked against an office, with the product's own crates.

use app::Office;
use measure::Session;
use report::{Checked, Conclusion, Kind, Options};

/// What the product says of one target, in the order of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Proven, refuted or unprovable.
    pub conclusion: Conclusion,
    /// What stands behind it.
    pub kind: Option<Kind>,
    /// The reason for people.
    pub reason: String,
    /// What stands in the way.
    pub gaps: Vec<String>,
}

/// Checks a report source.
///
/// # Errors
/// What the product says of a source that it cannot read.
pub fn check(source: &str, session: &Session<'_>) -> Result<Vec<Outcome>, String> {
    let checked = checked(source, session)?;
    Ok(checked
        .verdicts
        .into_iter()
        .map(|verdict| Outcome {
            conclusion: verdict.finding.conclusion,
            kind: verdict.finding.kind,
            reason: verdict.finding.reason,
            gaps: verdict.finding.gaps,
        })
        .collect())
}

/// Makes sure that the true report is proven, since no lie can be told about another.
///
/// # Panics
/// When it is not, with the first reason.
pub fn assert_proven(source: &str, session: &Session<'_>) {
    let outcomes = check(source, session).unwrap_or_else(|e| panic!("{e}"));
    let other = outcomes.iter().find(|outcome| outcome.conclusion != Conclusion::Proven);
    assert!(other.is_none(), "the true report is not proven: {:?}", other.map(|o| &o.reason));
}

/// The same with everything that the product found out.
///
/// # Errors
/// What the product says of a source that it cannot read.
pub fn checked(source: &str, session: &Session<'_>) -> Result<Checked, String> {
    let source = report::parse(source, "报告.md").map_err(|e| e.to_string())?;
    report::check(&source, session, &Options::default()).map_err(|e| app::causes(&e))
}

/// A session on an office.
pub fn session(office: &Office) -> Session<'_> {
    Session::new(&office.pack, &office.store, office.now)
}
