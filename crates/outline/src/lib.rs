//! What a TOML definition file holds: its keys and values, each with the place where it stands.
//!
//! A file is parsed ([`parse`]), or, if it was parsed before the program was built, read from its
//! [packed](pack) form ([`unpack`]), which takes a twentieth of the time. Every command reads the
//! whole pack, so that a user waits for it each time.

mod examples;
mod packed;
mod tree;

pub use examples::without_examples;
pub use packed::{pack, unpack};
pub use toml::de::Error;
pub use tree::{Entries, Entry, Member, Value};

/// Parses a file; gives what could be read of it and what is wrong.
pub fn parse(text: &str) -> (Entries<'_>, Vec<Error>) {
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    (Entries::of(table.into_inner()), errors)
}
