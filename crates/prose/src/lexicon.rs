//! The set phrases that a caller passes in.

/// Words that carry a numeral without stating a figure, praise without a
/// predicate, marks of a plan, and counters beyond the table of units.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Lexicon {
    /// Names and set phrases whose numerals are no figures: 三会一课.
    pub background: Vec<String>,
    /// Praise that states nothing: 卓有成效.
    pub rhetoric: Vec<String>,
    /// Words that make a sentence a plan: 力争.
    pub plan: Vec<String>,
    /// Nouns that follow a numeral as a counter of their own: 车次, 网格.
    pub counters: Vec<String>,
}
