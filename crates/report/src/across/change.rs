//! Whether a statement says how a figure changed, and in which direction.

use figure::Class;
use prose::{Direction, FoundClaim, Predicate, Reading};

/// Words right before a number that is a change.
const CHANGES: [&str; 13] = [
    "增加", "减少", "增长", "下降", "提高", "降低", "上升", "增收", "减收", "多收", "少收", "增幅",
    "多",
];
/// Words that make a share one by which something grew, and those that say that it fell.
const GROWING: [&str; 5] = ["增速", "增幅", "降幅", "涨幅", "增长率"];
const FALLING: [&str; 5] = ["降", "减", "负增长", "回落", "少"];

/// Whether a claim behind the words of its clause is of a change.
pub(super) fn is_change(claim: &FoundClaim, reading: &Reading, clause: &str) -> bool {
    let is_share = reading.predicate.unit().is_some_and(|unit| unit.class() == Class::Share);
    matches!(reading.predicate, Predicate::Change { .. })
        || claim.direction.is_some()
        || (is_share && GROWING.iter().any(|word| clause.contains(word)))
        || CHANGES.iter().any(|word| clause.trim_end().ends_with(word))
}

/// Whether such a change is a fall.
pub(super) fn is_fall(claim: &FoundClaim, clause: &str) -> bool {
    match claim.direction {
        Some(direction) => direction == Direction::Down,
        None => FALLING.iter().any(|word| clause.contains(word)),
    }
}
