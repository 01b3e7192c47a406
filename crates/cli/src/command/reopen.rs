//! `zhenzhang reopen`: takes a closing back.

use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, text, written};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("reopen")
        .about(say(
            "撤销结账,让这段期间可以再记",
            "take a closing back, so that the period may be written again",
        ))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(option("period", "PERIOD", say("月或年", "month or year")).required(true))
        .arg(option(
            "place",
            "PLACE",
            say("地方;不写就是全镇", "the place; the whole township if left out"),
        ))
        .arg(option("why", "TEXT", say("原因", "why")).required(true))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let mut office = context.open()?;
    let receipt = app::reopen(
        &mut office,
        required(matches, "ledger"),
        text(matches, "place"),
        required(matches, "period"),
        required(matches, "why"),
    )?;
    Ok(written("撤销结账", &receipt))
}
