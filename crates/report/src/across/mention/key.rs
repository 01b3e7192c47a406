//! The key of a statement by its words.

use figure::Unit;
use prose::FoundClaim;

use super::super::likeness::SO_FAR;
use super::super::{subject, when};
use super::{Key, Spot};

/// Words that make a number one of a longer time, or of a part.
const OTHER_SCOPE: [&str; 6] = [SO_FAR, "历年", "其中", "人均", "户均", "平均"];

impl Spot<'_> {
    /// The key by words; `None` where the words do not say what is counted.
    pub(super) fn worded(
        &self,
        claim: &FoundClaim,
        unit: Option<Unit>,
        clause: &str,
        before: &str,
        over: &[String],
    ) -> Option<Key> {
        let subject = claim.subject.as_deref()?;
        // 今年累计 is what there was in this year.
        let is_timed = when::is_of_a_time(before);
        let counts = |word: &str| word != SO_FAR || !is_timed;
        let mut scopes = OTHER_SCOPE.into_iter().filter(|word| counts(word));
        if scopes.any(|word| clause.contains(word) || subject.contains(word)) {
            return None;
        }
        let subject = if is_timed { subject.replace(SO_FAR, "") } else { subject.to_owned() };
        let title = self.checked.source.front.title.as_str();
        let normal = subject::normal(&self.bare(&subject))?;
        let normal = subject::of_body(&normal, &format!("{title}{before}")).unwrap_or(normal);
        let class = unit.map(Unit::class);
        Some(Key::Worded(normal, class, self.places(before, over)?))
    }
}
