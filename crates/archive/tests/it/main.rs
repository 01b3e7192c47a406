//! Backup sets from outside, on a real disk.

mod damaged;
mod directory;
mod earlier;
mod restored;
mod set;
mod together;
