//! Numbers in words: Arabic, Chinese, and the two mixed.

use std::borrow::Cow;

use figure::Decimal;
use thiserror::Error;

mod fault;
mod read;
mod share;
mod write;

pub use write::{NumberStyle, write_number};

/// How much freedom the writing of a number may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only numbers in full form: 两千三百 is refused for 二千三百, a gap needs 零,
    /// and Chinese and Arabic do not mix.
    Strict,
    /// Also 两, digits one by one (二〇二三), a last digit without its place
    /// (两千三), and missing or needless 零 (一千五十).
    Normal,
    /// Also mixed writing (1.18亿, 3万5千).
    Smart,
}

/// Why words are no number.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing is left to read.
    #[error("没有数字可读;请写数字,如 105、一百零五、1.18亿")]
    Empty,
    /// A character has no place in a number.
    #[error("“{text}”里的“{found}”不是数字;请写 105、一百零五、1.18亿 一类的数")]
    Character {
        /// The words.
        text: String,
        /// The character.
        found: char,
    },
    /// The characters are numerals, and do not form a number.
    #[error("“{text}”不成一个数;请核对位数词(十、百、千、万、亿)的次序")]
    Order {
        /// The words.
        text: String,
    },
    /// The words tell a number only roughly.
    #[error(
        "“{text}”是约数或者范围,不是一个确定的数;它的意思请用 zhenzhang claims 连同单位和整句一起读"
    )]
    Approximate {
        /// The words.
        text: String,
    },
    /// A unit stands behind the number.
    #[error(
        "“{text}”是数“{number}”带单位“{unit}”;这里请只写数,带单位的说法请用 zhenzhang claims 读"
    )]
    WithUnit {
        /// The words.
        text: String,
        /// The number.
        number: String,
        /// The unit.
        unit: String,
    },
    /// The point lacks digits on one side.
    #[error("“{text}”的小数点前后都要有数字;请写 0.5、零点五 一类的数")]
    Point {
        /// The words.
        text: String,
    },
    /// A fraction has nothing below.
    #[error("“{text}”的分母是零,不成一个数")]
    ZeroBelow {
        /// The words.
        text: String,
    },
    /// The number has more than 28 digits.
    #[error("“{text}”太长,最多 28 位数字")]
    Overflow {
        /// The words.
        text: String,
    },
}

/// Reads a number written in any of the ways that reports use: `1,050`,
/// `１０５`, `一百零五`, `二〇二三`, `两千三`, `壹佰`, `1.18亿`, `3万5千`, `90%`,
/// `百分之九十`, `三分之二`, `八成`, `两成半`. Shares become fractions of one.
pub fn parse_number(text: &str) -> Result<Decimal, NumberError> {
    parse_number_in(text, Mode::Smart)
}

/// Reads a number and refuses what the mode does not allow.
pub fn parse_number_in(text: &str, mode: Mode) -> Result<Decimal, NumberError> {
    let text = text.trim();
    parse(text, mode).map_err(|error| fault::explain(text, error))
}

/// The number that words are, for whoever does not ask why they are none.
pub(crate) fn number(text: &str) -> Option<Decimal> {
    parse(text.trim(), Mode::Smart).ok()
}

fn parse(text: &str, mode: Mode) -> Result<Decimal, NumberError> {
    let plain = plain(text);
    let (rest, negative) = match plain.strip_prefix(['-', '负', '−', '負']) {
        Some(rest) => (rest, true),
        None => (plain.strip_prefix('+').unwrap_or(&plain), false),
    };
    // Digits alone are neither the sum of a voucher nor a share.
    let digits = rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    if !digits && let Some(value) = read::voucher(rest, mode) {
        return Ok(if negative { -value } else { value });
    }
    let value = if digits { None } else { share::read(rest, mode, text)? };
    let value = match value {
        Some(value) => value,
        None => read::read(rest, mode).map_err(|e| e.about(text))?,
    };
    if value.abs() >= Decimal::MAX {
        Err(overflow(text))
    } else {
        Ok(if negative { -value } else { value })
    }
}

fn overflow(text: &str) -> NumberError {
    NumberError::Overflow { text: text.to_owned() }
}

/// Words with their digits and marks in half-width form.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { text.into() } else { text.chars().map(half_width).collect() }
}

/// The half-width form of digits and of the marks that numbers use.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '％' | '－' | '＋' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        c => c,
    }
}

/// The digit that a Chinese character stands for, with its formal variants.
pub(crate) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '幺' => 1,
        '二' | '贰' | '两' | '貳' | '兩' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten that a character multiplies by.
