//! `zhenzhang explain INDICATOR`: the records behind a value.

use std::fmt::Write;

use clap::{ArgMatches, Command};

use super::{Verb, measure, option, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("explain")
        .about(say("指标背后的记录", "the records behind an indicator"))
        .args(measure::arguments(language))
        .arg(option(
            "limit",
            "N",
            say("最多列几条,默认 20", "how many records at most, 20 by default"),
        ))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let limit = text(matches, "limit").unwrap_or("20");
    let limit: usize = limit
        .parse()
        .map_err(|_| Failure::Usage(format!("--limit “{limit}”不是数;请写 20 这样的整数")))?;
    let query = measure::query(context, matches)?;
    let office = context.open()?;
    let explanation = app::explain(&office, &query, limit)?;
    let mut text = String::new();
    // Writing to a string cannot fail.
    for part in &explanation.parts {
        let _ = writeln!(text, "{}:共 {} 条", part.ledger, part.total);
        let _ = writeln!(text, "  {}", part.heads.join(" | "));
        for row in &part.rows {
            let _ = writeln!(text, "  {}", row.join(" | "));
        }
        let more = part.total.saturating_sub(part.rows.len() as u64);
        if more > 0 {
            let _ = writeln!(text, "  ……还有 {more} 条,用 --limit 多列");
        }
    }
    Ok(Outcome::new(text, serde_json::to_value(&explanation).unwrap_or_default(), true))
}
