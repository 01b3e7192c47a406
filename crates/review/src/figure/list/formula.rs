//! Counts inside a formula: “一约四会”, 6镇5乡共12个乡镇, 办成两件实事.

use std::ops::Range;

use crate::figure::reading::passage::Passage;
use crate::figure::reading::small;
use crate::finding::Mark;
use crate::paper::Paper;

fn mark(paper: &Paper, at: Range<usize>, message: String) -> Mark {
    Mark { at: paper.origin(&at), message, also: Vec::new() }
}

/// `“一约四会”,即村规民约、红白理事会、道德评议会、禁毒禁赌会`: each number counts the names
/// that begin or end with its character.
pub(in crate::figure) fn named(passage: &Passage<'_>) -> Vec<Mark> {
    const OPENERS: &[&str] = &["即", "也就是", "就是", "包括", ":", "：", "(", "（"];
    let paper = passage.paper;
    let mut marks = Vec::new();
    for at in passage.range.clone() {
        let read = || {
            let (first, end) = small::number_at(&paper.chars, at + 1)?;
            let x = *paper.chars.get(end)?;
            let (second, end) = small::number_at(&paper.chars, end + 1)?;
            let y = *paper.chars.get(end)?;
            (*paper.chars.get(end + 1)? == '”' && x != y).then_some(((first, x), (second, y), end))
        };
        if paper.chars[at] != '“' {
            continue;
        }
        let Some(((first, x), (second, y), end)) = read() else { continue };
        let tail = passage.words(end + 2..passage.range.end);
        let tail = tail.trim_start_matches([',', '，']);
        // “四个一批” is made of four things that end in 一批.
        let (first, second) = if (x, second) == ('个', 1) { (0, first) } else { (first, second) };
        let Some(list) = OPENERS.iter().find_map(|word| tail.strip_prefix(word)) else { continue };
        let of = |item: &str, c: char| {
            item.starts_with(c) || item.ends_with(c) || (c == '办' && item.ends_with("办公室"))
        };
        let (mut xs, mut ys, mut open) = (0, 0, false);
        for item in list.split(['、', ',', '，', '。', ')', '）', ';', '；', '和', '及']) {
            match (of(item, x), of(item, y)) {
                // 云山石山青山 names three.
                (true, false) => xs += u32::try_from(item.matches(x).count()).unwrap_or(1),
                (false, true) => ys += u32::try_from(item.matches(y).count()).unwrap_or(1),
                _ => {
                    open = item.contains(['等', x, y]);
                    break;
                }
            }
        }
        if xs + ys < 2 || (xs, ys) == (first, second) || open {
            continue;
        }
        let name = passage.words(at..end + 2);
        let listed = if first == 0 {
            format!("{ys}个“{y}”")
        } else {
            format!("{xs}个“{x}”、{ys}个“{y}”")
        };
        let message = format!("{name}后面列了{listed},与名称不符;请核对");
        marks.push(mark(paper, at..end + 2, message));
    }
    marks
}

/// `辖6镇5乡共12个乡镇`.
pub(in crate::figure) fn divided(passage: &Passage<'_>) -> Option<Mark> {
    let numbers = &passage.numbers;
    (2..numbers.len()).find_map(|last| {
        let [a, b, all] = numbers[last - 2..=last].first_chunk::<3>()?;
        let names = [a.counter.as_str(), b.counter.as_str()];
        let noun = passage.noun(last);
        let one = |name: &str| name.chars().count() <= 2 && !name.is_empty() && name != "个";
        let total = passage.gap(last);
        let fits = names.iter().all(|name| one(name) && noun.contains(name))
            && names[0] != names[1]
            && passage.gap(last - 1).is_empty()
            && matches!(
                total.trim_start_matches([',', '，', '、']),
                "共" | "共计" | "合计" | "一共"
            )
            && all.counter == "个"
            && [a, b, all].iter().all(|n| n.is_exact())
            && a.value.checked_add(b.value)? != all.value;
        let told = |n: &crate::figure::reading::number::Number| passage.words(n.at.clone());
        fits.then(|| {
            let message = format!("{}和{}不是{};请核对总数或分项", told(a), told(b), told(all));
            all.mark(passage.paper, message, &[a, b])
        })
    })
}

/// Verbs that begin what was done.
const VERBS: &[&str] = &[
    "新建", "改造", "开通", "硬化", "新装", "建成", "完成", "修建", "安装", "实施", "启动", "成立",
    "扩建", "维修", "疏通", "绿化", "铺设", "更换", "建设", "打造", "修缮", "改建", "设立", "增设",
    "清淤", "拓宽", "翻修", "加固",
];

