//! Whether what is done is ahead of the time that has passed: 截至6月底完成43%,快于序时进度.

use ::figure::{Class, Decimal};

use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// The part of a year that has passed where a sentence says up to when it speaks, in twelfths.
pub(in crate::figure) fn passed_months(words: &str) -> Option<i64> {
    const PARTS: &[(&str, i64)] =
        &[("前三季度", 9), ("三季度末", 9), ("上半年", 6), ("一季度", 3), ("半年", 6)];
    let named = PARTS.iter().find(|(part, _)| words.contains(part)).map(|(_, months)| *months);
    let told = words.find('月').and_then(|at| {
        let digits: Vec<char> =
            words[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        let month: String = digits.into_iter().rev().collect();
        month.parse::<i64>().ok()
    });
    let whole = words.find('月').is_some_and(|at| {
        let rest = &words[at + '月'.len_utf8()..];
        rest.starts_with(['底', '末', '份']) || words[..at].contains(['-', '至', '—', '到'])
    });
    named.or_else(|| told.filter(|month| whole && (1..=12).contains(month)))
}

/// Whether words behind a row of rates are of them all: 投资类83.1%、收入类69.7%,总体快于序时进度.
fn is_of_all(passage: &Passage<'_>, index: usize, clause: &str) -> bool {
    let before = index.checked_sub(1).map(|before| &passage.numbers[before]);
    before.is_some_and(|n| n.is(Class::Share)) && has_any(clause, &["总体", "整体"])
}

/// `截至6月底完成年度任务的43%,快于序时进度`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const TASK: &[&str] = &["任务", "目标", "计划", "预算"];
    let share = &passage.numbers[index];
    let end = passage.numbers.get(index + 1).map_or(passage.range.end, |n| n.at.start);
    let tail: String = passage.words(share.at.end..end).chars().take(24).collect();
    let clause = tail.split(['。', ';', '；']).next()?;
    let paced = has_any(clause, &["序时", "时序", "时间进度"]);
    let ahead =
        has_any(clause, &["快于", "高于", "超", "领先", "优于", "好于", "略快", "快过", "早于"]);
    let behind = has_any(clause, &["慢于", "低于", "滞后", "落后", "欠"]);
    let denied = has_any(clause, &["不低于", "未落后", "不慢于", "未超", "没有"]);
    let words = passage.words(passage.range.start..share.at.start);
    let fits = share.is(Class::Share)
        && share.direction.is_none()
        && paced
        && !denied
        && ahead != behind
        && !is_of_all(passage, index, clause)
        && has_any(&words, TASK);
    if !fits {
        return None;
    }
    let months = passed_months(&words)?;
    let due = Decimal::from(months * 100).checked_div(Decimal::from(12))?;
    let wrong = if ahead { share.rounded().high < due } else { share.rounded().low > due };
    wrong.then(|| {
        let words = passage.words(share.at.clone());
        let due = ::figure::decimal_text(due.round_dp(1));
        let is = if ahead { "慢于" } else { "快于" };
        let message = format!("{months}个月的序时进度是{due}%,{words}{is}它;请核对");
        share.mark(passage.paper, message, &[])
    })
}
