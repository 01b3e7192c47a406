//! How many are announced, and how many are told behind it in one row.

use std::ops::Range;

use super::cases::cases;
use super::dates_row::{dates_before, times};
use super::groups::is_group;
use super::numbered::begins_numbered;
use super::opened::opened;
use super::persons::{persons_before, persons_behind, persons_right_before};
use super::placed::is_placed;
use super::quoted::{
    called, count_quotes, is_quoted, named_alike, quoted_before, quoted_row, unquoted,
};
use super::{counts, row_of};
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// A small number of things as it stands in a text: 三类 as well as 3项.
pub(super) struct Told {
    pub(super) said: usize,
    pub(super) unit: char,
    pub(super) at: Range<usize>,
}

/// Counters of what may be told one by one.
const COUNTERS: &str = "个件项家名位人处类种所条部座大块张支本场期次批轮届组地村镇乡县校口起例宗";

/// Marks numbers of things whose row beside them is longer or shorter than is said.
pub(super) fn rows(passage: &Passage<'_>) -> Vec<Mark> {
    let chars = &passage.paper.chars;
    let mut marks = Vec::new();
    let mut at = passage.range.start;
    while at < passage.range.end {
        let joined = at > 0
            && (chars[at - 1].is_ascii_digit()
                || "第十百千万亿零一二三四五六七八九.-".contains(chars[at - 1])
                // 三点五 is one number, 隐患点4处 are four.
                || chars[at - 1] == '点' && at > 1 && small::number_at(chars, at - 2).is_some());
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
    let line = passage.paper.chars[passage.range.end.min(passage.paper.chars.len())..]
        .iter()
        .take(120)
        .take_while(|c| **c != '\n')
        .collect::<String>();
    let words = format!("{}{line}", passage.words(told.at.end..passage.range.end));
    let words = unquoted(passage, told, words);
    // 3个月, 5个多小时 and 两次以上 count no things.
    const OTHER: &[&str] = &["月", "小时", "半", "多", "百分点", "工作日", "学期", "以上", "以下"];
    if OTHER.iter().any(|other| words.starts_with(other)) {
        return None;
    }
    // 六件实事已办结五件,即…: the row is of the number told last.
    let inner: Vec<char> = words.chars().take_while(|c| c.is_alphanumeric()).collect();
    let later = (0..inner.len()).any(|at| {
        small::number_at(&inner, at).is_some_and(|(_, end)| inner.get(end) == Some(&told.unit))
    });
    if later {
        return None;
    }
    // 二次消费 is the second one, and 3镇2乡 are counted together.
    let chars = &passage.paper.chars;
    let second = told.unit == '次' && chars.get(told.at.start) == Some(&'二');
    let quoted = is_quoted(passage, told);
    let next = small::number_at(chars, told.at.end).is_some();
    let last = told.at.start.checked_sub(2).is_some_and(|at| {
        COUNTERS.contains(chars[at + 1]) && small::number_at(chars, at).is_some()
    });
    if second || !quoted && (next || last) {
        return None;
    }
    // “三河三湖” and “三大高地”“五大战略” are of both of their numbers.
    let beside = told.at.start.checked_sub(2).is_some_and(|k| chars[k] == '”');
    let coupled = quoted && (beside || small::number_at(chars, told.at.end).is_some());
    let names = |row| if coupled { None } else { names(&words, told.said, row) };
    let count = quoted_row(passage, told)
        .or_else(|| quoted_before(passage, told))
        .or_else(|| named_alike(passage, told))
        .or_else(|| called(passage, told))
        .or_else(|| led(passage, told))
        .or_else(|| before(passage, told).filter(|_| !quoted))
        .or_else(|| persons_before(passage, told))
        .or_else(|| persons_right_before(passage, told))
        .or_else(|| persons_behind(passage, told))
        .or_else(|| times(&words, told.said).filter(|_| !is_beside(passage, told)))
        .or_else(|| names("名位人".contains(told.unit)))
        .or_else(|| dates_before(passage, told))
        .or_else(|| cases(&words, told.said))?;
    let both = told.said + joined_before(passage, told).unwrap_or(0);
    // 三项任务:水库、塘坝除险加固,灌区改造,供水一体化: each clause may be one of them.
    let row = words.split_once([':', '：']).map_or("", |(_, row)| row);
    let row = row.split(['。', ';', '；', '\n']).next().unwrap_or_default();
    let clauses = row.split([',', '，']).count();
    (count != told.said && count != both && clauses != told.said).then(|| {
        let is = passage.words(told.at.clone());
        let message = format!("说是{is},列出的有{count}个;请核对个数或所列的内容");
        let lead = passage.words(passage.range.start..told.at.start);
        let row = lead.rsplit(is_clause_mark).next().map_or(0, |row| row.chars().count());
        let row = told.at.start - row..told.at.start;
        let also = if passage.words(row.clone()).contains('、') { vec![row] } else { Vec::new() };
        let also = also.iter().map(|row| passage.paper.origin(row)).collect();
        Mark { at: passage.paper.origin(&told.at), message, also }
    })
}

/// The number of other things that is joined to one: 3 in 3个乡镇和2个街道.
fn joined_before(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let gap = clause_before(passage, told.at.start);
    let lead: Vec<char> = gap.strip_suffix(['、', '和', '及', '与'])?.chars().collect();
    let read = |at: usize| small::number_at(&lead, at);
    let begins = |at: &usize| at.checked_sub(1).is_none_or(|before| read(before).is_none());
    let mut near = (lead.len().saturating_sub(8)..lead.len()).rev().filter(begins);
    let (count, end) = near.find_map(read)?;
    let counted = lead.get(end).is_some_and(|c| COUNTERS.contains(*c));
    let plain = lead[end..].iter().all(|c| c.is_alphabetic());
    usize::try_from(count).ok().filter(|_| counted && plain)
}

/// Whether the number before, in the same clause, counts the same: 党委会3次、班子会5次 share their dates.
fn is_beside(passage: &Passage<'_>, told: &Told) -> bool {
    let clause = clause_before(passage, told.at.start);
    let clause = clause.rsplit(is_clause_mark).next().unwrap_or_default();
    let lead: Vec<char> = clause.chars().collect();
    clause.contains('、')
        && (0..lead.len()).any(|at| {
            small::number_at(&lead, at).is_some_and(|(_, end)| lead.get(end) == Some(&told.unit))
        })
}

/// The words from the clause mark before a place up to it.
fn clause_before(passage: &Passage<'_>, at: usize) -> String {
    passage.words(passage.range.start..at)
}

/// `“甲”“乙”“丙”3块牌子`, `压缩车、洒水车、清扫车等2类车辆`: the names right before a number.
fn before(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let said = told.said;
    let gap = clause_before(passage, told.at.start);
    // 由信访、司法、公安组成的三个部门
    let gap = ["组成的", "构成的"]
        .iter()
        .find_map(|end| gap.strip_suffix(end))
        .map_or(gap.clone(), |gap| format!("{gap}这"));
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
    // 节会及十大赛事 goes on behind the number, and 提出5项 counts what is set up for the names.
    if names.ends_with(['及', '和', '与', '暨']) || DEEDS.iter().any(|deed| names.ends_with(deed))
    {
        return None;
    }
    let open = names.ends_with('等') || (names.ends_with("等共"));
    // 消防、环保、综合执法共5支巡查队伍: what is counted is what was named.
    let counted = names.ends_with(['共', '这']);
    let names = row_of(names.trim_end_matches(['等', '共', '这']));
    let quoted = count_quotes(names);
    let (least, most) = match quoted {
        Some(count) => (count, count),
        None => counts(names),
    };
    let bare = names.trim_start_matches("其中由");
    if least < 2
        || has_any(bare, &["其中", "各"])
        || names.split('、').skip(1).any(|n| n.chars().any(|c| c.is_ascii_digit()))
    {
        return None;
    }
    if open {
        let short = names.split('、').skip(1).all(|name| (2..=12).contains(&name.chars().count()));
        return ((quoted.is_some() || short) && least > said && least <= said + 4).then_some(least);
    }
    // 孤儿与残疾人两项补贴 may count what its last name alone has.
    let joined = names.rsplit('、').next().is_some_and(|last| last.contains(['与', '和', '及']));
    let kinds = "项块种类大部本地村镇乡县校".contains(told.unit) && !(joined && said == 2);
    let grouped = "个支".contains(told.unit) && least >= 3 && is_group(&noun);
    let tail = |name: &str| name.trim_end_matches('”').chars().last();
    let parts: Vec<&str> = names.split('、').collect();
    // 综合组、排查组…个工作组: the names end as what is counted does.
    let last = parts.last().and_then(|name| tail(name));
    let ends = parts.len() >= 3
        && last.is_some_and(|c| !"等的了".contains(c))
        && parts.iter().skip(1).all(|name| tail(name) == last && name.chars().count() <= 8)
        && noun.chars().take(10).any(|c| Some(c) == last);
    let short = parts.iter().skip(1).all(|name| (2..=8).contains(&name.chars().count()));
    let counted = counted && least >= 3 && short && !joined;
    let placed = "个座处家所条口".contains(told.unit) && is_placed(&parts, &noun);
    let sure = quoted.is_some()
        || counted
        || grouped
        || placed
        || (kinds && least >= 3 && !noun.is_empty())
        || ends;
    let near = said.abs_diff(least) <= 2;
    (sure && near && !(least..=most).contains(&said) && (!summed || ends || quoted.is_some()))
        .then_some(least)
}

/// `以茶叶、中药材、肉牛、林果为主导的“三大产业”`: the names are said to be what is counted.
fn led(passage: &Passage<'_>, told: &Told) -> Option<usize> {
    let gap = clause_before(passage, told.at.start);
    let clause = gap.rsplit([',', '，', ';', '；', '。', ':', '：']).next()?;
    let lead = clause.trim_end_matches(['“', '"']).strip_suffix('的')?;
    let (names, role) = lead.rsplit_once('为')?;
    let (_, names) = names.rsplit_once('以')?;
    let (least, most) = counts(names);
    let fits = ["主导", "支柱", "重点", "主体", "主", "主要内容", "核心"].contains(&role)
        && least >= 2
        && !names.contains('等')
        && !(least..=most).contains(&told.said)
        && told.said.abs_diff(least) <= 2;
    fits.then_some(least)
}

/// Verbs whose object is what is counted.
const DEEDS: &[&str] = &["提出", "制定", "出台", "开展", "实施", "推出", "明确", "建立", "设置"];

/// `3项,即甲、乙、丙、丁`: the number of names, where it is not the one said.
fn names(words: &str, said: usize, persons: bool) -> Option<usize> {
    let (opener, rest) = opened(words)?;
    let sure = matches!(opener, ":" | "(" | "——")
        || !matches!(opener, "包括" | "有" | "为" | "主要有" | "主要是");
    // 红军标语墙（2处） and 其中北门社区两处 are more than one of them.
    let inner = |at: usize| rest[at..].chars().skip(1).take(4).collect::<Vec<char>>();
    // 三项任务:一是改善水、电、路、讯: its members are told by their ordinals.
    if begins_numbered(rest) {
        return None;
    }
    let of_several = rest.find(['(', '（']).map(inner).is_some_and(|inner| {
        let end = small::number_at(&inner, 0).and_then(|(_, end)| inner.get(end + 1).copied());
        opener != "(" && matches!(end, Some(')' | '）'))
    });
    if of_several || rest.contains("，其中") || rest.contains(",其中") {
        return None;
    }
    let end = if opener == "(" {
        rest.find([')', '）'])?
    } else {
        rest.find(['。', ',', '，', ';', '；', ':', '：', '(', '（', '\n']).unwrap_or(rest.len())
    };
    let inside = &rest[..end];
    // 二等奖 leaves nothing open.
    let graded = ["一等", "二等", "三等", "特等", "优等", "平等", "中等", "高等"];
    let inside = graded.iter().fold(inside.to_owned(), |words, grade| words.replace(grade, "优"));
    let inside = numbered_names(&inside).unwrap_or(inside);
    let inside = inside.as_str();
    let open = has_any(inside, &["等", "其中", ",", "，", ";", "；", "各", "余", "每", "含"])
        || inside
            .chars()
            .zip(inside.chars().skip(1))
            .any(|(c, next)| c.is_ascii_digit() && !next.is_ascii_digit() && next != '月')
        || inside.split('、').any(|name| {
            // 林权纠纷一起、劳资纠纷两起 are three.
            let end: Vec<char> = name.chars().rev().take(2).collect();
            matches!(end[..], [counter, count] if "起件例宗户次".contains(counter)
                && small::number_at(&[count], 0).is_some())
        });
    // What goes on behind a comma in names of its own is no end of the row.
    let behind = &rest[end..];
    let clause = behind
        .trim_start_matches([',', '，', ';', '；'])
        .split(['。', ',', '，', ';', '；'])
        .next()?;
    let (least, most) = match count_quotes(inside) {
        Some(count) => (count, count),
        None => counts(inside),
    };
    let long = if persons { 10 } else { 22 };
    // 县(市、区) names no two things.
    let least_name = if opener == "(" { 2 } else { 1 };
    let short = inside
        .trim_end_matches(['”', '》'])
        .split(['、', '”', '》'])
        .flat_map(|name| name.splitn(if name.chars().count() > long { 2 } else { 1 }, '和'))
        .all(|name| (least_name..=long).contains(&name.trim().chars().count()));
    let listed = opener != "(" && clause.contains('、') && !behind.starts_with('。');
    let wrong = !(least..=most).contains(&said) && said.abs_diff(least) <= 3;
    // 和 before the last name joins it to the others.
    let last = inside.rsplit('、').next().unwrap_or_default();
    // 东河防洪堤和农产品冷链物流园: two names of their own.
    let two = inside.rsplit('、').next().and_then(|last| last.split_once('和'));
    let long = two.is_some_and(|(a, b)| a.chars().count() >= 4 && b.chars().count() >= 4);
    // 协调组、签约组、调处组和保障组: all of them end alike.
    let tail = |name: &str| name.chars().last();
    let alike = two.is_some_and(|(a, b)| {
        least >= 3
            && a.chars().count() >= 3
            && b.chars().count() >= 3
            && inside.split('、').take(least - 1).chain([b]).all(|name| tail(name) == tail(a))
    });
    // 春节前、汛期、国庆前和年底: no time has a name that joins two.
    let time = |name: &str| name.ends_with(['前', '后', '期', '底', '初', '末', '节', '季']);
    let times = two.is_some_and(|(a, b)| time(a) && time(b));
    let sure_two = long || alike || times;
    // 政策宣传组、丈量登记组,实行每日一碰头、每周一通报: what goes on ends otherwise.
    let all_alike = least >= 3 && inside.split('、').all(|name| tail(name) == tail(inside));
    let ends = clause.chars().last() == inside.chars().last();
    // 五口水库——鲤鱼冲、牛角塘,全部立警示牌、挂救生圈 tells what was done with all of them.
    let of_all = ["全部", "均", "都", "全"].iter().any(|all| clause.starts_with(all));
    let more = listed && !of_all && !((alike || all_alike) && !ends);
    let (least, wrong) = if sure_two && most == least + 1 {
        (most, said != most && said.abs_diff(most) <= 3)
    } else {
        (least, wrong)
    };
    let told = least >= 2 && short && !open && !more;
    let count = least + usize::from(most > least && last.contains(['和', '及', '与']));
    (told && wrong && (sure || least > said)).then_some(count)
}

/// 民兵应急队、党员突击队 of 民兵应急队42人、党员突击队36人, where all names end alike.
fn numbered_names(row: &str) -> Option<String> {
    let digit = |c: char| c.is_ascii_digit() || c == '.';
    let count = row.split('、').count();
    let names: Option<Vec<&str>> = row
        .split('、')
        .enumerate()
        .map(|(place, item)| {
            let at = item.find(digit)?;
            let unit = item[at..].trim_start_matches(digit);
            // 理发店27家逐一建档: behind the last one the clause goes on.
            let short = unit.chars().count() <= 3 || place + 1 == count;
            (short && !unit.contains(digit)).then_some(&item[..at])
        })
        .collect();
    let names = names.filter(|names| names.len() >= 2)?;
    let last = |name: &&str| name.chars().last();
    let alike = names.iter().all(|name| last(name).is_some() && last(name) == last(&names[0]));
    // 住宿场所12家、理发店27家: or all of them are counted alike.
    let counter = |item: &str| item.trim_start_matches(|c| !digit(c)).chars().find(|c| !digit(*c));
    let mut counters = row.split('、').map(counter);
    let first = counters.next().flatten();
    let counted = first.is_some_and(|c| "家所处座个条".contains(c)) && counters.all(|c| c == first);
    let long = names.iter().all(|name| name.chars().count() >= 3);
    (alike || counted && long).then(|| names.join("、"))
}
