//! Numbers line by line, for other programs and for the test suites of other readers.

use figure::decimal_text;
use prose::{Mode, Script};
use serde_json::{Value, json};

/// How each line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberMode {
    /// A number in Chinese, in the given freedom; Arabic digits only in the freest.
    Number(Mode),
    /// Digits one by one, zeros kept: 零零三.
    Direct,
    /// An amount of money.
    Money,
    /// The amounts of money in a sentence.
    FindMoney,
    /// A sentence with its numbers in another script.
    Rewrite(Script),
}

/// The modes by name, as the command line takes them.
const MODES: &[(&str, NumberMode)] = &[
    ("strict", NumberMode::Number(Mode::Strict)),
    ("normal", NumberMode::Number(Mode::Normal)),
    ("smart", NumberMode::Number(Mode::Smart)),
    ("direct", NumberMode::Direct),
    ("money", NumberMode::Money),
    ("find-money", NumberMode::FindMoney),
    ("arabic", NumberMode::Rewrite(Script::Arabic)),
    ("chinese", NumberMode::Rewrite(Script::Chinese)),
    ("arabic-digits", NumberMode::Rewrite(Script::ArabicDigits)),
    ("chinese-digits", NumberMode::Rewrite(Script::ChineseDigits)),
];

impl NumberMode {
    /// The mode of a name.
    pub fn named(name: &str) -> Option<NumberMode> {
        MODES.iter().find(|(known, _)| *known == name).map(|(_, mode)| *mode)
    }

    /// The names there are.
    pub fn names() -> Vec<&'static str> {
        MODES.iter().map(|(name, _)| *name).collect()
    }
}

/// Reads each line; one JSON a line, with the value or with `error`.
pub fn number_lines(text: &str, mode: NumberMode) -> Vec<Value> {
    text.lines().map(|line| number_line(line, mode)).collect()
}

fn number_line(line: &str, mode: NumberMode) -> Value {
    let refused =
        |error: &dyn std::fmt::Display| json!({ "text": line, "error": error.to_string() });
    match mode {
        NumberMode::Number(mode) => {
            let arabic = mode != Mode::Smart && line.contains(|c: char| c.is_ascii_digit());
            if arabic {
                return refused(&"这种读法只收汉字数字;混写请用 --mode smart");
            }
            match prose::parse_number_in(line, mode) {
                Ok(value) => json!({ "text": line, "value": decimal_text(value) }),
                Err(error) => refused(&error),
            }
        }
        NumberMode::Direct => match prose::direct_digits(line) {
            Some(digits) => json!({ "text": line, "value": digits }),
            None => refused(&"逐位读法只收数字、点和负号"),
        },
        NumberMode::Money => match prose::read_money(line) {
            Ok(money) => json!({
                "text": line,
                "low": decimal_text(money.low),
                "high": money.high.map(decimal_text),
                "currency": money.currency,
                "qualifier": money.qualifier.symbol(),
            }),
            Err(error) => refused(&error),
        },
        NumberMode::FindMoney => {
            let found: Vec<Value> = prose::find_money(line)
                .into_iter()
                .map(|range| json!({ "start": range.start, "end": range.end }))
                .collect();
            json!({ "text": line, "found": found })
        }
        NumberMode::Rewrite(script) => {
            json!({ "text": line, "value": prose::rewrite(line, script) })
        }
    }
}
