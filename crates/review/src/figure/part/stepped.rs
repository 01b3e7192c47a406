//! Some of what all of was said to be under way or to be paid for, and those above a higher
//! threshold: no more than there are.

use ::figure::{Class, Decimal};

use super::within::NOT;
use crate::figure::part;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words by which something is told of every one.
const EVERY: &[&str] = &["全部", "均", "全都", "全数", "悉数", "都"];

/// Words for what some of them have come to.
const SOME: &[&str] = &[
    "已", "竣工", "完工", "完成", "享受", "通过", "取得", "领取", "办结", "入住", "投产", "达产",
    "投用", "交付", "验收", "其中", "合格", "兑现", "开业",
];

/// Words by which a number is of more than was told before.
const MORE: &[&str] = &["含", "连同", "上年", "往年", "结转", "历年", "遗留", "超额", "超过"];

fn is_plain(number: &Number) -> bool {
    number.is_amount() && number.is_exact() && !number.unit.is_empty()
}

/// `43户改造对象全部开工,已竣工46户`: what is told of every one, and then of some.
pub(super) fn of_every(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let whole = (0..index).rev().find(|i| numbers[*i].is_kin(part))?;
    let all = &numbers[whole];
    let between = passage.between(whole, index);
    let (every, rest) = between.split_once([',', '，'])?;
    let end = numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let behind: String = passage.words(part.at.end..end).chars().take(8).collect();
    let fits = is_plain(part)
        && is_plain(all)
        && part.class.is_some_and(Class::is_counted)
        && part.kind == all.kind
        && has_any(every, EVERY)
        && (has_any(rest, SOME) || behind.starts_with('已'))
        && !between.contains(['。', '、'])
        && between.matches([',', '，', ';', '；']).count() <= 3
        && !has_any(&passage.label(index), NOT)
        && !has_any(&between, MORE)
        && !has_any(&behind, MORE)
        && part.rounded().low > all.forgiving().high
        && part.value <= all.value.checked_mul(Decimal::new(15, 1))?;
    fits.then(|| part::exceeds(passage, all, part))
}

/// `20万元以上的9个,50万元以上的11个`: those above the higher threshold are among those above the lower.
pub(super) fn above(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let (high, unit) = threshold(passage, index)?;
    let whole = (0..index).rev().find(|i| numbers[*i].is_kin(part))?;
    let all = &numbers[whole];
    let (low, same) = threshold(passage, whole)?;
    // Those between two thresholds and those above the higher make all there is.
    let sum = all.value.checked_add(part.value)?;
    let divided = numbers.iter().any(|n| n.is_kin(part) && n.value == sum);
    let gap = passage.between(whole, index);
    let fits = is_plain(part)
        && is_plain(all)
        && part.is_kin(all)
        && part.kind == all.kind
        && unit == same
        && high > low
        && part.value > all.value
        && !divided
        && gap.matches([',', '，', '、', ';', '；']).count() == 1
        && !gap.contains('。');
    fits.then(|| part::exceeds(passage, all, part))
}

/// The threshold above which a number counts, and its unit: 20 and 万元 in 20万元以上的9个; or the number
/// before it that is one, 过20万元的9个.
fn threshold(passage: &Passage<'_>, index: usize) -> Option<(Decimal, String)> {
    let label = passage.label(index);
    let before = index.checked_sub(1).map(|at| (passage.label(at), &passage.numbers[at]));
    let passed = before.filter(|(lead, number)| {
        ["过", "突破", "超"].iter().any(|word| lead.ends_with(word))
            && label.starts_with('的')
            && number.is_amount()
    });
    if let Some((_, number)) = passed {
        return Some((number.value, number.kinship().1.to_owned()));
    }
    let at = label.find(|c: char| c.is_ascii_digit())?;
    let rest = label[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let value = label[at..label.len() - rest.len()].parse().ok()?;
    let (unit, behind) = rest.split_once("以上")?;
    let unit = unit.trim_end_matches(['及', '(', '（', '含', ')', '）']);
    let plain = (1..=4).contains(&unit.chars().count()) && unit.chars().all(char::is_alphabetic);
    let one = !behind.contains(|c: char| c.is_ascii_digit()) && !behind.contains("以下");
    (plain && one).then(|| (value, unit.to_owned()))
}
