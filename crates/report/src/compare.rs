//! Judges a claim of a change: two values, of its window and of the one it is compared with.

use figure::Interval;
use measure::{Request, Value};
use prose::{Reading, Truth3, judge};

use crate::change::{self, Against};
use crate::finding::{conclude, take_value};
use crate::judge::{Bench, Question, Stop};
use crate::reason;
use crate::verdict::{Actual, Conclusion, Finding, Kind};

impl Bench<'_, '_> {
    /// Judges a change by the values of its window and of the one it is compared with.
    pub(crate) fn judge_change(
        &self,
        reading: &Reading,
        question: &Question<'_>,
        request: &Request<'_>,
        finding: &mut Finding,
    ) -> Result<(), Stop> {
        let words = question.words;
        if question.target.series.is_some() {
            let text = format!("“{words}”说的是一次增减;指标后面请不要写 series");
            return Err(Stop::Refused(Kind::Target, text));
        }
        let earlier = match change::against(question.scope, self.calendar, request.window) {
            Against::Period(period) => Request { window: period, ..request.clone() },
            Against::Other => {
                let text = format!("“{words}”和什么相比不能断定,不能核验;请写明和哪一期相比");
                return Err(Stop::Refused(Kind::Gap, text));
            }
        };
        let pairs = match &question.target.each {
            None => vec![(None, self.session.measure(&earlier)?, self.session.measure(request)?)],
            Some(kind) => {
                let before = self.session.measure_each(&earlier, kind)?;
                let after = self.session.measure_each(request, kind)?;
                let pair = |(code, later): (String, Value)| {
                    let (_, earlier) = before.iter().find(|(other, _)| *other == code)?;
                    let label = self.pack.places.get(&code).map_or(code, |p| p.label.clone());
                    Some((Some(label), earlier.clone(), later))
                };
                after.into_iter().filter_map(pair).collect()
            }
        };
        let (mut all, mut said) = (Truth3::Holds, Vec::new());
        for (label, before, after) in &pairs {
            let by = change::between(before, after, reading.predicate.unit());
            let truth = judge(&reading.predicate, &change::amount(by));
            all = all.and(truth);
            said.push(reason::change(label.as_deref(), before, after, by));
            take_value(after, finding);
            let gaps = before.gaps.iter().map(ToString::to_string);
            finding.gaps.extend(gaps.filter(|_| by.is_none()));
            if let (None, Some(by)) = (label, by) {
                finding.actual = Some(Actual { amount: Interval::exact(by.value), unit: by.unit });
            }
        }
        // A change is settled once both of its values are, in every place.
        finding.status = pairs.iter().flat_map(|(_, a, b)| [a.status, b.status]).max();
        conclude(if pairs.is_empty() { Truth3::Open } else { all }, finding);
        if let [(None, before, after)] = pairs.as_slice()
            && let Some(by) = change::between(before, after, reading.predicate.unit())
            && finding.conclusion == Conclusion::Refuted
        {
            finding.suggestion = reason::changed(reading, words, by, &self.lexicon);
        }
        finding.reason = reason::of_change(words, finding, &said);
        Ok(())
    }
}
