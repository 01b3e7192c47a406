//! `zhenzhang audit verify`: has anything been changed behind the program's back?

use std::fmt::Write;

use clap::{ArgMatches, Command};

use super::Verb;
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("audit")
        .about(say("审计", "audit"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("verify").about(say(
            "验证审计链:有没有人绕过程序改过数据",
            "verify the audit chain: was anything changed behind the program's back",
        )))
}

fn run(context: &Context, _matches: &ArgMatches) -> Result<Outcome, Failure> {
    let office = context.open()?;
    let report = app::audit(&office)?;
    let mut text = String::new();
    // Writing to a string cannot fail.
    for problem in &report.problems {
        let _ = writeln!(text, "{problem}");
    }
    let verdict = if report.problems.is_empty() { "完好" } else { "有改动" };
    let _ = writeln!(text, "审计链 {} 条,{verdict};链头 {}", report.entries, report.head);
    let json = serde_json::json!({
        "entries": report.entries,
        "head": report.head,
        "problems": report.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
    });
    Ok(Outcome::new(text, json, report.problems.is_empty()))
}
