//! What a broken definition is told: place, key, what was found, what was
//! expected, what was probably meant.

mod derived;
mod duty;
mod indicator;
mod ledger;
mod overlay;
mod source;

use pack::load;

use crate::{changed, files};

/// Replaces a piece of one file of the miniature pack, and compares all that is
/// reported.
#[track_caller]
fn check(path: &str, from: &str, to: &str, expected: &str) {
    let errors = changed(path, from, to).map(drop).expect_err(path);
    assert_eq!(errors.to_string(), expected, "{path}: {from} → {to}");
}

#[test]
fn all_mistakes_of_all_files_come_at_once_in_order() {
    let mut base = files("miniature");
    for file in &mut base {
        file.text = match file.path.as_str() {
            "relation/no_late_fix.toml" => file.text.replace("hazard", "hazrad").into(),
            "ledger/hazard.toml" => {
                file.text.replace("type = \"money\"", "type = \"monney\"").into()
            }
            "codes/education.toml" => file.text.replace("label = \"大专\"", "label = 大专").into(),
            _ => continue,
        };
    }
    let errors = load(&base, &[]).map(drop).expect_err("three files are broken");
    let places: Vec<String> =
        errors.0.iter().map(|d| format!("{}:{} {}", d.file, d.line, d.key)).collect();
    // What names the broken field or list is no mistake of its own.
    assert_eq!(
        places,
        [
            "codes/education.toml:11 ",
            "codes/education.toml:16 ",
            "ledger/hazard.toml:38 field.cost.type",
            "relation/no_late_fix.toml:2 forbids",
        ]
    );
}

#[test]
fn a_pack_has_a_name() {
    let errors = load(&[], &[]).map(drop).expect_err("there is no file");
    assert_eq!(
        errors.to_string(),
        "pack.toml:1 [label] 缺少文件 pack.toml;应为 label = \"台账包的名称\""
    );
}
