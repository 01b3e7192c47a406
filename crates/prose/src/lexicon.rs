//! The set phrases that a caller passes in, made ready for search once.

use crate::cues::Cues;
use crate::text::Text;
use crate::words;

/// Characters before 计划 in which the name of a programme may begin.
const NAME: usize = 8;

/// Words that carry a numeral without stating a figure, marks of a plan, and counters beyond
/// the table of units. Making one sorts its phrases, so it is made once for many texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexicon {
    background: Cues,
    plan: Vec<String>,
    announced: Cues,
    counters: Cues,
}

impl Default for Lexicon {
    fn default() -> Lexicon {
        Lexicon::new(Vec::new(), Vec::new(), Vec::new())
    }
}

impl Lexicon {
    /// A lexicon of set phrases whose numerals are no figures (三会一课), words that make a
    /// sentence a plan (力争), and nouns that follow a numeral as a counter of their own (网格).
    pub fn new(background: Vec<String>, plan: Vec<String>, counters: Vec<String>) -> Lexicon {
        let announced = words::PLAN.iter().map(|word| (*word).to_owned());
        // 计划, 拟 and 将 are looked at with what follows them.
        let verbs = |lead: &'static str, verbs: &'static [&'static str]| {
            verbs.iter().map(move |verb| format!("{lead}{verb}"))
        };
        let announced = announced
            .chain(plan.iter().cloned())
            .chain(verbs("计划", words::PLANNED))
            .chain(verbs("拟", words::PLANNED))
            .chain(verbs("将", words::SHALL));
        let announced = Cues::new(announced);
        // The longest phrase wins, so that 三会一课 is not cut by 三会.
        let (background, counters) = (Cues::new(background), Cues::new(counters));
        Lexicon { background, plan, announced, counters }
    }

    /// Words that make a sentence a plan.
    pub fn plan(&self) -> &[String] {
        &self.plan
    }

    pub(crate) fn counters(&self) -> &Cues {
        &self.counters
    }

    /// The end of the background phrase that begins at a position.
    pub(crate) fn background_at(&self, text: &Text<'_>, i: usize) -> Option<usize> {
        self.background.end_at(text, i)
    }

    /// The end of the word of a plan that begins at a position.
    pub(crate) fn plan_at(&self, text: &Text<'_>, i: usize) -> Option<usize> {
        let before = text.before(i);
        let other = match text.at(i) {
            '拟' => words::NOT_MEANT.contains(before),
            '计' => words::BY_PLAN.contains(before) || self.is_name(text, i),
            _ => false,
        };
        self.announced.end_at(text, i).filter(|_| !other)
    }

    /// Whether a word at a position belongs to a set phrase that begins before it: 雨露计划 is the
    /// name of a programme, and its 计划 plans nothing.
    fn is_name(&self, text: &Text<'_>, i: usize) -> bool {
        (i.saturating_sub(NAME)..i).any(|start| self.background_at(text, start) > Some(i))
    }
}
