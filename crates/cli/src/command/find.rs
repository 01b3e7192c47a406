//! `zhenzhang find LEDGER FIELD=TEXT`: records of a person, by a name or number.

use clap::{ArgMatches, Command};

use super::{Verb, pair, positional, required, unopened};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("find")
        .about(say(
            "按姓名(可只写一部分)或证件号码查找记录;查找本身会留下记录",
            "find records by a name, or a part of it, or a number; that somebody looked is kept",
        ))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(positional("what", "FIELD=TEXT", say("栏目=内容,如 姓名=王", "field=text")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let (field, text) = pair(required(matches, "what"))?;
    if text.is_empty() {
        let message = format!("“{field}=”后面没有写要找的内容;请写成 {field}=王 的样子");
        return Err(Failure::Usage(message));
    }
    let office = context.open()?;
    let found = app::find_person(&office, required(matches, "ledger"), &field, &text)?;
    let mut text = format!("{}:找到 {} 条\n", found.ledger, found.rows.len());
    if !found.rows.is_empty() {
        text.push_str(&format!("  {}\n", found.heads.join(" | ")));
    }
    for row in &found.rows {
        text.push_str(&format!("  {}\n", row.join(" | ")));
    }
    text.push_str(&unopened(found.unopened));
    let good = !found.rows.is_empty() && found.unopened == 0;
    Ok(Outcome::new(text, serde_json::to_value(&found).unwrap_or_default(), good))
}
