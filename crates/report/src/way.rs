//! The ways an indicator may be said: its `says`, each of whose parts may be put in other words.
//!
//! 收到 and 接收, 发放 and 兑现 say the same of any figure. Which words do is a list of the
//! lexicon (`alike`), so that each indicator names one of them.

use std::collections::BTreeMap;
use std::ops::Range;

use figure::Unit;
use pack::{Indicator, Lexicon, Pack};

use crate::scope::CLAUSE;

/// Words that stand for one another, by each of them.
pub(crate) struct Alike<'p>(BTreeMap<&'p str, &'p [String]>);

impl<'p> Alike<'p> {
    pub(crate) fn of(lexicon: &'p Lexicon) -> Alike<'p> {
        let words = lexicon.alike.iter();
        Alike(words.flat_map(|class| class.iter().map(move |w| (w.as_str(), &class[..]))).collect())
    }

    /// The word itself and then those that stand for it.
    fn words<'w>(&'w self, word: &'w str) -> impl Iterator<Item = &'w str> {
        let others = self.0.get(word).copied().unwrap_or(&[]);
        let others = others.iter().map(String::as_str).filter(move |other| *other != word);
        std::iter::once(word).chain(others)
    }
}

/// Words that deny; a `says` with one of them speaks of what was not done.
const DENIALS: &[&str] = &["未", "没", "不", "无"];

/// Words that must occur in order, each in one of several forms, blanks taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Way(Vec<Vec<Vec<char>>>);

impl Way {
    pub(crate) fn new(parts: &[String], alike: &Alike<'_>) -> Way {
        let part = |part: &String| alike.words(part).map(dense).collect();
        Way(parts.iter().map(part).collect())
    }

    /// The ways of an indicator, in the order of its `says`.
    pub(crate) fn all(indicator: &Indicator, alike: &Alike<'_>) -> Vec<Way> {
        indicator.says.iter().map(|parts| Way::new(parts, alike)).collect()
    }

    /// Whether it speaks of what was not done: 未办结 信访.
    pub(crate) fn denies(&self) -> bool {
        let forms = self.0.iter().flatten();
        forms.map(|form| form.iter().collect::<String>()).any(|form| {
            DENIALS
                .iter()
                .any(|word| form.starts_with(word) || form.starts_with(&format!("尚{word}")))
        })
    }

    /// The best place where the parts occur in order among characters, up to [`whole_end`], the
    /// words of the figure standing at `words` and owning what lies from `own` on. `about` is known
    /// to be the subject.
    pub(crate) fn find(
        &self,
        (chars, letters): (&[char], &Letters),
        words: &Range<usize>,
        own: usize,
        about: &Range<usize>,
    ) -> Option<Match> {
        // Most indicators are about something else, which the characters tell that their parts
        // begin with.
        let begins = |form: &Vec<char>| form.first().is_some_and(|c| letters.may_have(*c));
        let may_stand = self.0.iter().all(|forms| forms.iter().any(begins));
        if !may_stand || self.0.iter().flatten().any(Vec::is_empty) {
            return None;
        }
        let behind = chars[words.end.min(chars.len())..].iter();
        let clause_end = words.end + behind.take_while(|c| !CLAUSE.contains(**c)).count();
        let mut search = Search { chars, words, own, about, clause_end, best: None };
        search.run(&self.0, 0, SoFar::default());
        search.best
    }
}

/// Which characters some words have. Several share a bit, so that one may seem to be there which is
/// not; one that is there is never missed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letters([u64; 8]);

impl Letters {
    pub(crate) fn of(chars: &[char]) -> Letters {
        let mut letters = Letters::default();
        for (word, bit) in chars.iter().map(|c| Letters::place(*c)) {
            letters.0[word] |= bit;
        }
        letters
    }

    fn may_have(&self, c: char) -> bool {
        let (word, bit) = Letters::place(c);
        self.0[word] & bit != 0
    }

