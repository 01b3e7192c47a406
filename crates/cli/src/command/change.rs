//! `zhenzhang change`: a record became so on a day.

use clap::{ArgMatches, Command};

use super::{Verb, option, pair, positional, reason, required, written};
use crate::context::{Context, tell};
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("change")
        .about(say("变更:从某一天起变成这样", "change a record: it became so on a day"))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(positional(
            "record",
            "RECORD",
            say("记录号,或它的编号", "number or key of the record"),
        ))
        .arg(option("set", "FIELD=VALUE", say("栏目=新值", "field=value")).required(true))
        .arg(option("on", "DATE", say("从哪天起", "from which day")).required(true))
        .arg(reason(say("原因", "why")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let (field, value) = pair(required(matches, "set"))?;
    let on = required(matches, "on");
    let on = on
        .parse()
        .map_err(|_| Failure::Usage(format!("--on “{on}”不是日期;请写成 2023-12-31 的样子")))?;
    let mut office = context.open()?;
    let before = office.notices.len();
    let receipt = app::change(
        &mut office,
        required(matches, "ledger"),
        required(matches, "record"),
        &field,
        &value,
        on,
        required(matches, "why"),
    )?;
    tell(&office, before);
    Ok(written("变更", &receipt))
}