pub(crate) fn chinese_place(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let value = parse_number(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(value.normalize().to_string(), expected, "{text}");
    }

    fn refused(text: &str, mode: Mode) {
        assert!(parse_number_in(text, mode).is_err(), "{text} in {mode:?}");
    }

    #[test]
    fn numbers_are_read() {
        for (text, expected) in [
            ("105", "105"),
            ("1,050", "1050"),
            ("1，234，567.5", "1234567.5"),
            ("１０５", "105"),
            ("-3.20", "-3.2"),
            ("负五", "-5"),
            ("零", "0"),
            ("十", "10"),
            ("十五", "15"),
            ("一十五", "15"),
            ("二十", "20"),
            ("一百零五", "105"),
            ("一百一十", "110"),
            ("一百五", "150"),
            ("二〇二三", "2023"),
            ("二○一二", "2012"),
            ("两千三", "2300"),
            ("两千零三", "2003"),
            ("两千零三十", "2030"),
            ("三万五", "35000"),
            ("三万零五", "30005"),
            ("一点五", "1.5"),
            ("三点一四万", "31400"),
            ("十五点五", "15.5"),
            ("十五点五万", "155000"),
            ("壹佰", "100"),
            ("叁万贰仟壹佰", "32100"),
            ("1.18亿", "118000000"),
            ("3万5千", "35000"),
            ("3万5", "35000"),
            ("10万", "100000"),
            ("1千2百", "1200"),
            ("5百万", "5000000"),
            ("三亿五千万", "350000000"),
            ("一万亿", "1000000000000"),
            ("一亿零一", "100000001"),
            ("一亿零一千", "100001000"),
            ("一亿一千万", "110000000"),
            ("一千零一万零一十", "10010010"),
            ("百分之九十", "0.9"),
            ("百分之九十点五", "0.905"),
            ("千分之三", "0.003"),
            ("90%", "0.9"),
            ("5‰", "0.005"),
            ("三分之二", "0.6666666666666666666666666667"),
            ("二又二分之一", "2.5"),
            ("八成", "0.8"),
            ("两成半", "0.25"),
            ("三成五", "0.35"),
            ("廿三", "23"),
            ("廿", "20"),
            ("卅", "30"),
            ("卅六", "36"),
            ("一半", "0.5"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "  ",
            "数",
            "一百二百",
            "十百",
            "12,34",
            "1.2.3",
            "点五点",
            "零分之三",
            "%",
            "万万万",
        ] {
            refused(text, Mode::Smart);
        }
        assert_eq!(
            parse_number("一百斗").unwrap_err(),
            NumberError::Character { text: "一百斗".to_owned(), found: '斗' }
        );
        assert!(matches!(parse_number(&"9".repeat(40)), Err(NumberError::Overflow { .. })));
    }

    fn told(text: &str, part: &str) {
        let message = parse_number(text).expect_err(text).to_string();
        assert!(message.contains(part), "{text}: {message}");
    }

    #[test]
    fn what_is_more_than_a_number_is_told_as_such() {
        for text in [
            "七八百",
            "五六十",
            "十七八",
            "300余",
            "3—5",
            "十几",
            "近百",
            "约300",
            "数百",
            "百余起",
        ] {
            told(text, "约数或者范围");
            told(text, "claims");
        }
        told("105起", "数“105”带单位“起”");
        told("30万元", "数“30万”带单位“元”");
        told("三百户", "数“三百”带单位“户”");
        told("零分之三", "分母是零");
        told("点五", "小数点前后都要有数字");
        told(".5", "小数点前后都要有数字");
        told("5.", "小数点前后都要有数字");
        told("1.2.3", "次序");
        told("一百二百", "次序");
    }

    #[test]
    fn stricter_modes_refuse_looser_writing() {
        for text in ["两千三", "二〇二三", "1.18亿", "一百五", "一千五十", "两百"]
        {
            refused(text, Mode::Strict);
        }
        for text in ["1.18亿", "3万5千"] {
            refused(text, Mode::Normal);
            assert!(parse_number(text).unwrap() > Decimal::ONE);
        }
        for text in [
            "一百零五",
            "十五",
            "一千零五十",
            "一万",
            "105",
            "一亿零一千",
            "一亿一千万",
            "一百五十点五",
        ] {
            assert!(parse_number_in(text, Mode::Strict).unwrap() > Decimal::ONE, "{text}");
        }
    }

    proptest! {
        #[test]
        fn written_numbers_read_back(n in any::<i64>(), scale in 0_u32..6) {
            let value = Decimal::new(n, scale);
            for style in [NumberStyle::Chinese, NumberStyle::Formal] {
                let text = write_number(value, style);
                prop_assert_eq!(parse_number(&text), Ok(value), "{}", &text);
                prop_assert_eq!(parse_number_in(&text, Mode::Strict), Ok(value), "{}", &text);
            }
            for style in [NumberStyle::Arabic, NumberStyle::Grouped] {
                let text = write_number(value, style);
                prop_assert_eq!(parse_number(&text), Ok(value), "{}", &text);
            }
        }

        #[test]
        fn any_text_is_answered(text in "[零一二两三百千万亿点分之成半0-9.,%十负]{0,12}") {
            let _ = parse_number_in(&text, Mode::Strict);
            if let Ok(value) = parse_number(&text) {
                prop_assert_eq!(parse_number(&write_number(value, NumberStyle::Arabic)), Ok(value));
            }
        }
    }
}
