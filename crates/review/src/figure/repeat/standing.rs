//! A definite phrase whose words all stand in an earlier sentence with another number of its
//! counter: 对照督察反馈的17项问题 after 督察反馈我县问题19项.

use prose::Kind;

use super::definite::{content, taken};
use super::echo::{completes, is_made, is_share, is_sum, mark};
use super::renamed::{divides, is_year_over};
use super::retold::OTHER;
use super::told::{Told, is_in_unit, is_many, is_slip};
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::finding::Mark;
use crate::paper::Paper;

/// Words that make one of two numbers that of a part or of another step.
const NARROWING: &[&str] = &[
    "其中", "新增", "未", "尚", "累计", "续建", "结转", "部分", "完成", "办结", "整改", "符合",
    "通过",
];

/// Characters of a deed that its first telling may leave out.
const FILLERS: &[char] = &['提', '到', '已', '我', '共', '收', '将'];

/// Words of a time that one of two numbers alone is of.
const TIMES: &[&str] =
    &["上半年", "下半年", "季度", "去年", "上年", "月份", "年初", "明年", "同期"];

/// Marks a number that its own words tell otherwise before.
pub(super) fn find(
    paper: &Paper,
    later: &Told<'_, '_>,
    earlier: &[&Told<'_, '_>],
    behind: &[&Told<'_, '_>],
) -> Option<Mark> {
    let number = later.number;
    let own = taken(later)?;
    // 上述12个A级景区 says nothing but the name.
    let above = ["上述", "以上", "前述"].iter().any(|word| later.before.ends_with(word));
    let deed: Vec<char> = own.deed().iter().copied().filter(|c| !FILLERS.contains(c)).collect();
    let noun = content(later.behind.split(['已', '均', '都', '全', '中', '实']).next()?);
    let near = |other: &&&Told<'_, '_>| is_in_unit(other, later) && other.at + 4 >= later.at;
    let mut told = earlier.iter().filter(near).filter(|other| is_all(other, &deed, &noun, above));
    let first = told.next().filter(|_| told.next().is_none())?;
    let others: Vec<&Number> = earlier.iter().filter(near).map(|other| other.number).collect();
    let next = behind.iter().take(4).map(|other| other.number);
    let known = earlier.iter().any(|other| other.number.extent.meets(number.extent))
        || is_sum(&others, number)
        || is_made(later.passage, &others, number)
        || divides(first.number, later)
        || is_share(later.passage, later.index, first.number)
        || completes(others.iter().copied().chain(next), first.number, number);
    let (x, y) = (first.words_before(), later.words_before());
    let clause = |told: &Told<'_, '_>| format!("{}\n{}", told.before, told.behind);
    let (here, there) = (clause(first), clause(later));
    // What is 已建成 is what was built up to now: 累计建成.
    let here = if later.before.contains('已') { here.replace("累计", "") } else { here };
    let led = |word: &str| later.before.contains(word) || first.before.contains(word);
    let narrowed = OTHER
        .iter()
        .chain(NARROWING)
        .any(|word| here.contains(word) != there.contains(word) && led(word));
    let between = &paper.chars[first.number.at.end..number.at.start];
    let fits = !known
        && !narrowed
        && is_many(number)
        && is_slip(first, later)
        && first.number.kind == Kind::Fact
        && first.number.direction.is_none()
        && between.iter().any(|c| matches!(c, '。' | ';' | '；' | '\n'))
        && !later.passage.gap(later.index).contains("其中")
        && !first.passage.gap(first.index).contains("其中")
        && !is_year_over(&x, &y)
        && is_of_one_time(&x, &y);
    fits.then(|| mark(later.passage, first.number, number))
}

/// Whether all that names a set stands in the sentence of an earlier number.
fn is_all(earlier: &Told<'_, '_>, deed: &[char], noun: &[char], above: bool) -> bool {
    let clause = earlier.behind.split([',', '，']).next().unwrap_or_default();
    let there: Vec<char> = format!("{}\n{clause}", earlier.words_before()).chars().collect();
    let own: Vec<char> = format!("{}\n{clause}", earlier.before).chars().collect();
    let paired = |words: &[char]| words.windows(2).any(|two| own.windows(2).any(|o| o == two));
    let all = |words: &[char], there: &[char]| words.iter().all(|c| there.contains(c));
    if above {
        return noun.len() >= 3 && all(noun, &own) && paired(noun);
    }
    let touching = deed.iter().chain(noun).filter(|c| own.contains(c)).count();
    deed.len() >= 2
        && noun.len() >= 2
        && all(deed, &there)
        && all(noun, &there)
        && paired(noun)
        && touching + 1 >= noun.len() + deed.len().min(4)
}

/// Whether no place, year or part of a year stands before one of two numbers alone.
fn is_of_one_time(x: &str, y: &str) -> bool {
    let (here, there) = (key::places(x), key::places(y));
    let (a, b) = (key::year(x, None), key::year(y, None));
    (there.is_empty() || here == there)
        && a.zip(b).is_none_or(|(a, b)| a == b)
        && !TIMES.iter().any(|word| x.contains(word) != y.contains(word))
}
