//! Plain text: the characters of the file, line by line.

use crate::model::{Format, Kind, Manuscript, Piece, Place};

/// The text as it is; a piece for each line, empty ones included.
pub(crate) fn read(text: String) -> Manuscript {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let words = line.trim_end_matches(['\n', '\r']);
        let end = start + words.chars().count();
        pieces.push(Piece { start, end, place: Place::Line(index + 1), kind: Kind::Body });
        start += line.chars().count();
    }
    Manuscript { text, format: Format::Text, pieces }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_of_the_file() {
        let read = read("甲村\r\n\r\n 12户\n".to_owned());
        assert_eq!(read.text, "甲村\r\n\r\n 12户\n");
        let found: Vec<_> = read.pieces.iter().map(|p| (p.start, p.end, p.place)).collect();
        assert_eq!(
            found,
            [(0, 2, Place::Line(1)), (4, 4, Place::Line(2)), (6, 10, Place::Line(3))]
        );
        assert_eq!(read.describe(3), "第1行");
        assert_eq!(read.describe(8), "第3行");
    }
}
