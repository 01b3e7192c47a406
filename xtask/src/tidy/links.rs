//! Relative links in documents lead somewhere.

use super::Breach;
use crate::run;

/// Follows every `](path)` of the Markdown files that are documents, not report sources.
pub(crate) fn check() -> Vec<Breach> {
    let mut breaches = Vec::new();
    for path in run::files(&run::root(), &[".md"]) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        // A report source starts with front matter, and its links are claims.
        if text.starts_with("+++") {
            continue;
        }
        let mut in_code = false;
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("```") {
                in_code = !in_code;
            }
            if in_code || line.starts_with("    ") {
                continue;
            }
            for (at, _) in line.match_indices("](") {
                let target = line[at + 2..].split(')').next().unwrap_or("");
                let file = target.split('#').next().unwrap_or("");
                let is_claim = line[..at].matches('`').count() % 2 == 1;
                if file.is_empty() || file.contains("://") || is_claim {
                    continue;
                }
                if !path.parent().is_some_and(|d| d.join(file).exists()) {
                    breaches.push(Breach {
                        place: format!("{}:{}", run::shown(&path), number + 1),
                        message: format!("链接“{target}”指向的文件不存在"),
                    });
                }
            }
        }
    }
    breaches
}
