//! How certain it is that a statement of somebody's text is about an indicator.
//!
//! A text that was not written for the ledgers says much that they do not know. What its
//! clause names beside the indicator narrows the figure: `女党员3名` is not all that were
//! admitted. Such a statement stays unbound, and one that is merely written differently
//! is not called wrong on a guess.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use measure::Session;
use pack::{Field, FieldType, Ledger, Pack, Place};
use prose::{Predicate, Reading, period_words};

use crate::admit::admits;
use crate::candidate::Chosen;
use crate::dimension::dimension_values;
use crate::filler::{filler_at, is_silent};
use crate::limits::known;
use crate::scope::Scope;
use crate::subject::{names_met, source_ledger};
use crate::window::Calendar;
use figure::Unit;

/// What an indicator and its ledger know words for.
pub(crate) struct Vocabulary<'n> {
    texts: Vec<Vec<char>>,
    /// Names that are known as wholes.
    names: Vec<String>,
    /// Names of what the indicator leaves out, or of a part of what it counts.
    narrow: Vec<String>,
    calendar: Calendar,
    /// Those that are known whatever the indicator.
    common: &'n CommonNames,
    /// Names that the records have. They are asked for where a word is unknown without them.
    met: OnceCell<Vec<String>>,
    ask: Box<dyn Fn() -> Vec<String> + 'n>,
}

/// Names that a statement about any indicator may have, by their first character: set phrases,
/// places and words that restrict nothing.
pub(crate) struct CommonNames(BTreeMap<char, Vec<String>>);

impl CommonNames {
    /// The set phrases of a pack, and the places at, below and above home.
    pub(crate) fn of(pack: &Pack, home: &Place) -> CommonNames {
        let mut names = CommonNames(BTreeMap::new());
        // 全镇 and 我镇 are the report's own place, whatever else it is called.
        if let Some(level) = home.label.chars().next_back() {
            ["全", "我", "本"].iter().for_each(|lead| names.add(format!("{lead}{level}")));
        }
        for place in pack.places.iter().filter(|p| {
            pack.places.is_within(&p.code, &home.code) || pack.places.is_within(&home.code, &p.code)
        }) {
            names.add(place.label.clone());
            for ending in COMMITTEES {
                names.add(format!("{}{ending}", place.label));
            }
            place.aliases.iter().cloned().for_each(|alias| names.add(alias));
        }
        let words = &pack.lexicon;
        let phrases = words.rhetoric.iter().chain(&words.background).chain(&words.common);
        phrases.cloned().for_each(|phrase| names.add(phrase));
        names
    }

    fn add(&mut self, name: String) {
        if let Some(first) = name.chars().next() {
            self.0.entry(first).or_default().push(name);
        }
    }

    /// The bytes of the longest name that a text begins with.
    fn longest(&self, text: &str) -> Option<usize> {
        let names = self.0.get(&text.chars().next()?)?;
        longest(names, text)
    }
}

/// The bytes of the longest of some names that a text begins with.
fn longest(names: &[String], text: &str) -> Option<usize> {
    names.iter().filter(|name| text.starts_with(name.as_str())).map(String::len).max()
}

/// How a village or a residents' area is called by those who run it: 甲村村委会.
const COMMITTEES: &[&str] = &[
    "委会",
    "村委会",
    "民委员会",
    "村民委员会",
    "居委会",
    "居民委员会",
    "两委",
    "村两委",
    "党支部",
    "村党支部",
    "党总支",
    "村党总支",
];

/// Clauses of a meaning that say what is left out.
const LEFT_OUT: &[&str] = &["不计", "不含", "不包括", "除外", "另计", "以外", "不限"];
/// Characters of a noun behind a number that are looked at.
const NOUN: usize = 8;
/// Longest stretch of a text that is compared with what is known, as long as a label may be.
const LABEL: usize = 24;
/// Shortest run of unknown characters that names something.
const RUN: usize = 2;

