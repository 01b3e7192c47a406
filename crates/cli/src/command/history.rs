//! `zhenzhang history`: what a record was, and who made it so.

use std::fmt::Write;

use clap::{ArgMatches, Command};

use super::{Verb, positional, required};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("history")
        .about(say(
            "一条记录的来历:何时、谁、为什么改成这样",
            "what a record was: who made it so, when and why",
        ))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(positional(
            "record",
            "RECORD",
            say("记录号,或它的编号", "number or key of the record"),
        ))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let office = context.open()?;
    let history = app::history(&office, required(matches, "ledger"), required(matches, "record"))?;
    let mut text = format!("{} 第 {} 号记录\n", history.ledger, history.record);
    // Writing to a string cannot fail.
    for version in &history.versions {
        let reason = [&version.why, &version.source].map(String::as_str);
        let reason: Vec<&str> = reason.into_iter().filter(|r| !r.is_empty()).collect();
        let _ = writeln!(
            text,
            "版本 {}  {}  {} {}  {}",
            version.revision,
            version.at,
            version.who,
            version.what,
            reason.join(",")
        );
        for change in &version.changes {
            let _ = writeln!(text, "    {change}");
        }
        if version.withdrawn {
            let _ = writeln!(text, "  (已在版本 {} 撤销)", version.until.unwrap_or_default());
        }
    }
    Ok(Outcome::new(text, serde_json::to_value(&history).unwrap_or_default(), true))
}
