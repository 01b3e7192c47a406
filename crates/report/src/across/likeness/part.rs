//! What is said of all of something, of nothing of it, or of a share of it.

use figure::{Class, Decimal};

use super::super::letters::Letters;
use super::super::subject;
use super::super::words::DEGREES;
use super::{FULL, Form, Gist};

/// Most letters by which a part is told otherwise than the whole.
const OTHERWISE: usize = 4;
/// What is said of every deed.
const ANY_DEED: &str = "完成";

impl Gist {
    /// Whether it says that nothing happened of what another one counts, be that a part of it or
    /// of one degree: 未发生森林火灾, and 一般森林火灾1起.
    pub(in crate::across) fn denies(&self, other: &Gist) -> bool {
        let degrees = |gist: &Gist| -> Vec<&str> {
            gist.kinds.iter().copied().filter(|kind| !DEGREES.contains(kind)).collect()
        };
        let is_wider = self.kinds.iter().all(|kind| other.kinds.contains(kind));
        let is_within = self.places.is_empty() || self.places == other.places;
        let what = subject::without(&[&["生产安全", "安全生产", "生产"]], &self.text);
        (self.form, other.form) == (Form::Nothing, Form::Plain)
            && other.unit.0.is_counted()
            && other.value > Decimal::ZERO
            && self.scopes.is_empty()
            && (is_wider && degrees(self) == degrees(other) && is_within)
            && (what.chars().count() >= FULL && other.text.contains(&what))
    }

    /// Whether it says that something was done with all, and another one with which share: 全部
    /// 签约, and 签约率92%.
    pub(in crate::across) fn is_more_than_share(&self, share: &Gist) -> bool {
        let is_share = share.form == Form::Plain && share.unit.0 == Class::Share;
        let shared = self.deeds.iter().filter(|deed| share.deeds.contains(deed));
        // 完成 says of what only with the words beside it.
        let letters = |words: &str| Letters::of(&words.chars().collect::<Vec<_>>());
        let is_named = letters(&self.text).shared(&letters(&share.thing)).1 > 0;
        let mut fits = shared.map(|deed| *deed != ANY_DEED || is_named);
        self.form == Form::Whole
            && is_share
            && share.value < Decimal::ONE_HUNDRED
            && fits.any(|fits| fits)
            && self.places == share.places
            && self.scopes == share.scopes
            && !self.is_apart(share)
    }

    /// Whether one says that all was done of what the other one counts only a part of.
    pub(in crate::across) fn is_all_of(&self, part: &Gist) -> bool {
        // Behind 超过10万元 the words before it say of what.
        let behind = part.is_led && self.unit.0 != Class::Share && self.unit != part.unit;
        let is_named =
            self.own.shared(&part.own).1 > 0 || (behind && self.words.shared(&part.words).1 > 1);
        // 考核优秀的6个 tells another thing than 覆盖全部11个.
        let own = part.own.single.difference(&self.words.single).count();
        self.is_all
            && part.form == Form::Plain
            && part.unit.0.is_counted()
            && is_named
            && (self.form == Form::Whole || own <= OTHERWISE)
            && self.scopes == part.scopes
            && !self.is_apart(part)
    }

    /// Whether others tell of its value, where that is one that all pass.
    pub(in crate::across) fn is_threshold_of(&self, others: &[Gist], part: &Gist) -> bool {
        let is_same = |gist: &Gist| (gist.unit == self.unit) && gist.value == self.value;
        self.unit.0 == Class::Share || self.unit == part.unit || others.iter().any(is_same)
    }

    /// Whether it counts more than another one of the same unit.
    pub(in crate::across) fn is_more(&self, other: &Gist) -> bool {
        self.unit == other.unit && self.value > other.value
    }

    /// Whether several in a row make it up, and another one is of them.
    pub(in crate::across) fn is_sum_of<'g>(
        &self,
        run: impl Iterator<Item = Option<&'g Gist>>,
        part: Option<&Gist>,
    ) -> bool {
        let (mut sum, mut count, mut is_in) = (Decimal::ZERO, 0, false);
        for gist in run.map_while(|gist| gist).take_while(|gist| gist.unit == self.unit) {
            sum += gist.value;
            count += 1;
            is_in |= part.is_some_and(|part| std::ptr::eq(part, gist));
            if is_in && count > 1 && sum == self.value {
                return true;
            }
        }
        false
    }
}
