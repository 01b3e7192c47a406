//! The place that a sentence speaks of.
//!
//! A place is the subject where it opens a clause (`甲村排查隐患5起`) or stands right
//! before what is measured (`确保甲村排查隐患5起`). The nearest clause that has one
//! decides, since a later clause goes on about the same place. A place behind 与, 对 or
//! 为, or inside the name of a thing, is only mentioned.

mod name;
mod words;

use std::ops::Range;

use pack::{Place, Places};
use prose::period_words;

use crate::scope::{CLAUSE, Scope};
use crate::subject::{Mismatch, place_forms};
use crate::way::Way;
use crate::window::Calendar;
use name::{authority, neighbour, unknown_name};
use words::{LEADS, LEVELS, MENTIONED};

/// What a standing place is compared with.
pub(crate) struct Subjects<'q> {
    pub(crate) places: &'q Places,
    /// The report's place.
    pub(crate) home: &'q Place,
    /// Places of all targets of the claim.
    pub(crate) targets: &'q [&'q Place],
    /// How the indicator may be said.
    pub(crate) ways: &'q [Way],
    pub(crate) calendar: Calendar,
    /// Whether the words are about a rank or edition, whose field a wide place names.
    pub(crate) ranked: bool,
    /// Whether a name, with the text from it on, is what the target fixes or another
    /// party that the indicator's records name.
    pub(crate) is_party: &'q dyn Fn(&str, &str) -> bool,
}

/// A place as a text names it.
enum Named<'p> {
    /// The report's place: 我镇, 全镇, its name.
    Home,
    /// A place of the pack.
    Known(&'p Place),
    /// A wider place, or one that the pack does not know.
    Other,
}

/// Refuses a sentence whose subject is another place than the targets'.
pub(crate) fn check_standing(scope: &Scope, subjects: &Subjects<'_>) -> Result<(), Mismatch> {
    let chars = scope.chars();
    let words = scope.words_at();
    // Right before what is measured, and where the words themselves begin.
    let measured = subjects.ways.iter().filter_map(|way| scope.best_match(way, None));
    let measured = measured.max().map(|found| found.start..found.end.min(words.start));
    // 整治全县隐患: or anywhere inside it.
    let inside = measured.unwrap_or(words.start..words.start);
    let ahead = inside.start..inside.end.max(inside.start) + 1;
    for at in ahead.filter(|at| *at <= words.start).chain([words.start]) {
        if let Some(name) = subjects.foreign_before(&chars[..at]) {
            return Err(subjects.mismatch(&name));
        }
    }
    for (nth, range) in subjects.clauses(scope).into_iter().enumerate() {
        let own = nth == 0;
        let clause: String = chars[range.clone()].iter().collect();
        match subjects.foreign_opening(&clause, own) {
            Opening::Foreign(name) => return Err(subjects.mismatch(&name)),
            Opening::Fits => return Ok(()),
            Opening::Silent => {}
        }
        if own && words.start > range.start {
            let inner: String = chars[words.clone()].iter().collect();
            if let Opening::Foreign(name) = subjects.foreign_opening(&inner, true) {
                return Err(subjects.mismatch(&name));
            }
        }
    }
    Ok(())
}

/// The one place below home that a sentence speaks of where its words stand, if it is said in
/// a clause before theirs: 甲村旅游渐有人气,全年接待游客900人次.
pub(crate) fn carried_place<'q>(scope: &Scope, subjects: &Subjects<'q>) -> Option<&'q Place> {
    for range in subjects.clauses(scope) {
        let clause: String = scope.chars()[range].iter().collect();
        let rest = subjects.skip_leads(&clause);
        let Some((named, _, length)) = subjects.chain(rest) else { continue };
        let listed = rest[length..].starts_with(['、', '和', '与', '及']);
        return match named {
            Named::Known(place) if subjects.is_below(place) && !listed => Some(place),
            _ => None,
        };
    }
    None
}

