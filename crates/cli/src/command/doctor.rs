//! `zhenzhang doctor`: is all well with this office?

use std::fmt::Write;
use std::io::IsTerminal;

use app::{Check, DoctorOptions};
use clap::{ArgMatches, Command};

use super::{Verb, switch};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

/// Width of the longest label, in columns of a terminal.
const LABEL: usize = 8;

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("doctor")
        .about(say(
            "体检:数据库、审计链、密钥、备份、磁盘,一屏看清",
            "is all well: database, chains, keys, backups and disk on one screen",
        ))
        .arg(switch(
            "full",
            say("逐个检查,不抽查(慢)", "look at every value and file, not at some (slow)"),
        ))
        .arg(switch(
            "repair",
            say(
                "退回到以前版本的数据库:补上按姓名查找所需的内容",
                "make names searchable again in a database restored as of an instant",
            ),
        ))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let options =
        DoctorOptions { full: matches.get_flag("full"), repair: matches.get_flag("repair") };
    let answer = app::doctor(&context.office, options)?;
    let mut text = format!("{} 体检\n", answer.database);
    // Writing to a string cannot fail.
    for check in &answer.checks {
        let _ = writeln!(text, "{}", line(check));
    }
    if answer.repaired > 0 {
        let _ = writeln!(text, "补上了 {} 个姓名的查找内容", answer.repaired);
    }
    let red = answer.checks.iter().filter(|check| !check.good).count();
    let _ = match red {
        0 => writeln!(text, "一切正常"),
        _ => writeln!(text, "{red} 项要处理"),
    };
    Ok(Outcome::new(text, serde_json::to_value(&answer).unwrap_or_default(), answer.good))
}

fn line(check: &Check) -> String {
    let mark = match (check.good, std::io::stdout().is_terminal()) {
        (true, true) => "\u{1b}[32m✓\u{1b}[0m",
        (false, true) => "\u{1b}[31m✗\u{1b}[0m",
        (true, false) => "✓",
        (false, false) => "✗",
    };
    // A Chinese character takes two columns.
    let gap = " ".repeat(LABEL.saturating_sub(2 * check.label.chars().count()) + 2);
    let found = check.found.replace('\n', " ");
    let todo = match check.todo.as_str() {
        "" => String::new(),
        todo => format!("\n  {}→ {todo}", " ".repeat(LABEL + 2)),
    };
    format!("{mark} {}{gap}{found}{todo}", check.label)
}
