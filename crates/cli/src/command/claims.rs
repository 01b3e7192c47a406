//! `zhenzhang claims FILE`: what a text says, with no database.

use std::path::Path;

use clap::{ArgMatches, Command};

use super::{MATERIALS, Verb, positional, required, switch};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("claims")
        .about(say(
            "找出一篇文字里的全部数字和断言,不需要数据库",
            "find every figure and claim of a text, with no database",
        ))
        .arg(positional("file", "FILE", say(MATERIALS.0, MATERIALS.1)))
        .arg(switch(
            "lines",
            say(
                "每一行当作一篇,每行输出一个 JSON",
                "each line is a document of its own; one JSON a line",
            ),
        ))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let lines = matches.get_flag("lines");
    let answer = app::claims(&context.office, Path::new(required(matches, "file")), lines)?;
    // One JSON a line is the form asked for by --lines, with --json or without.
    if lines {
        return Ok(Outcome::lines(answer.json));
    }
    let json = answer.json.into_iter().next().unwrap_or_default();
    Ok(Outcome::new(answer.text, json, true))
}
