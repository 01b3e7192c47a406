//! `zhenzhang number TEXT`: a number in words as digits.

use clap::{ArgMatches, Command};

use super::{Verb, positional, required};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("number")
        .about(say("把“一百零五”“1.18亿”“三分之二”读成数", "read a number written in Chinese"))
        .arg(positional("text", "TEXT", say("一个数的写法", "the number as written")))
}

fn run(_context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let written = required(matches, "text");
    let answer = app::number(written)?;
    let json = serde_json::json!({ "text": written, "value": answer.value });
    Ok(Outcome::new(format!("{}\n", answer.value), json, true))
}
