//! What the search of a text gives.

use figure::{Decimal, Quantity, Unit};

use crate::{Direction, Qualifier, Reading};

/// Whether a numeral states something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It states what is or was.
    Fact,
    /// It announces what shall be.
    Plan,
    /// It is part of a date, a heading, a name or a set phrase.
    Background,
}

impl Kind {
    /// The name that `claims --json` prints.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Fact => "fact",
            Kind::Plan => "plan",
            Kind::Background => "background",
        }
    }
}

/// A value in the unit its class is normalised to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized {
    /// The value.
    pub value: Decimal,
    /// 元, 亩, 公斤, 人 …; a counter of the lexicon keeps its own name, and a ratio
    /// both parts (元/亩).
    pub unit: String,
}

/// A numeral or a statement without one, found in text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundClaim {
    /// The words.
    pub text: String,
    /// Character offset of the first character.
    pub start: usize,
    /// Character offset after the last character.
    pub end: usize,
    /// Line, from 1.
    pub line: usize,
    /// Fact, plan or background.
    pub kind: Kind,
    /// The words near it that say what it is about.
    pub subject: Option<String>,
    /// How the number is meant; `None` for background.
    pub qualifier: Option<Qualifier>,
    /// The number as written, before the unit.
    pub value: Option<Decimal>,
    /// The upper number of a range, before the unit; the value is the lower one.
    pub high: Option<Decimal>,
    /// Which way the number moved where it is a change: 增长 and 下降 stand before
    /// it. The qualifier of a rise is `=`, of a fall 降, so that a reader who needs
    /// the direction takes it from here.
    pub direction: Option<Direction>,
    /// The unit as written; a ratio keeps both parts (万元/亩).
    pub unit: Option<String>,
    /// The value in the normal unit of its class.
    pub normalized: Option<Normalized>,
    /// The words of the period that governs it.
    pub period: Option<String>,
    /// What the words state, ready to be judged; `None` for background, for numbers
    /// whose unit is not known and for ratios of two units.
    pub reading: Option<Reading>,
}

impl FoundClaim {
    /// The normal value as `claims --json` prints it: tonnes and square metres, which people
    /// compare as they are, keep their unit; everything else is in that of its class.
    pub fn shown(&self) -> Option<Normalized> {
        const KEPT: &[(&[&str], &str, &str)] = &[
            (&["吨", "t"], "公斤", "吨"),
            (&["平方米", "平米", "平方", "平", "㎡", "m²", "m2"], "亩", "平方米"),
        ];
        let normal = self.normalized.clone()?;
        let written = self.unit.as_deref().unwrap_or_default();
        // hm2 and km2 end as m2 does.
        let large = written.contains(['h', 'k', 'K']);
        let kept = KEPT.iter().find(|(names, class, _)| {
            normal.unit == *class && !large && names.iter().any(|name| written.ends_with(name))
        });
        let Some((_, _, unit)) = kept else { return Some(normal) };
        let value = Quantity::new(normal.value, Unit::parse(&normal.unit).ok()?);
        let value = value.to(Unit::parse(unit).ok()?).ok()?.value.normalize();
        Some(Normalized { value, unit: (*unit).to_owned() })
    }
}

/// A place that cannot be read and must not be guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The characters.
    pub text: String,
    /// Character offset of the first character.
    pub start: usize,
    /// Character offset after the last character.
    pub end: usize,
    /// Why it is flagged, for people.
    pub reason: String,
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Claims in order of their place.
    pub claims: Vec<FoundClaim>,
    /// Places that cannot be read.
    pub flags: Vec<Flag>,
}
