//! Several materials against each other: what speaks of one figure has to agree.
//!
//! Two statements speak of one figure where both are bound to the same indicator, place, parts
//! and period; or, with no ledger, where they have the same subject by their words, the same
//! class of unit, the same period and the same places, and are not of a kind that every
//! paragraph has (投入资金5万元). A false alarm costs more than a miss.

mod beyond;
mod bodies;
mod change;
mod event;
mod extent;
mod holiday;
mod letters;
mod level;
mod likeness;
mod mention;
mod office;
mod scene;
mod state;
mod subject;
mod surrounded;
mod title;
mod village;
mod when;
mod words;

use figure::Period;
use prose::Lexicon;

use crate::verdict::Checked;
use beyond::is_beyond;
use bodies::{Bodies, bodies, may_be_one};
use likeness::Gist;
use mention::{Key, Mention, mentions};
use surrounded::{is_mistaken, is_slipped};
pub use title::{own_period, titled_period};
use village::{Village, village};

/// Two statements of different materials that cannot both be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What both speak of: the indicator's name, or the words.
    pub about: String,
    /// The period both speak of.
    pub window: Period,
    /// The part of that period in which one of them has more than the other one in all of it.
    pub part: Option<Period>,
    /// The two statements, in the order of the materials.
    pub sides: [Side; 2],
}

/// A statement of one material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Number of the material, from 0.
    pub material: usize,
    /// Name of its file.
    pub file: String,
    /// Line in the file, from 1.
    pub line: usize,
    /// Character offset in the file where the words begin.
    pub start: usize,
    /// Character offset in the file where the words end.
    pub end: usize,
    /// The words.
    pub words: String,
    /// The clause that they stand in.
    pub clause: String,
}

impl std::fmt::Display for Clash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [a, b] = &self.sides;
        let (about, window) = (&self.about, self.window.describe());
        let wrong = match self.part {
            None => format!("说的都是{window}的‘{about}’,数对不上"),
            Some(part) => format!("‘{about}’{}的数比{window}的还大", part.describe()),
        };
        write!(
            f,
            "[互相矛盾] {} 第{}行“{}”,{} 第{}行“{}”:{wrong};请查清以哪个为准",
            a.file, a.line, a.clause, b.file, b.line, b.clause
        )
    }
}

/// Compares materials that were checked, with a ledger or without.
pub fn across(materials: &[&Checked], lexicon: &Lexicon) -> Vec<Clash> {
    let read = |number: usize, village: Option<&Village>| {
        mentions(number, materials[number], lexicon, village)
    };
    let all: Vec<Vec<Mention>> = (0..materials.len()).map(|number| read(number, None)).collect();
    let mut clashes: Vec<Clash> = Vec::new();
    let title = |number: usize| materials[number].source.front.title.as_str();
    for (number, first) in all.iter().enumerate() {
        for (later, second) in all.iter().enumerate().skip(number + 1) {
            let (own, its) = (title(number), title(later));
            // A village's and a school's figures are none of the town's, which names them.
            if let Some(name) = village(own, its) {
                let (own, town) = (Village::Own(name.clone()), Village::Named(name));
                keep(
                    &mut clashes,
                    &read(number, Some(&own)),
                    &read(later, Some(&town)),
                    Bodies::One,
                );
            } else if let Some(name) = village(its, own) {
                let (own, town) = (Village::Own(name.clone()), Village::Named(name));
                keep(
                    &mut clashes,
                    &read(number, Some(&town)),
                    &read(later, Some(&own)),
                    Bodies::One,
                );
            } else if !subject::are_of_others(own, its) {
                let (one, two) = ((number, materials[number]), (later, materials[later]));
                clashes.extend(event::clashes(one, two));
                clashes.extend(state::clashes(one, two));
                keep(&mut clashes, first, second, bodies(own, its));
            }
        }
    }
    clashes
}

/// Adds the clashes between the statements of two materials. One statement is told once, against
/// the first one that says otherwise.
fn keep(clashes: &mut Vec<Clash>, first: &[Mention], second: &[Mention], of: Bodies) {
    for a in first {
        let told = |b| clash(a, b, first, second);
        let clash =
            second.iter().find_map(|b| told(b).filter(|_| may_be_one(of, (a, b), first, second)));
        let is_of = |c: &Clash, side: &Side| {
            c.sides.iter().any(|s| (s.material, s.start) == (side.material, side.start))
        };
        let is_new =
            |clash: &Clash| clashes.iter().all(|c| !clash.sides.iter().any(|side| is_of(c, side)));
        if let Some(clash) = clash.filter(is_new) {
            clashes.push(clash);
        }
    }
}

