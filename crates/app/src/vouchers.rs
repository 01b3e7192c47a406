//! Signed vouchers as they come in: each has to be about an indicator that there is, in a unit
//! that can be converted to the indicator's, or it would never be asked for by anybody.

use figure::Unit;
use pack::{Indicator, Pack, Scalar};

/// How many names are offered instead of one that nothing has.
const NAMES_OFFERED: usize = 3;

/// What is wrong with a voucher.
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
    let kept = pack.vouchers.as_ref().filter(|kept| kept.ledger == ledger)?;
    let text = |id: &str| match cell(id) {
        Some(Scalar::Text(text)) if !text.is_empty() => Some(text),
        _ => None,
    };
    // Whether a field may be left empty is the ledger's own affair.
    let name = text(&kept.indicator)?;
    let by_label = |indicator: &&Indicator| indicator.label == name;
    let Some(indicator) =
        pack.indicators.get(&name).or_else(|| pack.indicators.values().find(by_label))
    else {
        let nearest = nearest(pack, &name);
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

/// The names of indicators that are nearest to a text, nearest first.
fn nearest(pack: &Pack, text: &str) -> String {
    let mut labels: Vec<&str> = pack.indicators.values().map(|i| i.label.as_str()).collect();
    labels.sort_by_cached_key(|label| (strsim::damerau_levenshtein(text, label), *label));
    labels.dedup();
    let named: Vec<String> =
        labels.iter().take(NAMES_OFFERED).map(|label| format!("“{label}”")).collect();
    named.join("、")
}
