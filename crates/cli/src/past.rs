//! Which commands take `--known-at`. One that would not heed it refuses it: an answer about
//! today that is taken for one about then is worse than none.

use clap::ArgMatches;

use crate::context::Context;
use crate::outcome::Failure;

/// Commands that answer with what was known then.
const ANSWER: [&str; 9] = [
    "measure",
    "explain",
    "relations",
    "check",
    "report build",
    "report refresh",
    "history",
    "export",
    "audit head",
];

/// Commands that write, and are refused in the office's own words: the past cannot be written to.
const WRITE: [&str; 12] = [
    "import",
    "close",
    "reopen",
    "correct",
    "change",
    "withdraw",
    "impact",
    "forget",
    "evidence add",
    "evidence remove",
    "report seal",
    "key rotate",
];

/// Commands of which somebody may expect it, and why they do not take it.
const WHY: [(&str, &str); 3] = [
    ("report verify", "封存按它自己记下的版本重算,再与今天的账比较"),
    ("find", "它只在现在的账里查找;以前的内容见 zhenzhang history"),
    ("restore", "要恢复到某一时刻,请用 --at"),
];

/// Refuses `--known-at` of a command that would not heed it.
pub(crate) fn check(context: &Context, name: &str, matches: &ArgMatches) -> Result<(), Failure> {
    if context.office.known_at.is_none() {
        return Ok(());
    }
    let part = matches.subcommand_name().map(|part| format!("{name} {part}"));
    let is_in = |known: &[&str]| {
        known.iter().any(|known| *known == name || Some(*known) == part.as_deref())
    };
    if is_in(&ANSWER) || is_in(&WRITE) {
        return Ok(());
    }
    let full = part.as_deref().unwrap_or(name);
    let why = WHY.iter().find(|(known, _)| *known == full);
    let why = why.map_or("它不按以前的版本作答", |(_, why)| why);
    Err(Failure::Usage(format!("{full} 不能加 --known-at:{why}。可以加的有 {}", ANSWER.join("、"))))
}
