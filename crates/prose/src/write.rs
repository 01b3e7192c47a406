//! Writing a value in the manner of the words it replaces.

use figure::{Class, Decimal, Quantity, decimal_text, round_half_up};

use crate::manner::{Manner, MarkPlace, NumberForm};
use crate::numeral::{NumberStyle, write_number};
use crate::predicate::{ABOUT_PER_CENT, Direction};
use crate::words::Op;

/// Words of growth with those of decline that take their place, longest first.
const TURNS: &[(&str, &str)] = &[
    ("增长", "下降"),
    ("提升", "下降"),
    ("上升", "下降"),
    ("增加", "减少"),
    ("提高", "降低"),
    ("上涨", "下跌"),
    ("增幅", "降幅"),
    ("增", "降"),
];

/// Writes a value so that the words are true of it and keep their manner: a 余
/// stays a 余 on the largest round number below with as many digits (or one more, where that
/// would be far off), 突破 and
/// 以上 move to the largest round number that holds, 不超过 to the smallest, and
/// a bare number keeps its places after the point.
///
/// 余, 近 and 约 give way to the bare number where the value is round itself,
/// and 增长 becomes 下降 where the sign turned. A value of another class of unit
/// is written in its own unit. Words without a number are returned as they are:
/// no value can be put into 未发生一起, so the caller has to ask for new words.
pub fn write(manner: &Manner, quantity: Quantity) -> String {
    let Some(form) = &manner.number else {
        return format!("{}{}", manner.before, manner.after);
    };
    let Ok(converted) = quantity.to(form.unit) else {
        return format!("{}{quantity}{}", manner.before, manner.after);
    };
    let (before, value) = directed(manner, converted.value);
    let share = form.chinese && form.unit.class() == Class::Share;
    let significant = if share { 2 } else { form.significant };
    let places = if share { 1 } else { form.places };
    let chosen = match manner.op {
        _ if value <= Decimal::ZERO => None,
        Op::Equal => None,
        Op::Over => Some(round_below(value, significant)).filter(|n| *n < value),
        Op::Near => Some(above(value, significant)).filter(|n| *n > value),
        Op::About => Some(about(value, significant)),
        Op::AtLeast => Some(below(value, significant)),
        Op::MoreThan => strictly_below(value, significant),
        Op::AtMost => Some(above(value, significant)),
        Op::LessThan => Some(strictly_above(value, significant)),
    };
    let Some(number) = chosen else { return exact(manner, form, &before, value, places) };
    format!("{before}{}{}", spelled(form, &decimal_text(number), number, form.mark), manner.after)
}

/// The round number below a value that 余 stands behind: with one digit more where as many as
/// before would leave out more than a third, so that 163 becomes 160余 and not 100余.
fn round_below(value: Decimal, significant: u32) -> Decimal {
    let round = below(value, significant);
    let far = (value - round) * Decimal::from(3) > round;
    if far { below(value, significant + 1) } else { round }
}

/// The words before the number and the size of the value. A change is written
/// by its size, and its verb turns with its sign.
fn directed(manner: &Manner, value: Decimal) -> (String, Decimal) {
    let before = manner.before.clone();
    let rising = match manner.direction {
        None => return (before, value),
        Some(direction) => direction == Direction::Up,
    };
    if value.is_zero() || rising == value.is_sign_positive() {
        return (before, value.abs());
    }
    let turned = TURNS.iter().find_map(|(up, down)| {
        let (old, new) = if rising { (up, down) } else { (down, up) };
        let at = before.rfind(old)?;
        Some(format!("{}{new}{}", &before[..at], &before[at + old.len()..]))
    });
    match turned {
        Some(words) => (words, value.abs()),
        None => (before, value),
    }
}

