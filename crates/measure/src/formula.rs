//! Ratios and arithmetic over indicators, at raw precision.

use figure::{Class, Decimal, Interval, Quantity, Unit, decimal_text};
use pack::{Formula, FormulaOperator, Indicator, Pack};

use crate::measure::converted;
use crate::session::{Key, Session};
use crate::{Basis, Gap, MeasureError, Status, Value};

/// What a formula comes to.
pub(crate) struct Outcome {
    pub(crate) amount: Interval,
    /// Unit of the amount; `None` for a pure number.
    pub(crate) unit: Option<Unit>,
    /// Values of the indicators met, in the order of the formula.
    pub(crate) parts: Vec<Value>,
    pub(crate) gaps: Vec<Gap>,
}

/// The value of an indicator that a formula defines.
pub(crate) fn value(
    session: &Session<'_>,
    indicator: &Indicator,
    formula: &Formula,
    key: &Key,
) -> Result<Value, MeasureError> {
    let outcome = evaluate(session, &indicator.label, formula, key)?;
    let amount = converted(indicator, outcome.amount, outcome.unit)?;
    combined(session, indicator, key, amount, outcome)
}

/// The value of an indicator that divides one by another.
pub(crate) fn ratio(
    session: &Session<'_>,
    indicator: &Indicator,
    of: &str,
    to: &str,
    key: &Key,
) -> Result<Value, MeasureError> {
    let divisor = session.indicator(to)?;
    let parts = vec![session.value(&key.of(of))?, session.value(&key.of(to))?];
    let (dividend, by) = (&parts[0], &parts[1]);
    let convert =
        |value: &Value, unit: Unit| change(&indicator.label, value.amount, value.unit, unit);
    let share = indicator.unit.class() == Class::Share;
    let (above, below) = if share || indicator.unit.class() == Class::Multiples {
        (dividend.amount, convert(by, dividend.unit)?)
    } else {
        // 元 divided by 万人 is 元 a person.
        (convert(dividend, indicator.unit)?, convert(by, by.unit.without_magnitude())?)
    };
    // Multiplying first keeps 100 % exact where the quotient itself is no finite decimal.
    let hundred = Interval::exact(if share { Decimal::ONE_HUNDRED } else { Decimal::ONE });
    let above = above.multiply(hundred).ok_or_else(|| overflow(&indicator.label))?;
    let mut gaps = Vec::new();
    let quotient = match quotient(above, below).ok_or_else(|| overflow(&indicator.label))? {
        Some(quotient) => quotient,
        None => {
            gaps.extend(zero(above, below, &divisor.label));
            Interval::unknown()
        }
    };
    let unit = share.then(Unit::percent);
    let amount = converted(indicator, quotient, unit)?;
    gaps.extend(parts.iter().flat_map(|part| part.gaps.iter().cloned()));
    let outcome = Outcome { amount, unit, parts, gaps };
    combined(session, indicator, key, amount, outcome)
}

/// Evaluates a formula for the place, window and dimensions of a question;
/// `label` names it in messages.
pub(crate) fn evaluate(
    session: &Session<'_>,
    label: &str,
    formula: &Formula,
    key: &Key,
) -> Result<Outcome, MeasureError> {
    match formula {
        Formula::Number(number) => Ok(Outcome {
            amount: Interval::exact(*number),
            unit: None,
            parts: Vec::new(),
            gaps: Vec::new(),
        }),
        Formula::Indicator(id) => {
            let value = session.value(&key.of(id))?;
            Ok(Outcome {
                amount: value.amount,
                unit: Some(value.unit),
                gaps: value.gaps.clone(),
                parts: vec![value],
            })
        }
        Formula::Binary(operator, a, b) => {
            let (a, b) = (evaluate(session, label, a, key)?, evaluate(session, label, b, key)?);
            binary(label, *operator, a, b)
        }
    }
}

