//! Seals: made of a proven report, and opened again after the ledgers and their definitions
//! have moved on.

mod causes;
mod lost;
mod provisional;
mod refused;
mod verified;

use serde_json::Value;

use crate::desk::Desk;

/// A seal as it was written.
fn sealed(desk: &Desk, file: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(desk.path(file)).unwrap()).unwrap()
}

/// Lines of an answer that begin with one of these words.
#[track_caller]
fn line<'t>(text: &'t str, begins: &str) -> &'t str {
    let found = text.lines().find(|line| line.starts_with(begins));
    found.unwrap_or_else(|| panic!("no line begins with {begins}:\n{text}"))
}
