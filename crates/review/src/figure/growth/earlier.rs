//! The two values of which one is told as last year's, with the change between them.

use ::figure::Class;

use super::yearly::year_in;
use crate::figure::growth::{is_level, only_changes};
use crate::figure::reading::alike::common;
use crate::figure::reading::change::{change, is_reached};
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};

/// `完成2400万元,较上年的2000万元增长20%`.
pub(super) fn compared(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let old = index.checked_sub(1)?;
    // 起数同比下降 names the counter of the two values again.
    let counter = &passage.numbers[old].counter;
    let gap = match counter.is_empty() {
        true => passage.gap(index),
        false => passage.gap(index).replace(&format!("{counter}数"), ""),
    };
    if gap.chars().count() > 6 || gap.contains(['。', ';', '；']) {
        return None;
    }
    // 较前年(6900万元): what is in brackets is named before them.
    let label = passage.label(old);
    let lead = passage.gap(old);
    let bracket = lead.strip_suffix(['(', '（']).filter(|_| label.is_empty());
    let label = match bracket {
        Some(lead) => lead.trim_start_matches([')', '）']).to_owned(),
        None => label,
    };
    let earlier =
        has_any(&label, &["上年", "去年", "同期", "年初", "前年", "上一年", "年的", "年同期"])
            && label.chars().any(|c| "较比".contains(c));
    let earlier = earlier || is_bare(&label) || is_dated(&label);
    // 比年初的指标超收2660万元 is a change and no value.
    let surplus = label.ends_with(['收', '支', '超', '出', '多', '少']);
    if !earlier || surplus || change(&label).is_some() {
        return None;
    }
    let numbers = &passage.numbers;
    // 增速为8.2%,比上年的7.6%加快0.6个百分点: beside points a rate of growth is a value.
    let rate = |i: usize| numbers[index].is(Class::Points) && numbers[i].is(Class::Share);
    let level = |i: &usize| change(&passage.label(*i)).is_none() || rate(*i);
    let new = (0..old).rev().find(|i| numbers[*i].is_alike(&numbers[old]) && level(i))?;
    (new + 1 == old).then_some((old, new))
}

/// Whether a label is 上年为, 去年同期是 and no more.
fn is_bare(label: &str) -> bool {
    const EARLIER: &[&str] =
        &["上年", "去年", "上一年", "上年同期", "去年同期", "同期", "而上年", "而去年"];
    EARLIER.iter().any(|word| {
        label.trim_start_matches('而').strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches("仅发放").trim_start_matches("公布数");
            rest.trim_start_matches("同期")
                .chars()
                .all(|c| "为是仅完成达到实现数有的只".contains(c))
        })
    })
}

/// Whether a label is 较2022年的, 比2022年底的.
fn is_dated(label: &str) -> bool {
    let Some(rest) = label.strip_prefix(['较', '比']) else { return false };
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let tail: String = rest.chars().skip(digits).collect();
    digits == 4 && tail.starts_with('年') && tail.chars().all(|c| "年底末同期的".contains(c))
}

/// `完成2.52亿元,同比增长20%,上年为2.1亿元`: the earlier value comes last.
pub(super) fn told_behind(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let (last, old) = (index.checked_sub(1)?, index + 1);
    let numbers = &passage.numbers;
    let label = passage.label(old);
    // 58批126人次,比上年下降25%（上年为72批）: of two counts the one of its unit.
    let twin = last.checked_sub(1).filter(|first| {
        passage.gap(last).is_empty()
            && numbers
                .get(old)
                .is_some_and(|n| n.is_kin(&numbers[*first]) && !n.is_kin(&numbers[last]))
    });
    let new = twin.unwrap_or(last);
    let is_bare = is_bare(&label);
    let ok = numbers.get(old)?.is_alike(&numbers[new])
        && is_bare
        && !passage.gap(old).contains(['。', ';', '；'])
        && is_level(passage, new)
        && only_changes(passage, last, index);
    ok.then_some((old, new))
}

