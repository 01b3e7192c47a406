//! A share of what its own words name: 派发工单1204张,…,投诉36张,投诉占工单总量的0.3%. The name of the whole
//! stands in the words of one number alone, so that nothing between has to be read.

use ::figure::Class;

use super::{differing, usable};
use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words of a whole that say nothing of what it is.
const ALL: &[&str] = &[
    "总数",
    "总量",
    "总额",
    "总人数",
    "总户数",
    "总面积",
    "总里程",
    "总产量",
    "人数",
    "户数",
    "数量",
    "面积",
    "全部",
    "全镇",
    "全县",
    "全乡",
    "全村",
    "全区",
    "全市",
    "全省",
    "总",
    "所有",
    "被",
];
/// Words by which the whole or the part is of another time, or of a plan.
const OTHER: &[&str] = &[
    "同比",
    "上年",
    "去年",
    "同期",
    "任务",
    "计划",
    "目标",
    "预算",
    "较",
    "比上",
    "比例不",
    "生产总值",
    "累计",
    "剔除",
    "扣除",
    "口径",
    "新增",
];
/// Words by which a share is of several or of what is not told.
const SUMMED: &[&str] = &["合计", "两项", "三项", "两者", "共占", "合占", "分别"];

/// Marks a share of a named whole that the amount before it does not have in it.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let share = &numbers[index];
    let label = passage.label(index);
    let (subject, of) = label.split_once('占')?;
    let of = of.strip_suffix("的近").or_else(|| of.strip_suffix('的'))?;
    let core: Vec<char> =
        ALL.iter().fold(of.to_owned(), |rest, word| rest.replace(word, "")).chars().collect();
    let part = (0..index).rev().find(|i| usable(&numbers[*i]))?;
    let own = &numbers[part];
    if core.len() < 2 || !share.is(Class::Share) || has_any(&label, SUMMED) || index - part > 2 {
        return None;
    }
    // 156个建制村已设立服务点149个: what leads on to the next number is that one's name.
    let told = |i: usize| {
        let noun = passage.noun(i);
        let own = if noun == passage.gap(i + 1).trim() { String::new() } else { noun };
        format!("{}{own}", passage.label(i))
    };
    let is_whole = |i: &usize| {
        let number = &numbers[*i];
        usable(number) && number.is_kin(own) && number.value != own.value && names(&core, &told(*i))
    };
    let wholes: Vec<usize> = (0..part).filter(is_whole).collect();
    let [whole] = wholes.as_slice() else { return None };
    let all = &numbers[*whole];
    let subject = subject.trim_start_matches(['约', '仅', '只', '就', '已']);
    let named = subject.is_empty() || common(subject, &passage.around(part)) >= 2;
    // Over a full stop the share has to name its part too, and all that is told are the two.
    let sure = named && !subject.is_empty() && part + 1 == index && *whole + 1 == part;
    let words = passage.words(all.at.end..share.at.start);
    let lead = format!("{}{words}", passage.label(*whole));
    let sentence = passage.between(part, index);
    let fits = own.value < all.value
        && own.kind == all.kind
        && [own, all].iter().all(|n| n.is_exact())
        && named
        && (!sentence.contains(['。', ';', '；', '\n']) || sure && !sentence.contains('\n'))
        && sentence.matches([',', '，']).count() <= 2
        && !has_any(&lead, OTHER)
        && is_alone(passage, part, all);
    fits.then(|| differing(passage, index, (part, *whole)))?
}

/// Whether all characters of a name stand in some words, in their order.
fn names(core: &[char], words: &str) -> bool {
    let mut chars = words.chars();
    core.iter().all(|c| chars.any(|own| own == *c))
}

/// Whether a part stands in no row with others before it: 甲3个、乙5个,占全部的.
fn is_alone(passage: &Passage<'_>, part: usize, whole: &Number) -> bool {
    let before = part.checked_sub(1).map(|i| &passage.numbers[i]);
    let row = before.is_some_and(|n| n.is_kin(whole) && n.value != whole.value);
    !(row && passage.gap(part).starts_with('、') && passage.label(part).is_empty())
}
