//! Starting other programs, and finding things in the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Runs cargo in the root; true if it succeeded.
pub(crate) fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> bool {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    program(&cargo, arguments, environment, &root())
}

/// Runs a program in a directory; true if it succeeded.
pub(crate) fn program(
    name: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
    directory: &Path,
) -> bool {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(directory).envs(environment.iter().copied());
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("不能启动 {name}: {error}");
            false
        }
    }
}

/// Whether a program can be started from PATH.
pub(crate) fn is_installed(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(name).is_file()))
}

/// Directories below `examples/` that have data files.
pub(crate) fn example_towns() -> Vec<PathBuf> {
    let mut towns: Vec<PathBuf> = std::fs::read_dir(root().join("examples"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("data").is_dir())
        .collect();
    towns.sort();
    towns
}

/// All files below a directory with one of the endings, sorted, build output left out.
pub(crate) fn files(directory: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![directory.to_path_buf()];
    while let Some(directory) = waiting.pop() {
        for entry in std::fs::read_dir(&directory).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | "node_modules" | ".git" | "out") {
                    waiting.push(path);
                }
            } else if endings.iter().any(|e| name.ends_with(e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The path as seen from the root, with forward slashes.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