/// `去年接待50万人次,今年接待60万人次,增长20%`.
pub(super) fn by_year(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let new = index.checked_sub(1)?;
    let old = new.checked_sub(1)?;
    let numbers = &passage.numbers;
    let earlier = has_any(&clause(passage, old), &["去年", "上年", "上一年"]);
    let later = has_any(&passage.gap(new), &["今年", "本年", "当年"]);
    let plain = [old, new].iter().all(|i| change(&passage.label(*i)).is_none());
    (earlier
        && later
        && plain
        && numbers[old].is_alike(&numbers[new])
        && is_of_them(passage, old, index))
    .then_some((old, new))
}

/// Whether a number counts those that a value in its clause is of: 去年上半年11个村集体收入412万元.
fn is_inside(passage: &Passage<'_>, index: usize) -> bool {
    let value = index + 1 < passage.numbers.len();
    let joined = |c: char| is_clause_mark(c) || c == '、';
    value && passage.numbers[index].is(Class::Items) && !passage.gap(index + 1).contains(joined)
}

/// The words before a number back to the sentence's beginning.
fn clause(passage: &Passage<'_>, index: usize) -> String {
    let gap = passage.gap(index);
    // 去年上半年11个村集体收入412万元: a number may stand inside the clause.
    if index > 0 && is_inside(passage, index - 1) {
        return format!("{}{gap}", clause(passage, index - 1));
    }
    gap.rsplit('。').next().unwrap_or_default().to_owned()
}

/// Whether a change is right behind the two values, or names what they are of.
fn is_of_them(passage: &Passage<'_>, old: usize, index: usize) -> bool {
    let gap = passage.gap(index);
    let label = passage.label(index);
    let thing = format!("{}{}", clause(passage, old), passage.noun(old));
    let rest = gap.trim_start_matches([',', '，', '。', ';', '；']);
    const CHANGES: &[&str] = &[
        "同比",
        "增长",
        "增加",
        "上升",
        "提高",
        "提升",
        "下降",
        "减少",
        "降低",
        "比上年",
        "比去年",
        "较上年",
        "较去年",
        "增幅",
        "降幅",
        "增速",
        "净增",
        "涨幅",
        "达到",
        "了",
        "达",
        "为",
        "约",
        "近",
        "超过",
        "高",
    ];
    let rest_of = CHANGES.iter().fold(label.clone(), |rest, word| rest.replace(word, ""));
    // 门票收入增长 is of another thing.
    let plain = gap.chars().count() <= 8 && rest_of.chars().count() <= 2;
    let named = gap.chars().count() <= 18
        && rest.matches([',', '，', '。', ';', '；']).count() == 0
        && common(&label, &thing) >= 2;
    plain || named
}

/// Words of an earlier time before a value.
const EARLY: &[&str] = &[
    "去年",
    "上年",
    "同期",
    "年前",
    "此前",
    "原来",
    "原先",
    "原有",
    "以前",
    "过去",
    "最初",
    "之初",
    "前年",
    "上一年",
    "改造前",
    "整治前",
    "年初",
    "刚",
    "往年",
    "上季度",
    "上月",
];
const LATE: &[&str] = &[
    "今年",
    "本年",
    "当年",
    "如今",
    "现在",
    "目前",
    "现有",
    "现已",
    "达到",
    "改造后",
    "整治后",
    "已达",
    "眼下",
    "年底",
    "年末",
    "本季度",
    "本月",
    "增至",
    "降至",
    "变成",
    "变为",
];