/// `办成两件大事:新建养老中心1所,改造公墓2处,开通办理窗口`: clauses that all begin with a verb.
pub(in crate::figure) fn deeds(passage: &Passage<'_>) -> Option<Mark> {
    let paper = passage.paper;
    let chars = &paper.chars;
    passage.range.clone().find_map(|at| {
        let (count, end) = small::number_at(chars, at)?;
        let tail = passage.words(end..passage.range.end);
        let names = ["件实事", "件大事", "件好事", "件民生实事"];
        let list = names.iter().find_map(|name| tail.strip_prefix(name))?;
        let list = list.strip_prefix([':', '：'])?.trim_end_matches('。');
        let items: Vec<&str> = list.split([',', '，', ';', '；']).collect();
        let plain = !list.contains(['、', '等']) && (2..=9).contains(&count);
        let verbs = items.iter().all(|item| VERBS.iter().any(|verb| item.starts_with(verb)));
        let told = u32::try_from(items.len()).ok()?;
        (plain && verbs && told != count && items.len() > 1).then(|| {
            let message = format!("说是{count}件,后面列了{told}件;请核对");
            mark(paper, at..end + 1, message)
        })
    })
}

/// `6件民生实事已全部办结,分别为:新建驿站2个,改造小区3个`: members that each end in a number.
pub(in crate::figure) fn measured(passage: &Passage<'_>) -> Option<Mark> {
    const OPENERS: &[&str] =
        &["分别为", "分别是", "具体为", "具体是", "依次为", "依次是", "包括", "如下", ""];
    let paper = passage.paper;
    let chars = &paper.chars;
    passage.range.clone().find_map(|at| {
        let (count, end) = small::number_at(chars, at)?;
        let first = at.checked_sub(1).is_none_or(|k| small::number_at(chars, k).is_none());
        let tail = passage.words(end..passage.range.end);
        let (lead, list) = tail.split_once([':', '：'])?;
        let noun = OPENERS.iter().find_map(|word| lead.strip_suffix(word))?;
        let kind = ["实事", "大事", "好事", "工程", "项目"].iter().any(|kind| lead.contains(kind));
        let short = lead.chars().count() <= 20 && !noun.contains(|c: char| c.is_ascii_digit());
        let list = list.trim_end_matches('。');
        let items: Vec<&str> = list.split([',', '，', ';', '；', '、']).collect();
        let own = |item: &&str| {
            let at = item.find(|c: char| c.is_ascii_digit());
            at.is_some_and(|at| {
                let name = item[..at].chars().count();
                let unit = item[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
                name >= 3 && (1..=4).contains(&unit.chars().count())
            })
        };
        let told = u32::try_from(items.len()).ok()?;
        let plain = first && (2..=12).contains(&count) && !list.contains(['等', '其']);
        let fits = plain && kind && short && items.len() > 2 && items.iter().all(own);
        (fits && told != count && told.abs_diff(count) <= 3).then(|| {
            let message = format!("说是{count}件,后面列了{told}件;请核对");
            mark(paper, at..end + 1, message)
        })
    })
}

/// `两山即青龙山、白虎山、凤凰山`: a number of things by their last character, and their names.
pub(in crate::figure) fn alike(passage: &Passage<'_>) -> Option<Mark> {
    const OPENERS: &[&str] = &["即", "就是", "指的是", "是指", "分别是", "分别为", "包括"];
    let paper = passage.paper;
    let chars = &paper.chars;
    passage.range.clone().find_map(|at| {
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        let joined = before.is_some_and(|c| c.is_ascii_digit() || "十百千万第".contains(*c));
        let (count, end) = small::number_at(chars, at).filter(|_| !joined)?;
        let kind = *chars.get(end).filter(|c| c.is_alphabetic())?;
        let tail = passage.words(end + 1..passage.range.end);
        let tail = tail.trim_start_matches(['”', '"', ',', '，']);
        let list = OPENERS.iter().find_map(|word| tail.strip_prefix(word))?;
        let end_of = list.find([',', '，', '。', ';', '；', ')', '）']).unwrap_or(list.len());
        let names: Vec<&str> = list[..end_of].split(['、', '和']).collect();
        let told = u32::try_from(names.len()).ok()?;
        // 林权纠纷一起、劳资纠纷两起 are counted themselves.
        let numbered = |name: &&str| {
            let lead = name.strip_suffix(kind).unwrap_or_default();
            lead.ends_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c))
        };
        let own = |name: &&str| {
            !numbered(name)
                && (2..=8).contains(&name.chars().count())
                && (name.ends_with(kind) || name.starts_with(kind))
        };
        let fits = names.len() >= 2 && names.iter().all(own) && (2..=12).contains(&count);
        let close = passage.range.end - list[end_of..].chars().count();
        (fits && told != count && told.abs_diff(count) <= 3).then(|| {
            let message = format!("说是{count}个“{kind}”,后面列了{told}个;请核对");
            mark(paper, at..close, message)
        })
    })
}
