//! JSON schemas of the definition files (draft 2020-12), made of the tables of keys that the
//! loader itself reads by, so that an editor completes and checks what the loader will take.

use std::path::{Path, PathBuf};

use pack::{DefinitionKind, Form, Keys, Length, Need, definition_kinds};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::AppError;
use crate::output::{self, Readers};
use crate::reference;

/// The draft that the schemas are written in.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What an id looks like.
const ID: &str = "^[a-z][a-z0-9_]*$";
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const DECIMAL: &str = "^[+-]?[0-9]+(\\.[0-9]+)?$";
const RETENTION: &str = "^(permanent|[1-9][0-9]* years)$";

/// Where the schemas were written.
#[derive(Debug, Serialize)]
pub struct SchemaAnswer {
    /// One file a kind of definition.
    pub files: Vec<PathBuf>,
    /// Settings for the editor's TOML support, which file has which schema.
    pub settings: PathBuf,
    /// The same keys as a page for people.
    pub page: PathBuf,
}

/// The schemas by the name of their kind.
pub fn schemas() -> Map<String, Value> {
    definition_kinds().iter().map(|kind| (kind.name().to_owned(), schema(kind))).collect()
}

/// Writes the schemas to a directory, with settings for editors and a page for people.
pub fn write_schemas(directory: &Path) -> Result<SchemaAnswer, AppError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| AppError::WriteFile { path, source }
    };
    std::fs::create_dir_all(directory).map_err(failed(directory))?;
    let write = |name: &str, text: String| -> Result<PathBuf, AppError> {
        let path = directory.join(name);
        output::write(&path, text.as_bytes(), Readers::Usual)?;
        Ok(path)
    };
    let mut files = Vec::new();
    let mut settings = String::from(
        "# 放在编辑器打开的文件夹里,改名为 .taplo.toml(VS Code 请装 Even Better TOML),\n\
         # 写定义文件时就会提示键名、检查写法。\n",
    );
    for kind in definition_kinds() {
        let path = write(&format!("{}.schema.json", kind.name()), format!("{:#}\n", schema(kind)))?;
        let include = match kind.is_file() {
            true => format!("**/{}", kind.path),
            false => format!("**/{}/**/*.toml", kind.path),
        };
        settings += &format!(
            "\n[[rule]]\ninclude = [\"{include}\"]\n[rule.schema]\npath = \"{}\"\n",
            path.display()
        );
        files.push(path);
    }
    let settings = write("taplo.toml", settings)?;
    let page = write("keys.md", reference::page())?;
    Ok(SchemaAnswer { files, settings, page })
}

/// The schema of a kind of definition.
fn schema(kind: &DefinitionKind) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!(DRAFT));
    schema.insert("title".to_owned(), json!(kind.label));
    schema.insert("description".to_owned(), json!(kind.says));
    let mut own = table(kind.keys);
    if !kind.local.is_empty() {
        // An office's own file about a definition of the pack has these keys alone.
        let needed = need(&mut own);
        if !needed.is_empty() {
            let local = json!({ "propertyNames": { "enum": kind.local } });
            own.insert("anyOf".to_owned(), json!([{ "allOf": needed }, local]));
        }
    }
    schema.extend(own);
    Value::Object(schema)
}

/// Takes what has to be there out of a schema.
fn need(schema: &mut Map<String, Value>) -> Vec<Value> {
    let mut taken = match schema.shift_remove("allOf") {
        Some(Value::Array(all)) => all,
        _ => Vec::new(),
    };
    taken.extend(schema.shift_remove("required").map(|keys| json!({ "required": keys })));
    taken
}

/// The schema of a table.
fn table(keys: &'static Keys) -> Map<String, Value> {
    let properties: Map<String, Value> = keys
        .keys
        .iter()
        .map(|key| {
            let mut value = form(&key.form);
            value.insert("description".to_owned(), json!(key.says));
            (key.name.to_owned(), Value::Object(value))
        })
        .collect();
    let with = |need: Need| -> Vec<&str> {
        keys.keys.iter().filter(|key| key.need == need).map(|key| key.name).collect()
    };
    let mut schema = object(json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    }));
    let always = with(Need::Always);
    if !always.is_empty() {
        schema.insert("required".to_owned(), json!(always));
    }
    let mut all = Vec::new();
    for key in keys.keys {
        // A key that is needed unless another is there names the other one.
        if let Need::Unless(other) = key.need {
            all.push(json!({ "anyOf": [{ "required": [other] }, { "required": [key.name] }] }));
        }
    }
    if !keys.one_of.is_empty() {
        let one: Vec<Value> = keys.one_of.iter().map(|key| json!({ "required": [key] })).collect();
        all.push(json!({ "oneOf": one }));
    }
    all.extend(own_keys(keys));
    if !all.is_empty() {
        schema.insert("allOf".to_owned(), Value::Array(all));
    }
    schema
}

/// Conditions on the keys that only some words of `type` use.
fn own_keys(keys: &'static Keys) -> Vec<Value> {
    let mut all = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for own in keys.own {
        let is_word =
            json!({ "properties": { "type": { "const": own.word } }, "required": ["type"] });
        all.push(json!({ "if": is_word, "then": { "required": own.needs } }));
        names.extend(own.needs.iter().chain(own.may));
    }
    names.sort_unstable();
    names.dedup();
    for name in names {
        let users = keys.own.iter().filter(|o| o.needs.contains(&name) || o.may.contains(&name));
        let users: Vec<&str> = users.map(|own| own.word).collect();
        all.push(json!({
            "if": { "required": [name] },
            "then": { "properties": { "type": { "enum": users } } },
        }));
    }
    all
}

/// The schema of a value.
fn form(form: &'static Form) -> Map<String, Value> {
    let text = || json!({ "type": "string", "minLength": 1 });
    let like = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let list = |items: Value| json!({ "type": "array", "items": items });
    let record = || {
        list(json!({
            "type": "object",
            "additionalProperties": { "type": ["string", "integer", "boolean"] },
        }))
    };
    object(match form {
        Form::Text => text(),
        Form::Id => like(ID),
        Form::Unit => either(&figure::units().collect::<Vec<_>>(), text()),
        Form::Date => like(DATE),
        Form::Decimal => like(DECIMAL),
        Form::Length => like(&length()),
        Form::LengthOr(keys) => json!({ "anyOf": [like(&length()), table(keys)] }),
        Form::Retention => like(RETENTION),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Small(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
        Form::Word(words) => json!({ "type": "string", "enum": words }),
        Form::TextOrTexts(words) => {
            let one = if words.is_empty() {
                text()
            } else {
                Value::Object(object(either(words, text())))
            };
            json!({ "anyOf": [one.clone(), list(one)] })
        }
        Form::Texts => list(text()),
        Form::Dates => list(like(DATE)),
        Form::TextLists => list(list(text())),
        Form::Labels => json!({ "type": "object", "additionalProperties": text() }),
        Form::Groups => json!({ "type": "object", "additionalProperties": list(text()) }),
        Form::Table(keys) => Value::Object(table(keys)),
        Form::Tables(keys) => list(Value::Object(table(keys))),
        Form::Records => record(),
        Form::RecordsByLedger => json!({ "type": "object", "additionalProperties": record() }),
    })
}

/// One of some words, which an editor offers, or another text.
fn either(words: &[&str], other: Value) -> Value {
    json!({ "anyOf": [{ "enum": words }, other] })
}

/// What a length of time looks like.
fn length() -> String {
    format!("^[1-9][0-9]* *({})$", Length::words().collect::<Vec<_>>().join("|"))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