fn binary(
    label: &str,
    operator: FormulaOperator,
    mut a: Outcome,
    b: Outcome,
) -> Result<Outcome, MeasureError> {
    // The loader lets only numbers multiply and divide, so that two units can meet in a sum alone.
    let right = match (a.unit, b.unit) {
        (Some(to), Some(from)) => change(label, b.amount, from, to)?,
        _ => b.amount,
    };
    let amount = match operator {
        FormulaOperator::Add => a.amount.plus(right),
        FormulaOperator::Subtract => a.amount.plus(right.negate()),
        FormulaOperator::Multiply => a.amount.multiply(right),
        FormulaOperator::Divide => quotient(a.amount, right).map(|quotient| {
            quotient.unwrap_or_else(|| {
                a.gaps.extend(zero(a.amount, right, label));
                Interval::unknown()
            })
        }),
    };
    a.amount = amount.ok_or_else(|| overflow(label))?;
    a.unit = a.unit.or(b.unit);
    a.gaps.extend(b.gaps);
    a.parts.extend(b.parts);
    Ok(a)
}

/// The quotient of two independent values: `Some(None)` where the divisor may be
/// zero, `None` on overflow.
fn quotient(a: Interval, by: Interval) -> Option<Option<Interval>> {
    let (a, by) = match (by.low, by.high) {
        (Some(low), _) if low > Decimal::ZERO => (a, by),
        (_, Some(high)) if high < Decimal::ZERO => (a.negate(), by.negate()),
        _ => return Some(None),
    };
    let Some(least) = by.low else { return Some(None) };
    // The divisor runs from `least` upwards, above zero. A quotient is lowest where a
    // positive dividend meets the greatest divisor or a negative one the least, and
    // nears zero as the divisor grows without bound.
    let over = |end: Decimal, divisor: Option<Decimal>| match divisor {
        Some(divisor) => end.checked_div(divisor),
        None => Some(Decimal::ZERO),
    };
    let low = match a.low {
        Some(end) if end >= Decimal::ZERO => Some(over(end, by.high)?),
        Some(end) => Some(over(end, Some(least))?),
        None => None,
    };
    let high = match a.high {
        Some(end) if end >= Decimal::ZERO => Some(over(end, Some(least))?),
        Some(end) => Some(over(end, by.high)?),
        None => None,
    };
    Some(Some(Interval { low, high }))
}

/// What to say of a divisor that is known to be zero. Something divided by it is a fault of the
/// records; nothing divided by nothing is no ratio at all.
fn zero(dividend: Interval, divisor: Interval, label: &str) -> Option<Gap> {
    let is_zero = |interval: Interval| interval.value() == Some(Decimal::ZERO);
    let divisor = is_zero(divisor).then(|| label.to_owned())?;
    Some(if is_zero(dividend) { Gap::NoRatio { divisor } } else { Gap::ZeroDivisor { divisor } })
}

/// An amount in another unit of its class.
pub(crate) fn change(
    label: &str,
    amount: Interval,
    from: Unit,
    to: Unit,
) -> Result<Interval, MeasureError> {
    let end = |end: Option<Decimal>| {
        let quantity = end.map(|value| Quantity::new(value, from).to(to)).transpose();
        quantity
            .map(|q| q.map(|q| q.value))
            .map_err(|source| MeasureError::Units { indicator: label.to_owned(), source })
    };
    Ok(Interval { low: end(amount.low)?, high: end(amount.high)? })
}

fn overflow(label: &str) -> MeasureError {
    MeasureError::Overflow { indicator: label.to_owned() }
}

