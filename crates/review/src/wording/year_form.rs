//! Years and dates in their full form: 二〇二三年, 2023年, 3月5日.

use pack::ReviewRule;

use super::scan::{at, before, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

pub(crate) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let found = zero(chars, place)
            .or_else(|| short(paper, place))
            .or_else(|| padded(chars, place))
            .or_else(|| spoken(chars, place));
        if let Some((end, why)) = &found {
            let message = format!("“{}”{why}", paper.words(place..*end));
            marks.push(mark(paper, place..*end, message));
        }
        place = found.map_or(place + 1, |(end, _)| end);
    }
    marks
}

/// 二0二三年, 二O二三年, 二零二三年.
fn zero(chars: &[char], place: usize) -> Option<(usize, String)> {
    let is_digit = |c: char| "一二三四五六七八九〇零0０OoＯ○".contains(c);
    let end = run(chars, place, is_digit);
    let year = &chars.get(place..end)?;
    let is_year = year.len() == 4
        && at(chars, end) == '年'
        && matches!(year[0], '一' | '二')
        && !is_digit(before(chars, place));
    let zeros = "零0０OoＯ○";
    if !is_year || !year.iter().any(|c| zeros.contains(*c)) {
        return None;
    }
    let right: String = year.iter().map(|c| if zeros.contains(*c) { '〇' } else { *c }).collect();
    Some((end + 1, format!("里的零应写作“〇”,即“{right}年”(GB/T 15835-2011,5.2)")))
}

/// How far a short year may be from that of the text.
const NEAR: i16 = 3;

/// 23年5月 for 2023年5月: a year near that of the text, with a month or a part of the year.
fn short(paper: &Paper, place: usize) -> Option<(usize, String)> {
    let chars = &paper.chars;
    let end = run(chars, place, |c| c.is_ascii_digit());
    let last = before(chars, place);
    if end != place + 2
        || at(chars, end) != '年'
        || last.is_ascii_digit()
        || "第.．近了共".contains(last)
    {
        return None;
    }
    let short: i16 = paper.words(place..end).parse().ok()?;
    let year = paper.year.filter(|year| (year % 100 - short).abs() <= NEAR)?;
    let month = run(chars, end + 1, |c| c.is_ascii_digit());
    let is_date = (month > end + 1 && at(chars, month) == '月')
        || matches!(at(chars, end + 1), '度' | '底' | '末');
    let full = year - year % 100 + short;
    is_date.then(|| (end + 1, format!("年份不能省略,应写作“{full}年”(GB/T 15835-2011,5.1.4)")))
}

/// 03月05日.
fn padded(chars: &[char], place: usize) -> Option<(usize, String)> {
    let digit = at(chars, place + 1);
    let is = chars[place] == '0'
        && digit.is_ascii_digit()
        && digit != '0'
        && matches!(at(chars, place + 2), '月' | '日')
        && matches!(before(chars, place), '年' | '月');
    let unit = at(chars, place + 2);
    is.then(|| (place + 3, format!("月、日不编虚位,应写作“{digit}{unit}”(GB/T 9704-2012,7.3.5)")))
}

/// 5月3号.
fn spoken(chars: &[char], place: usize) -> Option<(usize, String)> {
    let end = run(chars, place, |c| c.is_ascii_digit());
    let is_day = (1..=2).contains(&(end - place)) && at(chars, end) == '号';
    let is_number = "文楼房线井公令机桥台厂坑矿".contains(at(chars, end + 1));
    let is = is_day && !is_number && before(chars, place) == '月';
    let day: String = chars[place..end].iter().collect();
    is.then(|| (end + 1, format!("是口语,公文写作“{day}日”")))
}
