//! `zhenzhang correct`: a record was recorded wrongly.

use clap::{ArgAction, ArgMatches, Command};

use super::{Verb, option, pair, positional, reason, required, text, written};
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
        .arg(option(
            "on",
            "DATE",
            say(
                "更正随日期变更的栏目在这一天的值,以后的值不动",
                "correct the value that a dated field had on this day, and no later one",
            ),
        ))
        .arg(reason(say("原因", "why")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let sets = matches
        .get_many::<String>("set")
        .unwrap_or_default()
        .map(|text| pair(text))
        .collect::<Result<Vec<_>, _>>()?;
    let day = |day: &str| {
        let message = format!("--on “{day}”不是日期;请写成 2023-12-31 的样子");
        day.parse().map_err(|_| Failure::Usage(message))
    };
    let on = text(matches, "on").map(day).transpose()?;
    let mut office = context.open()?;
    let before = office.notices.len();
    let (ledger, record) = (required(matches, "ledger"), required(matches, "record"));
    let why = required(matches, "why");
    let receipt = match (on, sets.as_slice()) {
        (None, _) => app::correct(&mut office, ledger, record, &sets, why)?,
        (Some(on), [(field, value)]) => {
            app::correct_on(&mut office, ledger, record, (field, value), on, why)?
        }
        (Some(_), _) => {
            let message = "用 --on 更正从前的值,一次只写一个 --set;几个栏目请分几次更正";
            return Err(Failure::Usage(message.to_owned()));
        }
    };
    tell(&office, before);
    Ok(written("更正", &receipt))
}
