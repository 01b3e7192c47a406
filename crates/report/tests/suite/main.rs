//! Reports against a small invented township: claims, texts, pages.

mod claims;
mod decisions;
mod definitions;
mod differences;
mod exceptions;
mod guarded;
mod guards;
mod materials;
mod merging;
mod outputs;
mod rolling;
mod sealing;
mod seals;
mod texts;
mod town;
