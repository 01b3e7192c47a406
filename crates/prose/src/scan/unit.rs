//! Reading of what stands behind a number: 余, 万 and the unit.

use figure::{Decimal, Unit};

use super::{Figure, last_place};
use crate::bound;
use crate::cues::Cues;
use crate::manner::MarkPlace;
use crate::numeral::chinese_digit;
use crate::text::Text;
use crate::words;

use super::left_out::{counted_at, money_without_yuan, people_follow};
use super::symbols::{ALIASED, ALIASES, FOREIGN, NOT_FOREIGN};

/// Reads 余, 万 and the unit after a number.
pub(super) fn finish(text: &Text<'_>, figure: &mut Figure, counters: &Cues) {
    let mut at = figure.end;
    if take_mark(text, &mut at, figure, MarkPlace::BeforeMagnitude) {
        figure.end = at;
    }
    let gap = usize::from(text.at(at) == ' ' && at == figure.end);
    let spaced = at + gap;
    const MAGNITUDES: &[&str] = &["万亿", "千亿", "百亿", "百万", "千万", "亿", "万", "千", "百"];
    if money_without_yuan(text, spaced, figure) {
        return;
    }
    let size = text.any_at(spaced, MAGNITUDES).unwrap_or(0);
    let size_text = text.slice(spaced, spaced + size);
    at = spaced + size;
    if size > 0 && figure.mark.is_none() {
        take_mark(text, &mut at, figure, MarkPlace::BeforeUnit);
    }
    if share_of_ten(text, at, figure) {
        return;
    }
    // 千瓦时 begins with 千, which is no size there.
    let foreign = [("", spaced), (size_text, at)];
    let foreign = foreign.iter().find_map(|f| foreign_at(text, f.1).map(|length| (f, length)));
    if let Some(((size_text, from), length)) = foreign {
        let end = from + length;
        let end = end + per(text, end);
        figure.unit_text = format!("{size_text}{}", text.slice(*from, end));
        text.slice(figure.end, spaced).clone_into(&mut figure.gap);
        figure.end = end;
        return;
    }
    // 7户次 counts visits and no households: the longest word is the counter.
    let counter = counters.end_at(text, at).filter(|_| !words::NOT_COUNTERS.is_at(text, at));
    let length = counter.map_or(0, |end| end - at);
    let symbol = unit_at(text, at);
    let shadowed = symbol.is_some_and(|(_, own)| own < length);
    if let Some((unit, length)) = symbol.filter(|_| !shadowed)
        && let Some(unit) = with_size(unit, size_text, figure)
    {
        figure.unit = Some(unit);
        let size_text = if is_large(size_text) { "亿" } else { size_text };
        figure.unit_text = format!("{size_text}{}", text.slice(at, at + length));
        text.slice(figure.end, spaced).clone_into(&mut figure.gap);
        let within = text.slice(at, at + length).chars().find(|c| matches!(c, '多' | '余'));
        at += length;
        // 4个多月 has its 多 inside the unit.
        figure.mark = figure.mark.or(within.map(|c| (c, MarkPlace::BeforeUnit)));
        let other = alternative(text, at, counters);
        figure.unit_text.push_str(text.slice(at, at + other));
        at += other;
        if figure.mark.is_none() && take_mark(text, &mut at, figure, MarkPlace::AfterUnit) {
            figure.end = at;
        }
        figure.end = at;
        let rate = per(text, at);
        if rate > 0 {
            // A rate is no amount: 20万元/亩 must not be compared with 元.
            figure.unit = None;
            figure.unit_text.push_str(text.slice(at, at + rate));
            figure.end = at + rate;
        }
    } else if shadowed {
        let end = at + length + alternative(text, at + length, counters);
        take_counter(figure, size_text, text.slice(at, end), end);
    } else if let Some(length) = counted_at(text, at, figure) {
        figure.unit_text = format!("{size_text}{}", text.slice(at, at + length));
        figure.end = at + length;
    } else if let Some(people) = people_follow(text, at, figure) {
        // 13.81万贫困人口: people are counted without 人 between.
        let people = format!("{size_text}{people}");
        figure.unit = Unit::parse(&people).ok();
        size_text.clone_into(&mut figure.unit_text);
        figure.end = at;
    } else if counter.is_some() {
        let end = at + length + alternative(text, at + length, counters);
        take_counter(figure, size_text, text.slice(at, end), end);
    } else if size > 0 {
        scale(figure, size_text);
        figure.end = at;
    } else if let Some((_, MarkPlace::BeforeMagnitude)) = figure.mark {
        figure.end = at.max(figure.end);
    }
}

