//! What tells who a person is: identity numbers, mobile numbers, bank cards, home addresses, and
//! names beside an illness.

use pack::ReviewRule;

use super::scan::{any, at, before, is_han, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

/// The words of the definition are illnesses and what else exposes a person.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let illnesses: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let end = run(chars, place, |c| c.is_ascii_digit());
        if end > place {
            let digits: Vec<u32> =
                chars[place..end].iter().filter_map(|c| c.to_digit(10)).collect();
            let is_alone = !is_code(before(chars, place)) && !is_code(at(chars, end));
            let is_other = NUMBERED.iter().any(|word| {
                let from = place.saturating_sub(LEAD);
                chars[from..place].iter().collect::<String>().contains(word)
            });
            let found = number(&digits, at(chars, end), is_alone);
            let found = found.filter(|_| !is_other || is_checked(&digits, at(chars, end)));
            if let Some((kind, length)) = found {
                let message = format!("文中有{kind};公开或上报前应删去或隐去中间几位");
                marks.push(mark(paper, place..place + length, message));
            }
            place = end;
        } else {
            let exposed = address(chars, place).map(|end| (end, "家庭住址"));
            let exposed = exposed
                .or_else(|| named_illness(chars, place, &illnesses).map(|end| (end, "姓名和病情")));
            if let Some((end, kind)) = exposed {
                let message = format!("文中有个人的{kind};公开或上报前应隐去姓名,如“张某”,或删去");
                marks.push(mark(paper, place..end, message));
            }
            place = exposed.map_or(place + 1, |(end, _)| end);
        }
    }
    marks
}

/// What other long numbers are told as.
const NUMBERED: [&str; 6] = ["编号", "账号", "代码", "单号", "序号", "合同号"];
/// Letters before a number in which that stands.
const LEAD: usize = 8;

/// Whether the check digit of an identity number is right (GB 11643-1999), or the number is none.
fn is_checked(digits: &[u32], next: char) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let last = if matches!(next, 'X' | 'x') { 10 } else { digits.get(17).copied().unwrap_or(11) };
    digits.len() < 17 || (12 - sum % 11) % 11 == last
}

fn is_code(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '.' | '-' | '_' | '/' | '=')
}

/// What a row of digits is, with its length.
fn number(digits: &[u32], next: char, is_alone: bool) -> Option<(&'static str, usize)> {
    let with_x = digits.len() == 17 && matches!(next, 'X' | 'x');
    if with_x || digits.len() == 18 {
        return is_identity(digits).then_some(("居民身份证号码", 18));
    }
    if !is_alone {
        return None;
    }
    if digits.len() == 11 && digits[0] == 1 && digits[1] >= 3 {
        return Some(("手机号码", 11));
    }
    let is_card = (16..=19).contains(&digits.len()) && digits[..2] == [6, 2] && luhn(digits);
    is_card.then_some(("银行卡号", digits.len()))
}

/// GB 11643-1999: a province and a birthday. The check digit does not count: a number with a
/// slip in it still tells who somebody is.
fn is_identity(digits: &[u32]) -> bool {
    let two = |at: usize| digits[at] * 10 + digits[at + 1];
    let is_day = (1..=12).contains(&two(10)) && (1..=31).contains(&two(12));
    (11..=82).contains(&two(0)) && matches!(two(6), 19 | 20) && is_day
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => *digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// 家庭住址:… with something behind it.
fn address(chars: &[char], place: usize) -> Option<usize> {
    let word = any(chars, place, &["家庭住址", "家庭地址", "身份证号", "身份证号码"])?;
    let end = place + word.chars().count();
    let is_given = matches!(at(chars, end), ':' | '：') && is_han(at(chars, end + 1));
    let is_place = word.starts_with("家庭");
    (is_given && is_place).then_some(end + 1)
}

/// Whom a name follows.
const PEOPLE: [&str; 12] = [
    "村民",
    "居民",
    "农户",
    "群众",
    "贫困户",
    "脱贫户",
    "低保户",
    "监测户",
    "特困户",
    "老人",
    "儿童",
    "职工",
];

/// The commonest family names.
const FAMILIES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// 村民张三患肝癌: a name of two or three characters straight behind 村民, and an illness in the
/// same clause. 张某 tells nobody who it is.
fn named_illness(chars: &[char], place: usize, illnesses: &[&str]) -> Option<usize> {
    let who = any(chars, place, &PEOPLE)?;
    let start = place + who.chars().count();
    if !FAMILIES.contains(at(chars, start)) || !is_han(at(chars, start + 1)) {
        return None;
    }
    let suffers = (start + 2..=start + 3).find_map(|at| {
        any(chars, at, &["因患", "身患", "患有", "患", "确诊", "因病", "查出"])
            .map(|word| (at, word))
    })?;
    let (at_word, word) = suffers;
    if chars[start..at_word].contains(&'某') {
        return None;
    }
    let from = at_word + word.chars().count();
    let end = run(chars, from, |c| !"。；;，,、\n".contains(c));
    let illness = (from..end).find_map(|at| any(chars, at, illnesses).map(|word| (at, word)));
    illness.map(|(at, word)| at + word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_by_how_they_are_built() {
        let of = |words: &str| {
            let digits: Vec<u32> = words.chars().filter_map(|c| c.to_digit(10)).collect();
            let next = words.chars().find(char::is_ascii_alphabetic).unwrap_or(' ');
            number(&digits, next, true).map(|found| found.0)
        };
        assert_eq!(of("11010519491231002X"), Some("居民身份证号码"));
        // A slip in the check digit hides nobody.
        assert_eq!(of("110105194912310021"), Some("居民身份证号码"));
        assert_eq!(of("110105194913310021"), None);
        assert_eq!(of("920105194912310021"), None);
        assert_eq!(of("13800138000"), Some("手机号码"));
        assert_eq!(of("12800138000"), None);
        assert_eq!(
            of("6222021234567890128"),
            luhn(&[6, 2, 2, 2, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 8]).then_some("银行卡号")
        );
        assert_eq!(of("6222021234567890000"), None);
    }
}
