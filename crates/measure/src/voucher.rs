//! Signed figures of times before the ledgers were kept (凭证).
//!
//! An office that begins has no records of past months and years. A signed voucher with its
//! document then stands for the figure of a place and period. It never takes the place of what
//! the records say exactly, nor of what they prove to be otherwise, and what rests on it is said
//! to rest on a voucher. Of vouchers that contradict each other none is believed.

use figure::{Decimal, Interval, Period, Quantity, Unit, decimal_text};
use pack::{Indicator, Scalar};

use crate::gap::{GAPS_SHOWN, Gap};
use crate::session::{Key, Session};
use crate::{Basis, Evidence, EvidenceRow, MeasureError, Status, Value};

/// A figure that somebody signed for.
#[derive(Debug)]
pub(crate) struct Voucher {
    id: i64,
    place: Option<String>,
    indicator: String,
    period: Period,
    value: Decimal,
    unit: String,
    is_documented: bool,
    cells: Vec<(String, Option<Scalar>)>,
}

/// All vouchers as they were known when the session asks.
pub(crate) fn read(session: &Session<'_>) -> Result<Vec<Voucher>, MeasureError> {
    let Some(kept) = &session.pack().vouchers else { return Ok(Vec::new()) };
    let fields = &session.ledger(&kept.ledger).fields;
    let scale = fields.get(&kept.value).map_or(0, |field| field.ty.scale());
    let mut vouchers = Vec::new();
    for record in session.records(&kept.ledger)? {
        let cell = |id: &String| record.cells.get(fields.get_index_of(id)?)?.as_ref();
        let text = |id: &String| match cell(id) {
            Some(Scalar::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        let integer = match cell(&kept.value) {
            Some(Scalar::Integer(value)) => Some(*value),
            _ => None,
        };
        let unit = text(&kept.unit).unwrap_or_default();
        let period = text(&kept.period).and_then(|period| Period::parse(&period).ok());
        let (Some(indicator), Some(period), Some(value)) = (text(&kept.indicator), period, integer)
        else {
            continue;
        };
        let Ok(value) = Decimal::try_new(value, scale) else { continue };
        vouchers.push(Voucher {
            id: record.id,
            is_documented: text(&kept.document).is_some(),
            indicator,
            period,
            value,
            unit,
            place: record.place,
            cells: fields.keys().cloned().zip(record.cells).collect(),
        });
    }
    Ok(vouchers)
}

/// The value itself where the records give it exactly, else that of a voucher for the same
/// place and period.
pub(crate) fn stand_in(
    session: &Session<'_>,
    indicator: &Indicator,
    key: &Key,
    value: Value,
) -> Result<Value, MeasureError> {
    let is_exact = value.amount.low.is_some() && value.amount.low == value.amount.high;
    if is_exact || !key.fixed.is_empty() || key.window.to() >= session.now() {
        return Ok(value);
    }
    let vouchers = session.vouchers()?;
    let about: Vec<&Voucher> = vouchers.iter().filter(|v| v.is_about(indicator, key)).collect();
    let Some(voucher) = about.first() else { return Ok(value) };
    let ledger = session.pack().vouchers.as_ref().map(|kept| session.ledger(&kept.ledger));
    let ledger = ledger.map(|ledger| ledger.label.clone()).unwrap_or_default();
    let (amount, fault) = match figure(&ledger, indicator, &about) {
        Err(fault) => (Decimal::ZERO, Some(fault)),
        Ok(_) if !voucher.is_documented => {
            (Decimal::ZERO, Some(Gap::MissingDocument { ledger, ids: vec![voucher.id], count: 1 }))
        }
        Ok(amount) => {
            let outside = value.amount.low.is_some_and(|low| amount < low)
                || value.amount.high.is_some_and(|high| amount > high);
            let fault = outside.then(|| Gap::VoucherContradicted {
                ledger,
                id: voucher.id,
                said: format!("{} {}", decimal_text(amount), indicator.unit),
                known: format!("{} {}", value.amount.describe(), indicator.unit),
            });
            (amount, fault)
        }
    };
    if let Some(fault) = fault {
        let mut gaps = vec![fault];
        gaps.extend(value.gaps);
        return Ok(Value { gaps, ..value });
    }
    Ok(Value {
        amount: Interval::exact(amount),
        status: Status::Final,
        basis: Basis::Voucher,
        records: 1,
        gaps: Vec::new(),
        ..value
    })
}

/// The figure that all of the vouchers give, in the unit of the indicator.
fn figure(ledger: &str, indicator: &Indicator, about: &[&Voucher]) -> Result<Decimal, Gap> {
    let mut figures = Vec::new();
    for voucher in about {
        let unit = Unit::parse(&voucher.unit).ok();
        let figure = unit.and_then(|u| Quantity::new(voucher.value, u).to(indicator.unit).ok());
        figures.push(figure.map(|figure| figure.value).ok_or_else(|| Gap::VoucherUnit {
            ledger: ledger.to_owned(),
            id: voucher.id,
            unit: voucher.unit.clone(),
            expected: indicator.unit.to_string(),
        })?);
    }
    let first = figures.first().copied().unwrap_or(Decimal::ZERO);
    if figures.iter().all(|figure| *figure == first) {
        return Ok(first);
    }
    Err(Gap::VouchersDiffer {
        ledger: ledger.to_owned(),
        ids: about.iter().take(GAPS_SHOWN).map(|voucher| voucher.id).collect(),
        count: about.len() as u64,
    })
}

/// The voucher behind a value, if it rests on one.
pub(crate) fn behind(
    session: &Session<'_>,
    indicator: &Indicator,
    key: &Key,
) -> Result<Option<Evidence>, MeasureError> {
    let Some(kept) = &session.pack().vouchers else { return Ok(None) };
    let vouchers = session.vouchers()?;
    let Some(voucher) = vouchers.iter().find(|voucher| voucher.is_about(indicator, key)) else {
        return Ok(None);
    };
    let value = session.value(key)?;
    if value.basis != Basis::Voucher || !key.fixed.is_empty() {
        return Ok(None);
    }
    let row = EvidenceRow {
        id: voucher.id,
        place: voucher.place.clone(),
        on: None,
        undecided: false,
        cells: voucher.cells.clone(),
    };
    Ok(Some(Evidence {
        indicator: indicator.id.clone(),
        ledger: kept.ledger.clone(),
        total: 1,
        rows: vec![row],
        truncated: false,
    }))
}

impl Voucher {
    fn is_about(&self, indicator: &Indicator, key: &Key) -> bool {
        (self.indicator == indicator.id || self.indicator == indicator.label)
            && self.place.as_deref() == Some(key.place.as_str())
            && self.period == key.window
    }
}
