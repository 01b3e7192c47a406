//! `zhenzhang reopen`: takes a closing back.

use clap::{ArgMatches, Command};

use super::{Verb, ledger, ledger_arguments, option, reason, required, text, written};
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
        .args(ledger_arguments(say("台账的编号或名称", "id or label of the ledger")))
        .arg(option("period", "PERIOD", say("月或年", "month or year")).required(true))
        .arg(option(
            "place",
            "PLACE",
            say("地方;不写就是全镇", "the place; the whole township if left out"),
        ))
        .arg(reason(say("原因", "why")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let ledger = ledger(matches).ok_or_else(|| {
        let example = "如 zhenzhang reopen 台账名称 --period 2023-04 --why 原因";
        Failure::Usage(format!("请写明要撤销哪本台账的结账,{example}"))
    })?;
    let mut office = context.open()?;
    let receipt = app::reopen(
        &mut office,
        ledger,
        text(matches, "place"),
        required(matches, "period"),
        required(matches, "why"),
    )?;
    Ok(written("撤销结账", &receipt))
}