impl<'n> Vocabulary<'n> {
    /// The words that a statement about an indicator may have.
    pub(crate) fn of(
        session: &'n Session<'_>,
        home: &'n Place,
        calendar: Calendar,
        chosen: &Chosen<'n>,
        common: &'n CommonNames,
    ) -> Vocabulary<'n> {
        let (pack, indicator) = (session.pack(), chosen.indicator);
        let mut texts: Vec<String> = known(indicator)
            .split([',', '，', ';', '；', '。', '\n'])
            .filter(|clause| !LEFT_OUT.iter().any(|word| clause.contains(word)))
            .map(str::to_owned)
            .collect();
        let mut names: Vec<String> = chosen.parts.to_vec();
        let mut narrow = Vec::new();
        for dimension in &indicator.dims {
            for (value, forms) in dimension_values(pack, indicator, dimension) {
                let counted = admits(indicator, &dimension.column, &value) != Some(false);
                // A value of one character (女) is never fixed by a text, and so narrows it.
                let forms = forms.into_iter().filter(|form| form.chars().nth(1).is_some());
                if counted { names.extend(forms) } else { narrow.extend(forms) }
            }
        }
        narrow.extend(pack.lexicon.narrow.iter().cloned());
        let mut ledger: Option<&Ledger> =
            source_ledger(pack, indicator, 0).and_then(|id| pack.ledgers.get(id));
        // The list of places names every kind of place, and so tells none from another.
        while let Some(current) = ledger.filter(|l| l.id != "place") {
            texts.push(current.label.clone());
            texts.push(current.meaning.clone());
            for field in current.fields.values() {
                texts.push(field.label.clone());
                narrow.extend(parts_named(field));
            }
            ledger = current.parent.as_ref().and_then(|id| pack.ledgers.get(id));
        }
        names.retain(|name| !name.is_empty());
        let said = known(indicator);
        for class in &pack.lexicon.alike {
            if class.iter().any(|word| said.contains(word.as_str())) {
                names.extend(class.iter().cloned());
            }
        }
        let own = format!("{said}\n{}", names.join("\n"));
        narrow.retain(|form| !own.contains(form.as_str()));
        let texts = texts.iter().map(|text| text.chars().collect()).collect();
        let ask = Box::new(move || names_met(session, indicator, home, calendar.report));
        Vocabulary { texts, names, narrow, calendar, common, met: OnceCell::new(), ask }
    }

    /// What a text names that the indicator leaves out, or that is only a part of it.
    fn narrowed_by(&self, text: &str) -> Option<String> {
        // 县级审定 is a set phrase and names no part by the 县级 in it.
        let is_whole = |at: usize, form: &str| {
            let longer = self.common.longest(&text[at..]).max(longest(&self.names, &text[at..]));
            longer.is_none_or(|length| length <= form.len())
        };
        // Most of them do not stand there, which is seen sooner than where they do.
        let named = self.narrow.iter().filter(|form| {
            text.contains(form.as_str())
                && text.match_indices(form.as_str()).any(|(at, form)| is_whole(at, form))
        });
        named.max_by_key(|form| form.len()).cloned()
    }

    /// A text with the words of its periods blotted out: they say when and not what.
    fn undated(&self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        let mut from = 0;
        while from < chars.len() {
            let rest: String = chars[from..].iter().collect();
            let (now, report) = (self.calendar.now, self.calendar.report);
            let Some((_, range)) = period_words(&rest, now, Some(report)) else { break };
            chars[from + range.start..from + range.end].fill(' ');
            from += range.end.max(1);
        }
        chars.into_iter().collect()
    }

    /// The runs of characters that nothing knows, with the character each ends before.
    fn unknown(&self, text: &str) -> Vec<(String, usize)> {
        let text = &self.undated(text);
        let runs = self.unknown_beside(text, &[]);
        if runs.is_empty() {
            return runs;
        }
        let met = self.met.get_or_init(|| {
            let mut names = (self.ask)();
            names.retain(|name| !name.is_empty());
            names
        });
        self.unknown_beside(text, met)
    }

    /// The same, where some further names are known. A character is known where any known word
    /// covers it, wherever that begins: in 在册的风险点 both 在册的风险 and 风险点.
    fn unknown_beside(&self, text: &str, further: &[String]) -> Vec<(String, usize)> {
        let (mut runs, mut run, mut covered, mut count) = (Vec::new(), String::new(), 0, 0);
        for (nth, (at, c)) in text.char_indices().enumerate() {
            let rest = &text[at..];
            let known = self.known_at(rest).max(longest(further, rest)).unwrap_or(0);
            covered = covered.max(at + known);
            if covered <= at {
                run.push(c);
            } else if !run.is_empty() {
                runs.push((std::mem::take(&mut run), nth));
            }
            count = nth + 1;
        }
        runs.extend(Some((run, count)).filter(|(r, _)| !r.is_empty()));
        runs
    }

    fn known_at(&self, rest: &str) -> Option<usize> {
        let name = longest(&self.names, rest).max(self.common.longest(rest));
        let shared = self.shared(rest);
        let word = filler_at(rest);
        let silent = rest.chars().next().filter(|c| is_silent(*c)).map(char::len_utf8);
        let unit = Unit::at_start(rest).map(|(_, length)| length);
        [name, shared, word, silent, unit.filter(|_| silent.is_none())].into_iter().flatten().max()
    }

    /// Bytes at the beginning of a text, two characters or more, that a known text has.
    fn shared(&self, rest: &str) -> Option<usize> {
        let head: Vec<char> = rest.chars().take(LABEL).collect();
        let begins = head.get(..2)?;
        let common = |text: &[char]| text.iter().zip(&head).take_while(|(a, b)| a == b).count();
        let places = self.texts.iter().flat_map(|text| {
            let starts = text.windows(2).enumerate().filter(|(_, pair)| *pair == begins);
            starts.map(|(at, _)| &text[at..])
        });
        let length = places.map(common).max()?;
        Some(head[..length].iter().map(|c| c.len_utf8()).sum())
    }
}

