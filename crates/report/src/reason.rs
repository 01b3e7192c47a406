//! The sentences that explain a verdict: what the words claim, what the ledgers
//! give, the gap, and what to do.

use figure::{Class, Decimal, Quantity, Unit};
use measure::Value;
use pack::Indicator;
use prose::{Lexicon, Manner, Predicate, Reading, Truth3, judge, read_claim_with, write};

use crate::verdict::{Actual, Conclusion, Finding, Member, describe_number};
use crate::window::Disagreement;

/// Gaps that one reason names.
const GAPS_NAMED: usize = 3;

pub(crate) fn disagreement(no: &Disagreement) -> String {
    match no {
        Disagreement::Other { target, said, words } => format!(
            "“{words}”说的是{},指标的 window 却是{};请让两者一致",
            said.describe(),
            target.describe()
        ),
        Disagreement::Undated(words) => {
            format!("“{words}”从哪天到哪天不能断定,不能用别的期间的数来证实;请写明年月")
        }
    }
}

pub(crate) fn unit_mismatch(words: &str, predicate: &Predicate, indicator: &Indicator) -> String {
    let (label, unit) = (&indicator.label, indicator.unit);
    let said = match predicate {
        Predicate::Ordinal(_) => "说的是届次".to_owned(),
        Predicate::Achieved | Predicate::NotAchieved | Predicate::Several => {
            "说的是有没有、有几个".to_owned()
        }
        other => match other.unit() {
            Some(unit) => format!("的单位是“{unit}”"),
            None => format!("说的是“{}”", other.describe()),
        },
    };
    format!("“{words}”{said},指标‘{label}’的单位是“{unit}”,两者不能相比;请换一个指标或改正单位")
}

/// `;` and the first gaps, or nothing.
pub(crate) fn gaps(gaps: &[String]) -> String {
    if gaps.is_empty() {
        return String::new();
    }
    let named = gaps.iter().take(GAPS_NAMED).cloned().collect::<Vec<_>>().join(";");
    let more = if gaps.len() > GAPS_NAMED {
        format!(";另有 {} 处", gaps.len() - GAPS_NAMED)
    } else {
        String::new()
    };
    format!(":{named}{more}")
}

fn opening(words: &str, finding: &Finding) -> String {
    let is = if finding.predicate.starts_with('是') { "" } else { "是" };
    format!("“{words}”的意思{is}{}", finding.predicate)
}

fn setting(finding: &Finding) -> String {
    let window = finding.window.map(|w| w.describe()).unwrap_or_default();
    format!("{window}{}", finding.place_label)
}

/// The reason of a verdict on one value.
pub(crate) fn of_one(reading: &Reading, words: &str, finding: &Finding) -> String {
    let opening = opening(words, finding);
    let setting = setting(finding);
    let source = if finding.forecast { "预测值" } else { "台账值" };
    let shown = finding.actual.map_or_else(|| "未知".to_owned(), |a| shown(a, reading));
    match finding.conclusion {
        Conclusion::Proven => {
            let warning = style_warning(reading, finding.actual);
            format!("{opening};{setting}的{source}{},相符{warning}", is(&shown))
        }
        Conclusion::Unprovable => {
            format!("{opening};{setting}的{source}{},还不能证实{}", is(&shown), gaps(&finding.gaps))
        }
        _ => {
            let gap = finding.actual.map(|a| difference(reading, a)).unwrap_or_default();
            let advice = match &finding.suggestion {
                Some(words) => format!("请改为“{words}”,或查清台账后再核"),
                None => "请改正文字,或查清台账后再核".to_owned(),
            };
            format!("{opening};{setting}的{source}{}{gap};{advice}", is(&shown))
        }
    }
}

