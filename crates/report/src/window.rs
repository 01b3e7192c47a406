//! Which period a claim is about.
//!
//! The target decides, else the claim's own words, else the nearest period
//! before them in the sentence, else the headings above, else the report. Words
//! that name a period the target contradicts are refused: a reader believes the
//! words. 同期 behind a year is the same days of that year: 2022年同期 in a report on
//! half a year is half of 2022.

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

/// Why no window could be found for a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Disagreement {
    /// The target's window and the words that say otherwise.
    Other {
        /// The target's window.
        target: Period,
        /// The period that the words name.
        said: Period,
        /// Those words.
        words: String,
    },
    /// The words name a period that nobody here can date (党的十八大以来).
    Undated(String),
}

/// A period that a text names, with its words and the character they end before.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    /// `None` where the words cannot be dated.
    period: Option<Period>,
    words: String,
    end: usize,
}

/// Words that announce a comparison; the period behind them governs nothing.
pub(crate) const COMPARING: [&str; 7] = ["相比", "比", "较", "同", "与", "从", "由"];
/// Words that make the end of a period the end of what began with its year.
const UNTIL: [&str; 4] = ["截至到", "截止到", "截至", "截止"];
/// First year of the first five-year plan, and the length of each.
const FIRST_PLAN: i16 = 1953;
const PLAN_YEARS: i16 = 5;
/// Most plans that can be meant.
const PLANS: i16 = 30;

impl Calendar {
    /// The day from which relative words (近三年, 今年) are counted: the end of
    /// the report's window once it is over.
    fn anchor(self) -> Date {
        self.now.min(self.report.to())
    }

    /// The window of a claim. `headings` are the texts above it, nearest last;
    /// `mine` are names that the target fixes, whose periods are its own.
    pub(crate) fn window(
        self,
        target: Option<Period>,
        words: &str,
        before: &str,
        headings: &[String],
        mine: &[String],
    ) -> Result<Period, Disagreement> {
        let base = self.section(headings);
        let sentence = self.last(before, base, mine);
        let base = sentence.as_ref().and_then(|said| said.period).unwrap_or(base);
        let own = self.last(words, base, mine);
        let Some(said) = own.or(sentence) else { return Ok(target.unwrap_or(base)) };
        let Some(period) = said.period else { return Err(Disagreement::Undated(said.words)) };
        match target {
            Some(target) if self.known(period) != self.known(target) => {
                Err(Disagreement::Other { target, said: period, words: said.words })
            }
            Some(target) => Ok(target),
            None => Ok(period),
        }
    }

    /// The window of the section below these headings.
    pub(crate) fn section(self, headings: &[String]) -> Period {
        headings.iter().fold(self.report, |base, heading| {
            self.last(heading, base, &[]).and_then(|said| said.period).unwrap_or(base)
        })
    }

    /// The part of a period that lies before the day the report looks from, so
    /// that `2023年以来` and `2023` are the same in a report drawn up in December.
    fn known(self, period: Period) -> Period {
        let to = period.to().min(self.anchor().max(period.from()));
        Period::new(period.from(), to).unwrap_or(period)
    }

    /// The period that the text behind a comparison begins with; `base` is what is compared.
    pub(crate) fn compared(self, text: &str, base: Period) -> Option<Period> {
        let (period, range) = period_words(text, self.anchor(), Some(base))?;
        let behind: String = text.chars().skip(range.end).collect();
        if range.start == 0 { alike(period, &behind, base) } else { None }
    }

    /// The last period that a text names; comparisons are passed over.
    fn last(self, text: &str, base: Period, mine: &[String]) -> Option<Said> {
        let chars: Vec<char> = text.chars().collect();
        let dated = self.dated(&chars, base);
        let undated = undated(&chars, mine, dated.as_ref().map_or(0, |said| said.end));
        match undated {
            Some((words, end)) => {
                let period = self.plan_years(&words);
                Some(Said { period, words, end })
            }
            None => dated,
        }
    }

    fn dated(self, chars: &[char], base: Period) -> Option<Said> {
        let whole: String = chars.iter().collect();
        let mut last = None;
        let mut from = 0;
        while from < chars.len() {
            let rest: String = chars[from..].iter().collect();
            let Some((period, range)) = period_words(&rest, self.anchor(), Some(base)) else {
                break;
            };
            let before: String = chars[..from + range.start].iter().collect();
            let end = from + range.end;
            // 上年为252处 is over with its clause.
            let is_over = prose::passing_end(&whole, from + range.start..end)
                .is_some_and(|reach| reach < chars.len());
            // 由2022年的83起降到71起: the figure right behind is of that year all the same.
            let is_own = chars[end..] == ['的'];
            if !is_over && (is_own || !COMPARING.iter().any(|word| before.ends_with(word))) {
                let after = chars.get(end).copied().unwrap_or('\n');
                let until = UNTIL.iter().any(|word| before.ends_with(word))
                    || (before.ends_with(['至', '到']) && "底末".contains(after));
                let year = Period::year(period.to().year()).from();
                let whole =
                    Period::new(year, period.to()).filter(|_| until && period.from() > year);
                let words = chars[from + range.start..end].iter().collect();
                let behind: String = chars[end..].iter().collect();
                let now = last.as_ref().and_then(|said: &Said| said.period).unwrap_or(base);
                let period = alike(whole.unwrap_or(period), &behind, now);
                last = Some(Said { period, words, end });
            }
            from += range.end.max(1);
        }
        last
    }

