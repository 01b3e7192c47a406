//! What stands behind a number and its unit and belongs to it.

use ::figure::{Class, Decimal};

/// What stands behind a unit and moves the number before it: 二亩半, 六块五, 三支出头.
#[derive(Default)]
pub(in crate::figure) struct Tail {
    /// How much more it is, in the unit as written, and the last digit that is told.
    pub(in crate::figure) value: Option<(Decimal, Decimal)>,
    pub(in crate::figure) length: usize,
    /// Whether it is money that has no other word for it than 块.
    pub(in crate::figure) money: bool,
    /// Whether it is somewhat more than told.
    pub(in crate::figure) more: bool,
}

impl Tail {
    /// `whole`: whether the number before it has nothing behind the point.
    pub(in crate::figure) fn read(
        behind: &[char],
        class: Option<Class>,
        unit: &str,
        whole: bool,
    ) -> Tail {
        const MORE: &[&str] = &["出头", "挂零", "冒头", "有余", "开外"];
        let more = MORE.iter().any(|word| behind.iter().copied().take(2).eq(word.chars()));
        let ends = |at: usize| behind.get(at).is_none_or(|c| !c.is_alphanumeric());
        let tenth = Decimal::new(1, 1);
        let measured = matches!(
            class,
            Some(Class::Multiples | Class::Length | Class::Area | Class::Mass | Class::Volume)
        );
        // 两倍半 is half a time more than 两倍, and so is 两亩半; 三公里半程 is none.
        let goes_on = behind.get(1).is_some_and(|c| "程径年天小个月成数".contains(*c));
        if whole && measured && behind.first() == Some(&'半') && !goes_on {
            let value = Some((Decimal::new(5, 1), tenth));
            return Tail { value, length: 1, ..Tail::default() };
        }
        let digit = behind.first().and_then(|c| "一二三四五六七八九".find(*c)).map(|at| at / 3 + 1);
        let money = unit == "块";
        // 九成二 and 三成半 are tenths with a digit more.
        let numeral = behind.get(1).is_some_and(|c| "次个人户家项年月日十百千万".contains(*c));
        let tenths = digit.filter(|_| unit == "成" && !numeral);
        if unit == "成" && behind.first() == Some(&'半') {
            let value = Some((Decimal::from(5), Decimal::ONE));
            return Tail { value, length: 1, ..Tail::default() };
        }
        if let Some(digit) = tenths.and_then(|digit| u32::try_from(digit).ok()) {
            let value = Some((Decimal::from(digit), Decimal::ONE));
            return Tail { value, length: 1, ..Tail::default() };
        }
        match digit.and_then(|digit| u32::try_from(digit).ok()) {
            // 六块五, and not 六块五亩大的地.
            Some(digit) if money && (ends(1) || matches!(behind[1], '钱' | '毛' | '角')) => {
                let value = Decimal::from(digit).checked_mul(tenth).map(|more| (more, tenth));
                Tail { value, length: 1, money, more }
            }
            _ => Tail { more, ..Tail::default() },
        }
    }
}

/// What a number without a unit is written in: 万 in 71.38万.
pub(super) fn magnitude(words: &str) -> Option<Decimal> {
    if !words.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match words.chars().last()? {
        '万' => Some(Decimal::from(10_000)),
        '亿' => Some(Decimal::from(100_000_000)),
        _ => None,
    }
}
