//! Starting a server, and ending it.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use app::{Office, OfficeOptions};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::address;
use crate::clock::Clock;
use crate::error::ServeError;
use crate::keeper::Keeper;
use crate::shared::Shared;
use crate::{watcher, web};

/// Threads that answer requests; each answer comes from memory.
const THREADS: usize = 2;

/// How long open requests may take once the server is to end.
const LAST_ANSWERS: Duration = Duration::from_millis(300);

/// How long a running backup may take to come to its end. Past this it is left as a program that
/// is killed leaves it, which the next one puts in order.
const LAST_BACKUP: Duration = Duration::from_secs(20);

/// How to serve.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// How to open the office; the clock says the day and the instant.
    pub office: OfficeOptions,
    /// Where to listen.
    pub listen: String,
    /// Where the backups go.
    pub backups: Backups,
    /// What time it is.
    pub clock: Clock,
    /// How often the keeper of the backups looks at the clock.
    pub poll: Duration,
    /// How long it waits after a first failure; longer after each further one.
    pub retry: Duration,
}

/// Where the backups go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Backups {
    /// Into `backup` beside the database.
    Beside,
    /// Into this directory.
    Into(PathBuf),
    /// None are made.
    Off,
}

/// What a server tells while it runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// It listens.
    Started {
        /// Where.
        address: SocketAddr,
        /// Where the backups go; `None` if none are made.
        directory: Option<&'a Path>,
    },
    /// A backup was made, and is good.
    BackedUp {
        /// Its number.
        number: u32,
        /// Its directory.
        directory: &'a Path,
    },
    /// A backup came to nothing.
    NotBackedUp {
        /// Why, in words.
        why: &'a str,
    },
    /// It was asked to end, and is coming to its end.
    Stopping,
}

/// Who is told.
pub(crate) type Tell = dyn Fn(Event<'_>) + Send + Sync;

/// Serves until the program is asked to end (SIGINT, SIGTERM).
///
/// # Errors
/// When the server does not start. Whatever goes wrong later is told and shown, and ends nothing.
pub fn serve(
    options: ServeOptions,
    tell: impl Fn(Event<'_>) + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let address = address::parse(&options.listen)?;
    let directory = directory(&options)?;
    // What does not open now is a mistake in the command; what breaks later is a finding.
    Office::open(&options.office).map_err(Box::new)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
        .map_err(ServeError::System)?;
    let ended = runtime.block_on(run(address, directory, options, Arc::new(tell)));
    // A connection that somebody keeps open does not keep the server.
    runtime.shutdown_background();
    ended
}

fn directory(options: &ServeOptions) -> Result<Option<PathBuf>, ServeError> {
    let directory = match &options.backups {
        Backups::Off => return Ok(None),
        Backups::Into(directory) => directory.clone(),
        Backups::Beside => {
            app::backups_beside(&options.office.db).ok_or(ServeError::NoDirectory)?
        }
    };
    // As the register of backups has it.
    Ok(Some(std::path::absolute(&directory).unwrap_or(directory)))
}

async fn run(
    address: SocketAddr,
    directory: Option<PathBuf>,
    options: ServeOptions,
    tell: Arc<Tell>,
) -> Result<(), ServeError> {
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|source| ServeError::Listen { address, source })?;
    let address = listener.local_addr().map_err(ServeError::System)?;
    let mut signals = Signals::new().map_err(ServeError::System)?;
    let shared = Arc::new(Shared::new(options.office.clone(), options.clock.clone(), directory));
    let workers = Workers::start(&shared, &tell, options)?;
    tell(Event::Started { address, directory: shared.directory.as_deref() });

    let (close, closing) = oneshot::channel::<Infallible>();
    let router = web::router(Arc::clone(&shared));
    let answering = axum::serve(listener, router).with_graceful_shutdown(async move {
        // That the other end is gone is the word to close.
        let _ = closing.await;
    });
    let answering = tokio::spawn(answering.into_future());
    signals.next().await;
    tell(Event::Stopping);
    shared.stop();
    drop(close);
    let _ = tokio::time::timeout(LAST_ANSWERS, answering).await;
    // Asked once more, it ends at once.
    tokio::select! {
        () = workers.end() => {}
        () = signals.next() => {}
        () = tokio::time::sleep(LAST_BACKUP) => {}
    }
    Ok(())
}

/// The two threads, which take the loss of their channels as the word to end.
struct Workers {
    keep: Sender<()>,
    wake: Sender<()>,
    /// Gone with the keeper.
    kept: oneshot::Receiver<Infallible>,
}

impl Workers {
    fn start(
        shared: &Arc<Shared>,
        tell: &Arc<Tell>,
        options: ServeOptions,
    ) -> Result<Workers, ServeError> {
        let (wake, woken) = channel();
        let (keep, rest) = channel();
        let (done, kept) = oneshot::channel();
        let (kept_of, told, waking) = (Arc::clone(shared), Arc::clone(tell), wake.clone());
        spawn("backups", move || {
            if let Some(mut keeper) = Keeper::new(&kept_of, &options, &*told, &waking) {
                keeper.run(&rest);
            }
            drop(done);
        })?;
        let shared = Arc::clone(shared);
        spawn("health", move || watcher::run(&shared, &woken))?;
        Ok(Workers { keep, wake, kept })
    }

    /// Lets both end, and waits for the keeper. Nobody waits for a look at the health that is
    /// under way, since it changes nothing.
    async fn end(self) {
        drop((self.keep, self.wake));
        // That the other end is gone is what is waited for.
        let _ = self.kept.await;
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), ServeError> {
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map(drop).map_err(ServeError::System)
}

/// The signals that ask a program to end.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> std::io::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        let terminate = signal(SignalKind::terminate())?;
        Ok(Signals { terminate, interrupt: signal(SignalKind::interrupt())? })
    }

    #[cfg(windows)]
    fn new() -> std::io::Result<Signals> {
        Ok(Signals { interrupt: tokio::signal::windows::ctrl_c()? })
    }

    /// The next of them.
    async fn next(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        #[cfg(windows)]
        let _ = self.interrupt.recv().await;
    }
}
