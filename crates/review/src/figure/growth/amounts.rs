//! Changes in amounts and in times: so much more, so many times as much, twice as much.

use ::figure::{Class, Decimal, decimal_text};
use prose::Direction;

use super::earlier::pair_of;
use super::yearly::{is_mean, is_real, year_in};
use crate::figure::growth::bare::is_bare_change;
use crate::figure::reading::change::{change, is_reached, is_start};
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// `60万人次,同比增加10万人次,增长20%`: the value, the amount and the rate. The value may be the
/// one before: `比上年的320天增加15天,增长5%`.
pub(super) fn amounts(passage: &Passage<'_>, index: usize) -> Option<Mark> {
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
        && !is_mean(&passage.gap(second))
        && !is_rebased(&format!("{label}{lead}"), &passage.gap(second))
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
    let listed = !earlier && is_told_of_whole(passage, value, (amount, rate), directions.0);
    if share.meets(numbers[rate].forgiving()) || listed {
        return None;
    }
    let (value, amount, rate) = (&numbers[value], &numbers[amount], &numbers[rate]);
    let (a, v) = (value.told(passage.paper, amount.value), value.told(passage.paper, value.value));
    let (base, shown) = match directions.0 {
        _ if earlier => (value.value, v),
        Direction::Up => (value.value.checked_sub(amount.value)?, format!("({v}-{a})")),
        Direction::Down => (value.value.checked_add(amount.value)?, format!("({v}+{a})")),
    };
    let percent = amount.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base)?;
    let message = format!(
        "{a}÷{shown}={}%,不是{};请核对增减额或增幅",
        decimal_text(percent.round_dp(rate.value.scale().max(1))),
        passage.words(rate.at.clone()),
    );
    Some(rate.mark(passage.paper, message, &[value, amount]))
}

/// Whether an amount and a rate are from two points of time: 较年初增加14.2亿元,同比增长9.8%.
fn is_rebased(amount: &str, rate: &str) -> bool {
    has_any(amount, &["年初", "上月", "上季", "年底", "年末"]) && has_any(rate, &["同期", "同比"])
}

/// Whether a change behind the last member of a list is that of the whole before the list:
/// 512户,其中农村472户、城镇40户,较上年减少28户,下降5.2%.
fn is_told_of_whole(
    passage: &Passage<'_>,
    value: usize,
    (amount, rate): (usize, usize),
    way: Direction,
) -> bool {
    let numbers = &passage.numbers;
    (0..value).any(|whole| {
        let total = &numbers[whole];
        let change = numbers[amount].rounded();
        let old = match way {
            Direction::Up => total.rounded().minus(change),
            Direction::Down => total.rounded().plus(change),
        };
        let share = old
            .and_then(|old| change.over(old))
            .and_then(|share| share.times(Extent::exact(Decimal::ONE_HUNDRED)));
        total.is_kin(&numbers[value])
            && total.is_amount()
            && share.is_some_and(|share| share.meets(numbers[rate].forgiving()))
    })
}

