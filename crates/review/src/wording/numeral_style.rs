//! One thing counted in both styles: 五个村 and 5个村.

use std::collections::BTreeMap;

use pack::ReviewRule;

use super::scan::{any, at, before, is_han, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

/// The words of the definition are the counters that are compared, those of them first that
/// begin with another.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let counters: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut digits: BTreeMap<String, usize> = BTreeMap::new();
    let mut words: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    let mut place = 0;
    while place < chars.len() {
        let figure = run(chars, place, |c| c.is_ascii_digit());
        let numeral = run(chars, place, |c| "三四五六七八九十".contains(c));
        let end = figure.max(numeral);
        let is_count = end > place && is_count(chars, place) && !is_rough(&chars[place..end]);
        match thing(chars, end, &counters).filter(|_| is_count) {
            Some(thing) if figure > place => {
                digits.entry(thing).or_insert(place);
            }
            Some(thing) => words.entry(thing).or_default().push((place, end)),
            None => {}
        }
        place = end.max(place + 1);
    }
    let mut marks = Vec::new();
    for (thing, places) in words {
        let Some(other) = digits.get(&thing) else { continue };
        for (start, end) in places {
            let range = start..end + thing.chars().count();
            let message = format!(
                "“{}”用汉字,别处同样的“{thing}”用阿拉伯数字;同一份文件里计数的写法应一致(GB/T 15835-2011,4.3)",
                paper.words(range.clone()),
            );
            let also = vec![paper.origin(&(*other..other + 1))];
            marks.push(Mark { also, ..mark(paper, range, message) });
        }
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

/// Not the end of a longer number, an ordinal or a set phrase.
fn is_count(chars: &[char], place: usize) -> bool {
    let last = before(chars, place);
    !(last.is_ascii_alphanumeric()
        || "第.．〇零一二两三四五六七八九十百千万亿几数、初周星期“之".contains(last))
}

/// 三四个.
fn is_rough(number: &[char]) -> bool {
    number.windows(2).any(|pair| !pair[0].is_ascii_digit() && !pair.contains(&'十'))
}

/// What follows a counter and is nothing that is counted.
const QUALITIES: [&str; 10] =
    ["重要", "主要", "重点", "来自", "不同", "关键", "突出", "优秀", "先进", "具体"];

/// The counter with the two characters of what is counted.
fn thing(chars: &[char], place: usize, counters: &[&str]) -> Option<String> {
    let counter = any(chars, place, counters)?;
    let start = place + counter.chars().count();
    let noun: String = (start..start + 2).map(|k| at(chars, k)).collect();
    let is_noun =
        noun.chars().all(is_han) && !noun.starts_with(['方', '的', '以', '左', '多', '是']);
    (is_noun && !QUALITIES.contains(&noun.as_str())).then(|| format!("{counter}{noun}"))
}