/// `三年前是80家,如今是120家,增加了50%`: two values of which the words tell the time.
pub(super) fn by_time(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let levels: Vec<usize> = (0..index)
        .rev()
        .filter(|i| !numbers[*i].is(Class::Years) && is_level(passage, *i))
        .take(2)
        .collect();
    let [last, first] = levels.as_slice() else { return None };
    let (last, first) = (*last, *first);
    let told = |i: usize| clause(passage, i);
    let (a, b) = (told(first), told(last));
    let early = |words: &str| has_any(words, EARLY);
    let late = |words: &str| has_any(words, LATE);
    let near = passage.between(first, last).matches([',', '，', '。', ';', '；']).count() <= 2
        && last == first + 1
        && numbers[first].is_alike(&numbers[last])
        && numbers[first].unit == numbers[last].unit
        && numbers[first].kind == numbers[last].kind
        && only_changes(passage, last, index);
    // 1至9月累计 is of the part of a year that is told.
    let told = format!("{a}{b}").replace("月累计", "");
    let same = !has_any(&told, &["其中", "累计", "计划", "目标", "任务"]);
    // 2022年…3200人,2023年…3520人
    let years = year_in(&a).zip(year_in(&b)).filter(|(a, b)| a != b);
    if let Some((x, y)) = years.filter(|_| near && same) {
        return if x < y { Some((first, last)) } else { Some((last, first)) };
    }
    match (early(&a), early(&b)) {
        (true, false) if near && same && late(&b) => Some((first, last)),
        (false, true) if near && same && is_bare(&passage.label(last)) => Some((last, first)),
        _ => None,
    }
}

/// `比去年的8000人增加了1200人,达到9000人`: the value comes last.
pub(super) fn reached_behind(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let (old, new) = (index.checked_sub(1)?, index + 1);
    let numbers = &passage.numbers;
    let label = passage.label(old);
    let earlier = has_any(&label, EARLY) && label.chars().any(|c| "较比在由从".contains(c))
        || label.rfind(['较', '比']).is_some_and(|at| is_dated(&label[at..]));
    // 2022年末有企业112家,2023年净增15家,达到137家
    let ended = has_any(&label, &["上年末", "上年底", "去年末", "去年底", "年初", "期初"])
        || ["年末", "年底"].iter().any(|end| label.contains(end) && year_in(&label).is_some());
    let next = passage.label(new);
    const REACHED: &[&str] =
        &["达到", "达", "增至", "增加到", "降至", "降到", "减少到", "增长到", "上升到"];
    let based = passage.gap(index).starts_with("的基础上") && label.contains('在');
    let summed = based && has_any(&next, &["总数", "总量", "总额", "总人数", "累计", "余额"]);
    let reached = REACHED.iter().any(|word| {
        next == *word || ((summed || next.starts_with("余额")) && next.ends_with(word))
    });
    let fits = (earlier || ended)
        && numbers.get(new)?.is_alike(&numbers[old])
        && reached
        && passage.gap(index).chars().count() <= if based || ended { 16 } else { 8 }
        && passage.gap(new).chars().count() <= 12
        && change(&label).is_none();
    fits.then_some((old, new))
}

/// `增加8万立方米,由210万立方米增至228万立方米`: the two values come behind the change.
pub(super) fn moved_behind(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let (old, new) = (index + 1, index + 2);
    let numbers = &passage.numbers;
    let fits = numbers.get(new)?.is_alike(&numbers[old])
        && matches!(
            passage.label(old).as_str(),
            "由" | "从" | "由去年的" | "从去年的" | "由上年的" | "由年初的" | "从年初的"
        )
        && is_reached(&passage.label(new))
        && passage.gap(old).chars().count() <= 6
        && passage.gap(new).chars().count() <= 8;
    fits.then_some((old, new))
}

