//! What is said to be done of all, beside a number of them that is less: 排查312处,已整改297处,全部
//! 整改到位.

use ::figure::{Class, Decimal};

use crate::figure::reading::alike::{bare, covered};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::role;
use crate::finding::Mark;

/// Words by which nothing is left.
const ALL: &[&str] = &[
    "全部",
    "均已",
    "都已",
    "全覆盖",
    "清零",
    "无一遗漏",
    "全面覆盖",
    "见底",
    "悉数",
    "件件",
    "个个",
    "无遗漏",
    "一个不少",
    "一人不漏",
    "一户不漏",
    "一户不落",
    "一人不落",
    "一个不落",
    "不落一户",
    "不落一人",
    "零积压",
    "零拖欠",
];

/// Words by which a clause is of what is to be, or of a part.
const NOT_ALL: &[&str] = &[
    "力争",
    "确保",
    "计划",
    "将",
    "争取",
    "推动",
    "要",
    "除",
    "基本",
    "预计",
    "未",
    "应",
    "符合",
    "具备",
    "其余",
    "剩",
    "余下",
    "另",
    "上年",
    "去年",
    "前",
    "的全部",
    "底",
    "后",
    "需",
    "达标",
    "按时",
    "按期",
    "时限",
    "争",
    "首批",
    "条件",
    "到期",
];

/// Words of what is left of it: what is said to be done behind them is done with these.
const REST: &[&str] = &["其余", "剩", "余下", "另", "还有", "尚有", "仍有", "未"];

/// Words of what is left that is not done.
const UNDONE: &[&str] = &["未", "没有", "仍", "正在", "尚", "在办", "待"];

/// A clause that says that all is done, with where it stands.
struct Claim {
    words: String,
    at: std::ops::Range<usize>,
}

/// The words of a clause by which nothing is left: 应签尽签, 无一件未结, or one of a list.
fn all_said(clause: &str) -> Vec<String> {
    let chars: Vec<char> = clause.chars().collect();
    let due =
        chars.windows(4).filter(|four| four[0] == '应' && four[2] == '尽' && four[1] == four[3]);
    let none = chars.iter().enumerate().filter(|(at, _)| chars[*at..].starts_with(&['无', '一']));
    let none = none.filter_map(|(at, _)| {
        let end = chars[at..].iter().take(6).position(|c| "未漏欠压".contains(*c))?;
        Some(chars[at..chars.len().min(at + end + 2)].iter().collect())
    });
    let told = ALL.iter().filter(|word| clause.contains(**word)).map(|word| (*word).to_owned());
    due.map(|four| four.iter().collect()).chain(none).chain(told).collect()
}

/// A clause without the words by which nothing is left.
fn bared(clause: &str) -> String {
    all_said(clause).iter().fold(clause.to_owned(), |rest, word| rest.replace(word, ""))
}

/// The clauses behind a number, up to so many, that say that all is done.
fn claims(passage: &Passage<'_>, from: usize) -> Vec<Claim> {
    let words = passage.words(from..passage.range.end);
    let mut at = from;
    let mut before = String::new();
    let mut claims = Vec::new();
    for (k, clause) in words.split(|c| is_clause_mark(c) || c == '\n').enumerate().take(7) {
        let end = at + clause.chars().count();
        // What is told behind 其中 is of some of them.
        if k > 0 && clause.contains("其中") {
            break;
        }
        let said = !all_said(clause).is_empty();
        let whole = said || clause.ends_with("率100%") || is_full(clause);
        let rest = has_any(&before, REST) && !has_any(&before, UNDONE);
        if k > 0 && whole && !has_any(&role::masked(&bared(clause)), NOT_ALL) {
            if rest {
                break;
            }
            claims.push(Claim { words: clause.to_owned(), at: at..end });
        }
        before.push_str(clause);
        at = end + 1;
    }
    claims
}

/// 办结率为100%.
fn is_full(clause: &str) -> bool {
    let bare = clause.replace(['为', '达', '到', '是'], "");
    bare.contains("率100%") || bare.contains("率百分之百")
}

