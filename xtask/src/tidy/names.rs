//! No place of an example town stands in code: the systems are data.

use toml::Table;

use super::Breach;
use crate::run;

/// Greps the labels of all example places in the sources of the product.
pub(crate) fn check() -> Vec<Breach> {
    let mut names: Vec<String> = Vec::new();
    for path in run::files(&run::root().join("examples"), &[".toml"]) {
        if !run::shown(&path).contains("/pack/place/") {
            continue;
        }
        let table: Table =
            std::fs::read_to_string(&path).ok().and_then(|t| t.parse().ok()).unwrap_or_default();
        let places = table.get("place").and_then(|p| p.as_array()).into_iter().flatten();
        names.extend(places.filter_map(|p| p.get("label")?.as_str()).map(str::to_owned));
    }
    let mut breaches = Vec::new();
    if names.is_empty() {
        breaches.push(Breach {
            place: "examples".to_owned(),
            message: "没有找到示例镇的地名,无从检查".to_owned(),
        });
    }
    for directory in ["crates", "xtask", "bench", "web", "examples/generator"] {
        let endings = [".rs", ".ts", ".tsx", ".js", ".css", ".html"];
        for path in run::files(&run::root().join(directory), &endings) {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for (number, line) in text.lines().enumerate() {
                if let Some(name) = names.iter().find(|n| line.contains(n.as_str())) {
                    breaches.push(Breach {
                        place: format!("{}:{}", run::shown(&path), number + 1),
                        message: format!("代码里有地名“{name}”:放进 pack/ 或 examples/"),
                    });
                }
            }
        }
    }
    breaches
}
