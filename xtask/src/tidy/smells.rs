//! Habits that cost later: strings as errors, tests that never run, leftovers of debugging.

use super::Breach;
use crate::run;

/// What may not stand in Rust sources, and what to do instead. Written in halves so that this
/// table does not find itself.
const BANNED: &[(&str, &str, &str)] = &[
    ("#[ign", "ore", "测试要么跑,要么删"),
    ("should_", "panic", "断言具体的错误"),
    ("tod", "o!(", "写完再提交"),
    ("unimple", "mented!(", "写完再提交"),
    ("db", "g!(", "删掉调试输出"),
    (", Str", "ing>", "错误要有类型"),
    ("f6", "4", "金额、面积、比率一律用十进制;只有读写电子表格的边界可以用浮点"),
];

/// Files at the edge of a format or clock whose numbers are floats by its nature.
const FLOATS: &[&str] = &[
    "crates/sheet/src/",
    "examples/generator/src/workbook.rs",
    "bench/src/",
    "crates/sheet/tests/",
];

/// Greps every Rust source.
pub(crate) fn check() -> Vec<Breach> {
    let mut breaches = Vec::new();
    for path in run::files(&run::root(), &[".rs"]) {
        let shown = run::shown(&path);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            for (head, tail, advice) in BANNED {
                let smell = format!("{head}{tail}");
                let excused = match smell.as_str() {
                    "f64" => FLOATS.iter().any(|f| shown.starts_with(f)) || !is_word(line, &smell),
                    ", String>" => !line.contains("Result<"),
                    _ => false,
                };
                if line.contains(&smell) && !excused && !line.trim_start().starts_with("//") {
                    breaches.push(Breach {
                        place: format!("{shown}:{}", number + 1),
                        message: format!("有“{smell}”:{advice}"),
                    });
                }
            }
        }
    }
    breaches
}

/// Whether the smell stands alone, not inside a longer word or a test's hexadecimal.
fn is_word(line: &str, smell: &str) -> bool {
    line.match_indices(smell).any(|(at, _)| {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joins(line[..at].chars().next_back()) && !joins(line[at + smell.len()..].chars().next())
    })
}
