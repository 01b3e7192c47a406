//! Makes the daily backups: at the start if the last good one is a day old, then every day; each
//! is verified, old ones are thinned out, and what fails is kept, told and tried again.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

use app::{AppError, BackupAnswer, BackupRequest, Keep, OfficeOptions};
use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::error::ServeError;
use crate::pace;
use crate::serve::{Backups, Event, ServeOptions, Tell};
use crate::shared::{Failed, Shared, Work};

/// Who makes the backups, for their list.
const WHO: &str = "自动备份";

/// The keeper of a directory of backups.
pub(crate) struct Keeper<'a> {
    shared: &'a Shared,
    /// Where they go.
    directory: &'a Path,
    options: &'a ServeOptions,
    tell: &'a Tell,
    /// Asks the watcher for a look.
    wake: &'a Sender<()>,
    /// When the last try failed, however the clock is set meanwhile.
    failed: Option<Instant>,
    /// The last backup made here, whatever others register meanwhile.
    made: Option<DateTime>,
}

/// What came of a try.
enum Tried {
    Good(Box<BackupAnswer>),
    Failed(String),
    /// Another program writes to the directory, or the server stops: not the time for it.
    Later,
}

impl<'a> Keeper<'a> {
    /// A keeper that has done nothing yet; `None` if none is wanted.
    pub(crate) fn new(
        shared: &'a Shared,
        options: &'a ServeOptions,
        tell: &'a Tell,
        wake: &'a Sender<()>,
    ) -> Option<Keeper<'a>> {
        let directory = shared.directory.as_deref()?;
        Some(Keeper { shared, directory, options, tell, wake, failed: None, made: None })
    }

    /// Keeps until the other end of `rest` is gone; looks at the clock now and then.
    pub(crate) fn run(&mut self, rest: &Receiver<()>) {
        while !self.shared.is_stopping() {
            self.step();
            if rest.recv_timeout(self.options.poll) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    }

    fn step(&mut self) {
        let times = self.shared.work().failure.as_ref().map_or(0, |failure| failure.times);
        if self
            .failed
            .is_some_and(|failed| failed.elapsed() < pace::pause(self.options.retry, times))
        {
            return;
        }
        let office = OfficeOptions { who: WHO.to_owned(), ..self.shared.office() };
        match self.is_due(&office) {
            Ok(true) => {}
            Ok(false) => {
                // Somebody else has made one meanwhile.
                self.failed = None;
                self.shared.work().failure = None;
                return;
            }
            Err(error) => return self.note(Tried::Failed(app::causes(&error))),
        }
        self.shared.work().since = Some(self.shared.clock.now());
        // A slip in the program must not end the server, nor the backups of the next days.
        let tried = catch_unwind(AssertUnwindSafe(|| self.back_up(&office)))
            .unwrap_or_else(|_| Tried::Failed("备份时程序内部出错".to_owned()));
        self.note(tried);
        // An error here means that the watcher has ended before, as it does at the end.
        let _ = self.wake.send(());
    }

    /// Whether it is time. A backup that somebody else made elsewhere may be carried away the
    /// next minute, so only those in the keeper's own directory count.
    fn is_due(&self, office: &OfficeOptions) -> Result<bool, AppError> {
        let last = app::last_good_backup(office)?.filter(|last| last.directory == self.directory);
        let registered = last.and_then(|last| last.at.parse::<DateTime>().ok());
        let now = self.shared.clock.now();
        let age: Option<SignedDuration> =
            registered.max(self.made).map(|at| now.duration_since(at));
        Ok(pace::is_due(age))
    }

    fn back_up(&self, office: &OfficeOptions) -> Tried {
        let directory = self.directory.to_owned();
        // A directory that nobody chose may be another database's.
        if let (Backups::Beside, Some(other)) =
            (&self.options.backups, app::backups_of_another(&office.db, &directory))
        {
            let error = ServeError::AnotherDatabase { directory, other };
            return Tried::Failed(app::causes(&error));
        }
        let request = BackupRequest { directory, ..BackupRequest::default() };
        let made = app::backup(office, &request, &mut |_, _, _| match self.shared.is_stopping() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        });
        match made {
            Ok(answer) if answer.problems.is_empty() => Tried::Good(Box::new(answer)),
            Ok(answer) => Tried::Failed(format!(
                "第 {} 号备份试恢复没有通过:{};{}",
                answer.number,
                answer.problems.join(";"),
                answer.advice(),
            )),
            Err(AppError::Backup(error)) if error.is_busy() || error.is_stopped() => Tried::Later,
            Err(error) => Tried::Failed(app::causes(&error)),
        }
    }

    fn note(&mut self, tried: Tried) {
        let now = self.shared.clock.now();
        let not_thinned = match &tried {
            Tried::Good(_) => app::thin_backups(self.directory, Keep::Usual, now.date())
                .err()
                .map(|error| app::causes(&error)),
            _ => None,
        };
        let mut work = self.shared.work();
        work.since = None;
        match tried {
            Tried::Later => {}
            Tried::Good(answer) => {
                (self.failed, self.made) = (None, Some(now));
                let evidence = (!answer.evidence.is_empty()).then(|| evidence(&answer));
                *work = Work { not_thinned, evidence, ..Work::default() };
                drop(work);
                (self.tell)(Event::BackedUp { number: answer.number, directory: self.directory });
            }
            Tried::Failed(why) => {
                self.failed = Some(Instant::now());
                let times = work.failure.as_ref().map_or(0, |failure| failure.times) + 1;
                work.failure = Some(Failed { at: now, why: why.clone(), times });
                drop(work);
                (self.tell)(Event::NotBackedUp { why: &why });
            }
        }
    }
}

/// What is told of evidence files that are not what the ledger says. The backup is none the worse
/// for them, so that another one would change nothing.
fn evidence(answer: &BackupAnswer) -> String {
    let first = answer.evidence.first().map(ToString::to_string).unwrap_or_default();
    format!("佐证材料有 {} 个文件不对:{first}", answer.evidence.len())
}
