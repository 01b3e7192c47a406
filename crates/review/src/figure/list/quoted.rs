//! A name in quotes that says what it is made of: “四定”:定人、定责、定时、定标准.

use super::PLACES;
use super::items::Told;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;

/// Whether a number opens a name in quotes: “三通一码”.
pub(super) fn is_quoted(passage: &Passage<'_>, told: &Told) -> bool {
    let chars = &passage.paper.chars;
    told.at.start.checked_sub(1).is_some_and(|k| matches!(chars[k], '“' | '"' | '‘'))
}

/// `“四定”:定人、定责、定时`: a name with a number, and what it is made of.
pub(super) fn quoted_row(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let rest = passage.words(told.at.end..passage.range.end);
    let (inside, behind) = rest.split_once(['”', '"', '’']).filter(|_| is_quoted(passage, told))?;
    let opener = behind.find([':', '：', '(', '（', ',', '，', '—'])?;
    let lead = &behind[..opener];
    // Behind a comma only 即 and its like say that a row is what the name is made of.
    const SAME: &[&str] = &["即", "就是", "也就是", "指的是", "分别是", "具体是"];
    let row = behind[opener..].trim_start_matches([':', '：', '(', '（', ',', '，', '—']);
    let same = SAME.iter().find_map(|word| row.strip_prefix(word));
    if behind[opener..].starts_with([',', '，'])
        && same.is_none()
        && !row.contains('即')
        && !(inside == "一" && row.starts_with('一'))
    {
        return None;
    }
    let row = same.unwrap_or(row).trim_start_matches([':', '：', '“']);
    let end = row.find(['。', ',', '，', ';', '；', ')', '）', '”']).unwrap_or(row.len());
    let names: Vec<&str> = row[..end].split('、').collect();
    // What the names share with the quoted word tells that they are its parts.
    let core: String =
        format!("{}{inside}", told.unit).chars().filter(|c| c.is_alphabetic()).collect();
    let shares = names.iter().all(|name| core.chars().any(|c| name.contains(c)));
    let numbered = |inner: &[char], at: usize| {
        // “三个一” has one number, “四融一共” two.
        small::number_at(inner, at).filter(|(_, end)| *end < inner.len())
    };
    // “六个百分之百”,即…: that the row is what the name is made of is said.
    let said = told.unit == '个' && inside.starts_with("百分之百") && behind.contains("即");
    let fits = names.len() >= 2
        && (shares || said)
        && inside.chars().count() <= 4
        && lead.chars().count() <= 8
        && names.iter().all(|name| (1..=12).contains(&name.chars().count()));
    // What goes on behind a comma in names of its own is no end of the row.
    let next = row[end..].chars().skip(1).take_while(|c| !"。,，;；".contains(*c));
    let next: String = next.collect();
    if row[end..].starts_with([',', '，'])
        && (next.contains('、') && core.chars().any(|c| next.contains(c))
            || next.starts_with('一') && !next.starts_with("一共"))
    {
        return None;
    }
    // “四融一共” is made of five, “三通一码” of four.
    let inner: Vec<char> = inside.chars().collect();
    let more: usize = (0..if said { 0 } else { inner.len() })
        .filter_map(|at| numbered(&inner, at))
        .filter_map(|(more, _)| usize::try_from(more).ok())
        .sum();
    // “三山两湖”（云山石山青山、南湖北湖）: each row is of one of the numbers.
    let numbers = (0..inner.len()).filter(|at| numbered(&inner, *at).is_some()).count();
    let grouped = numbers > 0 && names.len() == numbers + 1;
    // 行政责任人、技术责任人和巡查责任人 are three.
    let last = names.last()?.split_once(['和', '及', '与']);
    let two = |(a, b): (&str, &str)| a.chars().last() == b.chars().last();
    let listed = names.len() + usize::from(last.is_some_and(two));
    let off = if grouped { 0 } else { listed.abs_diff(told.said + more) };
    (fits && (1..=3).contains(&off)).then_some(listed)
}

/// `“一张清单管权责、一支队伍管执法、一个平台管调度”的“四个一”`: the name takes up the words in quotes
/// right before it, each of which begins with what it counts.
pub(super) fn quoted_before(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let behind = passage.words(told.at.end..passage.range.end);
    let (name, _) = behind.split_once('”').filter(|_| is_quoted(passage, told))?;
    let before = passage.words(passage.range.start..told.at.start);
    let row = before.strip_suffix("”的“").or_else(|| before.strip_suffix("”“"))?;
    let (_, row) = row.rsplit_once('“')?;
    let names: Vec<&str> = row.split(['、', ',', '，']).collect();
    let fits = names.len() >= 2
        && (1..=2).contains(&name.chars().count())
        && names.iter().all(|item| item.starts_with(name) && item.chars().count() >= 3);
    (fits && names.len().abs_diff(told.said) <= 3).then_some(names.len())
}

