//! How the words of a claim were written, so that a new value can take their place.

use figure::Unit;

use crate::predicate::Direction;
use crate::qualifier::Qualifier;
use crate::words::Op;

/// How a claim was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Words before the number, or all words where there is none.
    pub before: String,
    /// Words after the number and its unit.
    pub after: String,
    /// How the number was written; `None` where there is none.
    pub number: Option<NumberForm>,
    /// The mark that the number stands under.
    pub qualifier: Qualifier,
    pub(crate) op: Op,
    pub(crate) direction: Option<Direction>,
}

impl Manner {
    /// The bare number, for words that are yet to be written.
    pub fn plain(unit: Unit, places: u32) -> Manner {
        let number = NumberForm {
            places,
            significant: 1,
            chinese: false,
            grouped: false,
            unit,
            unit_text: unit.to_string(),
            mark: None,
            gap: String::new(),
        };
        Manner { number: Some(number), ..Manner::words("") }
    }

    /// Words without a number.
    pub(crate) fn words(words: &str) -> Manner {
        Manner {
            before: words.to_owned(),
            after: String::new(),
            number: None,
            qualifier: Qualifier::Exact,
            op: Op::Equal,
            direction: None,
        }
    }
}

/// How a number was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberForm {
    /// Digits shown after the point.
    pub places: u32,
    /// Digits before the zeros of a round number: 1 for 6000, 3 for 13.3.
    pub significant: u32,
    /// Whether Chinese numerals were used.
    pub chinese: bool,
    /// Whether thousands were separated.
    pub grouped: bool,
    /// Unit with its 万 or 亿.
    pub unit: Unit,
    /// The unit as written, which may add a measure such as /月.
    pub unit_text: String,
    /// 余 or 多 and where it stands.
    pub mark: Option<(char, MarkPlace)>,
    /// Space between number and unit.
    pub gap: String,
}

/// Where 余 or 多 stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkPlace {
    /// 50余万元.
    BeforeMagnitude,
    /// 13.3万余元.
    BeforeUnit,
    /// 3年多.
    AfterUnit,
}
