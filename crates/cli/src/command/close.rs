//! `zhenzhang close`: months and years signed as complete.

use std::path::Path;

use app::{CloseRequest, Office};
use clap::{ArgMatches, Command};

use super::report::moved;
use super::{Verb, ledger, ledger_arguments, option, switch, text, written};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("close")
        .about(say(
            "结账、零报告:签字确认一段期间的台账已经记全",
            "close a period: sign that its ledger is complete, with records or with none",
        ))
        .arg(option(
            "file",
            "FILE",
            say("签字表(.xlsx),一次办完表上所有的", "a signed sheet (.xlsx)"),
        ))
        .args(ledger_arguments(say(
            "台账;不写就是所有按月结账的台账",
            "the ledger; all that close by the month if left out",
        )))
        .arg(option(
            "place",
            "PLACE",
            say("地方;不写就是全镇", "the place; the whole township if left out"),
        ))
        .arg(option(
            "period",
            "PERIOD",
            say(
                "整月或整年,如 2023-04、2023、2024H1(上半年)",
                "whole months or years, such as 2023-04, 2023 or 2024H1",
            ),
        ))
        .arg(option("signer", "NAME", say("签字人", "who signs")))
        .arg(switch("nil", say("零报告:期间内没有记录", "signed that there were no records")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let mut office = context.open()?;
    if let Some(file) = text(matches, "file") {
        let outcome = written("结账", &app::close_from_file(&mut office, Path::new(file))?);
        return with_seals(&office, outcome);
    }
    let need = |id: &str| {
        text(matches, id).map(str::to_owned).ok_or_else(|| {
            Failure::Usage(format!("请写 --file 签字表,或写明 --period 和 --signer(缺 --{id})"))
        })
    };
    let request = CloseRequest {
        ledger: ledger(matches).map(str::to_owned),
        place: text(matches, "place").map(str::to_owned),
        period: need("period")?,
        nil: matches.get_flag("nil"),
        signer: need("signer")?,
        signed_on: context.office.now,
    };
    let answer = app::close(&mut office, &request)?;
    let said =
        if answer.replayed { "以前已经结过账,这次没有改动" } else { "已结账" };
    let text = format!(
        "{} {}:{said},版本 {}\n  {}\n",
        answer.place,
        answer.period,
        answer.revision,
        answer.ledgers.join("、")
    );
    let outcome = Outcome::new(text, serde_json::to_value(&answer).unwrap_or_default(), true);
    with_seals(&office, outcome)
}

/// Provisional seals are looked at again now that periods were closed.
fn with_seals(office: &Office, mut outcome: Outcome) -> Result<Outcome, Failure> {
    let seals = app::recheck_seals(office)?;
    for seal in &seals {
        outcome.text.push_str(&format!(
            "暂行封存 {}《{}》:{}\n",
            seal.number,
            seal.title,
            match seal.moved.len() {
                0 => "复核无变动,可以正式封存".to_owned(),
                n => format!("有 {n} 处变动"),
            }
        ));
        outcome.text.push_str(&moved(&seal.moved));
    }
    if let Some(object) = outcome.json.as_object_mut() {
        object.insert("seals".to_owned(), serde_json::to_value(&seals).unwrap_or_default());
    }
    Ok(outcome)
}
