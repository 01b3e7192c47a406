//! A text without its asides, in plainer words: without the clauses whose numbers have to do with no
//! other number of their sentence.
//!
//! A total and its parts, a number and its share are seldom told alone: 应签约的共1250户,已签约1198户,
//! 组建团队43个,实现全覆盖. What the rules know of a sentence they know of it with the 43 teams left
//! out as well, and no rule has to say what may stand between.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use prose::{Cleaned, Found, FoundClaim, Kind};

use crate::paper::{Paper, starts};
use crate::plainer::plainer;

/// Words by which a number is of each of others, so that what is counted beside it belongs to it.
const EACH: &[char] = &['每', '均', '价'];

/// Words by which a clause says more than its number: of when, of why, or what else is counted.
const TELLING: &[&str] = &[
    "年", "月", "往", "上期", "同期", "结转", "遗留", "因", "由于", "重复", "变动", "调整", "另",
    "其中", "除", "含", "不", "未", "移交", "扣",
];

/// How a clause begins that says of something disturbing that it was not: 没有重复统计, 此外无其他增减.
const DENIALS: &[&str] = &[
    "无",
    "没有",
    "没",
    "未",
    "此外无",
    "此外没有",
    "另无",
    "再无",
    "均无",
    "并无",
    "期间无",
    "期间没有",
    "期间未",
    "年内无",
    "年内没有",
    "年内未",
    "中途无",
    "不含",
    "不存在",
    "从未",
];

/// Words by which a clause at the end says why the numbers before it need not add up.
const EXPLAINING: &[&str] = &[
    "剩余", "其余", "其他", "其它", "别的", "余下", "剩下", "又", "兼", "既", "同时", "重叠",
    "交叉", "待", "尚", "还", "部分", "少数", "有的", "来自", "陆续", "相继", "相应", "多于",
    "少于", "迁", "调出", "退出", "流出", "转出",
];

/// Fewest numbers of a sentence of which one may be an aside.
const NUMBERS: usize = 3;

/// The text without its asides, each character still known by its place in the original. `None`
/// where there are none.
pub(crate) fn distilled(paper: &Paper) -> Option<Paper> {
    let mut dropped: Vec<Range<usize>> = Vec::new();
    for sentence in &paper.sentences {
        dropped.extend(asides(paper, sentence));
        dropped.extend(remarks(paper, sentence));
        dropped.extend(brackets(paper, sentence));
        dropped.extend(holders(paper, sentence));
    }
    // Words that reach into a number are part of it: 12(含)个.
    let is_apart = |range: &Range<usize>| {
        let claims = &paper.found.claims;
        let first = claims.partition_point(|claim| claim.end <= range.start);
        let met = claims[first..].iter().take_while(|claim| claim.start < range.end);
        met.into_iter().all(|claim| range.start <= claim.start && claim.end <= range.end)
    };
    dropped.retain(is_apart);
    let mut put: BTreeMap<usize, char> = BTreeMap::new();
    for (range, plain) in plainer(&paper.cleaned.text) {
        put.extend((range.start..).zip(plain.chars()));
        dropped.push(range.start + plain.chars().count()..range.end);
    }
    dropped.retain(|range| !range.is_empty());
    let dropped = merged(dropped);
    (!dropped.is_empty() || !put.is_empty()).then(|| told(paper, &dropped, &put))
}

