//! A change beside two values of which one is told as the earlier, in whatever order they stand.

use ::figure::Class;
use prose::Direction;

use super::yearly::{is_mean, is_one_year, is_real, is_rebased, year_in};
use crate::figure::growth::{self};
use crate::figure::reading::alike::common;
use crate::figure::reading::change::change;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::finding::Mark;

/// Words of an earlier time, in the clause of a value.
pub(super) const EARLIER: &[&str] = &[
    "上年",
    "去年",
    "上一年",
    "同期",
    "前年",
    "上月",
    "上季",
    "上期",
    "基期",
    "原来",
    "原先",
    "之前",
    "前的",
    "年前",
    "往年",
    "上届",
    "以前",
    "此前",
    "改造前",
    "整治前",
    "当初",
    "最初",
    "上次",
    "上轮",
    "前一年",
    "上上年",
];

/// Words by which two values and a change are not of one kind.
const NOT: &[&str] = &[
    "环比",
    "计划",
    "目标",
    "任务",
    "预计",
    "力争",
    "增幅比",
    "降幅比",
    "分别",
    "亏",
    "生产总值",
    "增加值",
    "GDP",
    "增速比",
    "增速高于",
    "增速低于",
    "增速快于",
    "增速居",
    "增速排",
];

/// A change told in words of their own: 少发22起, 净添1460元, 多收.
pub(in crate::figure) fn told_change(passage: &Passage<'_>, index: usize) -> Option<Direction> {
    let label = passage.label(index);
    if let Some(direction) = passage.numbers[index].direction.or_else(|| change(&label)) {
        return Some(direction);
    }
    const MORE: &[&str] = &["多", "添", "增", "升", "涨", "高出", "长了"];
    const LESS: &[&str] = &["少", "减", "降", "下滑", "回落", "缩"];
    let bare = label.trim_end_matches(|c: char| "了达到为约近超过发生收出产接办开建".contains(c));
    let ends = |words: &[&str]| words.iter().any(|word| bare.ends_with(word));
    let short = label.chars().count() <= 8 && !label.ends_with(['到', '至', '为']);
    // 少用了, 多卖出
    let used = label.trim_end_matches('了').chars().count() <= 4;
    let begins = |word: &str| used && label.starts_with(word);
    let done = |way| done_more(&label).is_some_and(|(_, said)| said == way);
    let (more, less) = (begins("多") || done(Direction::Up), begins("少") || done(Direction::Down));
    match (short && ends(MORE) || more, short && ends(LESS) || less) {
        (true, false) => Some(Direction::Up),
        (false, true) => Some(Direction::Down),
        _ => None,
    }
}

/// 每亩多打了26公斤: any verb between 多 or 少 and 了, with the words before it.
pub(super) fn done_more(label: &str) -> Option<(&str, Direction)> {
    let bare = label.strip_suffix('了')?;
    let (at, more) =
        bare.char_indices().rev().skip(1).take(2).find(|(_, c)| "多少".contains(*c))?;
    Some((&label[..at], if more == '多' { Direction::Up } else { Direction::Down }))
}

/// Whether a number is what there is over a doubling told right before it: 翻了一番还多一件.
pub(super) fn is_over(passage: &Passage<'_>, index: usize) -> bool {
    let gap = passage.gap(index);
    let rest = gap.trim_start_matches('半');
    let over = !rest.is_empty() && rest.chars().all(|c| "还又再多余零少差出只了".contains(c));
    let doubled = |number: &Number| {
        number.is(Class::Multiples) || passage.words(number.at.clone()).contains(['番', '倍', '成'])
    };
    over && index.checked_sub(1).is_some_and(|before| doubled(&passage.numbers[before]))
}

