//! Whole files through the crate: workbooks with the quirks of real ones, hostile
//! containers, exports read back, and sheets of signatures.

mod closings;
mod definitions;
mod hostile;
mod read;
mod sample;
mod write;
