//! `zhenzhang export LEDGER`: a ledger as a workbook.

use std::path::PathBuf;

use app::{ExportOptions, Personal};
use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, switch, text, unopened, why};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("export")
        .about(say(
            "把台账导出为 Excel;个人信息默认遮盖",
            "export a ledger as a workbook; personal data masked by default",
        ))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(option(
            "out",
            "FILE",
            say("写到哪个文件,默认是台账名称.xlsx", "file to write, the ledger's label by default"),
        ))
        .arg(option("place", "PLACE", say("只要这个地方的", "only records of this place")))
        .arg(switch(
            "template",
            say("不要记录,只要一张空表", "an empty form instead of the records"),
        ))
        .arg(switch(
            "unmasked",
            say("不遮盖个人信息,要写明 --why", "do not mask personal data; needs --why"),
        ))
        .arg(why(say("为什么要不遮盖的", "why unmasked")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let template = matches.get_flag("template");
    let mut office = if template { context.without_records()? } else { context.open()? };
    let ledger = required(matches, "ledger");
    let label = office.ledger(ledger)?.label.clone();
    let out =
        text(matches, "out").map_or_else(|| PathBuf::from(format!("{label}.xlsx")), PathBuf::from);
    let options = ExportOptions {
        place: text(matches, "place").map(str::to_owned),
        template,
        personal: match matches.get_flag("unmasked") {
            true => Personal::Clear { why: text(matches, "why").unwrap_or("").to_owned() },
            false => Personal::Masked,
        },
    };
    let answer = app::export(&mut office, ledger, &out, &options)?;
    let file = out.display().to_string();
    let text = if options.template {
        format!("{label}:空表写到 {file},填好后用 import 导入\n")
    } else {
        format!("{label}:导出 {} 条到 {file}\n{}", answer.records, unopened(answer.unopened))
    };
    let json = serde_json::json!({
        "file": file, "records": answer.records, "unopened": answer.unopened,
    });
    Ok(Outcome::new(text, json, answer.unopened == 0))
}
