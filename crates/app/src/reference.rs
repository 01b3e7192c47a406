//! The page of all keys of definition files, made of the tables of keys that the loader reads
//! by. `docs/definitions.md` holds the same tables between its explanations.

use pack::{DefinitionKind, Form, Key, Keys, Need, definition_kinds};

/// The whole page.
pub(crate) fn page() -> String {
    let mut page = String::from("# 定义文件的键\n");
    for kind in definition_kinds() {
        page +=
            &format!("\n## {} `{}`\n\n{}\n\n{}", kind.label, place(kind), kind.says, keys_of(kind));
    }
    page
}

/// The tables of the keys of each kind of definition, by the kind's name.
pub fn definition_tables() -> Vec<(&'static str, String)> {
    definition_kinds().iter().map(|kind| (kind.name(), keys_of(kind))).collect()
}

/// Where the files of a kind lie.
fn place(kind: &DefinitionKind) -> String {
    if kind.is_file() { kind.path.to_owned() } else { format!("{}/", kind.path) }
}

/// The table of the keys of a file, and those of the tables in it.
fn keys_of(kind: &DefinitionKind) -> String {
    let mut waiting = vec![(String::new(), kind.keys)];
    let mut text = String::new();
    while !waiting.is_empty() {
        let (path, keys) = waiting.remove(0);
        if !path.is_empty() {
            text += &format!("\n`{path}`:\n\n");
        }
        text += "| 键 | 值 | 必写 | 说明 |\n|---|---|---|---|\n";
        let mut below = Vec::new();
        for key in keys.keys {
            text += &row(key, keys);
            let name =
                if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
            if let Form::Table(keys) | Form::Tables(keys) | Form::LengthOr(keys) = key.form {
                below.push((name, keys));
            }
        }
        // Two keys of one form are described once.
        below.dedup_by(|(_, a), (_, b)| std::ptr::eq(*a, *b));
        below.append(&mut waiting);
        waiting = below;
    }
    text
}

fn row(key: &Key, keys: &Keys) -> String {
    let users =
        keys.own.iter().filter(|o| o.needs.contains(&key.name) || o.may.contains(&key.name));
    let users: Vec<String> = users.map(|own| format!("`{}`", own.word)).collect();
    let need = match key.need {
        Need::Always => "是".to_owned(),
        Need::Unless(other) => format!("没有 `{other}` 时"),
        Need::May if keys.one_of.contains(&key.name) => "几个里写一个".to_owned(),
        Need::May if !users.is_empty() => format!("只用于 {}", users.join(" ")),
        Need::May => String::new(),
    };
    format!("| `{}` | {} | {need} | {} |\n", key.name, form(&key.form), key.says)
}

/// What stands behind a key, in words.
fn form(form: &Form) -> String {
    let listed = |words: &[&str]| {
        words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(" ")
    };
    match form {
        Form::Text => "文字".to_owned(),
        Form::Id => "编号".to_owned(),
        Form::Unit => "单位".to_owned(),
        Form::Date => "日期".to_owned(),
        Form::Decimal => "带引号的数".to_owned(),
        Form::Length => "时长".to_owned(),
        Form::LengthOr(_) => "时长,或 { }".to_owned(),
        Form::Retention => "`\"permanent\"`,或 `\"30 years\"`".to_owned(),
        Form::Flag => "`true` `false`".to_owned(),
        Form::Small(most) => format!("0 至 {most}"),
        Form::Word(words) => listed(words),
        Form::TextOrTexts([]) => "文字或列表".to_owned(),
        Form::TextOrTexts(words) => format!("文字或列表:{} 等", listed(words)),
        Form::Texts => "文字的列表".to_owned(),
        Form::Dates => "日期的列表".to_owned(),
        Form::TextLists => "列表的列表".to_owned(),
        Form::Labels => "{ 编号 = \"名称\" }".to_owned(),
        Form::Groups => "{ 名称 = [ ] }".to_owned(),
        Form::Table(_) => "{ }".to_owned(),
        Form::Tables(_) => "[[ ]]".to_owned(),
        Form::Records => "[ { 字段 = 值 } ]".to_owned(),
        Form::RecordsByLedger => "{ 台账 = [ { 字段 = 值 } ] }".to_owned(),
    }
}
