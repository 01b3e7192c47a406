//! LibreOffice, which converts what is not read here.

use std::env;
use std::fs;
#[cfg(unix)]
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::error::ReadError;

/// Longest time that a conversion may take.
const LIMIT: Duration = Duration::from_secs(120);
/// Between two looks at whether it is done.
const LOOK: Duration = Duration::from_millis(50);
/// Places where it is installed without standing on the path.
const USUAL: [&str; 3] = [
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
    "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.exe",
];

/// Tells conversions of one process apart.
static TURN: AtomicU64 = AtomicU64::new(0);

/// An installed LibreOffice.
pub(crate) struct Office {
    program: PathBuf,
    limit: Duration,
}

impl Office {
    /// The program that the variable `SOFFICE` names, or that stands on the path.
    pub(crate) fn installed() -> Option<Office> {
        let named = env::var_os("SOFFICE").filter(|name| !name.is_empty()).map(PathBuf::from);
        let on_path = || {
            let path = env::var_os("PATH")?;
            let names = ["soffice", "libreoffice", "soffice.exe"];
            let mut all = env::split_paths(&path).flat_map(|d| names.map(|name| d.join(name)));
            all.find(|file| file.is_file())
        };
        let usual = || USUAL.iter().map(PathBuf::from).find(|file| file.is_file());
        named.or_else(on_path).or_else(usual).map(Office::new)
    }

    /// LibreOffice at that path.
    pub(crate) fn new(program: PathBuf) -> Office {
        Office { program, limit: LIMIT }
    }

    /// Its path.
    pub(crate) fn program(self) -> PathBuf {
        self.program
    }

    /// Converts a file to docx. The conversion has a directory and a profile of its own, so
    /// that it neither meets an open LibreOffice of the user nor leaves anything behind.
    pub(crate) fn convert(
        &self,
        bytes: &[u8],
        name: &str,
        ending: &str,
    ) -> Result<Vec<u8>, ReadError> {
        let turn = TURN.fetch_add(1, Ordering::Relaxed);
        let scratch = env::temp_dir().join(format!("manuscript-{}-{turn}", std::process::id()));
        let failed = |source| ReadError::Scratch { name: name.to_owned(), source };
        // Another user's directory of that name is refused instead of being written into.
        fs::create_dir(&scratch).map_err(failed)?;
        let done = self.run(bytes, name, ending, &scratch);
        // What cannot be removed is left to the system; the text is there.
        let _ = fs::remove_dir_all(&scratch);
        done
    }

    fn run(
        &self,
        bytes: &[u8],
        name: &str,
        ending: &str,
        scratch: &Path,
    ) -> Result<Vec<u8>, ReadError> {
        let failed = |source| ReadError::Scratch { name: name.to_owned(), source };
        let refused = |reason| ReadError::Convert { name: name.to_owned(), reason };
        let source = scratch.join(format!("in.{ending}"));
        fs::write(&source, bytes).map_err(failed)?;
        let profile = address(&scratch.join("profile"));
        let out = scratch.join("out");
        let mut command = Command::new(&self.program);
        command
            .arg(format!("-env:UserInstallation={profile}"))
            .args(["--headless", "--norestore", "--convert-to", "docx", "--outdir"])
            .arg(&out)
            .arg(&source)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // Its program starts others, which have to end with it.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn().map_err(failed)?;
        let ended = wait(&mut child, self.limit).map_err(failed)?;
        if !ended {
            return Err(refused("用时超过两分钟"));
        }
        let made = fs::read(out.join("in.docx"));
        made.map_err(|_| refused("没有生成 docx,文件可能已损坏或加了密码"))
    }
}

/// The address of a directory as LibreOffice takes it.
fn address(path: &Path) -> String {
    let path = path.display().to_string().replace('\\', "/");
    // A path of Windows begins with a letter and needs a slash before it.
    let mut address = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b':' | b'-' | b'_' | b'.' | b'~') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

/// Waits until a program ends; one that takes longer is ended.
fn wait(child: &mut Child, limit: Duration) -> std::io::Result<bool> {
    let started = Instant::now();
    while child.try_wait()?.is_none() {
        if started.elapsed() > limit {
            end(child);
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        sleep(LOOK);
    }
    Ok(true)
}

/// Ends what a program has started; that itself is ended by the caller.
fn end(child: &Child) {
    let id = child.id();
    let mut command = if cfg!(windows) {
        let mut command = Command::new("taskkill");
        command.args(["/T", "/F", "/PID"]).arg(id.to_string());
        command
    } else {
        let mut command = Command::new("kill");
        command.args(["-KILL", "--"]).arg(format!("-{id}"));
        command
    };
    // Without that program the children end when they are done.
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_directories() {
        assert_eq!(address(Path::new("/tmp/a b/镇")), "file:///tmp/a%20b/%E9%95%87");
        assert_eq!(address(Path::new("C:\\a")), "file:///C:/a");
    }

    #[cfg(unix)]
    #[test]
    fn program_that_takes_too_long_ends_with_what_it_started() {
        use std::os::unix::fs::PermissionsExt;
        let directory = env::temp_dir().join(format!("manuscript-slow-{}", std::process::id()));
        fs::create_dir_all(&directory).expect("a directory");
        let program = directory.join("soffice");
        let pids = directory.join("pids");
        let script = format!("#!/bin/sh\nsleep 600 &\necho $! > {}\nwait\n", pids.display());
        fs::write(&program, script).expect("a program");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it can run");
        let office = Office { program, limit: Duration::from_secs(2) };
        let found = office.convert(b"x", "a.doc", "doc");
        assert!(matches!(found, Err(ReadError::Convert { reason: "用时超过两分钟", .. })));
        let pid = fs::read_to_string(&pids).expect("the program ran");
        // The system takes the process away in its own time.
        let state = || fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
        let is_gone = || state().is_empty() || state().contains(") Z ");
        let mut waits = 0..100;
        while !is_gone() && waits.next().is_some() {
            std::thread::sleep(Duration::from_millis(100));
        }
        assert!(is_gone(), "still there: {}", state());
        fs::remove_dir_all(&directory).expect("the directory goes");
    }
}
