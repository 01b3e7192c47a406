//! The statements of a material that others can be held against.

use std::ops::Range;

use figure::{Class, Period, Unit};
use prose::{Found, FoundClaim, Kind, Lexicon, Predicate, figures};

use super::extent::Extent;
use super::likeness::Gist;
use super::{Side, subject};
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
}

/// A statement that others can be held against.
pub(super) struct Mention {
    pub(super) side: Side,
    pub(super) label: String,
    pub(super) window: Period,
    /// Whether it says how a figure changed.
    pub(super) change: bool,
    pub(super) extent: Extent,
    pub(super) bound: Option<Key>,
    pub(super) worded: Option<Key>,
    /// Whether the subject alone does not tell the figure from others.
    pub(super) vague: bool,
    /// What stands before the words in their sentence, and over it.
    pub(super) topic: String,
    /// What the words around it say, for others that say it otherwise.
    pub(super) gist: Option<Gist>,
}

/// Words that make a number one of a longer time, or of a part.
const OTHER_SCOPE: [&str; 6] = ["累计", "历年", "其中", "人均", "户均", "平均"];
/// Words that tell of one occasion, or of a time that the title does not name.
const OCCASIONS: [&str; 19] = [
    "活动中",
    "活动现场",
    "现场会",
    "当天",
    "当日",
    "当晚",
    "此次",
    "本次",
    "这次",
    "期间",
    "会上",
    "仪式",
    "本月",
    "当月",
    "本周",
    "上周",
    "日前",
    "近日",
    "本季度",
];
/// Words of a sentence that is about the whole period all the same.
const WHOLE: [&str; 7] = ["全年", "今年以来", "年内", "一年来", "一年中", "一年里", "年度"];
/// Words for a place or a thing that was named before, which is not the whole office.
const OTHERS: [&str; 8] = ["该村", "该镇", "该社区", "本村", "我村", "全村", "该县", "该公司"];
/// Letters from which the words around a number say what it is of.
const FULL: usize = 4;
/// Longest noun behind a number.
const NOUN: usize = 10;
/// Words right before a number that is a change.
const CHANGES: [&str; 8] = ["增加", "减少", "增长", "下降", "提高", "降低", "上升", "多"];

pub(super) fn mentions(material: usize, checked: &Checked, lexicon: &Lexicon) -> Vec<Mention> {
    let calendar = Calendar { report: checked.window, now: checked.now };
    let source = &checked.source;
    let mut all = Vec::new();
    for passage in &source.passages {
        let text = passage.text();
        let found = figures(&text, lexicon);
        let spot = Spot { material, checked, calendar, passage, text: &text, lexicon };
        all.extend(found.claims.iter().filter_map(|claim| spot.mention(&found, claim)));
    }
    all
}

struct Spot<'c> {
    material: usize,
    checked: &'c Checked,
    calendar: Calendar,
    passage: &'c Passage,
    text: &'c str,
    lexicon: &'c Lexicon,
}