    /// `“十四五”以来`: from the first year of that five-year plan to where the report looks from.
    fn plan_years(self, words: &str) -> Option<Period> {
        let bare: String = words.chars().filter(|c| !"“”\"‘’ ".contains(*c)).collect();
        let number = bare.strip_suffix("以来").unwrap_or(&bare);
        let number = number.strip_prefix('自').unwrap_or(number).strip_suffix('五')?;
        let plan = i16::try_from(prose::parse_number(number).ok()?).ok()?;
        let known = (1..PLANS).contains(&plan) && bare.ends_with("以来");
        let from = Period::year(FIRST_PLAN + (plan - 1) * PLAN_YEARS + shift(plan)).from();
        known.then(|| Period::new(from, self.anchor())).flatten()
    }
}

/// The period that words name, from the text behind them: 同期 behind a year is as much of it as
/// `now` is of its own. `None` if that year has no such days.
fn alike(period: Period, behind: &str, now: Period) -> Option<Period> {
    let is_alike = behind.strip_prefix('的').unwrap_or(behind).starts_with("同期");
    let is_year = period == Period::year(period.to().year());
    if is_alike && is_year { in_year(now, period.to().year()) } else { Some(period) }
}

/// The same days of the calendar, ending in another year.
pub(crate) fn in_year(window: Period, year: i16) -> Option<Period> {
    let by = year - window.to().year();
    let moved = |day: Date| Date::new(day.year() + by, day.month(), day.day()).ok();
    let to = match window.to() {
        // February may be a day longer or shorter.
        to if to == to.last_of_month() => Period::month(year, to.month())?.to(),
        to => moved(to)?,
    };
    Period::new(moved(window.from())?, to)
}

/// Three years lay between the second plan and the third.
fn shift(plan: i16) -> i16 {
    if plan > 2 { 3 } else { 0 }
}

/// Words that end a period which begins with an event.
const SINCE: [&str; 3] = ["以来", "至今", "期间"];
/// Periods that no year is named for.
const VAGUE: [&str; 26] = [
    "近年来",
    "近些年来",
    "近几年来",
    "几年来",
    "多年来",
    "历年",
    "历史上",
    "任期内",
    "过渡期内",
    "建镇以来",
    "近几年",
    "年初",
    "上旬",
    "中旬",
    "下旬",
    "上周",
    "上月",
    "上个月",
    "汛期",
    "岁末",
    "假期",
    "长假",
    "黄金周",
    "暑期",
    "暑假",
    "寒假",
];
/// Words behind which a time is what one looks at, and not when: 紧盯岁末年初.
const AIMS: [&str; 5] = ["紧盯", "聚焦", "围绕", "针对", "瞄准"];
/// Words behind which a bare number of years is a length of time.
const LENGTH_LEADS: &str = ",，;；:：。、(（ 计共用时续";

/// The last words of a period that no calendar dates, behind `from`, with their end.
fn undated(chars: &[char], mine: &[String], from: usize) -> Option<(String, usize)> {
    let text: String = chars.iter().collect();
    let mut last: Option<(String, usize)> = None;
    let mut keep = |words: String, end: usize| {
        if last.as_ref().is_none_or(|(_, at)| *at < end) {
            last = Some((words, end));
        }
    };
    for word in VAGUE.iter().chain(&SINCE) {
        for (byte, _) in text.match_indices(word) {
            let start = text[..byte].chars().count();
            let end = start + word.chars().count();
            let open = chars[from.min(start)..start]
                .iter()
                .rposition(|c| ",，;；:：。、!！?？".contains(*c))
                .map_or(from.min(start), |at| from.min(start) + at + 1);
            let words: String = chars[open..end].iter().collect();
            let words = words.trim_start_matches(['在', '是', '自', '从']).trim().to_owned();
            let before: String = chars[..start].iter().collect();
            // 年初以来 is the year of the report up to where it looks from.
            let year =
                words.ends_with("年初以来") || (*word == "年初" && follows(chars, end, "以来"));
            let named = year
                || mine.iter().any(|name| words.contains(name.as_str()))
                || COMPARING.iter().any(|word| before.ends_with(word))
                || AIMS.iter().any(|word| words.starts_with(word));
            // 以来 right behind a date belongs to it.
            let opens = start == from && from == 0 && VAGUE.contains(word);
            if !named && (start > from || opens) {
                keep(words, end);
            }
        }
    }
    for at in from..chars.len() {
        if let Some(end) = length_of_years(chars, at) {
            keep(chars[at..end].iter().collect(), end);
        }
    }
    last
}

fn follows(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(k, c)| chars.get(at + k) == Some(&c))
}

