//! Parts of which the words say that nothing is in two, more in all than there are: 共463户,集中供水391户,分散
//! 供水98户,两种方式没有重合.

use ::figure::Decimal;

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words that say so.
const APART: &[&str] = &[
    "没有重合",
    "无重合",
    "不重合",
    "没有重叠",
    "互不重叠",
    "不重叠",
    "没有重复",
    "互不重复",
    "没有交叉",
    "互不交叉",
    "不存在重复",
    "不存在交叉",
];
/// Words of numbers that are no parts.
const NO_PART: &[&str] = &["新增", "去年", "上年", "比", "较", "均", "每", "累计"];

/// Marks the whole that its parts exceed.
pub(super) fn find(passage: &Passage<'_>, whole: usize) -> Option<Mark> {
    let all = &passage.numbers[whole];
    let behind = passage.words(all.at.end..passage.range.end);
    let kin: Vec<usize> = (0..passage.numbers.len())
        .filter(|i| *i >= whole && passage.numbers[*i].is_kin(all))
        .collect();
    let plain = |n: &Number| n.is_amount() && n.is_exact() && !n.unit.is_empty();
    let [_, parts @ ..] = kin.as_slice() else { return None };
    let told = parts.iter().map(|i| &passage.numbers[*i]);
    let fits = has_any(&behind, APART)
        && parts.len() == 2
        && plain(all)
        && told.clone().all(|n| plain(n) && n.value < all.value)
        && parts.iter().all(|i| !has_any(&passage.gap(*i), NO_PART));
    let sum = told.clone().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    (fits && sum > all.forgiving().high).then(|| {
        let also: Vec<&Number> = told.collect();
        let words: Vec<String> = also.iter().map(|n| passage.words(n.at.clone())).collect();
        let message = format!(
            "{}={},多于{},而文中说没有重合;请核对",
            words.join("+"),
            all.told(passage.paper, sum),
            passage.words(all.at.clone())
        );
        all.mark(passage.paper, message, &also)
    })
}
