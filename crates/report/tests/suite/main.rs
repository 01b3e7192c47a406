//! Reports against a small invented township: claims, texts, pages.

mod claims;
mod definitions;
mod exceptions;
mod guarded;
mod guards;
mod outputs;
mod texts;
mod town;
