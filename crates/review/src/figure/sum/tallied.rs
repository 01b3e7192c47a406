//! A total that says how many amounts it is of: 三笔加起来541万元, 以上三类合计291件.

use ::figure::Class;

use super::complete::is_part;
use crate::figure::reading::passage::{Passage, is_clause_mark, is_separator};
use crate::figure::reading::small;

/// Words that end before such a total.
const SUMMED: &[&str] = &[
    "加起来",
    "加在一起",
    "合在一起",
    "合计",
    "共计",
    "总计",
    "相加",
    "合共",
    "总共",
    "一共",
    "累计",
    "加总",
    "总长",
    "总数",
    "总量",
    "总面积",
    "总额",
];

/// Where the numbers of which a total is said to be begin, if it counts them: all numbers of its
/// kind that are told before it.
pub(super) fn members(passage: &Passage<'_>, total: usize) -> Option<Vec<usize>> {
    let number = &passage.numbers[total];
    let start = number.at.start;
    let lead: Vec<char> =
        passage.words(start.saturating_sub(24).max(passage.range.start)..start).chars().collect();
    let clause = lead.iter().rposition(|c| !c.is_alphanumeric()).map_or(0, |at| at + 1);
    let words: String = lead[clause..].iter().collect();
    let words = words.trim_end_matches(['为', '达', '是', '约', '有', '到']);
    // 南北两片合计硬化通组路43.3公里: a verb may stand behind the word for the sum.
    let at = SUMMED.iter().filter_map(|word| words.find(word)).min()?;
    let (head, verb) = words.split_at(at);
    if verb.chars().count() > 12 {
        return None;
    }
    let chars: Vec<char> = head.chars().collect();
    let (start_of, count, end) = (0..chars.len()).find_map(|k| {
        let (count, end) = small::number_at(&chars, k)?;
        Some((k, count, end))
    })?;
    let whole = "以上这述全镇县乡村区市旗南北东西中下半年城内外前后左右各";
    let named = (1..=8).contains(&(chars.len() - end))
        && chars[..start_of].iter().all(|c| whole.contains(*c));
    let count = usize::try_from(count).ok().filter(|count| named && (2..=9).contains(count))?;
    // 13990头(只): the parts are counted in one or the other.
    let behind = passage.words(number.at.end..passage.range.end);
    let other = behind.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）']));
    let other = other.map_or("", |(other, _)| other);
    let mut alike: Vec<usize> = (0..total)
        .filter(|i| {
            let n = &passage.numbers[*i];
            // 三回合计转移215人次 adds up those of each time.
            (n.is_kin(number)
                || number.is(Class::Visits) && n.is(Class::Persons)
                || is_part(n, number)
                || !other.is_empty() && n.counter.starts_with(other))
                && passage.numbers[*i].at.end < start - words.chars().count()
        })
        .collect();
    // 两个季度加总 is of those that are told with the word: 一季度…,二季度….
    let noun: String = chars[end..].iter().skip_while(|c| **c == '个').take(1).collect();
    if alike.len() != count {
        let told = |i: &usize| {
            let lead = passage.words(passage.range.start..passage.numbers[*i].at.start);
            lead.rsplit(|c| is_separator(c) || is_clause_mark(c))
                .next()
                .is_some_and(|own| own.contains(&noun))
        };
        alike.retain(told);
    }
    let plain = alike.iter().all(|i| {
        passage.numbers[*i].direction.is_none()
            && !passage.numbers[*i].per
            && !["其中", "同比", "去年", "上年"].iter().any(|w| passage.gap(*i).contains(w))
    });
    // 三年累计 is of what three years are told of, and not of three places.
    let timed = |i: &usize| passage.around(*i).contains(['月', '季', '年', '批', '期', '次', '回']);
    let told = !words[at..].starts_with("累计") || alike.iter().all(timed);
    (alike.len() == count && plain && told).then_some(alike)
}
