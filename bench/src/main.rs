//! Benchmarks: `cargo xtask bench [NAME…]`.
//!
//! Each states its work, runs a floor (the least that any program would have to do for the same
//! answer) in the same run, alternating with ours, and prints medians and their ratio. Numbers
//! of a busy machine are worth little; the machine's state is printed first.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its results")]

mod backup;
mod check;
mod claims;
mod demo;
mod import;
mod known;
mod ledger;
mod machine;
mod pack;
mod reading;
mod rounds;
mod verify;
mod writes;

use std::process::ExitCode;

/// A benchmark prints its own result.
type Benchmark = fn() -> rounds::Outcome<()>;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let all: [(&str, Benchmark); 10] = [
        ("check", check::run),
        ("demo", demo::run),
        ("claims", claims::run),
        ("pack", pack::run),
        ("reading", reading::run),
        ("known", known::run),
        ("import", import::run),
        ("backup", backup::run),
        ("verify", verify::run),
        ("writes", writes::run),
    ];
    machine::print();
    for (name, run) in all {
        if !wanted.is_empty() && !wanted.iter().any(|w| w == name) {
            continue;
        }
        if let Err(error) = run() {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
