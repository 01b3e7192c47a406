//! The life of an office whose program is killed again and again, and what must hold after each
//! time.
//!
//! Beside the office lies another that does the same steps and is never killed. After each crash
//! the two must show the same picture, but for the one step that was under way.

use std::time::{Duration, Instant};

use archive::{Set, unwatched};
use crash_tests::office::{Work, master, reasons};
use crash_tests::picture::{backups, picture, strangers};
use crash_tests::{Done, Kind, Office, town};

use crate::base::Base;
use crate::luck::Aim;
use crate::prey::{Prey, Task, Words};

/// How long the server may take to notice that its client is gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// An office, the steps done in it, and its twin.
pub(crate) struct Life {
    pub(crate) base: Base,
    work: Work,
    /// Steps done.
    pub(crate) done: u32,
    twin: Office,
    /// What the twin's steps gave.
    expected: Vec<Done>,
    /// Revision before the first step.
    revision: i64,
    pub(crate) longest: Duration,
    _twin_base: Base,
}

/// Words for an error in a failed test.
pub(crate) fn words(error: impl Into<crash_tests::Failed>) -> String {
    reasons(error.into().as_ref())
}

impl Life {
    /// A new office with its twin.
    pub(crate) fn begin(work: Work, base: Base) -> Result<Life, String> {
        let office = Office::open(work, base.location(), base.directory(), 0).map_err(words)?;
        office.prepare().map_err(words)?;
        let twin_base = Base::swift();
        let (location, directory) = (twin_base.location(), twin_base.directory());
        let twin = Office::open(work, location, directory, 0).map_err(words)?;
        twin.prepare().map_err(words)?;
        Ok(Life {
            base,
            work,
            done: 0,
            revision: twin.store.revision().map_err(words)?,
            twin,
            expected: Vec::new(),
            longest: Duration::ZERO,
            _twin_base: twin_base,
        })
    }

