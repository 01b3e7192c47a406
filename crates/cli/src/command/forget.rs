//! `zhenzhang forget LEDGER RECORD`: destroy who a record is about, keep that it is.

use std::fmt::Write;

use app::ForgetRequest;
use clap::{ArgMatches, Command};

use super::{Verb, option, positional, reason, required, switch, written};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("forget")
        .about(say(
            "保存期满:销毁一个人的姓名和号码,记录和数字不变,不能恢复",
            "destroy a person's name and numbers for good; records and figures stay",
        ))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(positional(
            "record",
            "RECORD",
            say("记录号,或它的编号", "number or key of the record"),
        ))
        .arg(reason(say("原因", "why")))
        .arg(
            option("document", "TEXT", say("批准文件", "the document that decides it"))
                .required(true),
        )
        .arg(switch(
            "with-evidence",
            say(
                "连同这条记录的佐证材料一起销毁(别的记录也用的只撤下)",
                "destroy the record's evidence files too (those of other records are only taken back)",
            ),
        ))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let mut office = context.open()?;
    let with_evidence = matches.get_flag("with-evidence");
    let request = ForgetRequest {
        ledger: required(matches, "ledger"),
        record: required(matches, "record"),
        why: required(matches, "why"),
        document: required(matches, "document"),
        with_evidence,
    };
    let done = app::forget_person(&mut office, &request)?;
    let mut outcome = written("销毁个人信息", &done.receipt);
    let text = &mut outcome.text;
    // Writing to a string cannot fail.
    if done.shared > 0 {
        let _ = writeln!(
            text,
            "这条记录更早的版本用过另外 {} 人的证件号码,他们还有别的记录,因此没有销毁;那些版本里的内容仍可打开",
            done.shared
        );
    }
    if with_evidence && !done.evidence.is_empty() {
        let _ = writeln!(text, "佐证材料 {} 份已一并撤下并销毁", done.evidence.len());
    } else if !done.evidence.is_empty() {
        let count = done.evidence.len();
        let _ = writeln!(text, "这条记录还有佐证材料 {count} 份,没有销毁,里面可能有这个人的信息:");
        for f in &done.evidence {
            let _ = writeln!(text, "  {}  {}  {}", f.number, f.name, f.kind);
        }
        text.push_str(
            "按规定不必再留的,请逐份销毁:zhenzhang evidence remove 编号 --destroy --why 原因\n",
        );
    }
    text.push_str("此前的备份里仍有这个人的信息和材料:请按规定一并清理(zhenzhang backup thin)\n");
    if let Some(json) = outcome.json.as_object_mut() {
        json.insert("shared".into(), done.shared.into());
        json.insert("evidence".into(), serde_json::to_value(&done.evidence).unwrap_or_default());
        json.insert("evidence_destroyed".into(), with_evidence.into());
    }
    Ok(outcome)
}
