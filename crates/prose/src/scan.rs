//! Reading of one number with its unit at a place in a text.

use figure::{Decimal, Quantity, Unit};

use crate::cues::Cues;
use crate::manner::MarkPlace;
use crate::numeral::{
    Mode, chinese_digit, chinese_place, half_width, parse_number, parse_number_in,
};
use crate::text::Text;

mod fraction;
mod left_out;
mod listed;
mod range;
mod several;
mod spaced;
mod symbols;
mod unit;

pub(crate) use several::several_at;
pub(crate) use unit::{is_foreign, unit_at};

use fraction::{fraction_at, slashed};
use range::lower_end;
use spaced::{is_group_space, spaced_end};
use unit::finish;

/// A number as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// First character of the number.
    pub(crate) start: usize,
    /// After the number, its 余 and its unit.
    pub(crate) end: usize,
    /// The number before the unit, with the digits it shows.
    pub(crate) value: Decimal,
    /// The upper number of a range.
    pub(crate) high: Option<Decimal>,
    /// Whether the upper number is not reached: 数百 ends before a thousand.
    pub(crate) open: bool,
    /// Place value of the last digit that is not zero, in the same unit.
    pub(crate) step: Decimal,
    pub(crate) unit: Option<Unit>,
    /// The unit as written, with 万 or 亿; empty where there is none.
    pub(crate) unit_text: String,
    pub(crate) chinese: bool,
    pub(crate) grouped: bool,
    /// A lone 百, 千, 万 or 亿, which names a size and counts nothing: 千亩示范片.
    pub(crate) bare: bool,
    pub(crate) mark: Option<(char, MarkPlace)>,
    pub(crate) gap: String,
}

impl Figure {
    pub(crate) fn quantity(&self) -> Option<Quantity> {
        self.unit.map(|unit| Quantity::new(self.value, unit))
    }

    /// Digits shown after the point; a fraction that does not end is exact.
    pub(crate) fn places(&self) -> u32 {
        self.value.scale()
    }

    /// Whether the number is the word 一, which mostly means “a”.
    pub(crate) fn is_one(&self, text: &Text<'_>) -> bool {
        let sized = chinese_place(text.at(self.start + 1)).is_some();
        self.chinese && self.value == Decimal::ONE && text.at(self.start) == '一' && !sized
    }
}

/// Whether a number can begin with the character.
pub(crate) fn is_numeral(c: char) -> bool {
    match c {
        '0'..='9' | '０'..='９' => true,
        '\u{0}'..='\u{3000}' => false,
        _ => chinese_digit(c).is_some() || chinese_place(c).is_some() || matches!(c, '廿' | '卅'),
    }
}

fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// Reads the number at a position, and the second one of a range.
pub(crate) fn figure_at(text: &Text<'_>, i: usize, counters: &Cues) -> Option<Figure> {
    let mut first = single(text, i, counters)?;
    listed::share(text, &mut first, counters);
    // 前三名 is a place and not three people.
    let place = matches!(first.unit_text.as_str(), "名" | "位") && text.before(i) == '前';
    if place && !text.at(first.end).is_alphanumeric() {
        first.unit = Some(Unit::rank());
    }
    let Some(at) = text
        .any_at(first.end, &["——", "—", "–", "-", "~", "～", "至", "到"])
        .map(|n| first.end + n)
        .filter(|&at| is_numeral(text.at(at)) && first.mark.is_none() && !first.bare)
    else {
        return Some(first);
    };
    let Some(second) = single(text, at, counters).filter(|s| s.chinese == first.chinese) else {
        return Some(first);
    };
    let Some(low) = lower_end(text, &first, &second) else { return Some(first) };
    first = Figure { start: first.start, value: low, high: Some(second.value), ..second };
    Some(first)
}

fn single(text: &Text<'_>, i: usize, counters: &Cues) -> Option<Figure> {
    if is_digit(text.at(i)) { arabic(text, i, counters) } else { chinese(text, i, counters) }
}

fn arabic(text: &Text<'_>, i: usize, counters: &Cues) -> Option<Figure> {
    let (mut end, grouped) = digits_end(text, i);
    let digits = text.slice(i, end);
    let mut value = match digits.contains(is_group_space) {
        true => parse_number_in(&digits.replace(is_group_space, ""), Mode::Strict).ok()?,
        false => parse_number_in(digits, Mode::Strict).ok()?,
    };
    // 3万5千 is one number in words; 38.605万元 keeps its 万 as part of the unit.
    let next = text.at(end + 1);
    if chinese_place(text.at(end)).is_some() && (is_digit(next) || chinese_digit(next).is_some()) {
        let long = run_end(text, i);
        if let Ok(mixed) = parse_number(text.slice(i, long)) {
            (value, end) = (mixed, long);
        }
    }
    if let Some(fraction) = fraction_at(text, i, end).or_else(|| slashed(text, i, end, value)) {
        return Some(fraction);
    }
    let mut figure = Figure {
        start: i,
        end,
        value,
        high: None,
        open: false,
        step: last_place(value),
        unit: None,
        unit_text: String::new(),
        chinese: false,
        grouped,
        bare: false,
        mark: None,
        gap: String::new(),
    };
    finish(text, &mut figure, counters);
    if is_negative(text, i) {
        figure.start -= 1;
        figure.value = -figure.value;
    }
    Some(figure)
}