/// The bare number. Words that need more than a number (近, 突破) are taken off,
/// since the value is not beyond a round number.
fn exact(manner: &Manner, form: &NumberForm, before: &str, value: Decimal, places: u32) -> String {
    let mut rounded = round_half_up(value, places);
    let mut places = places;
    // 99.97% may not become 100%, which says that nothing is missing.
    let whole = form.unit.class() == Class::Share && rounded == Decimal::ONE_HUNDRED;
    while whole && rounded == Decimal::ONE_HUNDRED && value != Decimal::ONE_HUNDRED && places < 28 {
        places += 1;
        rounded = round_half_up(value, places);
    }
    // Nothing is 0 and not 0.00, and a little may not become nothing.
    if value.is_zero() {
        (rounded, places) = (Decimal::ZERO, 0);
    }
    while rounded.is_zero() && !value.is_zero() && places < 28 {
        places += 1;
        rounded = round_half_up(value, places);
    }
    let (mut before, mut after) = (before, manner.after.as_str());
    if manner.op != Op::Equal {
        let lead = crate::words::BEFORE.iter().find(|b| before.ends_with(b.word));
        before = lead.map_or(before, |b| &before[..before.len() - b.word.len()]);
        let tail = crate::words::AFTER.iter().find(|(word, _)| after.starts_with(word));
        after = tail.map_or(after, |(word, _)| &after[word.len()..]);
        rounded = value.normalize();
        places = rounded.scale();
    }
    let text = format!("{:.*}", places as usize, rounded);
    format!("{before}{}{after}", spelled(form, &text, rounded, None))
}

/// Number, 余 and unit in the order the form has them.
fn spelled(
    form: &NumberForm,
    digits: &str,
    value: Decimal,
    mark: Option<(char, MarkPlace)>,
) -> String {
    let share = form.unit.class() == Class::Share;
    let number = if form.chinese && !share {
        chinese(value)
    } else if form.grouped {
        let (integer, fraction) =
            digits.split_once('.').map_or((digits, None), |(i, f)| (i, Some(f)));
        let grouped =
            integer.parse().map_or(integer.to_owned(), |i| write_number(i, NumberStyle::Grouped));
        fraction.map_or(grouped.clone(), |f| format!("{grouped}.{f}"))
    } else {
        digits.to_owned()
    };
    let (gap, unit) = (&form.gap, &form.unit_text);
    match mark {
        None => format!("{number}{gap}{unit}"),
        Some((mark, MarkPlace::AfterUnit)) => format!("{number}{gap}{unit}{mark}"),
        Some((mark, MarkPlace::BeforeMagnitude)) => format!("{number}{mark}{gap}{unit}"),
        Some((mark, MarkPlace::BeforeUnit)) => {
            let sizes = ["百万", "千万", "万", "亿", "千", "百"];
            let size = sizes.iter().find(|s| unit.starts_with(**s)).map_or(0, |s| s.len());
            format!("{number}{gap}{}{mark}{}", &unit[..size], &unit[size..])
        }
    }
}

/// A Chinese number before a counter, where 二 is said 两.
fn chinese(value: Decimal) -> String {
    if value == Decimal::TWO { "两".to_owned() } else { write_number(value, NumberStyle::Chinese) }
}

/// The place of the last digit that a number of so many digits keeps.
fn place(value: Decimal, significant: u32) -> Decimal {
    let mut place = Decimal::ONE;
    while value >= place * Decimal::TEN {
        place *= Decimal::TEN;
    }
    while value < place && place.scale() < 20 {
        place /= Decimal::TEN;
    }
    for _ in 1..significant.min(20) {
        place /= Decimal::TEN;
    }
    place.normalize()
}

fn below(value: Decimal, significant: u32) -> Decimal {
    let place = place(value, significant);
    ((value / place).floor() * place).normalize()
}

fn above(value: Decimal, significant: u32) -> Decimal {
    let place = place(value, significant);
    ((value / place).ceil() * place).normalize()
}

fn strictly_below(value: Decimal, significant: u32) -> Option<Decimal> {
    let number = below(value, significant);
    let lower = if number < value { number } else { number - place(value, significant) };
    (lower > Decimal::ZERO).then(|| lower.normalize())
}

