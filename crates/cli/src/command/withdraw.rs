//! `zhenzhang withdraw`: a record should not be there.

use clap::{ArgMatches, Command};

use super::{Verb, positional, reason, required, written};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("withdraw")
        .about(say(
            "撤销一条不该有的记录;历史里仍然留着",
            "withdraw a record that should not be there; its history stays",
        ))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(positional(
            "record",
            "RECORD",
            say("记录号,或它的编号", "number or key of the record"),
        ))
        .arg(reason(say("原因", "why")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let mut office = context.open()?;
    let receipt = app::withdraw(
        &mut office,
        required(matches, "ledger"),
        required(matches, "record"),
        required(matches, "why"),
    )?;
    Ok(written("撤销", &receipt))
}
