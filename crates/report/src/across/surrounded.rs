//! Statements that the figures around them show to be of one figure, whatever their words.
//!
//! Two stations tell of one inspection in words of their own, but with the same numbers: of 3860
//! places one finds 1247 dangers and the other one 127, and both mend 1219. And a number that one
//! material tells as the one of last year, or as that of a part, is in the other one that of all.

use super::likeness::{Gist, SHARE};
use super::mention::Mention;

/// Letters between figures that are told together.
const NEAR: usize = 80;
/// Fewest digits of a figure that counts as told in both.
const TOLD: usize = 2;
/// Digits of one that is enough alone, in one sentence; and of one among several.
const ALONE: usize = 4;
const MANY: usize = 3;
/// Words that a figure before another one is not of this time.
const FORMER: [&str; 7] = ["上年", "去年", "同期", "年初", "原来", "原有", "此前"];
/// Words of all there is.
const ALL: [&str; 7] = ["总数", "总量", "总计", "合计", "共", "总面积", "总长"];

/// Whether several figures around both are the same, and a slip of the pen lies between the two.
pub(super) fn is_slipped(a: &Mention, b: &Mention, first: &[Mention], second: &[Mention]) -> bool {
    let (Some(one), Some(other)) = (&a.gist, &b.gist) else { return false };
    let is_told = |own: &Gist, all: &[Mention]| {
        all.iter().filter_map(|m| m.gist.as_ref()).any(|gist| gist.is_same(own))
    };
    // A digit that is lost or another one may be that of a part, which is often as long.
    let is_plain = one.is_turned(other) || one.likeness(other, true) >= SHARE;
    one.is_slip_of(other)
        && (is_plain && one.fits(other))
        && is_firm(a, b, first, second)
        && !is_told(one, second)
        && !is_told(other, first)
}

/// Whether the figures around both are the same: two, or one of many digits in their sentences.
fn is_firm(a: &Mention, b: &Mention, first: &[Mention], second: &[Mention]) -> bool {
    let around = |own: &Mention, all: &'_ [Mention]| -> Vec<(Gist, bool)> {
        let near = all.iter().filter(|m| {
            let apart = m.side.start.abs_diff(own.side.start);
            m.side.line == own.side.line && 0 < apart && apart <= NEAR
        });
        near.filter_map(|m| Some((m.gist.clone()?, m.sentence == own.sentence))).collect()
    };
    let others = around(b, second);
    let mut shared: Vec<(usize, bool)> = Vec::new();
    for (gist, is_inside) in around(a, first) {
        let twin = others.iter().find(|(other, _)| gist.is_same(other));
        let digits = gist.digits();
        if let Some((_, is_its)) = twin.filter(|_| digits >= TOLD) {
            shared.push((digits, is_inside && *is_its));
        }
    }
    let most = shared.iter().map(|(digits, _)| *digits).max().unwrap_or(0);
    (shared.len() > 1 && most >= MANY) || shared.contains(&(most, true)) && most >= ALONE
}

/// Whether one says of all, or of now, what the other one tells as a part of it, or as what was
/// before: 茶园总面积8600亩,其中可采摘面积6900亩, and 茶园总面积6900亩.
pub(super) fn is_mistaken(whole: &Mention, told: &Mention, own: &[Mention]) -> bool {
    let (Some(all), Some(gist)) = (&whole.gist, &told.gist) else { return false };
    let is_former = |m: &Mention| FORMER.iter().any(|word| m.side.clause.contains(word));
    let is_all = ALL.iter().any(|word| told.side.clause.contains(word));
    let is_source = |m: &Mention| {
        let is_said = m.part || m.side.clause.starts_with(['(', '（']);
        let is_part =
            is_said && m.side.start > whole.side.start && m.extent.is_under(&whole.extent);
        let is_other = m.sentence == whole.sentence && m.side.start != whole.side.start;
        let same = || m.gist.as_ref().is_some_and(|part| all.is_repeated_by(gist, part, is_all));
        is_other
            && m.extent.agrees(&told.extent) == Some(true)
            && (is_part || is_former(m))
            && same()
    };
    all.is_number(gist)
        && all.fits(gist)
        && whole.extent.agrees(&told.extent) == Some(false)
        && !is_former(told)
        && own.iter().any(is_source)
}
