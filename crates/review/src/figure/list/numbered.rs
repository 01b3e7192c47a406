//! Lists whose members are numbered, and how many of them were announced.

use std::ops::Range;

use crate::figure::list::mark;
use crate::figure::reading::passage::{has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;
use crate::paper::Paper;

/// Nouns of what is announced and then told one by one.
const ANNOUNCED: &[&str] = &[
    "方面", "工作", "问题", "措施", "举措", "任务", "重点", "原因", "环节", "机制", "行动", "抓手",
    "困难", "短板", "建议", "不足", "关键", "做法", "工程", "特点", "体会", "亮点", "要求", "意见",
    "目标", "强化", "突出", "着力", "狠抓", "坚持", "提升", "聚焦", "到位", "体系", "活动", "难题",
    "政策", "制度", "规定", "变化", "转变", "优势", "经验", "办法", "需要", "内容", "步骤", "途径",
    "方案", "承诺", "行为", "好处", "大事", "实事", "难事", "骨头", "硬仗", "难关", "件事",
];

/// `以下三个方面:一是…二是…`.
pub(super) fn numbered(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut marks = Vec::new();
    for at in 1..chars.len() {
        if !matches!(chars[at], '一' | '第' | '其' | '(' | '（' | '①' | '1') {
            continue;
        }
        let Some(form) = FORMS.iter().find(|form| starts(chars, at, &form.name(1))) else {
            continue;
        };
        if chars[at - 1].is_alphanumeric() {
            continue;
        }
        let Some(place) = announced(chars, at) else { continue };
        let Some((said, _)) = small::number_at(chars, place.start) else { continue };
        // Behind a colon the members may be lines of their own.
        let colon = chars[..at].iter().rev().find(|c| !c.is_whitespace());
        let lines = chars[at - 1] == '\n' && colon.is_some_and(|c| matches!(c, ':' | '：'));
        let told = told(chars, at, *form, lines);
        // 此外,第五项是… goes on in words of its own.
        let tail: String = chars[at..chars.len().min(at + MEMBER)].iter().collect();
        let on = [
            format!("第{}", Form::Is('是').name(said).trim_end_matches('是')),
            Form::Is('是').name(said),
        ];
        let far: String = if lines { chars[at..].iter().collect() } else { String::new() };
        // 还有两类产品 are the others that were announced.
        let others = tail.match_indices("还有").any(|(byte, word)| {
            let rest: Vec<char> = tail[byte + word.len()..].chars().take(4).collect();
            small::number_at(&rest, 0).is_some_and(|(more, _)| told + more == said)
        });
        let goes_on = others
            || told < said && on.iter().any(|word| tail.contains(word.as_str()))
            || far.contains(&form.name(told + 1))
            || (lines || matches!(form, Form::Is(word) if *word != '是'))
                && told.abs_diff(said) > 2;
        if told < 2 || said < 2 || told == said || goes_on {
            continue;
        }
        let words = paper.words(place.clone());
        let message = format!("说是“{words}”,实际列出{told}项;请核对项数");
        marks.push(mark(paper, place, message));
    }
    marks
}

/// `三块硬骨头。首先是…其次是…再次是…最后是…`.
pub(super) fn ordered(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut marks = Vec::new();
    for at in 1..chars.len() {
        if !starts(chars, at, "首先") || chars[at - 1].is_alphanumeric() {
            continue;
        }
        let Some(place) = announced(chars, at) else { continue };
        let Some((said, _)) = small::number_at(chars, place.start) else { continue };
        let line: String = chars[at..].iter().take(MEMBER).take_while(|c| **c != '\n').collect();
        let next = ["其次", "再次", "然后", "第三", "第四", "最后"];
        let told = 1 + next.iter().filter(|word| line.contains(**word)).count();
        let told = u32::try_from(told).unwrap_or(0);
        // Without 最后 the list may go on in words of its own.
        if line.contains("最后") && told >= 2 && told != said {
            let words = paper.words(place.clone());
            let message = format!("说是“{words}”,实际列出{told}项;请核对项数");
            marks.push(mark(paper, place, message));
        }
    }
    marks
}

/// `三方面不足:一方面…;另一方面…`: the two words tell of two, and no more.
pub(super) fn two_sided(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let first = (1..chars.len())
        .filter(|at| starts(chars, *at, "一方面") && !chars[*at - 1].is_alphanumeric());
    first
        .filter_map(|at| {
            let place = announced(chars, at)?;
            let (said, _) = small::number_at(chars, place.start)?;
            let line: String =
                chars[at..].iter().take(MEMBER).take_while(|c| **c != '\n').collect();
            let more = ["还有一", "再一方面", "第三", "三是", "此外", "同时还"];
            let two = line.matches("另一方面").count() == 1 && !has_any(&line, &more);
            let words = paper.words(place.clone());
            let message = format!("说是“{words}”,实际列出2项;请核对项数");
            (two && said != 2).then(|| mark(paper, place, message))
        })
        .collect()
}

/// How the members of a list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// 一是, 一要, 一抓.
    Is(char),
    /// 第一,.
    Nth,
    /// 其一,.
    Its,
    /// (一) and (1), in one paragraph.
    Bracket,
    Arabic,
    /// ①.
    Circle,
    /// `1.改造管网;2.安装路灯`.
    Dot,
    /// `1、改造管网;2、安装路灯`.
    Pause,
}