/// Arabic digits with point and thousands separators. A comma belongs to the
/// number only between groups of three, since reports also write `,` for ，.
fn digits_end(text: &Text<'_>, i: usize) -> (usize, bool) {
    let run = |mut k: usize| {
        while is_digit(text.at(k)) {
            k += 1;
        }
        k
    };
    let mut end = run(i);
    let mut grouped = false;
    if end - i <= 3 {
        while matches!(text.at(end), ',' | '，') && run(end + 1) == end + 4 {
            end += 4;
            grouped = true;
        }
        if !grouped {
            end = spaced_end(text, i, end, run);
        }
    }
    if matches!(text.at(end), '.' | '．') && run(end + 1) > end + 1 {
        end = run(end + 1);
    }
    (end, grouped)
}

/// A minus before the number, where the words before it expect a number.
fn is_negative(text: &Text<'_>, i: usize) -> bool {
    let sign = matches!(text.before(i), '-' | '−' | '负' | '－');
    sign && i >= 2
        && matches!(
            text.at(i - 2),
            '长' | '为'
                | '达'
                | '幅'
                | '是'
                | '：'
                | ':'
                | '降'
                | '到'
                | '至'
                | '由'
                | '从'
                | '速'
                | '率'
                | '比'
        )
}

/// After the run of numerals that begins at `i`, Arabic ones included.
fn run_end(text: &Text<'_>, i: usize) -> usize {
    let mut end = i;
    loop {
        let c = text.at(end);
        let point = matches!(c, '点' | '.') && end > i && is_numeral(text.at(end + 1));
        if is_numeral(c) || point { end += 1 } else { return end }
    }
}

fn chinese(text: &Text<'_>, i: usize, counters: &Cues) -> Option<Figure> {
    let (lead, share) = match text.any_at(i, &["百分之", "千分之", "万分之"]) {
        Some(n) => (n, Some(if text.at(i) == '百' { "%" } else { "‰" })),
        None => (0, None),
    };
    let mut end = run_end(text, i + lead);
    if share.is_none()
        && let Some(fraction) = fraction_at(text, i, end)
    {
        return Some(fraction);
    }
    // A last 万 or 亿 belongs to the unit: 三十万元 is 30 of the unit 万元.
    let magnitude = |c: char| matches!(c, '万' | '亿');
    if end - i > 1
        && magnitude(text.before(end))
        && !text.slice(i, end - 1).contains(magnitude)
        && share.is_none()
    {
        end -= 1;
    }
    let run = text.slice(i + lead, end);
    if is_word(text, i, run) {
        return None;
    }
    let (value, high) = chinese_value(run)?;
    let bare = run.chars().all(|c| chinese_place(c).is_some_and(|p| p > 1));
    let mut figure = Figure {
        start: i,
        end,
        value,
        high,
        open: false,
        step: last_place(value),
        unit: None,
        unit_text: String::new(),
        chinese: true,
        grouped: false,
        bare: bare && share.is_none(),
        mark: None,
        gap: String::new(),
    };
    match share {
        Some(symbol) if text.at(i) != '万' => {
            figure.unit = Unit::parse(symbol).ok();
            symbol.clone_into(&mut figure.unit_text);
        }
        Some(_) => return None,
        None => finish(text, &mut figure, counters),
    }
    Some(figure)
}

/// Whether a lone formal digit is part of a word: 队伍32人, 退伍军人, 陆续.
fn is_word(text: &Text<'_>, i: usize, run: &str) -> bool {
    match run {
        "伍" => "队退入落行为参".contains(text.before(i)),
        "陆" => "大着登内水海".contains(text.before(i)) || "续路地运".contains(text.at(i + 1)),
        _ => false,
    }
}

