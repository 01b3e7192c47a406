//! `zhenzhang report new`: the report of one period becomes the draft of another.

use std::path::Path;

use app::Office;
use clap::{ArgMatches, Command};

use super::super::{option, required, text};
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("new")
        .about(say(
            "换年:把上一期的报告改成新一期的稿子,数按台账改写,改不了的标出来",
            "roll over: the last report becomes the draft of the next one",
        ))
        .arg(
            option(
                "from",
                "FILE",
                say("上一期的报告源文件(.md)", "source of the last report (.md)"),
            )
            .required(true),
        )
        .arg(
            option("window", "PERIOD", say("新的期间,如 2024、2024H1", "the new period"))
                .required(true),
        )
        .arg(option(
            "out",
            "FILE",
            say(
                "写到哪个文件,默认与上一期同处",
                "file to write, beside the last report by default",
            ),
        ))
}

pub(super) fn run(office: &Office, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let (from, window) = (required(matches, "from"), required(matches, "window"));
    let answer = app::new_report(office, from, window, text(matches, "out").map(Path::new))?;
    Ok(Outcome::new(answer.text, answer.json, true))
}
