//! What is said to be done of all, beside a number of them that is less: 排查312处,已整改297处,全部
//! 整改到位.

use ::figure::{Class, Decimal};

use crate::figure::reading::alike::{bare, covered};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::role;
use crate::finding::Mark;

/// Words by which nothing is left.
const ALL: &[&str] = &["全部", "均已", "都已", "全覆盖", "清零", "无一遗漏", "全面覆盖", "见底"];

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

/// The clauses behind a number, up to so many, that say that all is done.
fn claim(passage: &Passage<'_>, from: usize) -> Option<Claim> {
    let words = passage.words(from..passage.range.end);
    let mut at = from;
    let mut before = String::new();
    for (k, clause) in words.split(|c| is_clause_mark(c) || c == '\n').enumerate().take(7) {
        let end = at + clause.chars().count();
        let whole = has_any(clause, ALL) || clause.ends_with("率100%") || is_full(clause);
        let rest = has_any(&before, REST) && !has_any(&before, UNDONE);
        if k > 0 && whole && !has_any(&role::masked(clause), NOT_ALL) {
            let words = clause.to_owned();
            return (!rest).then_some(Claim { words, at: at..end });
        }
        before.push_str(clause);
        at = end + 1;
    }
    None
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
    let rest = empty.iter().fold(bare(words), |rest, word| rest.replace(word, ""));
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
    let claim = claim(passage, done.at.end)?;
    let thing = format!("{}{}", passage.gap(whole), passage.noun(whole));
    // 全部84件的办结率为100% is told of all of them.
    let other = passage
        .numbers
        .iter()
        .any(|n| claim.at.contains(&n.at.start) && n.is_kin(done) && n.value != all.value);
    let left = is_rest_told(passage, all, index);
    (!other && is_of(&claim.words, &format!("{deed}\n{thing}"), left)).then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let message =
            format!("共{},做到的只有{},却说“{}”;请核对", told(all), told(done), claim.words);
        let mut mark = done.mark(passage.paper, message, &[all]);
        mark.also.push(passage.paper.origin(&claim.at));
        mark
    })
}
