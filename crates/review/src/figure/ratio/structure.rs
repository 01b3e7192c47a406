//! A structure in parts of a hundred, beside the amounts that it is of.

use ::figure::{Class, Decimal, decimal_text};

use crate::figure::reading::change::is_start;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::slip::is_shifted;
use crate::finding::Mark;

/// `增加值分别为12亿元、30亿元、18亿元,三次产业结构比为20:45:35`.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    if !has_any(&words, &["结构", "比例", "之比", "比为"]) {
        return None;
    }
    let numbers = &passage.numbers;
    let is_colon = |gap: String| matches!(gap.as_str(), ":" | "：" | "∶" | "比");
    // 由上年的19:43:38调整为18:44:38: the first of two is another year's.
    let is_old = |i: usize| is_start(&passage.label(i)) || is_colon(passage.gap(i));
    let first = (0..numbers.len())
        .find(|i| numbers.get(i + 1).is_some() && is_colon(passage.gap(i + 1)) && !is_old(*i))?;
    let mut last = first;
    while last + 1 < numbers.len() && is_colon(passage.gap(last + 1)) {
        last += 1;
    }
    let count = last - first + 1;
    let olds = (0..first).rev().take_while(|i| numbers[*i].unit.is_empty()).count();
    let end = if olds == count { first - olds } else { first };
    let parts = end.checked_sub(count)?;
    let amounts = &numbers[parts..end];
    let shares = &numbers[first..=last];
    let sum = shares.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let alike = amounts.windows(2).all(|pair| pair[0].is_alike(&pair[1]));
    // 增加水稻26万亩、蔬菜16万亩,粮经饲比例达到87:9:4 is of all there is and not of what came.
    let before = passage.words(passage.range.start..numbers[first].at.start);
    let moved = has_any(&before.replace("增加值", ""), &["增加", "调减", "减少"]);
    let plain =
        !moved && amounts.iter().all(|n| n.direction.is_none() && !n.per && !n.unit.is_empty());
    // Another amount before them would leave open which are meant.
    let more = parts.checked_sub(1).is_some_and(|i| {
        numbers[i].is_alike(&amounts[0]) && passage.gap(parts).trim().chars().count() <= 1
    });
    let joined = (parts + 1..first).all(|i| passage.gap(i).chars().count() <= 16);
    let about = Decimal::from(99)..=Decimal::from(101);
    if let ([a, b], [p, q]) = (amounts, shares)
        && is_of_money(&passage.label(first)) <= a.is(Class::Money)
        && alike
        && plain
        && !more
        && !about.contains(&sum)
        && passage.gap(first).matches([',', '，', '。']).count() <= 1
    {
        return proportion(passage, [a, b], [p, q]);
    }
    if count < 2 || !alike || !plain || more || !joined || !about.contains(&sum) {
        return None;
    }
    let total =
        amounts.iter().map(Number::rounded).try_fold(Extent::exact(Decimal::ZERO), Extent::plus)?;
    let hundred = Extent::exact(Decimal::ONE_HUNDRED);
    let off = amounts.iter().zip(shares).find(|(amount, share)| {
        let part = amount.rounded().over(total).and_then(|part| part.times(hundred));
        let room = Decimal::ONE.checked_div(Decimal::from(10_i64.pow(share.value.scale().min(4))));
        part.zip(room.and_then(|room| share.extent.widened(room)))
            .is_some_and(|(part, share)| !part.meets(share))
    });
    let (amount, share) = off?;
    let all = amounts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let part = amount.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all)?;
    let message = format!(
        "{}占合计{}的{}%,结构里写的是{};请核对结构比例",
        passage.words(amount.at.clone()),
        amount.told(passage.paper, all),
        decimal_text(part.round_dp(share.value.scale().max(1))),
        decimal_text(share.value)
    );
    let also: Vec<&Number> = amounts.iter().collect();
    Some(share.mark(passage.paper, message, &also))
}

