//! A victim at work, and its end.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use crash_tests::office::Work;
use store::Location;

use crate::luck::Aim;

/// The system calls by which a victim changes files or speaks to a server.
const CALLS: &str = "pwrite64,write,fdatasync,fsync,ftruncate,fallocate,rename,unlink,sendto";

/// What a victim is to do.
pub(crate) struct Task<'a> {
    pub(crate) work: Work,
    pub(crate) location: &'a Location,
    pub(crate) directory: &'a Path,
    pub(crate) from: u32,
    pub(crate) to: u32,
}

/// What a victim said before its end.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) is_ready: bool,
    /// Key, revision and head of each step acknowledged.
    pub(crate) done: Vec<(String, i64, String)>,
    /// Reasons of what failed.
    pub(crate) failed: Vec<String>,
    /// How many of them came after it was ready.
    pub(crate) failed_at_work: usize,
    /// Whether it came to its own end.
    pub(crate) is_finished: bool,
}

impl Words {
    fn hear(&mut self, line: &str) -> Result<(), String> {
        match line.split_once(' ') {
            None if line == "ready" => self.is_ready = true,
            Some(("failed", reason)) => {
                self.failed.push(reason.to_owned());
                self.failed_at_work += usize::from(self.is_ready);
            }
            Some(("done", rest)) => {
                let words: Vec<&str> = rest.split(' ').collect();
                let [_, key, revision, head] = words.as_slice() else {
                    return Err(format!("看不懂的确认:{line}"));
                };
                let revision = revision.parse().map_err(|_| format!("看不懂的版本:{line}"))?;
                self.done.push(((*key).to_owned(), revision, (*head).to_owned()));
            }
            _ => return Err(format!("看不懂的话:{line}")),
        }
        Ok(())
    }
}

/// A victim that runs. It ends with the value.
pub(crate) struct Prey {
    child: Child,
    out: BufReader<ChildStdout>,
    words: Words,
}

impl Prey {
    /// Starts a victim; `fault` is what strace is to do to it.
    pub(crate) fn start(task: &Task<'_>, fault: Option<&str>) -> Result<Prey, String> {
        let program = env!("CARGO_BIN_EXE_crash-victim");
        let mut command = match fault {
            None => Command::new(program),
            Some(fault) => {
                let mut strace = Command::new("strace");
                strace.args(["-f", "-qq", "-o"]).arg(Prey::log(task));
                let calls = fault.split(':').next().unwrap_or_default();
                strace.args(["-e", &format!("trace={calls}"), "-e", &format!("inject={fault}")]);
                strace.args(["--", program]);
                strace
            }
        };
        command.args([task.work.kind.to_string(), task.work.rows.to_string()]);
        match task.location {
            Location::File(path) => command.arg(path),
            Location::Server(url) => command.arg(url),
        };
        command.arg(task.directory).args([task.from.to_string(), task.to.to_string()]);
        if fault.is_some_and(|fault| fault.contains("error=")) {
            command.arg("--stubborn");
        }
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|e| format!("不能启动写入程序:{e}"))?;
        let out = child.stdout.take().ok_or("没有管道")?;
        Ok(Prey { child, out: BufReader::new(out), words: Words::default() })
    }

    /// Where strace tells what it did to a victim.
    pub(crate) fn log(task: &Task<'_>) -> PathBuf {
        task.directory.join("strace.log")
    }

    /// Lets a victim work, kills it at the moment aimed at, and tells what it had said.
    pub(crate) fn hunt(task: &Task<'_>, aim: Aim) -> Result<Words, String> {
        let fault = match aim {
            Aim::Call(number) => Some(format!("{CALLS}:signal=KILL:when={number}")),
            Aim::Unsaid(count) => Some(format!("write:signal=KILL:when={}", count + 2)),
            _ => None,
        };
        let mut prey = Prey::start(task, fault.as_deref())?;
        match aim {
            Aim::After(delay) => std::thread::sleep(delay),
            Aim::Acknowledged(count, delay) => {
                prey.wait_for(count)?;
                // Shorter than any timer could wait.
                let until = std::time::Instant::now() + delay;
                while std::time::Instant::now() < until {
                    std::hint::spin_loop();
                }
            }
            Aim::Call(_) | Aim::Unsaid(_) => return prey.listen(),
        }
        prey.kill()
    }

    /// Hears the victim until it has acknowledged so many steps or is at its end.
    pub(crate) fn wait_for(&mut self, count: u32) -> Result<(), String> {
        while !self.words.is_ready || self.words.done.len() < count as usize {
            if !self.hear()? {
                break;
            }
        }
        Ok(())
    }

    /// Kills the victim and hears what it had said until then.
    pub(crate) fn kill(mut self) -> Result<Words, String> {
        // One that has come to its own end cannot be killed, and need not.
        let _ = self.child.kill();
        self.listen()
    }

    /// Hears the victim out, to its end.
    pub(crate) fn listen(mut self) -> Result<Words, String> {
        while self.hear()? {}
        let status = self.child.wait().map_err(|e| format!("写入程序没有结束:{e}"))?;
        self.words.is_finished = status.success();
        Ok(std::mem::take(&mut self.words))
    }

    /// Hears a line; `false` at the end. The last line counts only if it is whole.
    fn hear(&mut self) -> Result<bool, String> {
        let mut line = String::new();
        self.out.read_line(&mut line).map_err(|e| format!("读不到写入程序的话:{e}"))?;
        match line.strip_suffix('\n') {
            None => Ok(false),
            Some(line) => self.words.hear(line).map(|()| true),
        }
    }
}

impl Drop for Prey {
    fn drop(&mut self) {
        // After a failed check nobody else ends it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How long a victim takes for all that it may do when nobody kills it.
pub(crate) fn calibrate(task: &Task<'_>) -> Result<Duration, String> {
    let begun = std::time::Instant::now();
    let words = Prey::start(task, None)?.listen()?;
    if !words.is_finished {
        return Err(format!("没有人打断也做不完:{:?}", words.failed));
    }
    Ok(begun.elapsed())
}
