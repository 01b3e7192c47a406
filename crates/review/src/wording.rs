//! Words, marks and headings that a proofreader marks: a rule a file.

pub(crate) mod phrase;
