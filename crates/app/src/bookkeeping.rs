//! Records that serve the program itself, as they come in. A signed voucher has to be about an
//! indicator that there is, in a unit that can be converted to the indicator's; a written reason
//! about a relation that there is. Otherwise nobody would ever ask for it.

use figure::Unit;
use pack::{Indicator, Pack, Relation, Scalar};

/// How many names are offered instead of one that nothing has.
const NAMES_OFFERED: usize = 3;

/// What is wrong with a record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Id of the field.
    pub(crate) field: String,
    /// What should stand there.
    pub(crate) expected: String,
    /// What is wrong, and what to do.
    pub(crate) message: String,
}

/// Looks at the cells of a record of a ledger; nothing is wrong with those of other ledgers.
pub(crate) fn fault(
    pack: &Pack,
    ledger: &str,
    cell: &dyn Fn(&str) -> Option<Scalar>,
) -> Option<Fault> {
    let text = |id: &str| match cell(id) {
        Some(Scalar::Text(text)) if !text.is_empty() => Some(text),
        _ => None,
    };
    voucher(pack, ledger, &text).or_else(|| reason(pack, ledger, &text))
}

type Texts<'t> = &'t dyn Fn(&str) -> Option<String>;

fn voucher(pack: &Pack, ledger: &str, text: Texts<'_>) -> Option<Fault> {
    let kept = pack.vouchers.as_ref().filter(|kept| kept.ledger == ledger)?;
    // Whether a field may be left empty is the ledger's own affair.
    let name = text(&kept.indicator)?;
    let by_label = |indicator: &&Indicator| indicator.label == name;
    let Some(indicator) =
        pack.indicators.get(&name).or_else(|| pack.indicators.values().find(by_label))
    else {
        let nearest = nearest(pack.indicators.values().map(|i| i.label.as_str()), &name);
        return Some(Fault {
            field: kept.indicator.clone(),
            expected: "台账包里指标的名称或编号".to_owned(),
            message: format!("没有指标“{name}”,最接近的是{nearest};请改成指标的名称"),
        });
    };
    let unit = text(&kept.unit)?;
    let is_alike = Unit::parse(&unit).is_ok_and(|unit| unit.is_alike(indicator.unit));
    (!is_alike).then(|| Fault {
        field: kept.unit.clone(),
        expected: format!("能换算成“{}”的单位", indicator.unit),
        message: format!(
            "“{}”的单位是“{}”,“{unit}”不能换算成它;请改正单位",
            indicator.label, indicator.unit
        ),
    })
}

fn reason(pack: &Pack, ledger: &str, text: Texts<'_>) -> Option<Fault> {
    let kept = pack.explanations.as_ref().filter(|kept| kept.ledger == ledger)?;
    let name = text(&kept.relation)?;
    let is_it = |relation: &Relation| relation.id == name || relation.label == name;
    if pack.relations.values().any(is_it) {
        return None;
    }
    let nearest = nearest(pack.relations.values().map(|r| r.label.as_str()), &name);
    Some(Fault {
        field: kept.relation.clone(),
        expected: "台账包里勾稽关系的名称或编号".to_owned(),
        message: format!("没有勾稽关系“{name}”,最接近的是{nearest};请改成关系的名称"),
    })
}

/// The names that are nearest to a text, nearest first.
fn nearest<'l>(labels: impl Iterator<Item = &'l str>, text: &str) -> String {
    let mut labels: Vec<&str> = labels.collect();
    labels.sort_by_cached_key(|label| (strsim::damerau_levenshtein(text, label), *label));
    labels.dedup();
    let named: Vec<String> =
        labels.iter().take(NAMES_OFFERED).map(|label| format!("“{label}”")).collect();
    named.join("、")
}
