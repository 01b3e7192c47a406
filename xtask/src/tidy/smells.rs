//! Habits that cost later: strings as errors, tests that never run, leftovers of debugging.

use super::Breach;
use crate::run;

/// What may not stand in Rust sources, and what to do instead.
const BANNED: &[(&str, &str)] = &[
    ("#[ignore", "测试要么跑,要么删"),
    ("should_panic", "断言具体的错误"),
    ("todo!(", "写完再提交"),
    ("unimplemented!(", "写完再提交"),
    ("dbg!(", "删掉调试输出"),
    (STRING_ERROR, "错误要有类型"),
    (FLOAT, "金额、面积、比率一律用十进制;只有读写电子表格的边界可以用浮点"),
];

const STRING_ERROR: &str = "Result<_, String>";
const FLOAT: &str = "f64";

/// Files at the edge of a format or clock whose numbers are floats by its nature, and this one,
/// which has to name what it bans.
const FLOATS: &[&str] = &[
    "crates/sheet/src/",
    "crates/sheet/tests/",
    "examples/generator/src/workbook.rs",
    "bench/src/",
];
const ITSELF: &str = "xtask/src/tidy/smells.rs";

/// Looks at every line of every Rust source, comments apart.
pub(crate) fn check() -> Vec<Breach> {
    let mut breaches = Vec::new();
    for path in run::files(&run::root(), &[".rs"]) {
        let shown = run::shown(&path);
        if shown == ITSELF {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for (smell, advice) in BANNED {
                let found = match *smell {
                    STRING_ERROR => !is_test(&shown) && has_string_error(line),
                    FLOAT => is_word(line, FLOAT) && !FLOATS.iter().any(|f| shown.starts_with(f)),
                    smell => line.contains(smell),
                };
                if found {
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

/// Whether a file is a test, whose errors go to its reader and to nobody else.
fn is_test(shown: &str) -> bool {
    shown.starts_with("tests/") || shown.contains("/tests/")
}

/// Whether a result type on the line has a string as its error: the last argument of `Result`.
fn has_string_error(line: &str) -> bool {
    line.match_indices("Result<").any(|(at, name)| {
        let arguments = &line[at + name.len()..];
        let mut depth = 0_u32;
        for (end, c) in arguments.char_indices() {
            match c {
                '<' => depth += 1,
                '>' if depth == 0 => return arguments[..end].ends_with(", String"),
                '>' if !arguments[..end].ends_with('-') => depth -= 1,
                _ => {}
            }
        }
        false
    })
}

/// Whether the smell stands alone, not inside a longer word or a test's hexadecimal.
fn is_word(line: &str, smell: &str) -> bool {
    line.match_indices(smell).any(|(at, _)| {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joins(line[..at].chars().next_back()) && !joins(line[at + smell.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_error_type_counts() {
        assert!(has_string_error("fn f() -> Result<u8, String> {"));
        assert!(has_string_error("fn f() -> Result<Vec<(u8, u8)>, String>"));
        assert!(!has_string_error("fn f() -> Result<BTreeMap<i64, String>, AppError> {"));
        assert!(!has_string_error("Result<impl Fn(&str) -> String, E>"));
        assert!(is_word("x: f64,", "f64") && !is_word("buf64", "f64"));
    }
}