/// The clauses of a sentence that are asides, each with the mark before it.
fn asides(paper: &Paper, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let first = paper.found.claims.partition_point(|claim| claim.start < sentence.start);
    let inside = paper.found.claims[first..].iter().take_while(|claim| claim.start < sentence.end);
    let numbers: Vec<&FoundClaim> = inside.filter(|claim| claim.value.is_some()).collect();
    if numbers.len() < NUMBERS {
        return Vec::new();
    }
    let chars = &paper.chars;
    if chars[sentence.clone()].iter().any(|c| EACH.contains(c)) {
        return Vec::new();
    }
    let clauses = clauses(chars, sentence);
    let shares: Vec<usize> = numbers.iter().filter(|c| is_share(c)).map(|c| c.start).collect();
    let is_own = |(clause, next): (&Range<usize>, Option<&Range<usize>>)| {
        let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
        for claim in &numbers {
            let key = key(claim);
            match clause.contains(&claim.start) {
                true => own.insert(key),
                false => others.insert(key),
            };
        }
        let mut mine = numbers.iter().filter(|claim| clause.contains(&claim.start));
        // A share is of what was told right before it.
        let shared = next.is_some_and(|next| shares.iter().any(|at| next.contains(at)));
        // Behind a semicolon something else begins, which the clause before it keeps apart.
        let ends = next.is_some_and(|next| matches!(chars[next.start], ';' | '；'));
        let words: String = chars[clause.clone()].iter().collect();
        !own.is_empty()
            && !TELLING.iter().any(|word| words.contains(word))
            && own.is_disjoint(&others)
            && !shared
            && !ends
            && mine.all(|claim| is_aside(claim))
    };
    // The first clause has the subject and the time of all.
    let each = clauses.iter().enumerate().skip(1);
    each.filter(|(at, clause)| is_own((clause, clauses.get(at + 1))))
        .map(|(_, clause)| clause.clone())
        .collect()
}

/// The clauses of a sentence that tell no number and say nothing of those before them: that nothing
/// else happened, or at the end how good it was.
fn remarks(paper: &Paper, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let chars = &paper.chars;
    let clauses = clauses(chars, sentence);
    let words =
        |clause: &Range<usize>| -> String { chars[clause.clone()].iter().skip(1).collect() };
    let has_number = |clause: &Range<usize>| {
        let first = paper.found.claims.partition_point(|claim| claim.start < clause.start);
        let told = paper.found.claims.get(first).is_some_and(|claim| claim.start < clause.end);
        told || chars[clause.clone()].iter().any(char::is_ascii_digit)
    };
    let is_remark = |at: usize| {
        let own = words(&clauses[at]);
        // 没有达到时间进度,差1200万元: what was not reached is what the number is the lack of.
        let falls_short = ["达", "到", "完成", "进度", "足"].iter().any(|word| own.contains(word));
        let denies = !falls_short && DENIALS.iter().any(|word| own.starts_with(word));
        let mut telling = TELLING.iter().chain(EXPLAINING);
        let ends = at + 1 == clauses.len() && !matches!(chars[clauses[at].start], ';' | '；');
        let closes = ends && !telling.any(|word| own.contains(word));
        (denies || closes) && !has_number(&clauses[at]) && has_number(&clauses[at - 1])
    };
    (1..clauses.len()).filter(|at| is_remark(*at)).map(|at| clauses[at].clone()).collect()
}

/// Longest words in brackets that only name a thing more fully: 村(社区).
const BRACKET: usize = 8;

/// Words in brackets without a number that tell nothing of the numbers around them.
fn brackets(paper: &Paper, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let chars = &paper.chars;
    let opens = sentence.clone().filter(|at| matches!(chars[*at], '(' | '（'));
    opens
        .filter_map(|open| {
            let inside = chars[open + 1..sentence.end].iter().take(BRACKET + 1);
            let length = inside.take_while(|c| !matches!(c, ')' | '）')).count();
            let is_closed = matches!(chars.get(open + 1 + length), Some(')' | '）'));
            let own: String = chars[open + 1..open + 1 + length].iter().collect();
            let telling = TELLING.iter().chain(&["按", "以", "比", "增", "减", "共", "合", "折"]);
            let plain = own.chars().all(char::is_alphabetic)
                && !own.contains(|c: char| "〇零一二三四五六七八九十百千万亿两半".contains(c))
                && !telling.clone().any(|word| own.contains(word));
            (is_closed && length > 0 && length <= BRACKET && plain)
                .then_some(open..open + length + 2)
        })
        .collect()
}

