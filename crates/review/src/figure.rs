//! Figures that contradict each other or cannot be: a rule a file.
//!
//! All of them work on [`passage::Passage`]s: a sentence with its numbers, each of which knows
//! what its words allow ([`extent::Extent`]). A rule marks a number only where no sensible
//! reading of the numbers around it makes it right, and where the words say plainly that they
//! belong together.

pub(crate) mod direction;
mod extent;
pub(crate) mod growth;
pub(crate) mod impossible;
mod key;
pub(crate) mod list;
mod number;
pub(crate) mod part;
mod parts;
mod passage;
pub(crate) mod period;
pub(crate) mod price;
pub(crate) mod ratio;
pub(crate) mod repeat;
mod small;
mod span;
pub(crate) mod stock;
pub(crate) mod sum;