/// What speaks against a binding.
pub(crate) enum Doubt {
    /// The statement is about something narrower or else: it stays unbound.
    Narrower(String),
    /// Its clause says more than the indicator knows: a value that differs refutes nothing.
    Unknown(String),
}

/// Looks for what makes a binding uncertain; `alone` says that no other subject shares the words.
pub(crate) fn doubt(
    vocabulary: &Vocabulary<'_>,
    chosen: &Chosen<'_>,
    reading: &Reading,
    scope: &Scope,
    alone: bool,
) -> Option<Doubt> {
    let words = scope.words_at();
    let chars = scope.chars();
    // Of several figures in a clause each has its own part of it: 早稻9亩、晚稻8亩.
    let opens = scope.clause_start().max(scope.own_start()).min(words.start);
    let before: String = chars[opens..words.start].iter().collect();
    if let Some(named) = vocabulary.narrowed_by(&scope.own_clause()) {
        return Some(Doubt::Narrower(named));
    }
    let own = scope.own_before();
    // 其中A12户、B6户: what stands before the figure of A is not said of B.
    let own = if own.contains("其中") { scope.since_figure() } else { own };
    let tail = own.rsplit_once("其中").map_or(own.as_str(), |(_, tail)| tail);
    let tail = if scope.is_leaning() { tail } else { "" };
    if let Some((run, _)) = vocabulary.unknown(tail).into_iter().next() {
        return Some(Doubt::Narrower(run));
    }
    // Words that the parts of the says stand around belong to the statement.
    if chosen.found.end <= words.start
        && counts_things(reading)
        && let Some((run, _)) =
            vocabulary.unknown(&noun_behind(&chars[words.end..])).into_iter().next()
    {
        return Some(Doubt::Narrower(run));
    }
    // A thing named right before what is measured narrows it: 某厂征收土地.
    // 发展女党员: what stands inside the statement narrows it.
    let whole = chosen.found.start >= scope.clause_start()
        && !matches!(reading.predicate, Predicate::Rank(_) | Predicate::Ordinal(_));
    let inside = chosen.found.start..chosen.found.end.min(words.start);
    let inside: String = chars[inside.start.min(inside.end)..inside.end].iter().collect();
    // 低保13户26人, 应急队伍10支、队员108人: of two figures of one thing the second leans on the
    // first, where something of it is said behind that.
    let leans = scope.follows_figure() || chosen.found.end > scope.figure_end();
    let counted = inside.chars().any(|c| c.is_ascii_digit()) && !leans;
    let counted = counted.then(|| inside.clone());
    let run = vocabulary.unknown(&inside).into_iter().next().map(|(run, _)| run);
    if let Some(run) = run.or(counted).filter(|_| whole) {
        return Some(Doubt::Narrower(run));
    }
    let unknown = vocabulary.unknown(&before);
    let start = chosen.found.start.checked_sub(opens);
    let adjacent = unknown.iter().filter(|(_, end)| Some(*end) == start).cloned().collect();
    if let Some(run) = long(adjacent) {
        return Some(Doubt::Narrower(run));
    }
    // 低保对象参保90人: what the clause says of the figure before it comes to it narrows it too,
    // unless that is only what something was held on (围绕…等开展), or another's that shares it.
    let aside = before.rfind('等').map_or(0, |at| before[..at].chars().count());
    let ahead = unknown.iter().filter(|(_, end)| alone && *end > aside).cloned().collect();
    if let Some(run) = long(ahead) {
        return Some(Doubt::Narrower(run));
    }
    let after: String = chars[words.end.min(chars.len())..].iter().collect();
    let after = after.split([',', '，', ';', '；', '。', '、']).next().unwrap_or("").to_owned();
    let all = unknown.into_iter().chain(vocabulary.unknown(&after));
    long(all.collect()).map(Doubt::Unknown)
}

/// Names of a part of what a ledger records: the values of a choice, and what a field asks
/// whether it is so (是否实名).
fn parts_named(field: &Field) -> Vec<String> {
    let names: Vec<String> = match &field.ty {
        FieldType::Choice { values } | FieldType::MultiChoice { values } => {
            values.values().cloned().collect()
        }
        FieldType::Boolean => {
            field.label.strip_prefix("是否").map(str::to_owned).into_iter().collect()
        }
        _ => Vec::new(),
    };
    names.into_iter().filter(|name| name.chars().nth(1).is_some()).collect()
}

fn long(runs: Vec<(String, usize)>) -> Option<String> {
    runs.into_iter().map(|(run, _)| run).find(|run| run.chars().count() >= RUN)
}

/// Whether the unit counts single things, whose name may follow it: 3个社区, 7名党员.
fn counts_things(reading: &Reading) -> bool {
    reading.predicate.unit().is_some_and(|unit| unit.class().is_counted())
}

/// The noun right behind a number, up to a mark or digit.
fn noun_behind(rest: &[char]) -> String {
    let stop = |c: &&char| !is_silent(**c);
    rest.iter().take(NOUN).take_while(stop).collect()
}
