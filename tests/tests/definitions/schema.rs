//! The schemas take every definition there is, and refuse what the loader refuses.

use std::path::{Path, PathBuf};

use pack::{Form, Keys, definition_kinds};
use product_tests::program::root;
use serde_json::{Map, Value, json};

/// The definition files below a directory, by path below it.
fn files(directory: &Path) -> Vec<(String, String)> {
    let files = pack::read_directory(directory).unwrap_or_else(|errors| panic!("{errors}"));
    files.into_iter().map(|file| (file.path, file.text.into_owned())).collect()
}

/// A TOML value as an editor's validator sees it: dates are texts.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Float(number) => json!(number.to_string()),
        toml::Value::Datetime(instant) => json!(instant.to_string()),
        toml::Value::Array(all) => all.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, as_json(value))).collect())
        }
    }
}

/// What is wrong with a value, for the part of JSON Schema that the schemas use. A keyword beyond
/// it ends the test, so that none is passed over.
fn faults(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let Some(schema) = schema.as_object() else {
        return if schema == &json!(true) { Vec::new() } else { vec![format!("{at}: 不许有")] };
    };
    let mut found = Vec::new();
    for (word, rule) in schema {
        found.extend(match word.as_str() {
            "$schema" | "title" | "description" | "then" => Vec::new(),
            "additionalProperties" | "properties" | "required" | "propertyNames" => {
                of_object(schema, word, rule, value, at)
            }
            "items" => {
                let all = value.as_array().into_iter().flatten().enumerate();
                all.flat_map(|(n, one)| faults(rule, one, &format!("{at}[{n}]"))).collect()
            }
            "allOf" => parts(rule).flat_map(|part| faults(part, value, at)).collect(),
            "anyOf" | "oneOf" => {
                let tried: Vec<Vec<String>> =
                    parts(rule).map(|part| faults(part, value, at)).collect();
                let good = tried.iter().filter(|faults| faults.is_empty()).count();
                let fits = if word == "anyOf" { good > 0 } else { good == 1 };
                if fits { Vec::new() } else { vec![format!("{at}: {word} {tried:?}")] }
            }
            "if" => match (faults(rule, value, at).is_empty(), schema.get("then")) {
                (true, Some(then)) => faults(then, value, at),
                _ => Vec::new(),
            },
            _ => unless(is_right(word, rule, value), format!("{at}: {word} {rule} {value}")),
        });
    }
    found
}

fn parts(rule: &Value) -> impl Iterator<Item = &Value> {
    rule.as_array().expect("a list of schemas").iter()
}

fn unless(right: bool, fault: String) -> Vec<String> {
    if right { Vec::new() } else { vec![fault] }
}

fn of_object(
    schema: &Map<String, Value>,
    word: &str,
    rule: &Value,
    value: &Value,
    at: &str,
) -> Vec<String> {
    let Some(object) = value.as_object() else { return Vec::new() };
    let known = |key: &str| schema.get("properties").is_some_and(|all| all.get(key).is_some());
    match word {
        "required" => parts(rule)
            .filter(|key| !object.contains_key(key.as_str().unwrap()))
            .map(|key| format!("{at}: 缺少 {key}"))
            .collect(),
        "properties" => object
            .iter()
            .filter_map(|(key, value)| Some(faults(rule.get(key)?, value, &format!("{at}.{key}"))))
            .flatten()
            .collect(),
        "propertyNames" => object
            .keys()
            .flat_map(|key| faults(rule, &json!(key), &format!("{at}.{key}")))
            .collect(),
        _ => object
            .iter()
            .filter(|(key, _)| !known(key))
            .flat_map(|(key, value)| faults(rule, value, &format!("{at}.{key}")))
            .collect(),
    }
}

/// Whether a value keeps a rule about itself alone.
fn is_right(word: &str, rule: &Value, value: &Value) -> bool {
    match word {
        "type" => {
            let is = |name: &str| match name {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64(),
                "boolean" => value.is_boolean(),
                other => panic!("type {other}"),
            };
            rule.as_str().map_or_else(|| parts(rule).any(|name| is(name.as_str().unwrap())), is)
        }
        "enum" => parts(rule).any(|one| one == value),
        "const" => rule == value,
        "minLength" => value.as_str().is_none_or(|text| !text.is_empty()),
        "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().unwrap()),
        "maximum" => value.as_i64().is_none_or(|number| number <= rule.as_i64().unwrap()),
        "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().unwrap(), text)),
        other => panic!("the validator does not know {other}"),
    }
}

