//! Whether the words of two numbers allow what the figures around them show.

use super::scope::PART;
use super::{ADDED, Form, Gist, SHARE, SO_FAR};

/// Words that say only that heads are counted.
const HEADS: [&str; 4] = ["人数", "户数", "总数", "总长"];

/// Letters that say only that it is all, or of whom.
const EXTRA: &str = "总面积长量该社区街道镇乡村";
/// Words of a stage that a part has come to, which may be what is meant by all of it.
const DONE: [&str; 6] = ["竣工", "完工", "完成", "结案", "办结", "整改"];

impl Gist {
    /// Whether nothing in the words tells two numbers apart that what stands around them shows to
    /// be of one figure.
    pub(in crate::across) fn fits(&self, other: &Gist) -> bool {
        let scopes = |gist: &Gist| -> Vec<&str> {
            let counts = |word: &&str| ![PART, SO_FAR, ADDED].contains(word);
            gist.scopes.iter().copied().filter(counts).collect()
        };
        let is_plain = (self.form, other.form) == (Form::Plain, Form::Plain);
        is_plain
            && self.is_comparable(other)
            && !self.is_apart(other)
            && scopes(self) == scopes(other)
            && (self.touches(other) || self.own.shared(&other.own).1 > 0)
    }

    /// Whether another one says of all the same as this one: in its words, or in much the same
    /// ones where it says that it is all, and with none of those that tell a part of it.
    pub(in crate::across) fn is_repeated_by(
        &self,
        other: &Gist,
        part: &Gist,
        is_all: bool,
    ) -> bool {
        let likeness = self.likeness(other, false);
        let named = |gist: &Gist| HEADS.iter().fold(gist.text.clone(), |t, w| t.replace(w, ""));
        // 无公害茶园总面积 is of some of the 茶园总面积.
        let is_bare = || named(other).chars().all(|c| self.text.contains(c) || EXTRA.contains(c));
        let is_one = named(self) == named(other) || (is_all && likeness >= SHARE && is_bare());
        let is_deed = DONE.iter().any(|word| part.text.contains(word));
        let mut own = part.text.chars().filter(|c| !self.text.contains(*c));
        let is_else = part.is_apart(other) || part.likeness(other, false) < likeness;
        is_one
            && !is_deed
            && self.fits(other)
            && (self.scopes == other.scopes && self.is_new == other.is_new)
            && (is_else && !own.any(|c| other.text.contains(c)))
    }

    /// Whether it says of what it is that it is all: 全部签约.
    pub(in crate::across) fn is_whole(&self) -> bool {
        self.form == Form::Whole
    }

    /// Whether it says that something is so of all: 全部11个.
    pub(in crate::across) fn tells_all(&self) -> bool {
        self.is_all
    }

    /// Whether both are of one unit, or one says that it is all, or nothing.
    pub(in crate::across) fn may_meet(&self, other: &Gist) -> bool {
        let is_plain = self.form == Form::Plain && other.form == Form::Plain;
        !is_plain || self.is_all || other.is_all || self.unit.0 == other.unit.0
    }

    /// Whether both say how many or how much, and neither that it is all or nothing.
    pub(in crate::across) fn is_number(&self, other: &Gist) -> bool {
        let is_plain = (self.form, other.form) == (Form::Plain, Form::Plain);
        is_plain && !self.is_all && !other.is_all && self.unit == other.unit
    }

    /// Whether both count as many of one unit.
    pub(in crate::across) fn is_as_many(&self, other: &Gist) -> bool {
        self.is_comparable(other) && self.value == other.value && self.unit.0.is_counted()
    }
}