/// Where the last member of a list begins, if a figure stands before it.
fn member_start(words: &[char]) -> Option<usize> {
    let at = words.iter().rposition(|c| *c == '、')?;
    words[..at].iter().any(char::is_ascii_digit).then_some(at + 1)
}

/// What opens a clause.
enum Opening {
    /// A place that is none of the targets'.
    Foreign(String),
    /// A place that is, or another party that may stand there.
    Fits,
    /// No place.
    Silent,
}

impl<'q> Subjects<'q> {
    /// The clauses of a sentence up to some words, theirs first.
    fn clauses(&self, scope: &Scope) -> Vec<Range<usize>> {
        let (chars, words) = (scope.chars(), scope.words_at());
        let mut start = scope.clause_start();
        let member = member_start(&chars[start..words.start]).map(|at| start + at);
        // 甲村8盏、乙村6盏: of two figures in a clause each may have a place of its own.
        if let Some(at) = member.filter(|at| self.names_place(&chars[*at..words.start])) {
            start = at;
        }
        let own = start..words.end;
        let mut clauses = Vec::from([own]);
        while let Some(end) = start.checked_sub(1) {
            start = chars[..end].iter().rposition(|c| CLAUSE.contains(*c)).map_or(0, |at| at + 1);
            clauses.push(start..end);
        }
        clauses
    }

    fn mismatch(&self, name: &str) -> Mismatch {
        let bound: Vec<&str> = self.targets.iter().map(|p| p.label.as_str()).collect();
        let bound = if bound.is_empty() { self.home.label.clone() } else { bound.join("、") };
        Mismatch(format!("句子说的是{name},指标取的是{bound};请让两者一致"))
    }

    /// Whether words open with a place.
    fn names_place(&self, words: &[char]) -> bool {
        let words: String = words.iter().collect();
        self.chain(self.skip_leads(&words)).is_some()
    }

    /// The place that opens a clause; `own` says whether it is the words' own clause.
    fn foreign_opening(&self, clause: &str, own: bool) -> Opening {
        if let Some(name) = neighbour(clause) {
            return Opening::Foreign(name.to_owned());
        }
        let mut rest = self.skip_leads(clause);
        let mut found = Opening::Silent;
        // 甲村、乙村: each member of the list has to be a target's.
        loop {
            if own && let Some(length) = authority(rest, &self.home.label) {
                let name = &rest[..length];
                let party = (self.is_party)(name, rest) || self.ranked;
                return if party { found } else { Opening::Foreign(name.to_owned()) };
            }
            let Some((named, name, length)) = self.chain(rest) else { return found };
            let after = &rest[length..];
            let authority = ["委", "政府", "人大", "政协", "纪委", "党委"];
            if !own && authority.iter().any(|word| after.starts_with(word)) {
                return found;
            }
            // 全县首个试点 says how something compares, and not whose it is.
            let compares =
                ["首", "第", "唯一", "率先", "领先"].iter().any(|w| after.starts_with(w));
            if compares && self.is_wide(&named) {
                return found;
            }
            if !self.fits(&named) && !(self.is_party)(&name, rest) {
                if self.ranked && self.is_wide(&named) {
                    return Opening::Fits;
                }
                return Opening::Foreign(name);
            }
            found = Opening::Fits;
            match after.strip_prefix(['、', '和', '与', '及']) {
                Some(next) => rest = next,
                None => return found,
            }
        }
    }