/// The reason of a verdict on every member of a kind of place.
pub(crate) fn of_members(reading: &Reading, words: &str, finding: &Finding) -> String {
    let opening = opening(words, finding);
    let window = finding.window.map(|w| w.describe()).unwrap_or_default();
    let (count, members) = (finding.members.len(), &finding.members);
    let first = |truth: Truth3| members.iter().find(|m| m.truth == truth);
    if let Some(member) = first(Truth3::Fails) {
        let others = members.iter().filter(|m| m.truth == Truth3::Fails).count() - 1;
        let more =
            if others > 0 { format!(",另有 {others} 个也不满足") } else { String::new() };
        let gap = difference(reading, member.actual);
        return format!(
            "{opening};{window}{}{}{gap}{more};请改正文字,或查清台账后再核",
            member.label,
            is(&shown(member.actual, reading))
        );
    }
    if let Some(member) = first(Truth3::Open) {
        return format!(
            "{opening};{window}{}{},还不能证实{}",
            member.label,
            is(&shown(member.actual, reading)),
            gaps(&member.gaps)
        );
    }
    let lowest = members.iter().min_by_key(|m| m.actual.amount.low);
    let lowest = lowest
        .map(|m| format!(",最低的是{} {}", m.label, shown(m.actual, reading)))
        .unwrap_or_default();
    format!("{opening};{window}全部 {count} 个都满足{lowest}")
}

/// The reason of a verdict on a series.
pub(crate) fn of_series(reading: &Reading, words: &str, finding: &Finding) -> String {
    let opening = opening(words, finding);
    let place = &finding.place_label;
    let listed = finding
        .members
        .iter()
        .map(|m: &Member| format!("{} {}", m.label, shown(m.actual, reading)))
        .collect::<Vec<_>>()
        .join("、");
    match finding.conclusion {
        Conclusion::Proven => format!("{opening};{place}各期是 {listed},相符"),
        Conclusion::Unprovable => {
            let why = if finding.gaps.is_empty() {
                ":期数不够;请让 last 大一些".to_owned()
            } else {
                gaps(&finding.gaps)
            };
            format!("{opening};{place}各期是 {listed},还不能证实{why}")
        }
        _ => format!("{opening};{place}各期是 {listed},不符;请改正文字,或查清台账后再核"),
    }
}

/// The two values of a change: `2022年 4 起、2023年 3 起,变化 -25%`.
pub(crate) fn change(
    label: Option<&str>,
    earlier: &Value,
    later: &Value,
    by: Option<Quantity>,
) -> String {
    let value = |v: &Value| {
        let actual = Actual { amount: v.amount, unit: v.unit };
        format!("{} {}", v.window.describe(), actual.describe())
    };
    let by = by.map_or_else(
        || "变化不能断定".to_owned(),
        |by| format!("变化 {}", describe_number(by.value, by.unit)),
    );
    format!("{}{}、{},{by}", label.unwrap_or(""), value(earlier), value(later))
}

/// The reason of a verdict on a change.
pub(crate) fn of_change(words: &str, finding: &Finding, said: &[String]) -> String {
    let opening = opening(words, finding);
    let listed = said.join(";");
    let end = match finding.conclusion {
        Conclusion::Proven => ",相符".to_owned(),
        Conclusion::Unprovable => format!(",还不能证实{}", gaps(&finding.gaps)),
        _ => ",不符;请改正文字,或查清台账后再核".to_owned(),
    };
    format!("{opening};{}台账值是 {listed}{end}", finding.place_label)
}

/// `是 3 起`, but `不少于 3 起` and `未知` as they are.
fn is(shown: &str) -> String {
    let verb = if shown.starts_with(['不', '未']) { "" } else { "是 " };
    format!("{verb}{shown}")
}

/// The value in the unit of the words, so that both can be compared by eye.
fn shown(actual: Actual, reading: &Reading) -> String {
    let Some(unit) = reading.predicate.unit() else { return actual.describe() };
    let convert = |number: Option<Decimal>| {
        number.map(|n| Quantity::new(n, actual.unit).to(unit).map(|q| q.value)).transpose()
    };
    match (convert(actual.amount.low), convert(actual.amount.high)) {
        (Ok(low), Ok(high)) => Actual { amount: figure::Interval { low, high }, unit }.describe(),
        _ => actual.describe(),
    }
}

