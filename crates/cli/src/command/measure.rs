//! `zhenzhang measure INDICATOR`: a value, whole or split.

use std::fmt::Write;

use app::MeasureQuery;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{Verb, option, pair, positional, required, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("measure")
        .about(say("算一个指标", "measure an indicator"))
        .args(arguments(language))
        .arg(option(
            "by",
            "KIND",
            say(
                "按村、社区、月、季度、年,或一个维度(如 领域)分开算",
                "split by village, month, quarter, year or a dimension",
            ),
        ))
}

/// The arguments that `explain` shares.
pub(super) fn arguments(language: Language) -> Vec<Arg> {
    let say = |zh, en| language.pick(zh, en);
    vec![
        positional(
            "indicator",
            "INDICATOR",
            say("指标的编号或名称", "id or label of the indicator"),
        ),
        option(
            "window",
            "PERIOD",
            say(
                "期间,如 2023、2023-04、2023Q1、2021..2023;不写就是今年",
                "period, such as 2023, 2023-04, 2023Q1, 2021..2023; this year if left out",
            ),
        ),
        option(
            "place",
            "PLACE",
            say("地方;不写就是全镇", "the place; the whole township if left out"),
        ),
        option("where", "DIM=VALUE", say("限定维度,可写多个", "fix a dimension, may repeat"))
            .action(ArgAction::Append),
    ]
}

/// Reads the shared arguments.
pub(super) fn query(context: &Context, matches: &ArgMatches) -> Result<MeasureQuery, Failure> {
    let fixed = matches
        .get_many::<String>("where")
        .unwrap_or_default()
        .map(|text| pair(text))
        .collect::<Result<Vec<_>, _>>()?;
    let window = text(matches, "window")
        .map_or_else(|| context.office.now.year().to_string(), str::to_owned);
    Ok(MeasureQuery {
        indicator: required(matches, "indicator").to_owned(),
        place: text(matches, "place").map(str::to_owned),
        window,
        fixed,
        by: None,
    })
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let mut query = query(context, matches)?;
    query.by = text(matches, "by").map(str::to_owned);
    let office = context.open()?;
    let report = app::measure(&office, &query)?;
    let mut text = format!("{} ({})\n口径:{}\n", report.label, report.indicator, report.meaning);
    // Writing to a string cannot fail.
    for row in &report.rows {
        let status = match row.status {
            "final" => "已定",
            "forecast" => "预计",
            _ => "暂时",
        };
        let basis = match row.basis {
            "attested" => "上级认定",
            "voucher" => "签字凭证",
            "derived" => "由其他指标推算",
            _ => "台账记录",
        };
        let _ = writeln!(
            text,
            "  {} {} {}  [{status},依据{basis},记录 {} 条]",
            row.name, row.period, row.value, row.records
        );
        for gap in &row.gaps {
            let _ = writeln!(text, "    {gap}");
        }
    }
    Ok(Outcome::new(text, serde_json::to_value(&report).unwrap_or_default(), true))
}
