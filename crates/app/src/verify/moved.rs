//! What of a seal would be said otherwise today, told by names, and why.

use std::collections::BTreeSet;

use figure::Period;
use pack::Pack;
use report::{Aspect, Checked, Difference, Seal, Subject};

use super::behind::{Behind, Books, behind};
use super::{Asked, Moved, Was, redefined};
use crate::error::AppError;
use crate::office::Office;

/// Definitions that are named where none explains a difference.
const OTHERS_SHOWN: usize = 5;

/// What differs, a claim or relation after the other, each with its causes.
pub(super) fn moved(
    office: &Office,
    seal: &Seal,
    was: Option<&Was>,
    now: &Checked,
    records: usize,
) -> Result<Vec<Moved>, AppError> {
    let last = office.store.revision()?;
    let deeds = office.store.deeds(seal.ledger.revision, last)?;
    let then = was.map_or(&office.pack, |was| was.pack(office));
    let books = Books {
        office,
        then,
        deeds: &deeds,
        now: seal.now,
        revision: seal.ledger.revision,
        limit: records,
    };
    let diff = was.and_then(|was| was.0.as_ref()).map(|other| &other.diff);
    let names = Names { then, now: &office.pack };
    let differences = seal.differences(now);
    let mut all: Vec<Moved> = Vec::new();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    // What differs about one claim stands together, with its causes once.
    for alike in differences.chunk_by(|a, b| a.about == b.about) {
        let Some(Difference { about, .. }) = alike.first() else { continue };
        let (name, line) = match about {
            Subject::Report => (seal.report.title.clone(), 0),
            Subject::Claim { text, line, .. } => (text.clone(), *line),
            Subject::Relation { id, .. } => (names.relation(id), 0),
        };
        let asked = asked(seal, then, about);
        let told = match lost(seal, &names, about) {
            // One sentence says it, once for a relation of many places and periods.
            Some(lost) => {
                let is_told =
                    matches!(about, Subject::Relation { .. }) && !gone.insert(lost.clone());
                if is_told {
                    continue;
                }
                vec![lost]
            }
            None => alike.iter().map(|difference| names.told(difference)).collect(),
        };
        let mut definitions = match (diff, &asked) {
            (Some(diff), Some(asked)) => redefined::told(diff, then, &office.pack, asked),
            _ => Vec::new(),
        };
        let Behind { changes, more, unseen } = match &asked {
            Some(asked) => behind(&books, asked, alike.iter().any(is_of_value))?,
            None => Behind::default(),
        };
        if let Some(diff) = diff.filter(|_| definitions.is_empty() && changes.is_empty()) {
            let others = redefined::others(diff);
            let more = others.len().saturating_sub(OTHERS_SHOWN);
            definitions.extend(others.into_iter().take(OTHERS_SHOWN));
            if more > 0 {
                definitions.push(format!("另有 {more} 个定义不同,用 pack diff 查看"));
            }
        }
        let differences = told;
        all.push(Moved { about: name, line, differences, definitions, changes, more, unseen });
    }
    Ok(all)
}

/// Whether a closing can have made this difference.
fn is_of_value(difference: &Difference) -> bool {
    matches!(
        difference.aspect,
        Aspect::Conclusion
            | Aspect::Kind
            | Aspect::Value
            | Aspect::Members
            | Aspect::Basis
            | Aspect::Status
            | Aspect::Gaps
            | Aspect::Holds
            | Aspect::Left
            | Aspect::Right
    )
}

/// What a claim or relation asks the ledgers for.
fn asked(seal: &Seal, then: &Pack, about: &Subject) -> Option<Asked> {
    match about {
        Subject::Report => None,
        Subject::Claim { start, indicator, .. } => {
            let same = |v: &&report::SealedVerdict| v.start == *start && v.indicator == *indicator;
            let verdict = seal.verdicts.iter().find(same)?;
            Some(Asked {
                indicators: vec![verdict.indicator.clone()?],
                relation: None,
                places: vec![verdict.place.clone()?],
                window: Period::parse(verdict.window.as_ref()?).ok()?,
                fixed: verdict.fixed.clone().into_iter().collect(),
            })
        }
        Subject::Relation { id, place, window } => {
            let relation = then.relations.get(id);
            let indicators = relation.map(|relation| relation.kind.indicators());
            Some(Asked {
                indicators: indicators.into_iter().flatten().map(str::to_owned).collect(),
                relation: Some(id.clone()),
                places: vec![place.clone()],
                window: Period::parse(window).ok()?,
                fixed: Vec::new(),
            })
        }
    }
}

/// That what a claim or relation is about is defined no more.
fn lost(seal: &Seal, names: &Names<'_>, about: &Subject) -> Option<String> {
    let place_lost = |code: &String| {
        let is_lost = names.now.places.get(code).is_none() && names.then.places.get(code).is_some();
        is_lost.then(|| format!("地方“{}”({code})今天的定义里没有了", names.place(code)))
    };
    match about {
        Subject::Report => None,
        Subject::Claim { text, line, start, indicator } => {
            let id = indicator.as_ref()?;
            let verdict = seal.verdicts.iter().find(|v| v.start == *start);
            let label = verdict.map(|verdict| verdict.label.as_str()).unwrap_or_default();
            let indicator = (!names.now.indicators.contains_key(id) && verdict.is_some())
                .then(|| format!("指标“{label}”({id})今天的定义里没有了"));
            let place = || place_lost(verdict?.place.as_ref()?);
            let lost = indicator.or_else(place)?;
            Some(format!("第{line}行 “{text}”:{lost},核不了这句话"))
        }
        Subject::Relation { id, place, .. } => {
            let is_lost = !names.now.relations.contains_key(id);
            let relation = is_lost
                .then(|| format!("勾稽关系“{}”({id})今天的定义里没有了", names.relation(id)));
            relation.or_else(|| place_lost(place))
        }
    }
}

/// What things are called, today or then.
struct Names<'p> {
    then: &'p Pack,
    now: &'p Pack,
}

impl Names<'_> {
    fn place(&self, code: &str) -> String {
        let place = self.now.places.get(code).or_else(|| self.then.places.get(code));
        place.map_or_else(|| code.to_owned(), |place| place.label.clone())
    }

    fn relation(&self, id: &str) -> String {
        let relation = self.now.relations.get(id).or_else(|| self.then.relations.get(id));
        relation.map_or_else(|| id.to_owned(), |relation| relation.label.clone())
    }

    /// A difference on one line.
    fn told(&self, difference: &Difference) -> String {
        let Difference { about, aspect, old, new } = difference;
        let Subject::Relation { id, place, window } = about else { return difference.to_string() };
        let period = Period::parse(window).map_or_else(|_| window.clone(), Period::describe);
        let (name, place) = (self.relation(id), self.place(place));
        format!("勾稽关系“{name}”({id})在{place}{period}的{}:封存时{old},现在{new}", aspect.label())
    }
}
