//! What all rules read from a sentence: its numbers, what their words allow, the part that each
//! plays, and of whom and when it is said.

pub(super) mod alike;
pub(super) mod balance;
pub(super) mod change;
pub(super) mod each;
pub(super) mod extent;
pub(super) mod key;
pub(super) mod lent;
pub(super) mod number;
pub(super) mod passage;
pub(super) mod role;
pub(super) mod rows;
pub(super) mod scope;
pub(super) mod slip;
pub(super) mod small;
pub(super) mod span;
pub(super) mod stock_words;
pub(super) mod tail;
mod time_words;
