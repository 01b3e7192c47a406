//! `zhenzhang key status|shares|restore|rotate`: the key that opens names and numbers.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};
use serde_json::json;

use super::{Verb, option, required, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    let out = || {
        option("out", "FILE", say("密钥文件写到哪里", "where to write the key file")).required(true)
    };
    Command::new("key")
        .about(say("密钥:查看、分份打印、恢复、更换", "the key: status, shares, restore, rotate"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("status").about(say(
            "数据库用哪把密钥,手头有没有",
            "which key the database wants, and whether it is at hand",
        )))
        .subcommand(Command::new("shares").about(say(
            "把密钥分成三份打印,分开保管,任意两份可以恢复",
            "three lines to print and keep apart; any two give the key back",
        )))
        .subcommand(
            Command::new("restore")
                .about(say("用两份分片恢复密钥文件", "make the key file from two shares"))
                .arg(
                    option("share", "LINE", say("一份分片,写两次", "a share, twice"))
                        .action(clap::ArgAction::Append)
                        .required(true),
                )
                .arg(out()),
        )
        .subcommand(
            Command::new("rotate")
                .about(say(
                    "换一把新密钥;已有的密文不变,旧备份仍要旧密钥",
                    "lock the database with a new key; old backups still want the old one",
                ))
                .arg(out()),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let Some((name, rest)) = matches.subcommand() else {
        return Err(Failure::Usage("请写 key status、shares、restore 或 rotate".to_owned()));
    };
    if name == "restore" {
        let lines: Vec<&str> =
            rest.get_many::<String>("share").unwrap_or_default().map(String::as_str).collect();
        let [first, second] = lines[..] else {
            let message = format!("恢复要两份分片,给了 {} 份;请写两次 --share", lines.len());
            return Err(Failure::Usage(message));
        };
        let out = Path::new(required(rest, "out"));
        let id = app::key_restore([first, second], out)?;
        let text = format!("已恢复密钥 {id},写到 {}\n", out.display());
        return Ok(Outcome::new(text, json!({ "id": id }), true));
    }
    let mut office = context.open()?;
    match name {
        "shares" => {
            let file = context.given_key.as_deref();
            let shares = app::key_shares(&office, file)?;
            let mut text =
                "三份密钥分片,任意两份可以恢复密钥。请打印后交三人分开保管,不要存在电脑里:\n"
                    .to_owned();
            for (n, share) in shares.iter().enumerate() {
                text.push_str(&format!("  第 {} 份  {share}\n", n + 1));
            }
            Ok(Outcome::new(text, json!({ "shares": shares }), true))
        }
        "rotate" => {
            let out = PathBuf::from(text(rest, "out").unwrap_or_default());
            let (id, count) = app::key_rotate(&mut office, &out)?;
            let text = format!(
                "已换用密钥 {id}(重新封装 {count} 人的密钥),写到 {}。旧备份仍要旧密钥,请一并保管\n",
                out.display()
            );
            Ok(Outcome::new(text, json!({ "id": id, "persons": count }), true))
        }
        _ => {
            let status = app::key_status(&office)?;
            let text = match (&status.id, status.unlocked) {
                (None, _) => "数据库还没有密钥;第一次登记姓名、证件号码时自动生成\n".to_owned(),
                (Some(id), true) => format!("密钥 {id},已找到\n"),
                (Some(id), false) => format!("密钥 {id},没有找到\n"),
            };
            let good = status.id.is_none() || status.unlocked;
            Ok(Outcome::new(text, serde_json::to_value(&status).unwrap_or_default(), good))
        }
    }
}
