//! `zhenzhang demo`: the example town, from its workbooks to a proven report.

use std::path::PathBuf;

use app::{DemoOptions, Location};
use clap::{ArgMatches, Command};
use indicatif::{ProgressBar, ProgressStyle};

use super::{Verb, option, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("demo")
        .about(say(
            "跑通示例镇:导入台账、结账、勾稽、核验并写出年度报告",
            "run the example town: import its ledgers, close, check relations, prove and write its report",
        ))
        .arg(option("out", "DIR", say("写到哪个目录,默认 zhenzhang-demo", "where to write, zhenzhang-demo by default")))
        .arg(option("town", "NAME", say("哪个示例镇", "which example town")))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let out = PathBuf::from(text(matches, "out").unwrap_or("zhenzhang-demo"));
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(0).with_style(style);
    // A file belongs into the demo's own directory; a server's address is taken as given.
    let db = match &context.office.db {
        Location::Server(_) => Some(context.office.db.clone()),
        Location::File(_) => None,
    };
    let town = text(matches, "town").map(str::to_owned);
    let options = DemoOptions { town, now: context.given_now, db };
    let summary = app::demo(&out, &options, &mut |done, all, what| {
        bar.set_length(all);
        bar.set_position(done);
        bar.set_message(what.to_owned());
    })?;
    bar.finish_and_clear();
    let good = summary.good;
    let json = serde_json::to_value(&summary).unwrap_or_default();
    Ok(Outcome::new(summary.text(), json, good))
}