fn combined(
    session: &Session<'_>,
    indicator: &Indicator,
    key: &Key,
    amount: Interval,
    outcome: Outcome,
) -> Result<Value, MeasureError> {
    // What is computed rests on the weakest of its parts, and is at least computed.
    let basis = outcome.parts.iter().map(|part| part.basis).max().unwrap_or(Basis::Derived);
    let settled = outcome.parts.iter().all(|part| part.status == Status::Final);
    Ok(Value {
        amount,
        unit: indicator.unit,
        window: key.window,
        place: key.place.clone(),
        revision: session.revision()?,
        status: if settled { Status::Final } else { Status::Provisional },
        basis: basis.max(Basis::Derived),
        records: outcome.parts.iter().map(|part| part.records).sum(),
        gaps: outcome.gaps,
    })
}

/// A formula in words, with the names of its indicators, or with numbers in
/// their place: `期初 + 纳入 − 停保`, `45 + 1 − 3`.
pub(crate) fn words(formula: &Formula, name: &mut dyn FnMut(&str) -> String) -> String {
    match formula {
        Formula::Indicator(id) => name(id),
        Formula::Number(number) => decimal_text(*number),
        Formula::Binary(operator, a, b) => {
            let (symbol, binds, strict) = match operator {
                FormulaOperator::Add => ('+', 1, false),
                FormulaOperator::Subtract => ('−', 1, true),
                FormulaOperator::Multiply => ('×', 2, false),
                FormulaOperator::Divide => ('÷', 2, true),
            };
            let mut side = |inner: &Formula, least: u8| {
                let text = words(inner, name);
                if binding(inner) < least { format!("({text})") } else { text }
            };
            let left = side(a, binds);
            let right = side(b, if strict { binds + 1 } else { binds });
            format!("{left} {symbol} {right}")
        }
    }
}

fn binding(formula: &Formula) -> u8 {
    match formula {
        Formula::Binary(FormulaOperator::Add | FormulaOperator::Subtract, ..) => 1,
        Formula::Binary(FormulaOperator::Multiply | FormulaOperator::Divide, ..) => 2,
        Formula::Indicator(_) | Formula::Number(_) => 3,
    }
}

/// The name of an indicator for [`words`].
pub(crate) fn label_of(pack: &Pack, id: &str) -> String {
    pack.indicators.get(id).map_or_else(|| id.to_owned(), |indicator| indicator.label.clone())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn interval(low: Option<i64>, high: Option<i64>) -> Interval {
        Interval { low: low.map(Decimal::from), high: high.map(Decimal::from) }
    }

    fn check(a: Interval, by: Interval, expected: &str) {
        let text = quotient(a, by).unwrap().map_or("除以零".to_owned(), Interval::describe);
        assert_eq!(text, expected);
    }

    #[test]
    fn an_open_end_leaves_a_quotient_open() {
        check(interval(Some(6), Some(6)), interval(Some(2), Some(3)), "2 至 3");
        check(interval(Some(6), None), interval(Some(2), Some(2)), "3 以上");
        check(interval(Some(6), Some(8)), interval(Some(2), None), "0 至 4");
        check(interval(Some(6), Some(8)), interval(Some(0), None), "除以零");
        check(interval(Some(6), Some(6)), interval(Some(-3), Some(-2)), "-3 至 -2");
        check(interval(None, None), interval(Some(1), Some(1)), "未知");
    }

    proptest! {
        #[test]
        fn quotients_stay_inside(
            a in -50_i64..50, b in 0_i64..50, c in 1_i64..50, d in 0_i64..50,
            s in 0_i64..50, t in 0_i64..50, negative in any::<bool>(), open in any::<bool>(),
        ) {
            let sign = if negative { -1 } else { 1 };
            let (x, y) = (a + s.min(b), sign * (c + if open { t } else { t.min(d) }));
            let (near, far) = (Some(sign * c), (!open).then_some(sign * (c + d)));
            let by = if negative { interval(far, near) } else { interval(near, far) };
            let found = quotient(interval(Some(a), Some(a + b)), by).unwrap().unwrap();
            let value = Decimal::from(x) / Decimal::from(y);
            prop_assert!(found.low.unwrap() <= value && value <= found.high.unwrap());
        }
    }
}
