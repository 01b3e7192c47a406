//! `zhenzhang check FILE`: what of a report is proven, refuted, unprovable.

use std::path::{Path, PathBuf};

use app::{CheckOptions, Telling};
use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, switch, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("check")
        .about(say(
            "核验报告:每句话是证实、不符还是无法证实",
            "check a report: is each claim proven, refuted or unprovable",
        ))
        .arg(positional(
            "file",
            "FILE",
            say(
                "txt、docx、html、md 文件(装有 LibreOffice 时 doc、wps、rtf、odt 也可),- 为标准输入;几份材料一起给,还互相核对",
                "a txt, docx, html or md file (doc, wps, rtf, odt with LibreOffice), - for standard input; several are also held against each other",
            ),
        ).num_args(1..))
        .arg(option(
            "window",
            "PERIOD",
            say("报告的期间,报告自己写明的不用给", "period of the report, if it does not say"),
        ))
        .arg(
            option(
                "off",
                "RULE",
                say(
                    "不用哪条核稿规则(写意见前面方括号里的名称,或编号),可写几次",
                    "a rule of proofreading not to use, by name or id",
                ),
            )
            .action(clap::ArgAction::Append),
        )
        .arg(switch(
            "all",
            say("同类的提示再多也逐条列出", "tell each remark, however many are of one kind"),
        ))
        .arg(option(
            "docx",
            "OUT",
            say("把意见作为批注写进这份 Word 文件的副本", "write a copy of the Word file with comments"),
        ))
        .arg(option("html", "OUT", say("写出网页,点一句话看依据", "write a page")))
        .arg(option("place", "PLACE", say("报告的地方", "place of the report")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let options = CheckOptions {
        window: text(matches, "window").map(str::to_owned),
        place: text(matches, "place").map(str::to_owned),
        off: matches.get_many::<String>("off").unwrap_or_default().cloned().collect(),
        docx: text(matches, "docx").map(PathBuf::from),
        html: text(matches, "html").map(PathBuf::from),
        telling: Telling { paint: context.paint(), all: matches.get_flag("all") },
    };
    let files: Vec<PathBuf> =
        matches.get_many::<String>("file").unwrap_or_default().map(PathBuf::from).collect();
    if files.len() > 1 {
        if options.docx.is_some() || options.html.is_some() {
            let message = "--docx、--html 一次只写一份材料;请一份一份地核";
            return Err(Failure::Usage(message.to_owned()));
        }
        let answer = match context.has_ledger() {
            true => app::check_files(&context.open()?, &files, &options)?,
            false => app::check_texts(&context.office, &files, &options)?,
        };
        let partial = answer.is_partial;
        return Ok(Outcome::new(answer.text, answer.json, answer.good).partial(partial));
    }
    let file = Path::new(required(matches, "file"));
    // A first look at a text needs no ledger; a database that was named has to be there.
    let answer = match context.has_ledger() {
        true => {
            let office = context.open()?;
            let answer = app::check_file(&office, file, &options);
            office.close();
            answer?
        }
        false => app::check_text(&context.office, file, &options)?,
    };
    let mut text = answer.text.clone();
    for file in &answer.files {
        text.push_str(&format!("已写出 {}\n", file.display()));
    }
    let json = if context.json { answer.json() } else { serde_json::Value::Null };
    Ok(Outcome::new(text, json, answer.good))
}