/// Other counters of the same things in brackets behind a unit: 80台(套), 12件(人)次.
fn alternative(text: &Text<'_>, at: usize, counters: &Cues) -> usize {
    if !matches!(text.at(at), '(' | '（') {
        return 0;
    }
    let mut i = at + 1;
    loop {
        let unit = unit_at(text, i).map(|(_, length)| length);
        let counter = counters.end_at(text, i).map(|end| end - i);
        let Some(length) = unit.or(counter) else { return 0 };
        i += length;
        match text.at(i) {
            '、' | ',' | '，' => i += 1,
            ')' | '）' => break,
            _ => return 0,
        }
    }
    i += 1;
    i - at + usize::from(text.at(i) == '次' && text.at(i + 1) != '性')
}

/// A counter that may begin other words; the table of units lacks some.
fn take_counter(figure: &mut Figure, size_text: &str, counter: &str, end: usize) {
    figure.unit_text = format!("{size_text}{counter}");
    figure.unit = Unit::parse(&figure.unit_text).ok();
    figure.end = end;
}

/// Takes 余, 多, 来 or 几 where a counter, a size or the end of the words follows.
fn take_mark(text: &Text<'_>, at: &mut usize, figure: &mut Figure, place: MarkPlace) -> bool {
    let c = text.at(*at);
    let fits = match c {
        '余' => true,
        '多' => text.any_at(*at, words::NOT_MORE).is_none() && !matches!(text.at(*at + 1), '于'),
        '来' | '几' => figure.chinese && matches!(text.before(*at), '十' | '百'),
        _ => false,
    };
    let ends = c == '多' && !words::goes_on(text.at(*at + 1));
    let fits = fits && (place != MarkPlace::AfterUnit || c == '余' || ends);
    if fits {
        figure.mark = Some((c, place));
        *at += 1;
    }
    fits
}

/// 八成, 两成半: tenths.
fn share_of_ten(text: &Text<'_>, at: usize, figure: &mut Figure) -> bool {
    if text.at(at) != '成' || text.any_at(at, words::NOT_TENTHS).is_some() {
        return false;
    }
    let half = text.at(at + 1) == '半';
    // 八成五 is 85 in a hundred, and so is 八成五以上 at least.
    let bounded =
        ["以上", "以下", "以内", "左右", "上下"].iter().any(|word| text.has(at + 2, word));
    // 由六成三提高到七成八: a verb of moving is no counter that the digit would belong to.
    let moves = ["提", "升", "上升", "涨", "增", "降", "下降", "减", "回落", "到", "至", "变"]
        .iter()
        .any(|word| text.has(at + 2, word));
    let digit = chinese_digit(text.at(at + 1))
        .filter(|_| bounded || moves || !words::goes_on(text.at(at + 2)));
    if figure.value > Decimal::TEN {
        return false;
    }
    let more = if half { 5 } else { digit.unwrap_or(0) };
    let tenths = figure.value + Decimal::new(i64::from(more), 1);
    figure.value = (tenths * Decimal::TEN).normalize();
    figure.high = figure.high.map(|high| (high * Decimal::TEN).normalize());
    figure.step = last_place(figure.value);
    figure.unit = Some(Unit::percent());
    "%".clone_into(&mut figure.unit_text);
    figure.end = at + 1 + usize::from(more > 0);
    if text.at(figure.end) == '多' {
        figure.mark = Some(('多', MarkPlace::AfterUnit));
        figure.end += 1;
    }
    true
}

