//! Errors in words.

use std::path::Path;

/// Why a file could not be written: mostly its folder is not there.
pub(crate) fn unwritable(path: &Path, source: &std::io::Error) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    match folder {
        Some(folder) => format!("没有文件夹 {};请先建好它,或换一个位置", folder.display()),
        None => told(source),
    }
}

/// What the operating system says, and what to do about it.
pub(crate) fn told(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "没有这个文件或目录;请核对路径和文件名".to_owned(),
        ErrorKind::PermissionDenied => "没有权限;请换一个位置,或请管理员开放权限".to_owned(),
        ErrorKind::IsADirectory => "这是一个目录;请写出其中的文件".to_owned(),
        ErrorKind::NotADirectory => "路径中间有一段不是目录;请核对路径".to_owned(),
        ErrorKind::AlreadyExists => "已经有这个文件,不会覆盖它;请换一个文件名".to_owned(),
        ErrorKind::StorageFull => "磁盘满了;请腾出空间再试".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的;请换一个位置".to_owned(),
        _ => format!("系统报告“{error}”"),
    }
}

/// What is wrong with a file, which several were given beside: its name stands first, whether the
/// reader's own words begin with it or tell only of what it found.
pub(super) fn of_file(file: &str, source: &manuscript::ReadError) -> String {
    let said = source.to_string();
    if said.contains(file) { said } else { format!("读不了 {file}:{said}") }
}

/// That a ledger cannot be searched by a field.
pub(super) fn not_searchable(ledger: &str, text: &str, exists: bool, known: &[String]) -> String {
    let what = match exists {
        true => format!("台账“{ledger}”不能按“{text}”查找"),
        false => format!("台账“{ledger}”没有栏目“{text}”"),
    };
    match known {
        [] => format!(
            "{what};这本台账没有姓名、证件号码一类的栏目,find 用不上,看记录请用 zhenzhang export"
        ),
        [first, ..] => format!("{what};可以按{}查找,如 {first}=内容", quoted(known)),
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、")
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The error and its causes, each on a line of its own.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let said = cause.to_string();
        // What the system or a library says in English stands in Chinese in the message above.
        if !text.contains(&said) && said.chars().any(is_chinese) {
            text.push_str("\n  ");
            text.push_str(&said.replace('\n', "\n  "));
        }
        source = cause.source();
    }
    text
}