    /// A foreign place that a text ends with, unless it is only mentioned there.
    fn foreign_before(&self, before: &[char]) -> Option<String> {
        let text: String = before.iter().collect();
        let text = text.trim_end_matches(['的', '共']);
        let known = self.places.iter().flat_map(|p| place_forms(p).map(move |name| (name, p)));
        let best = known.filter(|(name, _)| text.ends_with(name)).max_by_key(|(n, _)| n.len());
        let (named, name) = match best {
            Some((name, place)) => (self.known(place), name.to_owned()),
            None => {
                let level = LEVELS.iter().find(|level| text.ends_with(&format!("全{level}")))?;
                (self.level(level), format!("全{level}"))
            }
        };
        let lead = text[..text.len() - name.len()].chars().next_back();
        // 在 and 对 say where it happened, if the place is one of the report's own.
        let below = matches!(&named, Named::Known(p) if self.is_below(p));
        let mentioned =
            lead.is_some_and(|c| MENTIONED.contains(c) && !("在对为向".contains(c) && below));
        let wide = self.ranked && self.is_wide(&named);
        let rest = &text[text.len() - name.len()..];
        let fits = self.fits(&named) || (self.is_party)(&name, rest);
        (!mentioned && !wide && !fits).then_some(name)
    }

    /// The place that a text begins with; of 甲市乙县丙镇 the last.
    fn chain(&self, text: &str) -> Option<(Named<'q>, String, usize)> {
        let mut found: Option<(Named<'q>, String, usize)> = None;
        let mut length = 0;
        while let Some((named, used)) = self.at_start(&text[length..], found.is_some()) {
            let name = text[length..length + used].to_owned();
            length += used;
            found = Some((named, name, length));
        }
        found
    }

    fn at_start(&self, text: &str, chained: bool) -> Option<(Named<'q>, usize)> {
        let known = self.places.iter().flat_map(|p| place_forms(p).map(move |name| (name, p)));
        let best = known.filter(|(name, _)| text.starts_with(name)).max_by_key(|(n, _)| n.len());
        if let Some((name, place)) = best {
            return Some((self.known(place), name.len()));
        }
        if let Some(rest) = text.strip_prefix(['全', '我', '本']) {
            let level = LEVELS.iter().find(|level| rest.starts_with(**level))?;
            let length = text.len() - rest.len() + level.len();
            return Some((self.level(level), length));
        }
        let length = unknown_name(text, chained)?;
        Some((Named::Other, length))
    }

    fn known<'p>(&self, place: &'p Place) -> Named<'p> {
        if place.code == self.home.code { Named::Home } else { Named::Known(place) }
    }

    /// 全县 in the report of a county is the county itself.
    fn level(&self, level: &str) -> Named<'static> {
        let own = self.home.label.ends_with(level)
            || self.targets.iter().any(|t| t.label.ends_with(level));
        if own { Named::Home } else { Named::Other }
    }

    fn fits(&self, named: &Named<'_>) -> bool {
        match named {
            Named::Home => {
                self.targets.is_empty() || self.targets.iter().any(|t| t.code == self.home.code)
                    // 我镇甲村 and 全镇收入最高的甲村: the target's place is below home, and
                    // that the sentence names it is tested apart.
                    || self.targets.iter().all(|t| self.is_below(t))
            }
            Named::Known(place) => self.targets.iter().any(|t| t.code == place.code),
            Named::Other => false,
        }
    }

    fn is_below(&self, place: &Place) -> bool {
        self.places.is_within(&place.code, &self.home.code)
    }

    fn is_wide(&self, named: &Named<'_>) -> bool {
        match named {
            Named::Home => false,
            Named::Known(place) => !self.is_below(place),
            Named::Other => true,
        }
    }

    fn skip_leads<'t>(&self, clause: &'t str) -> &'t str {
        let mut rest = clause;
        loop {
            let old = rest;
            rest = rest
                .trim_start_matches(|c: char| c.is_whitespace() || "“”‘’()（）、\n".contains(c));
            if let Some((_, range)) =
                period_words(rest, self.calendar.now, Some(self.calendar.report))
                && range.start == 0
            {
                rest = skip_chars(rest, range.end);
                rest = rest.strip_prefix(['底', '末', ',']).unwrap_or(rest);
            }
            for lead in LEADS {
                rest = rest.strip_prefix(lead).unwrap_or(rest);
            }
            if rest == old {
                return rest;
            }
        }
    }
}

fn skip_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or("", |(at, _)| &text[at..])
}
