//! What a found claim is about, and how far its words go.

use crate::Qualifier;
use crate::bound::Bound;
use crate::period::{may_begin, words_at};
use crate::predicate::Predicate;
use crate::scan::is_numeral;
use crate::statement::{Statement, ends_clause};
use crate::text::{Text, begins, finishes};
use crate::walk::Numeral;
use crate::words;

/// Words at the beginning of a clause that are not part of its subject.
const LEAD: &[&str] = &["其中", "累计", "特别是", "并", "共", "全年", "已", "先后"];

/// Characters that make 为 the end of a noun: 行为, 作为.
const DOING: &[char] = &['行', '作'];

/// Characters that make one of these the beginning of another word: 共性, 并购.
const COMPOUNDS: &[char] = &['性', '同', '享', '青', '产', '富', '购', '婚', '治'];

/// Words at the end of a subject that belong to the verb.
const TAIL: &[&str] = &[
    "年均",
    "分别",
    "到达",
    "达到",
    "已达",
    "已经",
    "达",
    "为",
    "共",
    "有",
    "是",
    "了",
    "呈现",
    "呈",
    "均",
    "总计",
    "共计",
    "约",
    "可",
    "预计",
    "上升至",
    "上升到",
    "跃升至",
    "跃居",
    "前移至",
    "下降至",
    "提升至",
    "提升到",
    "提高至",
    "提高到",
    "增加到",
    "增至",
    "扩大到",
    "下降到",
    "减少到",
    "降至",
    "稳定在",
    "由",
    "从",
    "同比",
    "环比",
    "较上年",
    "比上年",
    "已",
    "将",
    "首次",
    "成功",
    "实际",
];

/// Words that only say what a number is compared with; its subject stands before.
const COMPARED: &[&str] = &[
    "较",
    "比",
    "同比",
    "环比",
    "高于",
    "低于",
    "高出",
    "超出",
    "相当于",
    "是",
    "自然",
    "年均",
    "增速",
];

/// Words of a completion: 完成全年任务的98% is of the figure before it.
const TARGETS: &[&str] = &["任务", "目标", "计划", "预算", "指标", "序时进度"];

/// Longest subject that may be words of comparison only.
const COMPARISON: usize = 14;

/// Whether a subject says only what the number is compared with.
pub(super) fn compares(subject: &str, share: bool) -> bool {
    let short = subject.chars().count() <= COMPARISON;
    let target = TARGETS.iter().any(|word| subject.trim_end_matches('的').ends_with(word));
    let done = ["完成", "占", "为", "达"].iter().any(|verb| subject.starts_with(verb));
    let part = share && subject.starts_with('占');
    short
        && (part
            || (share && done && target)
            || COMPARED.iter().any(|word| subject.starts_with(word)))
}

/// Longest noun between two numbers of a list.
const LISTED: usize = 8;

/// Verbs that begin the words of the next number, so that they are no noun of the one before.
const VERBS: &[&str] = &[
    "新建", "建设", "建成", "安装", "发放", "完成", "投入", "投资", "改造", "引进", "举办", "召开",
    "培训", "开展", "排查", "整改", "实施", "修建", "种植", "解决", "处理", "调解", "收集", "涉及",
    "惠及", "带动", "发展", "扶持", "提供", "共", "计", "约", "占", "达", "为", "有",
];

/// Whether the words before a number are the noun of the number before it, and its own noun
/// stands behind: 5个村1个居委会.
pub(super) fn is_listed(text: &Text<'_>, last: usize, bound: &Bound) -> bool {
    let joined = usize::from(matches!(text.before(bound.start), '、' | '和' | '及'));
    let gap = last..bound.start.saturating_sub(joined);
    let noun = |from: usize, to: usize| (from..to).all(|k| words::goes_on(text.at(k)));
    !gap.is_empty()
        && gap.len() <= LISTED
        && noun(gap.start, gap.end)
        && !VERBS.iter().any(|verb| text.slice(gap.start, gap.end).contains(verb))
        && words::goes_on(text.at(bound.end))
        && !is_numeral(text.at(bound.end))
}

/// Longest subject that is taken from behind a number.
const AFTER: usize = 12;