/// The two values of one kind in a passage of which the words make one the earlier, wherever the
/// change stands: `同比增长20%;去年上半年是3.2亿千瓦时`.
pub(super) fn pair_of(passage: &Passage<'_>, index: Option<usize>) -> Option<(usize, usize)> {
    const OTHER: &[&str] = &[
        "其中",
        "累计",
        "计划",
        "目标",
        "任务",
        "预计",
        "力争",
        "平均",
        "年均",
        "前年",
        "占",
        "环比",
        "分别",
        "增速",
        "增幅比",
        "降幅比",
    ];
    let numbers = &passage.numbers;
    if has_any(&passage.words(passage.range.clone()), OTHER) {
        return None;
    }
    let level = |i: &usize| {
        let n = &numbers[*i];
        Some(*i) != index
            && n.direction.is_none()
            && !n.unit.is_empty()
            && !n.is(Class::Years)
            && !n.is(Class::Points)
            && !n.is(Class::Multiples)
            && is_level(passage, *i)
            && !is_inside(passage, *i)
    };
    // With a change in an amount the values are of its kind.
    let kind = index
        .map(|i| &numbers[i])
        .filter(|n| !n.is(Class::Share) && !n.is(Class::Points) && !n.is(Class::Multiples));
    let levels: Vec<usize> = (0..numbers.len())
        .filter(level)
        .filter(|i| kind.is_none_or(|kind| numbers[*i].is_kin(kind)))
        .collect();
    let (a, b) = match levels.as_slice() {
        [a, b] => (*a, *b),
        // 扩大到4600亩,大棚1320座,三年前面积还只有2300亩: the two of one kind that name one thing.
        more => {
            let last = *more.last().filter(|last| index.is_some_and(|i| **last < i))?;
            let mut kin =
                more[..more.len() - 1].iter().filter(|i| numbers[**i].is_kin(&numbers[last]));
            let first = *kin.next().filter(|_| kin.next().is_none())?;
            if common(&passage.label(first), &passage.label(last)) < 2 {
                return None;
            }
            (first, last)
        }
    };
    let (old, new) = (clause(passage, a), clause(passage, b));
    let alike = numbers[a].is_kin(&numbers[b])
        && numbers[a].kind == numbers[b].kind
        && numbers[a].per == numbers[b].per;
    let years = year_in(&old).zip(year_in(&new)).filter(|(a, b)| a != b);
    let (first, last) = match years {
        Some((x, y)) if x < y => (a, b),
        Some(_) => (b, a),
        None => match (has_any(&old, EARLY), has_any(&new, EARLY)) {
            (true, false) if has_any(&new, LATE) => (a, b),
            (false, true) => (b, a),
            _ => return None,
        },
    };
    // Where one is compared with the other, another rule reads it.
    let compared = [a, b].iter().any(|i| passage.label(*i).contains(['比', '较']));
    (alike && !compared).then_some((first, last))
}

/// Whether a change is of the values of its passage: nothing else is named before it.
pub(super) fn free(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let label = passage.label(index);
    let words = [
        "同比", "上年", "去年", "比", "较", "增长", "增加", "上升", "提高", "提升", "下降", "减少",
        "降低", "了", "达", "为", "约", "近", "超过", "多", "少", "涨", "幅", "扩大", "净", "一年",
        "时间", "总量", "总数", "整体", "实现", "翻了", "翻", "数量", "由此", "因此", "今年",
    ];
    let rest = words.iter().fold(label, |rest, word| rest.replace(word, ""));
    // What is new is not yet what there is more of.
    let amount = !matches!(
        passage.numbers[index].class,
        Some(Class::Share | Class::Points | Class::Multiples)
    );
    if amount && passage.label(index).contains('新') {
        return None;
    }
    let (old, new) = pair_of(passage, Some(index))?;
    // 1979年6256万平方米,比上年增长66%。1980年7371万平方米: the change is of the earlier one.
    let of_earlier = old < index && index < new;
    if of_earlier && has_any(&passage.label(index), &["上年", "去年", "同比"]) {
        return None;
    }
    let lead = passage.words(passage.range.start..passage.numbers[old.max(new)].at.start);
    let others = passage.numbers.iter().enumerate().filter(|(i, _)| {
        *i != index
            && (change(&passage.label(*i)).is_some() || passage.numbers[*i].direction.is_some())
    });
    (others.count() == 0 && (rest.chars().count() <= 1 || lead.contains(&rest)))
        .then_some((old, new))
}