fn clash(a: &Mention, b: &Mention, first: &[Mention], second: &[Mention]) -> Option<Clash> {
    if denies(a, b) || denies(b, a) {
        return Some(between(a, b));
    }
    if is_beyond(a, b) {
        return Some(Clash { window: b.window, part: Some(a.window), ..between(a, b) });
    }
    if is_beyond(b, a) {
        return Some(Clash { part: Some(b.window), ..between(a, b) });
    }
    let is_one_time = a.is_in_time_of(b) && a.is_in_season_of(b) && a.change == b.change;
    if is_one_time && (is_mistaken(a, b, first) || is_mistaken(b, a, second)) {
        return Some(between(a, b));
    }
    let is_later = a.until.zip(b.until).is_some_and(|(one, other)| one != other);
    if !a.is_in_time_of(b) || !a.is_in_season_of(b) || is_later {
        return None;
    }
    let told_apart = a.gist.as_ref().zip(b.gist.as_ref()).is_some_and(|(x, y)| x.is_apart(y));
    // What is of another unit, and no share or all of the other one, cannot be of one figure.
    let both = a.gist.as_ref().zip(b.gist.as_ref());
    let may_be = both.is_none_or(|(x, y)| x.may_meet(y));
    if told_apart || !may_be || is_among(a, b, second, first) || is_among(b, a, first, second) {
        return None;
    }
    let is_part = is_part(a, b, first, second) || is_part(b, a, second, first);
    if is_part || is_share(a, b, first, second) || is_share(b, a, second, first) {
        return Some(between(a, b));
    }
    if a.change == b.change && is_slipped(a, b, first, second) {
        return Some(between(a, b));
    }
    let Some(key) = shared(a, b) else {
        return is_alike(a, b, first, second).then(|| between(a, b));
    };
    if a.extent.agrees(&b.extent) != Some(false) {
        return None;
    }
    // Where one material itself gives several values, its words name more than one figure.
    let settled = |own: &Mention, all: &[Mention]| {
        all.iter()
            .filter(|other| has(other, key) && other.change == own.change)
            .filter(|other| other.may_be_in_time_of(own) && other.feast == own.feast)
            .all(|other| other.extent.agrees(&own.extent) != Some(false))
    };
    let is_one = (settled(a, first) && settled(b, second))
        || (is_anchored(a, b, first, second) && is_alike(a, b, first, second));
    is_one.then(|| between(a, b))
}

fn between(a: &Mention, b: &Mention) -> Clash {
    // 发生 alone says nothing to a reader.
    let about = if a.label.chars().count() < NOUN { &b.label } else { &a.label };
    let sides = [a.side.clone(), b.side.clone()];
    Clash { about: about.clone(), window: a.window, part: None, sides }
}

/// Letters of what is shown as the thing that both speak of.
const NOUN: usize = 3;
/// Most parts of one whole that are told in a row.
const PARTS: usize = 5;
/// Likeness from which another statement may be meant as well.
const RIVAL: usize = 45;

/// Whether two statements speak of one figure in other words, and of no other one of theirs.
fn is_alike(a: &Mention, b: &Mention, first: &[Mention], second: &[Mention]) -> bool {
    let (Some(one), Some(other)) = (&a.gist, &b.gist) else { return false };
    let unbound = a.bound.is_none() || b.bound.is_none();
    if !unbound || a.extent.agrees(&b.extent) != Some(false) {
        return false;
    }
    let anchored = is_anchored(a, b, first, second);
    if !one.is_of_one(other, anchored) {
        return false;
    }
    let likeness = one.likeness(other, one.is_helped(other, anchored));
    // Nobody else says the same value of much the same, and nobody else is as near.
    let free = |gist: &Gist, own: &Mention, its: &Mention, all: &[Mention]| {
        all.iter().filter(|m| m.side.start != its.side.start).all(|m| {
            let Some(rival) = &m.gist else { return true };
            let fits = m.may_be_in_time_of(own) && m.feast == own.feast;
            let near = if fits { rival.likeness(gist, false) } else { 0 };
            let agrees = m.extent.is_bounded() && m.extent.agrees(&own.extent) == Some(true);
            let taken = (near >= RIVAL && agrees) || rival.is_same(gist);
            !taken && (near < likeness || anchored)
        })
    };
    free(one, a, b, second) && free(other, b, a, first)
}

/// Whether a statement tells a part of what another one tells whole: its value is that of a part
/// told behind the whole, or those beside it make up the whole.
fn is_among(part: &Mention, whole: &Mention, list: &[Mention], own: &[Mention]) -> bool {
    let is_told = |m: &Mention| {
        let is_behind = m.sentence == whole.sentence && m.side.start >= whole.side.end;
        let is_same = m.extent.is_bounded() && m.extent.agrees(&part.extent) == Some(true);
        m.part && is_behind && is_same
    };
    let near: Vec<&Mention> = own.iter().filter(|m| m.sentence == part.sentence).collect();
    let sums = |from: usize| {
        let run = near[from..].iter().take(PARTS).map(|m| m.gist.as_ref());
        whole.gist.as_ref().is_some_and(|all| all.is_sum_of(run, part.gist.as_ref()))
    };
    list.iter().any(is_told) || (0..near.len()).any(sums)
}

/// The statements right before and behind another one in its sentence.
fn beside<'m>(own: &'m Mention, all: &'m [Mention]) -> impl Iterator<Item = &'m Mention> {
    let inside = |m: &&Mention| m.sentence == own.sentence;
    let before = all.iter().filter(inside).rfind(|m| m.side.end <= own.side.start);
    let behind = all.iter().filter(inside).find(|m| m.side.start >= own.side.end);
    before.into_iter().chain(behind)
}

