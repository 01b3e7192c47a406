//! What several years came to, and each of them on the mean: 三年间累计投入4.35亿元,年均1.54亿元.

use ::figure::{Decimal, decimal_text};

use crate::figure::reading::change::change;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Stretches of years, with how many there are of them.
const SPANS: &[(&str, i64)] = &[
    ("两年", 2),
    ("三年", 3),
    ("四年", 4),
    ("五年", 5),
    ("六年", 6),
    ("十年", 10),
    ("3年", 3),
    ("5年", 5),
    ("10年", 10),
];
/// Words of what all the years came to.
const SUMMED: &[&str] = &["累计", "共", "总", "合计"];
/// Words by which the mean is of other years, or not of all of it.
const OTHER: &[&str] = &[
    "其中",
    "同比",
    "计划",
    "目标",
    "增长",
    "新增",
    "十四五",
    "十三五",
    "以来",
    "另",
    "前三年",
    "后",
];

/// Marks a yearly mean that the years and their sum do not give.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let mean = &numbers[index];
    let label = passage.label(index);
    let said = has_any(&label, &["年均", "平均每年", "每年平均"]) && change(&label).is_none();
    let total = index.checked_sub(1)?;
    let whole = &numbers[total];
    let lead = passage.words(passage.range.start..whole.at.start);
    let words = format!("{lead}{label}");
    let near = passage.gap(index).matches([',', '，']).count() == 1;
    let plain = |n: &Number| n.is_exact() && n.direction.is_none() && !n.unit.is_empty();
    if !said || !near || !plain(mean) || !plain(whole) || !mean.is_kin(whole) {
        return None;
    }
    // 2023年 is no stretch of three years.
    let counts = |word: &str| {
        let before = |at: usize| lead[..at].chars().next_back();
        lead.match_indices(word).any(|(at, _)| !before(at).is_some_and(|c| c.is_ascii_digit()))
    };
    let mut spans = SPANS.iter().filter(|(word, _)| counts(word)).map(|(_, years)| *years);
    let years = spans.next().filter(|first| spans.all(|other| other == *first))?;
    if !has_any(&passage.label(total), SUMMED) || has_any(&words, OTHER) {
        return None;
    }
    let value = whole.value.checked_div(Decimal::from(years))?;
    let by = crate::figure::reading::extent::Extent::exact(Decimal::from(years));
    let close = value.max(mean.value) <= value.min(mean.value).checked_mul(Decimal::TWO)?;
    if !close || whole.rounded().over(by)?.meets(mean.forgiving()) {
        return None;
    }
    let told = |n: &Number| passage.words(n.at.clone());
    let is = mean.told(passage.paper, value.round_dp(mean.value.scale().max(2)));
    let message = format!(
        "{}÷{}年={is},不是{};请核对总数和平均数",
        told(whole),
        decimal_text(Decimal::from(years)),
        told(mean)
    );
    Some(mean.mark(passage.paper, message, &[whole]))
}
