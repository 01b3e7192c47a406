//! A growth that does not follow from the two values it is between.

use ::figure::{Class, Decimal, decimal_text};
use pack::ReviewRule;
use prose::Direction;

use super::earlier::{by_time, by_year, compared, moved_behind, reached_behind, told_behind};
use super::extent::Extent;
use super::number::Number;
use super::passage::{Passage, has_any, pairs, passages};
use super::yearly;
use crate::finding::Mark;
use crate::paper::Paper;

/// Marks growths that the values before them do not give.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let sentences = passages(paper);
    for passage in &sentences {
        for index in 0..passage.numbers.len() {
            marks.extend(checked(passage, index));
        }
        marks.extend((2..passage.numbers.len()).filter_map(|i| yearly::find(passage, i)));
        marks.extend(doubled(passage));
        marks.extend((2..passage.numbers.len()).filter_map(|i| distance(passage, i)));
        marks.extend((2..passage.numbers.len()).filter_map(|i| times_of(passage, i)));
    }
    for passage in pairs(&sentences) {
        marks.extend((0..passage.numbers.len()).filter_map(|i| checked(&passage, i)));
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// Words of a change before a number.
const UP: &[&str] =
    &[
    "增长", "增加", "提高", "提升", "上升", "上涨", "增幅", "增收", "扩大", "净增", "增", "涨幅", "增产",
    "扩展", "壮大", "升幅", "攀升", "涨", "净增加", "上浮",
];
const DOWN: &[&str] =
    &[
    "下降", "减少", "降低", "下滑", "回落", "降幅", "压减", "缩减", "缩短", "减", "降", "跌幅", "减产",
    "减收", "减幅", "压缩", "精简", "跌", "下浮",
];

/// Whether the words before a number make it a change, and which way.
pub(super) fn change(label: &str) -> Option<Direction> {
    let label = &label.replace("高达", "达").replace("比例", "").replace("幅度", "");
    let bare = label.trim_end_matches(|c: char| "了达到为约近超过幅率速".contains(c));
    let ended = |words: &[&str]| words.iter().any(|word| bare.ends_with(word));
    // 增加到 leads to a level.
    if label.ends_with(['到', '至']) && !label.ends_with("达到") {
        return None;
    }
    // 比上年的46.4万人次多了15.2万人次
    let bare_end = ["去年", "上年", "同期", "年初"].iter().fold(bare, |b, w| {
        b.strip_prefix('比').or_else(|| b.strip_prefix('较')).and_then(|r| r.strip_prefix(w)).unwrap_or(b)
    });
    if label.ends_with("多了") || label.ends_with("少了") {
        let more = label.ends_with("多了") && !label.ends_with("差不多了");
        return Some(if more { Direction::Up } else { Direction::Down });
    }
    match bare_end {
        "多" | "多出" | "增产" | "又多" | "同比多" | "同比多发放" | "同比多完成" => return Some(Direction::Up),
        "少" | "减产" | "减收" | "又少" | "同比少" => return Some(Direction::Down),
        _ => {}
    }
    match (ended(UP), ended(DOWN)) {
        (true, _) => Some(Direction::Up),
        (_, true) => Some(Direction::Down),
        _ => None,
    }
}

fn is_mean(words: &str) -> bool {
    has_any(words, &["年均", "平均", "月均", "复合", "每年", "不变价", "可比", "累计增", "按可比"])
}

/// Growth of output is at comparable prices, and does not follow from amounts at current ones.
fn is_real(passage: &Passage<'_>, index: usize) -> bool {
    let words = passage.words(passage.range.start..passage.numbers[index].at.start);
    passage.numbers[index].is(Class::Share)
        && has_any(&words, &["生产总值", "增加值", "GDP", "gdp"])
}

fn checked(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let label = passage.label(index);
    let direction = change(&label)?;
    let number = &passage.numbers[index];
    let words = passage.words(passage.range.clone());
    let rebased = has_any(&words, &["可比", "不变价", "口径", "基数已", "按新名录", "退库", "同比例", "剔除", "扣除"]);
    if is_mean(&passage.gap(index))
        || rebased
        || number.extent.high >= super::extent::boundless()
    {
        return None;
    }
    let (old, new) = from_to(passage, index)
        .or_else(|| compared(passage, index))
        .or_else(|| by_year(passage, index))
        .or_else(|| told_behind(passage, index))
        .or_else(|| by_time(passage, index))
        .or_else(|| reached_behind(passage, index))
        .or_else(|| moved_behind(passage, index))?;
    let (before, after) = (&passage.numbers[old], &passage.numbers[new]);
    let real = before.is(Class::Money) && is_real(passage, index);
    if !before.is_exact() && !after.is_exact() {
        return None;
    }
    let expected = expected(before, after, number)?;
    let accepted = expected.iter().any(|e| {
        let magnitude =
            if direction == Direction::Down { Extent::new(-e.high, -e.low) } else { *e };
        let points = number.is(Class::Points) && magnitude.is_exact();
        let said = match number.class {
            _ if points => number.extent,
            Some(Class::Multiples) if number.value.scale() == 0 => {
                number.extent.widened(Decimal::new(2, 1)).unwrap_or(number.extent)
            }
            Some(Class::Multiples) => number.rounded(),
            _ => number.forgiving(),
        };
        // At comparable prices it may be some points more or less.
        let room = if real { Decimal::from(7) } else { Decimal::ZERO };
        said.widened(room).is_none_or(|said| magnitude.meets(said))
    });
    if accepted || !fits_direction(before, after, direction) {
        return None;
    }
    Some(number.mark(passage.paper, message(before, after, number)?, &[before, after]))
}

/// A wrong direction is another rule's.
fn fits_direction(before: &Number, after: &Number, direction: Direction) -> bool {
    match direction {
        Direction::Up => after.value > before.value,
        Direction::Down => after.value < before.value,
    }
}

/// The changes that the two values can mean in the unit of the number.
fn expected(before: &Number, after: &Number, number: &Number) -> Option<Vec<Extent>> {
    let (old, new) = (before.rounded_beside(after), after.rounded_beside(before));
    let change = new.minus(old)?;
    let hundred = Extent::exact(Decimal::ONE_HUNDRED);
    let relative = || change.over(old)?.times(hundred);
    let Some(class) = number.class else {
        return number.is_alike(before).then(|| vec![change]);
    };
    match class {
        Class::Share if before.is(Class::Share) => Some(vec![change, relative()?]),
        Class::Share => Some(vec![relative()?]),
        Class::Points if before.is(Class::Share) => {
            // Whole per cents are subtracted as they stand; a difference that shows more digits
            // than they do was not.
            let whole =
                [before, after, number].iter().all(|n| n.value.scale() == 0 && n.is_exact());
            let plain = after.extent.minus(before.extent)?;
            Some(vec![if whole { plain } else { change }])
        }
        Class::Multiples => {
            Some(vec![new.over(old)?, change.over(old)?])
        }
        _ if number.is_alike(before) => Some(vec![change]),
        _ => None,
    }
}

fn message(before: &Number, after: &Number, number: &Number) -> Option<String> {
    let change = after.value.checked_sub(before.value)?;
    let (old, new) = (after.shown(before.value), after.shown(after.value));
    let said = decimal_text(number.value.checked_div(number.size)?);
    Some(match number.class.unwrap_or(Class::Other) {
        Class::Share if !before.is(Class::Share) => {
            let rate = change.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before.value)?;
            let rate = decimal_text(rate.abs().round_dp(number.value.scale().max(1)));
            format!("({new}-{old})÷{old}={rate}%,不是{said}%;请核对增幅或两个数").replace("(-", "(")
        }
        Class::Multiples => {
            let times = decimal_text(change.checked_div(before.value)?.round_dp(2));
            format!("({new}-{old})÷{old}={times}倍,不是{said}倍;请核对倍数或两个数")
        }
        _ => {
            let (big, small) = if change < Decimal::ZERO { (&old, &new) } else { (&new, &old) };
            let gap = after.shown(change.abs());
            format!("{big}-{small}={gap},不是{said};请核对增减数或两个数")
        }
    })
}

