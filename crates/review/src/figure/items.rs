//! How many are announced, and how many are told behind it in one row.

use std::ops::Range;

use super::passage::{Passage, has_any};
use super::small;
use crate::finding::Mark;

/// Words between a number of things and the row of their names.
const OPENERS: &[&str] = &[
    "即", "分别是", "分别为", "依次是", "依次为", "具体是", "具体为", "具体有", "也就是", "就是",
    "分别位于", "分别设在", "分别建在", "分别分布在", "分布在", "坐落在", "依次在", "分别叫",
    "名单为", "包括", "有", "为", "主要有", "主要是",
];

/// A small number of things as it stands in a text: 三类 as well as 3项.
struct Told {
    said: usize,
    unit: char,
    at: Range<usize>,
}

/// Counters of what may be told one by one.
const COUNTERS: &str = "个项家名位处类种所条部座大块张支本场期次批件轮届组";

/// Marks numbers of things whose row beside them is longer or shorter than is said.
pub(super) fn rows(passage: &Passage<'_>) -> Vec<Mark> {
    let chars = &passage.paper.chars;
    let mut marks = Vec::new();
    let mut at = passage.range.start;
    while at < passage.range.end {
        let joined = at > 0 && (chars[at - 1].is_ascii_digit() || "第十百千万亿零一二三四五六七八九点.-".contains(chars[at - 1]));
        let Some((said, end)) = small::number_at(chars, at).filter(|_| !joined) else {
            at += 1;
            continue;
        };
        let unit = chars.get(end).copied().unwrap_or('\n');
        let quoted = at > 0 && matches!(chars[at - 1], '“' | '"' | '‘');
        if (COUNTERS.contains(unit) || quoted) && (2..=20).contains(&said) {
            let said = usize::try_from(said).unwrap_or(0);
            marks.extend(row(passage, &Told { said, unit, at: at..end + 1 }));
        }
        at = end;
    }
    marks
}

fn row(passage: &Passage<'_>, told: &Told) -> Option<Mark> {
    let words = passage.words(told.at.end..passage.range.end);
    // 3个月, 5个多小时 and 两次以上 count no things.
    const OTHER: &[&str] = &["月", "小时", "半", "多", "百分点", "工作日", "学期", "以上", "以下"];
    if OTHER.iter().any(|other| words.starts_with(other)) {
        return None;
    }
    let count = quoted_row(passage, told)
        .or_else(|| before(passage, told))
        .or_else(|| times(&words, told.said))
        .or_else(|| names(&words, told.said, "名位".contains(told.unit)))
        .or_else(|| dates_before(passage, told))?;
    (count != told.said).then(|| {
        let is = passage.words(told.at.clone());
        let message = format!("说是{is},列出的有{count}个;请核对个数或所列的内容");
        Mark { at: passage.paper.origin(&told.at), message, also: Vec::new() }
    })
}

/// `“四定”:定人、定责、定时`: a name with a number, and what it is made of.
fn quoted_row(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let chars = &passage.paper.chars;
    let opened = told.at.start.checked_sub(1).is_some_and(|k| matches!(chars[k], '“' | '"' | '‘'));
    let rest = passage.words(told.at.end..passage.range.end);
    let (inside, behind) = rest.split_once(['”', '"', '’']).filter(|_| opened)?;
    let opener = behind.find([':', '：', '(', '（', ',', '，', '—'])?;
    let lead = &behind[..opener];
    let row = behind[opener..].trim_start_matches([':', '：', '(', '（', ',', '，', '—']);
    let row = row.strip_prefix('即').unwrap_or(row).trim_start_matches([':', '：', '“']);
    let end = row.find(['。', ',', '，', ';', '；', ')', '）', '”']).unwrap_or(row.len());
    let names: Vec<&str> = row[..end].split('、').collect();
    // What the names share with the quoted word tells that they are its parts.
    let core: String = format!("{}{inside}", told.unit).chars().filter(|c| c.is_alphabetic()).collect();
    let shares = names.iter().all(|name| core.chars().any(|c| name.contains(c)));
    let fits = names.len() >= 2
        && shares
        && inside.chars().count() <= 4
        && lead.chars().count() <= 8
        && names.iter().all(|name| (1..=12).contains(&name.chars().count()))
        && names.len().abs_diff(told.said) <= 3;
    fits.then_some(names.len())
}

/// The words from the clause mark before a place up to it.
fn clause_before(passage: &Passage<'_>, at: usize) -> String {
    passage.words(passage.range.start..at)
}

