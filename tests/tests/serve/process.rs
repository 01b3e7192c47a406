//! The program as a server, and a browser's part.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use product_tests::program::{keys, program};
use serde_json::Value;

use super::key;
use crate::desk::Desk;

/// How long a test waits before it calls a server stuck.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server. It is killed with the value.
pub(super) struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    /// The line that it printed at its start.
    pub(super) started: String,
    address: String,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) code: u16,
    pub(super) body: String,
}

/// How a server ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

impl Served {
    /// Starts the program at a desk, on a port that the system chooses.
    pub(super) fn start(desk: &Desk, day: &str, arguments: &[&str]) -> Served {
        let mut child = Command::new(program())
            .args(["serve", "--now", day, "--listen", "127.0.0.1:0", "--key", &key()])
            .args(arguments)
            .current_dir(&desk.directory)
            .env_remove("ZHENZHANG_KEY")
            .env("ZHENZHANG_KEYS", keys(&desk.directory))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut started = String::new();
        out.read_line(&mut started).unwrap();
        let address = started.split("127.0.0.1:").nth(1).map(|rest| {
            let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
            format!("127.0.0.1:{port}")
        });
        let Some(address) = address else {
            let mut err = String::new();
            child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
            panic!("the server does not start: {started}{err}");
        };
        Served { child, out, started, address }
    }

    /// Asks for a page.
    pub(super) fn get(&self, path: &str) -> Answer {
        self.get_as(path, &self.address)
    }

    /// The same, naming another host.
    pub(super) fn get_as(&self, path: &str, host: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let code = text.split(' ').nth(1).unwrap().parse().unwrap();
        let body = text.split_once("\r\n\r\n").unwrap().1.to_owned();
        Answer { code, body }
    }

    /// The health, once it has this code and says what is waited for.
    #[track_caller]
    pub(super) fn health(&self, code: u16, is_so: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let answer = self.get("/health");
            let health: Value = serde_json::from_str(&answer.body).unwrap();
            if answer.code == code && is_so(&health) {
                return health;
            }
            assert!(begun.elapsed() < PATIENCE, "{} {health:#}", answer.code);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks it to end, and waits until it has.
    pub(super) fn end(mut self) -> Ended {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let begun = Instant::now();
        let code = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status.code();
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(5));
        };
        let (mut out, mut err) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        Ended { code, out, err }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A check of this id.
pub(super) fn find<'h>(health: &'h Value, id: &str) -> &'h Value {
    health["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap()
}
