//! `zhenzhang number TEXT`: a number in words as digits.

use std::io::Read;

use clap::{ArgMatches, Command};

use super::{Verb, option, positional, switch, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("number")
        .about(say("把“一百零五”“1.18亿”“三分之二”读成数", "read a number written in Chinese"))
        .arg(positional("text", "TEXT", say("一个数的写法", "the number as written")).required(false))
        .arg(switch(
            "lines",
            say(
                "从标准输入逐行读,每行输出一个 JSON",
                "read lines from standard input; one JSON a line",
            ),
        ))
        .arg(option(
            "mode",
            "MODE",
            say(
                "逐行读的读法:strict、normal、smart、direct、money、find-money、arabic、chinese、arabic-digits、chinese-digits",
                "how lines are read: strict, normal, smart, direct, money, find-money, arabic, chinese, arabic-digits, chinese-digits",
            ),
        ))
}

fn run(_context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    if matches.get_flag("lines") {
        return lines(text(matches, "mode").unwrap_or("smart"));
    }
    let Some(written) = text(matches, "text") else {
        return Err(Failure::Usage(
            "请写一个数,如 zhenzhang number 一百零五;或加 --lines 从标准输入逐行读".to_owned(),
        ));
    };
    let answer = app::number(written)?;
    let json = serde_json::json!({ "text": written, "value": answer.value });
    Ok(Outcome::new(format!("{}\n", answer.value), json, true))
}

fn lines(name: &str) -> Result<Outcome, Failure> {
    let Some(mode) = app::NumberMode::named(name) else {
        let known = app::NumberMode::names().join("、");
        return Err(Failure::Usage(format!("没有读法“{name}”;可用的有 {known}")));
    };
    let mut written = String::new();
    std::io::stdin().read_to_string(&mut written).map_err(|error| {
        Failure::Usage(format!("读不到标准输入:{error};请把要读的数逐行送进来"))
    })?;
    Ok(Outcome::lines(app::number_lines(&written, mode)))
}