/// `“甲”“乙”“丙”3块牌子`, `压缩车、洒水车、清扫车等2类车辆`: the names right before a number.
fn before(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let said = told.said;
    let gap = clause_before(passage, told.at.start);
    let behind = passage.words(told.at.end..passage.range.end);
    let noun: String = behind.chars().take_while(|c| c.is_alphabetic()).collect();
    let names = gap.rsplit([',', '，', ';', '；', '。', ':', '：']).next()?.trim();
    let sum = ["共", "共计", "合计", "总共"];
    // 综合组、排查组,共五个工作组
    let (names, summed) = if sum.contains(&names) {
        let mut clauses = gap.rsplit([',', '，', ';', '；', '。', ':', '：']);
        clauses.next();
        (clauses.next()?.trim(), true)
    } else {
        (names, false)
    };
    let open = names.ends_with('等') || (names.ends_with("等共")) ;
    let names = names.trim_end_matches(['等', '共', '这']);
    let quoted = count_quotes(names);
    let (least, most) = match quoted {
        Some(count) => (count, count),
        None => counts(names),
    };
    if least < 2 || has_any(names, &["其中", "各"]) || names.split('、').skip(1).any(|n| n.chars().any(|c| c.is_ascii_digit())) {
        return None;
    }
    if open {
        let short = names.split('、').skip(1).all(|name| (2..=12).contains(&name.chars().count()));
        return ((quoted.is_some() || short) && least > said && least <= said + 4).then_some(least);
    }
    let kinds = "项块种类大部本".contains(told.unit);
    let grouped = "个支".contains(told.unit)
        && least >= 3
        && GROUPS.iter().any(|group| noun.starts_with(group));
    let tail = |name: &str| name.trim_end_matches('”').chars().last();
    let parts: Vec<&str> = names.split('、').collect();
    // 综合组、排查组…个工作组: the names end as what is counted does.
    let last = parts.last().and_then(|name| tail(name));
    let ends = parts.len() >= 3
        && last.is_some_and(|c| !"等的了".contains(c))
        && parts.iter().skip(1).all(|name| tail(name) == last && name.chars().count() <= 8)
        && noun.chars().take(5).any(|c| Some(c) == last);
    let sure = quoted.is_some() || grouped || (kinds && least >= 3 && !noun.is_empty()) || ends;
    let near = said.abs_diff(least) <= 2;
    (sure && near && !(least..=most).contains(&said) && (!summed || ends || quoted.is_some()))
        .then_some(least)
}

/// What is set up and named one by one.
const GROUPS: &[&str] = &[
    "专班", "工作组", "小组", "专项组", "工作专班", "网格", "支部", "党支部", "主导产业", "片区",
    "板块", "平台", "体系", "专题", "攻坚组", "工作小组", "专门工作组", "特色产业", "重点领域",
    "领域", "环节", "景区", "村民小组", "自然村", "社区", "乡镇", "部门", "行动", "专项行动",
];

/// How many names stand in quotes or book marks right behind each other.
fn count_quotes(names: &str) -> Option<usize> {
    let marks = [('“', '”'), ('《', '》')];
    marks.iter().find_map(|(open, close)| {
        let opened = names.matches(*open).count();
        let inside: usize = names
            .split(*close)
            .skip(1)
            .filter(|rest| !rest.is_empty() && !rest.trim_start_matches(['、', '和', '及']).starts_with(*open))
            .count();
        let ends = names.ends_with(*close);
        (opened >= 2 && opened == names.matches(*close).count() && inside == 0 && ends)
            .then_some(opened)
    })
}

/// `3项,即甲、乙、丙、丁`: the number of names, where it is not the one said.
fn names(words: &str, said: usize, persons: bool) -> Option<usize> {
    let (opener, rest) = opened(words)?;
    let sure = matches!(opener, ":" | "(" | "——") || !matches!(opener, "包括" | "有" | "为" | "主要有" | "主要是");
    let end = if opener == "(" {
        rest.find([')', '）'])?
    } else {
        rest.find(['。', ',', '，', ';', '；', ':', '：', '(', '（', '\n']).unwrap_or(rest.len())
    };
    let inside = &rest[..end];
    let open = has_any(inside, &["等", "其中", ",", "，", ";", "；", "各", "余", "每", "含"])
        || inside.chars().any(|c| c.is_ascii_digit());
    // What goes on behind a comma in names of its own is no end of the row.
    let behind = &rest[end..];
    let clause = behind.trim_start_matches([',', '，', ';', '；']).split(['。', ',', '，', ';', '；']).next()?;
    let more = opener != "(" && clause.contains('、') && !behind.starts_with('。');
    let (least, most) = counts(inside);
    let long = if persons { 8 } else { 22 };
    let short = inside.split('、').all(|name| (1..=long).contains(&name.trim().chars().count()));
    let told = least >= 2 && short && !open && !more;
    let wrong = !(least..=most).contains(&said) && said.abs_diff(least) <= 3;
    (told && wrong && (sure || least > said)).then_some(least)
}

