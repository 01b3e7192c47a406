//! `zhenzhang relations`: equations that must hold.

use clap::{ArgMatches, Command};

use super::{Verb, option, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("relations")
        .about(say("核对勾稽关系", "check the relations among indicators"))
        .arg(option("window", "PERIOD", say("期间;不写就是今年", "period; this year if left out")))
        .arg(option(
            "place",
            "PLACE",
            say("地方;不写就是全镇", "the place; the whole township if left out"),
        ))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let window = text(matches, "window")
        .map_or_else(|| context.office.now.year().to_string(), str::to_owned);
    let office = context.open()?;
    let report = app::relations(&office, &window, text(matches, "place"))?;
    let good = report.broken == 0;
    Ok(Outcome::new(report.text(), serde_json::to_value(&report).unwrap_or_default(), good))
}
