//! Totals that another number of the text leads to than the one a reading took.

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::Passage;
use crate::finding::Mark;
use crate::paper::Paper;

/// Characters from a mark in which another number may be the one that is meant.
const NEAR: usize = 120;

/// Whether the numbers of a mark fit when one of them is another of its kind: 户均2.7条 is of 412户 and not
/// of the 41户 told last.
pub(super) fn is_explained(paper: &Paper, passages: &[Passage<'_>], mark: &Mark) -> bool {
    let all = || passages.iter().flat_map(|passage| &passage.numbers);
    let places: Vec<_> = mark.also.iter().chain([&mark.at]).collect();
    let own: Vec<&Number> =
        all().filter(|n| places.contains(&&paper.origin(&n.at))).take(4).collect();
    // 8个村各购置1辆: how many there are in all is told nowhere.
    let is_of_each = |n: &&Number| {
        passages.iter().any(|passage| {
            let index = passage.numbers.iter().position(|own| own.at == n.at);
            index.is_some_and(|index| index > 0 && is_for_each(&passage.gap(index)))
        })
    };
    if own.iter().any(is_of_each) {
        return true;
    }
    let [a, b, c] = own.as_slice() else { return false };
    let near = |n: &&Number| {
        n.at.end + NEAR > a.at.start
            && n.at.start < c.at.end + NEAR
            && n.is_exact()
            && !own.iter().any(|own| own.at == n.at)
    };
    all().filter(near).any(|other| {
        let instead = |number: &Number| other.is_alike(number) && other.counter == number.counter;
        (instead(a) && fits(other, b, c))
            || (instead(b) && fits(a, other, c))
            || (instead(c) && fits(a, b, other))
    })
}

/// Whether words say that each of several did it: 各购置, but not 各类.
fn is_for_each(words: &str) -> bool {
    const DOING: &str = "购配开建设安新完种发投派举培选奖补修植办";
    words
        .match_indices('各')
        .any(|(at, each)| words[at + each.len()..].starts_with(|c: char| DOING.contains(c)))
}

/// Whether two of three numbers multiplied are the third, rounding forgiven.
fn fits(a: &Number, b: &Number, c: &Number) -> bool {
    let product = |x: &Number, y: &Number, whole: &Number| {
        let made = x.rounded().times(y.rounded());
        made.is_some_and(|made| made.meets(whole.forgiving()))
    };
    product(a, b, c) || product(a, c, b) || product(b, c, a)
}
