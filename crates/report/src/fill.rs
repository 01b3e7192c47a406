//! A claim whose words are still to be written.

use figure::Quantity;
use measure::Request;
use prose::read_claim_with;

use crate::finding::take_value;
use crate::judge::{Bench, Stop};
use crate::reason;
use crate::verdict::{Finding, Kind};

impl Bench<'_, '_> {
    /// A claim without words yet: says what could be written, in the manner of what stood
    /// there before if that is known.
    pub(crate) fn fill(
        &self,
        request: &Request<'_>,
        former: Option<&str>,
        finding: &mut Finding,
    ) -> Result<(), Stop> {
        let value = self.session.measure(request)?;
        take_value(&value, finding);
        let before = former.and_then(|words| read_claim_with(words, &self.lexicon).ok());
        let alike = before.and_then(|reading| reason::rewritten(&reading, &value, &self.lexicon));
        finding.suggestion = alike.or_else(|| {
            value.amount.value().map(|v| reason::plain_words(Quantity::new(v, value.unit)))
        });
        let text = match &finding.suggestion {
            Some(words) => format!("这里还没有文字,可写“{words}”;请运行 zhenzhang report refresh"),
            None => format!("这里还没有文字,数值也还不确知{}", reason::gaps(&finding.gaps)),
        };
        Err(Stop::Refused(Kind::Words, text))
    }
}
