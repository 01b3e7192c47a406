//! `zhenzhang correct`: a record was recorded wrongly.

use clap::{ArgAction, ArgMatches, Command};

use super::{Verb, option, pair, positional, reason, required, written};
use crate::context::{Context, tell};
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("correct")
        .about(say("更正:当初记错了", "correct a record that was recorded wrongly"))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(positional(
            "record",
            "RECORD",
            say("记录号,或它的编号", "number or key of the record"),
        ))
        .arg(
            option(
                "set",
                "FIELD=VALUE",
                say(
                    "栏目=新值,可写多个;空值清空",
                    "field=value, may repeat; an empty value empties the field",
                ),
            )
            .action(ArgAction::Append)
            .required(true),
        )
        .arg(reason(say("原因", "why")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let sets = matches
        .get_many::<String>("set")
        .unwrap_or_default()
        .map(|text| pair(text))
        .collect::<Result<Vec<_>, _>>()?;
    let mut office = context.open()?;
    let before = office.notices.len();
    let receipt = app::correct(
        &mut office,
        required(matches, "ledger"),
        required(matches, "record"),
        &sets,
        required(matches, "why"),
    )?;
    tell(&office, before);
    Ok(written("更正", &receipt))
}
