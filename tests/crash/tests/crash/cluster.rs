//! A PostgreSQL server that may be killed: one of its own, which waits for the disk at every
//! commit as one in an office does.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

use crate::base::{self, Base};

/// How long a server may take to start, or to recover.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server with its files.
pub(crate) struct Cluster {
    directory: PathBuf,
    programs: PathBuf,
    user: Option<String>,
    /// Its standard input is the server's life line: when the test program ends, however it
    /// ends, the shell that holds the other end stops the server.
    shell: Child,
}

impl Cluster {
    /// A new server; `None` where none is installed, which [`test_postgres::server`] has told.
    pub(crate) fn start() -> Option<Cluster> {
        test_postgres::server()?;
        let programs = test_postgres::programs()?;
        let directory = base::directory(&std::env::temp_dir());
        let user = test_postgres::server_user(&directory);
        let initialise = format!(
            "'{}/initdb' -D '{}/data' -U zhenzhang -A trust -E UTF8 --locale=C --no-sync",
            programs.display(),
            directory.display()
        );
        let made = shell(user.as_deref(), &initialise).stdout(Stdio::null()).status();
        assert!(made.is_ok_and(|status| status.success()), "initdb");
        let shell = serve(&programs, user.as_deref(), &directory);
        let cluster = Cluster { directory, programs, user, shell };
        cluster.wait();
        Some(cluster)
    }

    /// Gives a directory to the user that the server runs as.
    pub(crate) fn give(&self, directory: &Path) {
        let Some(user) = &self.user else { return };
        let given = Command::new("chown").arg(user).arg(directory).status();
        assert!(given.is_ok_and(|status| status.success()), "chown");
    }

    fn url(&self, database: &str) -> String {
        let host = self.directory.display().to_string().replace('/', "%2F");
        format!("postgres://zhenzhang@{host}/{database}")
    }

    /// Runs statements that have no values.
    pub(crate) fn run(&self, sql: &str) {
        let mut client = Client::connect(&self.url("postgres"), NoTls).expect("a connection");
        client.batch_execute(sql).expect("the statement of a test");
    }

    /// A place in a new database.
    pub(crate) fn base(&self, name: &str) -> Base {
        self.run(&format!("create database {name} template template0"));
        self.place(name)
    }

    /// A place in a database that is there.
    pub(crate) fn place(&self, name: &str) -> Base {
        Base::served(self.url(name))
    }

    /// Kills the process of a connection to a database. The server then ends all others too and
    /// recovers as after a crash; it has begun to once this returns.
    pub(crate) fn kill_backend(&self, database: &str) {
        let mut client = Client::connect(&self.url("postgres"), NoTls).expect("a connection");
        let sql = "select pid from pg_stat_activity where datname = $1
                   order by (state <> 'idle') desc, backend_start limit 1";
        let row = client.query_opt(sql, &[&database]).expect("the processes of the server");
        let pid: i32 = row.expect("a connection of the victim").get(0);
        kill(&[pid]);
        // Until the server has seen that one is gone, it would still answer, and end the answer
        // in the middle.
        let begun = Instant::now();
        while client.simple_query("select 1").is_ok() {
            assert!(begun.elapsed() < PATIENCE, "PostgreSQL 没有发觉一个进程被杀");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Kills the server with all its processes, as a power cut would.
    pub(crate) fn crash(&mut self) {
        let pid = std::fs::read_to_string(self.directory.join("data/postmaster.pid"));
        let pid = pid.expect("the number of the server's process");
        let pid: i32 = pid.lines().next().and_then(|line| line.parse().ok()).expect("a number");
        // The first to go is the one that would start others.
        kill(&[pid]);
        kill(&children(pid));
        self.end_shell();
    }

    /// Starts it again, and waits until it has recovered.
    pub(crate) fn restart(&mut self) -> Duration {
        let begun = Instant::now();
        self.shell = serve(&self.programs, self.user.as_deref(), &self.directory);
        self.wait();
        begun.elapsed()
    }

    /// Waits until the server answers.
    pub(crate) fn wait(&self) {
        let begun = Instant::now();
        while let Err(error) = Client::connect(&self.url("postgres"), NoTls) {
            if begun.elapsed() > PATIENCE {
                let log = std::fs::read_to_string(self.directory.join("log")).unwrap_or_default();
                panic!("PostgreSQL 没有启动:{error}\n{log}");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn end_shell(&mut self) {
        drop(self.shell.stdin.take());
        // It waits for the server, so that afterwards nothing of it runs any more.
        let _ = self.shell.wait();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.end_shell();
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// A shell of the user that the server runs as.
fn shell(user: Option<&str>, script: &str) -> Command {
    let mut command = match user {
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--", "sh"]);
            command
        }
        None => Command::new("sh"),
    };
    command.args(["-c", script]).current_dir("/");
    command
}

/// A server that is told to end without ado: asked to end in good order while it recovers, it may
/// wait for ever.
fn serve(programs: &Path, user: Option<&str>, directory: &Path) -> Child {
    let script = format!(
        "'{bin}/postgres' -D '{dir}/data' -k '{dir}' -c listen_addresses='' -c fsync=on \
             -c max_connections=30 -c shared_buffers=32MB >>'{dir}/log' 2>&1 &
         read _; kill -QUIT $!; wait $!",
        bin = programs.display(),
        dir = directory.display()
    );
    let mut shell = shell(user, &script);
    let shell = shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().expect("a shell for the server")
}

/// The processes that a process has started.
fn children(parent: i32) -> Vec<i32> {
    let is_child = |pid: &i32| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.lines().any(|line| {
            line.strip_prefix("PPid:").is_some_and(|found| found.trim() == parent.to_string())
        })
    };
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(is_child).collect()
}

fn kill(pids: &[i32]) {
    let pids: Vec<String> = pids.iter().map(ToString::to_string).collect();
    // One that has ended by itself meanwhile is no matter.
    let script = format!("kill -9 {}", pids.join(" "));
    let _ = Command::new("sh").args(["-c", &script]).stderr(Stdio::null()).status();
}