/// The opener right behind a noun, and what follows it.
fn opened(words: &str) -> Option<(&'static str, &str)> {
    let noun_end = words.find(|c: char| !c.is_alphanumeric())?;
    let noun = &words[..noun_end];
    if noun.chars().count() > 14 {
        return None;
    }
    let rest = &words[noun_end..];
    if let Some(rest) = rest.strip_prefix("——") {
        return Some(("——", rest));
    }
    let mut marks = rest.chars();
    match marks.next()? {
        ':' | '：' => {
            let behind = marks.as_str();
            let opener = OPENERS.iter().find_map(|word| behind.strip_prefix(word));
            Some((":", opener.unwrap_or(behind)))
        }
        '(' | '（' => {
            let behind = marks.as_str();
            let opener = OPENERS.iter().find_map(|word| behind.strip_prefix(word));
            Some(("(", opener.unwrap_or(behind)))
        }
        ',' | '，' => {
            let behind = marks.as_str();
            OPENERS.iter().find_map(|word| Some((*word, behind.strip_prefix(word)?)))
        }
        _ => None,
    }
}

/// How many names a row of words may hold: 和 may join two names or be part of one.
fn counts(words: &str) -> (usize, usize) {
    let certain = words.matches('、').count() + 1;
    let joined = words.replace("以及", "及");
    (certain, certain + joined.chars().filter(|c| "和及与暨".contains(*c)).count())
}

/// `6次(1月、3月、4月各一次)`, `4次,分别在7月8日、8月19日和9月26日`: how many times are told.
fn times(words: &str, said: usize) -> Option<usize> {
    const LEADS: &[&str] =
        &[
        "时间分别为", "时间分别是", "时间依次为", "时间依次是", "分别在", "分别于", "分别是",
        "分别为", "即", "时间为", "时间是", "先后于", "先后在", "依次在", "依次为", "依次是",
        "时间分别在", "分别安排在", "安排在",
    ];
    let noun_end = words.find(|c: char| !c.is_alphanumeric())?;
    if words[..noun_end].chars().count() > 20 {
        return None;
    }
    let rest = words[noun_end..].trim_start_matches([',', '，', '(', '（', ':', '：']);
    let opened = words[noun_end..].starts_with(['(', '（', ':', '：']);
    let lead = LEADS.iter().find_map(|lead| rest.strip_prefix(lead));
    let rest = match lead {
        Some(rest) => rest,
        None if opened => rest,
        None => return None,
    };
    let chars: Vec<char> = rest.chars().collect();
    let (count, end) = row_of_dates(&chars, 0)?;
    let tail: String = chars[end..chars.len().min(end + 6)].iter().collect();
    // 各两次, 前后 and 至 say something else.
    let each = tail.contains('各') && !tail.contains("各一") && !tail.contains("各1");
    let open = tail.starts_with(['等', '至', '到', '-', '前', '后', '底', '起']) || each;
    let wrong = count != said && count >= 2;
    (wrong && !open && said.abs_diff(count) <= 3).then_some(count)
}

/// `于3月8日、7月15日两次召开` with the dates before the number.
fn dates_before(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let said = told.said;
    if !"次场期批届轮".contains(told.unit) {
        return None;
    }
    let chars = &passage.paper.chars;
    let start = told.at.start;
    let from = passage.range.start.max(start.saturating_sub(60));
    let first = (from..start).find(|at| {
        chars[*at].is_ascii_digit() && !chars[at.saturating_sub(1)].is_ascii_digit()
            && row_of_dates(&chars[..start], *at).is_some()
    })?;
    let (count, end) = row_of_dates(&chars[..start], first)?;
    let between = passage.words(end..start);
    let joined = matches!(between.as_str(), "" | "共" | "分" | "先后" | "," | "，" | ",共" | "，共" | "连续");
    (joined && count >= 2 && count != said && said.abs_diff(count) <= 3).then_some(count)
}

/// A row of months or days joined by 、 and 和: how many, and where it ends.
fn row_of_dates(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let one = |at: usize| -> Option<usize> {
        let (_, end) = small::digits_at(chars, at)?;
        match chars.get(end)? {
            '月' | '日' | '号' => {
                let day = small::digits_at(chars, end + 1)
                    .filter(|(_, end)| matches!(chars.get(*end), Some('日' | '号')));
                Some(day.map_or(end + 1, |(_, end)| end + 1))
            }
            '年' => {
                let (_, end) = small::digits_at(chars, end + 1)?;
                let end = (chars.get(end) == Some(&'月')).then_some(end + 1)?;
                let day = small::digits_at(chars, end)
                    .filter(|(_, end)| matches!(chars.get(*end), Some('日' | '号')));
                Some(day.map_or(end, |(_, end)| end + 1))
            }
            _ => None,
        }
    };
    let mut end = one(at)?;
    let mut count = 1;
    while matches!(chars.get(end), Some('、' | '和' | '及' | '与')) {
        let Some(next) = one(end + 1) else { return None };
        count += 1;
        end = next;
    }
    Some((count, end))
}

