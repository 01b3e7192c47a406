//! The tree of places as it stood on a day, and which records belong to a place.
//!
//! A record keeps the place that it was entered for. If that place has been
//! dissolved by the window's end, its records count for its successor, so that
//! a merger of two villages loses nothing from the year's total.

use std::collections::HashMap;
use std::rc::Rc;

use figure::{Date, Period};
use pack::{Pack, Place};

/// Places with their neighbours found by code in constant time.
pub(crate) struct Tree<'a> {
    places: Vec<&'a Place>,
    index: HashMap<&'a str, usize>,
}

/// The places whose records belong to one place on a day.
#[derive(Debug)]
pub(crate) struct Area<'a> {
    /// They themselves, in file order; dissolved ones among them.
    pub(crate) places: Vec<&'a Place>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(pack: &'a Pack) -> Tree<'a> {
        let places: Vec<&Place> = pack.places.iter().collect();
        let index = places.iter().enumerate().map(|(i, p)| (p.code.as_str(), i)).collect();
        Tree { places, index }
    }

    pub(crate) fn get(&self, code: &str) -> Option<&'a Place> {
        self.index.get(code).map(|&i| self.places[i])
    }

    /// Codes and names of all places, in file order.
    pub(crate) fn labels(&self) -> Vec<(&'a str, &'a str)> {
        self.places.iter().map(|p| (p.code.as_str(), p.label.as_str())).collect()
    }

    /// Kinds that places have, in file order, each once.
    pub(crate) fn kinds(&self) -> Vec<&'a str> {
        let mut kinds: Vec<&str> = Vec::new();
        for place in &self.places {
            if !kinds.contains(&place.kind.as_str()) {
                kinds.push(&place.kind);
            }
        }
        kinds
    }

    /// The place and those above it, from below, by the parents written in the pack.
    pub(crate) fn upward(&self, place: &'a Place) -> impl Iterator<Item = &'a Place> {
        // The bound ends the walk should parents form a circle.
        std::iter::successors(Some(place), |p| self.get(p.parent.as_deref()?))
            .take(self.places.len())
    }

    /// The place that stands for this one on the day: itself, or the successor
    /// (of a successor …) if it was dissolved before. A place that was dissolved
    /// without a successor stands for itself, below its parent.
    fn standing(&self, place: &'a Place, on: Date) -> &'a Place {
        let mut at = place;
        for _ in 0..self.places.len() {
            if at.until.is_none_or(|until| on <= until) {
                break;
            }
            match at.successor.as_deref().and_then(|code| self.get(code)) {
                Some(successor) => at = successor,
                None => break,
            }
        }
        at
    }

    /// The place and those above it, from below, in the tree as it stood on the day.
    fn upward_on(&self, place: &'a Place, on: Date) -> impl Iterator<Item = &'a Place> {
        std::iter::successors(Some(self.standing(place, on)), move |p| {
            Some(self.standing(self.get(p.parent.as_deref()?)?, on))
        })
        .take(self.places.len())
    }

    /// All places whose records belong to `place` on the day.
    pub(crate) fn area(&self, place: &Place, on: Date) -> Area<'a> {
        let places = self
            .places
            .iter()
            .copied()
            .filter(|p| p.from.is_none_or(|from| from <= on))
            .filter(|p| self.upward_on(p, on).any(|above| above.code == place.code))
            .collect();
        Area { places }
    }

    /// The places that were divided before the day, in part into places of the area and in part
    /// into others: which of their records are the area's, nobody has said.
    pub(crate) fn divided(&self, area: &Area<'a>, on: Date) -> Vec<&'a Place> {
        let is_within =
            |code: &String| self.get(code).is_some_and(|place| area.has(self.standing(place, on)));
        let is_of_part = |place: &&Place| {
            place.until.is_some_and(|until| until < on)
                && !area.has(place)
                && place.split_into.iter().any(is_within)
        };
        self.places.iter().copied().filter(is_of_part).collect()
    }

    /// The place of a kind that a record's place belongs to on the day.
    pub(crate) fn of_kind(&self, code: &str, kind: &str, on: Date) -> Option<&'a Place> {
        self.upward_on(self.get(code)?, on).find(|p| p.kind == kind)
    }

    /// The name of a place, with its parent's before it when that lies within
    /// the place asked about: 青石镇甲村 in a question about 青石镇.
    pub(crate) fn name(&self, place: &'a Place, asked: &str) -> String {
        let above = self.upward(place).skip(1);
        let parent = place.parent.as_deref().and_then(|code| self.get(code));
        match parent {
            Some(parent) if above.into_iter().any(|p| p.code == asked) => {
                format!("{}{}", parent.label, place.label)
            }
            _ => place.label.clone(),
        }
    }
}

impl Area<'_> {
    /// Whether the place is one of them.
    pub(crate) fn has(&self, place: &Place) -> bool {
        self.places.iter().any(|p| p.code == place.code)
    }
}

/// Whether the place existed on any day of the period.
pub(crate) fn existed(place: &Place, period: Period) -> bool {
    place.from.is_none_or(|from| from <= period.to())
        && place.until.is_none_or(|until| period.from() <= until)
}

/// Areas by place and day, each computed once.
#[derive(Default)]
pub(crate) struct Areas<'a> {
    known: HashMap<(String, Date), Rc<Area<'a>>>,
}

impl<'a> Areas<'a> {
    pub(crate) fn get(&mut self, tree: &Tree<'a>, place: &Place, on: Date) -> Rc<Area<'a>> {
        let area = self
            .known
            .entry((place.code.clone(), on))
            .or_insert_with(|| Rc::new(tree.area(place, on)));
        Rc::clone(area)
    }
}
