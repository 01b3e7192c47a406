//! What was to be beside what became of it: due and present, planned and finished, expected and
//! real, where the words behind say how the two compare.

use ::figure::{Class, Decimal};
use prose::Direction;

use super::trend_words::direction_at;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::figure::stock::rest::CHANGED;
use crate::figure::stock::target::is_of_schedule;
use crate::finding::Mark;

fn is_exact(numbers: &[&Number]) -> bool {
    numbers.iter().all(|n| n.is_exact() && !n.per)
}

/// `应到代表65名,请假4名,实到代表68名`.
pub(in crate::figure) fn attended(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const DUE: &[&str] = &["应到", "应参会", "应出席", "应参加", "应参训"];
    const PRESENT: &[&str] = &["实到", "实际到会", "实际参会", "实际出席", "实际参加", "实际参训"];
    let present = &passage.numbers[index];
    if !has_any(&passage.label(index), PRESENT) {
        return None;
    }
    let at = (0..index)
        .rev()
        .find(|i| has_any(&passage.label(*i), DUE) && passage.numbers[*i].is_kin(present))?;
    let due = &passage.numbers[at];
    if !is_exact(&[due, present]) || present.value <= due.value {
        return None;
    }
    let words = |n: &Number| passage.words(n.at.clone());
    let message = format!("应到{},实到{},多于应到;请核对", words(due), words(present));
    Some(present.mark(passage.paper, message, &[due]))
}

const TASK: &[&str] = &["任务", "目标", "计划", "指标", "预期"];

/// `计划改造8个,完工5个、在建3个,提前全面完成了年度任务`: some are still being built.
pub(in crate::figure) fn unfinished(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const FINISHED: &[&str] = &["完工", "建成", "竣工", "完成", "交付", "投用"];
    const RUNNING: &[&str] = &["在建", "正在", "未", "剩", "还有", "尚"];
    const DONE: &[&str] =
        &["全面完成", "全部完成", "提前完成", "圆满完成", "超额完成", "如期完成", "已完成全年"];
    let (first, second) = (index.checked_sub(2)?, index - 1);
    let numbers = &passage.numbers;
    let [plan, done, rest] = [&numbers[first], &numbers[second], &numbers[index]];
    let end = numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail: String = passage.words(rest.at.end..end).chars().take(20).collect();
    // 还有1.5万株未栽,圆满完成: a word of the rest may stand before the comma.
    let behind = tail.split_once([',', '，']).filter(|(rest, _)| rest.chars().count() <= 6);
    let behind = behind.map_or(tail.as_str(), |(_, behind)| behind).trim_start_matches("已");
    let behind =
        behind.strip_prefix("提前").filter(|rest| rest.starts_with('全')).unwrap_or(behind);
    // 完成年度投资任务 is of another task than that of the numbers.
    let task = DONE.iter().find_map(|word| behind.strip_prefix(word)).unwrap_or_default();
    let task = TASK.iter().filter_map(|word| task.find(word)).min().map_or(task, |at| &task[..at]);
    let task = ["了", "年度", "全年", "今年", "年初", "既定"]
        .iter()
        .fold(task.to_owned(), |task, word| task.replace(word, ""));
    let fits = plan.is_kin(done)
        && plan.is_kin(rest)
        && passage.gap(first).contains(&task)
        && is_exact(&[plan, done, rest])
        && has_any(&passage.gap(first), TASK)
        && (has_any(&passage.label(second), FINISHED) || passage.label(second).starts_with('已'))
        && RUNNING.iter().any(|word| passage.label(index).starts_with(word))
        && done.value < plan.value
        && DONE.iter().any(|word| behind.starts_with(word))
        && has_any(&tail, TASK)
        && !tail.contains('%');
    fits.then(|| {
        let words = |n: &Number| passage.words(n.at.clone());
        let message = format!("计划{},完成的是{},还没有全部完成;请核对", words(plan), words(done));
        done.mark(passage.paper, message, &[plan, rest])
    })
}

/// `预期增长8%,实际增长6.4%,高出预期目标1.6个百分点`.
pub(in crate::figure) fn against_plan(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const OVER: &[&str] = &["高出", "高于", "超出", "超过", "超", "多于", "快于"];
    const UNDER: &[&str] = &["低于", "少于", "差", "落后", "慢于", "欠"];
    const REAL: &[&str] = &["实际", "完成", "实现", "达到"];
    let numbers = &passage.numbers;
    let (first, second) = compared(passage, index)?;
    let [plan, real, gap] = [&numbers[first], &numbers[second], &numbers[index]];
    let label = passage.label(index);
    let label = label.strip_prefix('比').unwrap_or(&label);
    let begins = |words: &[&str]| words.iter().any(|word| label.starts_with(word));
    let (over, under) = (begins(OVER), begins(UNDER));
    let kin = plan.is_kin(real) && plan.direction == real.direction;
    // 6.5%左右的预期目标 is held by its own value where the distance is right.
    let apart = plan.value.checked_sub(real.value)?.abs();
    let same = plan.is_exact() && first + 1 == second || apart == gap.value;
    let fits = kin
        && same
        && over != under
        && is_exact(&[real])
        && !plan.per
        && has_any(label, TASK)
        && has_any(&passage.around(first), TASK)
        && has_any(&passage.label(second), REAL)
        && !has_any(&passage.label(second), TASK)
        && passage.between(first, second).matches([',', '，', '。', ';', '；']).count() <= 5;
    let wrong = if over { real.value < plan.value } else { real.value > plan.value };
    (fits && wrong).then(|| {
        let words = |n: &Number| passage.words(n.at.clone());
        let is = if over { "低于" } else { "高于" };
        let message = format!("{}{is}目标{},与文字所说相反;请核对", words(real), words(plan));
        real.mark(passage.paper, message, &[plan, gap])
    })
}

