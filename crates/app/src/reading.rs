//! Anybody's file: its text with the place of every part, and comments written into it.

use std::io::Read;
use std::path::Path;

use manuscript::{Format, Manuscript, Note, Place};
use report::{Checked, Conclusion, Part, PartKind, Plain, RemarkSort};

use crate::error::AppError;

/// Who the comments in a Word file are by.
const AUTHOR: &str = "镇账";

/// A file that was read.
pub(crate) struct Reading {
    /// Its name, for messages.
    pub(crate) name: String,
    /// All of its text.
    pub(crate) text: String,
    bytes: Vec<u8>,
    manuscript: Option<Manuscript>,
}

/// Reads a file; `-` is what comes in on standard input. Of .md and .txt the text is all that
/// they hold, since a report source is one; of others the words alone.
pub(crate) fn read(file: &Path) -> Result<Reading, AppError> {
    let failed = |source| AppError::ReadFile { path: file.to_path_buf(), source };
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(failed)?;
        bytes
    } else {
        std::fs::read(file).map_err(failed)?
    };
    let name = file.display().to_string();
    let unreadable = |source| AppError::Manuscript { file: name.clone(), source: Box::new(source) };
    let (text, manuscript) = match manuscript::text_of(&bytes, &name).map_err(unreadable)? {
        Some(text) => (text, None),
        None => {
            let mut manuscript = manuscript::read(&bytes, &name).map_err(unreadable)?;
            (std::mem::take(&mut manuscript.text), Some(manuscript))
        }
    };
    // A mark of the encoding and blanks are no text either.
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(unreadable(manuscript::ReadError::Empty { name: name.clone() }));
    }
    Ok(Reading { name, text, bytes, manuscript })
}

impl Reading {
    /// Where a character stands in a file that has more to go by than lines: `第3段`,
    /// `表1第3行第2列`.
    pub(crate) fn place(&self, at: usize) -> Option<String> {
        let pieces = &self.manuscript.as_ref()?.pieces;
        let after = pieces.partition_point(|piece| piece.start <= at);
        Some(pieces.get(after.checked_sub(1)?)?.place.describe())
    }

    /// The text with its parts, for a report that was written elsewhere.
    pub(crate) fn plain(&self) -> Plain<'_> {
        let pieces = self.manuscript.iter().flat_map(|manuscript| &manuscript.pieces);
        let part = |piece: &manuscript::Piece| Part {
            start: piece.start,
            kind: kind(piece),
            label: piece.place.describe(),
        };
        Plain { text: &self.text, file: &self.name, parts: pieces.map(part).collect() }
    }

    /// The user's own Word file with a comment at each thing that is wrong or doubtful; what is
    /// merely bound to nothing is left alone. `at` is the instant of the comments.
    pub(crate) fn commented(&self, checked: &Checked, at: &str) -> Result<Vec<u8>, AppError> {
        let is_word = self.manuscript.as_ref().is_some_and(|m| m.format == Format::Docx);
        if !is_word {
            return Err(AppError::NotWord { file: self.name.clone() });
        }
        let notes: Vec<Note> = checked
            .remarks()
            .into_iter()
            .filter(|remark| {
                !matches!(remark.sort, RemarkSort::Loose | RemarkSort::Claim(Conclusion::Unbound))
            })
            .map(|remark| Note {
                start: remark.start,
                end: remark.end,
                text: format!("[{}] {}", remark.label, remark.reason),
                author: AUTHOR.to_owned(),
            })
            .collect();
        // A file that was checked before has the comments of that time, which are out of date.
        let fresh = manuscript::withdraw(&self.bytes, AUTHOR);
        fresh.and_then(|bytes| manuscript::annotate(&bytes, &notes, at)).map_err(|source| {
            AppError::Annotate { file: self.name.clone(), source: Box::new(source) }
        })
    }
}

fn kind(piece: &manuscript::Piece) -> PartKind {
    match (piece.place, piece.kind) {
        (Place::Header(_) | Place::Footer(_), _) | (_, manuscript::Kind::Contents) => {
            PartKind::Aside
        }
        (Place::Cell { table, row, column }, _) => PartKind::Cell { table, row, column },
        (_, manuscript::Kind::Title) => PartKind::Title,
        (_, manuscript::Kind::Heading(level)) => PartKind::Heading(level),
        _ => PartKind::Body,
    }
}
