//! The statements of a material that others can be held against.

mod key;
mod place;
mod time;

use std::ops::Range;

use figure::{Class, Decimal, Period, Step, Unit};
use prose::{Found, FoundClaim, Kind, Lexicon, Predicate, Reading, figures};

use super::extent::Extent;
use super::likeness::{Form, Gist, Told};
use super::village::Village;
use super::{Side, change, holiday, office, subject, when};
use crate::check::{headings, sentence_around};
use crate::plan::{is_intent, is_later_section, is_plan_heading};
use crate::source::Passage;
use crate::verdict::{Checked, Conclusion, Finding, Kind as Cause};
use crate::window::Calendar;

/// What a statement speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// An indicator, its place and its parts.
    Bound(String, Option<String>, Vec<(String, String)>),
    /// A subject by its words, the class of the unit, and the places named.
    Worded(String, Option<Class>, Vec<String>),
    /// A thing of which a whole office is counted, the class of the unit, and the level of the
    /// office.
    Office(String, Option<Class>, Option<usize>),
}

/// A statement that others can be held against.
pub(super) struct Mention {
    pub(super) side: Side,
    pub(super) label: String,
    pub(super) window: Period,
    /// Another period that its words may mean as well.
    pub(super) may_mean: Option<Period>,
    /// Whether it says how a figure changed.
    pub(super) change: bool,
    pub(super) extent: Extent,
    pub(super) bound: Option<Key>,
    pub(super) worded: Option<Key>,
    pub(super) office: Option<Key>,
    /// Whether the subject alone does not tell the figure from others.
    pub(super) vague: bool,
    /// What stands before the words in their sentence, and over it.
    pub(super) topic: String,
    /// What the words around it say, for others that say it otherwise.
    pub(super) gist: Option<Gist>,
    /// The sentence that it stands in: its line, and where it begins there.
    pub(super) sentence: (usize, usize),
    /// Whether its sentence tells parts of something there: 其中.
    pub(super) part: bool,
    /// The holiday or season that it is about.
    pub(super) feast: Option<&'static str>,
    /// The month up to which its sentence counts: 截至11月15日.
    pub(super) until: Option<u32>,
}

/// Words for what a project costs as a whole.
const PLANNED_COST: [&str; 3] = ["计划总投资", "计划投资总额", "计划投资"];
/// Longest noun behind a number.
const NOUN: usize = 10;
/// Most letters behind a figure that are shown with it.
const SHOWN: usize = 24;

/// The statements of a material; of those that are of a village, where it is held against one of
/// the village or its town.
pub(super) fn mentions(
    material: usize,
    checked: &Checked,
    lexicon: &Lexicon,
    village: Option<&Village>,
) -> Vec<Mention> {
    let calendar = Calendar { report: checked.window, now: checked.now };
    let source = &checked.source;
    let mut all = Vec::new();
    for passage in &source.passages {
        let text = passage.text();
        let found = figures(&text, lexicon);
        let spot = Spot { material, checked, calendar, passage, text: &text, lexicon, village };
        all.extend(found.claims.iter().filter_map(|claim| spot.mention(&found, claim)));
    }
    all
}

impl Mention {
    /// What is counted, by its words alone.
    pub(super) fn subject(&self) -> Option<&str> {
        match self.worded.as_ref()? {
            Key::Worded(subject, ..) => Some(subject),
            _ => None,
        }
    }

    /// The class of the unit that it is counted in.
    pub(super) fn class(&self) -> Option<Class> {
        match self.worded.as_ref()? {
            Key::Worded(_, class, _) => *class,
            _ => None,
        }
    }

    /// Whether both are of one period, or may be.
    pub(super) fn may_be_in_time_of(&self, other: &Mention) -> bool {
        self.window == other.window
            || self.may_mean == Some(other.window)
            || other.may_mean == Some(self.window)
    }

    /// Whether both are of one holiday or season; a month or a quarter lies in one, whether that
    /// is said or not.
    pub(super) fn is_in_season_of(&self, other: &Mention) -> bool {
        let is_season = |m: &Mention| m.feast.is_none_or(|day| holiday::season(day).is_some());
        let is_short = self.window == other.window && self.window.split(Step::Month).len() <= 3;
        self.feast == other.feast || is_short && is_season(self) && is_season(other)
    }

