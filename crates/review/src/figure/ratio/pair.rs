//! The two numbers that a share is said to be of.

use ::figure::Class;

use super::portion::share_of;
use super::rates::{RATES, WHOLE};
use super::spelt::told_of_both;
use super::{is_dated, joined, portion, quotient, told_share, usable, vital};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};

/// The two numbers that the share is said to be of.
pub(super) fn pair(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let gap = passage.gap(index);
    let label = told_share(passage, index);
    // 用上自来水的2115户,普及率提高到94.5%: right behind its part this is a level.
    let beside = gap.matches([',', '，']).count() == 1
        && !gap.contains(['。', ';', '；'])
        && !has_any(&gap, &["年", "月", "底", "末", "以来"])
        && index.checked_sub(1).is_some_and(|part| {
            let own = passage.label(part);
            own.ends_with(['的', '有']) || has_any(&own, &["其中", "已", "实"])
        });
    let label = ["提高到", "提高至", "提升到", "提升至"]
        .iter()
        .filter(|_| beside)
        .fold(label, |label, word| label.replace(word, "达到"));
    if has_any(&label, &["增长", "同比", "提高", "下降", "高于", "低于", "较", "平均", "每"])
    {
        return None;
    }
    of_named_whole(passage, index, &gap)
        .or_else(|| of_whole_before(passage, index, &label))
        .or_else(|| vital::pair(passage, index, &label))
        .or_else(|| rate(passage, index, &label))
        .or_else(|| of_task(passage, index, &label))
        .or_else(|| told_of_both(passage, index, &label))
        .or_else(|| quotient::pair(passage, index, &label, usable))
        .or_else(|| joined::pair(passage, index, usable))
        .or_else(|| portion::restated(passage, index, &label, usable))
        .or_else(|| portion::told_ahead(passage, index, &label, usable))
}

/// The nearest number before a position that can be compared with `like`.
fn nearest(passage: &Passage<'_>, before: usize, like: Option<&Number>) -> Option<usize> {
    (0..before).rev().find(|i| {
        let number = &passage.numbers[*i];
        usable(number) && like.is_none_or(|like| number.is_alike(like))
    })
}

/// `到位120万元,占计划总投资200万元的60%`.
fn of_named_whole(passage: &Passage<'_>, index: usize, gap: &str) -> Option<(usize, usize)> {
    let whole = index.checked_sub(1)?;
    let direct =
        gap.trim_start_matches(|c: char| !"的(（,，".contains(c)).trim_start_matches(['(', '（']);
    let lead = passage.label(whole);
    if !direct.starts_with('的') || direct.chars().count() > 3 || !lead.contains('占') {
        return None;
    }
    if !usable(&passage.numbers[whole]) {
        return None;
    }
    let part = nearest(passage, whole, Some(&passage.numbers[whole]))?;
    Some((part, whole))
}

/// `共640人,其中外出320人,占50%`.
fn of_whole_before(passage: &Passage<'_>, index: usize, label: &str) -> Option<(usize, usize)> {
    let named = share_of(label)?;
    let mut part = nearest(passage, index, None)?;
    // 9个村收入过了20万元,占到60%: the size that some have is none of what is shared.
    let size = passage.label(part);
    let size = size.trim_end_matches('了');
    if ["过", "超", "超过", "突破", "高于", "低于", "达", "达到", "不足", "在"]
        .iter()
        .any(|word| size.ends_with(word))
    {
        let before = part.checked_sub(1).filter(|i| usable(&passage.numbers[*i]));
        part = before
            .filter(|i| !passage.numbers[*i].is_alike(&passage.numbers[part]))
            .unwrap_or(part);
    }
    if part + 1 != index && passage.numbers[part + 1..index].iter().any(|n| !usable(n) || !n.per) {
        let between = &passage.numbers[part + 1..index];
        if between.iter().any(|n| n.is(Class::Share)) {
            return None;
        }
    }
    let like = &passage.numbers[part];
    let joined = |whole: usize| {
        passage.between(whole, part).contains("其中")
            || has_any(&passage.between(whole, part), INSIDE)
    };
    let wholes: Vec<usize> = (0..part)
        .filter(|i| usable(&passage.numbers[*i]) && passage.numbers[*i].is_alike(like))
        .collect();
    let whole = match named.as_str() {
        "" => wholes.iter().copied().find(|whole| joined(*whole))?,
        name => wholes.iter().copied().rev().find(|whole| passage.around(*whole).contains(name))?,
    };
    // Several wholes before 其中 leave open which is meant; any that fits has been tried.
    (passage.numbers[whole].rounded().high >= like.rounded().low).then_some((part, whole))
}

