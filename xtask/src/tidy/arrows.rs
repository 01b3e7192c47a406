//! Crates may use only the crates before them, and only one of them may use each engine.

use toml::Table;

use super::Breach;
use crate::run;

/// Crate → the crates of this workspace it may use. `ARCHITECTURE.md` shows the same table.
const ARROWS: &[(&str, &[&str])] = &[
    ("figure", &[]),
    ("prose", &["figure"]),
    ("outline", &[]),
    ("pack", &["figure", "outline"]),
    ("vault", &[]),
    ("archive", &[]),
    ("evidence", &[]),
    ("manuscript", &[]),
    ("store", &["figure", "pack", "vault"]),
    ("measure", &["figure", "pack", "store"]),
    ("sheet", &["figure", "pack", "prose"]),
    ("review", &["figure", "pack", "prose"]),
    ("report", &["figure", "pack", "prose", "measure", "review"]),
    ("docx", &["figure", "report"]),
    (
        "app",
        &[
            "figure",
            "outline",
            "prose",
            "pack",
            "vault",
            "archive",
            "evidence",
            "store",
            "measure",
            "sheet",
            "report",
            "docx",
            "manuscript",
            "review",
        ],
    ),
    ("server", &["app"]),
    ("cli", &["app", "server"]),
];

/// Library → the crates that may use it. A report's front matter is TOML as definitions are.
const OWNERS: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("postgres", &["store"]),
    ("sm2", &["vault"]),
    ("sm4", &["vault"]),
    ("aes-gcm", &["vault"]),
    ("blake3", &["archive"]),
    ("png", &["evidence"]),
    ("zune-jpeg", &["evidence"]),
    ("sqlparser", &["pack"]),
    ("toml", &["outline", "pack", "report"]),
    ("calamine", &["sheet"]),
    ("rust_xlsxwriter", &["sheet"]),
    ("opencc-fmmseg", &["prose"]),
    ("html5gum", &["manuscript"]),
    ("pulldown-cmark", &["manuscript"]),
    ("encoding_rs", &["manuscript", "sheet"]),
    ("clap", &["cli"]),
    ("unicode-width", &["app"]),
    ("axum", &["server"]),
    ("tokio", &["server"]),
];

/// Reads every manifest below `crates/`.
pub(crate) fn check() -> Vec<Breach> {
    let mut breaches = Vec::new();
    for manifest in run::files(&run::root().join("crates"), &["Cargo.toml"]) {
        let text = std::fs::read_to_string(&manifest).unwrap_or_default();
        let mut breach = |message: String| {
            breaches.push(Breach { place: run::shown(&manifest), message });
        };
        let Ok(table) = text.parse::<Table>() else {
            breach("不是 TOML".to_owned());
            continue;
        };
        let name = table.get("package").and_then(|p| p.get("name")).and_then(|n| n.as_str());
        let name = name.unwrap_or("");
        let Some((_, allowed)) = ARROWS.iter().find(|(n, _)| *n == name) else {
            breach(format!(
                "包 {name} 不在箭头表里:先写进 ARCHITECTURE.md 和 xtask/src/tidy/arrows.rs"
            ));
            continue;
        };
        if table.get("lints").and_then(|l| l.get("workspace")).and_then(|w| w.as_bool())
            != Some(true)
        {
            breach("要写 [lints] workspace = true".to_owned());
        }
        let uses = table.get("dependencies").and_then(|d| d.as_table());
        for used in uses.into_iter().flat_map(|d| d.keys()) {
            if ARROWS.iter().any(|(n, _)| n == used) && !allowed.contains(&used.as_str()) {
                breach(format!("{name} 不可以依赖 {used}:数据只朝一个方向走"));
            }
            if let Some((_, owners)) = OWNERS.iter().find(|(l, _)| l == used)
                && !owners.contains(&name)
            {
                breach(format!("只有 {} 可以使用 {used}", owners.join("、")));
            }
        }
    }
    breaches
}
