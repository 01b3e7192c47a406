//! What is said to be beyond a target, or short of it, beside what was done.

use ::figure::Class;
use prose::Kind;

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

const OVER: &[&str] = &["超过", "超出", "高于", "突破"];
const SHORT: &[&str] = &["低于", "未达到", "未达", "没有达到", "尚未达到", "少于"];
const TARGET: &[&str] = &["计划", "目标", "任务", "预算", "指标", "控制数"];
const DONE: &[&str] = &["完成", "实现", "达", "累计", "共", "征收", "投入"];

const DENIED: &[&str] = &["未超", "未突破", "没有超", "没有突破", "没超", "没突破", "不超"];

/// `能耗下降2.1%,完成下降2.5%的目标`: a change that is said to reach one that is larger.
pub(super) fn fallen_short(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let (done, mark) = (&passage.numbers[index.checked_sub(1)?], &passage.numbers[index]);
    let label = passage.label(index);
    let noun = passage.noun(index);
    let reached = ["完成", "实现", "达到", "超额完成"].iter().any(|word| label.starts_with(word));
    let fits = reached
        && done.is(Class::Share)
        && mark.is(Class::Share)
        && done.direction.is_some()
        && done.direction == mark.direction
        && done.is_exact()
        && passage.gap(index).matches([',', '，']).count() == 1
        && noun.starts_with('的')
        && has_any(&noun, TARGET);
    (fits && done.forgiving().high < mark.value).then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let message = format!("{}少于目标{},没有完成;请核对", told(done), told(mark));
        done.mark(passage.paper, message, &[mark])
    })
}

/// Whether a number counts or measures something, or is the share that something has.
fn is_plain(number: &Number) -> bool {
    number.is_amount() || number.is(Class::Share) && number.direction.is_none() && !number.per
}

/// `完成投资8700万元,超过年度计划投资9200万元的目标`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let mark = &passage.numbers[index];
    let label = passage.label(index);
    let is_target = has_any(&label, TARGET) || has_any(&passage.noun(index), TARGET);
    let way = |words: &[&str]| words.iter().filter_map(|word| label.rfind(word)).max();
    let (over, short) = (way(OVER), way(SHORT));
    // 超过上年同期8700万元的目标 tells of another year.
    let is_other = has_any(&label, &["上年", "去年", "同期", "进度", "增"]);
    if !is_target || is_other || !is_plain(mark) || over.is_some() == short.is_some() {
        return None;
    }
    let done = (0..index).rev().find(|i| passage.numbers[*i].is_kin(mark))?;
    let told = passage.label(done);
    let value = &passage.numbers[done];
    // 耕地保有量21.36万亩,高于21.8万亩的保护任务: right before it no verb is needed.
    // 低于预算0.15亿元 tells how far below.
    let level = mark.value.checked_add(mark.value).is_some_and(|twice| twice > value.value);
    let named = (level || has_any(&passage.noun(index), TARGET)) && done + 1 == index;
    let beside = named
        && passage.gap(index).matches([',', '，']).count() == 1
        && !passage.gap(index).contains(['。', ';', '；', '、']);
    let is_done =
        (has_any(&told, DONE) || beside) && !has_any(&told, TARGET) && value.kind == Kind::Fact;
    if !is_done || !is_plain(value) || !mark.is_amount() && !beside || value.per || mark.per {
        return None;
    }
    let (low, high) = (value.rounded_beside(mark), mark.rounded_beside(value));
    let denied = over.is_some() && DENIED.iter().any(|word| label.contains(word));
    let is_wrong = match over {
        Some(_) if denied => low.low > high.high,
        Some(_) => low.high < high.low,
        None => low.low > high.high,
    };
    let paper = passage.paper;
    is_wrong.then(|| {
        let (one, two) = (paper.words(value.at.clone()), paper.words(mark.at.clone()));
        let is = match (denied, over.is_some()) {
            (true, _) => "超过了",
            (_, true) => "并不超过",
            _ => "并不低于",
        };
        mark.mark(paper, format!("{one}{is}{two};请核对完成数和目标"), &[value])
    })
}
