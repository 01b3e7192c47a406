//! How far what is done is ahead of the year: 1—6月完成年初预算的54.2%,快于时间进度6.2个百分点.

use ::figure::{Class, Decimal, decimal_text};

use crate::figure::direction::pace::passed_months;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Marks points ahead of the time or behind it that the share and the months passed do not give.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let points = &numbers[index];
    let share = index.checked_sub(1).map(|before| &numbers[before])?;
    let label = passage.label(index);
    let paced = has_any(&label, &["时间进度", "序时进度", "时序进度"]);
    let ahead = has_any(&label, &["快于", "高于", "超", "快", "领先", "高出", "提前"]);
    let behind = has_any(&label, &["慢于", "低于", "滞后", "落后", "慢"]);
    let near = passage.gap(index).matches([',', '，']).count() <= 1;
    let words = passage.words(passage.range.start..share.at.start);
    let of_year = has_any(&words, &["年初", "年度", "全年", "预算", "年目标", "年任务", "年计划"]);
    let fits = points.is(Class::Points)
        && share.is(Class::Share)
        && share.direction.is_none()
        && share.is_exact()
        && points.is_exact()
        && paced
        && near
        && of_year
        && ahead != behind;
    if !fits {
        return None;
    }
    let months = passed_months(&words)?;
    let due = Decimal::from(months * 100).checked_div(Decimal::from(12))?;
    let gap = share.value.checked_sub(due)?;
    let gap = if behind { -gap } else { gap };
    let room = share.digit.max(points.digit);
    if gap <= Decimal::ZERO || (gap - points.value).abs() <= room {
        return None;
    }
    let message = format!(
        "{}减去{months}个月的时间进度{}%是{}个百分点,不是{};请核对",
        passage.words(share.at.clone()),
        decimal_text(due.round_dp(1)),
        decimal_text(gap.round_dp(points.value.scale().max(1))),
        passage.words(points.at.clone())
    );
    Some(points.mark(passage.paper, message, &[share]))
}
