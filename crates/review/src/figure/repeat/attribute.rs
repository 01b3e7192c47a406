//! A thing named again with its size, and all of what a place has counted again.

use ::figure::Decimal;

use super::echo::{before, mark, plain};
use crate::figure::reading::alike::shared;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::Passage;
use crate::finding::Mark;

/// What a work is measured by.
pub(super) const SIZES: &[&str] = &[
    "总投资",
    "投资",
    "占地面积",
    "占地",
    "建筑面积",
    "总面积",
    "总长",
    "全长",
    "年产值",
    "年产",
    "总规模",
    "装机容量",
    "库容",
];

/// Words that take up a thing told before.
const THIS: &[&str] =
    &["这个", "这座", "这项", "这条", "这处", "这家", "这所", "该", "上述", "这一", "这片"];

fn differ(a: &Number, b: &Number) -> bool {
    let near = |a: Decimal, b: Decimal| a.checked_mul(Decimal::TWO).is_some_and(|twice| twice >= b);
    !a.forgiving().meets(b.forgiving()) && near(a.value, b.value) && near(b.value, a.value)
}

/// `总投资1.8亿元的物流园开工;6月,这个总投资1.6亿元的物流园封顶`.
pub(super) fn sized(passages: &[Passage<'_>], at: usize, index: usize) -> Option<Mark> {
    let passage = &passages[at];
    let number = &passage.numbers[index];
    let label = passage.label(index);
    let size = *SIZES.iter().find(|size| label.ends_with(*size))?;
    let lead = label.strip_suffix(size)?;
    let noun = passage.noun(index);
    let line = before(passages, at);
    let last = line.len().checked_sub(1)?;
    // 全长4.3公里的加固塘段 is named as the work told before it, 该工程总投资 takes it up.
    let this = THIS.iter().any(|word| lead.starts_with(word));
    let thing = match noun.strip_prefix('的') {
        Some(thing) => thing,
        None if this => lead,
        None => return None,
    };
    let begun: String = thing.chars().take(2).collect();
    let named = last > 0
        && begun.chars().count() == 2
        && line[..last].iter().any(|p| {
            (0..p.numbers.len()).any(|i| p.label(i).ends_with(size) && p.label(i).contains(&begun))
        });
    if !(this || named || THIS.iter().any(|word| lead.ends_with(word))) || !plain(number) {
        return None;
    }
    let told = line.iter().enumerate().flat_map(|(k, earlier)| {
        let end = if k == last { index } else { earlier.numbers.len() };
        (0..end).map(move |other| (earlier, other))
    });
    let alike: Vec<_> = told
        .filter(|(earlier, other)| {
            let first = &earlier.numbers[*other];
            first.is_kin(number)
                && plain(first)
                && earlier.label(*other).ends_with(size)
                && shared(&format!("{}{}", earlier.label(*other), earlier.noun(*other)), thing)
                    .chars()
                    .count()
                    >= 2
        })
        .map(|(earlier, other)| &earlier.numbers[other])
        .collect();
    let [first] = alike.as_slice() else { return None };
    differ(first, number).then(|| mark(passage, first, number))
}

/// `乡辖14个行政村。今年,全乡十六个行政村的党群服务中心全部完成改扩建`.
pub(super) fn all_again(passages: &[Passage<'_>], at: usize, index: usize) -> Option<Mark> {
    const ALL: &[&str] = &["全镇", "全乡", "全县", "全区", "全市", "全村", "全街道", "辖区"];
    const HAS: &[&str] = &["辖", "现有", "共有", "有", "管辖", "设有"];
    const WHOLE: &[&str] = &["的", "全部", "均", "都", "全面", "已全部", "实现", "全"];
    let passage = &passages[at];
    let number = &passage.numbers[index];
    if !plain(number) || !ALL.iter().any(|word| passage.label(index).ends_with(word)) {
        return None;
    }
    let noun = passage.noun(index);
    let line = before(passages, at);
    let (_, told) = line.split_last()?;
    let mut alike = told.iter().flat_map(|earlier| {
        let noun = &noun;
        (0..earlier.numbers.len()).filter_map(move |other| {
            let first = &earlier.numbers[other];
            let name = earlier.noun(other);
            let rest = noun.strip_prefix(name.as_str())?;
            let label = earlier.label(other);
            let fits = first.is_kin(number)
                && plain(first)
                && name.chars().count() >= 2
                && (label.is_empty() || HAS.iter().any(|word| label.ends_with(word)))
                && (rest.is_empty() || WHOLE.iter().any(|word| rest.starts_with(word)));
            fits.then_some(first)
        })
    });
    let first = alike.next()?;
    (alike.next().is_none() && differ(first, number)).then(|| mark(passage, first, number))
}
