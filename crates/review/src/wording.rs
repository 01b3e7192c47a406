//! Words, marks and headings that a proofreader marks: a rule a file.

use crate::rules::Find;

pub(crate) mod phrase;
mod scan;

/// The rules that calculate, by the id of their definition.
pub(crate) const RULES: &[(&str, Find)] = &[];
