//! `zhenzhang restore DIR`: a backup into a new database.

use std::fmt::Write;
use std::path::PathBuf;

use app::{RestoreAnswer, RestoreRequest, Which};
use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};
use crate::progress::Progress;

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("restore")
        .about(say(
            "把备份恢复成 --db 指明的新数据库,可以恢复到某一时刻;从不覆盖已有的数据库",
            "restore a backup as the new database --db, also as of an instant; nothing is overwritten",
        ))
        .arg(positional("dir", "DIR", say("备份目录", "directory of the backups")))
        .arg(
            option("number", "N", say("恢复第几号备份,默认最新的", "which backup, the newest by default"))
                .value_parser(clap::value_parser!(u32)),
        )
        .arg(
            option(
                "at",
                "INSTANT",
                say(
                    "恢复到某一时刻,如 2024-02-20 或 2024-02-20T14:30:00",
                    "as of an instant, such as 2024-02-20 or 2024-02-20T14:30:00",
                ),
            )
            .conflicts_with("number"),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let which = match (matches.get_one::<u32>("number"), text(matches, "at")) {
        (Some(number), _) => Which::Number(*number),
        (None, Some(instant)) => Which::At(instant.to_owned()),
        (None, None) => Which::Newest,
    };
    let request = RestoreRequest {
        directory: PathBuf::from(required(matches, "dir")),
        which,
        files: text(matches, "files").map(PathBuf::from),
    };
    let mut progress = Progress::start();
    let answer = app::restore(&context.office, &request, &mut |what, done, total| {
        progress.tell(what, done, total)
    })?;
    drop(progress);
    Ok(Outcome::new(told(&answer), serde_json::to_value(&answer).unwrap_or_default(), true))
}

fn told(answer: &RestoreAnswer) -> String {
    let mut text = format!(
        "第 {} 号备份({},取自 {})已恢复到 {}:版本 {},审计链完好,链头 {}\n",
        answer.number, answer.taken, answer.source, answer.target, answer.revision, answer.head
    );
    // Writing to a string cannot fail.
    if answer.undone > 0 {
        let _ = writeln!(text, "退回了 {} 个版本,它们不在恢复的数据库里", answer.undone);
    }
    if answer.files > 0 {
        let _ = writeln!(text, "恢复佐证材料 {} 个", answer.files);
    }
    if answer.definitions > 0 {
        let _ = writeln!(text, "恢复本单位定义 {} 个文件(local 目录)", answer.definitions);
    }
    for notice in &answer.notices {
        let _ = writeln!(text, "提示:{notice}");
    }
    text
}
