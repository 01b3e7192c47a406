//! `zhenzhang serve`: the office's server.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgMatches, Command};
use serde_json::json;
use server::{Backups, Clock, DEFAULT_ADDRESS, Event, ServeOptions};

use super::{Verb, option, switch, text};
use crate::context::Context;
use crate::language::Language;
use crate::outcome::{Failure, Outcome};

pub(super) const VERB: Verb = Verb { describe, run };

/// How often the server looks whether a backup is due.
const POLL: Duration = Duration::from_secs(30);

/// How long it waits after a backup that failed.
const RETRY: Duration = Duration::from_secs(5 * 60);

fn describe(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    Command::new("serve")
        .about(say(
            "启动服务:每天自动备份,在网页上显示账本是否完好(只限本机)",
            "serve: back up every day, and show the state of the ledgers on a page (this computer only)",
        ))
        .arg(option(
            "listen",
            "ADDRESS",
            say("监听地址,默认 127.0.0.1:7710", "where to listen, 127.0.0.1:7710 by default"),
        ))
        .arg(option(
            "backup",
            "DIR",
            say(
                "备份目录,最好在另一块盘上;默认是数据库旁边的 backup(PostgreSQL 要写明)",
                "directory of the backups, best on another disk; `backup` beside the database by default (to be given for PostgreSQL)",
            ),
        ))
        .arg(
            switch("no-backup", say("不自动备份", "make no backups"))
                .conflicts_with("backup"),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let backups = match (matches.get_flag("no-backup"), text(matches, "backup")) {
        (true, _) => Backups::Off,
        (false, Some(directory)) => Backups::Into(PathBuf::from(directory)),
        (false, None) => Backups::Beside,
    };
    let options = ServeOptions {
        office: context.office.clone(),
        listen: text(matches, "listen").unwrap_or(DEFAULT_ADDRESS).to_owned(),
        backups,
        clock: context.given_now.map_or_else(Clock::system, Clock::standing),
        poll: POLL,
        retry: RETRY,
    };
    let (json, db) = (context.json, context.office.db.to_string());
    server::serve(options, move |event| tell(&event, &db, json))
        .map_err(|error| Failure::Usage(app::causes(&error)))?;
    let told = json!({ "stopped": true });
    Ok(match json {
        true => Outcome::lines(vec![told]),
        false => Outcome::new("镇账服务已停止\n".to_owned(), told, true),
    })
}

/// The address goes to the output, everything else beside it.
fn tell(event: &Event<'_>, db: &str, json: bool) {
    match event {
        Event::Started { address, directory } if json => {
            let directory = directory.map(|directory| directory.display().to_string());
            say(&json!({ "address": address.to_string(), "backup": directory }).to_string());
        }
        Event::Started { address, directory } => {
            let backups = match directory {
                Some(directory) => format!("每天自动备份到 {}", directory.display()),
                None => "不自动备份".to_owned(),
            };
            say(&format!(
                "镇账服务已启动:请在本机浏览器打开 http://{address}/(数据库 {db},{backups};按 Ctrl-C 停止)"
            ));
        }
        Event::BackedUp { number, directory } => {
            eprintln!("自动备份:第 {number} 号,在 {},已核对", directory.display());
        }
        Event::NotBackedUp { why } => eprintln!("自动备份没有成功:{why}"),
        Event::Stopping => eprintln!("正在停止……"),
    }
}

/// Prints a line without dying when nobody listens.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
