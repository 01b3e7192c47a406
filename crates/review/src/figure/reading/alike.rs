//! How much two stretches of words have in common.

/// The longest run of characters that both have.
pub(in crate::figure) fn shared(a: &str, b: &str) -> String {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (mut longest, mut end) = (0, 0);
    let mut above = vec![0; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![0; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            if x == y && x.is_alphanumeric() {
                row[j + 1] = above[j] + 1;
                if row[j + 1] > longest {
                    (longest, end) = (row[j + 1], i + 1);
                }
            }
        }
        above = row;
    }
    a[end - longest..end].iter().collect()
}

/// How many characters at the beginning of some words stand in others, in runs of two and more.
pub(in crate::figure) fn covered(words: &[char], other: &[char]) -> usize {
    let mut at = 0;
    while at < words.len() {
        let run = |length: usize| {
            words.get(at..at + length).is_some_and(|run| {
                other.windows(length).any(|part| part == run)
                    && run.iter().all(|c| c.is_alphanumeric() || *c == '、')
            })
        };
        let long = (2..=words.len() - at).take_while(|length| run(*length)).last();
        let Some(long) = long else { break };
        at += long;
    }
    at
}

/// What a number is the first or the second of: 一 in 第一轮.
pub(in crate::figure) fn ordinal(words: &str) -> Option<char> {
    words.rsplit_once('第').and_then(|(_, behind)| behind.chars().next())
}

/// Whether two names are of two things: what they begin with and end in is the same and what
/// stands between is not, as in 城乡居民养老保险参保率 and 城乡居民医疗保险参保率, or they are of two
/// rates, as 垃圾处理率 and 收运覆盖率.
pub(in crate::figure) fn named_apart(a: &str, b: &str) -> bool {
    let chars = |words: &str| -> Vec<char> {
        let words = bare(words);
        // 覆盖率达 is 覆盖率.
        let words = words.trim_end_matches(|c: char| "达到至约仅".contains(c));
        words.chars().filter(|c| !c.is_ascii_digit() && !"年月日".contains(*c)).collect()
    };
    let (a, b) = (chars(a), chars(b));
    // 农村居民人均可支配收入, 脱贫人口人均纯收入: whose it is stands before.
    let whose = |name: &[char]| {
        let at = name.windows(2).position(|two| two == ['人', '均']);
        at.map(|at| name[..at].to_vec())
    };
    if let Some((who, other)) = whose(&a).zip(whose(&b)) {
        let (own, its, _) = ends(&who, &other);
        return is_own(own, its);
    }
    let (own, its, tail) = ends(&a, &b);
    // 垃圾处理率, 收运覆盖率
    if tail == 1 && a.ends_with(&['率']) && own.len() >= 2 && its.len() >= 2 {
        return is_own(&own[own.len() - 2..], &its[its.len() - 2..]);
    }
    let head = own.iter().zip(its).take_while(|(x, y)| x == y).count();
    tail > 0 && head >= 2 && is_own(&own[head..], &its[head..])
}

/// What two names have before what they both end in, and how long that is.
fn ends<'n>(a: &'n [char], b: &'n [char]) -> (&'n [char], &'n [char], usize) {
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (&a[..a.len() - tail], &b[..b.len() - tail], tail)
}

/// Whether each of two has words that the other has nothing of. What only one of them has may be
/// left out by the other.
fn is_own(a: &[char], b: &[char]) -> bool {
    a.len() >= 2 && b.len() >= 2 && !a.iter().any(|c| b.contains(c))
}

/// Words that say nothing of what a number is of.
const EMPTY: &[&str] = &[
    "全镇",
    "全乡",
    "全县",
    "全村",
    "全区",
    "全市",
    "我镇",
    "我县",
    "我乡",
    "全社区",
    "全街道",
    "今年",
    "去年",
    "全年",
    "年底",
    "目前",
    "现有",
    "共有",
    "累计",
    "共计",
    "合计",
    "总计",
    "实现",
    "完成",
    "达到",
    "已经",
    "其中",
    "新增",
    "上半年",
    "下半年",
    "本年",
    "当年",
    "以来",
    "先后",
    "分别",
    "同比",
    "增长",
];

/// Words with something else put for each of some others, one after the other. Most of those do
/// not stand there, which is seen sooner than a copy is made.
pub(in crate::figure) fn without(words: String, others: &[&str], put: &str) -> String {
    others.iter().fold(words, |words, other| match words.contains(other) {
        true => words.replace(other, put),
        false => words,
    })
}

/// Words without those that say nothing of what a number is of.
pub(in crate::figure) fn bare(words: &str) -> String {
    let rest = without(words.to_owned(), EMPTY, "");
    rest.chars().filter(|c| c.is_alphanumeric() && !"的了共有为是在已".contains(*c)).collect()
}

/// Words without the years that are spelt out in them: 一九七八年.
pub(in crate::figure) fn without_years(words: &str) -> String {
    let chars: Vec<char> = words.chars().collect();
    let digit = |c: &char| "〇零一二三四五六七八九".contains(*c);
    let mut rest = String::new();
    let mut at = 0;
    while at < chars.len() {
        let year = chars
            .get(at..at + 5)
            .is_some_and(|five| five[4] == '年' && five[..4].iter().all(digit));
        if !year {
            rest.push(chars[at]);
        }
        at += if year { 5 } else { 1 };
    }
    rest
}

/// How many characters of what they speak of both have in one run.
pub(in crate::figure) fn common(a: &str, b: &str) -> usize {
    let bare = |words: &str| without(words.to_owned(), EMPTY, "\n");
    shared(&bare(a), &bare(b)).chars().filter(|c| !c.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_common_run_is_found() {
        assert_eq!(shared("完成固定资产投资", "固定资产投资里"), "固定资产投资");
        assert_eq!(shared("居民", "村社"), "");
        assert_eq!(common("全镇共有居民", "走访全镇居民"), 2);
    }
}
