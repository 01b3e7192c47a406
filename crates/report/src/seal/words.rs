//! What stands in a seal, in words for people. A code without a word is shown as it is.

use std::collections::BTreeMap;

use figure::{Decimal, shown_text};

use super::{SealedAmount, SealedException, SealedMember, SealedVerdict};

/// A text, or that there is none.
pub(super) fn text(text: &str) -> String {
    if text.is_empty() { "无".to_owned() } else { format!("“{text}”") }
}

/// A text that may be missing.
pub(super) fn maybe(value: &Option<String>) -> String {
    value.as_deref().map_or_else(|| "无".to_owned(), text)
}

/// A list of texts.
pub(super) fn list(texts: &[String]) -> String {
    if texts.is_empty() { "无".to_owned() } else { format!("“{}”", texts.join("”“")) }
}

/// How many digits of a number are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// As many as everywhere else: a long fraction is rounded, and said to be.
    Shown,
    /// All.
    All,
}

fn digits(number: &str, digits: Digits) -> String {
    match (digits, number.parse::<Decimal>()) {
        (Digits::Shown, Ok(decimal)) => shown_text(decimal),
        _ => number.to_owned(),
    }
}

/// A number that may be unknown.
pub(super) fn number(value: &Option<String>, how: Digits) -> String {
    value.as_ref().map_or_else(|| "未知".to_owned(), |number| format!(" {}", digits(number, how)))
}

/// A count of records.
pub(super) fn records(count: &u64) -> String {
    format!(" {count} 条")
}

/// A count of words in the report.
pub(super) fn spots(count: &u64) -> String {
    format!(" {count} 处")
}

/// The number of an exception as people count.
pub(super) fn exception_number(number: &Option<u64>) -> String {
    number.map_or_else(|| "无".to_owned(), |n| format!("第 {} 条", n.saturating_add(1)))
}

/// Whether a relation holds.
pub(super) fn holds(holds: &Option<bool>) -> String {
    match holds {
        Some(true) => "成立",
        Some(false) => "不成立",
        None => "无法判断",
    }
    .to_owned()
}

/// A code of the document.
pub(super) fn code(code: &str) -> String {
    let word = match code {
        "proven" => "已证实",
        "refuted" => "不符",
        "unprovable" => "无法证实",
        "unbound" => "未绑定",
        "records" => "台账记录",
        "derived" => "由台账记录算得",
        "attested" => "上级文件或签字凭证",
        "final" => "已定",
        "provisional" => "未结账,暂定",
        "forecast" => "预测",
        "must" => "必须成立",
        "explain" => "可以说明",
        "value" => "值不同",
        "unit" => "单位不同",
        "subject" => "说的是别的事",
        "window" => "期间不同",
        "words" => "文字读不懂",
        "target" => "指标写得不对",
        "gap" => "台账还不齐",
        "holds" => "满足",
        "fails" => "不满足",
        "open" => "未定",
        other => other,
    };
    word.to_owned()
}

/// A code that may be missing.
pub(super) fn maybe_code(value: &Option<String>) -> String {
    value.as_deref().map_or_else(|| "无".to_owned(), code)
}

/// A value with its unit.
pub(super) fn amount(amount: &SealedAmount, how: Digits) -> String {
    let SealedAmount { value, low, high, unit } = amount;
    let shown = |number: &Option<String>| number.as_deref().map(|number| digits(number, how));
    match (shown(value), shown(low), shown(high)) {
        (Some(value), _, _) => format!(" {value} {unit}"),
        (None, Some(low), Some(high)) => format!(" {low} 至 {high} {unit}"),
        (None, Some(low), None) => format!("不少于 {low} {unit}"),
        (None, None, Some(high)) => format!("不超过 {high} {unit}"),
        (None, None, None) => format!("未知({unit})"),
    }
}

/// A value that may not have been asked for.
pub(super) fn maybe_amount(value: &Option<SealedAmount>, how: Digits) -> String {
    value.as_ref().map_or_else(|| "无".to_owned(), |value| amount(value, how))
}

/// Dimensions with their values.
pub(super) fn fixed(fixed: &BTreeMap<String, String>) -> String {
    let entries: Vec<String> = fixed.iter().map(|(k, v)| format!("{k}={v}")).collect();
    if entries.is_empty() { "无".to_owned() } else { entries.join(",") }
}

/// The values of places or periods.
pub(super) fn members(members: &[SealedMember], how: Digits) -> String {
    let one =
        |m: &SealedMember| format!("{}{}({})", m.label, amount(&m.amount, how), code(&m.truth));
    let all: Vec<String> = members.iter().map(one).collect();
    if all.is_empty() { "无".to_owned() } else { format!(" {}", all.join("、")) }
}

/// All exceptions of a report.
pub(super) fn exceptions(exceptions: &[SealedException]) -> String {
    let one = |e: &SealedException| {
        let about = [&e.words, &e.sentence, &e.relation];
        let about: Vec<&str> = about.into_iter().filter_map(|text| text.as_deref()).collect();
        format!("{}({};{};{})", about.join(" "), e.who, e.why, e.document)
    };
    let all: Vec<String> = exceptions.iter().map(one).collect();
    if all.is_empty() { "无".to_owned() } else { format!(" {}", all.join("、")) }
}

/// Conclusion and value of a whole verdict.
pub(super) fn verdict(verdict: &SealedVerdict) -> String {
    let value = match &verdict.actual {
        Some(value) => format!(",台账值{}", amount(value, Digits::Shown)),
        None => String::new(),
    };
    format!("{}{value}", code(&verdict.verdict))
}
