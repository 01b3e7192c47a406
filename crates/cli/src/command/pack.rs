//! `zhenzhang pack`: the definitions, checked, listed, begun, described, compared and renewed.

mod author;
mod renew;

use std::fmt::Write;
use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use super::{Verb, option, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("pack")
        .about(say(
            "台账包:检查、新建、比较、更新定义",
            "the pack: check, begin, compare and renew its definitions",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("list")
                .about(say(
                    "列出台账、指标、勾稽关系和核稿规则的编号和名称",
                    "list ids and names of ledgers, indicators, relations and rules of proofreading",
                ))
                .arg(
                    Arg::new("word").value_name("WORD").num_args(0..).help(say(
                        "只列某一类(台账、指标、勾稽关系、核稿规则),或名称里有某个词的,如 pack list 核稿规则 数字",
                        "only one kind (ledgers, indicators, relations, rules), or names with a word in them",
                    )),
                ),
        )
        .subcommand(Command::new("systems").about(say(
            "列出各工作系统有哪些台账、指标、勾稽、时限和示例记录,以及每村每月要签几次字",
            "list what the pack has of each working system, and what closings cost",
        )))
        .subcommand(
            Command::new("manual")
                .about(say(
                    "写出填报手册:每个台账怎么填、每个指标怎么算(网页和 Word 各一份)",
                    "write the manual of all ledgers and indicators (a page and a Word document)",
                ))
                .arg(
                    option("out", "DIR", say("写到哪个目录", "the directory"))
                        .default_value("manual"),
                ),
        )
        .subcommand(Command::new("check").about(say(
            "检查全部定义,并运行每个指标的例子",
            "check every definition and run the examples of every indicator",
        )))
        .subcommands(author::describe(language))
        .subcommands(renew::describe(language))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => list(context, matches),
        Some(("manual", matches)) => manual(context, matches),
        Some(("systems", _)) => systems(context),
        Some(("new", matches)) => author::new(context, matches),
        Some(("schema", matches)) => author::schema(matches),
        Some(("diff", matches)) => author::diff(matches),
        Some(("key", matches)) => renew::key(matches),
        Some(("sign", matches)) => renew::sign(context, matches),
        Some(("trust", matches)) => renew::trust(context, matches),
        Some(("update", matches)) => renew::update(context, matches),
        _ => check(context),
    }
}

fn systems(context: &Context) -> Result<Outcome, Failure> {
    let report = app::list_systems(&context.office)?;
    let systems: Vec<_> = report.systems.iter().filter(|row| !row.is_base).collect();
    let json = serde_json::to_value(&systems).unwrap_or_default();
    Ok(Outcome::new(report.text(), json, true))
}

fn check(context: &Context) -> Result<Outcome, Failure> {
    let local = context.office.local_directory();
    let report = app::check_pack(context.office.base().as_deref(), local.as_deref())?;
    let mut text = String::new();
    for failure in &report.failures {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}:{} 例子不符:应为 {},算得 {}",
            failure.file, failure.line, failure.expected, failure.found
        );
    }
    let _ = writeln!(
        text,
        "台账 {},指标 {},勾稽关系 {},核稿规则 {},例子 {}:{}",
        report.ledgers,
        report.indicators,
        report.relations,
        report.rules,
        report.examples,
        if report.failures.is_empty() {
            "全部正确".to_owned()
        } else {
            format!("{} 个不符", report.failures.len())
        }
    );
    let good = report.failures.is_empty();
    Ok(Outcome::new(text, serde_json::to_value(&report).unwrap_or_default(), good))
}

fn manual(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let out = text(matches, "out").unwrap_or("manual");
    let answer = app::write_manual(&context.office, Path::new(out))?;
    let said = format!(
        "{}\n{}\n{} 个台账,{} 个指标\n",
        answer.html.display(),
        answer.docx.display(),
        answer.ledgers,
        answer.indicators
    );
    Ok(Outcome::new(said, serde_json::to_value(&answer).unwrap_or_default(), true))
}

fn list(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let words: Vec<String> =
        matches.get_many::<String>("word").unwrap_or_default().cloned().collect();
    let mut contents = app::list_pack(&context.office)?;
    contents.only(&words);
    let mut text = String::new();
    for (head, entries) in contents.kinds().into_iter().filter(|(_, all)| !all.is_empty()) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{head}:");
        for entry in entries {
            let _ = writeln!(text, "  {}  {}", entry.id, entry.label);
        }
    }
    let found = !text.is_empty() || words.is_empty();
    if !found {
        let words = words.join(" ");
        let _ = writeln!(
            text,
            "没有名称里有“{words}”的台账、指标、勾稽关系或核稿规则;请换一个短些的词,或只写类别,如 zhenzhang pack list 核稿规则"
        );
    }
    Ok(Outcome::new(text, serde_json::to_value(&contents).unwrap_or_default(), found))
}