/// Whether a figure right beside both is the same: 引进项目7个,到位资金1.8亿元.
fn is_anchored(a: &Mention, b: &Mention, first: &[Mention], second: &[Mention]) -> bool {
    let gists = |own, all| beside(own, all).filter_map(|m: &Mention| m.gist.as_ref());
    let others: Vec<&Gist> = gists(b, second).collect();
    gists(a, first).any(|one| others.iter().any(|other| one.is_same(other)))
        || is_embedded(a, b, first, second)
}

/// Whether a figure of many digits is told in the sentences of both, wherever it stands there.
fn is_embedded(a: &Mention, b: &Mention, first: &[Mention], second: &[Mention]) -> bool {
    let inside =
        |own: &Mention, m: &&Mention| m.sentence == own.sentence && m.side.start != own.side.start;
    fn gists(all: &[Mention], inside: impl Fn(&&Mention) -> bool) -> impl Iterator<Item = &Gist> {
        all.iter().filter(inside).filter_map(|m| m.gist.as_ref())
    }
    gists(first, |m| inside(a, m))
        .any(|one| gists(second, |m| inside(b, m)).any(|other| one.is_same_of_many(other)))
}

/// Whether one says that all was done of what the other one counts a part of: 31件已全部办结, and
/// of 31件 29件办结.
fn is_part(all: &Mention, part: &Mention, first: &[Mention], second: &[Mention]) -> bool {
    let (Some(whole), Some(some)) = (&all.gist, &part.gist) else { return false };
    // 覆盖全部15个村 says the same twice.
    if !whole.tells_all() || all.extent.agrees(&part.extent) == Some(true) {
        return false;
    }
    let before = |own: &Mention, list: &[Mention]| -> Vec<Gist> {
        let is_before = |m: &&Mention| m.sentence == own.sentence && m.side.end <= own.side.start;
        list.iter().filter(is_before).rev().filter_map(|m| m.gist.clone()).collect()
    };
    // What all was done of stands right before, or is it itself: 全部11个; what a part was may be
    // further off.
    let base = if whole.is_more(some) {
        Some(whole.clone())
    } else {
        before(all, first).into_iter().next().filter(|base| base.is_more(some))
    };
    let others = before(part, second);
    // 全部超过10万元 is of those over 10万元 only.
    let fits = whole.is_threshold_of(&others, some);
    let its = others.into_iter().find(|base| base.is_more(some));
    fits && whole.is_all_of(some)
        && base.zip(its).is_some_and(|(one, other)| one.is_as_many(&other))
}

/// Whether one says that nothing happened in a time in which the other one counts something.
fn denies(nothing: &Mention, some: &Mention) -> bool {
    let (Some(none), Some(gist)) = (&nothing.gist, &some.gist) else { return false };
    let is_in =
        some.window.from() >= nothing.window.from() && some.window.to() <= nothing.window.to();
    let fits = nothing.feast.is_none() || nothing.feast == some.feast;
    is_in && fits && none.denies(gist)
}

/// Whether one says that something was done with all of a number, and the other one with which
/// share of the same number.
fn is_share(all: &Mention, part: &Mention, first: &[Mention], second: &[Mention]) -> bool {
    let (Some(whole), Some(share)) = (&all.gist, &part.gist) else { return false };
    if !whole.is_whole() {
        return false;
    }
    let base = |own: &Mention, list: &[Mention]| -> Option<Gist> {
        let is_before = |m: &&Mention| m.sentence == own.sentence && m.side.end <= own.side.start;
        list.iter().filter(is_before).filter_map(|m| m.gist.clone()).next_back()
    };
    let both = base(all, first).zip(base(part, second));
    whole.is_more_than_share(share)
        && both.is_some_and(|(one, other)| one.is_as_many(&other) && one.is_same(&other))
}

fn has(mention: &Mention, key: &Key) -> bool {
    [&mention.bound, &mention.worded, &mention.office].into_iter().flatten().any(|own| own == key)
}

/// The key under which two statements speak of one figure.
fn shared<'m>(a: &'m Mention, b: &'m Mention) -> Option<&'m Key> {
    if a.change != b.change {
        return None;
    }
    if let (Some(one), Some(other)) = (&a.bound, &b.bound) {
        return (one == other).then_some(one);
    }
    if a.office.is_some() && a.office == b.office {
        return a.office.as_ref();
    }
    let key = a.worded.as_ref().filter(|key| b.worded.as_ref() == Some(key))?;
    // 新增7名院士 and 新增58名传承人: where the words before say little, those behind have to.
    let fits = match (&a.gist, &b.gist) {
        (Some(one), Some(other)) => one.is_close(other),
        _ => true,
    };
    let of_one =
        || subject::share_topic(&a.topic, &b.topic) && !likeness::are_apart(&a.topic, &b.topic);
    let alike = !a.vague || (fits && of_one());
    alike.then_some(key)
}
