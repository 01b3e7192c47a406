//! The time that a statement is of: its period, the holiday or the season, or one occasion alone.

use std::ops::Range;

use figure::{Period, Step};
use prose::{FoundClaim, period_words};

use super::super::{holiday, when};
use super::{Spot, is_digit};

/// Words that tell of one occasion, or of a time that the title does not name.
const OCCASIONS: &[&[&str]] = &[
    &["活动中", "活动现场", "现场会", "会上", "仪式", "此次", "本次", "这次", "期间"],
    &["当天", "当日", "当晚", "日前", "近日", "本周", "上周", "本月", "当月", "本季度"],
];
/// Words for the month or quarter that a material is about.
const THIS: [(&[&str], Step); 2] = [(&["本月", "当月"], Step::Month), (&["本季度"], Step::Quarter)];
/// Words of a sentence that is about the whole period all the same.
const WHOLE: [&str; 7] = ["全年", "今年以来", "年内", "一年来", "一年中", "一年里", "年度"];

impl Spot<'_> {
    /// The period of a figure, by its sentence up to it, its clause, the headings over it and the
    /// passage before; `None` where the words leave it open.
    pub(super) fn window(
        &self,
        claim: &FoundClaim,
        sentence: &Range<usize>,
        (before, clause): (&str, &str),
        over: &[String],
        feast: Option<&'static str>,
    ) -> Option<Period> {
        let report = self.calendar.report;
        // Words of the sentence say more where they stand: 截至12月底 is the year.
        let said = claim.period.as_deref().filter(|said| !before.contains(said));
        let said = said.filter(|said| !when::is_other(self.text, said)).unwrap_or_default();
        let before = when::without_starts(&when::up_to(&when::without_targets(before)));
        let window = self.calendar.window(None, said, &before, over, &[]).ok();
        let window = window.map(|window| {
            when::until(self.calendar, &self.passage.chars[..sentence.start], window)
        });
        match feast.filter(|day| holiday::season(day).is_none()) {
            // 国庆期间 has no days of its own here.
            Some(_) => Some(Period::year(window.unwrap_or(report).to().year())),
            None => {
                // Nor has 麦收期间, which is of the period of the material.
                let season = feast.map(|_| report);
                let window = when::cut(window.or(season)?, when::month_of_end(&before));
                let window = when::whole_year(window, clause);
                Some(when::whole_report(report, window, &before))
            }
        }
    }

    /// The holiday or season that words are about: by their sentence, the first one of the
    /// passage, what stands over it or the title.
    pub(super) fn feast(
        &self,
        sentence: &Range<usize>,
        (before, clause): (&str, &str),
        over: &[String],
    ) -> Option<&'static str> {
        if holiday::is_yearly(clause) {
            return holiday::named(clause);
        }
        let text = self.text;
        // 铺设管道14.5公里,解决冬季断水: what follows in the same sentence is no time of it.
        let opening = text.split(['。', ',', '，']).next();
        let opening = opening.filter(|_| sentence.start > 0).unwrap_or_default();
        let title = self.checked.source.front.title.as_str();
        [clause, before, opening]
            .into_iter()
            .chain(over.iter().rev().map(String::as_str))
            .chain([title])
            .find_map(holiday::named)
    }

    /// Whether the words may be about one occasion and not about the whole period.
    pub(super) fn is_of_an_occasion(&self, words: &Range<usize>) -> bool {
        let before: String = self.passage.chars[..words.start].iter().collect();
        let before = holiday::without_period(&before).replace("活动中心", "");
        let last = before.rsplit(['。', ';', '；']).next().unwrap_or("");
        // 12月15日前 is no 日前.
        let is_day = |at: usize| before[..at].chars().next_back().is_some_and(is_digit);
        let is_said = |word: &str| before.match_indices(word).any(|(at, _)| !is_day(at));
        // 春防期间,…。今年前六个月,全镇…: a sentence with a time of its own is about that.
        let own = period_words(last, self.checked.now, Some(self.calendar.report));
        let report = self.calendar.report;
        let is_one = |step: Step| report.is_whole(step) && report.split(step).len() == 1;
        let own_part = THIS.iter().find(|(_, step)| is_one(*step));
        let occasions = || {
            let all = OCCASIONS.iter().copied().flatten();
            all.filter(|word| !own_part.is_some_and(|(own, _)| own.contains(word)))
        };
        let is_occasion = |words: &str| occasions().any(|w| words.contains(w));
        let is_timed = own.is_some_and(|(p, _)| p.from() != p.to()) && !is_occasion(last);
        occasions().any(|word| is_said(word))
            && !is_timed
            && !WHOLE.iter().any(|word| last.contains(word))
    }
}