    fn place(c: char) -> (usize, u64) {
        let number = c as usize;
        (number / 64 % 8, 1 << (number % 64))
    }
}

/// Words behind which only parts of the figure are told: 80万元,其中协议资金60万元.
const PARTS: &[&str] = &["其中", "(含", "（含", "(包括", "（包括"];

/// Where the words end that may be of the whole figure, whose own words end at `from`. It is the
/// same for all ways of all indicators, which are hundreds, so that a scope asks once.
pub(crate) fn whole_end(chars: &[char], from: usize) -> usize {
    let begins = |at: &usize| {
        let is_here =
            |word: &&str| word.chars().eq(chars[*at..].iter().copied().take(word.chars().count()));
        PARTS.iter().any(is_here)
    };
    (from..chars.len()).find(begins).unwrap_or(chars.len())
}

fn dense(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The ways of all indicators of a pack, in its order.
pub(crate) struct Ways(Vec<Vec<Way>>);

impl Ways {
    pub(crate) fn of(pack: &Pack, alike: &Alike<'_>) -> Ways {
        Ways(pack.indicators.values().map(|indicator| Way::all(indicator, alike)).collect())
    }

    /// Each indicator with its ways.
    pub(crate) fn each<'w, 'p>(
        &'w self,
        pack: &'p Pack,
    ) -> impl Iterator<Item = (&'p Indicator, &'w [Way])> {
        pack.indicators.values().zip(self.0.iter().map(Vec::as_slice))
    }
}

/// Where the parts of a way occur. The greater fits better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    /// Characters of the parts inside the phrase that is known to be the subject.
    pub(crate) overlap: usize,
    /// Whether a part stands in the words' own segment.
    pub(crate) touches: bool,
    /// Whether all parts stand before the end of the words' own clause: in 问题10个,已整改到位
    /// the 10 are those that were found.
    pub(crate) ahead: bool,
    /// Characters of the parts, of one that is said in other words a single one: 举办活动 is
    /// weaker where the text has 开展.
    pub(crate) length: usize,
    /// How close the last part stands to the words.
    pub(crate) closeness: std::cmp::Reverse<usize>,
    /// Where the first part begins.
    pub(crate) start: usize,
    /// Where the last part ends.
    pub(crate) end: usize,
}

/// What the parts before the one at hand have come to.
#[derive(Clone, Copy, Default)]
struct SoFar {
    overlap: usize,
    touches: bool,
    length: usize,
    start: Option<usize>,
}

/// Tries all places where parts occur in order.
struct Search<'s> {
    chars: &'s [char],
    words: &'s Range<usize>,
    own: usize,
    about: &'s Range<usize>,
    /// Where the clause of the words ends.
    clause_end: usize,
    best: Option<Match>,
}

impl Search<'_> {
    fn is_unit(&self, form: &[char]) -> bool {
        let word: String = form.iter().collect();
        !self.words.is_empty() && Unit::parse(&word).is_ok()
    }

    fn run(&mut self, parts: &[Vec<Vec<char>>], from: usize, so_far: SoFar) {
        let Some((forms, rest)) = parts.split_first() else { return };
        for (nth, form) in forms.iter().enumerate() {
            for at in from..(self.chars.len() + 1).saturating_sub(form.len()) {
                let end = at + form.len();
                if self.chars[at] != form[0] || self.chars[at..end] != form[..] {
                    continue;
                }
                // The unit of the figure is no word of what it is about: 走访 户 says nothing of
                // 拆迁12户 because that has a 户.
                let is_unit = end == self.words.end && self.is_unit(form);
                let shared = end.min(self.about.end).saturating_sub(at.max(self.about.start));
                let now = SoFar {
                    overlap: so_far.overlap + shared,
                    touches: so_far.touches || (end > self.own && !is_unit),
                    length: so_far.length + if nth == 0 { form.len() } else { 1 },
                    start: Some(so_far.start.unwrap_or(at)),
                };
                if rest.is_empty() {
                    let closeness = std::cmp::Reverse(self.words.start.abs_diff(end));
                    let ahead = end <= self.clause_end;
                    let SoFar { overlap, touches, length, start } = now;
                    let start = start.unwrap_or(at);
                    let found = Match { overlap, touches, ahead, length, closeness, start, end };
                    self.best = self.best.max(Some(found));
                } else {
                    self.run(rest, end, now);
                }
            }
        }
    }
}