/// How far a known value lies from the number written: `,少 7 起`.
fn difference(reading: &Reading, actual: Actual) -> String {
    let (Some(said), Some(value)) = (reading.quantity, actual.amount.value()) else {
        return String::new();
    };
    let Ok(value) = Quantity::new(value, actual.unit).to(said.unit) else { return String::new() };
    let Some(by) = value.value.checked_sub(said.value) else { return String::new() };
    if by.is_zero() || said.unit.class() == Class::Rank {
        return String::new();
    }
    let word = if by.is_sign_negative() { "少" } else { "多" };
    let unit = if said.unit.class() == Class::Share { points() } else { said.unit };
    format!(",比 {said} {word} {}", describe_number(by.abs(), unit))
}

/// Two shares differ by percentage points and not by per cent.
fn points() -> Unit {
    Unit::parse("个百分点").unwrap_or_else(|_| Unit::percent())
}

fn style_warning(reading: &Reading, actual: Option<Actual>) -> String {
    let value = actual.and_then(|a| {
        let value = Quantity::new(a.amount.value()?, a.unit);
        let unit = reading.predicate.unit()?;
        Some(value.to(unit).ok()?.value)
    });
    value
        .and_then(|v| reading.predicate.style_warning(v))
        .map(|warning| format!("(提示:{warning})"))
        .unwrap_or_default()
}

/// Words in the same manner that the value would prove; `None` when the
/// words are not refuted by a known value or cannot be rewritten truly.
pub(crate) fn suggestion(
    reading: &Reading,
    truth: Truth3,
    value: &Value,
    lexicon: &Lexicon,
) -> Option<String> {
    if truth == Truth3::Fails { rewritten(reading, value, lexicon) } else { None }
}

/// Words in the manner of a reading that are true of a value; `None` where the value is not
/// known or the manner holds no number.
pub(crate) fn rewritten(reading: &Reading, value: &Value, lexicon: &Lexicon) -> Option<String> {
    reading.manner.number.as_ref()?;
    let quantity = Quantity::new(value.amount.value()?, value.unit);
    let words = write(&reading.manner, quantity);
    proves(&words, quantity, lexicon).then_some(words)
}

/// Words of a change in the manner of a reading; `None` where the verb that would have to
/// turn stands outside the words.
pub(crate) fn changed(
    reading: &Reading,
    words: &str,
    by: Quantity,
    lexicon: &Lexicon,
) -> Option<String> {
    let Predicate::Change { direction, .. } = &reading.predicate else { return None };
    reading.manner.number.as_ref()?;
    let own = read_claim_with(words, lexicon).ok()?;
    let verb_inside = matches!(own.predicate, Predicate::Change { .. });
    let turns = (*direction == prose::Direction::Up) == by.value.is_sign_negative();
    if by.value.is_zero() || (turns && !verb_inside) {
        return None;
    }
    let size = Quantity::new(by.value.abs(), by.unit);
    let new = write(&reading.manner, if verb_inside { by } else { size });
    let again = match read_claim_with(&new, lexicon).ok()?.predicate {
        Predicate::Change { amount, .. } => *amount,
        other => other,
    };
    let value = size.to(again.unit()?).ok()?.value;
    (judge(&again, &figure::Interval::exact(value)) == Truth3::Holds).then_some(new)
}

/// Whether words, read again, are true of a quantity.
fn proves(words: &str, quantity: Quantity, lexicon: &Lexicon) -> bool {
    let Ok(reading) = read_claim_with(words, lexicon) else { return false };
    let unit = reading.predicate.unit().unwrap_or(quantity.unit);
    let Ok(value) = quantity.to(unit) else { return false };
    judge(&reading.predicate, &figure::Interval::exact(value.value)) == Truth3::Holds
}

/// Digits after the point of a number that the program writes by itself.
const WRITTEN_PLACES: u32 = 2;

/// A quantity as a report would print it: money in 万元 from 10 000 元 on, at
/// most two digits after the point unless that would hide the figure.
pub(crate) fn plain_words(quantity: Quantity) -> String {
    let ten_thousand = Decimal::from(10_000);
    let large = quantity.unit.to_string() == "元" && quantity.value.abs() >= ten_thousand;
    let shown = match Unit::parse("万元") {
        Ok(unit) if large => quantity.to(unit).unwrap_or(quantity),
        _ => quantity,
    };
    let scale = shown.value.normalize().scale();
    let places = if large && scale <= 4 { scale } else { scale.min(WRITTEN_PLACES) };
    write(&Manner::plain(shown.unit, places), shown)
}
