//! Nobody is said to be hurt where some are told, a score above all points there are, and a
//! population that grows by fewer births than deaths.

use ::figure::{Class, Decimal};

use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words by which nobody was hurt.
const NOBODY: &[&str] = &[
    "无一人伤亡",
    "无人员伤亡",
    "无人伤亡",
    "零伤亡",
    "没有人员伤亡",
    "没有造成人员伤亡",
    "未造成人员伤亡",
    "无一伤亡",
    "没有一人伤亡",
    "未发生人员伤亡",
];

/// `造成2人轻伤…无一人伤亡`.
pub(super) fn hurt(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const HURT: &[&str] = &["轻伤", "受伤", "重伤", "死亡", "遇难", "失踪", "受轻伤", "伤亡"];
    let number = &passage.numbers[index];
    let noun = passage.noun(index);
    let words = passage.words(passage.range.clone());
    let denied = NOBODY.iter().find(|word| words.contains(**word))?;
    let hurt = HURT.iter().any(|word| noun.starts_with(word));
    let lead = passage.words(passage.range.start..number.at.start);
    let real = !has_any(&lead, &["去年", "上年", "演练", "模拟", "曾", "历史", "同期"])
        && !has_any(&passage.label(index), &["无", "未", "没"]);
    let fits = number.class == Some(Class::Persons) && number.value > Decimal::ZERO;
    (hurt && real && fits).then(|| {
        let what = format!("{}{noun}", passage.words(number.at.clone()));
        number.mark(passage.paper, format!("有{what},却说“{denied}”;请核对"), &[])
    })
}

/// `满分100分…以104.6分居第二`.
pub(super) fn scored(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    let number = &passage.numbers[index];
    let none = ["不设加分", "没有加分", "无加分", "不设附加", "没有附加", "无附加"];
    let more = none.iter().fold(words.clone(), |rest, word| rest.replace(word, ""));
    if number.counter != "分" || has_any(&more, &["加分", "附加"]) {
        return None;
    }
    let most = (0..passage.numbers.len()).find(|i| {
        let n = &passage.numbers[*i];
        n.counter == "分" && passage.label(*i).trim_end_matches(['为', '是']).ends_with("满分")
    })?;
    let limit = &passage.numbers[most];
    let one = words.matches("满分").count() == 1;
    let own = !has_any(&passage.label(index), &["总分", "合计", "共", "累计"]);
    (one && own && number.value > limit.value && number.is_exact()).then(|| {
        let (a, b) = (passage.words(limit.at.clone()), passage.words(number.at.clone()));
        number.mark(passage.paper, format!("满分是{a},得分不可能是{b};请核对"), &[limit])
    })
}

/// `出生580人,死亡942人,自然增长率3.2‰`.
pub(super) fn grown(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let rate = &passage.numbers[index];
    let label = passage.label(index);
    let named = label.contains("自然增长") && !has_any(&label, &["去年", "上年"]);
    let of = |word: &str| {
        (0..index).rev().find(|i| {
            let told = passage.around(*i);
            passage.numbers[*i].is(Class::Persons) && told.contains(word) && !told.contains('率')
        })
    };
    let (born, dead) = (of("出生")?, of("死亡")?);
    let (born, dead) = (&passage.numbers[born], &passage.numbers[dead]);
    let sign = rate.at.start.checked_sub(1).map(|at| passage.paper.chars[at]);
    let below = rate.value < Decimal::ZERO || matches!(sign, Some('-' | '－' | '负'));
    let wrong = if below { born.value > dead.value } else { born.value < dead.value };
    (named && wrong && !rate.value.is_zero() && born.is_exact() && dead.is_exact()).then(|| {
        let told = |at: &std::ops::Range<usize>| passage.words(at.clone());
        let message = format!(
            "出生{},死亡{},自然增长率的正负与此相反;请核对",
            told(&born.at),
            told(&dead.at)
        );
        rate.mark(passage.paper, message, &[born, dead])
    })
}
