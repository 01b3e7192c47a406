//! Where a thing is told: a clause of a material, with the stages and the places that it names.

use super::{Side, subject};
use crate::source::Passage;
use crate::verdict::Checked;

/// Words that name a stage of a thing.
const STAGES: &[&str] = &[
    "一期", "二期", "三期", "主体", "首批", "第一", "第二", "部分", "全线", "主线", "半幅", "全部",
    "全面",
];

/// A clause as a side, with what its words say of which part and which place is meant.
pub(super) struct Scene {
    pub(super) side: Side,
    stages: Vec<&'static str>,
    places: Vec<String>,
}

impl Scene {
    /// A clause of a passage whose told words end before it does; `words` are those around that
    /// name stages and places.
    pub(super) fn new(
        (material, checked): (usize, &Checked),
        passage: &Passage,
        (start, close): (usize, usize),
        end: usize,
        words: &str,
    ) -> Scene {
        let side = Side {
            material,
            file: checked.source.file.clone(),
            line: passage.line,
            start: passage.origin.get(start).copied().unwrap_or(0),
            end: passage.origin.get(close - 1).map_or(0, |at| at + 1),
            clause: passage.chars[start..close].iter().collect(),
            words: passage.chars[start..end].iter().collect(),
        };
        Scene {
            side,
            stages: STAGES.iter().copied().filter(|stage| words.contains(stage)).collect(),
            places: subject::places(words, &checked.source.front.title),
        }
    }

    /// The same, of the stages that the name of the thing has besides.
    pub(super) fn also_of(mut self, thing: &str) -> Scene {
        self.stages = STAGES
            .iter()
            .copied()
            .filter(|stage| self.stages.contains(stage) || thing.contains(stage))
            .collect();
        self
    }

    /// Whether both are at one place.
    pub(super) fn is_at(&self, other: &Scene) -> bool {
        self.places == other.places
    }

    /// Whether both are of one part and one place.
    pub(super) fn is_of(&self, other: &Scene) -> bool {
        self.stages == other.stages && self.is_at(other)
    }
}
