//! The program that is killed: does the steps of a work, one after the other, and tells each
//! on its standard output once it is done.
//!
//! A line is written only after the store has returned, and whole, so that what was read from
//! the pipe was acknowledged. With `--stubborn` a step that fails is told with its reason and
//! tried again, with the same store until that writes no more; without it the program ends with
//! the reason.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crash_tests::office::{Work, reasons};
use crash_tests::queue::flood;
use crash_tests::{Failed, Kind, Office};
use store::{Failure, Location};

/// How often a stubborn victim tries a step.
const TRIES: u32 = 20;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where the parent reads no more there is nobody to be told.
            let _ = tell(&format!("failed {}", reasons(error.as_ref()).replace('\n', " ")));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, rows, location, directory, from, to, rest @ ..] = arguments.as_slice() else {
        return Err("用法:crash-victim 种类 行数 数据库 目录 从 到 [--stubborn]".into());
    };
    let kind = Kind::parse(kind).ok_or("没有这种写入")?;
    let work = Work { kind, rows: rows.parse()? };
    let (from, to): (u32, u32) = (from.parse()?, to.parse()?);
    let is_stubborn = rest.iter().any(|argument| argument == "--stubborn");
    let tries = if is_stubborn { TRIES } else { 1 };
    let (location, directory) = (Location::parse(location), Path::new(directory));
    let mut office = again(tries, || Office::open(work, &location, directory, from))?;
    tell("ready")?;
    if kind == Kind::Queue {
        return flood(office, from..to, &|n, key, revision| {
            // The head is that of the whole batch, which nobody is told.
            tell(&format!("done {n} {key} {revision} -"))
        });
    }
    for n in from..to {
        let done = again(tries, || {
            let done = office.step(n);
            if done.as_ref().is_err_and(is_stopped) {
                office = Office::open(work, &location, directory, n)?;
            }
            done
        })?;
        tell(&format!("done {n} {} {} {}", done.key, done.revision, done.head))?;
    }
    Ok(())
}

/// Whether the store writes no more until it is opened anew.
fn is_stopped(error: &Failed) -> bool {
    reasons(error.as_ref()).contains(&Failure::Stopped.to_string())
}

/// Tries so often, telling each failure but the last.
fn again<T>(tries: u32, mut attempt: impl FnMut() -> Result<T, Failed>) -> Result<T, Failed> {
    for _ in 1..tries {
        match attempt() {
            Err(error) => tell(&format!("failed {}", reasons(error.as_ref()).replace('\n', " ")))?,
            done => return done,
        }
    }
    attempt()
}

fn tell(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())?;
    out.flush()
}
