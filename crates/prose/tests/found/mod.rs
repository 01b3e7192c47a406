//! What a text is found to say, line by line.

use prose::{Kind, Lexicon, figures};

/// A lexicon of few words.
pub(crate) fn lexicon() -> Lexicon {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    Lexicon::new(
        words("百子果 三色一体 中央八条规矩 500强"),
        words("确保"),
        words("网格 车床 户次 场次 部 列 连增 只 块"),
    )
}

/// Facts and plans as `mark value unit subject`, plans with a `计` before them.
pub(crate) fn check(text: &str, expected: &[&str]) {
    let found = figures(text, &lexicon());
    let chars: Vec<char> = text.chars().collect();
    for claim in &found.claims {
        let slice: String = chars[claim.start..claim.end].iter().collect();
        assert_eq!(slice, claim.text, "offsets in {text}");
        assert_eq!(claim.line, 1 + slice_lines(&chars[..claim.start]), "line in {text}");
    }
    let stated: Vec<String> = found
        .claims
        .iter()
        .filter(|claim| claim.kind != Kind::Background)
        .map(|claim| {
            let plan = if claim.kind == Kind::Plan { "计 " } else { "" };
            let mark = claim.qualifier.map_or("", |q| q.symbol());
            let value = claim.value.map_or(String::new(), |v| v.to_string());
            let unit = claim.unit.as_deref().unwrap_or("");
            format!("{plan}{mark} {value} {unit} {}", claim.subject.as_deref().unwrap_or(""))
        })
        .collect();
    assert_eq!(stated, expected, "{text}");
}

fn slice_lines(chars: &[char]) -> usize {
    chars.iter().filter(|c| **c == '\n').count()
}
