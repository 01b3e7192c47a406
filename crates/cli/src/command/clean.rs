//! `zhenzhang clean FILE`: a polluted text made readable.

use std::path::Path;

use clap::{ArgMatches, Command};

use super::{MATERIALS, Verb, positional, required};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("clean")
        .about(say(
            "去掉文字里的拼音注、繁体、重复标点等杂质",
            "clean a text: pinyin notes, traditional characters, doubled punctuation",
        ))
        .arg(positional("file", "FILE", say(MATERIALS.0, MATERIALS.1)))
}

fn run(_context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let answer = app::clean(Path::new(required(matches, "file")))?;
    Ok(Outcome::new(answer.text, answer.json, true))
}
