//! Files stay small enough to read, say in their first line what they are, and have names
//! that mean something.

use super::Breach;
use crate::run;

/// Lines above which a source file has to be split.
const MOST_LINES: usize = 400;

/// Files that may be longer for now, with the lines they may have. The list may only shrink.
const LONGER: &[(&str, usize)] = &[];

const EMPTY_NAMES: &[&str] =
    &["utils", "util", "helpers", "helper", "common", "misc", "manager", "mod"];

/// Looks at every source file.
pub(crate) fn check() -> Vec<Breach> {
    let mut breaches = Vec::new();
    for path in run::files(&run::root(), &[".rs", ".ts", ".tsx", ".js", ".mjs"]) {
        let shown = run::shown(&path);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut breach = |message: String| breaches.push(Breach { place: shown.clone(), message });
        let most = LONGER.iter().find(|(p, _)| *p == shown).map_or(MOST_LINES, |(_, n)| *n);
        let lines = text.lines().count();
        if lines > most {
            breach(format!("{lines} 行,多于 {most} 行:按职责拆开"));
        }
        if shown.ends_with(".rs") && !text.starts_with("//!") {
            breach("第一行要用 //! 说明这个文件为什么存在".to_owned());
        }
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        // Cargo wants modules that several test programs share to be called so.
        let shared = stem == "mod" && shown.contains("/tests/");
        if EMPTY_NAMES.contains(&stem.as_str()) && !shared {
            breach(format!("文件名“{stem}”什么也没说:用它管的事命名"));
        }
    }
    breaches
}