/// `38起,比上年的50起少发22起`; `21840元,去年这个数是20600元,一年净添1460元`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let number = &numbers[index];
    let direction = told_change(passage, index)?;
    let own = passage.words(passage.range.start..number.at.end);
    // 一倍多 is read as 一倍.
    let half = matches!(passage.paper.chars.get(number.at.end), Some('多' | '还'));
    if has_any(&own, NOT)
        || is_rebased(passage, index)
        || is_over(passage, index)
        || half
        || is_mean(&passage.gap(index))
        || is_real(passage, index)
        || is_one_year(&passage.label(index))
        || (index.saturating_sub(2)..index).any(|of| {
            passage.label(of).contains("其中") && !passage.between(of, index).contains('。')
        })
    {
        return None;
    }
    let relative = matches!(number.class, Some(Class::Share | Class::Points | Class::Multiples));
    let level = |i: &usize| {
        let n = &numbers[*i];
        *i != index
            && n.is_exact()
            && !n.unit.is_empty()
            && n.direction.is_none()
            && !matches!(
                n.class,
                Some(
                    Class::Points
                        | Class::Multiples
                        | Class::Years
                        | Class::Days
                        | Class::Months
                        | Class::Rank
                )
            )
            && !passage.label(*i).contains("其中")
            && told_change(passage, *i).is_none()
            && !passage.label(*i).starts_with('又')
            && (relative || n.is_kin(number))
    };
    let near: Vec<usize> =
        (index.saturating_sub(5)..(index + 3).min(numbers.len())).filter(level).collect();
    let (old, new) = pair(passage, &near, index)?;
    // Any two values beside it that give the change may be the ones that are meant.
    for x in &near {
        for y in &near {
            if x != y
                && numbers[*x].is_kin(&numbers[*y])
                && growth::gives(&numbers[*x], &numbers[*y], number, direction)
            {
                return None;
            }
        }
    }
    let (before, after) = (&numbers[old], &numbers[new]);
    // 1—6月3260万千瓦时,增长7.8%;而去年全年为6125万千瓦时: a part of a year grows from its like.
    let whole = |i: usize| role::clause(passage, i).contains("全年");
    let part =
        |i: usize| has_any(&role::clause(passage, i), &["1-", "1—", "1–", "1至", "季度", "半年"]);
    // 增长3.1%(与上年一季度相比): brackets say what it is compared with.
    let behind = passage.words(number.at.end..passage.range.end);
    let bracket = behind.strip_prefix(['（', '(']).and_then(|rest| rest.split(['）', ')']).next());
    if bracket.is_some_and(|own| has_any(own, &["比", "同期"])) {
        return None;
    }
    // 累计完成 is of the same months where 同期 says so, and 累计结余 is what there is.
    let summed = own.replace("累计结余", "").replace("累计余额", "").contains("累计")
        && !role::clause(passage, old).contains("同期");
    let apart = summed || whole(old) && part(new) || whole(new) && part(old);
    if apart || before.kind != after.kind || before.value.is_zero() {
        return None;
    }
    growth::marked(passage, before, after, number)
}

/// The earlier and the later value of a change: the two of one kind told last, one of them with
/// words of an earlier time, and nothing else of their kind between.
fn pair(passage: &Passage<'_>, near: &[usize], index: usize) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let woven = woven(passage, near, index);
    let before: Vec<usize> = woven.map_or_else(|| near.to_vec(), |(a, b)| vec![a, b]);
    let before: Vec<usize> = before.iter().copied().filter(|i| *i < index).collect();
    let last = *before.last()?;
    let first =
        before.iter().rev().copied().find(|i| *i != last && numbers[*i].is_kin(&numbers[last]));
    // 完成5.1亿元,增长20%,上年为3.4亿元: the earlier one stands behind.
    let behind = near.iter().copied().find(|i| *i > index && numbers[*i].is_kin(&numbers[last]));
    let earlier =
        |i: usize| has_any(&role::clause(passage, i), EARLIER) || is_year(&passage.label(i));
    let (a, b) = match (first, behind) {
        (Some(first), _)
            if woven.is_some()
                || age(passage, first) != age(passage, last)
                || dated(passage, first, last) =>
        {
            (first, last)
        }
        (_, Some(behind))
            if earlier(behind)
                && !earlier(last)
                && !passage.label(behind).contains(['较', '比']) =>
        {
            (last, behind)
        }
        _ => return None,
    };
    // Between them and the change nothing else is told.
    let span =
        |i: &usize| matches!(numbers[*i].class, Some(Class::Years | Class::Days | Class::Months));
    let aside = |i: &usize| {
        span(i) || passage.label(*i).contains("其中") || told_change(passage, *i).is_some()
    };
    let others = (a + 1..b.max(index)).filter(|i| *i != b && *i != index && !aside(i));
    let clear = woven.is_some() || others.clone().count() == 0;
    let between = passage.words(numbers[a].at.end..numbers[b].at.start);
    let parted = between.matches(['。', ';', '；']).count() > 1;
    if !clear || parted || (woven.is_none() && !of_them(passage, a.min(b), b, index)) {
        return None;
    }
    if woven.is_some() {
        let first = passage.words(passage.range.start..numbers[a].at.start);
        return match (has_any(&first, EARLIER), has_any(&between, EARLIER)) {
            (true, false) if has_any(&between, &["今年", "本年", "当年"]) => Some((a, b)),
            (false, true) => Some((b, a)),
            _ => None,
        };
    }
    let later = match years(passage, a, b) {
        (Some(x), Some(y)) if x != y => x > y,
        _ => age(passage, b) > age(passage, a),
    };
    Some(if later { (b, a) } else { (a, b) })
}