    /// Whether both are of one period, or may be and have the same digits in another order.
    pub(super) fn is_in_time_of(&self, other: &Mention) -> bool {
        let both = self.gist.as_ref().zip(other.gist.as_ref());
        self.window == other.window
            || self.may_be_in_time_of(other) && both.is_some_and(|(a, b)| a.is_turned(b))
    }
}

struct Spot<'c> {
    material: usize,
    checked: &'c Checked,
    calendar: Calendar,
    passage: &'c Passage,
    text: &'c str,
    lexicon: &'c Lexicon,
    village: Option<&'c Village>,
}

impl Spot<'_> {
    fn mention(&self, found: &Found, claim: &FoundClaim) -> Option<Mention> {
        // 办结率、满意率均为100% holds of each of them.
        let is_own = |r: &&Reading| !r.each || r.predicate == Predicate::Whole;
        let reading = claim.reading.as_ref().filter(|r| !r.negated && !r.plan).filter(is_own)?;
        let words = claim.start..claim.end;
        if !self.is_fact(claim) || reading.predicate.is_series() {
            return None;
        }
        let over = headings(&self.checked.source, self.passage);
        if self.is_planned(&over, &words) || self.is_of_an_occasion(&words) {
            return None;
        }
        let sentence = sentence_around(self.text, &words)?;
        let before: String = self.passage.chars[sentence.start..words.start].iter().collect();
        // 下达我镇造林任务1200亩,抚育2000亩: the others of the sentence are tasks as well.
        let is_task = ["下达", "任务"].iter().all(|word| before.contains(word));
        let is_ordered = is_task && !before.contains("完成");
        if is_ordered || self.is_of_another(&before) {
            return None;
        }
        let clause_start = self.clause_start(found, &sentence, &words);
        let clause: String = self.passage.chars[clause_start..words.start].iter().collect();
        let own_clause = clause.clone();
        let (clause, of_year) = when::compared(clause);
        // 比2022年的1.23万吨有较大增长: what follows is of the other figure.
        let behind = match of_year.is_some() {
            true => String::new(),
            false => self.behind(claim, NOUN),
        };
        if of_year.is_none() && when::is_former(&clause, &behind) {
            return None;
        }
        let is_share = reading.predicate.unit().is_some_and(|unit| unit.class() == Class::Share);
        let change = change::is_change(claim, reading, &clause);
        let falls = change && change::is_fall(claim, &clause);
        let finding = self.finding(&words);
        let feast = self.feast(&sentence, (&before, &format!("{clause}{behind}")), &over);
        let window = match finding.and_then(|f| f.window).or(of_year) {
            Some(window) => window,
            None => self.window(claim, &sentence, (&before, &clause), &over, feast)?,
        };
        // Its window says already that a figure is the one of last year.
        let clause = match window.to() < self.calendar.report.from() {
            true => when::without_former(&clause),
            false => clause,
        };
        let bound = finding.and_then(|f| {
            let id = f.indicator.clone()?;
            Some(Key::Bound(id, f.place.clone(), f.fixed.clone()))
        });
        let worded = match reading.per {
            // 人均收入 is compared by all its words alone.
            Some(_) => None,
            None => self.worded(claim, reading.predicate.unit(), &clause, &before, &over),
        };
        let thing = office::thing(&before, &behind).filter(|_| reading.per.is_none());
        let class = reading.predicate.unit().map(Unit::class);
        let thing = thing.filter(|_| self.village.is_none());
        let office = thing.map(|thing| Key::Office(thing.name, class, thing.level));
        let vague = match &worded {
            Some(Key::Worded(subject, ..)) => subject::is_vague(subject),
            _ => true,
        };
        let shown = claim.subject.as_deref().filter(|_| worded.is_some()).unwrap_or(&clause);
        let label = match (finding, &office) {
            (Some(finding), _) => finding.label.clone(),
            (None, Some(Key::Office(name, ..))) => name.clone(),
            // 投入 alone says nothing: 投入315万元改造食堂.
            (None, _) => match subject::shown(shown) {
                Some(words) if words.chars().count() == 2 => format!("{words}{behind}"),
                None if !behind.is_empty() => behind.clone(),
                words => words.unwrap_or_else(|| claim.text.clone()),
            },
        };
        let origin = &self.passage.origin;
        let topic: String =
            self.passage.chars[sentence.start..clause_start].iter().collect::<String>();
        let side = Side {
            material: self.material,
            file: self.checked.source.file.clone(),
            line: self.passage.line,
            start: origin.get(words.start).copied().unwrap_or(0),
            end: origin.get(words.end.saturating_sub(1)).map_or(0, |at| at + 1),
            words: claim.text.clone(),
            clause: format!("{}{}{}", own_clause.trim(), claim.text, self.behind(claim, SHOWN)),
        };
        let extent = Extent::of(&reading.predicate)?;
        let extent = if falls { extent.fallen() } else { extent };
        let form = match reading.predicate {
            Predicate::Zero => Form::Nothing,
            Predicate::Whole if !claim.text.contains('%') => Form::Whole,
            _ if change => Form::Growth,
            _ => Form::Plain,
        };
        let lead = before.strip_suffix(own_clause.as_str()).unwrap_or(&before);
        // Only shares are compared by what they grew: 增加12户 may be of several kinds.
        // 分别 gives each of several one, and not all to the nearest.
        let gist = (!change || (is_share && !clause.contains("分别")))
            .then(|| self.gist(found, claim, (&clause, lead, &behind), &over, (form, falls), feast))
            .flatten();
        let sentence = (self.passage.line, sentence.start);
        let said = format!("{}{before}", claim.period.as_deref().unwrap_or_default());
        let topic = format!("{topic}\n{}", over.last().cloned().unwrap_or_default());
        Some(Mention {
            side,
            label,
            window,
            may_mean: when::this_year(self.calendar.report, window, &said),
            change,
            extent,
            bound,
            worded,
            office,
            vague,
            topic,
            gist,
            sentence,
            part: before.contains("其中"),
            feast,
            until: when::month_of_end(&before),
        })
    }

    /// The words behind a figure, up to the end of its clause.
    fn behind(&self, claim: &FoundClaim, most: usize) -> String {
        self.until(claim, most, ",，;；:：。、!！?？\n")
    }

    /// The words behind a figure, up to a mark.
    fn until(&self, claim: &FoundClaim, most: usize, marks: &str) -> String {
        let rest = self.passage.chars[claim.end.min(self.passage.chars.len())..].iter();
        rest.take(most).take_while(|c| !marks.contains(**c)).collect()
    }

    /// Whether a claim is of what is or was; 计划总投资 is what a project costs.
    fn is_fact(&self, claim: &FoundClaim) -> bool {
        let before: String = self.passage.chars[..claim.start].iter().collect();
        let is_cost = PLANNED_COST.iter().any(|word| before.ends_with(word));
        claim.kind == Kind::Fact || (claim.kind == Kind::Plan && is_cost)
    }

    /// Whether the words announce what is to come.
    fn is_planned(&self, over: &[String], words: &Range<usize>) -> bool {
        is_plan_heading(self.lexicon, over)
            || is_later_section(self.calendar, over)
            || is_intent(self.calendar, over, self.text, words)
    }

    /// The finding on the words, if they were bound to an indicator that they are about.
    fn finding(&self, words: &Range<usize>) -> Option<&Finding> {
        let overlaps = |r: &Range<usize>| r.start < words.end && words.start < r.end;
        let (claim, _) = self.passage.claims.iter().find(|(_, range)| overlaps(range))?;
        let mut verdicts = self.checked.verdicts_of(*claim);
        let (only, other) = (verdicts.next()?, verdicts.next());
        let finding = &only.finding;
        let fits = match finding.conclusion {
            Conclusion::Proven => true,
            Conclusion::Refuted => finding.kind == Some(Cause::Value),
            Conclusion::Unprovable => finding.kind == Some(Cause::Gap),
            Conclusion::Unbound => false,
        };
        let single = other.is_none() && finding.members.is_empty();
        (fits && single && finding.window.is_some()).then_some(finding)
    }

    /// What the words around the figure say: those of its clause, with those before where the
    /// clause says next to nothing, and the noun behind it.
    fn gist(
        &self,
        found: &Found,
        claim: &FoundClaim,
        (clause, before, noun): (&str, &str, &str),
        over: &[String],
        (form, falls): (Form, bool),
        feast: Option<&'static str>,
    ) -> Option<Gist> {
        let (value, unit) = match &claim.normalized {
            Some(amount) => (amount.value, Unit::parse(&amount.unit).ok()?),
            // 零发生 counts happenings.
            None if form == Form::Nothing => (Decimal::ZERO, Unit::parse("起").ok()?),
            None => return None,
        };
        let value = if falls { -value } else { value };
        let chars = &self.passage.chars;
        let numbers = found.claims.iter().filter(|c| c.text.contains(is_digit));
        let next = numbers.map(|c| c.start).filter(|start| *start >= claim.end).min();
        let limit = next.unwrap_or(chars.len()).min(claim.end + noun.chars().count());
        let behind: String =
            chars[claim.end..limit].iter().take_while(|c| c.is_alphanumeric()).collect();
        let own = clause;
        // The words of 全部办结 say themselves what was done.
        let said = matches!(form, Form::Whole | Form::Nothing);
        let clause = if said { format!("{clause}{}", claim.text) } else { clause.to_owned() };
        let clause = feast.map_or(clause.clone(), |day| holiday::without(&clause, day));
        let lead = match form {
            Form::Growth => claim.subject.as_deref(),
            _ => Some(subject::last_words(before)),
        };
        let places = self.places(&format!("{before}{clause}{behind}"), over)?;
        let rest = self.bare(&self.until(claim, SHOWN, ",，;；。"));
        let (clause, behind) = (self.named_part(&self.bare(&clause)), self.bare(&behind));
        let (lead, thing) =
            (self.bare(lead.unwrap_or_default()), self.bare(&format!("{before}{clause}")));
        let reading = claim.reading.as_ref();
        let is_all = reading.is_some_and(|reading| reading.predicate == Predicate::Whole)
            || own.trim_end().ends_with("全部")
            || claim.text.ends_with("100%");
        // 人均收入19930元,而上年为16842元: the second one is for each as well.
        let bare = !own.trim_end_matches('年').contains(char::is_alphabetic);
        let last = || found.claims.iter().rfind(|c| c.end <= claim.start && c.reading.is_some());
        let of = if bare { last().and_then(|last| last.reading.as_ref()) } else { reading };
        let per = of.and_then(|reading| reading.per.as_deref()).unwrap_or("");
        Gist::new(Told {
            lead: &lead,
            thing: &thing,
            around: (clause.as_str(), behind.as_str()),
            rest: &rest,
            value: (value, unit),
            per,
            form,
            is_all,
            places,
        })
    }

    /// Where the clause of the words begins: behind the last mark or figure before them.
    fn clause_start(&self, found: &Found, sentence: &Range<usize>, words: &Range<usize>) -> usize {
        let chars = &self.passage.chars;
        let is_close = |from: usize, at: usize| from <= at && at < from + NOUN;
        let ended = |at: usize| {
            let lists = |end: usize| !chars[end..at].iter().any(|c| ",，".contains(*c));
            found.claims.iter().any(|f| is_close(f.end, at) && lists(f.end))
        };
        // 轮椅、助行器等辅助器具 goes on, 56户、142人 does not.
        let is_mark =
            |at: usize| ",，;；:：。".contains(chars[at]) || (chars[at] == '、' && ended(at));
        let mark = (sentence.start..words.start)
            .rev()
            .find(|at| is_mark(*at))
            .map_or(sentence.start, |at| at + 1);
        let figure = found
            .claims
            .iter()
            .filter(|f| f.kind != Kind::Background)
            .map(|f| f.end)
            .filter(|end| *end <= words.start)
            .max();
        mark.max(figure.unwrap_or(0)).min(words.start)
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "零一二三四五六七八九十百两".contains(c)
}
