//! Growth by the year over several years, which two values and the years between them give.

use ::figure::{Class, Decimal, decimal_text};

use crate::figure::reading::change::{change, is_reached, is_start};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// `由2020年的80亿元增加到2023年的100亿元,年均增长12%`.
pub(in crate::figure) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let rate = &numbers[index];
    let gap = passage.gap(index);
    let said = has_any(
        &gap,
        &["年均", "年平均", "平均每年", "两年平均", "三年平均", "平均增长", "年平均"],
    ) && change(&passage.label(index)).is_some()
        && rate.is(Class::Share)
        && rate.is_exact();
    // 增加到18960元,三年累计增长27.9%,年均增长12.1%: what the years brought may stand between.
    let reached = |i: &usize| {
        is_reached(&passage.label(*i)) && i.checked_sub(1).is_some_and(|old| is_led(passage, old))
    };
    let tied = (index.saturating_sub(2)..index).rev().find(reached);
    let new = tied.or_else(|| index.checked_sub(1))?;
    let old = begun(passage, index).or_else(|| new.checked_sub(1))?;
    let (a, b) = (&numbers[old], &numbers[new]);
    let led = is_led(passage, old) && is_reached(&passage.label(new));
    let dated = |i: usize| year_in(&passage.label(i)).is_some();
    let pair = a.is_kin(b) && (led || dated(old) && dated(new));
    let real = has_any(
        &passage.words(passage.range.clone()),
        &["可比", "不变价", "扣除", "口径", "剔除", "实际增长"],
    );
    let output = has_any(&passage.words(passage.range.clone()), &["生产总值", "增加值", "GDP"]);
    if !said || !pair || real || output || gap.matches([',', '，', '。']).count() > 2 {
        return None;
    }
    let years = year_in(&passage.gap(new))?.checked_sub(year_in(&passage.gap(old))?)?;
    if !(2..=10).contains(&years) || a.value <= Decimal::ZERO || b.value <= a.value {
        return None;
    }
    let step = Decimal::ONE_HUNDRED.checked_add(rate.value)?.checked_div(Decimal::ONE_HUNDRED)?;
    let room = rate.digit.max(Decimal::new(5, 1)).checked_div(Decimal::ONE_HUNDRED)?;
    let grown = |step: Decimal| (0..years).try_fold(a.value, |value, _| value.checked_mul(step));
    let (low, high) = (grown(step.checked_sub(room)?)?, grown(step.checked_add(room)?)?);
    // Some divide the whole growth by the years.
    let plain =
        b.value.checked_sub(a.value)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(a.value)?;
    let mean = plain.checked_div(Decimal::from(years))?;
    let near = (mean - rate.value).abs() <= rate.digit;
    let after = b.forgiving();
    if near || (low <= after.high && after.low <= high) {
        return None;
    }
    let words = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "{}按年均{}%增长{years}年是{},不是{};请核对年均增幅或两个数",
        words(a),
        decimal_text(rate.value),
        b.told(passage.paper, grown(step)?.round_dp(b.value.scale().max(2))),
        words(b)
    );
    Some(rate.mark(passage.paper, message, &[a, b]))
}

/// Whether a number is where something came from.
fn is_led(passage: &Passage<'_>, index: usize) -> bool {
    is_start(&passage.label(index))
}

/// The value so many years before the last one as the rate is said to be of: 两年年均增长.
fn begun(passage: &Passage<'_>, index: usize) -> Option<usize> {
    const SPANS: &[(&str, u32)] =
        &[("两年", 2), ("二年", 2), ("三年", 3), ("四年", 4), ("五年", 5)];
    let label = passage.label(index);
    let (_, years) = SPANS.iter().find(|(word, _)| label.contains(word))?;
    let new = index.checked_sub(1)?;
    let first = year_in(&passage.gap(new))?.checked_sub(*years)?;
    let dated = |i: &usize| year_in(&passage.gap(*i)) == Some(first);
    (0..new).filter(|i| passage.numbers[*i].is_kin(&passage.numbers[new])).find(dated)
}

/// The last year that words name in digits.
pub(in crate::figure) fn year_in(words: &str) -> Option<u32> {
    let chars: Vec<char> = words.chars().collect();
    let at = chars
        .windows(5)
        .rposition(|five| five[4] == '年' && five[..4].iter().all(char::is_ascii_digit))?;
    chars[at..at + 4].iter().collect::<String>().parse().ok()
}

/// Whether a change is what one year brought: 今年新增9家 behind 由三年前的26家增加到41家.
pub(in crate::figure) fn is_one_year(label: &str) -> bool {
    has_any(label, &["今年新", "去年新", "当年新", "年内新", "上年新"])
}

/// Words without the stretch of time that they begin with: 净增 of 半年净增, 三个季度净增.
pub(in crate::figure) fn untimed(words: &str) -> &str {
    let rest = ["短短", "仅", "这", "前", "在"]
        .iter()
        .fold(words, |w, lead| w.strip_prefix(lead).unwrap_or(w));
    let count = rest
        .trim_start_matches(|c: char| c.is_ascii_digit() || "半一二两三四五六七八九十".contains(c));
    if count.len() == rest.len() {
        return words;
    }
    let span = ["个季度", "季度", "个月", "年多", "年", "天", "周"]
        .iter()
        .find_map(|unit| count.strip_prefix(unit));
    let Some(mut rest) = span else { return words };
    while let Some(next) = ["间", "来", "内", "里", "时间", "下来", "就", "共"]
        .iter()
        .find_map(|tail| rest.strip_prefix(tail))
    {
        rest = next;
    }
    rest
}

/// Whether a change is a mean over several years, or at comparable prices.
pub(in crate::figure) fn is_mean(words: &str) -> bool {
    has_any(words, &["年均", "平均", "月均", "复合", "每年", "不变价", "可比", "累计增", "按可比"])
}

/// Whether the values before and after were not counted alike.
pub(in crate::figure) fn is_rebased(passage: &Passage<'_>, index: usize) -> bool {
    const REBASED: &[&str] = &[
        "口径",
        "可比",
        "不变价",
        "剔除",
        "扣除",
        "价格因素",
        "实际增长",
        "调整",
        "退库",
        "扭亏",
        "基数已",
        "按新名录",
        "同比例",
        "反亏",
        "转亏",
        "亏损",
    ];
    // 调整预算 and 结构调整 change no base.
    const OTHER: &[&str] = &["调整预算", "预算调整", "调整后预算", "结构调整", "调整优化"];
    // What stands behind the next semicolon is told of something else.
    let end = passage.numbers[index].at.end;
    let behind = passage.words(end..passage.range.end);
    let behind = behind.split([';', '；']).next().unwrap_or_default();
    let words = format!("{}{behind}", passage.words(passage.range.start..end));
    let words = OTHER.iter().fold(words, |words, other| words.replace(other, ""));
    has_any(&words, REBASED)
}

/// Growth of output is at comparable prices, and does not follow from amounts at current ones.
pub(in crate::figure) fn is_real(passage: &Passage<'_>, index: usize) -> bool {
    let words = passage.words(passage.range.start..passage.numbers[index].at.start);
    passage.numbers[index].is(Class::Share)
        && has_any(&words, &["生产总值", "增加值", "GDP", "gdp"])
}