/// 三年, 两年间: where a bare number of years ends, more than one.
fn length_of_years(chars: &[char], at: usize) -> Option<usize> {
    let lead = at.checked_sub(1).map_or('。', |b| chars[b]);
    if !LENGTH_LEADS.contains(lead) {
        return None;
    }
    let digits = |c: &&char| c.is_ascii_digit() || "一二两三四五六七八九十几数多".contains(**c);
    let length = chars[at..].iter().take(3).take_while(digits).count();
    let year = at + length;
    let one = length == 1 && "一1".contains(chars[at]);
    let after = chars.get(year + 1).copied().unwrap_or('\n');
    let ends = "内间共累里,，来连以".contains(after)
        || after.is_ascii_digit()
        || "排实完争发开收投建整召新组".contains(after);
    (length > 0 && !one && chars.get(year) == Some(&'年') && ends).then_some(year + 1)
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
        let found = calendar.window(target, words, before, &headings, &["主题教育".to_owned()]);
        let text = match &found {
            Ok(window) => window.code(),
            Err(Disagreement::Other { target, said, words }) => {
                format!("{target}≠{said} “{words}”")
            }
            Err(Disagreement::Undated(words)) => format!("“{words}”?"),
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
        check("", "83起", "2023年纠纷由2022年的", "", "2022");
    }

    #[test]
    fn targets_may_not_contradict_the_words() {
        check("2023", "近三年来无上访", "", "", "2023≠2021..2023 “近三年来”");
        check("2021..2023", "近三年来无上访", "", "", "2021..2023");
        check("2022", "105起", "2023年排查隐患", "", "2022≠2023 “2023年”");
        check("2023-04", "105起", "2023年排查隐患", "", "2023-04≠2023 “2023年”");
        check("2023", "105起", "上半年排查隐患", "", "2023≠2023-01-01..2023-06-30 “上半年”");
        check("2023", "一季度排查105起", "", "", "2023≠2023Q1 “一季度”");
        check("2023", "2023年以来共11条", "", "", "2023");
    }

    #[test]
    fn a_year_that_is_only_compared_with_governs_its_clause() {
        check("", "252处", "排查隐患315处,去年为", "", "2022");
        check("", "19次", "排查隐患315处,去年为252处,培训", "", "2023");
        check("", "19次", "去年排查隐患252处并整改,培训", "", "2022");
    }

    #[test]
    fn the_same_period_of_a_year_is_as_much_of_it() {
        let calendar = Calendar { report: period("2024H1"), now: date(2024, 7, 3) };
        let compared = |words: &str, base: &str| {
            let found = calendar.compared(words, period(base));
            found.map_or_else(|| "无".to_owned(), Period::code)
        };
        assert_eq!(compared("2022年同期减少", "2024H1"), period("2022H1").code());
        assert_eq!(compared("2022年的同期减少", "2024-02"), "2022-02");
        assert_eq!(compared("2022年度同期减少", "2024"), "2022");
        assert_eq!(compared("2022年减少", "2024H1"), "2022");
        assert_eq!(compared("2022年一季度同期减少", "2024H1"), "2022Q1");
        assert_eq!(compared("2022年同期减少", "2024-02-29..2024-03-05"), "无");
        let window = |before: &str| {
            calendar.window(None, "28件", before, &[], &[]).map_or("无".to_owned(), Period::code)
        };
        assert_eq!(window("受理8件,2022年同期"), period("2022H1").code());
        assert_eq!(window("2024年一季度受理8件,去年同期"), "2023Q1");
        assert_eq!(window("受理8件,2022年"), "2022");
    }

    #[test]
    fn an_end_stands_for_all_of_its_year_up_to_it() {
        check("", "105起", "截至6月底,排查隐患", "", "2023-01-01..2023-06-30");
        check("", "105起", "截至目前排查隐患", "", "2023");
        check("2023", "105起", "截至6月底,排查隐患", "", "2023≠2023-01-01..2023-06-30 “6月”");
        check("", "105起", "6月排查隐患", "", "2023-06");
    }

    #[test]
    fn periods_that_nothing_dates_are_refused() {
        for before in [
            "党的十八大以来,排查隐患",
            "近年来排查隐患",
            "累计三年排查隐患",
            "三年共排查隐患",
            "建镇以来排查隐患",
            "春节期间,排查隐患",
            "换届以来排查隐患",
        ] {
            let calendar = Calendar { report: period("2023"), now: date(2024, 1, 10) };
            let found = calendar.window(None, "105起", before, &[], &[]);
            assert!(matches!(found, Err(Disagreement::Undated(_))), "{before} {found:?}");
        }
        check("", "105起", "“十四五”以来,排查隐患", "", "2021..2023");
        check("", "105起", "党的十八大以来成绩喜人,2023年排查隐患", "", "2023");
        check("", "30次", "主题教育期间,集中学习", "", "2023");
        check("", "105起", "2023年以来,排查隐患", "", "2023");
        check("", "105起", "年初以来,排查隐患", "", "2023");
        check("", "105起", "实施“十四五”规划,排查隐患", "", "2023");
    }
}
