//! `zhenzhang forget LEDGER RECORD`: destroy who a record is about, keep that it is.

use clap::{ArgMatches, Command};

use super::{Verb, option, positional, reason, required, written};
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
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let mut office = context.open()?;
    let forgotten = app::forget_person(
        &mut office,
        required(matches, "ledger"),
        required(matches, "record"),
        required(matches, "why"),
        required(matches, "document"),
    )?;
    let mut outcome = written("销毁个人信息", &forgotten.receipt);
    if forgotten.shared > 0 {
        outcome.text.push_str(&format!(
            "这条记录更早的版本用过另外 {} 人的证件号码,他们还有别的记录,因此没有销毁;那些版本里的内容仍可打开\n",
            forgotten.shared
        ));
    }
    outcome.text.push_str("此前的备份里仍有这个人的信息:请按规定一并清理(zhenzhang backup thin)\n");
    Ok(outcome)
}
