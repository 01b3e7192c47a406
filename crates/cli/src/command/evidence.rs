//! `zhenzhang evidence add|list|take|remove`: the files that prove a record.

use std::fmt::Write;
use std::path::Path;

use clap::{ArgMatches, Command};

use super::{Verb, option, positional, reason, required, switch, text, why, written};
use crate::context::{Context, tell};
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    let ledger =
        || positional("ledger", "LEDGER", say("台账的编号或名称", "id or label of the ledger"));
    let record =
        || positional("record", "RECORD", say("记录号,或它的编号", "number or key of the record"));
    let number = || {
        positional("number", "NUMBER", say("材料的编号,见 list", "number of the file, see list"))
    };
    Command::new("evidence")
        .about(say(
            "佐证材料:照片、文件,加密保存,附在记录上",
            "evidence files of records, kept encrypted",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("add")
                .about(say(
                    "给记录添加一份材料;照片里的拍摄位置会去掉",
                    "attach a file; the position in a photograph is taken out",
                ))
                .arg(ledger())
                .arg(record())
                .arg(positional("file", "FILE", say("文件", "the file")))
                .arg(why(say("说明", "what it shows"))),
        )
        .subcommand(
            Command::new("list")
                .about(say("一条记录的材料", "the files of a record"))
                .arg(ledger())
                .arg(record()),
        )
        .subcommand(
            Command::new("take")
                .about(say("取出一份材料;会留下记录", "write a file out; that it was is kept"))
                .arg(ledger())
                .arg(record())
                .arg(number())
                .arg(option("out", "FILE", say("写到哪里", "where to write")).required(true))
                .arg(switch("small", say("只要缩略图", "the thumbnail only"))),
        )
        .subcommand(
            Command::new("remove")
                .about(say("从记录上撤下一份材料", "take a file back from its record"))
                .arg(number())
                .arg(reason(say("原因", "why")))
                .arg(switch(
                    "destroy",
                    say(
                        "没有别的记录用它时,连同文件一起销毁",
                        "destroy it, if no other record has it",
                    ),
                )),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let Some((name, rest)) = matches.subcommand() else {
        return Err(Failure::Usage("请写 evidence add、list、take 或 remove".to_owned()));
    };
    let number = || {
        let text = required(rest, "number");
        text.trim_start_matches('#')
            .parse::<i64>()
            .map_err(|_| Failure::Usage(format!("“{text}”不是材料编号;请先用 evidence list 查看")))
    };
    let mut office = context.open()?;
    match name {
        "add" => {
            let before = office.notices.len();
            let why = text(rest, "why").unwrap_or("佐证");
            let file = Path::new(required(rest, "file"));
            let added = app::attach(
                &mut office,
                required(rest, "ledger"),
                required(rest, "record"),
                file,
                why,
            )?;
            tell(&office, before);
            let mut text = match added.replayed {
                true => format!("这条记录已有这份材料,编号 {}\n", added.number),
                false => {
                    format!("已添加{},编号 {},版本 {}\n", added.kind, added.number, added.revision)
                }
            };
            if added.stripped {
                text.push_str("照片里的拍摄位置已去掉\n");
            }
            if added.left > 0 {
                // Writing to a string cannot fail.
                let _ = writeln!(
                    text,
                    "注意:文件里有 {} 处内容不能清理(签名的、损坏的或少见格式的图片,或嵌入的文件),里面可能还有拍摄位置;要去掉,请撤下它(evidence remove {} --destroy),从文件中删去这些图片,或把照片单独添加",
                    added.left, added.number
                );
            }
            Ok(Outcome::new(text, serde_json::to_value(&added).unwrap_or_default(), true))
        }
        "take" => {
            let out = Path::new(required(rest, "out"));
            let size = app::take_attachment(
                &office,
                required(rest, "ledger"),
                required(rest, "record"),
                number()?,
                rest.get_flag("small"),
                out,
            )?;
            let text = format!("写出 {},{size} 字节\n", out.display());
            Ok(Outcome::new(text, serde_json::json!({ "bytes": size }), true))
        }
        "remove" => {
            let why = required(rest, "why");
            let receipt = app::detach(&mut office, number()?, rest.get_flag("destroy"), why)?;
            Ok(written("撤下佐证材料", &receipt))
        }
        _ => {
            let files =
                app::attachments(&office, required(rest, "ledger"), required(rest, "record"))?;
            let mut text = String::new();
            // Writing to a string cannot fail.
            for f in &files {
                let _ = writeln!(text, "{}  {}  {}  {} 字节", f.number, f.name, f.kind, f.size);
            }
            if files.is_empty() {
                text.push_str("这条记录没有佐证材料\n");
            }
            Ok(Outcome::new(text, serde_json::to_value(&files).unwrap_or_default(), true))
        }
    }
}