const FORMS: [Form; 14] = [
    Form::Is('是'),
    Form::Is('要'),
    Form::Is('抓'),
    Form::Is('靠'),
    Form::Is('看'),
    Form::Is('查'),
    Form::Is('促'),
    Form::Nth,
    Form::Its,
    Form::Bracket,
    Form::Arabic,
    Form::Circle,
    Form::Dot,
    Form::Pause,
];

impl Form {
    /// The words of a member.
    fn name(self, number: u32) -> String {
        const CHINESE: [&str; 16] = [
            "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三",
            "十四", "十五", "十六",
        ];
        let index = usize::try_from(number.saturating_sub(1)).unwrap_or(0).min(15);
        let chinese = CHINESE[index];
        match self {
            Form::Is(word) => format!("{chinese}{word}"),
            Form::Nth => format!("第{chinese},"),
            Form::Its => format!("其{chinese},"),
            Form::Bracket => format!("({chinese})"),
            Form::Arabic => format!("({number})"),
            Form::Dot => format!("{number}."),
            Form::Pause => format!("{number}、"),
            Form::Circle => {
                char::from_u32('①' as u32 + number.saturating_sub(1)).unwrap_or('⑳').to_string()
            }
        }
    }

    /// Whether its members stay in one paragraph; 一是 may begin one.
    fn is_inline(self) -> bool {
        !matches!(self, Form::Is(_) | Form::Dot | Form::Pause)
    }
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    // 1.5万元 begins no member.
    let next = chars.get(at + word.chars().count());
    if word.ends_with('.') && next.is_some_and(char::is_ascii_digit) {
        return false;
    }
    word.chars().enumerate().all(|(k, c)| {
        chars.get(at + k).is_some_and(|told| {
            *told == c || matches!((c, told), ('(', '（') | (')', '）') | (',', '，'))
        })
    })
}

/// Whether words begin with the first of numbered members: 一是, (一), 首先.
pub(super) fn begins_numbered(words: &str) -> bool {
    let chars: Vec<char> = words.trim_start().chars().collect();
    starts(&chars, 0, "首先") || FORMS.iter().any(|form| starts(&chars, 0, &form.name(1)))
}

/// The announcement before a list: in the clause right before it, or for a name in quotes that its
/// members take up in the one before that.
fn announced(chars: &[char], list: usize) -> Option<Range<usize>> {
    announced_at(chars, list, list).or_else(|| {
        let from = list.saturating_sub(24);
        let last = (from..list.saturating_sub(2)).rev().find(|at| is_clause_mark(chars[*at]))?;
        let place = announced_at(chars, last + 1, list)?;
        let quoted = place.start.checked_sub(1).is_some_and(|at| chars[at] == '“');
        (quoted && !chars[last..list - 1].contains(&'。')).then_some(place)
    })
}