/// The few patterns of the schemas, read by what they mean.
fn matches(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match pattern {
        "^[a-z][a-z0-9_]*$" => pack::is_id(text),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => text.parse::<figure::Date>().is_ok(),
        "^[+-]?[0-9]+(\\.[0-9]+)?$" => {
            let (whole, part) =
                text.trim_start_matches(['+', '-']).split_once('.').unwrap_or((text, "0"));
            digits(whole.trim_start_matches(['+', '-'])) && digits(part)
        }
        "^(permanent|[1-9][0-9]* years)$" => {
            text == "permanent" || text.strip_suffix(" years").is_some_and(digits)
        }
        length if length.starts_with("^[1-9][0-9]* *(") => {
            let words = length.split(['(', ')']).nth(1).unwrap();
            let word = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim();
            words.split('|').any(|known| known == word)
                && text.starts_with(|c: char| c.is_ascii_digit())
        }
        other => panic!("the validator does not know the pattern {other}"),
    }
}

/// What the schema of its kind says of a file.
fn check(path: &str, text: &str) -> Vec<String> {
    let kind = definition_kinds()
        .iter()
        .find(|kind| kind.path == path.split('/').next().unwrap())
        .unwrap_or_else(|| panic!("no kind of {path}"));
    let value = as_json(toml::Value::Table(text.parse().unwrap()));
    faults(&app::schemas()[kind.name()], &value, path)
}

fn all_packs() -> Vec<PathBuf> {
    let mut all = vec![root().join("pack"), root().join("examples/guizhumao/pack")];
    for folder in ["miniature", "overlay"] {
        all.push(root().join("crates/pack/tests").join(folder));
    }
    all
}

#[test]
fn every_definition_there_is_fits_its_schema() {
    let mut checked = 0;
    for directory in all_packs() {
        for (path, text) in files(&directory) {
            let faults = check(&path, &text);
            assert!(faults.is_empty(), "{}: {faults:#?}", directory.display());
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");
}

#[test]
fn every_key_is_in_the_schema_with_its_words() {
    fn walk(keys: &Keys, schema: &Value, at: &str) {
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(properties.len(), keys.keys.len(), "{at}");
        for key in keys.keys {
            let own = properties.get(key.name).unwrap_or_else(|| panic!("{at}.{}", key.name));
            assert_eq!(own["description"], key.says, "{at}.{}", key.name);
            let at = format!("{at}.{}", key.name);
            match &key.form {
                Form::Word(words) => assert_eq!(own["enum"], json!(words), "{at}"),
                Form::Table(below) => walk(below, own, &at),
                Form::Tables(below) => walk(below, &own["items"], &at),
                Form::LengthOr(below) => walk(below, &own["anyOf"][1], &at),
                _ => {}
            }
        }
    }
    let schemas = app::schemas();
    assert_eq!(schemas.len(), definition_kinds().len());
    for kind in definition_kinds() {
        walk(kind.keys, &schemas[kind.name()], kind.name());
    }
}

/// A file of the miniature pack with a piece replaced, and whether loader and schema agree that it
/// is wrong.
#[track_caller]
fn check_spoilt(path: &str, from: &str, to: &str, says: &str) {
    let directory = root().join("crates/pack/tests/miniature");
    let mut base = pack::read_directory(&directory).unwrap();
    let file = base.iter_mut().find(|file| file.path == path).unwrap();
    assert!(file.text.contains(from), "{path}: {from}");
    file.text = file.text.replacen(from, to, 1).into();
    let faults = check(path, &file.text);
    assert!(faults.iter().any(|fault| fault.contains(says)), "{path} {to}: {faults:#?}");
    assert!(pack::load(&base, &[]).is_err(), "{path} {to}");
}

#[test]
fn what_the_loader_refuses_the_schema_refuses() {
    let ledger = "ledger/hazard.toml";
    check_spoilt(ledger, "label = ", "lable = ", "ledger/hazard.toml.lable: 不许有");
    check_spoilt(ledger, "aliases = ", "alias = ", ".alias: 不许有");
    check_spoilt(ledger, "type = \"choice\"", "type = \"choise\"", "enum");
    check_spoilt(ledger, "close = \"month\"", "close = \"weekly\"", "enum");
    check_spoilt(ledger, "type = \"choice\"", "type = \"text\"", "choice");
    check_spoilt(ledger, "type = \"choice\"", "type = \"quantity\"", "unit");
    check_spoilt(ledger, "place = \"village\"\n", "", "anyOf");
    check_spoilt("indicator/hazards.toml", "count = ", "min = \"hazard\"\ncount = ", "oneOf");
    check_spoilt("indicator/hazards.toml", "unit = ", "units = ", ".units: 不许有");
    check_spoilt("parameter/target_income.toml", "value = \"", "valeu = \"", "value");
}

#[test]
fn the_page_of_the_format_has_every_key() {
    let page = std::fs::read_to_string(root().join("docs/definitions.md")).unwrap();
    for (name, table) in app::definition_tables() {
        assert!(
            page.contains(&table),
            "docs/definitions.md: the keys of {name} are not as the loader reads them; \
             `zhenzhang pack schema --out DIR` writes keys.md to copy them from:\n{table}"
        );
    }
}
