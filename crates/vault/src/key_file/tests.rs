//! Tests of key files: what is written, and every mistake with its message.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::Entropy;

/// A directory of its own for one test, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("zhenzhang-vault-{}-{number}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        fs::create_dir_all(&directory).unwrap();
        Scratch(directory)
    }

    /// A file with these contents, of the owner alone.
    fn file(&self, contents: &[u8]) -> PathBuf {
        let path = self.0.join("key");
        let _ = fs::remove_file(&path);
        created(&path, Access::Owner).unwrap().write_all(contents).unwrap();
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn key() -> MasterKey {
    MasterKey::generate(&mut Entropy::seeded(4)).unwrap()
}

#[test]
fn a_written_file_reads_back_and_is_never_overwritten() {
    let (scratch, key) = (Scratch::new(), key());
    let path = scratch.0.join("key");
    key.write_file(&path).unwrap();
    assert_eq!(MasterKey::read_file(&path).unwrap().bytes(), key.bytes());

    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with(&format!("# 镇账主密钥,编号 {}\n", key.id())), "{text}");
    assert_eq!(text.lines().filter(|line| !line.starts_with('#')).count(), 1);

    let error = key.write_file(&path).unwrap_err();
    assert!(matches!(&error, VaultError::FileExists { path: p } if *p == path), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    let scratch = Scratch::new();
    let message = key().write_file(&scratch.0.join("none/key")).unwrap_err().to_string();
    assert!(message.starts_with("写不了主密钥文件"), "{message}");
    assert!(message.ends_with("没有这个目录;请先建好目录,或核对路径"), "{message}");
}

/// Whether the contents are read, and otherwise how the message goes on after the path.
fn check(contents: &[u8], expected: Option<&str>) {
    let scratch = Scratch::new();
    let path = scratch.file(contents);
    let read = MasterKey::read_file(&path).map(|key| key.id());
    let shown = String::from_utf8_lossy(contents);
    match (read, expected) {
        (Ok(id), None) => assert_eq!(id, key().id(), "{shown}"),
        (Err(error), Some(expected)) => {
            let message = error.to_string();
            let (_, rest) = message.split_once(&path.display().to_string()).unwrap();
            assert!(rest.starts_with(expected), "{message}");
        }
        (read, _) => panic!("{shown}: {read:?}"),
    }
}

#[test]
fn contents_are_read_tolerantly() {
    let line = key().to_text();
    check(line.as_bytes(), None);
    check(format!("\u{feff}# 说明\r\n\r\n  {}\r\n", *line).as_bytes(), None);
    // The words saved in GB 18030.
    check(&[b"# \xd5\xf2\xd5\xcb\n", line.as_bytes()].concat(), None);
}

#[test]
fn mistakes_are_told_apart() {
    let line = key().to_text();
    let foreign = Some(" 不是主密钥文件");
    check(b"", foreign);
    check("# 只有说明\n".as_bytes(), foreign);
    check(b"SQLite format 3\0", foreign);
    check(&[0xff; 100], foreign);
    check(format!("{}\n{}\n", *line, *line).as_bytes(), foreign);
    check(&[vec![b'#'; LONGEST], line.as_bytes().to_vec()].concat(), foreign);
    let cut = format!("# 说明\n\n{}", &line[..line.len() - 1]);
    check(cut.as_bytes(), Some(" 第 3 行:主密钥开头之后应有 32 个字符,这里有 31 个"));
    let wrong = format!("ZZK1-U{}", &line[6..]);
    check(wrong.as_bytes(), Some(" 第 1 行:主密钥第 1 组第 1 个字符“U”"));
    let other = if line.ends_with('0') { "1" } else { "0" };
    let typed = format!("{}{other}", &line[..line.len() - 1]);
    check(typed.as_bytes(), Some(" 第 1 行:主密钥的校验不对"));
}

#[test]
fn a_missing_file_is_told() {
    let scratch = Scratch::new();
    let error = MasterKey::read_file(&scratch.0.join("key")).unwrap_err();
    assert!(matches!(error, VaultError::FileMissing { .. }), "{error}");
}

/// Reading a directory fails for everybody, also for the administrator.
#[test]
fn an_unreadable_file_is_told() {
    let scratch = Scratch::new();
    let error = MasterKey::read_file(&scratch.0).unwrap_err();
    assert!(matches!(error, VaultError::FileUnreadable { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn permissions_are_watched() {
    use std::os::unix::fs::PermissionsExt;
    let (scratch, key) = (Scratch::new(), key());
    let path = scratch.0.join("key");
    key.write_file(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    for (mode, exposed) in
        [(0o400, false), (0o640, true), (0o620, true), (0o604, true), (0o777, true)]
    {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let read = MasterKey::read_file(&path);
        assert_eq!(read.is_err(), exposed, "{mode:o}");
        if let Err(error) = read {
            let expected = format!("的权限是 {mode:03o},别的用户也能动它;请运行 chmod 600 ");
            assert!(error.to_string().contains(&expected), "{error}");
        }
    }
}