/// Where the clause of a position ends.
pub(super) fn clause_end(text: &Text<'_>, i: usize, reach: usize) -> usize {
    (i..i + reach).find(|&k| ends_clause(text, k)).unwrap_or(i + reach).min(text.len())
}

/// Words behind a period that belong to it: 去年同期, 6月底.
const DAY: &[&str] = &["年末", "年底", "同期", "末", "底"];

/// Words without 和 or 及 before them; 及格率 and 和谐 are whole words.
fn without_joint(words: &str) -> &str {
    let rest = words.strip_prefix(['和', '及']).unwrap_or(words);
    if rest.starts_with(['格', '时', '早', '谐', '睦', '平', '解']) { words } else { rest }
}

/// The words between two positions as a subject.
pub(super) fn before(text: &Text<'_>, from: usize, to: usize) -> Option<String> {
    let mut words = text.slice(from, to).trim();
    loop {
        let old = words;
        words =
            without_joint(words.trim_start_matches(['、', ' ', ')', '）', '”', '的']).trim_end());
        words = without_number_of_entry(words);
        if words.starts_with(may_begin)
            && let Some((_, end)) = words_at(&Text::new(words), 0)
        {
            words = words.char_indices().nth(end).map_or("", |(at, _)| &words[at..]);
            let day = DAY.iter().find(|day| begins(words.as_bytes(), day));
            words = day.map_or(words, |day| &words[day.len()..]);
        }
        for lead in LEAD {
            if !begins(words.as_bytes(), lead) {
                continue;
            }
            let rest = &words[lead.len()..];
            // 共性问题 and 已婚 are whole words.
            words = if rest.starts_with(COMPOUNDS) { words } else { rest };
        }
        for tail in TAIL {
            if !finishes(words.as_bytes(), tail) {
                continue;
            }
            let rest = &words[..words.len() - tail.len()];
            // 违法行为, 作为, 平均 and 户均 are whole words.
            let whole = (*tail == "为" && rest.ends_with(DOING))
                || (*tail == "均" && rest.ends_with(['平', '户', '人', '日', '月', '亩', '村']));
            words = if whole { words } else { rest };
        }
        if words == old {
            break;
        }
    }
    words.contains(char::is_alphanumeric).then(|| words.to_owned())
}

/// The words of an entry without its number: 二是…, 2、….
fn without_number_of_entry(words: &str) -> &str {
    let end = words.find(|c: char| !is_numeral(c)).unwrap_or(0);
    let rest = &words[end..];
    let marked = rest.strip_prefix(['、', '.', '．', '是']).filter(|_| end > 0);
    // 二、三产业 names two things.
    marked.filter(|left| !left.starts_with(is_numeral)).unwrap_or(words)
}

/// The noun behind a number: 6个村, 4批镇村干部.
pub(super) fn after(text: &Text<'_>, from: usize) -> Option<String> {
    let end = clause_end(text, from, AFTER);
    let end =
        (from..end).find(|&k| text.at(k) == '、' || text.at(k).is_ascii_digit()).unwrap_or(end);
    let words = text.slice(from, end).trim_start_matches('的').trim();
    // 由5元增加到8元: what follows is the move of the number.
    let moved = MOVES.iter().any(|verb| words.starts_with(verb));
    (!moved && words.contains(char::is_alphanumeric)).then(|| words.to_owned())
}

/// Whether a noun that ends at a position ends there by itself.
pub(super) fn is_whole(text: &Text<'_>, end: usize) -> bool {
    !words::goes_on(text.at(end)) || text.at(end).is_ascii_digit()
}

/// Verbs that a number moves by.
const MOVES: &[&str] = &[
    "增加", "提高", "提升", "下降", "减少", "上升", "降低", "降至", "增长", "增至", "扩大", "调整",
];

/// The things that a claim is about one by one. A share, a rank, a trend and a
/// bound on named places say the same of each; a sum does not: 薯类、豆类2014.3亩
/// is one area.
pub(super) fn members(subject: &str, qualifier: Option<Qualifier>) -> Vec<String> {
    let places = || {
        let first = subject.split('、').next().unwrap_or_default();
        first.chars().count() <= 8 && first.ends_with(['村', '镇', '乡', '县', '区', '组'])
    };
    let each = match qualifier {
        Some(Qualifier::Whole | Qualifier::Ordinal | Qualifier::Falling | Qualifier::Rising) => {
            true
        }
        Some(
            Qualifier::MoreThan | Qualifier::AtLeast | Qualifier::EachAtLeast | Qualifier::Each,
        ) => places(),
        _ => false,
    };
    if !each || subject.contains('等') || subject.chars().any(|c| c.is_ascii_digit()) {
        return Vec::new();
    }
    parts(subject)
}

