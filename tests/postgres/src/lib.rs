//! A PostgreSQL server of the tests' own: started at the first call, listening on a socket in
//! a directory that is gone with the test program.
//!
//! Where no server is installed the suites that need one are skipped, and say so; in CI that
//! is a failure, since a skipped suite proves nothing.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Oldest version that the product promises to work with.
const OLDEST: u32 = 15;

/// A running server.
#[derive(Debug)]
pub struct Server {
    directory: PathBuf,
    /// Its standard input is the server's life line: when the test program ends, however it
    /// ends, the shell that holds the other end stops the server.
    _shell: Child,
}

/// A database of its own for a test; dropped with the value.
#[derive(Debug)]
pub struct Database {
    server: &'static Server,
    name: String,
}

/// The server of this test program; `None`, said loudly, if none is installed.
///
/// # Panics
/// In CI when there is no server, and anywhere when an installed one does not start.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(start).as_ref()
}

impl Server {
    /// An empty database.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn database(&'static self) -> Database {
        self.make("template0")
    }

    fn make(&'static self, template: &str) -> Database {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let sql = format!("create database {name} template {template}");
        self.client("postgres").batch_execute(&sql).expect("a database for the test");
        Database { server: self, name }
    }

    fn url(&self, database: &str) -> String {
        let host = self.directory.display().to_string().replace('/', "%2F");
        format!("postgres://zhenzhang@{host}/{database}")
    }

    fn client(&self, database: &str) -> Client {
        Client::connect(&self.url(database), NoTls).expect("a connection to the tests' server")
    }
}

impl Database {
    /// Its address.
    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// Another program's connection to it.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn client(&self) -> Client {
        self.server.client(&self.name)
    }

    /// A copy of it. Nobody may be connected to it meanwhile.
    ///
    /// # Panics
    /// When somebody is.
    pub fn copy(&self) -> Database {
        self.server.make(&self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("drop database {} with (force)", self.name);
        // A database left behind goes with the server.
        let _ = self.server.client("postgres").batch_execute(&sql);
    }
}

fn start() -> Option<Server> {
    let Some(programs) = programs() else {
        let message =
            "没有 PostgreSQL 15 以上的服务器,跳过 PostgreSQL 测试;安装: apt-get install postgresql";
        assert!(std::env::var_os("CI").is_none(), "{message}");
        warn(message);
        return None;
    };
    let directory = room().join(format!("zhenzhang-pg-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&directory);
    std::fs::create_dir_all(&directory).expect("a directory for the server");
    let user = server_user(&directory);
    // The user `guarded` is asked for a password. Without syncs, since no test of the server's
    // own durability is made here; with the connections that many tests at once need.
    let script = format!(
        "'{bin}/initdb' -D '{dir}/data' -U zhenzhang -A trust -E UTF8 --locale=C --no-sync >'{dir}/log' 2>&1 || exit 1
         sed -i '1i local all guarded scram-sha-256' '{dir}/data/pg_hba.conf'
         '{bin}/postgres' -D '{dir}/data' -k '{dir}' -c listen_addresses='' -c fsync=off \
             -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB \
             -c max_wal_size=256MB >>'{dir}/log' 2>&1 &
         read _; kill -INT $!; wait $!; rm -rf '{dir}'",
        bin = programs.display(),
        dir = directory.display()
    );
    let mut command = match &user {
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--", "sh", "-c", &script]);
            command
        }
        None => {
            let mut command = Command::new("sh");
            command.args(["-c", &script]);
            command
        }
    };
    let shell = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir("/")
        .spawn()
        .expect("a shell for the server");
    let server = Server { directory, _shell: shell };
    let begun = Instant::now();
    while Client::connect(&server.url("postgres"), NoTls).is_err() {
        if begun.elapsed() > PATIENCE {
            let log = std::fs::read_to_string(server.directory.join("log")).unwrap_or_default();
            panic!("PostgreSQL 没有启动:\n{log}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Some(server)
}

/// Where the server's files lie: in memory if there is enough of it, since a database for each
/// test is a thousand small files made and removed.
fn room() -> PathBuf {
    /// In blocks of 1 KiB.
    const ENOUGH: u64 = 2 << 20;
    let memory = Path::new("/dev/shm");
    let free = output("df", &["-k", "--output=avail", "/dev/shm"])
        .and_then(|text| text.lines().last()?.trim().parse::<u64>().ok());
    if free.is_some_and(|free| free > ENOUGH) { memory.to_owned() } else { std::env::temp_dir() }
}

/// What a program says, if it succeeds.
fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The directory of the server's programs, those of the newest version.
pub fn programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|e| Some((e.file_name().to_str()?.parse().ok()?, e.path().join("bin"))))
        .filter(|(version, bin)| *version >= OLDEST && bin.join("postgres").is_file())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin)
}

/// The server refuses to run as root: then it runs as a user without rights, who is given the
/// directory.
pub fn server_user(directory: &Path) -> Option<String> {
    if output("id", &["-u"]).as_deref() != Some("0") {
        return None;
    }
    let user = ["postgres", "nobody"].into_iter().find(|user| output("id", &[user]).is_some())?;
    output("chown", &[user, &directory.display().to_string()])?;
    Some(user.to_owned())
}

/// Says what is skipped where a person running the tests sees it: not through `eprintln`,
/// which the test runner keeps to itself as long as the test passes.
fn warn(message: &str) {
    // Where there is no standard error there is nobody to be told.
    let _ = writeln!(std::io::stderr(), "警告: {message}");
}
