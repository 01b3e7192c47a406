//! The front page: how the ledgers are, for a person who would rather not read JSON.

use std::fmt::Write;

use app::{Check, escape_html};

use crate::health::Health;

const STYLE: &str = "\
body{font:18px/1.7 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:46em;margin:2em auto;\
padding:0 1em;color:#222}\
h1{font-size:1.3em}.state{font-size:1.6em;font-weight:bold;padding:.4em .8em;border-radius:.3em;\
color:#fff;background:#1a7f37}.red .state{background:#c62828}\
dt{font-weight:bold;margin-top:.6em}dd{margin:0;overflow-wrap:anywhere}\
li{margin:.4em 0;overflow-wrap:anywhere}.todo{color:#c62828}small{color:#666}";

/// The page.
pub(crate) fn html(health: &Health) -> String {
    let (class, state) = match health.is_good() {
        true => ("ok", "状态:正常"),
        false => ("red", "状态:红,有事要处理"),
    };
    let mut body = String::new();
    // Writing to a string cannot fail.
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(body, "<dt>{name}</dt><dd>{}</dd>", escape_html(value));
    };
    line("上次备份", &last_backup(health));
    line("账本版本", &version(health));
    line("数据库", &health.database);
    let reds: String = health.checks.iter().filter(|check| !check.good).map(item).collect();
    let todo = match reds.is_empty() {
        true => String::new(),
        false => format!("<h2>要处理的事</h2>\n<ul>\n{reds}</ul>\n"),
    };
    let greens: String = health.checks.iter().filter(|check| check.good).map(item).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"refresh\" content=\"60\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>镇账:{state}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body class=\"{class}\">\n<h1>镇账</h1>\n\
         <p class=\"state\">{state}</p>\n{todo}<dl>\n{body}</dl>\n\
         <h2>检查过、都正常的</h2>\n<ul>\n{greens}</ul>\n\
         <p><small>{} 检查;本页每分钟自动更新</small></p>\n</body>\n</html>\n",
        said(&health.looked_at),
    )
}

fn last_backup(health: &Health) -> String {
    let mut text = match &health.backup {
        None => "还没有".to_owned(),
        Some(aged) => {
            let age = match aged.hours {
                Some(..0) => "时间比现在还晚".to_owned(),
                Some(0) => "不到 1 小时前".to_owned(),
                Some(hours @ 1..48) => format!("{hours} 小时前"),
                Some(hours) => format!("{} 天前", hours / 24),
                None => "时间不明".to_owned(),
            };
            let (at, directory) = (said(&aged.last.at), aged.last.directory.display());
            format!("{age}({at},第 {} 号,在 {directory})", aged.last.number)
        }
    };
    match &health.automatic {
        None => text.push_str(";自动备份没有开"),
        Some(automatic) if automatic.running_since.is_some() => text.push_str(";正在备份"),
        Some(_) => {}
    }
    text
}

fn version(health: &Health) -> String {
    match &health.state {
        Some(state) => format!("第 {} 版,链头短码 {}", state.revision, state.code),
        None => "读不出来".to_owned(),
    }
}

fn item(check: &Check) -> String {
    let found = escape_html(&check.found).replace('\n', "<br>");
    let todo = match check.todo.as_str() {
        "" => String::new(),
        todo => format!("<br><span class=\"todo\">怎么办:{}</span>", escape_html(todo)),
    };
    format!("<li><b>{}</b>:{found}{todo}</li>\n", check.label)
}

/// An instant as people write it.
fn said(at: &str) -> String {
    at.replacen('T', " ", 1)
}