/// `由16000元增加到18000元,增长12.5%`.
fn from_to(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let new = (0..index).rev().find(|i| is_level(passage, *i))?;
    let old = new.checked_sub(1)?;
    let numbers = &passage.numbers;
    let ok = numbers[old].is_alike(&numbers[new])
        && is_start(&passage.label(old))
        && is_reached(&passage.label(new))
        && only_changes(passage, new, index);
    ok.then_some((old, new))
}

/// Whether what stands between are changes of the same thing: no value of another.
pub(super) fn only_changes(passage: &Passage<'_>, new: usize, index: usize) -> bool {
    let clauses = passage.between(new, index).matches([',', '，']).count();
    clauses <= 1 + (index - new - 1) * 2
        && !passage.between(new, index).contains([';', '；'])
        && (new + 1..index).all(|i| {
            passage.numbers[i].is(Class::Years) || change(&passage.label(i)).is_some()
        })
        && is_bare_change(passage, new, index)
}

/// Whether nothing but the change is said, or the thing that changed: 增长 and not 产值增长.
fn is_bare_change(passage: &Passage<'_>, new: usize, index: usize) -> bool {
    let label = passage.label(index);
    let words = UP.iter().chain(DOWN).chain(&[
        "亩均", "人均", "户均", "每亩", "五年", "三年", "两年", "一年", "又", "再", "今年", "十年", "年来", "来", "整体", "总体", "同期", "比上年", "较上年", "比去年", "较去年", "同比", "共", "累计", "净", "幅度", "比例", "实际", "了", "达", "为", "约", "近", "超过",
        "超",
    ]);
    let rest = words.fold(label, |label, word| label.replace(word, ""));
    let before = passage.words(passage.range.start..passage.numbers[new].at.start);
    rest.chars().count() <= 1 || before.contains(&rest)
}

