//! Seals: made, listed, verified.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use app::{Moved, Office, SealOptions};
use clap::ArgMatches;

use super::super::{required, text};
use crate::outcome::{Failure, Outcome};

pub(super) fn seal(office: &mut Office, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let options = SealOptions {
        provisional: matches.get_flag("provisional"),
        out: text(matches, "out").map(PathBuf::from),
    };
    let answer = app::seal_report(office, Path::new(required(matches, "file")), &options)?;
    let mut text = format!(
        "{}《{}》:{} 条表述,编号 {},短码 {}\n依据台账第 {} 版,审计链头 {}\n写出 {}\n",
        answer.label,
        answer.title,
        answer.verdicts,
        answer.number,
        answer.code,
        answer.revision,
        answer.head,
        answer.file.display()
    );
    for unused in &answer.unused {
        let _ = writeln!(text, "提醒:{unused}");
    }
    Ok(Outcome::new(text, serde_json::to_value(&answer).unwrap_or_default(), true))
}

pub(super) fn list(office: &Office) -> Result<Outcome, Failure> {
    let seals = app::list_seals(office)?;
    let lines = seals.iter().map(|s| {
        let state = if s.state == "final" { "正式" } else { "暂行" };
        format!("{}  {}  {state}  《{}》  {}\n", s.number, s.at, s.title, s.who)
    });
    let text: String = lines.collect();
    let text = if text.is_empty() { "还没有封存过报告\n".to_owned() } else { text };
    Ok(Outcome::new(text, serde_json::to_value(&seals).unwrap_or_default(), true))
}

pub(super) fn verify(office: &Office, which: &str) -> Result<Outcome, Failure> {
    let answer = app::verify_seal(office, which, app::RECORDS_LOOKED_AT)?;
    let mut text = format!("《{}》,台账第 {} 版\n", answer.title, answer.revision);
    // Writing to a string cannot fail.
    let _ = match answer.number {
        Some(number) => writeln!(text, "登记:本库第 {number} 号封存"),
        None => writeln!(text, "登记:本库没有登记这份封存"),
    };
    let _ = match answer.chained {
        true => writeln!(text, "链头:在审计链里,位置相符"),
        false => writeln!(text, "链头:不在审计链里:数据库不是当时那一个,或被换旧、截断、重建"),
    };
    if !answer.definitions {
        let _ = writeln!(
            text,
            "定义:库里没有当时的台账包,或已缺失、被改动,无法按原口径重算;请从封存以后的备份恢复再核对"
        );
    } else if answer.broken.is_empty() {
        let _ = writeln!(text, "重算:与封存完全一致");
    } else {
        let _ = writeln!(text, "重算:有 {} 处与封存不一致", answer.broken.len());
        for line in &answer.broken {
            let _ = writeln!(text, "  {line}");
        }
    }
    if let Some(why) = &answer.unchecked {
        let _ = writeln!(text, "今天:按今天的定义核验不了这份报告:{why}");
    } else if answer.moved.is_empty() {
        let _ = writeln!(text, "今天:没有不同");
    } else {
        let _ = writeln!(text, "今天:有 {} 处不同", answer.moved.len());
        text.push_str(&moved(&answer.moved));
    }
    let good = answer.is_good();
    Ok(Outcome::new(text, serde_json::to_value(&answer).unwrap_or_default(), good))
}

/// What moved, each with the changes that it comes from.
pub(in super::super) fn moved(all: &[Moved]) -> String {
    let mut text = String::new();
    for moved in all {
        for difference in &moved.differences {
            let _ = writeln!(text, "  {difference}");
        }
        for definition in &moved.definitions {
            let _ = writeln!(text, "    定义:{definition}");
        }
        for c in &moved.changes {
            let why = if c.why.is_empty() { String::new() } else { format!(",{}", c.why) };
            let about = match &c.about {
                Some(about) => about.clone(),
                None => format!("第 {} 号", c.record),
            };
            let _ = writeln!(
                text,
                "    {} {}{about} {} {}(版本 {}{why})",
                c.what, c.ledger, c.at, c.who, c.revision
            );
            for field in &c.fields {
                let _ = writeln!(text, "      {field}");
            }
        }
        if moved.more > 0 {
            let _ = writeln!(text, "    另有 {} 处改动", moved.more);
        }
        if moved.unseen > 0 {
            let _ = writeln!(
                text,
                "    背后还有 {} 条记录没有逐条查(每个指标只查最前的 {} 条),它们的改动没有列出",
                moved.unseen,
                app::RECORDS_LOOKED_AT
            );
        }
    }
    text
}
