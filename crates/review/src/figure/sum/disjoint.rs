//! Parts of which the words say that nothing is in two of them, or that there is nothing else.

use ::figure::Decimal;

use super::marked::marked;
use crate::figure::reading::alike::without;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, some_fit};
use crate::figure::reading::small;
use crate::figure::sum::fits;
use crate::finding::Mark;

/// Words by which nothing is in two parts.
pub(in crate::figure) const ONCE: &[&str] = &[
    "只计一",
    "只归入一",
    "只归一",
    "只算一",
    "只种一",
    "只选一",
    "只能选一",
    "只能在",
    "只能选",
    "单选",
    "互不重",
    "不重复",
    "没有重复",
    "无重复",
    "未重复",
    "不交叉",
    "互不交",
    "不重叠",
    "只统计一",
    "只记一",
    "只占一",
    "只报一",
    "只属",
    "只填一",
    "只登记一",
    "唯一",
    "归入一类",
    "只归",
    "各归其",
    "不兼",
    "只享受一",
    "中选一",
    "单项选择",
];

/// Words by which there is nothing beside the parts.
const NOTHING_ELSE: &[&str] = &[
    "别无",
    "再无",
    "仅此",
    "首尾相接",
    "只有这",
    "除此之外没有",
    "不含其他",
    "没有别的",
    "其余全",
    "其余都",
    "其余均",
    "剩余部分全部",
    "剩余全部",
    "余下全",
    "余下的全",
    "余下都",
    "剩下的全",
    "剩下的都",
    "其余部分全",
    "全部由",
    "只分",
    "分为两",
    "分两",
    "分成两",
    "两块构成",
    "两部分构成",
    "三块构成",
    "仅有这",
    "没有其他类",
    "无其他类",
    "没有其他项",
    "无其他项",
    "除此之外的资金全",
    "除此之外的全",
    "此外全部",
    "其外全",
    "剩下的是",
    "剩下的则",
    "余下的是",
];

/// Words of a number that belongs to a part and is none itself.
const INSIDE: &[&str] = &["其中", "含", "占", "均", "每", "比上", "较上", "同比", "去年", "上年"];

/// Words by which one and the same is in two parts.
const TWICE: &[&str] = &[
    "交叉",
    "同落",
    "全占",
    "同一人",
    "同一户",
    "分别统计",
    "重复",
    "重叠",
    "重合",
    "去重",
    "叠加",
    "兼",
    "同属",
    "牵涉两",
    "涉及两类",
    "多个专题",
    "多个议题",
    "多项议题",
    "各记一",
    "各计一",
    "同时享",
    "同时领",
    "同时涉",
    "同时属",
    "同时具",
    "同时存",
    "同时有",
    "同时符合",
    "既是",
    "又是",
    "既有",
    "一人多",
    "一户多",
    "一人两",
    "一人双",
    "两头都",
    "两样都",
    "两项都",
    "两项政策都",
    "两种都",
    "两种身份",
    "双重身份",
    "多重身份",
    "双重困难",
];

/// Whether a passage, or the sentence behind it, says that one and the same is in two parts, and
/// does not deny it.
pub(in crate::figure) fn is_twofold(passage: &Passage<'_>) -> bool {
    let words = passage.words_on();
    // 重复信访 is one petition told again, and nothing that is in two parts.
    let words = ["信访", "上访", "访", "投诉", "举报", "建设"]
        .iter()
        .fold(words, |words, what| words.replace(&format!("重复{what}"), ""));
    let words = without(words, ONCE, "");
    // 专职网格员48人、兼职网格员86人 are two kinds.
    let words = if words.contains("专职") { words.replace("兼职", "") } else { words };
    has_any(&words, TWICE)
}

/// What stands between the numbers of one kind in a passage, as a whole and its parts.
struct Split<'n> {
    whole: &'n Number,
    parts: Vec<&'n Number>,
}

fn split<'n>(passage: &'n Passage<'_>, whole: usize) -> Option<Split<'n>> {
    let numbers = &passage.numbers;
    let total = &numbers[whole];
    if !total.is_amount() || !total.is_exact() || total.unit.is_empty() {
        return None;
    }
    let inside = |i: usize| {
        let noun = passage.noun(i);
        has_any(&passage.label(i), INSIDE) && !passage.label(i).contains("其中")
            || has_any(&noun, &["也含", "在内"])
    };
    let others: Vec<(usize, &Number)> = (0..numbers.len())
        .filter(|i| *i != whole && numbers[*i].is_alike(total) && !inside(*i))
        .map(|i| (i, &numbers[i]))
        .collect();
    let plain = others.iter().all(|(_, n)| n.is_amount() && n.is_exact() && n.kind == total.kind);
    let largest = others.iter().all(|(_, n)| n.value < total.value);
    (plain && largest && (2..=6).contains(&others.len()))
        .then(|| Split { whole: total, parts: others.into_iter().map(|(_, n)| n).collect() })
}

/// `64人…(一人只计一岗),29人,31人,12人`: more in all than there are; and `分两块,别无他项`:
/// another sum than the whole.
pub(in crate::figure) fn find(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let Split { whole, parts } = split(passage, whole)?;
    let words = passage.words(passage.range.clone());
    let once = has_any(&words, ONCE);
    let composed = words.contains('由') && has_any(&words, &["组成", "构成"]);
    let all = composed || has_any(&words, NOTHING_ELSE) || is_only_so_many(&words);
    if !once && !all {
        return None;
    }
    if is_twofold(passage) || is_member(passage, whole, &parts) {
        return None;
    }
    let zero = Extent::exact(Decimal::ZERO);
    if some_fit(zero, &parts, whole.forgiving()) {
        return None;
    }
    let sum = parts.iter().try_fold(zero, |sum, part| sum.plus(part.rounded()))?;
    let exceeds = sum.low > whole.forgiving().high;
    let total = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let gap = total.checked_sub(whole.value)?.abs();
    let near = gap.checked_mul(Decimal::from(5))? <= whole.value.checked_mul(Decimal::TWO)?;
    if !near || !(all || once && exceeds) {
        return None;
    }
    marked(passage, whole, &parts)
}

/// Whether what might be a whole is the first part of one that is told before: 由三块构成:第一块900万元,
/// 第二块350万元,剩下的230万元.
fn is_member(passage: &Passage<'_>, whole: &Number, parts: &[&Number]) -> bool {
    const FIRST: &[&str] =
        &["第一", "一是", "一块", "一部分", "一笔", "一类", "一种", "头一", "其一", "首先"];
    let lead = passage.words(passage.range.start..whole.at.start);
    let clause = lead.rsplit(['。', ':', '：', ';', '；']).next().unwrap_or_default();
    let row: Vec<&Number> = parts.iter().copied().chain([whole]).collect();
    let told = passage.told_before(120);
    has_any(clause, FIRST) && !has_any(clause, &["共", "总", "合计"])
        || told.iter().any(|n| n.is_kin(whole) && n.value > whole.value && fits(n, &row))
}

/// `只有两块:`, `就两类`: so many and no more.
fn is_only_so_many(words: &str) -> bool {
    let chars: Vec<char> = words.chars().collect();
    ["只有", "仅有", "就", "只分", "仅分", "分为", "分成", "包括"].iter().any(|lead| {
        words.match_indices(lead).any(|(byte, _)| {
            let at = words[..byte].chars().count() + lead.chars().count();
            let Some((count, end)) = small::number_at(&chars, at) else { return false };
            let unit = chars.get(end).copied().unwrap_or(' ');
            (2..=5).contains(&count) && "块类项种段批".contains(unit)
        })
    })
}
