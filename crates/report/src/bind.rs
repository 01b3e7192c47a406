//! Makes a report of a text that was written elsewhere, by finding its
//! statements and the indicators they are about.
//!
//! A statement is bound by the class of its unit, the longest `says` of an
//! indicator that its sentence contains, the parts nearest to it deciding
//! between equals, and the places and dimension values its clause names. What
//! fits two indicators alike stays unbound, since a guess proves nothing.

use std::ops::Range;

use figure::Period;
use measure::Session;
use pack::Place;
use prose::{Found, FoundClaim, Kind, figures};

use crate::candidate::{Chosen, Unsettled, candidates, choose};
use crate::certainty::{CommonNames, Doubt, Vocabulary, doubt};
use crate::check::{
    CheckError, Options, context, headings, lexicon, sentence_around, setting, table_leads,
};
use crate::decided::{decided, pattern, purpose as decided_purpose};
use crate::distribute::{Share, share};
use crate::document::Span;
use crate::fit::{Setting, targets};
use crate::honour;
use crate::plain::{Plain, line_of, lines_of};
use crate::plan::{is_intent, is_later_section};
use crate::scope::Scope;
use crate::source::{Claim, Guess, Passage, Purpose, Source};
use crate::subject::place_names;
use crate::target::Target;
use crate::way::{Alike, Ways};
use crate::window::Calendar;

/// Reads a plain text, clean or polluted, and binds what it states. The result
/// is checked like any report; `options` must name its window and place.
///
/// # Errors
/// When window or place are missing or unknown, or the store fails.
pub fn bind(
    plain: &Plain<'_>,
    session: &Session<'_>,
    options: &Options,
) -> Result<Source, CheckError> {
    bound(plain.source(options), session, options)
}

/// Binds what the text of a source states that was written elsewhere.
pub(crate) fn bound(
    mut source: Source,
    session: &Session<'_>,
    options: &Options,
) -> Result<Source, CheckError> {
    let pack = session.pack();
    let (home, report) = setting(&source, pack, options)?;
    let lines = lines_of(&source.text);
    let leads = table_leads(&source);
    let alike = Alike::of(&pack.lexicon);
    let binder = Binder {
        session,
        home,
        report,
        lexicon: lexicon(pack),
        calendar: Calendar { report, now: session.now() },
        places: place_names(pack, home),
        names: CommonNames::of(pack, home),
        ways: Ways::of(pack, &alike),
        alike,
    };
    for number in 0..source.passages.len() {
        let lead = leads.get(&number).map_or("", String::as_str);
        binder.bind_passage(&mut source, number, &lines, lead)?;
    }
    Ok(source)
}

/// What all statements of a text are bound with.
pub(crate) struct Binder<'a, 's> {
    pub(crate) session: &'s Session<'a>,
    pub(crate) home: &'a Place,
    pub(crate) report: Period,
    lexicon: prose::Lexicon,
    pub(crate) calendar: Calendar,
    /// Names of the places below home.
    places: Vec<String>,
    /// What every statement may name.
    names: CommonNames,
    alike: Alike<'a>,
    ways: Ways,
}

impl Binder<'_, '_> {
    fn bind_passage(
        &self,
        source: &mut Source,
        number: usize,
        lines: &[usize],
        lead: &str,
    ) -> Result<(), CheckError> {
        let passage = &source.passages[number];
        let headings = headings(source, passage);
        if is_later_section(self.calendar, &headings) {
            source.passages[number].spans = spans(passage);
            return Ok(());
        }
        let text = passage.text();
        let found = figures(&text, &self.lexicon);
        let mut groups = groups(&found);
        // An honour is known by its name, and the words of its name are no statement.
        groups.retain(|group| !honour::is_honour(group[0]));
        let ranges: Vec<Range<usize>> = groups.iter().map(|g| g[0].start..g[0].end).collect();
        let mut bound: Vec<(Range<usize>, Purpose, Guess)> = Vec::new();
        for (words, group) in ranges.iter().zip(&groups) {
            let sentence = sentence_around(&text, words).unwrap_or(0..passage.chars.len());
            let (purpose, guess) = if is_intent(self.calendar, &headings, &text, words) {
                (Purpose::Plan, Guess::default())
            } else {
                let context = context(&text, words, &headings);
                let spot = Spot { chars: &passage.chars, sentence, words, ranges: &ranges, lead };
                self.purpose(group, &spot, &context)?
            };
            bound.push((words.clone(), purpose, guess));
        }
        for claimed in honour::claimed(&passage.chars, &ranges) {
            let targets = honour::targets(self.session, self.home, self.calendar, &claimed)?;
            let purpose = match targets {
                _ if is_intent(self.calendar, &headings, &text, &claimed.range) => Purpose::Plan,
                Some(targets) => Purpose::Measured(targets),
                None => Purpose::Unbound(format!(
                    "台账里没有“{}”这一项;请人工核对,或补记荣誉台账",
                    claimed.name
                )),
            };
            bound.push((claimed.range, purpose, Guess::default()));
        }
        bound.sort_by_key(|(range, ..)| range.start);
        put_claims(source, number, bound, lines);
        Ok(())
    }

