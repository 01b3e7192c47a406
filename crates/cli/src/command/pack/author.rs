//! `zhenzhang pack new`, `pack schema` and `pack diff`: what helps people write definitions of their own.

use std::path::{Path, PathBuf};

use app::{NewKind, NewRequest};
use clap::{ArgMatches, Command};

use crate::command::{option, positional, required, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) fn describe(language: Language) -> [Command; 3] {
    let say = |zh, en| language.pick(zh, en);
    let kinds = ["ledger", "indicator", "relation", "report"];
    let new = Command::new("new")
        .about(say(
            "新建自己的台账、指标、勾稽关系或报告:写好一份带说明的样子",
            "begin a ledger, indicator, relation or report of your own, with each key explained",
        ))
        .arg(
            positional("kind", "ledger|indicator|relation|report", say("建哪一种", "which kind"))
                .value_parser(kinds),
        )
        .arg(positional("id", "ID", say("编号,如 street_lamp", "its id, such as street_lamp")))
        .arg(option("label", "NAME", say("名称,如 路灯台账", "its name for people")))
        .arg(option(
            "ledger",
            "LEDGER",
            say("指标、勾稽关系读哪个台账", "ledger that an indicator or relation reads"),
        ))
        .arg(option("out", "DIR", say("报告写到哪个目录,默认 report", "directory of a report")));
    let schema = Command::new("schema")
        .about(say(
            "写出定义文件的 JSON Schema,供编辑器提示键名、检查写法",
            "write JSON schemas of the definition files, for editors to complete and check them",
        ))
        .arg(option(
            "out",
            "DIR",
            say("写到哪个目录;不写就打印", "the directory; printed if absent"),
        ));
    let diff = Command::new("diff")
        .about(say(
            "比较两个台账包:改了哪些定义,哪些指标算出的数可能不同(有就以 1 退出)",
            "compare two packs: which definitions differ, which figures mean something else (exit code 1)",
        ))
        .arg(positional("old", "OLD", say("旧的:目录或更新文件", "the old one: a directory or an update file")))
        .arg(positional("new", "NEW", say("新的:目录或更新文件", "the new one: a directory or an update file")));
    [new, schema, diff]
}

pub(super) fn new(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let kind = required(matches, "kind");
    let kind = NewKind::named(kind).ok_or_else(|| Failure::Usage(format!("不能新建“{kind}”")))?;
    let request = NewRequest {
        kind,
        id: required(matches, "id").to_owned(),
        label: text(matches, "label").map(str::to_owned),
        ledger: text(matches, "ledger").map(str::to_owned),
        out: text(matches, "out").map(PathBuf::from),
    };
    let answer = app::begin(&context.office, &request)?;
    let next: String = answer.next.iter().map(|step| format!("  {step}\n")).collect();
    let said = format!("已写好 {}。接下来:\n{next}", answer.file.display());
    Ok(Outcome::new(said, serde_json::to_value(&answer).unwrap_or_default(), true))
}

pub(super) fn schema(matches: &ArgMatches) -> Result<Outcome, Failure> {
    let Some(out) = text(matches, "out") else {
        let schemas = serde_json::Value::Object(app::schemas());
        return Ok(Outcome::new(format!("{schemas:#}\n"), schemas, true));
    };
    let answer = app::write_schemas(Path::new(out))?;
    let files: String = answer.files.iter().map(|file| format!("{}\n", file.display())).collect();
    let said = format!(
        "{files}{}\n{}\n把 {} 复制到编辑器打开的文件夹,改名为 .taplo.toml,就会提示键名、检查写法。\n",
        answer.page.display(),
        answer.settings.display(),
        answer.settings.display()
    );
    Ok(Outcome::new(said, serde_json::to_value(&answer).unwrap_or_default(), true))
}

pub(super) fn diff(matches: &ArgMatches) -> Result<Outcome, Failure> {
    let (old, new) = (required(matches, "old"), required(matches, "new"));
    let answer = app::diff_packs(Path::new(old), Path::new(new))?;
    let json = serde_json::to_value(&answer).unwrap_or_default();
    Ok(Outcome::new(answer.text(), json, answer.is_good()))
}
