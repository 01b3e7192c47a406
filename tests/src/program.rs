//! The program `zhenzhang` as a user runs it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// What a run printed, and how it ended.
#[derive(Clone, Debug)]
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The program, built at the first call: a dependency on the library of another package does
/// not make cargo build that package's program.
///
/// # Panics
/// When it cannot be built.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let suite = std::env::current_exe().expect("the path of the suite");
        // target/PROFILE/deps/product-…
        let profile = suite.ancestors().nth(2).expect("a profile directory");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["build", "--quiet", "--package", "cli"]);
        if profile.ends_with("release") {
            command.arg("--release");
        }
        let built = command.current_dir(root()).status().expect("cargo can be run");
        assert!(built.success(), "the program cannot be built");
        profile.join(format!("zhenzhang{}", std::env::consts::EXE_SUFFIX))
    })
}

/// The repository.
///
/// # Panics
/// Never: the package lies in it.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository").to_path_buf()
}

/// Runs the program in a directory.
///
/// # Panics
/// When it cannot be run.
pub fn run(directory: &Path, arguments: &[&str]) -> Run {
    run_with(directory, &[], arguments)
}

/// Directory of the keys of a program run in `directory`: never the user's own.
pub fn keys(directory: &Path) -> PathBuf {
    directory.join("keys")
}

/// Runs the program in a directory with more environment variables.
///
/// # Panics
/// When it cannot be run.
pub fn run_with(directory: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
    let output = command(directory, arguments).envs(variables.iter().copied()).output();
    ended(output.expect("the program can be run"))
}

/// Runs the program in a directory with a text on its standard input.
///
/// # Panics
/// When it cannot be run.
pub fn run_told(directory: &Path, input: &str, arguments: &[&str]) -> Run {
    let mut command = command(directory, arguments);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program can be run");
    let mut told = child.stdin.take().expect("its input is ours");
    told.write_all(input.as_bytes()).expect("it reads its input");
    drop(told);
    ended(child.wait_with_output().expect("the program ends"))
}

fn command(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(directory).env_remove("USER").env_remove("ZHENZHANG_KEY");
    command.env("ZHENZHANG_KEYS", keys(directory));
    command
}

fn ended(output: Output) -> Run {
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

impl Run {
    /// The run, if it ended with this code; else the test ends with what it printed.
    ///
    /// # Panics
    /// When the code is another one.
    #[track_caller]
    pub fn ends(self, code: i32) -> Run {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }
}