/// The announcement that ends where words behind it begin: a number, a counter and a noun.
fn announced_at(chars: &[char], behind: usize, list: usize) -> Option<Range<usize>> {
    let mut end = behind;
    while end > 0
        && (chars[end - 1].is_whitespace()
            || matches!(chars[end - 1], ':' | '：' | '。' | ',' | '，' | ';'))
    {
        end -= 1;
    }
    if end == behind {
        return None;
    }
    // What a colon follows is told one by one, whatever it is.
    let told = chars[end..behind].iter().any(|c| matches!(c, ':' | '：'));
    let from = end.saturating_sub(16);
    let begin = chars[from..end]
        .iter()
        .rposition(|c| is_clause_mark(*c) || *c == '\n')
        .map_or(from, |k| from + k + 1);
    let clause = &chars[begin..end];
    for k in (0..clause.len()).rev() {
        // 十二 is read from its first character.
        let longer = k.checked_sub(1).is_some_and(|b| "一二三四五六七八九十第".contains(clause[b]));
        let Some((_, after)) = small::number_at(clause, k).filter(|_| !longer) else { continue };
        if !clause.get(after).is_some_and(|c| "个项大条点方件块类种步招座场道".contains(*c))
        {
            continue;
        }
        let noun: String = clause[after..].iter().collect();
        // “四大工程” is a name of its own, unless each member is told as one of them.
        let inner: String = noun.chars().skip(1).take_while(|c| c.is_alphabetic()).collect();
        let first: String = chars[list..chars.len().min(list + 24)]
            .iter()
            .take_while(|c| !is_clause_mark(**c))
            .collect();
        let of_it: String = first.chars().skip(2).collect();
        // “四个强化”:一是强化政治引领
        let told_first = told && first.contains('是') && of_it.starts_with(&inner);
        let named = inner.chars().count() >= 2
            && (told_first || first.ends_with(&inner) && !first.starts_with(&inner));
        let quoted = !named && (clause[..k].contains(&'“') || noun.contains('”'));
        let most = if told { 14 } else { 8 };
        let plain = noun.trim_end_matches('”').chars().count() <= most
            && !has_any(&noun, &["等", "之一", "、"]);
        return (plain && !quoted && (told || named || has_any(&noun, ANNOUNCED)))
            .then_some(begin + k..end);
    }
    None
}

/// How far the next member of a list may be.
const MEMBER: usize = 1200;

/// How many members a list has that begins at a position.
fn told(chars: &[char], at: usize, form: Form, lines: bool) -> u32 {
    let first = form.name(1);
    let inline = form.is_inline() && !lines;
    // Whole sections are counted by their headings.
    let reach = if form.is_inline() && lines { MEMBER / 10 } else { MEMBER };
    let (mut count, mut from) = (1, at + first.chars().count());
    while count < 16 {
        let word = form.name(count + 1);
        let limit = chars.len().min(from + reach);
        let next = (from..limit).find(|k| {
            let begins = starts(chars, *k, &first)
                || starts(chars, *k, &word)
                || (count > 1 && starts(chars, *k, &form.name(count)));
            (begins && !chars[*k - 1].is_alphanumeric()) || (inline && chars[*k] == '\n')
        });
        // The first name again begins another list, the last one again goes on with an outer one.
        let Some(next) = next.filter(|k| starts(chars, *k, &word)) else { break };
        count += 1;
        from = next + word.chars().count();
    }
    count
}

/// `“三个聚焦”:聚焦产业强镇,聚焦民生改善,…`: clauses that all begin with the word that was counted.
pub(super) fn headed(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut marks = Vec::new();
    for at in 0..chars.len() {
        let joined = at > 0 && "第十百千一二三四五六七八九".contains(chars[at - 1]);
        let Some((said, end)) = small::number_at(chars, at).filter(|_| !joined) else { continue };
        if !(2..=12).contains(&said) || !chars.get(end).is_some_and(|c| "个大项".contains(*c)) {
            continue;
        }
        let tail: String = chars[end + 1..].iter().take(300).take_while(|c| **c != '\n').collect();
        let Some((word, row)) = tail.split_once([':', '：']) else { continue };
        let word = word.trim_end_matches(['”', '"']);
        if word.chars().count() != 2 || !word.chars().all(char::is_alphabetic) {
            continue;
        }
        let row = row.split('。').next().unwrap_or_default();
        let clauses = row.split([',', '，', ';', '；', '、']);
        let told = clauses.filter(|clause| clause.trim_start().starts_with(word)).count();
        let told = u32::try_from(told).unwrap_or(0);
        if told >= 2 && told != said && told.abs_diff(said) <= 3 {
            let place = at..end + 1 + word.chars().count();
            let words = paper.words(place.clone());
            marks.push(mark(paper, place, format!("说是“{words}”,实际列出{told}项;请核对项数")));
        }
    }
    marks
}
