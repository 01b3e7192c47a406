//! So many people, so many days each, so much a day: 务工68人,人均45天,日工资150元,发放劳务报酬49.5万元.

use ::figure::{Class, Decimal};

use super::product::is_close;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words of what is paid for a day.
const DAILY: &[&str] = &["日工资", "每天", "每日", "日均工资", "日薪", "每人每天", "每工日"];
/// Words of what was paid in all.
const PAID: &[&str] = &["共", "累计", "发放", "支付", "支出", "合计", "总", "增收"];
/// Words by which not everybody got all of it.
const OTHER: &[&str] = &["其中", "另", "左右", "不等", "最高", "不低于", "部分", "扣除", "以上"];

/// Marks a sum of pay that people, days and pay a day do not come to.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let total = &numbers[index];
    let from = index.checked_sub(3)?;
    let one = |fits: &dyn Fn(usize) -> bool| {
        let mut found = (from..index).filter(|i| fits(*i) && numbers[*i].is_exact());
        found.next().filter(|_| found.next().is_none())
    };
    let days = one(&|i| numbers[i].is(Class::Days) && has_any(&passage.label(i), &["均", "每"]))?;
    let rate = one(&|i| numbers[i].is(Class::Money) && has_any(&passage.label(i), DAILY))?;
    let heads = one(&|i| numbers[i].is(Class::Persons) && !numbers[i].per)?;
    let words = passage.words(numbers[from].at.start..total.at.end);
    let paid = total.is(Class::Money) && has_any(&passage.label(index), PAID) && total.is_exact();
    if !paid || has_any(&words, OTHER) || words.contains(['。', ';', '；']) {
        return None;
    }
    let all = [days, rate, heads].map(|i| &numbers[i]);
    let value = all.iter().try_fold(Decimal::ONE, |value, n| value.checked_mul(n.value))?;
    // 人均45天 is rounded to whole days.
    let mean = numbers[days].value.checked_add(Decimal::new(5, 1))?;
    let most = value.checked_mul(mean)?.checked_div(numbers[days].value)?;
    let least = value.checked_mul(Decimal::TWO)?.checked_sub(most)?;
    let product = Extent::new(least, most);
    if product.meets(total.forgiving()) || !is_close(value, total.value) {
        return None;
    }
    let told = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "{}×{}×{}={},不是{};请核对人数、天数、标准和总额",
        told(&numbers[heads]),
        told(&numbers[days]),
        told(&numbers[rate]),
        total.told(passage.paper, value),
        told(total)
    );
    Some(total.mark(passage.paper, message, &all))
}