/// `满意度97.2%,高于全县平均96.1%,高出2个百分点`.
pub(super) fn distance(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let [own, other, points] = passage.numbers[index - 2..=index].first_chunk::<3>()?;
    let label = passage.label(index - 1);
    // 规模养殖占比 compares nothing.
    let compared =
        has_any(&label, &["高于", "低于", "超过", "高出"]) || label.starts_with(['比', '较']);
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
pub(super) fn times_of(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (other, times) = (&passage.numbers[index - 1], &passage.numbers[index]);
    // 游客36.8万人次,收入1.74亿元,游客人数是上年15.2万人次的3.4倍
    let own = passage.numbers[..index - 1].iter().rev().find(|n| n.is_kin(other))?;
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
    multiple(passage, times, own, other)
}

/// `由0.8万吨提升到2.4万吨,是扩容前的3.6倍`: what the two are compared with is the first of them.
pub(super) fn times_of_start(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (old, new) = (&passage.numbers[index - 2], &passage.numbers[index - 1]);
    let times = &passage.numbers[index];
    let gap = passage.gap(index);
    let label = passage.label(index);
    let led = is_start(&passage.label(index - 2)) && is_reached(&passage.label(index - 1));
    let of_start = ["是", "为", "相当于", "达到"].iter().any(|word| label.starts_with(word))
        && ["前的", "来的", "初的", "期的", "年的", "时的"].iter().any(|end| label.ends_with(end));
    let fits = led
        && of_start
        && gap.matches([',', '，', '。', ';', '；']).count() == 1
        && times.is(Class::Multiples)
        && times.direction.is_none()
        && new.is_kin(old)
        && !old.value.is_zero();
    let quotient = new.rounded().over(old.rounded())?;
    (fits && !quotient.meets(times.forgiving())).then(|| multiple(passage, times, new, old))?
}

/// `最强的村96万元,最弱的村24万元,前者是后者的三倍`.
pub(super) fn times_of_latter(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let times = &passage.numbers[index];
    let former = match passage.label(index).as_str() {
        "前者是后者的" | "前者为后者的" | "前者相当于后者的" => true,
        "后者是前者的" | "后者为前者的" | "后者相当于前者的" => false,
        _ => return None,
    };
    let (a, b) = (&passage.numbers[index - 2], &passage.numbers[index - 1]);
    let (own, other) = if former { (a, b) } else { (b, a) };
    let fits = times.is(Class::Multiples) && own.is_kin(other) && own.is_amount();
    let quotient = own.rounded().over(other.rounded())?;
    (fits && !quotient.meets(times.rounded())).then(|| multiple(passage, times, own, other))?
}

/// `从20万元增加到30万元,翻了一番`; amounts with their rates are looked at here too.
pub(super) fn doubled(passage: &Passage<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> =
        (0..passage.numbers.len()).filter_map(|i| amounts(passage, i)).collect();
    for new in 1..passage.numbers.len() {
        let old = new - 1;
        // 今年8.4万人次,去年是5.6万人次,实现翻番: the earlier one may stand behind.
        let (last, this) = (["上年", "去年"], ["今年", "本年", "今冬", "今春"]);
        let before = passage.label(old);
        let turned = has_any(&passage.label(new), &last)
            && !has_any(&before, &last)
            && !before.contains("前年")
            && (has_any(&before, &this) || new == 1);
        let (first, second) = if turned { (new, old) } else { (old, new) };
        let (a, b) = (&passage.numbers[first], &passage.numbers[second]);
        // 比上年翻了一番还多 is a number of its own.
        let of_times = |n: &&Number| !passage.words(n.at.clone()).contains('番');
        let next = passage.numbers[new + 1..].iter().find(of_times);
        let tail = passage
            .words(passage.numbers[new].at.end..next.map_or(passage.range.end, |n| n.at.start));
        let tail: String = tail.chars().take(12).collect();
        let times = [
            ("翻一番", 2),
            ("翻了一番", 2),
            ("翻番", 2),
            ("翻两番", 4),
            ("翻了两番", 4),
            ("翻了一倍", 2),
        ];
        marks.extend(halved(passage, old, &tail));
        let Some((word, times)) = times.iter().find(|(word, _)| tail.contains(word)) else {
            continue;
        };
        let pair = (is_start(&passage.label(old)) && is_reached(&passage.label(new))
            || (has_any(&passage.label(old), &["上年", "去年"])
                || year_in(&passage.label(old)).is_some())
                && has_any(&passage.label(new), &["今年", "本年"])
            || turned
            || pair_of(passage, None) == Some((old, new)))
            && a.is_alike(b);
        // 正好翻了一番 leaves no room for rounding.
        let just = ["正好", "刚好", "恰好", "整整"].iter().any(|word| tail.contains(word));
        let quotient = if just {
            Extent::exact(b.value).over(Extent::exact(a.value))
        } else {
            b.rounded().over(a.rounded())
        };
        // 茶企由4家增加到5家,产值翻了一番 is told of another thing.
        let before = tail.split_once(word).map_or("", |(before, _)| before);
        let Some(quotient) =
            quotient.filter(|_| pair && !names_thing(before, &passage.around(new)))
        else {
            continue;
        };
        // 翻番 is told of what is near it: a twentieth less where nothing is rounded, a little more else.
        let room = Decimal::from(*times).checked_mul(Decimal::new(if just { 5 } else { 7 }, 2));
        let Some(room) = room else { continue };
        let wide = Extent::exact(Decimal::from(*times)).widened(room);
        let more = tail.contains('多') || tail.contains('余') || tail.contains("以上");
        let behind = tail.split_once(word).map_or("", |(_, behind)| behind);
        let beyond = behind.starts_with(['多', '还']) || behind.starts_with("有余");
        let told = !beyond && wide.is_some_and(|wide| wide.meets(quotient));
        if told || (more && quotient.high > Decimal::from(*times)) {
            continue;
        }
        let shown =
            b.value.checked_div(a.value).map(|q| decimal_text(q.round_dp(2))).unwrap_or_default();
        let message = format!(
            "{}÷{}={shown},不是{times}倍,与翻番的说法不符;请核对",
            b.told(passage.paper, b.value),
            b.told(passage.paper, a.value)
        );
        marks.push(b.mark(passage.paper, message, &[a]));
    }
    marks
}

/// Whether words before 翻番 name another thing than the number, that grew so.
fn names_thing(before: &str, label: &str) -> bool {
    const THINGS: &[&str] = &[
        "产值",
        "收入",
        "成员",
        "面积",
        "效益",
        "利润",
        "销量",
        "产量",
        "销售额",
        "税收",
        "人数",
        "户数",
    ];
    THINGS.iter().any(|thing| before.contains(thing) && !label.contains(thing))
}

/// `从3次减少到1次,减少了一半`.
fn halved(passage: &Passage<'_>, old: usize, tail: &str) -> Option<Mark> {
    const HALVED: &[&str] =
        &["减少了一半", "减少一半", "下降了一半", "压缩了一半", "缩短了一半", "减半", "降低了一半"];
    // 1800元,比去年的3000元减少了一半: the earlier one may be told last.
    let compared = passage.label(old + 1).starts_with(['比', '较'])
        && passage.gap(old + 1).matches([',', '，', ';', '；', '。', '、']).count() == 1
        && tail.starts_with(|c| c != ',' && c != '，');
    let (first, last) = if compared { (old + 1, old) } else { (old, old + 1) };
    let (a, b) = (&passage.numbers[first], &passage.numbers[last]);
    let behind = tail.trim_start_matches([',', '，']);
    let said = HALVED.iter().any(|word| behind.starts_with(word));
    let moved = is_start(&passage.label(old)) && is_reached(&passage.label(old + 1));
    if !said || !(moved || compared) || !b.is_kin(a) {
        return None;
    }
    let half = Extent::exact(Decimal::new(5, 1)).widened(Decimal::new(6, 2))?;
    if b.rounded().over(a.rounded())?.meets(half) {
        return None;
    }
    let told = |n: &crate::figure::reading::number::Number| passage.words(n.at.clone());
    let message = format!("由{}到{},减少的不是一半;请核对", told(a), told(b));
    Some(b.mark(passage.paper, message, &[a]))
}

/// Marks a multiple that is not what one amount is of another.
fn multiple(passage: &Passage<'_>, times: &Number, new: &Number, old: &Number) -> Option<Mark> {
    let shown = decimal_text(new.value.checked_div(old.value)?.round_dp(2));
    let message = format!(
        "{}÷{}={shown}倍,不是{};请核对",
        new.told(passage.paper, new.value),
        old.told(passage.paper, old.value),
        passage.words(times.at.clone())
    );
    Some(times.mark(passage.paper, message, &[old, new]))
}