/// The unit that begins at a position and is no beginning of another word.
pub(crate) fn unit_at(text: &Text<'_>, at: usize) -> Option<(Unit, usize)> {
    if ALIASED.is_at(text, at)
        && let Some((name, unit)) = ALIASES.iter().find(|(name, _)| text.has(at, name))
    {
        let end = at + name.chars().count();
        // 平方 is 平方米 where nothing else follows, and km/h is a speed.
        let latin = name.ends_with(|c: char| c.is_ascii_alphabetic());
        let cut = latin && (text.at(end).is_ascii_alphanumeric() || text.at(end) == '/');
        let whole = matches!(text.at(end), '米' | '公' | '千' | '毫' | '厘' | '分' | '里');
        let more = matches!(*name, "平" | "个点") && words::goes_on(text.at(end));
        let other = cut || more || (whole && name.ends_with('方'));
        if !other {
            return Unit::parse(unit).ok().map(|unit| (unit, name.chars().count()));
        }
    }
    let rest = text.rest(at);
    let (unit, bytes) = Unit::at_start(rest)?;
    // 户均 is a mean, and 38户均达标 counts households.
    let every = bound::is_each(text, at + 1);
    // 四千人大关 is a mark of people and no 人大.
    let mark = text.has(at + 1, "大关");
    if !every && !mark && words::NOT_UNITS.is_at(text, at) {
        return None;
    }
    Some((unit, rest[..bytes].chars().count()))
}

/// Sizes beyond 亿, of which no unit is made.
fn is_large(size: &str) -> bool {
    matches!(size, "万亿" | "千亿" | "百亿")
}

/// The unit with its size; 万亿 has no unit of its own and goes into the number.
fn with_size(unit: Unit, size: &str, figure: &mut Figure) -> Option<Unit> {
    match size {
        "" => Some(unit),
        large if is_large(large) => {
            let unit = Unit::parse(&format!("亿{unit}")).ok()?;
            scale(figure, large.trim_end_matches('亿'));
            Some(unit)
        }
        size => Unit::parse(&format!("{size}{unit}")).ok(),
    }
}

fn scale(figure: &mut Figure, size: &str) {
    let power = match size {
        "万亿" => 12,
        "千亿" => 11,
        "百亿" => 10,
        "亿" => 8,
        "千万" => 7,
        "百万" => 6,
        "万" => 4,
        "千" => 3,
        _ => 2,
    };
    let factor = Decimal::from(10_i64.pow(power));
    let times = |value: Decimal| value.checked_mul(factor).map_or(value, |v| v.normalize());
    figure.value = times(figure.value);
    figure.high = figure.high.map(times);
    figure.step = times(figure.step);
}

/// `/月` after a unit, in characters.
fn per(text: &Text<'_>, at: usize) -> usize {
    if !matches!(text.at(at), '/' | '／') {
        return 0;
    }
    let unit = unit_at(text, at + 1).map(|(_, length)| length);
    let other = || text.any_at(at + 1, &["村", "镇", "季", "季度", "学期", "班", "座", "床"]);
    unit.or_else(|| foreign_at(text, at + 1)).or_else(other).map_or(0, |length| length + 1)
}

/// The length of a unit that is known by name only.
fn foreign_at(text: &Text<'_>, at: usize) -> Option<usize> {
    let length = FOREIGN.end_at(text, at)? - at;
    let latin = text.at(at + length - 1).is_ascii_alphabetic();
    let cut = latin && text.at(at + length).is_ascii_alphanumeric();
    let other = cut || NOT_FOREIGN.is_at(text, at);
    (!other).then_some(length)
}

/// Whether a unit as written is one that is known by name only.
pub(crate) fn is_foreign(unit: &str) -> bool {
    let base = unit.split(['/', '／']).next().unwrap_or_default();
    FOREIGN.contains(base.trim_start_matches(['万', '亿']))
}