/// What a number counts that only holds what the next one measures: 12个村 in 年初12个村共有存量债务1263.5万元.
const HOLDERS: &[&str] = &[
    "村",
    "乡镇",
    "镇",
    "社区",
    "单位",
    "部门",
    "企业",
    "学校",
    "支部",
    "街道",
    "县",
    "区县",
    "合作社",
    "小区",
];

/// Numbers that stand between the words for a time or place and what is measured there.
fn holders(paper: &Paper, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let chars = &paper.chars;
    let first = paper.found.claims.partition_point(|claim| claim.start < sentence.start);
    let inside = paper.found.claims[first..].iter().take_while(|claim| claim.start < sentence.end);
    let numbers: Vec<&FoundClaim> = inside.filter(|claim| claim.value.is_some()).collect();
    let is_holder = |own: &FoundClaim, next: &FoundClaim| {
        let between: String = chars[own.end..next.start.max(own.end)].iter().collect();
        let counted = matches!(own.unit.as_deref(), Some("个" | "家" | "所"));
        counted
            && key(own) != key(next)
            && between.chars().all(char::is_alphabetic)
            && between.chars().count() >= 3
            && HOLDERS.iter().any(|word| between.starts_with(word))
            && !between.contains(EACH)
            && !between.contains('各')
    };
    let pairs = numbers.windows(2).filter(|pair| is_holder(pair[0], pair[1]));
    pairs.map(|pair| pair[0].start..pair[0].end).collect()
}

/// Ranges in the order of their places, those that meet as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => all.push(range),
        }
    }
    all
}

fn is_share(claim: &FoundClaim) -> bool {
    let unit = claim.unit.as_deref().unwrap_or_default();
    ["%", "％", "‰", "倍", "成", "点", "番"].iter().any(|share| unit.contains(share))
        || claim.text.contains("分之")
}

/// Whether a number may have to do with no other one: it is no share and no time, and is written
/// in figures, as what is counted is.
fn is_aside(claim: &FoundClaim) -> bool {
    let unit = claim.unit.as_deref().unwrap_or_default();
    let is_time = ["天", "日", "月", "年", "时", "分", "周"].iter().any(|time| unit.contains(time));
    let is_written = claim.text.contains(|c: char| c.is_ascii_digit());
    claim.kind == Kind::Fact && !is_share(claim) && !unit.is_empty() && !is_time && is_written
}

/// What numbers have in common that may be counted together.
fn key(claim: &FoundClaim) -> &str {
    let normal = claim.normalized.as_ref().map(|normal| normal.unit.as_str());
    normal.or(claim.unit.as_deref()).unwrap_or_default()
}

/// The clauses of a sentence, each with the mark before it and without that behind it.
fn clauses(chars: &[char], sentence: &Range<usize>) -> Vec<Range<usize>> {
    let is_mark = |at: usize| {
        let digits = |at: Option<&char>| at.is_some_and(char::is_ascii_digit);
        let inside = at > 0 && digits(chars.get(at - 1)) && digits(chars.get(at + 1));
        matches!(chars[at], '，' | ',' | ';' | '；') && !inside
    };
    let mut starts: Vec<usize> = vec![sentence.start];
    starts.extend(sentence.clone().filter(|at| is_mark(*at)));
    let end_of_words = |end: usize| {
        let ends = |c: char| matches!(c, '。' | '！' | '？' | '\n') || c.is_whitespace();
        (sentence.start..end).rev().find(|at| !ends(chars[*at])).map_or(end, |at| at + 1)
    };
    let last = end_of_words(sentence.end);
    let ends = starts.iter().skip(1).copied().chain([last]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .filter(|(from, to)| from < to)
        .map(|(from, to)| from..to)
        .collect()
}

/// The text with the wide digits of a Chinese keyboard as plain ones, which all rules that calculate
/// read. `None` where there are none.
pub(crate) fn narrowed(paper: &Paper) -> Option<Paper> {
    let is_wide = |c: &char| narrow(*c) != *c;
    paper.chars.iter().any(is_wide).then(|| told(paper, &[], &BTreeMap::new()))
}

/// A wide digit or sign as the plain one.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + u8::try_from(c as u32 - '０' as u32).unwrap_or(0)),
        '．' => '.',
        '％' => '%',
        '＋' => '+',
        '－' => '-',
        c => c,
    }
}

