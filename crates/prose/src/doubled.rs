//! Words that hold a number of their own: 翻一番, 过半.

use figure::{Decimal, Quantity, Unit};

use crate::predicate::{Direction, Predicate};
use crate::statement::Statement;
use crate::text::Text;

/// What is doubled, and by how many times it grew: 翻两番 is four times as much,
/// so that it grew by three.
const DOUBLED: &[(&str, i64)] = &[
    ("翻一番", 1),
    ("翻了一番", 1),
    ("翻番", 1),
    ("翻了番", 1),
    ("翻两番", 3),
    ("翻了两番", 3),
    ("翻二番", 3),
    ("翻三番", 7),
    ("翻了三番", 7),
];

/// Words of more than a half; 以上 includes the half, 过 and 超 do not.
const HALF: &[(&str, bool)] = &[
    ("超过半数", false),
    ("过半", false),
    ("超半数", false),
    ("半数以上", true),
    ("一半以上", true),
];

fn percent(value: i64) -> Quantity {
    Quantity::new(Decimal::from(value), Unit::percent())
}

fn growth(times: i64) -> (Predicate, Quantity) {
    let value = percent(times * 100);
    let amount = Box::new(Predicate::Equal { value, places: 0 });
    (Predicate::Change { direction: Direction::Up, amount }, value)
}

/// What the words say by such a word, and its number.
pub(crate) fn find(text: &Text<'_>) -> Option<(Predicate, Quantity)> {
    if let Some((_, times)) = DOUBLED.iter().find(|(word, _)| text.source.contains(word)) {
        return Some(growth(*times));
    }
    let (_, included) = HALF.iter().find(|(word, _)| text.source.contains(word))?;
    let value = percent(50);
    let predicate = match included {
        true => Predicate::AtLeast { value },
        false => Predicate::MoreThan { value },
    };
    Some((predicate, value))
}

/// The 翻番 that begins at a position, and by how many times it grew.
pub(crate) fn at(text: &Text<'_>, i: usize) -> Option<(Statement, i64)> {
    if text.at(i) != '翻' {
        return None;
    }
    let (word, times) = DOUBLED.iter().find(|(word, _)| text.has(i, word))?;
    let end = i + word.chars().count();
    Some((Statement { start: i, end, predicate: growth(*times).0 }, *times))
}
