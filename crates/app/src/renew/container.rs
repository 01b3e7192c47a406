//! An update file `.zzpack`: the files of a pack as plain text, signed.
//!
//! ```text
//! zzpack 1
//! version 2027-01-05
//! made 2027-01-05T09:00:00
//! label 乡镇工作台账包
//! signer ZZP1-…
//! files 312
//! size 845120
//!
//! file ledger/person.toml 4012
//! …4012 bytes…
//! signature …128 hexadecimal digits…
//! ```
//!
//! `size` counts the bytes between the blank line and the line of the signature, which covers all
//! bytes before that line. Nothing is compressed, so that nothing can swell; every length is
//! bounded before anything is read by it.

use std::fmt;
use std::path::Path;

use figure::Date;
use pack::SourceFile;
use serde::Serialize;
use thiserror::Error;
use vault::{PublicKey, SIGNATURE, SignError, SigningKey};

/// The most bytes that an update file may have.
pub(crate) const MOST_BYTES: usize = 64 << 20;

/// The most files in it, and the most bytes of one of them.
const MOST_FILES: usize = 20_000;
const MOST_FILE: usize = 1 << 20;

/// The longest line of the head, and the longest path of a file.
const MOST_LINE: usize = 512;
const MOST_PATH: usize = 200;

const FIRST: &str = "zzpack 1";
const SIGNATURE_WORD: &[u8] = b"signature ";

/// Bytes of the line of the signature.
const SIGNATURE_LINE: usize = SIGNATURE_WORD.len() + 2 * SIGNATURE + 1;

/// The version of a pack: the day of its making, and its number on that day from the second on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackVersion {
    day: Date,
    number: u32,
}

impl PackVersion {
    /// The first version of a day.
    pub(crate) fn of_day(day: Date) -> PackVersion {
        PackVersion { day, number: 1 }
    }

    /// A version as it is written: `2027-01-05`, `2027-01-05.2`.
    pub fn parse(text: &str) -> Option<PackVersion> {
        let (day, number) = match text.split_once('.') {
            Some((day, number)) => (day, number.parse().ok().filter(|number| *number > 1)?),
            None => (text, 1),
        };
        let version = PackVersion { day: day.parse().ok()?, number };
        // One version has one spelling, since versions are compared as people read them too.
        (version.to_string() == text).then_some(version)
    }
}

impl fmt::Display for PackVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            1 => write!(f, "{}", self.day),
            number => write!(f, "{}.{number}", self.day),
        }
    }
}