/// The value of a run; two neighbouring digits (三四, 十五六) are a range.
pub(crate) fn chinese_value(run: &str) -> Option<(Decimal, Option<Decimal>)> {
    let chars: Vec<char> = run.chars().collect();
    let without = |k: usize| {
        let kept = chars.iter().enumerate().filter(|(at, _)| *at != k).map(|(_, c)| *c);
        parse_number(&kept.collect::<String>()).ok()
    };
    let digit = |k: usize| chars.get(k).and_then(|c| chinese_digit(*c)).filter(|d| *d > 0);
    for k in 0..chars.len().saturating_sub(1) {
        // 三五个 is three to five; 十三五 is a name.
        let pair = digit(k)
            .zip(digit(k + 1))
            .is_some_and(|(a, b)| b == a + 1 || (k == 0 && (a, b) == (3, 5)));
        let lone = digit(k + 2).is_none() && (k == 0 || digit(k - 1).is_none());
        if pair && lone {
            return Some((without(k + 1)?, Some(without(k)?)));
        }
    }
    parse_number(run).ok().map(|value| (value, None))
}

/// Place value of the last digit that is not zero: 100 for 300, 0.1 for 13.3.
pub(crate) fn last_place(value: Decimal) -> Decimal {
    let value = value.normalize().abs();
    if value.is_zero() {
        return Decimal::ONE;
    }
    if value.scale() > 0 {
        return Decimal::new(1, value.scale());
    }
    let mut place = Decimal::ONE;
    while (value % (place * Decimal::TEN)).is_zero() {
        place *= Decimal::TEN;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let text = Text::new(words);
        let figure = figure_at(&text, 0, &Cues::new(["网格"])).unwrap_or_else(|| panic!("{words}"));
        let high = figure.high.map_or(String::new(), |h| format!("..{h}"));
        let mark = figure.mark.map_or(String::new(), |(c, _)| format!(" {c}{}", figure.step));
        let rest = text.rest(figure.end);
        assert_eq!(format!("{}{high} {}{mark} |{rest}", figure.value, figure.unit_text), expected);
    }

    #[test]
    fn numbers_are_read_with_their_unit() {
        for (words, expected) in [
            ("11次,推动", "11 次 |,推动"),
            ("38.605万元,", "38.605 万元 |,"),
            ("156 人,", "156 人 |,"),
            ("300余次", "300 次 余100 |"),
            ("50余万元", "50 万元 余10 |"),
            ("13.3万余车次", "13.3 万车次 余0.1 |"),
            ("3万5千元", "35000 元 |"),
            ("1.2万的", "12000  |的"),
            ("529网格", "529 网格 |"),
            ("2万亿元", "20000 亿元 |"),
            ("90.90%,", "90.90 % |,"),
            ("1,050人", "1050 人 |"),
            ("7,名", "7  |,名"),
            ("3—5万元", "3..5 万元 |"),
            ("10万元至50万元", "10..50 万元 |"),
            ("5%-8%", "5..8 % |"),
            ("三四个", "3..4 个 |"),
            ("十五六人", "15..16 人 |"),
            ("三十多万元", "30 万元 多10 |"),
            ("十几个", "10 个 几10 |"),
            ("三亿五千万元", "350000000 元 |"),
            ("二百五十户", "250 户 |"),
            ("百分之九十点五以上", "90.5 % |以上"),
            ("三分之二以上", "66.66666666666666666667 % |以上"),
            ("八成", "80 % |"),
            ("两成半", "25 % |"),
            ("六成三提高到", "63 % |提高到"),
            ("八成五保户", "80 % |五保户"),
            ("500元/月的", "500 元/月 |的"),
            ("20万元/亩,", "20 万元/亩 |,"),
            ("28微克/立方米", "28 微克/立方米 |"),
            ("3.5万千瓦时", "3.5 万千瓦时 |"),
            ("36小时", "36 小时 |"),
            ("2周,", "2 周 |,"),
            ("75周年", "75  |周年"),
            ("3~17岁", "3..17 岁 |"),
            ("3万至5万亩", "3..5 万亩 |"),
            ("8000至1万亩", "0.8..1 万亩 |"),
            ("三五户", "3..5 户 |"),
            ("七八百人", "700..800 人 |"),
            ("百余起", "100 起 余100 |"),
            ("千余万元", "1000 万元 余1000 |"),
            ("3年多", "3 年 多1 |"),
            ("两方面", "2  |方面"),
            ("30多元化", "30  |多元化"),
            ("1个百分点", "1 个百分点 |"),
        ] {
            check(words, expected);
        }
    }

    #[test]
    fn a_formal_digit_within_a_word_is_none() {
        for (words, at) in [("队伍32人", 1), ("退伍军人", 1), ("大陆居民", 1), ("陆续开工", 0)]
        {
            assert!(figure_at(&Text::new(words), at, &Cues::default()).is_none(), "{words}");
        }
        check("伍佰元", "500 元 |");
    }

    #[test]
    fn a_negative_number_needs_words_that_expect_it() {
        let text = Text::new("增长-3.2%,共3-2个");
        assert_eq!(figure_at(&text, 3, &Cues::default()).unwrap().value.to_string(), "-3.2");
        assert_eq!(figure_at(&text, 11, &Cues::default()).unwrap().value.to_string(), "2");
    }
}
