//! Figures that contradict each other or cannot be: a rule a file, its readings in the folder of
//! its name.
//!
//! All of them work on [`reading::passage::Passage`]s: a sentence with its numbers, each of which
//! knows what its words allow ([`reading::extent::Extent`]). A rule marks a number only where no
//! sensible reading of the numbers around it makes it right, and where the words say plainly that
//! they belong together.
//!
//! Two kinds of readings stand side by side. The older ones know whole phrases (其中…分别为…). The
//! frames ask what part its words give each number, in whatever order they are told
//! ([`reading::role`]): a stock ([`stock::carried`], [`stock::framed`]), a target
//! ([`stock::target`]), a change ([`growth::moved`]), a share of two amounts
//! ([`ratio::twofold`]), a price ([`price::priced`]), parts and their whole ([`sum::amongst`], [`sum::disjoint`], [`sum::totalled`],
//! [`sum::complete`], [`part::within`]), a figure told twice ([`repeat::twice`],
//! [`repeat::retold`], [`repeat::renamed`], [`repeat::resembling`]), a day that others end before
//! ([`period::cutoff`]). A frame tries every reading of the numbers it has before it marks one.

use crate::rules::Find;

mod direction;
mod done;
mod growth;
mod impossible;
mod list;
mod part;
mod period;
mod price;
mod ratio;
mod reading;
mod repeat;
mod stock;
mod sum;
mod table;

/// The rules, by the id of their definition.
pub(crate) const RULES: &[(&str, Find)] = &[
    ("direction", direction::find),
    ("done", done::find),
    ("growth", growth::find),
    ("impossible", impossible::find),
    ("list", list::find),
    ("part", part::find),
    ("period", period::find),
    ("price", price::find),
    ("ratio", ratio::find),
    ("repeat", repeat::find),
    ("stock", stock::find),
    ("sum", sum::find),
    ("table", table::find),
];
