//! What is said to be beyond a target, or short of it, beside what was done.

use prose::Kind;

use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

const OVER: &[&str] = &["超过", "超出", "高于", "突破"];
const SHORT: &[&str] = &["低于", "未达到", "未达", "没有达到", "尚未达到", "少于"];
const TARGET: &[&str] = &["计划", "目标", "任务", "预算", "指标"];
const DONE: &[&str] = &["完成", "实现", "达", "累计", "共", "征收", "投入"];

/// `完成投资8700万元,超过年度计划投资9200万元的目标`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let mark = &passage.numbers[index];
    let label = passage.label(index);
    let is_target = has_any(&label, TARGET) || has_any(&passage.noun(index), TARGET);
    let way = |words: &[&str]| words.iter().filter_map(|word| label.rfind(word)).max();
    let (over, short) = (way(OVER), way(SHORT));
    // 超过上年同期8700万元的目标 tells of another year.
    let is_other = has_any(&label, &["上年", "去年", "同期", "进度", "增"]);
    if !is_target || is_other || !mark.is_amount() || over.is_some() == short.is_some() {
        return None;
    }
    let done = (0..index).rev().find(|i| passage.numbers[*i].is_kin(mark))?;
    let told = passage.label(done);
    let value = &passage.numbers[done];
    let is_done = has_any(&told, DONE) && !has_any(&told, TARGET) && value.kind == Kind::Fact;
    if !is_done || !value.is_amount() || value.per || mark.per {
        return None;
    }
    let (low, high) = (value.rounded(), mark.rounded());
    let is_wrong = match over {
        Some(_) => low.high < high.low,
        None => low.low > high.high,
    };
    let paper = passage.paper;
    is_wrong.then(|| {
        let word = if over.is_some() { "超过" } else { "低于" };
        let (one, two) = (paper.words(value.at.clone()), paper.words(mark.at.clone()));
        mark.mark(paper, format!("{one}并不{word}{two};请核对完成数和目标"), &[value])
    })
}
