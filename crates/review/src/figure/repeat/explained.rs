//! Two values that may both be right, whichever reading put them beside each other.

use crate::figure::growth::yearly::year_in;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;
use crate::paper::Paper;

/// The numbers of a text, to be found by the places that marks name.
pub(super) struct Numbers<'n, 'p> {
    paper: &'p Paper,
    passages: &'n [Passage<'p>],
}

impl<'n, 'p> Numbers<'n, 'p> {
    pub(super) fn of(paper: &'p Paper, passages: &'n [Passage<'p>]) -> Numbers<'n, 'p> {
        Numbers { paper, passages }
    }

    /// The number at a place of the original.
    fn at(&self, place: &std::ops::Range<usize>) -> Option<(&'n Passage<'p>, usize)> {
        self.passages.iter().find_map(|passage| {
            let mut numbers = passage.numbers.iter();
            let index = numbers.position(|n| self.paper.origin(&n.at) == *place)?;
            Some((passage, index))
        })
    }

    /// Whether the words around the two numbers of a mark let both be right.
    pub(super) fn explain(&self, mark: &Mark) -> bool {
        let first = mark.also.first().and_then(|place| self.at(place));
        let Some((first, later)) = first.zip(self.at(&mark.at)) else { return false };
        let (a, b) = (&first.0.numbers[first.1], &later.0.numbers[later.1]);
        // 18637万元 is 1.86亿元 in short.
        let short = a.digit != b.digit && a.forgiving().meets(b.forgiving());
        // 参会党员48人,应到会50人
        let due = later.0.label(later.1).starts_with('应');
        short || due || is_of_other_whole(first, later) || are_compared(first, later)
    }
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