/// The members of a list, each with what the last one says for all.
pub(super) fn parts(subject: &str) -> Vec<String> {
    let subject = subject.replace("以及", "、");
    let parts: Vec<&str> = subject
        .split(['、', '与', '和', '及'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let Some((last, first)) = parts.split_last() else { return Vec::new() };
    let complete = |part: &&str| format!("{part}{}", shared_tail(part, last));
    first.iter().map(complete).chain([(*last).to_owned()]).collect()
}

/// What the last member of a list says for all: in 甲村、乙村村集体收入 the words
/// after 村, in 饮用水水质、断面水质达标率 the words after 水质.
fn shared_tail<'s>(part: &str, last: &'s str) -> &'s str {
    let ends = part.char_indices().rev().map(|(at, _)| &part[at..]).take(4);
    let shared = ends
        .filter(|end| {
            end.chars().count() > 1 || end.ends_with(['村', '镇', '乡', '县', '区', '组'])
        })
        .filter_map(|end| last.find(end).map(|at| &last[at + end.len()..]));
    shared.last().unwrap_or("")
}

/// The members of a list that is denied: 进京、省、市访人员 is three kinds of 访人员.
pub(super) fn denied(named: &str) -> Vec<String> {
    let parts: Vec<&str> = named.split('、').collect();
    let Some(last) = parts.last().filter(|_| parts.len() > 1) else { return Vec::new() };
    if parts.iter().any(|part| part.is_empty() || part.chars().count() > 10) || named.contains('等')
    {
        return Vec::new();
    }
    let shared = last.char_indices().nth(1).map_or("", |(at, _)| &last[at..]);
    let short = parts[..parts.len() - 1].iter().all(|part| part.chars().count() <= 2);
    parts
        .iter()
        .map(
            |part| {
                if *part == *last || !short {
                    (*part).to_owned()
                } else {
                    format!("{part}{shared}")
                }
            },
        )
        .collect()
}

/// How far the words of a statement go.
pub(super) fn span(text: &Text<'_>, statement: &Statement, reach: usize) -> (usize, usize) {
    let (start, end) = (statement.start, statement.end);
    match statement.predicate {
        Predicate::Zero
            if text.any_at(start, &["未", "无", "没", "从", "并", "尚", "均"]).is_some() =>
        {
            (start, clause_end(text, end, reach.min(30)))
        }
        Predicate::Falling { .. } | Predicate::Rising { .. } => {
            let lead = text.any_before(start, &["呈现", "呈", "保持", "均"]).map_or(0, |(_, n)| n);
            let tail = text.any_at(end, &["的趋势", "的态势", "趋势", "态势", "之势"]).unwrap_or(0);
            (start - lead, end + tail)
        }
        _ => (start, end),
    }
}

/// The unit in which none are counted.
pub(super) fn unit_of_zero(
    text: &Text<'_>,
    statement: &Statement,
    end: usize,
) -> Option<&'static str> {
    let said = text.before(statement.end);
    let counters = ["起", "例", "件", "次", "宗", "人", "户", "处"];
    if let Some(counter) = counters.iter().find(|c| c.starts_with(said)) {
        return Some(counter);
    }
    let noun = text.slice(statement.start, end);
    if noun.contains("人员") || noun.contains('访') {
        return Some("人");
    }
    let happening = ["事故", "事件", "火灾", "案件", "案", "灾害", "纠纷", "火情", "命案"];
    happening.iter().any(|word| noun.contains(word)).then_some("起")
}

/// Whether 首届 or 第二届 numbers a festival or contest, and not a congress.
pub(super) fn is_edition(text: &Text<'_>, numeral: &Numeral) -> bool {
    if text.at(numeral.start) == '首' {
        return true;
    }
    let name = text.slice(numeral.end, clause_end(text, numeral.end, AFTER));
    ["节", "赛", "展", "博览", "运动会", "交易会"].iter().any(|word| name.contains(word))
}
