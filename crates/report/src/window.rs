//! Which period a claim is about.
//!
//! The target decides, else the claim's own words, else the nearest period
//! before them in the sentence, else the headings above, else the report. Words
//! that name a period the target contradicts are refused: a reader believes the
//! words.

use figure::{Date, Period};
use prose::period_words;

/// The periods of a report: the one it is about, and the day it may look from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendar {
    /// The report's window.
    pub(crate) report: Period,
    /// Today.
    pub(crate) now: Date,
}

/// The target's window and the words that say otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Disagreement {
    pub(crate) target: Period,
    pub(crate) said: Period,
    pub(crate) words: String,
}

/// Words that announce a comparison; the period behind them governs nothing.
const COMPARING: [&str; 7] = ["相比", "比", "较", "同", "与", "从", "由"];

impl Calendar {
    /// The day from which relative words (近三年, 今年) are counted: the end of
    /// the report's window once it is over.
    fn anchor(self) -> Date {
        self.now.min(self.report.to())
    }

    /// The window of a claim. `headings` are the texts above it, nearest last.
    pub(crate) fn window(
        self,
        target: Option<Period>,
        words: &str,
        before: &str,
        headings: &[String],
    ) -> Result<Period, Disagreement> {
        let base = self.section(headings);
        let sentence = self.last_period(before, base);
        let base = sentence.as_ref().map_or(base, |(period, _)| *period);
        let own = self.last_period(words, base);
        let Some(target) = target else {
            return Ok(own.map_or(base, |(period, _)| period));
        };
        if let Some((said, words)) = own
            && self.known(said) != self.known(target)
        {
            return Err(Disagreement { target, said, words });
        }
        // A sentence governs several figures, so a target may narrow or widen its
        // period; one that lies wholly elsewhere deceives the reader.
        if let Some((said, words)) = sentence
            && (said.to() < target.from() || target.to() < said.from())
        {
            return Err(Disagreement { target, said, words });
        }
        Ok(target)
    }

    /// The window of the section below these headings.
    pub(crate) fn section(self, headings: &[String]) -> Period {
        headings.iter().fold(self.report, |base, heading| {
            self.last_period(heading, base).map_or(base, |(period, _)| period)
        })
    }

    /// The part of a period that lies before the day the report looks from, so
    /// that `2023年以来` and `2023` are the same in a report drawn up in December.
    fn known(self, period: Period) -> Period {
        let to = period.to().min(self.anchor().max(period.from()));
        Period::new(period.from(), to).unwrap_or(period)
    }

    /// The last period that a text names, with its words; comparisons are passed over.
    fn last_period(self, text: &str, base: Period) -> Option<(Period, String)> {
        let chars: Vec<char> = text.chars().collect();
        let mut last = None;
        let mut from = 0;
        while from < chars.len() {
            let rest: String = chars[from..].iter().collect();
            let Some((period, range)) = period_words(&rest, self.anchor(), Some(base)) else {
                break;
            };
            let before: String = chars[..from + range.start].iter().collect();
            if !COMPARING.iter().any(|word| before.ends_with(word)) {
                let words = chars[from + range.start..from + range.end].iter().collect();
                last = Some((period, words));
            }
            from += range.end.max(1);
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use figure::date;

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    fn check(target: &str, words: &str, before: &str, heading: &str, expected: &str) {
        let calendar = Calendar { report: period("2023"), now: date(2024, 1, 10) };
        let target = (!target.is_empty()).then(|| period(target));
        let headings: Vec<String> =
            if heading.is_empty() { Vec::new() } else { vec![heading.to_owned()] };
        let found = calendar.window(target, words, before, &headings);
        let text = match &found {
            Ok(window) => window.code(),
            Err(no) => format!("{}≠{} “{}”", no.target, no.said, no.words),
        };
        assert_eq!(text, expected, "{target:?} {words} {before} {heading}");
    }

    #[test]
    fn the_nearest_word_decides() {
        check("", "105起", "排查隐患", "", "2023");
        check("", "105起", "2023年4月排查隐患", "", "2023-04");
        check("", "105起", "排查隐患", "二、2022年工作", "2022");
        check("", "105起", "2023年4月排查隐患", "二、2022年工作", "2023-04");
        check("", "近三年来无上访", "2023年排查,", "", "2021..2023");
        check("", "没有恶性事件", "特别是近三年来无上访,", "", "2021..2023");
        check("2023-05", "105起", "排查隐患", "", "2023-05");
        check("", "增长5%", "2023年收入比2022年", "", "2023");
    }

    #[test]
    fn targets_may_not_contradict_the_words() {
        check("2023", "近三年来无上访", "", "", "2023≠2021..2023 “近三年来”");
        check("2021..2023", "近三年来无上访", "", "", "2021..2023");
        check("2022", "105起", "2023年排查隐患", "", "2022≠2023 “2023年”");
        check("2023-04", "105起", "2023年排查隐患", "", "2023-04");
        check("2023", "2023年以来共11条", "", "", "2023");
    }
}
