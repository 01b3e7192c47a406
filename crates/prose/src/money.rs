//! Amounts of money as people write them: 约4.287亿美元, 十块三毛, 两到三万港元.
//!
//! Reports count money in 元, and the search for claims reads them. This reads what stands on
//! vouchers, in contracts and in speech: formal digits, 角 and 分, other currencies, and two
//! amounts of which the lower one lends its unit from the upper.

use figure::Decimal;

use crate::numeral::{chinese_place, half_width, parse_number};
use crate::scan::{chinese_value, last_place};
use crate::{NumberError, Qualifier};

mod find;

pub use find::find_money;

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The amount, or the lower of two.
    pub low: Decimal,
    /// The upper amount of a range, and the end of 3000多 and 几十万.
    pub high: Option<Decimal>,
    /// 元, 美元, 港元 ….
    pub currency: &'static str,
    /// How the amount is meant.
    pub qualifier: Qualifier,
}

/// Names of currencies and what they are called here, longest first.
const CURRENCIES: &[(&str, &str)] = &[
    ("新台币", "新台币"),
    ("人民币", "元"),
    ("台币", "新台币"),
    ("港币", "港元"),
    ("港元", "港元"),
    ("美元", "美元"),
    ("美金", "美元"),
    ("日元", "日元"),
    ("日币", "日元"),
    ("欧元", "欧元"),
    ("英镑", "英镑"),
    ("卢布", "卢布"),
    ("泰铢", "泰铢"),
    ("澳元", "澳元"),
    ("韩元", "韩元"),
    ("加元", "加元"),
];

/// Words before an amount.
const BEFORE: &[(&str, Qualifier)] = &[
    ("大约", Qualifier::About),
    ("大概", Qualifier::About),
    ("约", Qualifier::About),
    ("不到", Qualifier::LessThan),
    ("不足", Qualifier::LessThan),
    ("低于", Qualifier::LessThan),
    ("小于", Qualifier::LessThan),
    ("少于", Qualifier::LessThan),
    ("大于", Qualifier::MoreThan),
    ("高于", Qualifier::MoreThan),
    ("不超过", Qualifier::AtMost),
    ("至多", Qualifier::AtMost),
    ("最多", Qualifier::AtMost),
    ("近", Qualifier::Near),
    ("至少", Qualifier::AtLeast),
    ("不少于", Qualifier::AtLeast),
    ("不低于", Qualifier::AtLeast),
    ("超过", Qualifier::MoreThan),
    ("突破", Qualifier::MoreThan),
    ("逾", Qualifier::MoreThan),
    ("超", Qualifier::MoreThan),
];

/// Words behind an amount.
const AFTER: &[(&str, Qualifier)] = &[
    ("(含)以上", Qualifier::AtLeast),
    ("及以上", Qualifier::AtLeast),
    ("以上", Qualifier::AtLeast),
    ("以下", Qualifier::AtMost),
    ("以内", Qualifier::AtMost),
    ("左右", Qualifier::About),
    ("上下", Qualifier::About),
];

/// Marks between two amounts, longest first.
const BETWEEN: &[&str] = &["——", "--", "—", "–", "-", "~", "～", "到", "至"];

/// Reads an amount of money.
pub fn read_money(text: &str) -> Result<Money, NumberError> {
    let order = || NumberError::Order { text: text.to_owned() };
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(plain_char).collect();
    let (mut words, currency) = take_currency(&plain);
    let mut qualifier = Qualifier::Exact;
    if let Some((word, meant)) = BEFORE.iter().find(|(word, _)| words.starts_with(word)) {
        (words, qualifier) = (words[word.len()..].to_owned(), *meant);
    }
    if let Some((word, meant)) = AFTER.iter().find(|(word, _)| words.ends_with(word)) {
        words.truncate(words.len() - word.len());
        qualifier = *meant;
    }
    let words = words.replace("(含)", "");
    let words = words.strip_prefix('从').unwrap_or(&words);
    let parts = BETWEEN.iter().find_map(|mark| {
        words.split_once(mark).filter(|(low, high)| !low.is_empty() && !high.is_empty())
    });
    let (low, high) = match parts {
        Some((low, high)) => {
            let upper = amount(high, text)?;
            let lower = lower_end(low, high, upper.0, text)?;
            qualifier = Qualifier::Range;
            (lower, Some(upper.0))
        }
        None => amount(words, text)?,
    };
    if high.is_some_and(|high| high <= low) {
        return Err(order());
    }
    if high.is_some() && qualifier == Qualifier::Exact {
        qualifier = Qualifier::Range;
    }
    Ok(Money { low, high, currency, qualifier })
}

/// Brackets, digits and formal characters in the form that is compared.
fn plain_char(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '圓' => '圆',
        c => half_width(c),
    }
}

/// The words without the name of their currency.
fn take_currency(words: &str) -> (String, &'static str) {
    match CURRENCIES.iter().find(|(name, _)| words.contains(name)) {
        Some((name, currency)) => (words.replace(name, ""), currency),
        None => (words.to_owned(), "元"),
    }
}

