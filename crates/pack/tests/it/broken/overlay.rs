//! What the overlay of a place may not do.

use pack::{SourceFile, load};

use crate::files;

/// Loads the miniature pack with one more file in its overlay.
#[track_caller]
fn check_overlay(path: &str, text: &str, expected: &str) {
    let mut overlay = files("overlay");
    overlay.retain(|file| file.path != path);
    overlay.push(SourceFile { path: path.to_owned(), text: text.to_owned().into() });
    let errors = load(&files("miniature"), &overlay).map(drop).expect_err(path);
    assert_eq!(errors.to_string(), expected, "{path}");
}

#[test]
fn an_overlay_may_not_change_a_meaning() {
    check_overlay(
        "ledger/hazard.toml",
        "label = \"隐患\"\nclose = \"year\"\n[[field]]\nid = \"x\"\n",
        "ledger/hazard.toml:2 [close] 本地包不能改变“hazard”的含义:“close”由基础包规定;要不同的口径,请另建一个定义;应为 只有 label、owner\n\
         ledger/hazard.toml:3 [field] 本地包不能改变“hazard”的含义:“field”由基础包规定;要不同的口径,请另建一个定义;应为 只有 label、owner",
    );
    check_overlay(
        "indicator/hazards.toml",
        "where = \"true\"\n",
        "indicator/hazards.toml:1 [where] 本地包不能改变“hazards”的含义:“where”由基础包规定;要不同的口径,请另建一个定义;应为 只有 label",
    );
    check_overlay(
        "relation/both_parts.toml",
        "level = \"explain\"\n",
        "relation/both_parts.toml:1 [level] 本地包不能改变“both_parts”的含义:“level”由基础包规定;要不同的口径,请另建一个定义;应为 只有 label",
    );
    check_overlay(
        "codes/education.toml",
        "[[code]]\ncode = \"40\"\nlabel = \"中职\"\n",
        "codes/education.toml:1 [code] 本地包不能改变“education”的含义:“code”由基础包规定;要不同的口径,请另建一个定义;应为 只有 label",
    );
    check_overlay(
        "parameter/target_income.toml",
        "unit = \"元\"\n",
        "parameter/target_income.toml:1 [unit] 本地包不能改变“target_income”的含义:“unit”由基础包规定;要不同的口径,请另建一个定义;应为 只有 label、value",
    );
    check_overlay(
        "parameter/local.toml",
        "label = \"本地参数\"\nunits = \"元\"\n",
        "parameter/local.toml:2 [units] 不认识的键“units”;应为 label、unit、value之一;是不是“unit”?",
    );
}
