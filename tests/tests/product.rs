//! Suites over the whole product: one program, a module a suite.
#![allow(clippy::print_stdout, reason = "suites report counts, and that they were skipped")]

mod across;
mod among;
mod backup;
mod cli;
mod clocks;
mod definitions;
mod demo;
mod desk;
mod engines;
mod evidence;
mod firstlook;
mod halfyear;
mod impact;
mod json;
mod keys;
mod layout;
mod lies_ledger;
mod lies_text;
mod merge;
mod peers;
mod persons;
mod privacy;
mod readme;
mod roll;
mod seals;
mod seed;
mod serve;
mod statements;
mod time;
mod township;