/// The two numbers told last that a distance may be between: what was to be, and what became of it.
fn compared(passage: &Passage<'_>, index: usize) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let gap = &numbers[index];
    let measured = |n: &Number| gap.is_kin(n) || (gap.is(Class::Points) && n.is(Class::Share));
    let second = (0..index).rev().find(|i| measured(&numbers[*i]))?;
    let target = |i: &usize| {
        let own = passage.around(*i);
        numbers[*i].is_alike(&numbers[second]) && (has_any(&own, TASK) || *i + 1 == second)
    };
    let first = (0..second).rev().find(target)?;
    Some((first, second))
}

/// `任务8.5亿元,入库7.9亿元,超收6000万元`: the distance is right and its side is wrong.
pub(in crate::figure) fn other_side(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const OVER: &[&str] = &["超", "多", "高出", "高于", "富余"];
    const UNDER: &[&str] =
        &["还差", "尚差", "相差", "短", "欠", "少", "缺", "空额", "低于", "不足"];
    let numbers = &passage.numbers;
    let (first, second) = compared(passage, index)?;
    let [plan, real, gap] = [&numbers[first], &numbers[second], &numbers[index]];
    let label = passage.label(index);
    let (over, under) = (has_any(&label, OVER), has_any(&label, UNDER));
    let between = passage.words(plan.at.start..gap.at.start);
    let fits = over != under
        && plan.is_alike(real)
        && !is_of_schedule(passage, index)
        // 计划为22名,比上年的21名多1名 is held against another year.
        && !passage.label(second).starts_with(['比', '较'])
        && !has_any(&label, &["不低于", "不少于", "不超"])
        && passage.between(second, index).matches([',', '，', '。', ';', '；']).count() <= 2
        && real.is_exact()
        && !real.per
        && plan.direction == real.direction
        && (role::is_target(passage, first) || has_any(&passage.around(first), &["要搞", "考核"]))
        && !role::is_target(passage, second)
        && between.matches([',', '，', '。', ';', '；']).count() <= 5
        && !has_any(&between, &["其中", "上年", "去年", "同比", "同期", "控制", "不超过", "以内"])
        && !has_any(&passage.words(passage.range.clone()), CHANGED);
    let apart = plan.value.checked_sub(real.value)?;
    let wrong = if over { apart > Decimal::ZERO } else { apart < Decimal::ZERO };
    let same = match gap.is(Class::Points) {
        true => gap.forgiving().low <= apart.abs() && apart.abs() <= gap.forgiving().high,
        false => plan.rounded_beside(real).minus(real.rounded_beside(plan)).is_some_and(|exact| {
            exact.meets(gap.forgiving())
                || Extent::new(-exact.high, -exact.low).meets(gap.forgiving())
        }),
    };
    (fits && wrong && same).then(|| {
        let words = |n: &Number| passage.words(n.at.clone());
        let is = if over { "少于" } else { "多于" };
        let message = format!("{}{is}{},与文字所说相反;请核对", words(real), words(plan));
        real.mark(passage.paper, message, &[plan, gap])
    })
}

/// `年初是12.6亿元,9月末为11.9亿元,较年初有所增加`.
pub(in crate::figure) fn since_opening(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let (old, new) = (&numbers[index - 1], &numbers[index]);
    let (before, label) = (passage.label(index - 1), passage.label(index));
    let end = numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(new.at.end..end);
    let behind = tail.trim_start_matches([',', '，']);
    let behind = behind.strip_prefix("较年初").or_else(|| behind.strip_prefix("比年初"))?;
    let said = direction_at(behind).filter(|_| !behind.contains('的'))?;
    let fits = old.is_kin(new)
        && old.kind == new.kind
        && is_exact(&[old, new])
        && [old, new].iter().all(|n| n.direction.is_none() && !n.is(Class::Rank))
        && before.contains("年初")
        && !before.contains(['比', '较'])
        && !label.contains("年初")
        && (label.contains('末') || label.contains('底') || label.contains("目前"))
        && passage.gap(index).matches([',', '，', '。', ';', '；']).count() == 1;
    let wrong = match said {
        Direction::Up => new.value < old.value,
        Direction::Down => new.value > old.value,
    };
    (fits && wrong).then(|| {
        let words = |n: &Number| passage.words(n.at.clone());
        let is = if said == Direction::Up { "减少" } else { "增加" };
        let message = format!("由{}到{}是{is},与文字所说相反;请核对", words(old), words(new));
        new.mark(passage.paper, message, &[old])
    })
}
