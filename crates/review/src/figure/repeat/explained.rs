//! Two values that may both be right, whichever reading put them beside each other.

use ::figure::Class;

use crate::figure::growth::yearly::year_in;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::role::is_due;
use crate::finding::Mark;
use crate::paper::Paper;

/// Marks that end a sentence or a part of it that stands alone.
const END: [char; 4] = ['。', ';', '；', '\n'];
/// Words for the time before the one that is told of.
const BEFORE: &[&str] =
    &["年初", "期初", "月初", "季初", "学期初", "上年末", "上年底", "去年底", "去年末", "上年年末"];

/// Whether the words around the two numbers of a mark let both be right.
pub(super) fn is_explained(paper: &Paper, passages: &[Passage<'_>], mark: &Mark) -> bool {
    let at = |place: &std::ops::Range<usize>| {
        passages.iter().find_map(|passage| {
            let mut numbers = passage.numbers.iter();
            Some((passage, numbers.position(|n| paper.origin(&n.at) == *place)?))
        })
    };
    let Some((first, later)) = mark.also.first().and_then(at).zip(at(&mark.at)) else {
        return false;
    };
    let (a, b) = (&first.0.numbers[first.1], &later.0.numbers[later.1]);
    // 18637万元 is 1.86亿元 in short.
    let short = a.digit != b.digit && a.forgiving().meets(b.forgiving());
    // 参会党员48人,应到会50人
    let due = is_due(&later.0.label(later.1));
    // 已消除风险62户,未消除风险26户
    let is_open = |(passage, index): (&Passage<'_>, usize)| {
        ["未", "尚", "没有"].iter().any(|word| passage.label(index).starts_with(word))
    };
    let denied = is_open(first) != is_open(later);
    let told = is_of_other_whole(first, later) || are_compared(first, later);
    let told = told || is_of_other_base(first, later);
    short || due || denied || told || is_before(first) != is_before(later)
}

/// Whether the sentence of a number begins with the time before all others: 年初,监测对象96户.
fn is_before((passage, index): (&Passage<'_>, usize)) -> bool {
    let lead = passage.words(passage.range.start..passage.numbers[index].at.start);
    let clause = lead.split(is_clause_mark).next().unwrap_or_default().trim();
    // 年初公开承诺的23件 tells of what is to be done in the year.
    let begins = |word: &str| clause.starts_with(word) && clause.contains('有');
    BEFORE.iter().any(|word| clause.trim_start_matches("截至").ends_with(word) || begins(word))
}

/// Whether each is a part of a whole of its own: 常住人口38.62万人,其中城镇人口19.85万人 and
/// 户籍人口45.17万人,其中城镇人口13.26万人.
fn is_of_other_whole(first: (&Passage<'_>, usize), later: (&Passage<'_>, usize)) -> bool {
    let whole = |(passage, index): (&Passage<'_>, usize)| -> Option<Number> {
        let before = index.checked_sub(1)?;
        let whole = &passage.numbers[before];
        let part = passage.gap(index).contains("其中") && whole.is_kin(&passage.numbers[index]);
        part.then(|| whole.clone())
    };
    whole(first).zip(whole(later)).is_some_and(|(a, b)| !a.forgiving().meets(b.forgiving()))
}

/// Whether each is the rate of numbers of its own: 小学毕业生120人,合格率98.3%; 初中毕业生96人,合格率95.8%.
fn is_of_other_base(first: (&Passage<'_>, usize), later: (&Passage<'_>, usize)) -> bool {
    let base = |(passage, index): (&Passage<'_>, usize)| -> Option<Number> {
        let number = passage.numbers.get(index)?;
        let before = passage.numbers[..index].iter().rev();
        // A sentence within a passage ends with its mark.
        let inside = before.take_while(|n| !passage.words(n.at.end..number.at.start).contains(END));
        inside
            .filter(|n| n.is_amount() && !n.per)
            .last()
            .filter(|_| number.is(Class::Share))
            .cloned()
    };
    base(first)
        .zip(base(later))
        .is_some_and(|(a, b)| !(a.is_kin(&b) && a.forgiving().meets(b.forgiving())))
}

/// Whether two years are held against each other: 全年供应58宗; 2022年供应49宗,两年相比.
fn are_compared((first, _): (&Passage<'_>, usize), (later, index): (&Passage<'_>, usize)) -> bool {
    let words = first.words(first.range.clone());
    let own = later.words(later.range.start..later.numbers[index].at.start);
    let behind = later.words(later.numbers[index].at.end..later.range.end);
    let now = later.paper.year.and_then(|year| u32::try_from(year).ok());
    year_in(&own).is_some_and(|year| now.is_none_or(|now| now != year))
        && has_any(&words, &["全年", "今年", "本年"])
        && has_any(&behind, &["两年相比", "两年对比", "与当年相比"])
}
