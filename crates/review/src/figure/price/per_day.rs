//! What a whole year brought, and how much that is for each of its days: 全年接处警4380起,平均每天21起.

use ::figure::Decimal;

use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words of a mean for each day.
const DAILY: &[&str] = &["日均", "平均每天", "平均每日", "每天平均", "每日平均"];
/// Words of a part of the year, or of days of some kind alone.
const OTHER: &[&str] = &[
    "上半年",
    "下半年",
    "季度",
    "月",
    "期间",
    "假期",
    "工作日",
    "高峰",
    "旺季",
    "运营",
    "开放",
    "以来",
    "最高",
    "天内",
    "双休",
    "其中",
    "黄金周",
    "节假日",
    "节日",
    "天接",
    "天共",
];
/// Fewest days of a year on which an office is at work, and all that it has.
const DAYS: (i64, i64) = (240, 366);

/// Marks a mean for each day that the number of a whole year does not give.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let rate = &passage.numbers[index];
    let is_daily = |i: usize| has_any(&passage.gap(i), DAILY);
    let total = index.checked_sub(1).filter(|i| !is_daily(*i))?;
    let all = &passage.numbers[total];
    let words = passage.words(passage.range.start..rate.at.end);
    let lead = passage.words(passage.range.start..all.at.start);
    let is_year = has_any(&lead, &["全年", "一年"]) || is_of_year(&lead);
    let is_plain = all.is_kin(rate) && all.is_amount() && all.is_exact() && rate.is_exact();
    if !is_daily(index) || !is_year || !is_plain || has_any(&words, OTHER) {
        return None;
    }
    let mean = |days: i64| all.value.checked_div(Decimal::from(days));
    let (least, most) = (mean(DAYS.1)?, mean(DAYS.0)?);
    let told = rate.forgiving().widened(rate.digit)?;
    if least <= told.high && told.low <= most {
        return None;
    }
    let message = format!(
        "{}÷365天={},不是每天{};请核对总数或日均数",
        passage.words(all.at.clone()),
        rate.told(passage.paper, mean(365)?.round_dp(rate.value.scale().max(1))),
        passage.words(rate.at.clone())
    );
    Some(rate.mark(passage.paper, message, &[all]))
}

/// Whether words begin with a year: 2023年,共接处警.
fn is_of_year(lead: &str) -> bool {
    let rest = lead.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() + 4 == lead.trim_start().len() && rest.starts_with('年')
}
