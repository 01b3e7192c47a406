//! Figures that contradict each other or cannot be: a rule a file.
//!
//! All of them work on [`passage::Passage`]s: a sentence with its numbers, each of which knows
//! what its words allow ([`extent::Extent`]). A rule marks a number only where no sensible
//! reading of the numbers around it makes it right, and where the words say plainly that they
//! belong together.

use crate::rules::Find;

mod extent;
mod number;
mod part;
mod parts;
mod passage;
mod sum;

/// The rules, by the id of their definition.
pub(crate) const RULES: &[(&str, Find)] = &[("part", part::find), ("sum", sum::find)];