impl Serialize for PackVersion {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An update file, read and its signature verified; whether its signer is trusted is another
/// question.
#[derive(Debug)]
pub(crate) struct Container {
    pub(crate) version: PackVersion,
    pub(crate) made: String,
    pub(crate) label: String,
    pub(crate) signer: PublicKey,
    pub(crate) files: Vec<SourceFile>,
}

/// Why a file is no update that could be used.
#[derive(Debug, Error)]
pub enum ContainerFault {
    /// It is something else.
    #[error("不是台账包更新文件(第一行应为 {FIRST});请核对是否拿错了文件")]
    Foreign,
    /// It is larger than any pack.
    #[error("大于 {} MB,不是台账包更新文件", MOST_BYTES >> 20)]
    TooLarge,
    /// It ends before it should.
    #[error("不完整:应有 {expected} 字节,只有 {found} 字节;请重新拷贝")]
    Cut {
        /// Bytes it should have.
        expected: usize,
        /// Bytes it has.
        found: usize,
    },
    /// There is no signature at its end.
    #[error("没有签名,不知道是谁发的;请向发布者要签了名的更新文件")]
    Unsigned,
    /// The signature does not fit.
    #[error("签名不符:文件被改动过,或不是它所说的人签的;请不要使用,向发布者重新要一份")]
    Altered,
    /// The key that it names is none.
    #[error("里面写的公钥不对")]
    Signer(#[source] SignError),
    /// Signed rightly, but not as this program writes it.
    #[error("第 {line} 行不合格式:{what};请让发布者用新的程序重新制作")]
    Form {
        /// The line, counted from 1; the head has the first ones.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// A file that no pack may have.
    #[error("里面的文件“{path}”{what};请让发布者重新制作")]
    File {
        /// Its path.
        path: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The key cannot sign.
    #[error("签不了名")]
    Sign(#[source] SignError),
}

/// Makes an update file.
pub(crate) fn write(
    files: &[SourceFile],
    version: PackVersion,
    made: &str,
    label: &str,
    key: &SigningKey,
) -> Result<Vec<u8>, ContainerFault> {
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut body = Vec::new();
    for file in &files {
        check_file(&file.path, file.text.len())?;
        body.extend_from_slice(format!("file {} {}\n", file.path, file.text.len()).as_bytes());
        body.extend_from_slice(file.text.as_bytes());
        body.push(b'\n');
    }
    let signer = key.public().map_err(ContainerFault::Signer)?.to_text();
    let label: String = label.chars().filter(|c| !c.is_control()).collect();
    let mut bytes = format!(
        "{FIRST}\nversion {version}\nmade {made}\nlabel {label}\nsigner {signer}\nfiles {}\nsize {}\n\n",
        files.len(),
        body.len()
    )
    .into_bytes();
    bytes.append(&mut body);
    if files.len() > MOST_FILES || bytes.len() + SIGNATURE_LINE > MOST_BYTES {
        return Err(ContainerFault::TooLarge);
    }
    let signature = key.sign(&[&bytes]).map_err(ContainerFault::Sign)?;
    bytes.extend_from_slice(SIGNATURE_WORD);
    bytes.extend(signature.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()));
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads an update file and verifies its signature. Nothing of its files is looked at before.
pub(crate) fn read(bytes: &[u8]) -> Result<Container, ContainerFault> {
    if bytes.len() > MOST_BYTES {
        return Err(ContainerFault::TooLarge);
    }
    if !bytes.starts_with(format!("{FIRST}\n").as_bytes()) {
        return Err(ContainerFault::Foreign);
    }
    let mut lines = Lines { bytes, at: FIRST.len() + 1, line: 1 };
    let version = lines.version()?;
    let made = lines.value("made ")?.to_owned();
    let label = lines.value("label ")?.to_owned();
    let signer = PublicKey::from_text(lines.value("signer ")?).map_err(ContainerFault::Signer)?;
    let count = lines.number("files ", MOST_FILES)?;
    let size = lines.number("size ", MOST_BYTES)?;
    lines.value("")?;
    let end = lines.at + size;
    if bytes.len() == end {
        return Err(ContainerFault::Unsigned);
    }
    let expected = end + SIGNATURE_LINE;
    if bytes.len() < expected {
        return Err(ContainerFault::Cut { expected, found: bytes.len() });
    }
    let (signed, tail) = bytes.split_at(end);
    let signature = signature(tail).ok_or(ContainerFault::Altered)?;
    if !signer.verifies(&[signed], &signature) {
        return Err(ContainerFault::Altered);
    }
    lines.bytes = signed;
    let files = lines.files(count)?;
    Ok(Container { version, made, label, signer, files })
}

/// The signature in the last line.
fn signature(line: &[u8]) -> Option<Vec<u8>> {
    let digits = line.strip_prefix(SIGNATURE_WORD)?.strip_suffix(b"\n")?;
    let digits = std::str::from_utf8(digits).ok()?;
    // An odd number of digits, or none that is one, ends in none.
    let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(byte).collect();
    bytes.filter(|bytes| bytes.len() == SIGNATURE)
}

/// Whether a pack may have a file of this path and length.
fn check_file(path: &str, length: usize) -> Result<(), ContainerFault> {
    let fault = |what| Err(ContainerFault::File { path: path.to_owned(), what });
    let is_name = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    if path.len() > MOST_PATH || !path.split('/').all(is_name) {
        return fault("的名字不能用:只能由文字、数字、_、- 组成,不能跳出包外");
    }
    if Path::new(path).extension().is_none_or(|ending| ending != "toml") {
        return fault("不是 .toml 定义文件");
    }
    if length > MOST_FILE {
        return fault("太大,超过 1 MB");
    }
    Ok(())
}

/// The lines of an update file, one after the other.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: usize,
}

impl<'b> Lines<'b> {
    fn fault(&self, what: &'static str) -> ContainerFault {
        ContainerFault::Form { line: self.line, what }
    }

    /// What stands behind a word on the next line.
    fn value(&mut self, word: &str) -> Result<&'b str, ContainerFault> {
        self.line += 1;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let window = &rest[..rest.len().min(MOST_LINE)];
        let Some(end) = window.iter().position(|byte| *byte == b'\n') else {
            let found = self.bytes.len();
            return Err(match rest.len() < MOST_LINE {
                true => ContainerFault::Cut { expected: found + 1, found },
                false => self.fault("这一行太长"),
            });
        };
        self.at += end + 1;
        let text =
            std::str::from_utf8(&window[..end]).map_err(|_| self.fault("不是 UTF-8 文字"))?;
        text.strip_prefix(word).ok_or_else(|| self.fault("不是约定的内容"))
    }

    fn number(&mut self, word: &str, most: usize) -> Result<usize, ContainerFault> {
        let number = self.value(word)?.parse().ok().filter(|number| *number <= most);
        number.ok_or_else(|| self.fault("不是数,或超过上限"))
    }

    fn version(&mut self) -> Result<PackVersion, ContainerFault> {
        let text = self.value("version ")?;
        PackVersion::parse(text).ok_or_else(|| self.fault("版本应写成 2027-01-05 的样子"))
    }

    /// The files, which have to fill the rest and stand in the order of their paths.
    fn files(&mut self, count: usize) -> Result<Vec<SourceFile>, ContainerFault> {
        let mut files: Vec<SourceFile> = Vec::new();
        for _ in 0..count {
            let (path, length) = self
                .value("file ")?
                .rsplit_once(' ')
                .and_then(|(path, length)| Some((path, length.parse::<usize>().ok()?)))
                .ok_or_else(|| self.fault("应是文件的路径和字节数"))?;
            check_file(path, length)?;
            if files.last().is_some_and(|last| last.path.as_str() >= path) {
                return Err(self.fault("文件重复,或没有按路径排列"));
            }
            let bytes = self.bytes.get(self.at..self.at + length);
            let bytes = bytes.ok_or_else(|| self.fault("文件比声明的短"))?;
            let text = std::str::from_utf8(bytes).map_err(|_| self.fault("文件不是 UTF-8 文字"))?;
            files.push(SourceFile { path: path.to_owned(), text: text.to_owned().into() });
            self.line += bytes.iter().filter(|byte| **byte == b'\n').count();
            self.at += length;
            if self.bytes.get(self.at) != Some(&b'\n') {
                return Err(self.fault("文件比声明的长"));
            }
            self.line += 1;
            self.at += 1;
        }
        match self.at == self.bytes.len() {
            true => Ok(files),
            false => Err(self.fault("文件比声明的多")),
        }
    }
}

#[cfg(test)]
mod tests;