/// The text without some of its characters, which stand in the order of their places, with others put
/// for some, and in plain digits. Tables, edits and flags are left with the text itself.
fn told(paper: &Paper, dropped: &[Range<usize>], put: &BTreeMap<usize, char>) -> Paper {
    let is_kept = |at: usize| {
        let next = dropped.partition_point(|range| range.end <= at);
        dropped.get(next).is_none_or(|range| at < range.start)
    };
    let kept: Vec<usize> = (0..paper.chars.len()).filter(|at| is_kept(*at)).collect();
    let moved = |at: usize| kept.partition_point(|old| *old < at);
    let own = |at: &usize| put.get(at).copied().unwrap_or_else(|| narrow(paper.chars[*at]));
    let chars: Vec<char> = kept.iter().map(own).collect();
    let text: String = chars.iter().collect();
    let claims = paper.found.claims.iter().filter(|claim| is_kept(claim.start));
    let claims = claims.map(|claim| FoundClaim {
        start: moved(claim.start),
        end: moved(claim.end),
        text: claim.text.chars().map(narrow).collect(),
        ..claim.clone()
    });
    // Other words may make another statement: 多出1492元 is a change once it is 增加1492元.
    let claims = match put.is_empty() {
        true => claims.collect(),
        false => prose::figures(&text, &paper.lexicon).claims,
    };
    let (found, starts) = (Found { claims, flags: Vec::new() }, starts(&text));
    let sentences = paper.sentences.iter().map(|s| moved(s.start)..moved(s.end));
    let paragraphs = paper.paragraphs.iter().map(|paragraph| {
        let mut paragraph = paragraph.clone();
        paragraph.range = moved(paragraph.range.start)..moved(paragraph.range.end);
        paragraph
    });
    Paper {
        lexicon: paper.lexicon.clone(),
        original: paper.original.clone(),
        cleaned: Cleaned {
            text,
            origin: kept.iter().map(|at| paper.cleaned.origin[*at]).collect(),
            edits: Vec::new(),
            flags: Vec::new(),
        },
        starts,
        found,
        paragraphs: paragraphs.collect(),
        sentences: sentences.collect(),
        chars,
        tables: Vec::new(),
        year: paper.year,
        day: paper.day,
        own_place: OnceLock::new(),
    }
}

#[cfg(test)]
mod tests {
    use prose::Lexicon;

    use super::*;
    use crate::paper::Setting;

    fn check(text: &str, expected: Option<&str>) {
        let paper = Paper::new(text, &Lexicon::default(), Setting::default());
        let left = distilled(&paper);
        let said = left.as_ref().map(|left| left.cleaned.text.as_str());
        assert_eq!(said, expected, "{text}");
        let Some(left) = left else { return };
        for (at, c) in left.chars.iter().enumerate() {
            assert_eq!(*c, narrow(left.original[left.cleaned.origin[at]]), "{text} {at}");
        }
        for claim in &left.found.claims {
            let words: String = left.chars[claim.start..claim.end].iter().collect();
            assert_eq!(words, claim.text, "{text}");
        }
    }

    #[test]
    fn asides_are_left_out_and_all_else_keeps_its_place() {
        check(
            "应签约的共１２５０户，已签约1198户，组建团队43个，实现全覆盖。次日办结5件。",
            Some("应签约的共1250户，已签约1198户，实现全覆盖。次日办结5件。"),
        );
        // A share is of what stands before it, a rate of what is counted, and a reason is no aside.
        check("发放8户，投入12万元，占90%。", None);
        check("每户补2000元，共85户，发放17万元，棉被120床。", None);
        check("排查隐患105处，移交往年卷宗3本，已整改108处。", None);
    }
}
