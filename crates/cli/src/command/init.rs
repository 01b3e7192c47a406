//! `zhenzhang init`: an empty office to fill in.

use std::path::Path;

use clap::{ArgMatches, Command};

use super::{Verb, positional, required};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("init")
        .about(say(
            "新单位开张:铺开一套空的地方、站所、参数、签字表和凭证表,填上自己的就能用",
            "begin a new office: lay out empty places, stations, parameters, signed sheets and vouchers",
        ))
        .arg(positional("dir", "DIR", say("空目录,没有就新建", "an empty directory, made if absent")))
}

fn run(_: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let answer = app::init(Path::new(required(matches, "dir")))?;
    let directory = answer.directory.display();
    let text = format!(
        "新单位的目录已铺好:{directory}({} 个文件)\n\
         \n\
         先做三步,整天怎么做见 {directory}/README.zh-CN.md:\n\
         \x20 1. 进到里面:cd {directory}\n\
         \x20 2. 改 local/place/town.toml、local/org/ 和 local/parameter/,换成自己的地方、站所和标准,\n\
         \x20    再检查:zhenzhang pack check\n\
         \x20 3. 打印台账手册,分给各站所:zhenzhang pack manual --out manual\n",
        answer.files.len()
    );
    Ok(Outcome::new(text, serde_json::to_value(&answer).unwrap_or_default(), true))
}
