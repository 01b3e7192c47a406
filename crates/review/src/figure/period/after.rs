//! What is told to come after something else on an earlier day: 公示期满后,5月9日下发 beside a notice
//! that hangs until 5月12日; and 次月 beside the name of a month that is not the next one.

use super::moment::{Moment, event, moments};
use crate::figure::reading::alike::shared;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// Words by which the second day is of something else, or told back.
const OTHER: &[&str] = &[
    "此前", "早在", "已于", "曾", "去年", "上年", "原", "之前", "另", "次年", "翌年", "明年", "前",
    "又", "第二", "计划", "拟", "将", "截至", "其中", "同期",
];

/// Words of what follows at once.
const AT_ONCE: &[&str] =
    &["随即", "立即", "当即", "迅速", "传达", "贯彻", "赶赴", "赶到", "连夜", "第一时间"];

/// `6月20日接到举报后,执法人员于6月18日赶赴现场`.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let all = moments(passage);
    all.windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        (is_after(passage, first, second) && is_earlier(first, second)).then(|| {
            let (a, b) = (passage.words(first.at.clone()), passage.words(second.at.clone()));
            let message = format!("写在{a}之后的事,日期却是更早的{b};请核对日期");
            let also = vec![passage.paper.origin(&first.at)];
            Mark { at: passage.paper.origin(&second.at), message, also }
        })
    })
}

fn is_earlier(first: &Moment, second: &Moment) -> bool {
    let (_, most) = first.until(second);
    // Without a year a day some months back is one of the next year.
    let since = if second.placed { -330 } else { -120 };
    (since..0).contains(&most)
}

/// Whether the words say that a second day comes behind a first one.
fn is_after(passage: &Passage<'_>, first: &Moment, second: &Moment) -> bool {
    const LONG: usize = 60;
    let between = passage.words(first.at.end..second.at.start);
    let ended = event(passage, second);
    let begun = event(passage, first);
    let plain = !has_any(&ended, OTHER)
        && !has_any(&begun, &["计划", "拟", "原定", "截至", "前"])
        && between.chars().count() <= LONG
        && !has_any(&between, &["此前", "早在", "另", "去年", "上年", "其中"]);
    // 与3月15日收到的建议合并办理, 凭5月30日的通知书: the day tells which one is meant.
    let tail = passage.words(second.at.end..passage.range.end);
    let which: String =
        tail.split(is_clause_mark).next().unwrap_or_default().chars().take(8).collect();
    let plain =
        plain && !which.contains('的') && !between.ends_with(['与', '凭', '按', '对', '据', '从']);
    let clauses: Vec<&str> = between.split(is_clause_mark).collect();
    let is_then = |clause: &str| {
        clause.ends_with('后')
            && !["今后", "以后", "前后", "先后"].iter().any(|w| clause.ends_with(w))
    };
    let close = match clauses.as_slice() {
        // 6月20日接到举报后,执法人员于…
        [own, _] => is_then(own),
        [own, .., lead] if is_then(own) => {
            has_any(lead, AT_ONCE) || has_any(&format!("{lead}{ended}"), AT_ONCE)
        }
        // 5月12日在各村公示。公示期满后,5月9日…
        // 3月20日召开会议,表决通过后,3月12日…
        [_, condition, lead] if is_then(condition) && lead.is_empty() => {
            !between.contains(['。', ';', '；']) || is_told(condition, &begun, &between)
        }
        [.., condition, lead] => {
            is_then(condition) && lead.is_empty() && is_told(condition, &begun, &between)
        }
        _ => false,
    };
    plain && close
}

/// Whether what a condition is of was told before it.
fn is_told(condition: &str, begun: &str, between: &str) -> bool {
    let before = format!("{begun}{between}").replace(condition, "");
    shared(condition, &before).chars().count() >= 2
}

/// `8月10日召开部署会,次月即7月启动`.
pub(super) fn next_month(passage: &Passage<'_>) -> Option<Mark> {
    const NAMES: &[(&str, u32)] =
        &[("次月即", 1), ("次月(", 1), ("次月（", 1), ("当月即", 0), ("上月即", 11)];
    let words = passage.words(passage.range.clone());
    let chars = &passage.paper.chars;
    NAMES.iter().find_map(|(name, step)| {
        let byte = words.find(name)? + name.len();
        let at = passage.range.start + words[..byte].chars().count();
        let (said, end) = small::digits_at(chars, at).filter(|(m, _)| (1..=12).contains(m))?;
        let month = |at: usize| {
            let (month, end) = small::digits_at(chars, at)?;
            let real = (1..=12).contains(&month) && chars.get(end) == Some(&'月');
            real.then_some(month)
        };
        let before = || (passage.range.start..at).rev().find_map(month);
        // 上月即10月…,本月（12月）: the month it counts from stands behind.
        let behind = || {
            let byte = words.find("本月(").or_else(|| words.find("本月（"))?;
            month(passage.range.start + words[..byte].chars().count() + 3)
        };
        let from = if *step == 11 { behind()? } else { before()? };
        let right = (from + step - 1) % 12 + 1;
        (chars.get(end) == Some(&'月') && right != said).then(|| {
            let own = name.chars().take(2).collect::<String>();
            let message = format!("{own}是{right}月,不是{said}月,从{from}月算起;请核对月份");
            Mark { at: passage.paper.origin(&(at..end + 1)), message, also: Vec::new() }
        })
    })
}
