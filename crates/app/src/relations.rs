//! Relations among indicators, checked for a place and a period.

use std::collections::BTreeMap;

use figure::decimal_text;
use measure::RelationResult;
use pack::Level;
use serde::Serialize;

use crate::error::AppError;
use crate::office::Office;

/// What the relations gave.
#[derive(Debug, Serialize)]
pub struct RelationReport {
    /// Number that hold.
    pub holding: usize,
    /// Number of `must` relations that do not hold.
    pub broken: usize,
    /// Number that do not hold, need not, and have a written reason.
    pub explained: usize,
    /// Number that do not hold, need not, and of which nobody has said why.
    pub unexplained: usize,
    /// Number that cannot be decided.
    pub open: usize,
    /// Every result.
    pub relations: Vec<RelationRow>,
}

/// One relation, place and period.
#[derive(Debug, Serialize)]
pub struct RelationRow {
    /// Id.
    pub id: String,
    /// In words.
    pub label: String,
    /// Whether it holds; absent where a value is not known well enough.
    pub holds: Option<bool>,
    /// Whether it must hold, or may be explained.
    pub must: bool,
    /// The equation with names.
    pub equation: String,
    /// Left side.
    pub left: Option<String>,
    /// Right side.
    pub right: Option<String>,
    /// Left minus right.
    pub difference: Option<String>,
    /// What is shown to people when it does not hold.
    pub told: String,
    /// The written reason why it does not hold, where it need not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

/// Checks all relations.
pub fn relations(
    office: &Office,
    window: &str,
    place: Option<&str>,
) -> Result<RelationReport, AppError> {
    let window = office.period(window)?;
    let place = office.place(place)?;
    let session = office.session();
    let results =
        session.check_relations(&place, window).map_err(|e| AppError::Measure(Box::new(e)))?;
    let rows: Vec<RelationRow> = results
        .iter()
        .map(|r| RelationRow {
            id: r.id.clone(),
            label: r.label.clone(),
            holds: r.holds,
            must: r.level == Level::Must,
            equation: r.equation.clone(),
            left: r.left.map(decimal_text),
            right: r.right.map(decimal_text),
            difference: r.difference.map(decimal_text),
            told: r.to_string(),
            explanation: r.explanation.clone(),
        })
        .collect();
    let count = |f: &dyn Fn(&RelationRow) -> bool| rows.iter().filter(|r| f(r)).count();
    Ok(RelationReport {
        holding: count(&|r| r.holds == Some(true)),
        broken: count(&|r| r.holds == Some(false) && r.must),
        explained: count(&|r| r.explanation.is_some()),
        unexplained: count(&|r| r.holds == Some(false) && !r.must && r.explanation.is_none()),
        open: count(&|r| r.holds.is_none()),
        relations: rows,
    })
}

/// How many results of one relation are told whole: of one that must hold, and of one that may be
/// explained, where the same lack often stands in every month of every village.
const TOLD_OF_MUST: usize = 3;
const TOLD_OF_EXPLAIN: usize = 1;
/// How many of the others are named by place and period.
const NAMED: usize = 3;

/// For people, in a report's answer: what does not hold and was not explained, the results of one
/// relation together.
pub(crate) fn told_together(results: &[RelationResult]) -> String {
    let mut order: Vec<&str> = Vec::new();
    let mut of: BTreeMap<&str, Vec<&RelationResult>> = BTreeMap::new();
    for result in results.iter().filter(|r| r.is_broken() || r.is_unexplained()) {
        let alike = of.entry(result.id.as_str()).or_default();
        if alike.is_empty() {
            order.push(&result.id);
        }
        alike.push(result);
    }
    order.iter().filter_map(|id| of.get(id)).map(|alike| told_of_one(alike)).collect()
}

fn told_of_one(alike: &[&RelationResult]) -> String {
    let is_broken = alike.iter().any(|result| result.is_broken());
    let whole = if is_broken { TOLD_OF_MUST } else { TOLD_OF_EXPLAIN };
    let (told, rest) = alike.split_at(whole.min(alike.len()));
    let mut text: String = told.iter().map(|result| result.to_string()).collect();
    if let [first, ..] = rest {
        let named = |r: &&RelationResult| format!("{}{}", r.place_label, r.window.describe());
        let names: Vec<String> = rest.iter().take(NAMED).map(named).collect();
        let more = if rest.len() > NAMED { " 等" } else { "" };
        let year = first.window.to().year();
        text.push_str(&format!(
            "另有 {} 处同样的情况:{}{more};逐条查看:zhenzhang relations --window {year}\n",
            rest.len(),
            names.join("、"),
        ));
    }
    text.push('\n');
    text
}

impl RelationReport {
    /// For people: what does not hold, then the count.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut shown: Vec<&str> = Vec::new();
        for row in self.relations.iter().filter(|r| r.holds != Some(true)) {
            // A relation that cannot be decided for one village and month mostly cannot be
            // decided for many, for the same reason: the first stands for all of them.
            if row.holds.is_none() && shown.contains(&row.id.as_str()) {
                continue;
            }
            text.push_str(&row.told);
            text.push('\n');
            if row.holds.is_none() {
                shown.push(&row.id);
                let alike = |r: &&RelationRow| r.holds.is_none() && r.id == row.id;
                let more = self.relations.iter().filter(alike).count() - 1;
                if more > 0 {
                    text.push_str(&format!(
                        "  这条关系还有 {more} 处无法判断,用 --json 查看全部\n"
                    ));
                }
            }
        }
        text.push_str(&format!(
            "勾稽关系 {} 条:成立 {},不符 {},已说明 {},需说明 {},无法判断 {}\n",
            self.relations.len(),
            self.holding,
            self.broken,
            self.explained,
            self.unexplained,
            self.open,
        ));
        text
    }
}
