//! `zhenzhang report merge`: a leader's Word file taken into the source.

use std::path::Path;

use app::Office;
use clap::{ArgMatches, Command};

use super::super::{option, positional, required, switch};
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("merge")
        .about(say(
            "收稿:把领导改过的 Word 稿并回报告源文件,先看改动,--accept 才写入",
            "take a leader's edited Word file into the source; shows changes, writes with --accept",
        ))
        .arg(positional("leader", "DOCX", say("改过的稿子(.docx)", "the edited document (.docx)")))
        .arg(
            option("into", "FILE", say("报告源文件(.md)", "the report source (.md)"))
                .required(true),
        )
        .arg(switch(
            "accept",
            say("同意改动,写入源文件", "accept the changes and write the source"),
        ))
}

pub(super) fn run(office: &Office, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let leader = Path::new(required(matches, "leader"));
    let into = Path::new(required(matches, "into"));
    let answer = app::merge_report(office, leader, into, matches.get_flag("accept"))?;
    Ok(Outcome::new(answer.text, answer.json, answer.good))
}