/// The two values that a change names where others stand between them: 7起…2人;…11起…3人。
/// 事故起数下降.
fn woven(passage: &Passage<'_>, near: &[usize], index: usize) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let label = passage.label(index);
    let of = |counted: bool| -> Vec<usize> {
        let named = |i: &usize| {
            let counter = &numbers[*i].counter;
            let money = label.contains("金额") && numbers[*i].is(Class::Money);
            let own = money || (!counter.is_empty() && label.contains(&format!("{counter}数")));
            own == counted && (counted || common(&passage.label(*i), &label) >= 2)
        };
        near.iter().copied().filter(|i| *i < index).filter(named).collect()
    };
    let both = |found: &[usize]| match found {
        [a, b] if numbers[*a].is_kin(&numbers[*b]) && a + 1 < *b => Some((*a, *b)),
        _ => None,
    };
    both(&of(true)).or_else(|| both(&of(false)))
}

/// How far back the words of a value go: 前年 further than 去年.
fn age(passage: &Passage<'_>, index: usize) -> u8 {
    let words = role::clause(passage, index);
    if words.contains("前年") {
        2
    } else {
        u8::from(has_any(&words, EARLIER) || is_year(&passage.label(index)))
    }
}

/// Whether a label is 而2022年为 and no more.
fn is_year(label: &str) -> bool {
    let bare = label.trim_start_matches('而').trim_end_matches(['为', '是', '仅', '有', '只']);
    bare.strip_suffix('年')
        .is_some_and(|year| year.chars().count() == 4 && year.chars().all(|c| c.is_ascii_digit()))
}

/// Whether two values are of two years that are told in digits.
fn dated(passage: &Passage<'_>, a: usize, b: usize) -> bool {
    matches!(years(passage, a, b), (Some(x), Some(y)) if x != y)
}

/// The years told last before the first value, and between the two.
fn years(passage: &Passage<'_>, a: usize, b: usize) -> (Option<u32>, Option<u32>) {
    let numbers = &passage.numbers;
    let first = passage.words(passage.range.start..numbers[a].at.start);
    let second = passage.words(numbers[a].at.end..numbers[b].at.start);
    // 比2010年增加13480元 names the year that the first value is compared with.
    let compared = has_any(&second, &["比20", "较20", "比19", "较19"]);
    (year_in(&first), year_in(&second).filter(|_| !compared))
}

/// Whether a change is of the values beside it: its words name nothing that theirs do not.
fn of_them(passage: &Passage<'_>, a: usize, b: usize, index: usize) -> bool {
    const CHANGES: &[&str] = &[
        "同比",
        "相比",
        "比上年",
        "较上年",
        "比去年",
        "较去年",
        "上年",
        "去年",
        "今年",
        "同期",
        "增长",
        "增加",
        "上升",
        "提高",
        "提升",
        "下降",
        "减少",
        "降低",
        "增幅",
        "降幅",
        "涨幅",
        "一年",
        "净",
        "增",
        "减",
        "现价",
        "幅度",
        "达到",
        "超过",
        "整整",
        "足足",
        "又",
        "仅",
        "了",
        "达",
        "为",
        "约",
        "近",
        "高",
        "到",
        "少",
        "多",
        "添",
        "涨",
        "升",
        "降",
        "比",
        "较",
        "与",
        "是",
        "的",
        "也",
        "就",
        "共",
        "总",
        "大幅",
        "整体",
        "总体",
        "收",
        "发",
        "实现",
        "翻",
        "四年",
        "三年",
        "两年",
        "五年",
        "一番",
        "两番",
        "间",
        "增速",
        "高达",
    ];
    // 每亩多打了 is of 亩产.
    let label = passage.label(index);
    let label = done_more(&label).map_or(label.as_str(), |(of, _)| of.trim_start_matches('每'));
    let rest = CHANGES.iter().fold(label.to_owned(), |rest, word| rest.replace(word, ""));
    let lead = format!(
        "{}{}",
        passage.words(passage.range.start..passage.numbers[a].at.start),
        passage.noun(a.max(b))
    );
    let near = passage.gap(index).matches(['。', ';', '；']).count() <= 1
        && passage.gap(index).chars().count() <= 24;
    near && (rest.chars().count() <= 1 || lead.contains(&rest) || common(&rest, &lead) >= 2)
}