fn strictly_above(value: Decimal, significant: u32) -> Decimal {
    let number = above(value, significant);
    if number > value { number } else { (number + place(value, significant)).normalize() }
}

/// The roundest number that 约 may be said with.
fn about(value: Decimal, significant: u32) -> Decimal {
    let near = |number: Decimal| {
        (value - number).abs() * Decimal::ONE_HUNDRED <= number * Decimal::from(ABOUT_PER_CENT)
    };
    let rounded = |digits: u32| {
        let place = place(value, digits);
        (round_half_up(value / place, 0) * place).normalize()
    };
    (significant.max(1)..20).map(rounded).find(|number| near(*number)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Truth3, judge, read_claim};
    use figure::{Interval, Unit};
    use proptest::prelude::*;

    fn check(words: &str, value: &str, unit: &str, expected: &str) {
        let reading = read_claim(words).unwrap_or_else(|e| panic!("{e}"));
        let quantity = Quantity::new(value.parse().unwrap(), Unit::parse(unit).unwrap());
        assert_eq!(write(&reading.manner, quantity), expected, "{words} with {value}{unit}");
    }

    #[test]
    fn a_value_keeps_the_manner_of_the_words() {
        for (words, value, unit, expected) in [
            ("11次", "12", "次", "12次"),
            ("排查300余次", "456", "次", "排查400余次"),
            ("300余次", "400", "次", "400次"),
            ("50余万元", "678000", "元", "60余万元"),
            ("13.3万余车次", "145678", "车次", "14.5万余车次"),
            ("3年多", "4.5", "年", "4年多"),
            ("近3000人", "1950", "人", "近2000人"),
            ("近3000人", "2000", "人", "2000人"),
            ("约51亿元", "6249000000", "元", "约62亿元"),
            ("突破6000亩", "7200", "亩", "突破7000亩"),
            ("突破6000亩", "6000", "亩", "突破5000亩"),
            ("均达到30万元以上", "285000", "元", "均达到20万元以上"),
            ("均达到30万元以上", "300000", "元", "均达到30万元以上"),
            ("不超过20户", "34", "户", "不超过40户"),
            ("不足20户", "30", "户", "不足40户"),
            ("38.605万元", "391234.4", "元", "39.123万元"),
            ("1.10亿元", "123000000", "元", "1.23亿元"),
            ("90.9%", "91", "%", "91.0%"),
            ("达标率100%", "99.97", "%", "达标率99.97%"),
            ("达标率100%", "100", "%", "达标率100%"),
            ("1,050人", "12345", "人", "12,345人"),
            ("三个村", "2", "个", "两个村"),
            ("同比增长5.2%", "-3", "%", "同比下降3.0%"),
            ("同比下降5%", "-3.4", "%", "同比下降3%"),
            ("156 人", "160", "人", "160 人"),
            ("三分之二以上", "61.25", "%", "61%以上"),
            ("未发生一起森林火灾", "2", "起", "未发生一起森林火灾"),
            ("11次", "3", "户", "3户"),
        ] {
            check(words, value, unit, expected);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_true(cents in 1_i64..100_000_000, which in 0_usize..12) {
            let words = [
                "300余亩", "近3000亩", "约51亩", "突破6000亩", "30万亩以上", "不超过20亩", "不足20亩",
                "38.605万亩", "11亩", "13.3万余亩", "三十多亩", "逾500亩",
            ][which];
            let value = Decimal::new(cents, 2);
            let manner = read_claim(words).unwrap().manner;
            let written = write(&manner, Quantity::new(value, Unit::parse("亩").unwrap()));
            let reading = read_claim(&written).unwrap();
            let unit = reading.predicate.unit().unwrap();
            let actual = Quantity::new(value, Unit::parse("亩").unwrap()).to(unit).unwrap().value;
            let truth = judge(&reading.predicate, &Interval::exact(actual));
            prop_assert_eq!(truth, Truth3::Holds, "{} of {}", written, value);
        }
    }
}