/// `三次产业结构由22:45:33调整为20:44:38`: three shares of all there is that are more or less than it.
pub(super) fn of_all(passage: &Passage<'_>, first: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let [a, b, c] = numbers.get(first..first + 3)?.first_chunk::<3>()?;
    let words = passage.words(passage.range.start..a.at.start);
    let named = has_any(&words, &["产业结构", "三产结构", "产业比例", "产业比重", "三产比例"]);
    let colon = |i: usize| matches!(passage.gap(i).as_str(), ":" | "：" | "∶");
    let row = colon(first + 1) && colon(first + 2);
    let more = first > 0 && colon(first) || first + 3 < numbers.len() && colon(first + 3);
    let sum = a.value.checked_add(b.value)?.checked_add(c.value)?;
    // Each of the three is rounded.
    let step = Decimal::new(2, a.value.scale().min(b.value.scale()).min(c.value.scale()));
    let off = (sum - Decimal::ONE_HUNDRED).abs();
    // 1:2:3 is no structure in hundredths.
    let hundredths = off < Decimal::TEN && [a, b, c].iter().all(|n| n.unit.is_empty());
    if !named || !row || more || !hundredths || off < step {
        return None;
    }
    let told = |n: &Number| passage.words(n.at.clone());
    let message =
        format!("{}+{}+{}={},不是100;请核对结构比例", told(a), told(b), told(c), decimal_text(sum));
    Some(c.mark(passage.paper, message, &[a, b]))
}

/// Whether a ratio is said to be of sums of money, which two numbers of things do not give.
fn is_of_money(label: &str) -> bool {
    has_any(label, &["产值", "收入", "支出", "投资", "增加值", "价"])
}

/// `城镇36800元,农村20150元,收入比为1.93`: a ratio told as one number.
pub(super) fn plain_ratio(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let said = &numbers[index];
    let (a, b) = (&numbers[index.checked_sub(2)?], &numbers[index - 1]);
    let label = passage.label(index);
    let bare = label.trim_end_matches(['为', '是', '达', '到', '至', '缩', '小', '约', '仅']);
    let behind = passage.words(said.at.end..passage.range.end);
    let one = behind.starts_with(":1") || behind.starts_with("：1") || behind.starts_with("∶1");
    let ends =
        behind.is_empty() || behind.starts_with(['。', ',', '，', ';', '；', ')', '）']) || one;
    let fits = said.unit.is_empty()
        && said.direction.is_none()
        && ends
        && (bare.ends_with('比') || bare.ends_with("比值") || bare.ends_with("之比"))
        && !bare.ends_with("同比")
        && !bare.ends_with("环比")
        && !bare.ends_with("占比")
        && a.is_kin(b)
        && (a.is_amount() || a.is(Class::Money) && a.direction.is_none())
        && !a.unit.is_empty()
        && b.direction.is_none()
        && is_of_money(&label) <= a.is(Class::Money)
        && passage.gap(index).matches([',', '，', '。']).count() <= 1;
    if !fits || said.value.is_zero() {
        return None;
    }
    let step = Decimal::new(1, said.value.scale());
    let room = said.extent.widened(step)?;
    let quotient = a.rounded().over(b.rounded())?;
    let inverse = b.rounded().over(a.rounded())?;
    if quotient.meets(room) || inverse.meets(room) {
        return None;
    }
    let (large, small) = if a.value > b.value { (a, b) } else { (b, a) };
    let times = large.value.checked_div(small.value)?;
    // 迁出351人、净迁移-120人,出生人口性别比107.3 is of others, unless a point was set wrong.
    let far = Decimal::from(4);
    let (more, less) = (said.value.checked_div(times.abs())?, times.abs().checked_div(said.value)?);
    if (more > far || less > far) && !is_shifted(said, times) {
        return None;
    }
    let words = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "{}÷{}={},不是{};请核对比值或两个数",
        words(large),
        words(small),
        decimal_text(times.round_dp(said.value.scale().max(1))),
        words(said)
    );
    Some(said.mark(passage.paper, message, &[a, b]))
}

/// `学生1800人、教师100人,师生比为1:15`: two amounts and how they stand to each other.
fn proportion(passage: &Passage<'_>, amounts: [&Number; 2], shares: [&Number; 2]) -> Option<Mark> {
    let half = Decimal::new(5, 1);
    let range =
        |n: &Number| if n.value == Decimal::ONE { Some(n.extent) } else { n.extent.widened(half) };
    let said = range(shares[0])?.over(range(shares[1])?)?;
    let [a, b] = amounts;
    let quotient = a.rounded().over(b.rounded())?;
    let inverse = b.rounded().over(a.rounded())?;
    if quotient.meets(said) || inverse.meets(said) || a.unit != b.unit {
        return None;
    }
    let (large, small) = if a.value > b.value { (a, b) } else { (b, a) };
    let times = large.value.checked_div(small.value)?.round_dp(2);
    let words = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "{}÷{}={},与{}:{}不符;请核对比例或两个数",
        words(large),
        words(small),
        decimal_text(times),
        words(shares[0]),
        words(shares[1])
    );
    Some(shares[0].mark(passage.paper, message, &[shares[1], a, b]))
}
