//! `cargo xtask tidy`: the rules of the repository, checked by a program instead of a reviewer.

mod arrows;
mod links;
mod names;
mod sizes;
mod smells;

use crate::run;

/// A breach of a rule: where, and what to do.
pub(crate) struct Breach {
    /// `path` or `path:line`.
    pub(crate) place: String,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

type Check = fn() -> Vec<Breach>;

/// Runs every check; true if none found a breach.
pub(crate) fn run() -> bool {
    let checks: [(&str, Check); 5] = [
        ("crate arrows", arrows::check),
        ("file sizes and headers", sizes::check),
        ("place names in code", names::check),
        ("smells", smells::check),
        ("links in documents", links::check),
    ];
    let mut clean = true;
    for (name, check) in checks {
        for breach in check() {
            eprintln!("tidy [{name}] {}: {}", breach.place, breach.message);
            clean = false;
        }
    }
    clean &= run::cargo(&["fmt", "--all", "--check"], &[]);
    let clippy = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    clean &= run::cargo(&clippy, &[]);
    clean
}
