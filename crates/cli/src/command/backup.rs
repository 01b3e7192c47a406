//! `zhenzhang backup DIR`, and what can be done with the backups there.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use app::{BackupAnswer, BackupFacts, BackupRequest, Keep, ListedBackup, TrialAnswer};
use clap::{Arg, ArgMatches, Command};

use super::{Verb, option, positional, required, switch};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};
use crate::progress::{Progress, bytes};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    let directory = || {
        positional(
            "dir",
            "DIR",
            say("备份目录(U 盘、网络盘)", "directory of the backups (USB disk, network share)"),
        )
    };
    Command::new("backup")
        .about(say(
            "备份:不用停止工作,只写有变化的部分,写完读回核对",
            "back up while others work: only what changed, read back when written",
        ))
        .subcommand_negates_reqs(true)
        .args_conflicts_with_subcommands(true)
        .arg(directory())
        .arg(switch(
            "verify",
            say(
                "备份后试恢复一次(200 MB 以下默认就做)",
                "restore it for trial afterwards (the default up to 200 MB)",
            ),
        ))
        .arg(
            switch(
                "no-verify",
                say("不试恢复,只读回核对", "only read it back, without a trial restore"),
            )
            .conflicts_with("verify"),
        )
        .arg(switch(
            "full",
            say(
                "全部重新写一遍(发现备份损坏以后用)",
                "write everything anew (after damage was found)",
            ),
        ))
        .arg(switch(
            "rolled-back",
            say(
                "数据库是有意退回到以前的,照样备份",
                "the database was put back to an older state on purpose; back it up all the same",
            ),
        ))
        .subcommand(
            Command::new("list")
                .about(say("列出目录里的备份", "list the backups of a directory"))
                .arg(directory()),
        )
        .subcommand(
            Command::new("verify")
                .about(say(
                    "读回核对并试恢复一份备份",
                    "read a backup back and restore it for trial",
                ))
                .arg(directory())
                .arg(number(say("编号,默认最新的", "its number, the newest by default"))),
        )
        .subcommand(
            Command::new("thin")
                .about(say(
                    "精简:默认留有备份的最近 14 天每天一份、24 个月每月一份",
                    "thin out: by default one a day for the last 14 days and 24 months that have one stay",
                ))
                .arg(directory())
                .arg(count("keep", say("只留最新的几份", "keep the newest, so many")))
                .arg(
                    count("keep-days", say("只留最近几天的", "keep those of the last days"))
                        .conflicts_with("keep"),
                ),
        )
}

fn number(help: &'static str) -> Arg {
    Arg::new("number").value_name("N").help(help).value_parser(clap::value_parser!(u32))
}

fn count(id: &'static str, help: &'static str) -> Arg {
    option(id, "N", help).value_parser(clap::value_parser!(u16))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some(("list", rest)) => list(Path::new(required(rest, "dir"))),
        Some(("verify", rest)) => verify(context, rest),
        Some(("thin", rest)) => thin(context, rest),
        _ => back_up(context, matches),
    }
}

fn back_up(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let trial = match (matches.get_flag("verify"), matches.get_flag("no-verify")) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    let request = BackupRequest {
        directory: PathBuf::from(required(matches, "dir")),
        files: context.office.files.clone(),
        trial,
        full: matches.get_flag("full"),
        rolled_back: matches.get_flag("rolled-back"),
    };
    let mut progress = Progress::start();
    let answer = app::backup(&context.office, &request, &mut |what, done, total| {
        progress.tell(what, done, total)
    })?;
    drop(progress);
    app::note_backup(&context.office, &answer)?;
    let json = serde_json::to_value(&answer).unwrap_or_default();
    Ok(Outcome::new(told(&answer), json, answer.is_good()))
}

fn told(answer: &BackupAnswer) -> String {
    let mut text = format!(
        "第 {} 号备份:{},{}\n写入 {}(共 {}),在 {}\n",
        answer.number,
        holds(&answer.facts),
        match (answer.problems.is_empty(), answer.tried) {
            (false, _) => "试恢复没有通过",
            (true, true) => "已读回核对,试恢复通过",
            (true, false) => "已读回核对",
        },
        bytes(answer.written),
        bytes(answer.read),
        answer.directory.display(),
    );
    // Writing to a string cannot fail.
    for problem in &answer.problems {
        let _ = writeln!(text, "  {problem}");
    }
    if !answer.problems.is_empty() {
        let _ = writeln!(text, "{}", answer.advice());
    }
    if !answer.evidence.is_empty() {
        let _ = writeln!(text, "佐证材料有 {} 个文件不对:", answer.evidence.len());
        each(&mut text, answer.evidence.iter().map(ToString::to_string));
        text.push_str(
            "请从以前的备份恢复到新位置(zhenzhang restore),把缺的、坏的文件拷回佐证材料目录,再备份一次\n",
        );
    }
    if let Some(key) = &answer.facts.key {
        let _ = writeln!(text, "备份里没有密钥 {key};请确认密钥文件和密钥分片另有妥善保管");
    }
    text
}

