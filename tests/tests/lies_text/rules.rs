//! The rules that make lies from the claims of a report.

mod number;
mod subject;
mod wording;

use app::Office;
use figure::Interval;
use product_tests::books::Books;
use product_tests::facts::Fact;
use product_tests::lie::{Lie, Spot};
use product_tests::says::{Says, Truth};
use report::Kind;

/// The true report and what is known of it.
pub(crate) struct Bench<'b> {
    pub(crate) source: &'b str,
    pub(crate) facts: &'b [Fact],
    pub(crate) spots: &'b [Spot],
    pub(crate) office: &'b Office,
    known: Vec<Vec<Interval>>,
}

impl<'b> Bench<'b> {
    pub(crate) fn new(
        source: &'b str,
        facts: &'b [Fact],
        spots: &'b [Spot],
        office: &'b Office,
    ) -> Bench<'b> {
        let books = Books::new(office);
        let known = facts.iter().map(|fact| books.known(fact)).collect();
        Bench { source, facts, spots, office, known }
    }

    /// All lies about all claims.
    pub(crate) fn lies(&self) -> Vec<Lie> {
        let mut lies = Vec::new();
        for spot in self.spots {
            lies.extend(number::lies(self, spot));
            lies.extend(wording::lies(self, spot));
            lies.extend(subject::lies(self, spot));
        }
        lies
    }

    /// The spot with other words that claim something else: false where the value says so.
    pub(crate) fn claimed(&self, rule: &'static str, spot: &Spot, words: &str, says: &Says) -> Lie {
        let false_of = |fact: &usize| says.judge(&self.known[*fact]) == Truth::False;
        Lie {
            rule,
            note: format!("{} → {words}", spot.link.words),
            source: spot.reworded(self.source, words),
            falls: spot.facts.clone().filter(false_of).map(|f| (f, vec![Kind::Value])).collect(),
            may: Vec::new(),
        }
    }

    /// The spot with other words, which have to fall for one of these kinds of reason.
    pub(crate) fn broken(
        &self,
        rule: &'static str,
        spot: &Spot,
        words: &str,
        kinds: &[Kind],
    ) -> Lie {
        Lie {
            rule,
            note: format!("{} → {words}", spot.link.words),
            source: spot.reworded(self.source, words),
            falls: spot.all(kinds),
            may: Vec::new(),
        }
    }

    /// What the facts of a spot say; they share their words.
    pub(crate) fn says(&self, spot: &Spot) -> &Says {
        &self.facts[spot.facts.start].says
    }
}
