//! Values in their normal unit, and readings of whole claims.

use figure::Decimal;

use super::{FoundClaim, Normalized, subject};
use crate::Reading;
use crate::claim::wordy;
use crate::scan::Figure;
use crate::statement::Statement;
use crate::text::Text;

/// The things that a claim is about one by one.
pub(super) fn members_of(subject: Option<&str>, claim: &FoundClaim) -> Vec<String> {
    subject.map(|words| subject::members(words, claim.qualifier)).unwrap_or_default()
}

/// The reading of a statement whose words are the whole claim.
pub(super) fn spanned(words: &str, statement: Statement) -> Reading {
    wordy(&Text::new(words), Statement { start: 0, end: words.chars().count(), ..statement })
}

/// The value in the normal unit; a counter of the lexicon loses its 万.
pub(super) fn normalized(figure: &Figure) -> Option<Normalized> {
    if let Some(quantity) = figure.quantity() {
        let normal = quantity.normalized().ok()?;
        return Some(Normalized { value: normal.value, unit: normal.unit.to_string() });
    }
    let (factor, unit) = match figure.unit_text.strip_prefix(['万', '亿']) {
        Some(unit) if figure.unit_text.starts_with('万') => (10_000, unit),
        Some(unit) => (100_000_000, unit),
        None => (1, figure.unit_text.as_str()),
    };
    let value = figure.value.checked_mul(Decimal::from(factor))?.normalize();
    (!unit.is_empty()).then(|| Normalized { value, unit: unit.to_owned() })
}
