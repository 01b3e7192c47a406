//! Reads and writes Chinese figures: words to predicates and back.
//!
//! A figure in a report is a statement about the world: `300余次` says more than
//! 300 and fewer than 400. This crate reads such words exactly, judges them
//! against what is known of a value, finds them in free text and writes them
//! anew in the manner they had. It knows the language of reports, and no place,
//! ledger or figure of any township: set phrases come in a [`Lexicon`].
//!
//! All positions are character offsets, never bytes.
//!
//! The qualifier of a number that rose (增长5%) is `=`, as annotators of reports
//! mark it, and of one that fell 降. The direction of either is
//! [`FoundClaim::direction`], and in the reading [`Predicate::Change`] where the
//! number is a change and not a level. What limits a reading beyond its predicate
//! stands beside it: [`Reading::scope`] (全县第一), [`Reading::per`] (每月5次) and
//! [`Reading::negated`] (未办结3件).

mod achieved;
mod bound;
mod claim;
mod clean;
mod cues;
mod denial;
mod doubled;
mod figures;
mod judge;
mod lexicon;
mod manner;
mod masked;
mod money;
mod numeral;
mod passing;
mod period;
mod predicate;
mod qualifier;
mod refusal;
mod rewrite;
mod scan;
mod scope;
mod sentence;
mod setting;
mod statement;
mod text;
mod walk;
mod words;
mod write;

pub use claim::{Reading, read_claim, read_claim_with};
pub use clean::{Cleaned, Edit, Region, Rule, clean, clean_around, simplified};
pub use figures::{
    Flag, Form, Found, FoundClaim, Kind, Normalized, Statement, figures, statements,
};
pub use judge::{Truth3, judge, judge_series};
pub use lexicon::Lexicon;
pub use manner::{Manner, MarkPlace, NumberForm};
pub use money::{Money, find_money, read_money};
pub use numeral::{Mode, NumberError, NumberStyle, parse_number, parse_number_in, write_number};
pub use passing::passing_end;
pub use period::period_words;
pub use predicate::{ABOUT_PER_CENT, Direction, Predicate, StyleWarning};
pub use qualifier::Qualifier;
pub use refusal::ReadError;
pub use rewrite::{Script, direct_digits, rewrite};
pub use sentence::{Sentence, sentences};
pub use write::write;
