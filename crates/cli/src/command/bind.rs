//! `zhenzhang bind FILE WORDS TARGET`: what words of a text are about, for ever after.

use std::path::PathBuf;

use app::BindRequest;
use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, text, why};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("bind")
        .about(say(
            "更正绑定:记下这样的话说的是哪个指标,以后照用",
            "correct a binding: what such words are about, kept for every later text",
        ))
        .arg(positional("file", "FILE", say("文字所在的文件", "the file of the text")))
        .arg(positional("words", "WORDS", say("表述,照原文写,如 98起", "the words as they stand")))
        .arg(positional(
            "target",
            "TARGET",
            say(
                "指标编号,可带 ?键=值;不是台账里的数写 none",
                "indicator with its keys, or none if no ledger knows the figure",
            ),
        ))
        .arg(option("line", "LINE", say("在哪一行,有几处时要写", "line of the words")))
        .arg(why(say("为什么", "why")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let line = match text(matches, "line") {
        None => None,
        Some(line) => Some(
            line.parse()
                .map_err(|_| Failure::Usage(format!("--line “{line}”不是行号;请写成 12 的样子")))?,
        ),
    };
    let request = BindRequest {
        file: PathBuf::from(required(matches, "file")),
        words: required(matches, "words").to_owned(),
        target: required(matches, "target").to_owned(),
        line,
        why: text(matches, "why").map(str::to_owned),
    };
    let office = context.open()?;
    let local = context.office.local_directory();
    let answer = app::bind_words(&office, local.as_deref(), &context.office.who, &request)?;
    Ok(Outcome::new(answer.text, answer.json, true))
}
