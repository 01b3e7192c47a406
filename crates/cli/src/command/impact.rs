//! `zhenzhang impact LEDGER RECORD`: what a correction would change, before it is made.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

use app::{Shift, Trial};
use clap::{ArgAction, ArgMatches, Command};

use super::{Verb, option, pair, positional, required, switch};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("impact")
        .about(say(
            "更正之前先试算:哪些数字、勾稽和报告里的话会变",
            "before a correction: which figures, relations and sentences would change",
        ))
        .arg(positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger")))
        .arg(positional(
            "record",
            "RECORD",
            say("记录号,或它的编号", "number or key of the record"),
        ))
        .arg(
            option(
                "set",
                "FIELD=VALUE",
                say("设想的更正:栏目=新值,可写多个", "the correction thought of, may repeat"),
            )
            .action(ArgAction::Append)
            .conflicts_with("withdraw"),
        )
        .arg(switch("withdraw", say("设想撤销这条记录", "think of withdrawing the record")))
        .arg(
            option(
                "report",
                "FILE",
                say(
                    "还没有封存的报告,一并核验,可写多个",
                    "a report not yet sealed, to be judged too, may repeat",
                ),
            )
            .action(ArgAction::Append),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let many = |id: &str| matches.get_many::<String>(id).unwrap_or_default();
    let sets = many("set").map(|text| pair(text)).collect::<Result<Vec<_>, _>>()?;
    let trial = match (matches.get_flag("withdraw"), sets.is_empty()) {
        (true, _) => Trial::Withdraw,
        (false, false) => Trial::Set(sets),
        (false, true) => {
            let message = "请写出设想的更正:--set 栏目=新值,或 --withdraw";
            return Err(Failure::Usage(message.to_owned()));
        }
    };
    let reports: Vec<PathBuf> = many("report").map(PathBuf::from).collect();
    let mut office = context.open()?;
    let (ledger, record) = (required(matches, "ledger"), required(matches, "record"));
    let impact = app::impact(&mut office, ledger, record, &trial, &reports)?;
    let mut text =
        format!("{}第 {} 号记录:只是试算,没有改动任何内容\n", impact.ledger, impact.record);
    // Writing to a string cannot fail.
    for closing in &impact.closings {
        let _ = writeln!(text, "  要先撤销结账:{closing}");
    }
    list(&mut text, "指标", &impact.figures);
    list(&mut text, "勾稽", &impact.relations);
    let _ = writeln!(text, "报告里的话 {} 处", impact.sentences.len());
    for s in &impact.sentences {
        let _ = writeln!(text, "  {} 第{}行“{}”:{} → {}", s.report, s.line, s.text, s.old, s.new);
    }
    if impact.asked == 0 {
        text.push_str("没有哪个指标或勾稽用到要改的内容\n");
    } else {
        let (places, year) = (impact.places.join("、"), impact.first_year);
        let _ = writeln!(text, "看过:{places};{year}年至今的每年、半年、季度、月份");
        let _ = writeln!(text, "没有看:{}", impact.left_out.join(";"));
    }
    Ok(Outcome::new(text, serde_json::to_value(&impact).unwrap_or_default(), true))
}

/// Values that are told of one figure and place, and periods named of each.
const VALUES: usize = 4;
const NAMED: usize = 3;

/// The shifts, a line for each figure, part and place: the same change in many periods is told
/// once. What moves in a part only because the whole moves is counted and left to `--json`.
fn list(text: &mut String, what: &str, shifts: &[Shift]) {
    let _ = writeln!(text, "{what} {} 处", shifts.len());
    let wholes: BTreeSet<[&str; 3]> = shifts
        .iter()
        .filter(|s| s.part.is_none())
        .map(|s| [s.id.as_str(), &s.place, &s.window])
        .collect();
    let whole = |s: &Shift| wholes.contains(&[s.id.as_str(), &s.place, &s.window]);
    let follows = |s: &&Shift| s.part.is_some() && whole(s);
    let mut lines: BTreeMap<[&str; 3], Vec<&Shift>> = BTreeMap::new();
    for s in shifts.iter().filter(|s| !follows(s)) {
        lines.entry([&s.id, s.part.as_deref().unwrap_or(""), &s.place]).or_default().push(s);
    }
    for ([id, part, place], mut shifts) in lines {
        let Some(label) = shifts.first().map(|s| &s.label) else { continue };
        // A code is the shorter the longer its period: 2023, 2023H1, 2023-04.
        shifts.sort_by_key(|s| (s.window.len(), s.window.contains('-'), &s.window));
        let part = if part.is_empty() { String::new() } else { format!(" {part}") };
        let _ = writeln!(text, "  {label}({id}){part} {place}:{}", values(&shifts));
    }
    let parts = shifts.iter().filter(follows).count();
    if parts > 0 {
        let _ = writeln!(text, "  按栏目分组的数随之改变,另有 {parts} 处,用 --json 查看");
    }
}

/// The changes of one figure in one place, each with its periods, the longest first.
fn values(shifts: &[&Shift]) -> String {
    let mut told: Vec<([&str; 2], Vec<&str>)> = Vec::new();
    for s in shifts {
        let change = [s.old.as_str(), &s.new];
        match told.iter_mut().find(|(other, _)| *other == change) {
            Some((_, periods)) => periods.push(&s.period),
            None => told.push((change, vec![&s.period])),
        }
    }
    let more = told.len().saturating_sub(VALUES);
    let mut texts: Vec<String> = Vec::new();
    for ([old, new], periods) in told.iter().take(VALUES) {
        let named = periods.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
        let count = match periods.len() {
            ..=NAMED => String::new(),
            count => format!(" 等 {count} 个期间"),
        };
        texts.push(format!("{named}{count} {old} → {new}"));
    }
    if more > 0 {
        texts.push(format!("另有 {more} 种,用 --json 查看"));
    }
    texts.join(";")
}
