//! What other programs say of the same things. They are installed from their registries into
//! `target/peers` by `cargo xtask test`; where that was not possible the suite says so.

use std::path::{Path, PathBuf};
use std::process::Command;

use figure::date;

/// The Python of the peers, if it was installed.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/peers/bin/python");
    python.is_file().then_some(python)
}

/// What a peer's adapter prints. `None` without the peer.
fn peer(adapter: &str) -> Option<String> {
    let Some(python) = python() else {
        println!("未与同类软件对照:没有 target/peers(请运行 cargo xtask test)");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(adapter);
    let output = Command::new(python).arg(script).output().expect("python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("the adapter prints text"))
}

#[test]
fn working_days_are_those_of_chinesecalendar() {
    let Some(printed) = peer("workdays.py") else { return };
    let theirs: Vec<&str> = printed.lines().collect();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pack");
    let files = pack::read_directory(&base).expect("the township pack is readable");
    let pack = pack::load(&files, &[]).expect("the township pack is right");
    let mut ours = Vec::new();
    let mut day = date(2004, 1, 1);
    while day.year() <= 2026 {
        if pack.calendar.is_working(day).expect("the year is known") {
            ours.push(day.to_string());
        }
        day = day.tomorrow().expect("there is a next day");
    }
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 5744, "working days of 23 years");
}