/// Words by which a number is inside of the one before it.
const INSIDE: &[&str] =
    &["中,", "中有", "中已有", "当中", "里头", "里面", "之中", "里,", "里，", "里有", "里已有"];

/// `应参保12000人,实际参保11400人,参保率95%`.
fn rate(passage: &Passage<'_>, index: usize, label: &str) -> Option<(usize, usize)> {
    let name = label.trim_end_matches(|c: char| "达到为约是仅至已刚超近逾好".contains(c));
    let known = RATES.iter().find(|(rate, _)| name.ends_with(rate)).map(|(_, words)| *words);
    // Of any other rate the part has its name: 采纳率 goes with 采纳61条.
    let stem: String = name
        .strip_suffix('率')
        .map(|stem| stem.chars().skip(stem.chars().count().saturating_sub(2)).collect())
        .unwrap_or_default();
    let stem = [stem.as_str()];
    let words = known.or_else(|| (stem[0].chars().count() == 2).then_some(stem.as_slice()))?;
    let part = nearest(passage, index, None)?;
    let whole = nearest(passage, part, Some(&passage.numbers[part]))?;
    let numerator = passage.around(part);
    let denominator = passage.around(whole);
    // Both stand right before the rate; what is in between would be of something else.
    let apart = (whole + 1..index).any(|i| {
        i != part
            && usable(&passage.numbers[i])
            && passage.numbers[i].is_alike(&passage.numbers[part])
    });
    let far = passage.between(part, index).chars().count() > 14;
    let due = denominator.contains('应') && numerator.contains('实');
    let spelt = stem[0].chars().count() == 2 && stem[0].chars().all(|c| numerator.contains(c));
    // 不合格9批次 goes with 不合格率.
    let denied = has_any(&numerator, &["应", "未", "不"]) && !name.contains(['未', '不']);
    let named = (has_any(&numerator, words) || spelt || due) && !denied;
    let counted = ["已", "实", "其中", "现"].iter().any(|word| numerator.starts_with(word));
    let own = timeless(&numerator);
    let beside = part == whole + 1
        && (words.iter().any(|word| own.starts_with(word)) || name.strip_suffix('率') == Some(own));
    let whole_named = has_any(&denominator, WHOLE)
        || counted
        || beside
        || passage.between(whole, part).contains("其中");
    let open = passage.between(whole, part).contains([';', '；']);
    // 按时办结率 is of fewer than are closed.
    let narrower = has_any(name, &["按时", "按期", "及时", "法定", "一次", "当年", "首次"]);
    let smaller = passage.numbers[part].rounded().low <= passage.numbers[whole].rounded().high;
    (!apart
        && !far
        && named
        && smaller
        && !narrower
        && whole_named
        && !open
        && passage.numbers[whole].kind == passage.numbers[part].kind)
        .then_some((part, whole))
}

/// The words without the time that they begin with: 竣工 for 年内竣工.
fn timeless(words: &str) -> &str {
    const TIMES: &[&str] = &["今年", "年内", "当年", "全年", "目前", "累计", "共", "已"];
    TIMES.iter().fold(words, |words, time| words.strip_prefix(time).unwrap_or(words))
}

/// `年度任务1000亩,已完成850亩,完成任务的85%`.
fn of_task(passage: &Passage<'_>, index: usize, label: &str) -> Option<(usize, usize)> {
    const TASK: &[&str] = &["任务", "目标", "计划", "指标", "预算", "应"];
    let said = has_any(label, &["完成", "占"])
        && has_any(label, &["任务", "目标", "计划", "预算", "总数", "总任务"]);
    if !said || has_any(label, &["序时", "季度", "时间"]) {
        return None;
    }
    let yearly = |words: &str| {
        has_any(words, &["年度", "全年", "今年", "本年", "当年", "年初"]) || is_dated(words)
    };
    let last = nearest(passage, index, None)?;
    let first = nearest(passage, last, Some(&passage.numbers[last]))?;
    let planned = (0..last).rev().find(|i| {
        let number = &passage.numbers[*i];
        usable(number)
            && number.is_alike(&passage.numbers[last])
            && has_any(&passage.around(*i), TASK)
    });
    let (part, whole) = match planned {
        Some(planned) => (last, planned),
        None => (first, last),
    };
    let fits = has_any(&passage.around(whole), TASK) && !has_any(&passage.around(part), TASK);
    (fits && (!yearly(label) || yearly(&passage.gap(whole)))).then_some((part, whole))
}
