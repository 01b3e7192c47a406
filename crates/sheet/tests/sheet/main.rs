//! Whole files through the crate: workbooks with the quirks of real ones, hostile
//! containers, exports read back, and sheets of signatures.

mod closings;
mod definitions;
mod good;
mod hostile;
mod read;
mod sample;
mod write;