/// The lower of two amounts, which takes the size of the upper one where it has none and stays
/// below it: 两到三万 is twenty thousand to thirty thousand, 8500到3万 is not 85 million.
fn lower_end(low: &str, high: &str, upper: Decimal, text: &str) -> Result<Decimal, NumberError> {
    let value = amount(low, text)?.0;
    let bare = high.trim_end_matches(['元', '圆', '块', '钱', '整']);
    let last = bare.chars().last();
    let size = match last {
        Some('k' | 'K') => Some(3),
        Some('w' | 'W') => Some(4),
        Some(c) => chinese_place(c).filter(|power| *power > 1),
        None => None,
    };
    let own = low.contains(['万', '亿', '萬', '億', 'k', 'w']);
    let scaled = size.filter(|_| !own).and_then(|power| scale(value, power));
    Ok(scaled.filter(|scaled| *scaled < upper).unwrap_or(value))
}

fn scale(value: Decimal, power: u32) -> Option<Decimal> {
    value.checked_mul(Decimal::from(10_i64.checked_pow(power)?))
}

/// One amount: 元 with 角 and 分 behind it.
fn amount(words: &str, text: &str) -> Result<(Decimal, Option<Decimal>), NumberError> {
    let order = || NumberError::Order { text: text.to_owned() };
    let words = words.trim_end_matches(['钱', '整', '正']);
    let Some(at) = words.find(['元', '圆', '块']) else { return number(words, text) };
    let width = words[at..].chars().next().map_or(0, char::len_utf8);
    let (whole, high) = number(&words[..at], text)?;
    let mut rest = &words[at + width..];
    let mut small = Decimal::ZERO;
    for (names, places) in [(['角', '毛'], 1), (['分', '分'], 2)] {
        if let Some((digits, behind)) = rest.split_once(names) {
            let count = parse_number(digits)?;
            small = small.checked_add(count * Decimal::new(1, places)).ok_or_else(order)?;
            rest = behind;
        }
    }
    if !rest.is_empty() {
        return Err(order());
    }
    Ok((whole.checked_add(small).ok_or_else(order)?, high))
}

/// The number before 元: 15k, 两个亿, 几十万, 3000多, 八九亿.
fn number(words: &str, text: &str) -> Result<(Decimal, Option<Decimal>), NumberError> {
    let order = || NumberError::Order { text: text.to_owned() };
    let sized = |words: &str, power| -> Result<(Decimal, Option<Decimal>), NumberError> {
        let value = parse_number(words)?;
        Ok((scale(value, power).ok_or_else(order)?, None))
    };
    if let Some(words) = words.strip_suffix(['k', 'K']) {
        return sized(words, 3);
    }
    if let Some(words) = words.strip_suffix(['w', 'W']) {
        return sized(words, 4);
    }
    let words = words.replace('个', "");
    if let Some(places) = words.strip_prefix(['几', '数']) {
        let place = parse_number(places)?;
        return Ok((place, place.checked_mul(Decimal::TEN)));
    }
    if let Some(at) = words.find(['几', '多', '余']) {
        let width = words[at..].chars().next().map_or(0, char::len_utf8);
        let (before, behind) = (&words[..at], &words[at + width..]);
        let size = if behind.is_empty() { Decimal::ONE } else { parse_number(behind)? };
        let value = parse_number(before)?;
        let step = last_place(value);
        let high = value.checked_add(step).and_then(|high| high.checked_mul(size));
        return Ok((value.checked_mul(size).ok_or_else(order)?, high));
    }
    let chinese = !words.contains(|c: char| c.is_ascii_digit());
    match chinese_value(&words).filter(|_| chinese) {
        Some((low, high)) => Ok((low, high)),
        None => Ok((parse_number(&words)?, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let money = read_money(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let high = money.high.map_or(String::new(), |high| format!("..{}", high.normalize()));
        let told =
            format!("{} {}{high} {}", money.qualifier, money.low.normalize(), money.currency);
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for (text, expected) in [
            ("9,120.50元", "= 9120.5 元"),
            ("3，210元", "= 3210 元"),
            ("6.5万港元", "= 65000 港元"),
            ("新台币 20.5 亿元", "= 2050000000 新台币"),
            ("12k左右", "约 12000 元"),
            ("7w上下", "约 70000 元"),
            ("五十二万零三百元二角五分", "= 520300.25 元"),
            ("贰佰萬圆整", "= 2000000 元"),
            ("三个亿卢布", "= 300000000 卢布"),
            ("八块五毛", "= 8.5 元"),
            ("近600万元", "近 6000000 元"),
            ("至少八千块钱以上", "≥ 8000 元"),
            ("不到2.5万台币", "< 25000 新台币"),
            ("80万元（含）以上", "≥ 800000 元"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn two_amounts_and_rough_ones_are_ranges() {
        for (text, expected) in [
            ("2000多欧元", "范围 2000..3000 欧元"),
            ("几十万块", "范围 100000..1000000 元"),
            ("数百万元人民币", "范围 1000000..10000000 元"),
            ("十几块钱", "范围 10..20 元"),
            ("从7500到2万港元", "范围 7500..20000 港元"),
            ("3——4万港币", "范围 30000..40000 港元"),
            ("两到四仟澳元", "范围 2000..4000 澳元"),
            ("六七亿韩元", "范围 600000000..700000000 韩元"),
            ("三五百块", "范围 300..500 元"),
            ("2万(含)-6万元", "范围 20000..60000 元"),
        ] {
            check(text, expected);
        }
        assert!(read_money("五万到两万元").is_err());
        assert!(read_money("若干元").is_err());
    }
}