    /// The steps that come next.
    pub(crate) fn task(&self, steps: u32) -> Task<'_> {
        let (from, to) = (self.done, self.done + steps);
        let (location, directory) = (self.base.location(), self.base.directory());
        Task { work: self.work, location, directory, from, to }
    }

    /// Kills a victim that does the next steps, and checks what is left. Tells whether it was
    /// killed: it may have come to its end before.
    pub(crate) fn crash(&mut self, aim: Aim, steps: u32, is_eager: bool) -> Result<bool, String> {
        let words = Prey::hunt(&self.task(steps), aim)?;
        if let Some(reason) = words.failed.first() {
            return Err(format!("写入程序自己失败了:{reason}"));
        }
        let was_killed = !words.is_finished;
        self.check(&words, is_eager)?;
        Ok(was_killed)
    }

    /// Checks the office after a victim's end. `is_eager` does the step that was under way again
    /// at once, while a server may still be at work on it.
    pub(crate) fn check(&mut self, words: &Words, is_eager: bool) -> Result<(), String> {
        let acknowledged = u32::try_from(words.done.len()).map_err(self::words)?;
        let next = self.done + acknowledged;
        self.advance(next)?;
        for ((key, revision, _), expected) in
            words.done.iter().zip(&self.expected[self.done as usize..])
        {
            if (key, revision) != (&expected.key, &expected.revision) {
                return Err(format!("确认了 {key} 版本 {revision},应为 {expected:?}"));
            }
        }
        let is_eager = is_eager && self.work.kind.has_revision(next);
        if !is_eager {
            self.wait_for_server()?;
        }
        let begun = Instant::now();
        let mut office = self.open(next)?;
        self.longest = self.longest.max(begun.elapsed());
        let again = if is_eager { Some(office.step(next).map_err(self::words)?) } else { None };
        self.verify(&office, words)?;
        let landed = match &again {
            Some(again) => again.replayed,
            None => self.has_landed(&office, next)?,
        };
        if again.is_none() && landed && self.has_landed(&office, next + 1)? {
            return Err(format!("没有确认的写入多于一次:第 {next} 步之后还有"));
        }
        if again.is_none() {
            self.advance(next + u32::from(landed))?;
            if self.work.kind == Kind::Open && landed {
                // Seen through the definitions that the database has.
                office = self.open(next + 1)?;
            }
            self.compare(&office)?;
            self.check_strangers(&office, false)?;
        }
        let again = match again {
            Some(again) => again,
            None => self.repeat(&mut office, next, landed)?,
        };
        self.advance(next + 1)?;
        let expected = self.expected.get(next as usize).ok_or("对照少了一步")?;
        if (&again.key, again.revision) != (&expected.key, expected.revision) {
            return Err(format!("重做得到 {again:?},应为 {expected:?}"));
        }
        if is_eager {
            self.compare(&office)?;
        }
        self.check_strangers(&office, true)?;
        self.check_backups(&office)?;
        self.done = next + 1;
        Ok(())
    }

    /// Opens the office as after so many steps.
    pub(crate) fn open(&self, done: u32) -> Result<Office, String> {
        let (location, directory) = (self.base.location(), self.base.directory());
        Office::open(self.work, location, directory, done)
            .map_err(|e| format!("打不开:{}", words(e)))
    }

    /// Waits until a server has noticed that its client is gone: what it was told before, a
    /// commit too, it still does.
    fn wait_for_server(&self) -> Result<(), String> {
        let begun = Instant::now();
        while self.base.connections()? > 0 {
            if begun.elapsed() > PATIENCE {
                return Err("服务器没有发觉客户端已经不在".to_owned());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(())
    }

    /// Lets the twin do the steps up to a number.
    fn advance(&mut self, to: u32) -> Result<(), String> {
        while self.expected.len() < to as usize {
            let done = self.twin.step(self.expected.len() as u32).map_err(words)?;
            self.expected.push(done);
        }
        Ok(())
    }

    /// Lets the twin do the steps that the office did without dying.
    pub(crate) fn follow(&mut self, to: u32) -> Result<(), String> {
        self.advance(to)?;
        self.done = to;
        Ok(())
    }

    /// The chain holds.
    pub(crate) fn verify_alone(&self, office: &Office) -> Result<(), String> {
        self.verify(office, &Words::default())
    }

    /// The chain holds, and has every head that was acknowledged.
    fn verify(&self, office: &Office, words: &Words) -> Result<(), String> {
        let report = office.store.audit_verify().map_err(self::words)?;
        if !report.is_sound() {
            return Err(format!("审计不通过:{:?}", report.problems));
        }
        for (key, _, head) in &words.done {
            if office.store.audit_find(head).map_err(self::words)?.is_none() {
                return Err(format!("确认过的 {key} 的链头 {head} 找不到了"));
            }
        }
        Ok(())
    }

    /// Whether a step that nobody acknowledged is in the database.
    fn has_landed(&self, office: &Office, n: u32) -> Result<bool, String> {
        let (kind, store) = (self.work.kind, &office.store);
        Ok(match kind {
            Kind::Rotate => {
                let key = master(n + 1).map_err(words)?.id().to_string();
                store.key_id().map_err(words)? == Some(key)
            }
            Kind::Open => self.is_extended(office, n)?,
            _ if kind.has_revision(n) => {
                let before = (0..=n).filter(|n| kind.has_revision(*n)).count() as i64;
                store.revision().map_err(words)? >= self.revision + before
            }
            Kind::Restore | Kind::Rewind => office.has_aside(n).map_err(words)?,
            _ => backups(office).map_err(words)?.len() > n as usize / 2,
        })
    }

    /// Whether the database has taken the definitions of a step. It must have taken all of them
    /// or none.
    fn is_extended(&self, office: &Office, n: u32) -> Result<bool, String> {
        let pack = town::pack(n + 1).map_err(words)?;
        let pending =
            |office: &Office| office.store.pending(office.location(), &pack).map_err(words);
        let found = pending(office)?;
        // Only the step that comes next has a twin to be held against.
        if !found.is_none() && self.expected.len() == n as usize && found != pending(&self.twin)? {
            return Err(format!("定义只更新了一半:还差 {found:?}"));
        }
        Ok(found.is_none())
    }

    fn repeat(&self, office: &mut Office, n: u32, landed: bool) -> Result<Done, String> {
        let kind = self.work.kind;
        if landed && !kind.has_revision(n) {
            // Without a key the caller has to look whether it was done, as here.
            let (key, replayed) = (format!("{kind}-{n}"), true);
            let revision = office.store.revision().map_err(words)?;
            let head = office.store.chain_head().map_err(words)?;
            return Ok(Done { key, revision, head, replayed });
        }
        let again = office.step(n).map_err(|e| format!("重做失败:{}", words(e)))?;
        if again.replayed != landed {
            return Err(format!("第 {n} 步已在库中:{landed},重做却是:{again:?}"));
        }
        Ok(again)
    }

    /// Both offices show the same.
    pub(crate) fn compare(&self, office: &Office) -> Result<(), String> {
        let (found, expected) =
            (picture(office).map_err(words)?, picture(&self.twin).map_err(words)?);
        let differ = found.iter().zip(&expected).find(|(found, expected)| found != expected);
        match differ {
            Some((found, expected)) => Err(format!("内容不同:\n{found}\n应为\n{expected}")),
            None if found.len() != expected.len() => {
                Err(format!("内容有 {} 行,应为 {} 行", found.len(), expected.len()))
            }
            None => Ok(()),
        }
    }

    /// Files that no record knows may only be what a killed attachment left, and once it is
    /// repeated they are its own.
    fn check_strangers(&self, office: &Office, is_repeated: bool) -> Result<(), String> {
        let found = strangers(office).map_err(words)?;
        let may_be = match (self.work.kind, is_repeated) {
            (Kind::Attach | Kind::Detach, false) => 3,
            _ => 0,
        };
        if found.len() > may_be {
            return Err(format!("没有登记的文件:{found:?}"));
        }
        Ok(())
    }

    /// Every backup on record is whole.
    fn check_backups(&self, office: &Office) -> Result<(), String> {
        for number in backups(office).map_err(words)? {
            let set = Set::open(&office.backups()).map_err(words)?;
            let damage = set.verify(number, &mut unwatched).map_err(words)?;
            if !damage.is_empty() {
                return Err(format!("备份 {number} 损坏:{damage:?}"));
            }
        }
        Ok(())
    }
}
