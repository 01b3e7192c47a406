//! The commands, one file each.

mod audit;
mod backup;
mod bind;
mod change;
mod check;
mod claims;
mod clean;
mod clock;
mod close;
mod correct;
mod demo;
mod doctor;
mod evidence;
mod explain;
mod export;
mod find;
mod forget;
mod history;
mod impact;
mod import;
mod init;
mod key;
mod measure;
mod number;
mod pack;
mod relations;
mod reopen;
mod report;
mod restore;
mod serve;
mod upgrade;
mod withdraw;

use clap::{Arg, ArgMatches, Command};

use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

/// A command of the program.
pub(crate) struct Verb {
    /// Its arguments and help.
    pub(crate) describe: fn(Language) -> Command,
    /// What it does.
    pub(crate) run: fn(&Context, &ArgMatches) -> Result<Outcome, Failure>,
}

/// All commands, in the order of the help.
pub(crate) fn all() -> Vec<Verb> {
    vec![
        demo::VERB,
        init::VERB,
        pack::VERB,
        import::VERB,
        export::VERB,
        close::VERB,
        reopen::VERB,
        correct::VERB,
        change::VERB,
        withdraw::VERB,
        history::VERB,
        impact::VERB,
        find::VERB,
        forget::VERB,
        evidence::VERB,
        measure::VERB,
        explain::VERB,
        relations::VERB,
        clock::VERB,
        check::VERB,
        bind::VERB,
        report::VERB,
        claims::VERB,
        clean::VERB,
        number::VERB,
        audit::VERB,
        backup::VERB,
        restore::VERB,
        doctor::VERB,
        serve::VERB,
        upgrade::VERB,
        key::VERB,
    ]
}

/// A required argument by position.
pub(crate) fn positional(id: &'static str, name: &'static str, help: &'static str) -> Arg {
    Arg::new(id).value_name(name).help(help).required(true)
}

/// What `claims` and `clean` read.
pub(crate) const MATERIALS: (&str, &str) = (
    "txt、docx、html、md 文件(装有 LibreOffice 时 doc、wps、rtf、odt 也可),- 为标准输入",
    "a txt, docx, html or md file (doc, wps, rtf, odt with LibreOffice), - for standard input",
);

/// An option with a value.
pub(crate) fn option(id: &'static str, name: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(name).help(help)
}

/// Why something is done. `--reason` says the same.
pub(crate) fn why(help: &'static str) -> Arg {
    option("why", "TEXT", help).alias("reason")
}

/// Why something is done that has to be explained.
pub(crate) fn reason(help: &'static str) -> Arg {
    why(help).required(true)
}

/// A switch.
pub(crate) fn switch(id: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(id).help(help).action(clap::ArgAction::SetTrue)
}

/// The ledger that a closing is of, in both forms that people write: as a word of its own, or
/// behind `--ledger`.
pub(crate) fn ledger_arguments(help: &'static str) -> [Arg; 2] {
    let word = Arg::new(LEDGER_WORD).value_name("LEDGER").help(help);
    let behind = option("ledger", "LEDGER", help).conflicts_with(LEDGER_WORD);
    [word, behind]
}

const LEDGER_WORD: &str = "ledger-word";

/// The ledger named in either form.
pub(crate) fn ledger(matches: &ArgMatches) -> Option<&str> {
    text(matches, LEDGER_WORD).or_else(|| text(matches, "ledger"))
}

/// The text of an argument.
pub(crate) fn text<'a>(matches: &'a ArgMatches, id: &str) -> Option<&'a str> {
    matches.get_one::<String>(id).map(String::as_str)
}

/// The text of a required argument; clap has made sure that it is there.
pub(crate) fn required<'a>(matches: &'a ArgMatches, id: &str) -> &'a str {
    text(matches, id).unwrap_or("")
}

/// Splits `name=value`.
pub(crate) fn pair(text: &str) -> Result<(String, String), Failure> {
    text.split_once('=')
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .ok_or_else(|| Failure::Usage(format!("“{text}”应写成 名称=值 的样子")))
}

/// That values of some records could not be opened; nothing if all could.
pub(crate) fn unopened(records: u64) -> String {
    match records {
        0 => String::new(),
        records => format!(
            "其中 {records} 条有打不开的内容,写作“{}”:这些人的密钥或内容被改动过,请运行 zhenzhang audit verify 和 zhenzhang doctor\n",
            app::UNOPENED
        ),
    }
}

/// What a single write answers.
pub(crate) fn written(what: &str, receipt: &app::Receipt) -> Outcome {
    let text = if receipt.replayed {
        format!("{what}:以前已经办过,这次没有改动任何内容(版本 {})\n", receipt.revision)
    } else {
        format!("{what}:已记入,版本 {}\n", receipt.revision)
    };
    let json = serde_json::json!({ "revision": receipt.revision, "replayed": receipt.replayed });
    Outcome::new(text, json, true)
}
