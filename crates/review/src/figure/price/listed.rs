//! The mean of what is listed before it: 得分依次为92分、88分、95分,平均93分.

use ::figure::{Class, Decimal, decimal_text};

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words before a list of all that there is.
const ALL: &[&str] = &["依次为", "依次是", "分别为", "分别是"];
/// Words by which the mean is weighed, or of others.
const OTHER: &[&str] =
    &["加权", "去掉", "剔除", "扣除", "综合", "全镇平均", "全县平均", "等", "上年", "去年"];
/// Fewest values that make a list.
const LEAST: usize = 3;

/// Marks a mean that the values listed right before it do not have.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let mean = &numbers[index];
    let label = passage.label(index);
    let last = index.checked_sub(1)?;
    // 六个支部平均93分 counts them again.
    let again = numbers[last].is(Class::Items) && passage.noun(last) == label;
    let last = if again { last.checked_sub(1)? } else { last };
    let joined = |i: usize| matches!(passage.gap(i).trim(), "、" | "," | "，" | "和");
    let run = (1..=last).rev().take_while(|i| joined(*i)).count();
    let row = &numbers[last - run..=last];
    let plain = |n: &&Number| n.is_exact() && n.unit == mean.unit && n.class == mean.class;
    let named = has_any(&passage.label(last - run), ALL);
    let gap = passage.words(numbers[last].at.end..mean.at.start);
    let near = gap.matches([',', '，', ';', '；']).count() == 1 && !gap.contains('。');
    let said = label.contains("平均") && !has_any(&format!("{gap}{label}"), OTHER);
    if row.len() < LEAST || !named || !near || !said || !row.iter().all(|n| plain(&n)) {
        return None;
    }
    let sum = row.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let value = sum.checked_div(Decimal::from(u32::try_from(row.len()).ok()?))?;
    let step = Decimal::new(1, mean.value.scale());
    let high = row.iter().map(|n| n.value).max()?;
    // A mean beyond all of them is of something else.
    if (value - mean.value).abs() < step || mean.value > high {
        return None;
    }
    let told = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "({})÷{}={},不是{};请核对各数和平均数",
        row.iter().map(|n| decimal_text(n.value)).collect::<Vec<_>>().join("+"),
        row.len(),
        decimal_text(value.round_dp(mean.value.scale().max(1))),
        told(mean)
    );
    let also: Vec<&Number> = row.iter().collect();
    Some(mean.mark(passage.paper, message, &also))
}
