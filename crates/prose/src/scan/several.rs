//! 数百, 几十: a number of which only the place is told.

use figure::Decimal;

use super::{Figure, last_place};
use crate::cues::Cues;
use crate::numeral::chinese_place;
use crate::scan::unit::finish;
use crate::text::Text;

/// What makes 数 the end of another word: 人数百余人 is not 数百.
const COUNTED: &str = "人户件次总多少代倍指系位名起级基读函岁分无小整负票场股个头天期批条台套";

/// Reads 数 or 几 with the places behind it. They stand for two to nine of the
/// place: 数百 is 200 or more and less than 1000.
pub(crate) fn several_at(text: &Text<'_>, i: usize, counters: &Cues) -> Option<Figure> {
    if !matches!(text.at(i), '数' | '几') {
        return None;
    }
    let mut end = i + 1;
    while chinese_place(text.at(end)).is_some() {
        end += 1;
    }
    let compound = text.at(i) == '数' && COUNTED.contains(text.before(i));
    if end == i + 1 || text.has(end, "分之") || (compound && matches!(text.at(end), '余' | '多'))
    {
        return None;
    }
    // A last 万 or 亿 belongs to the unit, as in 数千万元.
    if end - i > 2 && matches!(text.before(end), '万' | '亿') {
        end -= 1;
    }
    let mut place = Decimal::ONE;
    for k in i + 1..end {
        let power = chinese_place(text.at(k))?;
        place = place.checked_mul(Decimal::from(10_i64.pow(power)))?;
    }
    let value = place.checked_mul(Decimal::TWO)?;
    let mut figure = Figure {
        start: i,
        end,
        value,
        high: place.checked_mul(Decimal::TEN),
        open: true,
        step: last_place(value),
        unit: None,
        unit_text: String::new(),
        chinese: true,
        grouped: false,
        bare: false,
        mark: None,
        gap: String::new(),
    };
    finish(text, &mut figure, counters);
    Some(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, i: usize, expected: Option<&str>) {
        let found = several_at(&Text::new(words), i, &Cues::default())
            .map(|f| format!("{}..{} {}", f.value, f.high.unwrap_or_default(), f.unit_text));
        assert_eq!(found.as_deref(), expected, "{words}");
    }

    #[test]
    fn only_the_place_is_told() {
        check("数百起", 0, Some("200..1000 起"));
        check("几十户", 0, Some("20..100 户"));
        check("数千万元", 0, Some("2000..10000 万元"));
        check("几十万亩", 0, Some("20..100 万亩"));
        check("群众数百余人", 2, Some("200..1000 人"));
        check("人数百余人", 1, None);
        check("几个", 0, None);
        check("数一百", 0, None);
    }
}
