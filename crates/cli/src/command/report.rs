//! `zhenzhang report build|refresh`: documents from a report source.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    let file = || positional("file", "FILE", say("报告源文件(.md)", "the report source (.md)"));
    Command::new("report")
        .about(say("报告:成文、刷新", "reports: build documents, refresh words"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("build")
                .about(say(
                    "核验并写出 Word、网页和核验结果",
                    "check, and write docx, html and verdicts",
                ))
                .arg(file())
                .arg(option(
                    "out",
                    "DIR",
                    say(
                        "写到哪个目录,默认与报告同处",
                        "where to write, beside the source by default",
                    ),
                )),
        )
        .subcommand(
            Command::new("refresh")
                .about(say(
                    "按台账改写过时的数字,保留原来的说法",
                    "rewrite stale figures from the ledgers, keeping their manner",
                ))
                .arg(file())
                .arg(option(
                    "out",
                    "FILE",
                    say("写到哪个文件,默认改原文件", "file to write, the source itself by default"),
                )),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let Some((name, rest)) = matches.subcommand() else {
        return Err(Failure::Usage("请写 report build 或 report refresh".to_owned()));
    };
    let file = Path::new(required(rest, "file"));
    let office = context.open()?;
    if name == "refresh" {
        let out = text(rest, "out").map_or_else(|| file.to_path_buf(), PathBuf::from);
        let changed = app::refresh_report(&office, file, &out)?;
        let text = format!("改写 {changed} 处,写到 {}\n", out.display());
        return Ok(Outcome::new(text, serde_json::json!({ "changed": changed }), true));
    }
    let beside = file.parent().unwrap_or(Path::new("")).to_path_buf();
    let out = text(rest, "out").map_or(beside, PathBuf::from);
    let answer = app::build_report(&office, file, &out)?;
    let files = answer.files.iter().map(|f| format!("写出 {}\n", f.display()));
    let text = format!("{}{}", answer.text, files.collect::<String>());
    Ok(Outcome::new(text, answer.json(), answer.good))
}
