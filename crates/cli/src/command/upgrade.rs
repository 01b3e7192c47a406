//! `zhenzhang upgrade`: new definitions or a new program, tried first, taken back in one step.

use std::fmt::Write;
use std::path::PathBuf;

use app::{BackAnswer, BackupRequest, FigureChange, UpgradeAnswer};
use clap::{ArgMatches, Command};

use super::{Verb, option, switch, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};
use crate::progress::Progress;

pub(super) const VERB: Verb = Verb { describe, run };

/// Figures shown in a terminal; all of them stand in the JSON.
const SHOWN: usize = 50;

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("upgrade")
        .about(say(
            "升级:先备份,再按新定义、新程序调整数据库,并列出有变化的指标",
            "upgrade: back up, bring the database in line with new definitions, list figures that differ",
        ))
        .arg(switch(
            "rehearse",
            say("只在副本上试,原数据库不动", "try it on a copy only, the database stays as it is"),
        ))
        .arg(
            switch(
                "back",
                say(
                    "退回到上次升级之前;现在的数据库另存一份",
                    "go back to before the last upgrade; the database as it is is kept aside",
                ),
            )
            .conflicts_with("rehearse"),
        )
        .arg(option(
            "backups",
            "DIR",
            say("备份到哪里,默认是上次备份的目录", "where to back up to, the last backup's directory by default"),
        ))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let mut progress = Progress::start();
    let mut watch = |what: &str, done: u64, total: u64| progress.tell(what, done, total);
    if matches.get_flag("back") {
        let answer = app::upgrade_back(&context.office, &mut watch)?;
        let json = serde_json::to_value(&answer).unwrap_or_default();
        return Ok(Outcome::new(told_back(&answer), json, true));
    }
    let answer = match matches.get_flag("rehearse") {
        true => app::rehearse_upgrade(&context.office, &mut watch)?,
        false => {
            let directory = text(matches, "backups").map(PathBuf::from).unwrap_or_default();
            let request = BackupRequest { directory, ..BackupRequest::default() };
            app::upgrade(&context.office, &request, &mut watch)?
        }
    };
    drop(progress);
    let good = answer.is_good();
    Ok(Outcome::new(told(&answer), serde_json::to_value(&answer).unwrap_or_default(), good))
}

fn told_back(answer: &BackAnswer) -> String {
    let BackAnswer { restored, aside, later, definitions, other_pack } = answer;
    let mut text = format!(
        "已退回到第 {} 号备份({}):版本 {},链头 {}\n退回前的数据库在 {aside},什么也没有丢\n",
        restored.number, restored.taken, restored.revision, restored.head
    );
    // Writing to a string cannot fail.
    if let Some(later @ 1..) = later {
        let _ = writeln!(
            text,
            "升级之后另有 {later} 次写入,只在退回前的数据库里:需要的请从那里导出后重新登记"
        );
    }
    if let Some(place) = definitions {
        let _ = writeln!(
            text,
            "本地定义(local)也退回到了升级之前的;退回前的定义在 {}",
            place.display()
        );
    }
    if *other_pack {
        text.push_str(
            "台账包与升级之前的不同(程序或更新包换过):指标仍按现在的台账包计算;要一并退回,请用原来的程序,或 zhenzhang pack update --back\n",
        );
    }
    text
}

fn told(answer: &UpgradeAnswer) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    for reason in &answer.refused {
        let _ = writeln!(text, "不能采用:{reason}");
    }
    if !answer.refused.is_empty() {
        let _ = writeln!(text, "{} 处定义与已存的记录冲突,没有升级", answer.refused.len());
        return text;
    }
    for change in answer.changes.iter().take(SHOWN) {
        let _ = writeln!(text, "{}", line(change));
    }
    if answer.changes.len() > SHOWN {
        let _ = writeln!(text, "……还有 {} 处,用 --json 查看全部", answer.changes.len() - SHOWN);
    }
    let _ = writeln!(
        text,
        "{}:{} 个数与{}比较,{} 个有变化;调整数据库 {} 毫秒,共 {} 毫秒",
        if answer.rehearsed { "预演完成,原数据库没有动" } else { "升级完成" },
        answer.figures,
        answer.compared_with,
        answer.changes.len(),
        answer.upgrade_milliseconds,
        answer.milliseconds,
    );
    if let Some(backup) = &answer.backup {
        let _ = writeln!(
            text,
            "升级前的备份是 {} 里的第 {} 号;要退回请运行 zhenzhang upgrade --back",
            backup.directory.display(),
            backup.number
        );
    }
    text
}

fn line(change: &FigureChange) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "没有这个指标".to_owned());
    format!(
        "{} {} {}:原来 {},现在 {}",
        change.label,
        change.name,
        change.window,
        value(&change.before),
        value(&change.after)
    )
}
