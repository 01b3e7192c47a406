//! Definition files on disk.

use std::fs;
use std::path::{Path, PathBuf};

use super::SourceFile;
use crate::PackErrors;
use crate::diagnostic::{Sink, Spot};

/// Reads all `*.toml` files below a directory, in path order. Hidden files and
/// files of other kinds are passed over.
///
/// # Errors
/// Every directory or file that cannot be read, or is not UTF-8.
pub fn read_directory(dir: &Path) -> Result<Vec<SourceFile>, PackErrors> {
    let mut files = Vec::new();
    let mut sink = Sink::default();
    let mut waiting: Vec<(PathBuf, String)> = vec![(dir.to_owned(), String::new())];
    while let Some((path, prefix)) = waiting.pop() {
        let failed = |sink: &mut Sink, path: &Path, error: std::io::Error| {
            let spot = Spot { file: path.display().to_string(), line: 1, key: String::new() };
            sink.say(&spot, format!("无法读取:{}", told(&error)));
        };
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                failed(&mut sink, &path, error);
                continue;
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    failed(&mut sink, &path, error);
                    continue;
                }
            };
            let name = entry.file_name().to_string_lossy().into_owned();
            let below = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
            if name.starts_with('.') {
                continue;
            }
            if entry.path().is_dir() {
                waiting.push((entry.path(), below));
            } else if name.ends_with(".toml") {
                match fs::read_to_string(entry.path()) {
                    Ok(text) => files.push(SourceFile { path: below, text: text.into() }),
                    Err(error) => failed(&mut sink, &entry.path(), error),
                }
            }
        }
    }
    sink.into_errors(|_| 0)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Why a file or directory cannot be read.
fn told(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "没有这个文件或目录;请核对路径和文件名".to_owned(),
        ErrorKind::NotADirectory => "这是一个文件;请给台账包的目录,或 .zzpack 更新文件".to_owned(),
        ErrorKind::PermissionDenied => "没有权限;请换一个位置,或请管理员开放权限".to_owned(),
        ErrorKind::InvalidData => "不是 UTF-8 文本;请用文本编辑器另存为 UTF-8 编码".to_owned(),
        _ => format!("系统报告“{error}”"),
    }
}