impl Spot<'_> {
    fn mention(&self, found: &Found, claim: &FoundClaim) -> Option<Mention> {
        let reading = claim.reading.as_ref().filter(|r| !r.negated && !r.each && !r.plan)?;
        if claim.kind != Kind::Fact || reading.predicate.is_series() {
            return None;
        }
        let words = claim.start..claim.end;
        let over = headings(&self.checked.source, self.passage);
        if self.is_planned(&over, &words) || self.is_of_an_occasion(&words) {
            return None;
        }
        let sentence = sentence_around(self.text, &words)?;
        let before: String = self.passage.chars[sentence.start..words.start].iter().collect();
        if OTHERS.iter().any(|word| before.contains(word)) {
            return None;
        }
        let clause_start = self.clause_start(found, &sentence, &words);
        let clause: String = self.passage.chars[clause_start..words.start].iter().collect();
        let change = matches!(reading.predicate, Predicate::Change { .. })
            || claim.direction.is_some()
            || CHANGES.iter().any(|word| clause.trim_end().ends_with(word));
        let finding = self.finding(&words);
        let window = match finding.and_then(|f| f.window) {
            Some(window) => window,
            None => {
                // Words of the sentence say more where they stand: 截至12月底 is the year.
                let said = claim.period.as_deref().filter(|said| !before.contains(said));
                let said = said.unwrap_or_default();
                self.calendar.window(None, said, &before, &over, &[]).ok()?
            }
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
        let vague = match &worded {
            Some(Key::Worded(subject, ..)) => subject::is_vague(subject),
            _ => true,
        };
        let label = match (finding, &worded) {
            (Some(finding), _) => finding.label.clone(),
            (None, Some(Key::Worded(subject, ..))) => subject.clone(),
            (None, _) => subject::normal(&clause).unwrap_or_else(|| claim.text.clone()),
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
            clause: format!("{}{}", clause.trim(), claim.text),
        };
        let extent = Extent::of(&reading.predicate)?;
        let gist = match change {
            true => None,
            false => self.gist(found, claim, &clause, &before, &over),
        };
        let topic = format!("{topic}\n{}", over.last().cloned().unwrap_or_default());
        Some(Mention { side, label, window, change, extent, bound, worded, vague, topic, gist })
    }

    /// Whether the words announce what is to come.
    fn is_planned(&self, over: &[String], words: &Range<usize>) -> bool {
        is_plan_heading(self.lexicon, over)
            || is_later_section(self.calendar, over)
            || is_intent(self.calendar, over, self.text, words)
    }

    /// Whether the words may be about one occasion and not about the whole period.
    fn is_of_an_occasion(&self, words: &Range<usize>) -> bool {
        let before: String = self.passage.chars[..words.start].iter().collect();
        let last = before.rsplit(['。', ';', '；']).next().unwrap_or("");
        OCCASIONS.iter().any(|word| before.contains(word))
            && !WHOLE.iter().any(|word| last.contains(word))
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

    /// The key by words; `None` where the words do not say what is counted.
    fn worded(
        &self,
        claim: &FoundClaim,
        unit: Option<Unit>,
        clause: &str,
        before: &str,
        over: &[String],
    ) -> Option<Key> {
        let subject = claim.subject.as_deref()?;
        if OTHER_SCOPE.iter().any(|word| clause.contains(word) || subject.contains(word)) {
            return None;
        }
        let normal = subject::normal(subject)?;
        let own = format!(
            "{}{}",
            self.checked.source.front.title,
            self.checked.source.front.place.as_deref().unwrap_or("")
        );
        let named = format!("{}{before}", over.last().map_or("", String::as_str));
        let class = unit.map(Unit::class);
        Some(Key::Worded(normal, class, subject::places(&named, &own)))
    }

    /// What the words around the figure say: those of its clause, with those before where the
    /// clause says next to nothing, and the noun behind it.
    fn gist(
        &self,
        found: &Found,
        claim: &FoundClaim,
        clause: &str,
        before: &str,
        over: &[String],
    ) -> Option<Gist> {
        let amount = claim.normalized.as_ref()?;
        let unit = Unit::parse(&amount.unit).ok()?;
        let chars = &self.passage.chars;
        let next = found.claims.iter().map(|c| c.start).filter(|start| *start >= claim.end).min();
        let limit = next.unwrap_or(chars.len()).min(claim.end + NOUN).min(chars.len());
        let behind: String =
            chars[claim.end..limit].iter().take_while(|c| c.is_alphanumeric()).collect();
        let lead = before.strip_suffix(clause).unwrap_or(before);
        let lead = lead.trim_end_matches(|c: char| !c.is_alphanumeric());
        let lead = lead.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let told = clause.chars().chain(behind.chars()).filter(|c| c.is_alphanumeric()).count();
        let lead = if told < FULL { lead } else { "" };
        let own = format!(
            "{}{}",
            self.checked.source.front.title,
            self.checked.source.front.place.as_deref().unwrap_or("")
        );
        let named = format!("{}{before}{behind}", over.last().map_or("", String::as_str));
        let per = claim.reading.as_ref().and_then(|reading| reading.per.as_deref()).unwrap_or("");
        Gist::new(lead, (clause, &behind), (amount.value, unit, per), &named, &own)
    }

    /// Where the clause of the words begins: behind the last mark or figure before them.
    fn clause_start(&self, found: &Found, sentence: &Range<usize>, words: &Range<usize>) -> usize {
        let mark = self.passage.chars[sentence.start..words.start]
            .iter()
            .rposition(|c| ",，;；:：。、".contains(*c))
            .map_or(sentence.start, |at| sentence.start + at + 1);
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