/// Lists of files are as long as somebody reads.
const SHOWN: usize = 20;

/// Each on a line of its own, as far as somebody reads them.
fn each(text: &mut String, lines: impl ExactSizeIterator<Item = String>) {
    let more = lines.len().saturating_sub(SHOWN);
    // Writing to a string cannot fail.
    for line in lines.take(SHOWN) {
        let _ = writeln!(text, "  {line}");
    }
    if more > 0 {
        let _ = writeln!(text, "  还有 {more} 个(加 --json 看全部)");
    }
}

fn holds(facts: &BackupFacts) -> String {
    let files = match facts.files {
        0 => String::new(),
        count => format!(",佐证材料(含缩略图){count} 个文件"),
    };
    let local = match facts.local {
        0 => String::new(),
        count => format!(",本单位定义 {count} 个文件"),
    };
    let lacking = match facts.lacking {
        0 => String::new(),
        count => format!(",另缺佐证材料 {count} 个文件"),
    };
    format!("版本 {},{} 条记录{files}{lacking}{local}", facts.revision, facts.records())
}

fn list(directory: &Path) -> Result<Outcome, Failure> {
    let backups = app::list_backups(directory)?;
    let mut text: String = backups.iter().map(line).collect();
    if backups.is_empty() {
        text = format!("{} 里还没有备份\n", directory.display());
    }
    let good = backups.iter().all(|b| b.problem.is_none() && b.failed.is_none());
    Ok(Outcome::new(text, serde_json::to_value(&backups).unwrap_or_default(), good))
}

fn line(backup: &ListedBackup) -> String {
    match (&backup.facts, &backup.problem) {
        (Some(facts), None) => format!(
            "{:06}  {}  {}  {}  写入 {}(共 {})  {}{}\n",
            backup.number,
            facts.at,
            facts.database,
            holds(facts),
            bytes(backup.written),
            bytes(backup.read),
            facts.who,
            match &backup.failed {
                Some(why) => format!("  试恢复没有通过,恢复时跳过:{}", why.replace('\n', ";")),
                None => String::new(),
            },
        ),
        (_, problem) => {
            format!("{:06}  不能用:{}\n", backup.number, problem.as_deref().unwrap_or_default())
        }
    }
}

fn verify(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let number = matches.get_one::<u32>("number").copied();
    let mut progress = Progress::start();
    let answer: TrialAnswer = app::verify_backup(
        &context.office.db,
        Path::new(required(matches, "dir")),
        number,
        &mut |what, done, total| progress.tell(what, done, total),
    )?;
    drop(progress);
    let is_whole = answer.problems.is_empty();
    let holds = answer.facts.as_ref().map(holds).unwrap_or_default();
    let verdict = match (is_whole, answer.tried) {
        (true, _) if !answer.lacking.is_empty() => "数据库完好,试恢复通过,佐证材料不全",
        (true, _) => "完好,试恢复通过",
        (false, true) => "读回无误,但试恢复没有通过",
        (false, false) => "有损坏,没有试恢复",
    };
    let mut text = format!("第 {} 号备份:{holds},{verdict}\n", answer.number);
    for problem in &answer.problems {
        let _ = writeln!(text, "  {problem}");
    }
    text.push_str(match (is_whole, answer.tried) {
        (true, _) => "",
        (false, true) => {
            "备份时台账可能已被改动过,这一份恢复时会跳过;请先运行 zhenzhang audit verify 核对现在的台账:\
             完好的,用 zhenzhang backup DIR --full 重做一次完整备份;有改动的,重做备份不能修好,请恢复更早的备份\n"
        }
        (false, false) => "请用 zhenzhang backup DIR --full 重做一次完整备份\n",
    });
    if !answer.lacking.is_empty() {
        let _ = writeln!(text, "台账登记的佐证材料里,备份缺 {} 个文件:", answer.lacking.len());
        each(&mut text, answer.lacking.iter().cloned());
        text.push_str("请从别的备份或当事人那里找回来,放回佐证材料目录,再备份一次\n");
    }
    for notice in &answer.notices {
        let _ = writeln!(text, "提示:{notice}");
    }
    let good = is_whole && answer.lacking.is_empty();
    Ok(Outcome::new(text, serde_json::to_value(&answer).unwrap_or_default(), good))
}

fn thin(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let count = |id: &str| matches.get_one::<u16>(id).copied();
    let keep = match (count("keep"), count("keep-days")) {
        (Some(count), _) => Keep::Newest(usize::from(count)),
        (_, Some(days)) => Keep::Days(i32::from(days)),
        _ => Keep::Usual,
    };
    let directory = Path::new(required(matches, "dir"));
    let answer = app::thin_backups(directory, keep, context.office.now)?;
    let text = format!(
        "删去 {} 份备份,留下 {} 份,腾出 {}\n",
        answer.removed.len(),
        answer.kept.len(),
        bytes(answer.freed),
    );
    Ok(Outcome::new(text, serde_json::to_value(&answer).unwrap_or_default(), true))
}
