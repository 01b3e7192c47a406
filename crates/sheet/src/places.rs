//! Which place the rows of a sheet belong to.

use std::collections::HashMap;

use pack::{Ledger, Pack, Place, kind_label};

use crate::heads::{flat, nearest};

/// Longest name of a place, in characters.
const LONGEST: usize = 64;

/// A name that is no place of the ledger.
#[derive(Clone, Debug)]
pub(crate) struct NoSuchPlace {
    pub(crate) expected: String,
    pub(crate) message: String,
}

/// Finds places by name for one ledger.
pub(crate) struct Places<'p> {
    /// Places that records of the ledger may belong to.
    allowed: Vec<&'p Place>,
    /// All places, to say what a name is if it is not allowed.
    all: &'p pack::Places,
    kinds: &'p [String],
    /// Names met before; a village stands in thousands of rows.
    known: HashMap<String, Result<String, NoSuchPlace>>,
}

impl<'p> Places<'p> {
    /// For a ledger whose records belong to places of its own kinds; `within`
    /// narrows the choice where several townships have villages of one name.
    pub(crate) fn of(pack: &'p Pack, ledger: &'p Ledger, within: Option<&str>) -> Places<'p> {
        Places::of_kinds(pack, &ledger.place, within)
    }

    /// For records that belong to places of some kinds; of any kind if none is given.
    pub(crate) fn of_kinds(
        pack: &'p Pack,
        kinds: &'p [String],
        within: Option<&str>,
    ) -> Places<'p> {
        let fits = |p: &&Place| kinds.is_empty() || kinds.contains(&p.kind);
        let mut allowed: Vec<&Place> = pack.places.iter().filter(fits).collect();
        if let Some(within) = within {
            let below: Vec<&Place> = allowed
                .iter()
                .copied()
                .filter(|p| pack.places.is_within(&p.code, within))
                .collect();
            if !below.is_empty() {
                allowed = below;
            }
        }
        Places { allowed, all: &pack.places, kinds, known: HashMap::new() }
    }

    /// Whether the pack has places for the ledger at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.allowed.is_empty()
    }

    /// The kinds of place, for messages.
    pub(crate) fn kinds(&self) -> String {
        let names: Vec<&str> = self.kinds.iter().map(|k| kind_label(k)).collect();
        if names.is_empty() { "地方".to_owned() } else { names.join("或") }
    }

    /// The code of the place of this name or code.
    pub(crate) fn find(&mut self, name: &str) -> Result<String, NoSuchPlace> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let found = self.look_up(name);
        // A column of free text put in the wrong place must not fill the memory.
        if self.known.len() < 4096 {
            self.known.insert(name.to_owned(), found.clone());
        }
        found
    }

    fn look_up(&self, name: &str) -> Result<String, NoSuchPlace> {
        let words = flat(name);
        // Messages repeat the name; a text put in the wrong column is no name.
        if words.chars().count() > LONGEST {
            let expected = format!("{}的名称或编码", self.kinds());
            return Err(NoSuchPlace {
                expected, message: "文字过长,不是地方的名称".to_owned()
            });
        }
        let found: Vec<&&Place> = self.allowed.iter().filter(|p| is_called(p, &words)).collect();
        match found[..] {
            [place] => return Ok(place.code.clone()),
            [] => {}
            [first, second, ..] => {
                return Err(NoSuchPlace {
                    expected: "地方的编码".to_owned(),
                    message: format!(
                        "“{name}”有几个地方同名(如 {}、{});请改填编码",
                        first.code, second.code
                    ),
                });
            }
        }
        let message = match self.all.iter().find(|p| is_called(p, &words)) {
            Some(other) => {
                format!("“{name}”是{},这个台账按{}登记", kind_label(&other.kind), self.kinds())
            }
            None => {
                let labels = self.allowed.iter().map(|p| p.label.as_str());
                match nearest(&words, labels) {
                    Some(near) => format!("不认识的地方“{name}”;是不是“{near}”?"),
                    None => format!("不认识的地方“{name}”"),
                }
            }
        };
        Err(NoSuchPlace { expected: format!("{}的名称或编码", self.kinds()), message })
    }

    /// The one place whose name a text mentions; the longest name wins, since
    /// 南甲村 contains 甲村. `None` if none or several are mentioned.
    pub(crate) fn mentioned(&self, text: &str) -> Option<String> {
        let words = flat(text);
        let names = self.allowed.iter().flat_map(|place| {
            std::iter::once(&place.label).chain(&place.aliases).map(move |name| (name, place))
        });
        // A name of one character is found in any text.
        let found: Vec<(usize, &str)> = names
            .map(|(name, place)| (flat(name), place))
            .filter(|(name, _)| name.chars().count() > 1 && words.contains(name.as_str()))
            .map(|(name, place)| (name.len(), place.code.as_str()))
            .collect();
        let (longest, code) = found.iter().max_by_key(|(length, _)| *length)?;
        let unique = found.iter().all(|(length, other)| length < longest || other == code);
        unique.then(|| (*code).to_owned())
    }
}

fn is_called(place: &Place, words: &str) -> bool {
    place.code == words
        || flat(&place.label) == words
        || place.aliases.iter().any(|a| flat(a) == words)
}
