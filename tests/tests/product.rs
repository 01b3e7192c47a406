//! Suites over the whole product: one program, a module a suite.
#![allow(clippy::print_stdout, reason = "suites report counts, and that they were skipped")]

mod backup;
mod cli;
mod demo;
mod desk;
mod impact;
mod keys;
mod layout;
mod lies_ledger;
mod lies_text;
mod privacy;
mod readme;
mod seals;
mod seed;
mod time;
