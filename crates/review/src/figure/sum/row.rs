//! A row of numbers in one unit right before a total.

use ::figure::{Class, Decimal};

use super::partitions::is_partition;
use crate::figure::reading::passage::{Passage, has_any};

/// Whether 三村共捐款, 总数达到, 全年共完成 stands behind a row of numbers that are told alike.
pub(in crate::figure) fn is_total_of_row(passage: &Passage<'_>, whole: usize, label: &str) -> bool {
    const TOTAL: &[&str] = &[
        "共",
        "合计",
        "总共",
        "总计",
        "总数",
        "总量",
        "合共",
        "累计",
        "加起来",
        "总额",
        "总人数",
        "加在一起",
        "总的",
        "总中标",
        "总价",
        "总值",
        "总和",
        "总投资",
        "总面积",
        "前后",
        "先后",
    ];
    const NOT: &[&str] = &[
        "其中", "共有", "全镇", "全县", "全乡", "平均", "以来", "共建", "共享", "公共", "共同",
        "历年", "共产", "共青", "增", "同比", "现有",
    ];
    let first = first_of(passage, whole);
    let respective = passage.label(first).contains("分别") || passage.label(first).contains("依次");
    let strict: &[&str] =
        if respective { &["其中", "平均", "历年", "以来", "增", "同比"] } else { NOT };
    let said = (TOTAL.iter().any(|word| label.contains(word)) || label.starts_with('总'))
        && !has_any(label, strict);
    if !said || whole - first < 2 || label.chars().count() > 12 {
        return false;
    }
    // 公办园23所、民办园17所,在园幼儿6800名,幼儿园总数42所: the pupils are no part.
    let alike = (first..whole).filter(|i| passage.numbers[*i].is_alike(&passage.numbers[whole]));
    let labels: Vec<String> = alike.clone().map(|i| passage.label(i)).collect();
    let nouns: Vec<String> = alike.map(|i| passage.noun(i)).collect();
    // 新增12项和44项,累计分别达到64项和288项 are totals of their own.
    if labels.len() < 2 || label.contains("分别") {
        return false;
    }
    let tail = |words: &String| words.chars().rev().take(2).collect::<String>();
    let alike = labels.iter().all(|l| l.chars().count() >= 3 && tail(l) == tail(&labels[0]))
        || nouns
            .iter()
            .all(|n| n.chars().count() >= 2 && n.chars().next() == nouns[0].chars().next());
    let serial = labels.iter().all(|l| l.starts_with('第') || l.contains('第'));
    // 幼儿园、小学分别为320人、860人: bare numbers in a row.
    let bare = labels[1..]
        .iter()
        .map(|l| l.trim_matches(['和', '及', '与']))
        .all(|l| l.is_empty() || l.contains("季度") || l.contains('月'))
        && has_any(&labels[0], &["分别", "依次"])
        && nouns.iter().all(|noun| noun.chars().count() <= 4);
    let plain = labels
        .iter()
        .chain(&nouns)
        .all(|l| !has_any(l, &["其中", "同比", "去年", "上年", "增长", "累计"]));
    let divided = is_partition(&labels)
        || labels.iter().all(|l| has_any(l, &["季度", "上半年", "下半年", "月"]));
    plain && (alike || serial || bare || divided)
}

/// `…至此三个片区307户`: the number right before the total that counts its members.
pub(in crate::figure) fn counted(passage: &Passage<'_>, whole: usize) -> Option<usize> {
    let at = whole.checked_sub(1)?;
    let total = &passage.numbers[whole];
    let count = usize::try_from(passage.numbers[at].value).ok()?;
    let gap = passage.gap(whole);
    let first = at.checked_sub(count)?;
    let near = passage.numbers[at].is(Class::Items)
        && (2..=8).contains(&count)
        && gap.chars().count() <= 6
        && !gap.contains(|c: char| !c.is_alphanumeric());
    let lead = passage.gap(at);
    let gap = ["合并", "合作", "综合"].iter().fold(gap, |gap, word| gap.replace(word, ""));
    let summed = has_any(&lead, &["至此", "合", "总", "共", "上述", "以上", "这"])
        || has_any(&gap, &["合", "总", "共"]);
    let kind = |index: usize| {
        let label = passage.label(index);
        !label.is_empty()
            && passage.numbers[index].is_alike(total)
            && !has_any(&label, &["同比", "其中"])
    };
    (near && summed && (first..at).all(kind)).then_some(at)
}

/// The first of the numbers in one unit that form a list right before the total.
pub(in crate::figure) fn first_of(passage: &Passage<'_>, whole: usize) -> usize {
    let total = &passage.numbers[whole];
    // 三项合计: what is counted there are the members.
    let counted = counted(passage, whole).or_else(|| {
        whole.checked_sub(1).filter(|at| {
            let gap = passage.gap(whole);
            let gap = gap.trim();
            passage.numbers[*at].unit == "项"
                && (gap.chars().count() <= 2 || gap.ends_with("合计"))
                && gap.chars().count() <= 4
        })
    });
    let mut first = counted.unwrap_or(whole);
    // 幼儿园总数达到42所: what is told between counts something else.
    if first == whole
        && whole > 2
        && !passage.numbers[whole - 1].is_alike(total)
        && has_any(&passage.label(whole), &["总数", "总量"])
        && !passage.numbers[whole - 1].is(Class::Share)
    {
        first = whole - 1;
    }
    let skipped = first;
    while let Some(at) = first.checked_sub(1) {
        let number = &passage.numbers[at];
        let gap = if first == whole || first == skipped || Some(first) == counted {
            String::new()
        } else {
            passage.gap(first)
        };
        let clauses = gap.matches([',', '，', ';', '；', ':', '：']).count();
        if !number.is_alike(total) || clauses > 1 || number.direction.is_some() || number.per {
            break;
        }
        first = at;
    }
    first
}

/// The whole that a row which ends in a number divides: 156件 for 120件 in 156件,其中来信36件、来访120件.
///
/// What follows such a row goes on about the whole before it.
pub(in crate::figure) fn whole_of(passage: &Passage<'_>, last: usize) -> Option<usize> {
    let numbers = &passage.numbers;
    let end = &numbers[last];
    let mut sum = end.value;
    for at in (0..last).rev() {
        let number = &numbers[at];
        if !number.is_alike(end) || number.kind != end.kind || number.per {
            return None;
        }
        if last - at >= 2 && number.value == sum && sum > Decimal::ZERO {
            return Some(at);
        }
        sum = sum.checked_add(number.value)?;
    }
    None
}
