//! Two days of which one cannot be before the other: a deadline set in a letter before the letter
//! came, and what was done by a paper before there was one.

use super::moment::{Moment, event, moments};
use crate::figure::reading::alike::shared;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;

/// Words of what comes in.
const COME: &[&str] = &[
    "收到", "接到", "接报", "下发", "印发", "交办", "转办", "反馈", "通报", "发现", "受理", "下达",
    "移交", "召开", "签订", "立案",
];
/// Words of what is asked for.
const ASKED: &[&str] = &["要求", "责令", "限", "责成", "务必", "明确", "督促"];
/// Words before what something was done by.
const BY: &[&str] = &["根据", "依据", "按照", "依照", "凭"];
/// Words by which the second day is that of something earlier.
const BACK: &[&str] = &[
    "此前",
    "之前",
    "早在",
    "原定",
    "原",
    "曾",
    "未在",
    "未能",
    "逾期",
    "超期",
    "本应",
    "应于",
    "去年",
    "上年",
    "次年",
    "翌年",
    "明年",
    "第二年",
    "补",
];

/// Marks a day that is told as later and stands before the other.
pub(super) fn find(passage: &Passage<'_>) -> Vec<Mark> {
    let all = moments(passage);
    let pairs = all.windows(2).filter(|pair| is_before(&pair[0], &pair[1]));
    pairs
        .filter_map(|pair| {
            deadline(passage, &pair[0], &pair[1]).or_else(|| basis(passage, &pair[0], &pair[1]))
        })
        .collect()
}

/// Whether the second day is earlier, and not by so much that it is of the next year.
fn is_before(first: &Moment, second: &Moment) -> bool {
    let (fewest, most) = first.until(second);
    most < 0 && fewest > if second.placed { -330 } else { -120 }
}

/// `11月20日收到督导通报,…要求各村在同年10月15日前完成整改`.
fn deadline(passage: &Passage<'_>, first: &Moment, second: &Moment) -> Option<Mark> {
    let between = passage.words(first.at.end..second.at.start);
    let behind = passage.words(second.at.end..passage.range.end);
    let until = behind.trim_start_matches(['底', '末']);
    let until = until.starts_with('前') || until.starts_with("之前");
    let own = between.rsplit(is_clause_mark).next().unwrap_or_default();
    let fits = until
        && has_any(&event(passage, first), COME)
        && has_any(own, ASKED)
        && !has_any(&between, BACK);
    fits.then(|| told(passage, first, second, "是要求完成的期限,却早于"))
}

/// `2024年4月,省厅批复同意;2024年3月,根据省厅批复下达计划`.
fn basis(passage: &Passage<'_>, first: &Moment, second: &Moment) -> Option<Mark> {
    let behind = passage.words(second.at.end..passage.range.end);
    let behind = behind.split(['。', ';', '；']).next().unwrap_or_default();
    let behind: String = behind.chars().take(30).collect();
    let (_, paper) = BY.iter().find_map(|word| behind.split_once(word))?;
    let paper = paper.split(is_clause_mark).next().unwrap_or_default();
    let named: String =
        paper.trim_start_matches(['该', '此', '上', '述']).chars().take(10).collect();
    let begun = event(passage, first);
    let between = passage.words(first.at.end..second.at.start);
    // 按照年初计划 and 根据工作安排 name no paper.
    let paper = shared(&named, &begun);
    let made = ["批复", "合同", "协议", "通知", "文件", "决定", "意见书", "判决", "方案", "批示"];
    let fits = has_any(&paper, &made)
        && !has_any(&format!("{between}{behind}"), BACK)
        && !has_any(&begun, &["修订", "修改", "补充", "续签", "第二"]);
    fits.then(|| told(passage, first, second, "的事以另一件为依据,却早于"))
}

fn told(passage: &Passage<'_>, first: &Moment, second: &Moment, what: &str) -> Mark {
    let (a, b) = (passage.words(first.at.clone()), passage.words(second.at.clone()));
    let also = vec![passage.paper.origin(&first.at)];
    let message = format!("{b}{what}{a};请核对日期");
    Mark { at: passage.paper.origin(&second.at), message, also }
}
