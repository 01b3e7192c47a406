//! A mean of persons for each person: 在校学生2548人,专任教师182人,平均每名教师对应学生14人.

use ::figure::Decimal;

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// `在校学生2548人,专任教师182人,平均每名教师对应学生18人`: both are counted in persons, and
/// the words of the mean name which is which.
pub(super) fn per_head(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let mean = &numbers[index];
    let label = passage.label(index);
    let at =
        ["每名", "每位", "每个"].iter().find_map(|word| Some(label.find(word)? + word.len()))?;
    if !label.contains("平均") || mean.direction.is_some() {
        return None;
    }
    let named: Vec<char> = label[at..].chars().collect();
    let one: String = named.iter().take(2).collect();
    let other: String = named.iter().skip(named.len().saturating_sub(2)).collect();
    let (count, total) = (index.checked_sub(1)?, index.checked_sub(2)?);
    let fits = named.len() >= 4
        && passage.around(count).contains(&one)
        && passage.around(total).contains(&other)
        && !passage.around(total).contains(&one)
        && [count, total].iter().all(|i| {
            numbers[*i].is_alike(mean) && numbers[*i].is_exact() && numbers[*i].direction.is_none()
        })
        && !has_any(&passage.words(passage.range.clone()), &["其中", "同比", "标准", "折算"]);
    if !fits {
        return None;
    }
    let (count, total) = (&numbers[count], &numbers[total]);
    let quotient = total.rounded().over(count.rounded())?;
    // 14.0 may be told as 14 and 13.6 as 13 or 14.
    let said = mean.extent.widened(Decimal::new(98, 2))?;
    if quotient.meets(said) {
        return None;
    }
    let told = |number: &Number| passage.words(number.at.clone());
    let value = total.value.checked_div(count.value)?.round_dp(1);
    let message = format!(
        "{}÷{}={},不是{};请核对总数、人数和平均数",
        told(total),
        told(count),
        ::figure::decimal_text(value),
        told(mean)
    );
    Some(mean.mark(passage.paper, message, &[total, count]))
}
