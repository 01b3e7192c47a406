//! `zhenzhang import LEDGER FILE`: a workbook into a ledger.

use std::fmt::Write;
use std::path::Path;

use app::{ImportOptions, ImportReport};
use clap::{ArgMatches, Command};

use super::{Verb, option, positional, required, switch, text, why};
use crate::context::{Context, tell};
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

/// Bad cells shown in a terminal; all of them stand in the JSON.
const SHOWN: usize = 50;

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("import")
        .about(say(
            "把 Excel 或 CSV 导入台账,整个文件要么全部记入,要么一行不记",
            "import a workbook or csv into a ledger, all of the file or nothing",
        ))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(positional("file", "FILE", say(".xlsx 或 .csv 文件", "an .xlsx or .csv file")))
        .arg(option(
            "place",
            "PLACE",
            say("表里没写地方时,记到哪里", "place of rows that name none"),
        ))
        .arg(why(say("导入的原因,记入历史", "why, for the history")))
        .arg(switch(
            "accept-good-rows",
            say("只记入没有问题的行", "take the good rows and leave the bad ones"),
        ))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let options = ImportOptions {
        place: text(matches, "place").map(str::to_owned),
        accept_good_rows: matches.get_flag("accept-good-rows"),
        why: text(matches, "why").unwrap_or("").to_owned(),
    };
    let (ledger, file) = (required(matches, "ledger"), Path::new(required(matches, "file")));
    if context.is_new() {
        app::look(&context.without_records()?, ledger, file, &options)?;
    }
    let mut office = context.open_or_create()?;
    let before = office.notices.len();
    let report = app::import(&mut office, ledger, file, &options)?;
    tell(&office, before);
    app::note_rows_left_out(&office, &report);
    let good = report.problems.is_empty();
    let told = told(&report, options.accept_good_rows);
    Ok(Outcome::new(told, serde_json::to_value(&report).unwrap_or_default(), good))
}

fn told(report: &ImportReport, accepting: bool) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    for problem in report.problems.iter().take(SHOWN) {
        let _ = writeln!(
            text,
            "{} {}!{} “{}”:{}{}",
            report.file,
            problem.sheet,
            problem.cell,
            problem.head,
            problem.message,
            if problem.expected.is_empty() {
                String::new()
            } else {
                format!(";应为{}", problem.expected)
            }
        );
    }
    if report.problems.len() > SHOWN {
        let _ = writeln!(text, "……还有 {} 处,用 --json 查看全部", report.problems.len() - SHOWN);
    }
    for note in &report.notes {
        let _ = writeln!(text, "提示:{note}");
    }
    let (file, ledger) = (&report.file, &report.ledger);
    let passed = match report.passed {
        0 => String::new(),
        passed => format!("已有 {passed} 条,跳过;"),
    };
    let _ = match (report.written, report.problems.len()) {
        (_, _) if report.replayed => {
            writeln!(text, "{file}:这个文件以前已经导入过 {ledger},没有重复记入")
        }
        (0, 0) if report.passed > 0 => writeln!(text, "{file}:{passed}没有新的行"),
        (0, 0) => writeln!(text, "{file}:没有读到可记入的行"),
        (0, n) if accepting => {
            writeln!(text, "{file}:{passed}有 {n} 处问题,没有可记入的好的行")
        }
        (0, n) => writeln!(
            text,
            "{file}:{passed}有 {n} 处问题,一行也没有记入。改好后再导入,或加 --accept-good-rows 只记好的行"
        ),
        (written, 0) => writeln!(text, "{file}:{passed}{ledger} 记入 {written} 条"),
        (written, _) => writeln!(
            text,
            "{file}:{passed}{ledger} 记入 {written} 条,{} 行有问题没有记入",
            report.refused
        ),
    };
    text
}