pub(super) fn is_level(passage: &Passage<'_>, index: usize) -> bool {
    change(&passage.label(index)).is_none()
}

/// Words that end before the value something came from.
pub(super) fn is_start(label: &str) -> bool {
    label.contains('由') || label.contains('从')
}

/// Words that end before the value something came to.
pub(super) fn is_reached(label: &str) -> bool {
    const TO: &[&str] = &["到", "至", "为"];
    const TIMES: &[&str] = &["今年", "目前", "现在", "如今", "当前", "年底", "年末", "去年", "本年"];
    let bare = label.trim_end_matches(|c: char| "了约近的".contains(c));
    let dated = bare.trim_end_matches('年').trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = if bare.ends_with('年') && dated.len() + 7 == bare.len() { dated } else { bare };
    let bare = TIMES.iter().fold(bare, |bare, time| bare.strip_suffix(time).unwrap_or(bare));
    TO.iter().any(|to| bare.ends_with(to)) && !bare.ends_with("达到")
        || has_any(bare, &["增加到", "提高到", "增至", "降至", "提高至", "上升到", "下降到"])
}

/// `60万人次,同比增加10万人次,增长20%`: the value, the amount and the rate. The value may be the
/// one before: `比上年的320天增加15天,增长5%`.
fn amounts(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (second, first) = (index, index.checked_sub(1)?);
    let value = first.checked_sub(1)?;
    let numbers = &passage.numbers;
    let (amount, rate) =
        if numbers[second].is(Class::Share) { (first, second) } else { (second, first) };
    let directions = (change(&passage.label(amount))?, change(&passage.label(rate))?);
    let label = passage.label(value);
    let earlier =
        label.contains(['较', '比']) && has_any(&label, &["上年", "去年", "同期", "年初"]);
    let lead = passage.gap(first);
    let fits = numbers[rate].is(Class::Share)
        && numbers[amount].is_alike(&numbers[value])
        && !numbers[value].is(Class::Share)
        && directions.0 == directions.1
        && passage.gap(second).chars().count() <= 8
        && is_bare_change(passage, value, second)
        && change(&label).is_none()
        && (earlier || !label.contains(['较', '比', '由', '从']))
        && !is_real(passage, rate)
        && has_any(&lead, &["同比", "上年", "去年", "增", "减", "降"])
        && !is_mean(&lead)
        && lead.chars().count() <= 12;
    if !fits {
        return None;
    }
    let change = numbers[amount].rounded();
    let told = numbers[value].rounded();
    let old = match directions.0 {
        _ if earlier => told,
        Direction::Up => told.minus(change)?,
        Direction::Down => told.plus(change)?,
    };
    let share = change.over(old)?.times(Extent::exact(Decimal::ONE_HUNDRED))?;
    if share.meets(numbers[rate].forgiving()) {
        return None;
    }
    let (value, amount, rate) = (&numbers[value], &numbers[amount], &numbers[rate]);
    let (a, v) = (value.shown(amount.value), value.shown(value.value));
    let (base, shown) = match directions.0 {
        _ if earlier => (value.value, v),
        Direction::Up => (value.value.checked_sub(amount.value)?, format!("({v}-{a})")),
        Direction::Down => (value.value.checked_add(amount.value)?, format!("({v}+{a})")),
    };
    let percent = amount.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base)?;
    let message = format!(
        "{a}÷{shown}={}%,不是{}%;请核对增减额或增幅",
        decimal_text(percent.round_dp(rate.value.scale().max(1))),
        decimal_text(rate.value),
    );
    Some(rate.mark(passage.paper, message, &[value, amount]))
}

