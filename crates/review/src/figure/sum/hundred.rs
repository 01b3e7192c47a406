//! Shares of one whole that are all there are, and do not make a hundred: 初次信访占71.4%,重复信访占38.6%.

use ::figure::{Class, Decimal};

use super::counted::is_split;
use super::exclusive::is_opposite;
use super::partitions::is_plain_partition;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;

/// Answers and cases of which each is one, and together all.
const KINDS: &[&[&str]] = &[
    &["初次", "重复"],
    &["初访", "重访"],
    &["满意", "基本满意", "不满意"],
    &["非常满意", "满意", "不满意"],
    &["上升", "持平", "下降"],
    &["增长", "持平", "下降"],
];

/// Answers to how content somebody is, of which everybody gives one.
const ANSWERS: &[&str] = &[
    "非常满意",
    "很满意",
    "比较满意",
    "较满意",
    "基本满意",
    "不太满意",
    "不满意",
    "满意",
    "一般",
    "不清楚",
    "不了解",
    "说不清",
    "不好说",
    "未表态",
];

/// Words by which a share is of another time or another whole.
const NOT: &[&str] =
    &["同比", "上年", "去年", "增", "提高", "完成", "率达", "目标", "其中", "率为"];

/// Marks the shares of a row that begins with one.
pub(super) fn find(passage: &Passage<'_>, first: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let mut end = first;
    while numbers.get(end).is_some_and(is_share) {
        let parts = end > first && passage.gap(end).matches(is_clause_mark).count() > 1;
        if parts || end > first && passage.gap(end).contains(['。', ';', '；']) {
            break;
        }
        end += 1;
    }
    let row: Vec<usize> = (first..end).collect();
    let before = first.checked_sub(1).is_some_and(|i| is_share(&numbers[i]))
        && passage.gap(first).matches(is_clause_mark).count() <= 1;
    if row.len() < 2 || before {
        return None;
    }
    let label = |i: &usize| {
        let label = passage.label(*i);
        label.trim_end_matches(|c: char| "的占有为比重例了".contains(c)).to_owned()
    };
    let labels: Vec<String> = row.iter().map(label).collect();
    let lead = passage.words(passage.range.start..numbers[first].at.start);
    let lead = lead.rsplit('。').next().unwrap_or_default();
    let split = row.len() > 2
        && lead.contains([':', '：'])
        && has_any(lead, &["比重", "占比", "比例"])
        && is_split(&lead.replace("划为", "分").replace("划分为", "分"), row.len());
    let sum = row.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(numbers[*i].value))?;
    // More than all of them cannot have answered; some may be left untold.
    let answered = is_of_answers(&labels);
    let all = split
        || answered && sum > Decimal::ONE_HUNDRED
        || is_plain_partition(&labels)
        || is_opposite(&labels)
        || is_of_kinds(&labels);
    let words = passage.words(numbers[first].at.start..numbers[end - 1].at.end);
    let told = !has_any(&words, NOT) && !has_any(&passage.label(first), NOT);
    let shared = split || words.contains('占') || passage.label(first).contains('占');
    let room = row.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(numbers[*i].digit))?;
    let gap = sum.checked_sub(Decimal::ONE_HUNDRED)?.abs();
    let off = gap > room && gap <= Decimal::from(15);
    // Who may choose several answers is counted under each of them.
    let several = has_any(&passage.words_on(), &["多选", "交叉", "重叠", "兼"]);
    if !all || !told || !shared || !off || several {
        return None;
    }
    let terms: Vec<String> = row.iter().map(|i| passage.words(numbers[*i].at.clone())).collect();
    let message = format!(
        "{}={}%,各部分的占比加起来不是100%;请核对",
        terms.join("+"),
        ::figure::decimal_text(sum)
    );
    let also: Vec<&Number> = row[..row.len() - 1].iter().map(|i| &numbers[*i]).collect();
    Some(numbers[end - 1].mark(passage.paper, message, &also))
}

fn is_share(number: &Number) -> bool {
    number.is(Class::Share) && number.is_exact() && number.direction.is_none()
}

/// Whether the labels are answers to one question, each of them another.
fn is_of_answers(labels: &[String]) -> bool {
    let answer = |label: &String| ANSWERS.iter().position(|answer| label.ends_with(answer));
    let told: Vec<usize> = labels.iter().filter_map(answer).collect();
    let each = (1..told.len()).all(|at| !told[..at].contains(&told[at]));
    told.len() == labels.len() && told.len() > 2 && each
}

/// Whether each label names one of some kinds, and all of them are named.
fn is_of_kinds(labels: &[String]) -> bool {
    let bare = |label: &String| {
        let label = label.trim_start_matches("表示");
        label.chars().filter(|c| !"“”\"".contains(*c)).collect::<String>()
    };
    let labels: Vec<String> = labels.iter().map(bare).collect();
    KINDS.iter().any(|kinds| {
        kinds.len() == labels.len()
            && kinds.iter().zip(&labels).all(|(kind, label)| label.starts_with(kind))
    })
}