/// `甲、乙、丙3个项目…,投资分别为1.2亿元和8000万元`: as many values as there are things.
pub(super) fn values(passage: &Passage<'_>) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    let (byte, word) = words.match_indices("分别").next()?;
    let at = passage.range.start + words[..byte].chars().count();
    let first = passage.numbers.iter().position(|n| n.at.start > at)?;
    let lead = passage.words(at + word.chars().count()..passage.numbers[first].at.start);
    if lead.chars().count() > 8 || lead.contains(|c: char| !c.is_alphanumeric()) {
        return None;
    }
    let (mut count, mut last) = (1, first);
    while last + 1 < passage.numbers.len() {
        match passage.gap(last + 1).trim() {
            "" => {}
            "、" | "和" | "及" | "与" | "以及" => count += 1,
            _ => break,
        }
        last += 1;
    }
    let tail = passage.words(passage.numbers[last].at.end..passage.range.end);
    let goes_on = tail.starts_with(['、', '和', '及', '与', '等']);
    if let Some(mark) = counted_names(passage, &words[..byte], at, count, first, last) {
        return Some(mark);
    }
    // The clause of 分别 must not have names of its own, which another check counts.
    let clause = words[..byte].rsplit([',', '，', ';', '；', '。']).next()?;
    if count < 2 || goes_on || has_any(clause, &["、", "和", "与"]) {
        return None;
    }
    let before = &passage.numbers[..first];
    let counted = |index: usize| {
        let number = &before[index];
        matches!(number.unit.as_str(), "个" | "家" | "项" | "处" | "所" | "座" | "村" | "条" | "类")
            && number.is_exact()
            && number.direction.is_none()
            && !number.per
    };
    let told: Vec<usize> = (0..before.len()).filter(|i| counted(*i)).collect();
    let [one] = told.as_slice() else { return None };
    let number = &before[*one];
    let said = usize::try_from(number.value).ok()?;
    // The things are named right before their number.
    let label = passage.label(*one);
    let gap = passage.gap(*one);
    let names = gap.rsplit([',', '，', ';', '；', '。', ':', '：']).next()?;
    let (least, most) = counts(names.trim_end_matches(&label).trim_end_matches('、'));
    let named = names.contains('、') && !label.ends_with('等');
    let fits = named && (2..=8).contains(&said) && said != count && said.abs_diff(count) <= 2;
    let known = (least..=most + 1).contains(&said);
    (fits && known).then(|| {
        let told = passage.words(number.at.clone());
        let message = format!("前面是{told},“分别”后有{count}个数,对不上;请核对");
        let also: Vec<_> = passage.numbers[first..=last].iter().collect();
        number.mark(passage.paper, message, &also)
    })
}

/// `上坪、下坪、中坪三村分别获得20万元、15万元、10万元和5万元`: the names are counted.
fn counted_names(
    passage: &Passage<'_>,
    lead: &str,
    at: usize,
    count: usize,
    first: usize,
    last: usize,
) -> Option<Mark> {
    let clause = lead.rsplit([',', '，', ';', '；', '。', ':', '：']).next()?;
    let chars: Vec<char> = clause.chars().collect();
    let said = (1..chars.len()).rev().find_map(|k| {
        let (said, end) = small::number_at(&chars, k)?;
        let unit: String = chars[end..].iter().take(2).collect();
        let names: String = chars[..k].iter().collect();
        let (least, most) = counts(&names);
        let count = usize::try_from(said).ok()?;
        let kind = unit.starts_with(['个', '村', '镇', '家', '乡', '校', '地', '人', '户', '项', '名', '所', '县']);
        (kind && least >= 2 && (least..=most).contains(&count)).then_some((said, k))
    })?;
    let (least, most) = counts(&chars[..said.1].iter().collect::<String>());
    let said = said.0;
    let said = usize::try_from(said).ok()?;
    let goes_on = passage.words(passage.numbers[last].at.end..passage.range.end);
    let open = goes_on.starts_with(['、', '和', '及', '与', '等']) || clause.contains('等');
    let fits = least >= 2 && (least..=most).contains(&said) && said != count && !open;
    fits.then(|| {
        let place = at..passage.numbers[last].at.end;
        let message = format!("“分别”前有{said}项,后有{count}个数,对不上;请核对");
        let paper = passage.paper;
        let also = passage.numbers[first..=last].iter().map(|n| paper.origin(&n.at)).collect();
        Mark { at: paper.origin(&place), message, also }
    })
}
