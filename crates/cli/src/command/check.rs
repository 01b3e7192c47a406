//! `zhenzhang check FILE`: what of a report is proven, refuted, unprovable.

use std::path::{Path, PathBuf};

use app::CheckOptions;
use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("check")
        .about(say(
            "核验报告:每句话是证实、不符还是无法证实",
            "check a report: is each claim proven, refuted or unprovable",
        ))
        .arg(positional(
            "file",
            "FILE",
            say(
                ".md、.txt 或 .docx 文件,- 为标准输入;几份材料一起给,还互相核对",
                "an .md, .txt or .docx file, - for standard input; several are also held against each other",
            ),
        ).num_args(1..))
        .arg(option(
            "window",
            "PERIOD",
            say("报告的期间,报告自己写明的不用给", "period of the report, if it does not say"),
        ))
        .arg(
            option(
                "off",
                "RULE",
                say("不用哪条核稿规则,可写几次", "a rule of proofreading not to use"),
            )
            .action(clap::ArgAction::Append),
        )
        .arg(option("place", "PLACE", say("报告的地方", "place of the report")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let options = CheckOptions {
        window: text(matches, "window").map(str::to_owned),
        place: text(matches, "place").map(str::to_owned),
        off: matches.get_many::<String>("off").unwrap_or_default().cloned().collect(),
        paint: context.paint(),
    };
    let files: Vec<PathBuf> =
        matches.get_many::<String>("file").unwrap_or_default().map(PathBuf::from).collect();
    if files.len() > 1 {
        let answer = match context.has_ledger() {
            true => app::check_files(&context.open()?, &files, &options)?,
            false => app::check_texts(&context.office, &files, &options)?,
        };
        return Ok(Outcome::new(answer.text, answer.json, answer.good));
    }
    let file = Path::new(required(matches, "file"));
    // A first look at a text needs no ledger; a database that was named has to be there.
    let answer = match context.has_ledger() {
        true => app::check_file(&context.open()?, file, &options)?,
        false => app::check_text(&context.office, file, &options)?,
    };
    let json = if context.json { answer.json() } else { serde_json::Value::Null };
    Ok(Outcome::new(answer.text, json, answer.good))
}
