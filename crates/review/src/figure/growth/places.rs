//! How many places somebody rose or fell, which two places give: 由第14位跃至第9位,前移7个位次.

use ::figure::Decimal;
use prose::parse_number;

use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words for a step between two places.
const MOVED: &[&str] = &[
    "前移", "前进", "上升", "提升", "跃升", "进位", "升", "进", "后退", "下降", "后移", "下滑",
    "退", "降", "提高",
];

/// Marks a step told behind two places that are not so far apart.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let step = &passage.numbers[index];
    let label = passage.label(index);
    let bare = label.trim_end_matches(['了', '出']);
    let noun = format!("{}{}", step.counter, passage.noun(index));
    let placed = noun.starts_with("个位次") || noun.starts_with("个名次") || noun.starts_with('位');
    if !placed || !MOVED.iter().any(|word| bare.ends_with(word)) || !step.is_exact() {
        return None;
    }
    let lead = passage.words(passage.range.start..step.at.start);
    let clauses: Vec<&str> = lead.rsplit(['。', ';', '；']).collect();
    let places = places(clauses.first()?);
    let [(first, a), (second, b)] = places.as_slice() else { return None };
    let compared = has_any(clauses.first()?, &["由", "从", "上年", "去年", "较", "比"]);
    let gap = (*a - *b).abs();
    if !compared || gap == step.value || gap.is_zero() {
        return None;
    }
    let message = format!(
        "{first}与{second}相差{}位,不是{};请核对位次",
        ::figure::decimal_text(gap),
        passage.words(step.at.clone())
    );
    Some(step.mark(passage.paper, message, &[]))
}

/// The places that words tell, as they are written: 第9位, 第十四名.
fn places(words: &str) -> Vec<(String, Decimal)> {
    let mut found = Vec::new();
    for (at, _) in words.match_indices('第') {
        let rest = &words[at + '第'.len_utf8()..];
        let Some(end) = rest.find(['位', '名']) else { continue };
        let number = &rest[..end];
        if let (true, Ok(value)) = (number.chars().count() <= 3, parse_number(number)) {
            found.push((format!("第{number}位"), value));
        }
    }
    found
}
