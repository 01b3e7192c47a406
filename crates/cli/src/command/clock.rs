//! `zhenzhang clock due|list`: when something is due, and what is.

use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, switch, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    let due = Command::new("due")
        .about(say("从某天起算,哪天到期", "the day on which something is due"))
        .arg(positional(
            "start",
            "DATE",
            say("起算的那天,当天不计入;按小时算的写“2023-09-20 09:30”", "the day before the first"),
        ))
        .arg(positional(
            "length",
            "LENGTH",
            say("多长:15个工作日、60日、3个月、1年、2小时", "how long: 15 working days, 3 months"),
        ));
    let list = Command::new("list")
        .about(say(
            "列出有时限的记录:超期的、将到期的、未到期的",
            "list records that run under a time limit",
        ))
        .arg(
            positional("ledger", "LEDGER", say("哪个台账;不写就是全部", "one ledger"))
                .required(false),
        )
        .arg(option("place", "PLACE", say("哪个地方;不写就是全镇", "one place and those below")))
        .arg(switch("all", say("也列出已经办结的", "those that are done as well")));
    Command::new("clock")
        .about(say("时限:算到期日,看超期的", "time limits: due dates and what is overdue"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(list)
        .subcommand(due)
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    if let Some(("due", matches)) = matches.subcommand() {
        let office = context.without_records()?;
        let answer =
            app::due_date(&office, required(matches, "start"), required(matches, "length"))?;
        return Ok(Outcome::new(
            answer.text(),
            serde_json::to_value(&answer).unwrap_or_default(),
            true,
        ));
    }
    let Some((_, matches)) = matches.subcommand() else {
        return Err(Failure::Usage("请写明 due 或 list".to_owned()));
    };
    let query = app::ClockQuery {
        ledger: text(matches, "ledger").map(str::to_owned),
        place: text(matches, "place").map(str::to_owned),
        all: matches.get_flag("all"),
    };
    let report = app::clocks(&context.open()?, &query)?;
    let good = report.overdue == 0;
    Ok(Outcome::new(report.text(), serde_json::to_value(&report).unwrap_or_default(), good))
}