/// `责任到人、措施到位、资金到账“四个到位”`: the row right before a name in quotes is what it is made of.
pub(super) fn called(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    /// Whoever a name in quotes may be told of: 党员、干部“四个意识”.
    const WHO: &[&str] = &[
        "党员", "干部", "群众", "职工", "青年", "学生", "教师", "村民", "居民", "镇", "村", "社区",
        "企业", "部门", "单位", "等", "各", "全",
    ];
    let behind = passage.words(told.at.end..passage.range.end);
    let (noun, _) = behind.split_once('”').filter(|_| is_quoted(passage, told))?;
    let before = passage.words(passage.range.start..told.at.start);
    let clause = before.strip_suffix('“')?.rsplit(is_clause_mark).next()?;
    let row = clause.strip_suffix('的').unwrap_or(clause);
    let names: Vec<&str> = row.split('、').collect();
    let lengths: Vec<usize> = names.iter().skip(1).map(|name| name.chars().count()).collect();
    let even = lengths.iter().all(|length| (2..=6).contains(length) && *length == lengths[0]);
    // The first name stands behind its verb, and the last may be joined by 和.
    let shares = names.iter().all(|name| noun.chars().any(|c| name.contains(c)));
    let plain = noun.chars().count() == 2 && noun.chars().all(char::is_alphabetic);
    let fits = told.unit == '个'
        && plain
        && even
        && (names.len() >= 3 && !has_any(row, WHO) || names.len() >= 2 && shares)
        && !row.contains(['和', '及', '与', '“', '”']);
    (fits && names.len().abs_diff(told.said) <= 2).then_some(names.len())
}

/// `问题清单、任务清单、责任清单、时限清单,以“三张清单”倒逼`: the names in the clause before end as
/// what is counted is called.
pub(super) fn named_alike(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let behind = passage.words(told.at.end..passage.range.end);
    let (noun, _) = behind.split_once('”').filter(|_| is_quoted(passage, told))?;
    let before = passage.words(passage.range.start..told.at.start);
    let clause = before.rsplit([',', '，', ';', '；', '。', ':', '：']).nth(1)?;
    let names: Vec<&str> = clause.split('、').collect();
    let fits = noun.chars().count() == 2
        && names.len() >= 3
        && names.iter().all(|name| name.ends_with(noun))
        && names.iter().skip(1).all(|name| (3..=8).contains(&name.chars().count()));
    (fits && names.len().abs_diff(told.said) <= 3).then_some(names.len())
}

/// The row behind a verb that stands right behind what is counted: 三个品牌是“甲”“乙”,
/// 四方面即理论学习、宗旨意识.
pub(super) fn led_by_verb<'w>(noun: &str, words: &'w str) -> Option<&'w str> {
    let behind = &words[noun.len()..];
    let verb = ["是", "为", "即"].iter().any(|verb| noun.ends_with(verb));
    if verb && noun.chars().count() <= 8 && behind.starts_with('“') {
        return Some(behind);
    }
    // 6家单位为县医院、城关中学: names of their own, and no ranks that the things have.
    let named = PLACES.iter().find_map(|place| {
        let rest = noun.strip_prefix(place)?;
        ["为", "是"].iter().find_map(|verb| rest.strip_prefix(verb))
    });
    if let Some(first) =
        named.filter(|first| behind.starts_with('、') && first.chars().count() >= 3)
    {
        let row = &words[noun.len() - first.len()..];
        let end = row.find([',', '，', '。', ';', '；', '(', '（', ':', '：']).unwrap_or(row.len());
        let names: Vec<&str> = row[..end].split('、').collect();
        let rank = |name: &&str| has_any(name, &["级", "示范", "重点", "先进", "优秀", "型", "类"]);
        if names.len() >= 4 && !names.iter().any(rank) {
            return Some(row);
        }
    }
    // 立即 and 即将 open no row.
    let (of, row) = noun.split_once('即')?;
    let opens = (1..=4).contains(&of.chars().count())
        && !of.ends_with(['立', '随', '当'])
        && !row.starts_with(['将', '可', '使', '日']);
    (opens && behind.starts_with('、')).then(|| &words[of.len() + '即'.len_utf8()..])
}

/// The words behind a number without the end of the quotes that it begins: “五大工程”,即… tells its
/// name; “三通一码” is of several numbers.
pub(super) fn unquoted(passage: &Passage<'_>, told: &Told, words: String) -> String {
    let opened = passage.paper.chars.get(told.at.start.wrapping_sub(1)) == Some(&'“');
    let plain = |c: char| c.is_alphabetic() && !"一二两三四五六七八九十".contains(c);
    match words.split_once('”') {
        Some((name, rest)) if opened && name.chars().all(plain) => format!("{name}{rest}"),
        _ => words,
    }
}

/// How many names stand in quotes or book marks right behind each other.
pub(super) fn count_quotes(names: &str) -> Option<usize> {
    let marks = [('“', '”'), ('《', '》')];
    marks.iter().find_map(|(open, close)| {
        let opened = names.matches(*open).count();
        let inside: usize = names
            .split(*close)
            .skip(1)
            .filter(|rest| {
                !rest.is_empty() && !rest.trim_start_matches(['、', '和', '及']).starts_with(*open)
            })
            .count();
        let ends = names.ends_with(*close);
        (opened >= 2 && opened == names.matches(*close).count() && inside == 0 && ends)
            .then_some(opened)
    })
}