/// `满意度97.2%,高于全县平均96.1%,高出2个百分点`.
fn distance(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let [own, other, points] = passage.numbers[index - 2..=index].first_chunk::<3>()?;
    let label = passage.label(index - 1);
    let compared = has_any(&label, &["高于", "低于", "超过", "高出"])
        || label.chars().any(|c| "比较".contains(c));
    let said =
        has_any(&passage.gap(index), &["高", "低", "超"]) || passage.gap(index).trim() == ")";
    let fits = own.is(Class::Share) && other.is(Class::Share) && points.is(Class::Points);
    let near = passage.gap(index).chars().count() <= 6 && change(&label).is_none();
    if !fits || !compared || !said || !near {
        return None;
    }
    let gap = own.extent.minus(other.extent)?;
    let gap = if gap.low < Decimal::ZERO { Extent::new(-gap.high, -gap.low) } else { gap };
    let room = [own, other, points].iter().map(|n| n.digit).max()?;
    let exact = [own, other, points].iter().all(|n| n.digit == room);
    let wide = if exact { points.extent } else { points.extent.widened(room)? };
    if gap.meets(wide) || !own.is_exact() || !other.is_exact() {
        return None;
    }
    let (a, b) = (decimal_text(own.value), decimal_text(other.value));
    let message = format!(
        "{a}%与{b}%相差{}个百分点,不是{};请核对",
        decimal_text(gap.low),
        decimal_text(points.value)
    );
    Some(points.mark(passage.paper, message, &[own, other]))
}

/// `60万元,是上年20万元的2倍`.
fn times_of(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let [own, other, times] = passage.numbers[index - 2..=index].first_chunk::<3>()?;
    let label = passage.label(index - 1);
    let said = (label.contains('是') || label.contains("相当于") || label.starts_with('为'))
        && passage.gap(index).trim() == "的";
    if !said || !times.is(Class::Multiples) || !own.is_alike(other) || times.direction.is_some() {
        return None;
    }
    let quotient = own.rounded().over(other.rounded())?;
    if quotient.meets(times.rounded()) {
        return None;
    }
    let shown = decimal_text(own.value.checked_div(other.value)?.round_dp(2));
    let message = format!(
        "{}÷{}={shown}倍,不是{}倍;请核对",
        own.shown(own.value),
        own.shown(other.value),
        decimal_text(times.value)
    );
    Some(times.mark(passage.paper, message, &[own, other]))
}

/// `从20万元增加到30万元,翻了一番`; amounts with their rates are looked at here too.
fn doubled(passage: &Passage<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> =
        (0..passage.numbers.len()).filter_map(|i| amounts(passage, i)).collect();
    for new in 1..passage.numbers.len() {
        let old = new - 1;
        let (a, b) = (&passage.numbers[old], &passage.numbers[new]);
        let tail_end = passage.numbers.get(new + 1).map_or(passage.range.end, |n| n.at.start);
        let tail = passage.words(b.at.end..tail_end);
        let tail: String = tail.chars().take(10).collect();
        let times = [
            ("翻一番", 2),
            ("翻了一番", 2),
            ("翻番", 2),
            ("翻两番", 4),
            ("翻了两番", 4),
            ("翻了一倍", 2),
        ];
        let Some((_, times)) = times.iter().find(|(word, _)| tail.contains(word)) else { continue };
        let pair =
            is_start(&passage.label(old)) && is_reached(&passage.label(new)) && a.is_alike(b);
        let Some(quotient) = b.rounded().over(a.rounded()).filter(|_| pair) else { continue };
        let tenth = Decimal::new(i64::from(*times), 1);
        let wide = Extent::exact(Decimal::from(*times)).widened(tenth);
        let more = tail.contains('多') || tail.contains('余') || tail.contains("以上");
        if wide.is_some_and(|wide| wide.meets(quotient))
            || (more && quotient.high > Decimal::from(*times))
        {
            continue;
        }
        let shown =
            b.value.checked_div(a.value).map(|q| decimal_text(q.round_dp(2))).unwrap_or_default();
        let message = format!(
            "{}÷{}={shown},不到或超过{times}倍,与翻番不符;请核对",
            b.shown(b.value),
            b.shown(a.value)
        );
        marks.push(b.mark(passage.paper, message, &[a]));
    }
    marks
}
