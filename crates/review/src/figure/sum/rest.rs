//! A whole of two things of which the second is all that is left: 1860件,除棉被740床外,其余全是棉大衣,计920件.

use super::marked::marked;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::sum::fits;
use crate::finding::Mark;

/// Words for what is left.
const LEFT: &[&str] = &["其余", "余下", "剩下", "剩余", "其他"];

/// Words by which all of it is one thing.
const ALL: &[&str] = &["全是", "都是", "均为", "全为", "均是", "全部是", "全部为", "皆为"];

/// Words by which more is counted than the two.
const NOT: &[&str] = &["另", "还有", "同时", "重复", "交叉", "左右", "每", "均价"];

/// Marks a whole that what is taken out of it and all that is left do not make.
pub(super) fn find(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let total = &numbers[whole];
    let (out, left) = (numbers.get(whole + 1)?, numbers.get(whole + 2)?);
    let apart = passage.between(whole + 1, whole + 2);
    let (taken, rest) = apart.split_once('外').or_else(|| apart.split_once("之外"))?;
    let said = taken.chars().count() <= 4
        && passage.gap(whole + 1).contains('除')
        && has_any(rest, LEFT)
        && has_any(rest, ALL);
    let plain = |n: &Number| n.is_amount() && n.is_exact() && n.kind == total.kind;
    // 床 and 件 are counted together in one of the two.
    let counted = |n: &Number| n.class.is_none_or(::figure::Class::is_counted);
    let alike = [out, left].iter().any(|n| n.is_kin(total))
        && (out.is_kin(left) || [total, out, left].iter().all(|n| counted(n)));
    let words = passage.words(total.at.end..passage.range.end);
    let parts = [out, left];
    let fits = said
        && alike
        && [total, out, left].iter().all(|n| plain(n))
        && parts.iter().all(|n| n.value < total.value)
        && !has_any(&words, NOT)
        && !fits(total, &parts);
    fits.then(|| marked(passage, total, &parts)).flatten()
}
