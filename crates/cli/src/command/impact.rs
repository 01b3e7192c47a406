//! `zhenzhang impact LEDGER RECORD`: what a correction would change, before it is made.

use std::fmt::Write;
use std::path::PathBuf;

use app::{Shift, Trial};
use clap::{ArgAction, ArgMatches, Command};

use super::{Verb, option, pair, positional, required, switch};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("impact")
        .about(say(
            "更正之前先试算:哪些数字、勾稽和报告里的话会变",
            "before a correction: which figures, relations and sentences would change",
        ))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(positional(
            "record",
            "RECORD",
            say("记录号,或它的编号", "number or key of the record"),
        ))
        .arg(
            option(
                "set",
                "FIELD=VALUE",
                say("设想的更正:栏目=新值,可写多个", "the correction thought of, may repeat"),
            )
            .action(ArgAction::Append)
            .conflicts_with("withdraw"),
        )
        .arg(switch("withdraw", say("设想撤销这条记录", "think of withdrawing the record")))
        .arg(
            option(
                "report",
                "FILE",
                say(
                    "还没有封存的报告,一并核验,可写多个",
                    "a report not yet sealed, to be judged too, may repeat",
                ),
            )
            .action(ArgAction::Append),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let many = |id: &str| matches.get_many::<String>(id).unwrap_or_default();
    let sets = many("set").map(|text| pair(text)).collect::<Result<Vec<_>, _>>()?;
    let trial = match (matches.get_flag("withdraw"), sets.is_empty()) {
        (true, _) => Trial::Withdraw,
        (false, false) => Trial::Set(sets),
        (false, true) => {
            let message = "请写出设想的更正:--set 栏目=新值,或 --withdraw";
            return Err(Failure::Usage(message.to_owned()));
        }
    };
    let reports: Vec<PathBuf> = many("report").map(PathBuf::from).collect();
    let mut office = context.open()?;
    let (ledger, record) = (required(matches, "ledger"), required(matches, "record"));
    let impact = app::impact(&mut office, ledger, record, &trial, &reports)?;
    let mut text =
        format!("{}第 {} 号记录:只是试算,没有改动任何内容\n", impact.ledger, impact.record);
    // Writing to a string cannot fail.
    for closing in &impact.closings {
        let _ = writeln!(text, "  要先撤销结账:{closing}");
    }
    list(&mut text, "指标", &impact.figures);
    list(&mut text, "勾稽", &impact.relations);
    let _ = writeln!(text, "报告里的话 {} 处", impact.sentences.len());
    for s in &impact.sentences {
        let _ = writeln!(text, "  {} 第{}行“{}”:{} → {}", s.report, s.line, s.text, s.old, s.new);
    }
    Ok(Outcome::new(text, serde_json::to_value(&impact).unwrap_or_default(), true))
}

fn list(text: &mut String, what: &str, shifts: &[Shift]) {
    let _ = writeln!(text, "{what} {} 处", shifts.len());
    for s in shifts {
        let _ = writeln!(
            text,
            "  {}({}) {} {}:{} → {}",
            s.label, s.id, s.place, s.period, s.old, s.new
        );
    }
}
