//! `zhenzhang report build|new|merge|refresh|seal|seals|verify`: documents from a report source, and seals.

mod merge;
mod new;
mod seal;

pub(super) use seal::moved;

use std::path::{Path, PathBuf};

use app::Office;
use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, switch, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    let file = || positional("file", "FILE", say("报告源文件(.md)", "the report source (.md)"));
    Command::new("report")
        .about(say(
            "报告:成文、换年、收稿、刷新、封存、复核",
            "reports: build documents, roll over, merge, refresh words, seal, verify",
        ))
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
        .subcommand(new::describe(language))
        .subcommand(merge::describe(language))
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
        .subcommand(
            Command::new("seal")
                .about(say(
                    "封存:定下报告的每句话和它依据的账",
                    "seal: fix every claim with what it rests on",
                ))
                .arg(file())
                .arg(switch(
                    "provisional",
                    say("暂行封存:有的期间还没有结账", "some periods are still open"),
                ))
                .arg(option(
                    "out",
                    "FILE",
                    say(
                        "封存文件写到哪里,默认与报告同处",
                        "where to write the seal, beside the source by default",
                    ),
                )),
        )
        .subcommand(Command::new("seals").about(say("全部封存", "the seals on record")))
        .subcommand(
            Command::new("verify")
                .about(say(
                    "复核封存:当时的数能不能重算出来,今天会有什么不同,因为哪些记录",
                    "recompute a seal, and say what would differ today, by which records",
                ))
                .arg(positional(
                    "seal",
                    "FILE|NUMBER",
                    say("封存文件,或封存的编号", "the seal's file or number"),
                )),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let Some((name, rest)) = matches.subcommand() else {
        return Err(Failure::Usage(
            "请写 report build、new、merge、refresh、seal、seals 或 verify".to_owned(),
        ));
    };
    let mut office = context.open()?;
    match name {
        "seal" => seal::seal(&mut office, rest),
        "seals" => seal::list(&office),
        "verify" => seal::verify(&office, required(rest, "seal")),
        "new" => new::run(&office, rest),
        "merge" => merge::run(&office, rest),
        "refresh" => refresh(&office, rest),
        _ => build(&office, rest),
    }
}

fn refresh(office: &Office, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let file = Path::new(required(matches, "file"));
    let out = text(matches, "out").map_or_else(|| file.to_path_buf(), PathBuf::from);
    let changed = app::refresh_report(office, file, &out)?;
    let text = format!("改写 {changed} 处,写到 {}\n", out.display());
    Ok(Outcome::new(text, serde_json::json!({ "changed": changed }), true))
}

fn build(office: &Office, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let file = Path::new(required(matches, "file"));
    let beside = file.parent().unwrap_or(Path::new("")).to_path_buf();
    let out = text(matches, "out").map_or(beside, PathBuf::from);
    let answer = app::build_report(office, file, &out)?;
    let files = answer.files.iter().map(|f| format!("写出 {}\n", f.display()));
    let text = format!("{}{}", answer.text, files.collect::<String>());
    Ok(Outcome::new(text, answer.json(), answer.good))
}
