//! Reports against a small invented township: claims, texts, pages.

mod claims;
mod definitions;
mod outputs;
mod texts;
mod town;
