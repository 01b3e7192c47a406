//! What differs between two texts: longest common subsequence over numbers and characters.

use std::ops::Range;

/// A place where two texts differ: what stood in the old one, and what stands in the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Most pairs of tokens that are compared one by one. What is longer is taken to differ from its
/// first difference to its last.
const MOST: usize = 4_000_000;

/// Where two texts differ, in order.
pub(super) fn hunks(old: &[char], new: &[char]) -> Vec<Hunk> {
    let (a, b) = (tokens(old), tokens(new));
    let same = |x: &Range<usize>, y: &Range<usize>| old[x.clone()] == new[y.clone()];
    let head = a.iter().zip(&b).take_while(|(x, y)| same(x, y)).count();
    let rest = a.len().min(b.len()) - head;
    let tail =
        a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| same(x, y)).count();
    let (a_end, b_end) = (a.len() - tail, b.len() - tail);
    let (left, right) = (&a[head..a_end], &b[head..b_end]);
    let kept = if left.len().saturating_mul(right.len()) > MOST {
        Vec::new()
    } else {
        common(left, right, &same)
    };
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    let ends = kept.into_iter().chain([(left.len(), right.len())]);
    for (x, y) in ends {
        if x > i || y > j {
            let old_range = span(&a, head + i..head + x, old.len());
            let new_range = span(&b, head + j..head + y, new.len());
            found.push(Hunk { old: old_range, new: new_range });
        }
        (i, j) = (x + 1, y + 1);
    }
    found
}

/// The characters of a run of tokens.
fn span(tokens: &[Range<usize>], run: Range<usize>, length: usize) -> Range<usize> {
    let start = tokens.get(run.start).map_or(length, |t| t.start);
    let end = if run.is_empty() { start } else { tokens[run.end - 1].end };
    start..end
}

/// A number is one token, so that 105 does not become 98 digit by digit.
fn tokens(text: &[char]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let digits = text[at..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        let end = at + digits.max(1);
        all.push(at..end);
        at = end;
    }
    all
}

/// Pairs of equal tokens, as many as there can be in order.
fn common(
    a: &[Range<usize>],
    b: &[Range<usize>],
    same: &dyn Fn(&Range<usize>, &Range<usize>) -> bool,
) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut best = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i * width + j] = if same(&a[i], &b[j]) {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if same(&a[i], &b[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// How alike two texts are, 0 to 100: the pairs of characters that they share.
pub(super) fn likeness(a: &[char], b: &[char]) -> u32 {
    if a == b {
        return 100;
    }
    let pairs = |text: &[char]| {
        let mut pairs: Vec<[char; 2]> = text.windows(2).map(|w| [w[0], w[1]]).collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    let all = (a.len() + b.len()).max(1);
    u32::try_from(shared * 200 / all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: &[(&str, &str)]) {
        let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let text = |chars: &[char], range: &Range<usize>| -> String {
            chars[range.clone()].iter().collect()
        };
        let found = hunks(&a, &b);
        let told: Vec<(String, String)> =
            found.iter().map(|h| (text(&a, &h.old), text(&b, &h.new))).collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(x, y)| (x.as_str(), y.as_str())).collect();
        assert_eq!(told, expected, "{old} {new}");
    }

    #[test]
    fn numbers_change_as_wholes() {
        check("隐患105起。", "隐患98起。", &[("105", "98")]);
        check("隐患105起。", "隐患105起。", &[]);
        check("开展巡查300余次", "全年开展巡查310次", &[("", "全年"), ("300余", "310")]);
        check("甲乙丙", "甲丙", &[("乙", "")]);
        check("", "甲", &[("", "甲")]);
    }

    #[test]
    fn likeness_is_that_of_neighbours() {
        let of = |a: &str, b: &str| {
            likeness(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(of("甲乙丙", "甲乙丙"), 100);
        assert_eq!(of("甲乙丙", "子丑寅"), 0);
        assert!(of("排查整治各类隐患105起", "排查整治各类隐患98起") > 60);
    }
}