    /// What the statements over the same words are bound to, all together.
    fn purpose(
        &self,
        group: &[&FoundClaim],
        spot: &Spot<'_>,
        context: &str,
    ) -> Result<(Purpose, Guess), CheckError> {
        let unbound = |text: String| Ok((Purpose::Unbound(text), Guess::default()));
        let known = pattern(spot.chars, group[0]);
        if let Some(binding) = decided(self.session.pack(), &known) {
            return Ok(decided_purpose(binding));
        }
        let share = share(spot.chars, &spot.sentence, spot.words, spot.ranges, &self.places);
        let scope = match share {
            Share::Own(scope) | Share::Placed(scope) => scope,
            Share::None => spot.scope(),
            Share::Unclear => {
                let text = "“分别”前后的项目和数对不上;请一项一个数地写";
                return unbound(text.to_owned());
            }
        };
        let scope = &scope;
        let (mut all, mut guess): (Vec<Target>, Guess) = (Vec::new(), Guess::default());
        for fact in group {
            let Some(reading) = &fact.reading else {
                return unbound("不认识这里的单位;请核对写法,或在词表里补上量词".to_owned());
            };
            // Only where several subjects share the words does the subject decide.
            let subject = fact.subject.as_deref().filter(|_| group.len() > 1);
            let about = subject.and_then(|s| scope.find_before(s));
            let said = (&self.ways, &self.alike);
            let fitting = candidates(self.session.pack(), said, reading, scope, about.as_ref());
            let alone = group.len() == 1;
            let speaks_against = |chosen: &Chosen<'_>| {
                let (session, home, names) = (self.session, self.home, &self.names);
                let vocabulary = Vocabulary::of(session, home, self.calendar, chosen, names);
                doubt(&vocabulary, chosen, reading, scope, alone)
            };
            let chosen = match choose(fitting, speaks_against) {
                Ok((chosen, doubt)) => {
                    if let Some(Doubt::Unknown(run)) = doubt {
                        guess.doubt = guess.doubt.or(Some(run));
                    }
                    chosen
                }
                Err(Unsettled::Nothing) if reading.negated => {
                    return unbound(format!("这句话说没有做到“{}”,请人工核对", fact.text));
                }
                Err(why) => return unbound(why.to_string()),
            };
            let setting = Setting { scope, context, subject };
            let (found, uncertain) = targets(self, &chosen, reading, &setting)?;
            guess.doubt = guess.doubt.or(uncertain);
            for target in found {
                if !all.contains(&target) {
                    all.push(target);
                }
            }
        }
        Ok((Purpose::Measured(all), guess))
    }
}

/// Gives a passage its claims, each with the plain range of its words, in order.
pub(crate) fn put_claims(
    source: &mut Source,
    number: usize,
    bound: Vec<(Range<usize>, Purpose, Guess)>,
    lines: &[usize],
) {
    let passage = &source.passages[number];
    let mut claims = Vec::new();
    let mut ranges = Vec::new();
    for (words, purpose, guess) in bound {
        let start = passage.origin.get(words.start).copied().unwrap_or(0);
        let end = passage.origin.get(words.end.saturating_sub(1)).map_or(start, |o| o + 1);
        let line = line_of(lines, start);
        let column = start - lines.get(line - 1).copied().unwrap_or(0) + 1;
        let text = passage.chars[words.clone()].iter().collect();
        let guess = Some(guess);
        let (passage, former) = (number, None);
        claims.push(Claim { text, start, end, line, column, passage, purpose, guess, former });
        ranges.push(words);
    }
    let first = source.claims.len();
    source.claims.extend(claims);
    let passage = &mut source.passages[number];
    passage.claims = (first..).zip(ranges).collect();
    passage.spans = spans(passage);
}

/// Where a statement stands in its passage.
struct Spot<'p> {
    chars: &'p [char],
    sentence: Range<usize>,
    words: &'p Range<usize>,
    /// All statements of the passage.
    ranges: &'p [Range<usize>],
    /// What a table says about the cell.
    lead: &'p str,
}

impl Spot<'_> {
    fn scope(&self) -> Scope {
        let others: Vec<Range<usize>> =
            self.ranges.iter().filter(|r| *r != self.words).cloned().collect();
        Scope::new(self.chars, self.sentence.clone(), self.words.clone(), &others, self.lead)
    }
}

/// The facts of a text, those over the same words together, in order.
fn groups(found: &Found) -> Vec<Vec<&FoundClaim>> {
    let mut groups: Vec<Vec<&FoundClaim>> = Vec::new();
    for fact in found.claims.iter().filter(|f| f.kind == Kind::Fact) {
        match groups.last_mut() {
            Some(last) if (last[0].start, last[0].end) == (fact.start, fact.end) => last.push(fact),
            _ => groups.push(vec![fact]),
        }
    }
    groups
}

/// The text of a passage in runs, its claims apart.
fn spans(passage: &Passage) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    let mut push = |range: Range<usize>, claim: Option<usize>| {
        if !range.is_empty() {
            let text = passage.chars[range].iter().collect();
            spans.push(Span { text, claim, bold: false });
        }
    };
    for (claim, range) in &passage.claims {
        push(at..range.start.max(at), None);
        push(range.start.max(at)..range.end, Some(*claim));
        at = range.end.max(at);
    }
    push(at..passage.chars.len(), None);
    spans
}
