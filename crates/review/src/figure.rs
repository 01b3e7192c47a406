//! Figures that contradict each other or cannot be: a rule a file.
//!
//! All of them work on [`passage::Passage`]s: a sentence with its numbers, each of which knows
//! what its words allow ([`extent::Extent`]). A rule marks a number only where no sensible
//! reading of the numbers around it makes it right, and where the words say plainly that they
//! belong together.
//!
//! Two kinds of readings stand side by side. The older ones know whole phrases (其中…分别为…). The
//! frames ask what part its words give each number, in whatever order they are told
//! ([`role`]): a stock ([`carried`]), a target ([`target`]), a change ([`moved`]), a share of two
//! amounts ([`twofold`]), a price ([`priced`]), parts and their whole ([`amongst`], [`disjoint`],
//! [`totalled`], [`complete`], [`within`]), a figure told twice
//! ([`twice`], [`retold`], [`renamed`]), a day that others end before
//! ([`cutoff`]). A frame tries every reading of the numbers it has before it marks one.

use crate::rules::Find;

mod again;
mod ahead;
mod alike;
mod among;
mod amongst;
mod amounts;
mod apart;
mod attribute;
mod balance;
mod beside;
mod calendar;
mod carried;
mod complete;
mod coupled;
mod cutoff;
mod dated;
mod dates_row;
mod denied;
mod direction;
mod disjoint;
mod divided;
mod done;
mod due;
mod each;
mod earlier;
mod echo;
mod event;
mod extent;
mod extremes;
mod follows;
mod foremost;
mod formula;
mod from_to;
mod growth;
mod half;
mod heads;
mod impossible;
mod inspected;
mod items;
mod joined;
mod key;
mod kinds;
mod lapse;
mod lasting;
mod leftover;
mod lent;
mod life;
mod list;
mod mean;
mod moment;
mod moved;
mod nested;
mod number;
mod numbered;
mod ontime;
mod part;
mod parts;
mod passage;
mod pending;
mod period;
mod persons;
mod portion;
mod price;
mod priced;
mod quoted;
mod quotient;
mod rates;
mod ratio;
mod reached;
mod renamed;
mod repeat;
mod respect;
mod rest;
mod retold;
mod role;
mod row;
mod scope;
mod series;
mod shares;
mod small;
mod span;
mod spelt;
mod stock;
mod stock_words;
mod stretch;
mod structure;
mod sum;
mod table;
mod tail;
mod tallied;
mod target;
mod totalled;
mod trend;
mod trend_words;
mod triple;
mod twice;
mod twofold;
mod undone;
mod unitary;
mod verdict;
mod verdict_words;
mod versus;
mod within;
mod yearly;

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
