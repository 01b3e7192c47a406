//! The way from the top of a file to a value in it, put into words only when somebody is told.
//!
//! A pack has tens of thousands of values and hardly ever a mistake, so that no text is made of
//! a way before it is asked for.

use std::fmt;
use std::sync::Arc;

/// The keys and numbers that lead to a table or value: `field.grade.values`, `unique[2]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail<'a>(Option<Arc<Last<'a>>>);

#[derive(Debug)]
struct Last<'a> {
    above: Trail<'a>,
    step: Step<'a>,
}

/// One step down.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    /// The key of a table, or the name by which a member of a list is known.
    Key(&'a str),
    /// The member of a list, counted from 1.
    Member(usize),
}

impl<'a> Trail<'a> {
    /// The way one step further down.
    pub(super) fn then(&self, step: Step<'a>) -> Trail<'a> {
        Trail(Some(Arc::new(Last { above: self.clone(), step })))
    }

    /// In words, one key further down.
    pub(super) fn below(&self, key: &str) -> String {
        match self.0 {
            None => key.to_owned(),
            Some(_) => format!("{self}.{key}"),
        }
    }
}

impl fmt::Display for Trail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(last) = &self.0 else { return Ok(()) };
        last.above.fmt(f)?;
        match last.step {
            Step::Key(key) if last.above.0.is_none() => f.write_str(key),
            Step::Key(key) => write!(f, ".{key}"),
            Step::Member(number) => write!(f, "[{number}]"),
        }
    }
}
