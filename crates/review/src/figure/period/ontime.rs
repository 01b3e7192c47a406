//! The day on which something was to be finished beside the day on which it was, and what the
//! words say of the two: 提前, 如期, 逾期.

use super::moment::{Moment, event, moments};
use super::stretch::{Length, any_at};
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words of a day that is set.
const SET: &[&str] = &[
    "约定", "计划", "原定", "要求", "规定", "应于", "应在", "须在", "须于", "要在", "限期", "期限",
    "承诺", "合同", "批复", "定于", "定为", "定在", "限定", "限在", "倒排", "时限", "截至", "必须",
    "目标", "拟于", "预定",
];
/// Words of a day on which it came about.
const REAL: &[&str] = &["实际", "才", "就", "拖到", "直到", "终于", "最终", "提前", "如期"];
/// Words of a beginning, which is no end.
const BEGUN: &[&str] =
    &["开工", "动工", "启动", "开始", "进场", "立项", "签约", "奠基", "招标", "收到"];
/// Words by which another day was set later.
const MOVED: &[&str] =
    &["顺延", "调整", "变更", "展期", "延长工期", "批准延期", "改为", "延至", "次年", "翌年"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Early,
    OnTime,
    Late,
}

/// What the words behind the first day say, and by how much.
fn said(passage: &Passage<'_>, from: usize) -> Option<(Said, usize, Option<Length>)> {
    const WORDS: &[(&str, Said)] = &[
        ("提前", Said::Early),
        ("如期", Said::OnTime),
        ("按期", Said::OnTime),
        ("按时", Said::OnTime),
        ("准时", Said::OnTime),
        ("逾期", Said::Late),
        ("推迟", Said::Late),
        ("延期", Said::Late),
        ("延误", Said::Late),
        ("滞后", Said::Late),
        ("超期", Said::Late),
        ("早", Said::Early),
        ("晚", Said::Late),
        ("拖后", Said::Late),
    ];
    let words = passage.words(from..passage.range.end);
    let mut found = WORDS.iter().filter_map(|(word, said)| {
        let at = words.find(word)?;
        // 早 and 晚 are other words where no length stands behind them: 早在, 晚上.
        let next = words[at + word.len()..].trim_start_matches('了').chars().next();
        let counted =
            next.is_some_and(|c| c.is_ascii_digit() || "一二两三四五六七八九十半".contains(c));
        // 工期推迟到11月 tells the day and not how it compares.
        let until = words[at + word.len()..].starts_with(['到', '至']);
        (!until && (word.chars().count() > 1 || counted)).then_some((at, *word, *said))
    });
    let (byte, word, said) = found.next().filter(|_| found.next().is_none())?;
    let start = from + words[..byte].chars().count();
    let lead = words[..byte].chars().last();
    if matches!(lead, Some('未' | '能' | '不' | '没')) {
        return None;
    }
    let behind = start + word.chars().count();
    let chars = &passage.paper.chars;
    let skip = (0..=2).find(|skip| {
        chars[behind..].iter().take(*skip).all(|c| matches!(c, '了' | '近' | '约' | '整'))
            && any_at(chars, behind + skip).is_some()
    });
    let length = skip.and_then(|skip| any_at(chars, behind + skip));
    // 提前介入 and 提前谋划 say nothing of the day.
    let tail: String =
        chars[behind.min(passage.range.end)..passage.range.end].iter().take(2).collect();
    const DONE: &[&str] =
        &["完", "交", "通", "建", "竣", "投", "达", "实", "收", "搬", "开", "上", "销", "了"];
    let closed = tail.is_empty() || tail.starts_with([',', '，', '。', ';', '；']);
    let of_day = length.is_some() || closed || DONE.iter().any(|word| tail.starts_with(word));
    of_day.then_some((said, start, length))
}

/// `约定9月底完工,…11月10日完工,比合同工期提前40天`.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let all = moments(passage);
    let [due, done] = all.as_slice() else { return None };
    let words = passage.words(passage.range.clone());
    let (set, real) = (event(passage, due), event(passage, done));
    let is_set = has_any(&set, SET) || lead_sets(passage, due);
    let start = done.at.start.saturating_sub(2).max(passage.range.start);
    let expected = passage.words(start..done.at.start) == "预计";
    let planned = expected || has_any(&real, SET) && !has_any(&real, REAL);
    if !is_set
        || planned
        || has_any(&words, MOVED)
        || has_any(&set, BEGUN)
        || has_any(&real, BEGUN)
        || has_any(&set, &["实际"])
    {
        return None;
    }
    let (said, at, length) = said(passage, due.at.end)?;
    // Days that a deadline is told before: the latest is what counts.
    let (fewest, most) = due.until(done);
    let late = fewest > 0;
    let early = most < 0;
    let (low, high) = if said == Said::Early { (-most, -fewest) } else { (fewest, most) };
    let apart = length.as_ref().is_some_and(|length| {
        let room = if due.first == due.last && done.first == done.last { 1 } else { 3 };
        length.most + room < low || length.fewest > high + room
    });
    let wrong = match said {
        Said::Early => late || (early && apart),
        Said::OnTime => late,
        Said::Late => early || (late && apart),
    };
    wrong.then(|| mark(passage, (due, done), at, length.as_ref()))
}

/// Whether the clause before a day sets it: 按合同,要在6月30日前完工.
fn lead_sets(passage: &Passage<'_>, due: &Moment) -> bool {
    let lead = passage.words(passage.range.start..due.at.start);
    lead.chars().count() <= 30
        && has_any(
            &lead,
            &["按合同", "按照合同", "原定", "原计划", "约定", "按要求", "限期", "限定"],
        )
}

fn mark(
    passage: &Passage<'_>,
    (due, done): (&Moment, &Moment),
    at: usize,
    length: Option<&Length>,
) -> Mark {
    let paper = passage.paper;
    let end = length.map_or(at + 2, |length| length.at.end);
    let (a, b) = (passage.words(due.at.clone()), passage.words(done.at.clone()));
    let said = passage.words(at..end);
    let message = format!("原定{a},实际{b},与“{said}”不符;请核对日期或说法");
    Mark {
        at: paper.origin(&(at..end)),
        message,
        also: vec![paper.origin(&due.at), paper.origin(&done.at)],
    }
}
