//! Work on a database that can be cut short at any moment, and what the database must then hold.
//!
//! A step of the work is a function of its kind and its number alone, so that the program that
//! is killed (`victim.rs`) and the tests that kill it need not tell each other what was written:
//! whoever does the steps up to a number, killed or not, must arrive at the same [`picture`].

pub mod office;
pub mod picture;
pub mod queue;
mod replace;
pub mod steps;
pub mod town;

pub use office::{Failed, Office};
pub use picture::picture;
pub use steps::{Done, Kind};
