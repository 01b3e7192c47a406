//! `zhenzhang audit verify|head|find|reads`: has anything been changed behind the program's
//! back, and who looked at what?

use std::fmt::Write;

use app::FoundHead;
use clap::{ArgMatches, Command};
use serde_json::json;

use super::{Verb, option, positional, required, switch, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};
use crate::progress::Progress;

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("audit")
        .about(say("审计", "audit"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("verify")
                .about(say(
                    "验证审计链:有没有人绕过程序改过数据",
                    "verify the audit chain: was anything changed behind the program's back",
                ))
                .arg(option(
                    "head",
                    "HASH",
                    say(
                        "另外保存的链头(查阅链头也可),用来发现整库被换成旧的",
                        "a head kept elsewhere, to find a database that was rolled back",
                    ),
                )),
        )
        .subcommand(
            Command::new("head")
                .about(say(
                    "现在的链头,抄下来另外保存",
                    "the head of the chain, to be kept elsewhere",
                ))
                .arg(switch(
                    "reads",
                    say(
                        "查阅记录的链头:谁看过、导出过什么",
                        "the head of the chain of reads: who looked at what",
                    ),
                )),
        )
        .subcommand(
            Command::new("find")
                .about(say("链头是第几条审计记录", "which entry a head is"))
                .arg(positional("head", "HASH", say("链头", "the head"))),
        )
        .subcommand(
            Command::new("reads")
                .about(say(
                    "谁查看、导出过个人信息,哪些写入被拒绝",
                    "who looked at private data, what was given out, which writes were refused",
                ))
                .arg(option("last", "N", say("最近几条,默认 50", "the last N, 50 by default"))),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let office = context.open()?;
    match matches.subcommand() {
        Some(("head", rest)) if rest.get_flag("reads") => {
            let head = app::reads_head(&office)?;
            let text = format!("查阅记录 {} 条\n链头 {}\n", head.entries, head.head);
            Ok(Outcome::new(text, serde_json::to_value(&head).unwrap_or_default(), true))
        }
        Some(("head", _)) => {
            let head = app::audit_head(&office)?;
            let text = format!(
                "版本 {},审计链 {} 条\n链头 {}\n短码 {}\n",
                head.revision, head.entries, head.head, head.code
            );
            Ok(Outcome::new(text, serde_json::to_value(&head).unwrap_or_default(), true))
        }
        Some(("find", rest)) => {
            let found = app::audit_find(&office, required(rest, "head"))?;
            let (entry, read) = numbers(found);
            let json = json!({ "entry": entry, "read": read });
            Ok(Outcome::new(found_text(found), json, found.is_some()))
        }
        Some(("reads", rest)) => {
            let last = match text(rest, "last") {
                None => 50,
                Some(number) => number.parse().map_err(|_| {
                    Failure::Usage(format!("--last “{number}”不是条数;请写整数,如 50"))
                })?,
            };
            let reads = app::audit_reads(&office, last)?;
            let lines = reads.iter().map(|r| {
                format!(
                    "{} {} {}({}) {} {} {} 条:{}\n",
                    r.seq, r.at, r.who, r.role, r.kind, r.ledger, r.records, r.detail
                )
            });
            let text = lines.collect();
            Ok(Outcome::new(text, serde_json::to_value(&reads).unwrap_or_default(), true))
        }
        Some((_, rest)) => verify(&office, text(rest, "head")),
        None => Err(Failure::Usage("请写 audit verify、head、find 或 reads".to_owned())),
    }
}

/// The number of an entry of the audit chain, or of one of the chain of reads.
fn numbers(found: Option<FoundHead>) -> (Option<i64>, Option<i64>) {
    match found {
        Some(FoundHead::Entry(number)) => (Some(number), None),
        Some(FoundHead::Read(number)) => (None, Some(number)),
        None => (None, None),
    }
}

fn found_text(found: Option<FoundHead>) -> String {
    match found {
        Some(FoundHead::Entry(number)) => format!("链头是第 {number} 条审计记录\n"),
        Some(FoundHead::Read(number)) => format!("链头是第 {number} 条查阅记录\n"),
        None => "审计链里没有这个链头:数据库被换成了旧的、被截断或重建,或者链头抄错了\n".to_owned(),
    }
}

fn verify(office: &app::Office, head: Option<&str>) -> Result<Outcome, Failure> {
    let mut bar = Progress::start();
    let report = app::audit(office, &mut |done, all| bar.tell("验证审计链", done, all))?;
    drop(bar);
    let mut text = String::new();
    // Writing to a string cannot fail.
    for problem in &report.problems {
        let _ = writeln!(text, "{problem}");
    }
    let mut good = report.problems.is_empty();
    let found = head.map(|head| app::audit_find(office, head)).transpose()?;
    if let Some(found) = found {
        good &= found.is_some();
        text.push_str(&found_text(found));
    }
    let verdict = if report.problems.is_empty() { "完好" } else { "有改动" };
    let _ = writeln!(text, "审计链 {} 条,{verdict};链头 {}", report.entries, report.head);
    let (entry, read) = numbers(found.flatten());
    let json = json!({
        "entries": report.entries,
        "head": report.head,
        "problems": report.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "found": entry,
        "found_read": read,
    });
    Ok(Outcome::new(text, json, good))
}
