//! Classes whose numbers stand in one row and whose standards in another: 其中C级32户、D级16户,C级每户补助
//! 1.2万元、D级每户补助3.5万元,共兑付106.4万元.

use ::figure::Class;

use super::product::is_close;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words of what was paid in all.
const PAID: &[&str] = &["共", "兑付", "发放", "拨付", "支付", "合计", "总"];
/// Words by which not all of it was paid, or more than that.
const OTHER: &[&str] = &["另", "扣除", "最高", "不等", "首批", "尚", "未", "左右", "人均", "配套"];

/// Marks a total behind both rows that they do not come to.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let total = &numbers[index];
    let [first, second, one, two] = [4, 3, 2, 1].map(|back| index.checked_sub(back));
    let (counts, prices) = ([first?, second?], [one?, two?]);
    let label = |i: usize| passage.label(i).replace("其中", "");
    let is_named = |(count, price): (&usize, &usize)| {
        let name = label(*count);
        let rest = label(*price);
        let rest = rest.strip_prefix(name.as_str()).filter(|_| name.chars().count() > 1);
        rest.is_some_and(|rest| rest.starts_with('每'))
    };
    let is_money = |i: usize| numbers[i].is(Class::Money) && numbers[i].is_exact();
    let is_counted = |i: usize| numbers[i].is_amount() && !numbers[i].is(Class::Money);
    let words = passage.words(numbers[counts[0]].at.end..total.at.end);
    let fits = counts.iter().zip(&prices).all(is_named)
        && prices.into_iter().chain([index]).all(is_money)
        && counts.into_iter().all(is_counted)
        && numbers[counts[0]].is_kin(&numbers[counts[1]])
        && has_any(&passage.gap(index), PAID)
        && !has_any(&words, OTHER);
    if !fits {
        return None;
    }
    let part = |at: usize| numbers[counts[at]].value.checked_mul(numbers[prices[at]].value);
    let sum = part(0)?.checked_add(part(1)?)?;
    let told = |n: &Number| passage.words(n.at.clone());
    if total.forgiving().low <= sum && sum <= total.forgiving().high || !is_close(sum, total.value)
    {
        return None;
    }
    let terms =
        |at: usize| format!("{}×{}", told(&numbers[prices[at]]), told(&numbers[counts[at]]));
    let message = format!(
        "{}+{}={},不是{};请核对各类的标准、数量和总额",
        terms(0),
        terms(1),
        total.told(passage.paper, sum),
        told(total)
    );
    let also = [counts[0], counts[1], prices[0], prices[1]].map(|i| &numbers[i]);
    Some(total.mark(passage.paper, message, &also))
}
