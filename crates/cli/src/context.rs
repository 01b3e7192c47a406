//! What every command takes: the database, the definitions, who works, what day it is.

use std::io::IsTerminal;
use std::path::PathBuf;

use app::{AppError, KeySource, Location, Office, OfficeOptions, Paint};
use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::civil::Date;

use crate::language::Language;
use crate::outcome::Failure;

/// The common arguments, read.
pub(crate) struct Context {
    /// The day given with `--now`, if one was.
    pub(crate) given_now: Option<Date>,
    /// Whether a database was given with `--db`.
    given_db: bool,
    /// Whether the answer goes to another program.
    pub(crate) json: bool,
    /// The key file given with `--key`, if one was.
    pub(crate) given_key: Option<PathBuf>,
    /// How to open the office.
    pub(crate) office: OfficeOptions,
}

impl Context {
    /// Reads the common arguments.
    pub(crate) fn new(matches: &ArgMatches) -> Result<Context, Failure> {
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        let clock = jiff::ZonedDateTime::now();
        let given_now: Option<Date> = match text("now") {
            None => None,
            Some(day) => Some(day.parse().map_err(|_| {
                Failure::Usage(format!("--now “{day}”不是日期;请写成 2023-12-31 的样子"))
            })?),
        };
        let now = given_now.unwrap_or_else(|| clock.date());
        // With a day given, the instant of writing is that day too, so that the same
        // command gives the same bytes.
        let at = match given_now {
            None => clock.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            Some(_) => format!("{now}T00:00:00"),
        };
        let who = text("as")
            .or_else(|| std::env::var("USER").ok())
            .unwrap_or_else(|| "未署名".to_owned());
        let office = OfficeOptions {
            db: location(&text("db").unwrap_or_else(|| "zhenzhang.db".to_owned()))?,
            key: key_source(text("key")),
            files: text("files").map(PathBuf::from),
            pack: text("pack").map(PathBuf::from),
            local: text("local").map(PathBuf::from),
            who,
            now,
            at,
            known_at: text("known-at"),
        };
        let given_key = text("key").map(PathBuf::from);
        let given_db = text("db").is_some();
        Ok(Context { given_now, given_db, given_key, json: matches.get_flag("json"), office })
    }

    /// Opens the office, making its database if it is not there.
    pub(crate) fn open_or_create(&self) -> Result<Office, AppError> {
        Office::open_or_create(&self.office).inspect(|office| tell(office, 0))
    }

    /// Whether there is a ledger to ask: one was named, or the usual file is here.
    pub(crate) fn has_ledger(&self) -> bool {
        match &self.office.db {
            Location::File(path) => self.given_db || path.exists(),
            Location::Server(_) => true,
        }
    }

    /// Whether the database is a file that is not there yet.
    pub(crate) fn is_new(&self) -> bool {
        matches!(&self.office.db, Location::File(path) if !path.exists())
    }

    /// Colours for a person's terminal; none for a file, a program, or who asked for none
    /// (<https://no-color.org>).
    pub(crate) fn paint(&self) -> Paint {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match std::io::stdout().is_terminal() && !plain {
            true => Paint::Colour,
            false => Paint::Plain,
        }
    }

    /// An office with definitions alone.
    pub(crate) fn without_records(&self) -> Result<Office, AppError> {
        Office::without_records(&self.office)
    }

    /// Opens the office, whose database must be there.
    pub(crate) fn open(&self) -> Result<Office, AppError> {
        Office::open(&self.office).inspect(|office| tell(office, 0))
    }
}

/// Says what the office has to tell beside any answer, from its n-th notice: that its key is
/// missing, or was made.
pub(crate) fn tell(office: &Office, from: usize) {
    for notice in office.notices.iter().skip(from) {
        eprintln!("{notice}");
    }
}

/// The database that a text names.
fn location(text: &str) -> Result<Location, Failure> {
    match text.split_once("://") {
        Some((scheme, _)) if !["postgres", "postgresql"].contains(&scheme) => {
            Err(Failure::Usage(format!(
                "--db 写的是 {scheme}:// 的地址,不认识这种数据库;请写数据库文件的路径,或 postgres://用户:密码@主机/库"
            )))
        }
        _ => Ok(Location::parse(text)),
    }
}

/// Where the key comes from: the file given, else the environment (a key's line or a file),
/// else the user's own directory of keys.
fn key_source(given: Option<String>) -> KeySource {
    let environment = std::env::var("ZHENZHANG_KEY").ok().filter(|text| !text.trim().is_empty());
    match (given, environment) {
        (Some(file), _) => KeySource::File(PathBuf::from(file)),
        (None, Some(line)) if line.trim().starts_with("ZZK") => KeySource::Text(line),
        (None, Some(file)) => KeySource::File(PathBuf::from(file)),
        (None, None) => KeySource::Directory(keys_directory()),
    }
}

/// `ZHENZHANG_KEYS`, else `.zhenzhang/keys` in the user's own directory.
fn keys_directory() -> PathBuf {
    let own = std::env::var_os("ZHENZHANG_KEYS").map(PathBuf::from);
    own.unwrap_or_else(|| std::env::home_dir().unwrap_or_default().join(".zhenzhang/keys"))
}

/// The program with the common arguments.
pub(crate) fn program(language: Language) -> Command {
    let say = |zh, en| language.pick(zh, en);
    let value = |id: &'static str, name: &'static str, help: &'static str| {
        Arg::new(id).long(id).value_name(name).help(help).global(true)
    };
    Command::new("zhenzhang")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "镇账:一次记账,处处可算;报告里的每一句话都有账可查",
            "Zhenzhang: record once, compute everywhere; every claim of a report proven by the ledgers",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(value("db", "PATH|URL", say("数据库:文件(默认 zhenzhang.db),或 postgres://用户:密码@主机/库", "the database: a file (zhenzhang.db by default), or postgres://user:password@host/database")))
        .arg(value("key", "FILE", say("密钥文件,默认在 ~/.zhenzhang/keys", "key file, in ~/.zhenzhang/keys by default")))
        .arg(value("files", "DIR", say("佐证材料目录,默认是数据库名加 .files(PostgreSQL 是当前目录里的 主机-库名.files)", "directory of evidence files; the database's name and .files by default (for PostgreSQL HOST-DATABASE.files where one is)")))
        .arg(value("pack", "DIR", say("台账包目录,默认用程序自带的", "directory of the pack, the built-in one by default")))
        .arg(value("local", "DIR", say("本单位定义的目录,默认是数据库旁边的 local", "the office's own definitions, `local` beside the database by default")))
        .arg(value("now", "DATE", say("今天是哪天,如 2023-12-31", "what day it is, such as 2023-12-31")))
        .arg(value("known-at", "REVISION|INSTANT", say("只看到某个版本或时刻为止知道的,如 128、2024-01-15", "answer with what was known at a revision or instant")))
        .arg(value("as", "NAME", say("经办人,记入历史和审计", "who works, for history and audit")))
        .arg(
            value("lang", "zh|en", say("帮助文字的语言", "language of the help texts"))
                .value_parser(["zh", "en"]),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .global(true)
                .help(say("输出 JSON,供其他程序读取", "print JSON for other programs")),
        )
}