fn content(words: &str) -> Vec<char> {
    let empty = [
        "全部",
        "清零",
        "全覆盖",
        "100%",
        "百分之百",
        "目标",
        "到位",
        "均",
        "都",
        "率",
        "村村",
        "户户",
    ];
    let rest = empty.iter().fold(bare(&bared(words)), |rest, word| rest.replace(word, ""));
    rest.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Whether a claim is of what two numbers are of: it names the deed or the thing again, and what
/// is all done is none of another kind, unless the ones left are told as well.
fn is_of(claim: &str, words: &str, left: bool) -> bool {
    let words: Vec<char> = words.chars().collect();
    let held =
        |own: &[char]| own.is_empty() || (0..own.len()).any(|at| covered(&own[at..], &words) >= 2);
    let subject = ALL.iter().filter_map(|all| claim.find(all)).min().map_or("", |at| &claim[..at]);
    let subject = content(subject);
    held(&content(claim)) && (left || held(&subject[subject.len().saturating_sub(2)..]))
}

/// Whether the words behind what was done tell how many are left, and that they are not done.
fn is_rest_told(passage: &Passage<'_>, all: &Number, index: usize) -> bool {
    let done = &passage.numbers[index];
    passage.numbers.get(index + 1).is_some_and(|rest| {
        let whole = rest.value.checked_add(done.value) == Some(all.value) && rest.is_kin(done);
        whole && has_any(&passage.noun(index + 1), UNDONE)
    })
}

fn is_plain(number: &Number) -> bool {
    number.is_amount() && number.is_exact() && number.class.is_none_or(Class::is_counted)
}

/// `积案14件,化解12件,实现积案清零`: fewer are done than are said to be.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const DEEDS: &[&str] = &[
        "整改", "办结", "化解", "建成", "完成", "开通", "销号", "解决", "改造", "通车", "处置",
        "治理", "拆除", "发放", "兑现", "安装", "搬迁", "入住", "签约", "修复", "清理", "成立",
        "配备", "接通", "通水", "通电", "通气", "验收", "投用", "回访", "走访", "见面", "答复",
    ];
    let done = &passage.numbers[index];
    let label = passage.label(index);
    let noun = passage.noun(index);
    let deed = format!("{label}{noun}");
    if !is_plain(done) || !has_any(&deed, DEEDS) || has_any(&deed, UNDONE) {
        return None;
    }
    let whole = (0..index).rev().take(3).find(|i| {
        let n = &passage.numbers[*i];
        n.is_kin(done) && is_plain(n) && n.value > done.value
    })?;
    let all = &passage.numbers[whole];
    // What is far less is a part, and not all but a few.
    let most = done.value.checked_mul(Decimal::TWO)? >= all.value;
    let lead = passage.words(all.at.start..done.at.start);
    let aside = has_any(&lead, &["其中", "新增", "每", "去年", "上年", "下达", "计划", "任务"]);
    if !most || aside || lead.contains(['；', ';']) {
        return None;
    }
    let thing = format!("{}{}", passage.gap(whole), passage.noun(whole));
    // 隐患742处,当场整改615处,限期整改127处,整改率100%: others make up what is left.
    let rest = all.value.checked_sub(done.value)?;
    let made_up = passage.numbers[whole + 1..].iter().enumerate().any(|(at, n)| {
        let deed = passage.around(whole + 1 + at);
        n.is_kin(done) && n.value == rest && has_any(&deed, DEEDS) && !has_any(&deed, UNDONE)
    });
    if made_up {
        return None;
    }
    let left = is_rest_told(passage, all, index);
    let claim = claims(passage, done.at.end).into_iter().find(|claim| {
        // 全部84件的办结率为100% is told of all of them.
        let inside = |n: &&Number| claim.at.contains(&n.at.start);
        let mut others = passage.numbers.iter().filter(inside);
        !others.any(|n| n.is_kin(done) && n.value != all.value)
            && is_of(&claim.words, &format!("{deed}\n{thing}"), left)
    })?;
    let told = |n: &Number| passage.words(n.at.clone());
    let said = passage.paper.given(&claim.at);
    let message = format!("共{},做到的只有{},却说“{said}”;请核对", told(all), told(done));
    let mut mark = done.mark(passage.paper, message, &[all]);
    mark.also.push(passage.paper.origin(&claim.at));
    Some(mark)
}

/// `共31个,已全部整改销号。其中尚有4个正在整改`: some are left of what is said to be done.
pub(super) fn left_over(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    const LEFT: &[&str] = &["尚有", "仍有", "还有", "只剩", "仅剩", "还剩", "剩余", "另有", "其中"];
    const UNDONE: &[&str] = &["正在", "未", "没有完成", "没完成", "在办"];
    let left = &passage.numbers[index];
    let label = passage.label(index);
    let behind = passage.noun(index);
    let undone = is_plain(left) && has_any(&label, LEFT) && has_any(&behind, UNDONE);
    if !undone || has_any(&label, &["新", "又", "上年", "去年"]) {
        return None;
    }
    let all = passage.numbers[..index].iter().rev().find(|n| n.is_kin(left))?;
    if !is_plain(all) || all.value <= left.value {
        return None;
    }
    let own = passage.words(left.at.end..passage.range.end);
    let deed: Vec<char> = content(own.split(is_clause_mark).next().unwrap_or_default());
    let claim = claims(passage, all.at.end).into_iter().find(|claim| {
        let words = content(&claim.words);
        // 重大隐患全部整改到位,一般隐患还有5处: what has a subject of its own is of others.
        let subject = ALL.iter().filter_map(|all| claim.words.find(all)).min();
        let plain = subject.is_some_and(|at| content(&claim.words[..at]).is_empty());
        let same = plain && deed.windows(2).any(|pair| words.windows(2).any(|own| own == pair));
        claim.at.end <= left.at.start && same && !all_said(&claim.words).is_empty()
    })?;
    let told = passage.words(left.at.clone());
    let said = passage.paper.given(&claim.at);
    let message = format!("前面说“{said}”,后面却还有{told}{behind};请核对");
    let mut mark = left.mark(passage.paper, message, &[all]);
    mark.also.push(passage.paper.origin(&claim.at));
    Some(mark)
}
