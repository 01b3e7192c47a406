//! A report that comes back from a leader as a Word file: its changes taken into the source.
//!
//! The paragraphs of the document are found again in the source, wherever they stand now; of
//! each the words that differ are taken over, and every binding stays on the words it was on.

mod align;
mod diff;
mod render;
mod units;
mod write;

use std::ops::Range;

use prose::Lexicon;

use crate::source::Source;
use write::Writer;

/// A paragraph of the returned document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// Its text.
    pub text: String,
    /// Ranges, in characters, that the document keeps around claims, by the claim's number.
    pub claims: Vec<(usize, Range<usize>)>,
}

/// The source with the changes of a document.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The new source.
    pub text: String,
    /// What changed, in the order of the document; what was taken out last.
    pub changes: Vec<MergeChange>,
    /// For each claim of the new source the number it had.
    pub claims: Vec<usize>,
    /// Claims whose words are gone, by their old number.
    pub lost: Vec<usize>,
    /// Paragraphs of the document that are plainly those of the report.
    pub shared: usize,
    /// As many as there could be: the paragraphs of whichever has fewer.
    pub sharable: usize,
}

impl Merged {
    /// Whether the document seems to be another one and no edited form of the report.
    pub fn is_another(&self) -> bool {
        self.shared * 5 < self.sharable
    }
}

/// A paragraph that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeChange {
    /// What became of it.
    pub kind: MergeKind,
    /// Line in the old source; of a new paragraph that of the one before it.
    pub line: usize,
    /// Number of the paragraph in the document; `None` where it is gone.
    pub returned: Option<usize>,
    /// The text before.
    pub before: String,
    /// The text now.
    pub after: String,
    /// The words that differ, before and now.
    pub words: Vec<(String, String)>,
    /// Claims whose words changed, by their old number.
    pub claims: Vec<usize>,
}

/// What became of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeKind {
    /// Its words changed.
    Edited,
    /// It stands elsewhere.
    Moved,
    /// It is new.
    Inserted,
    /// It is gone.
    Deleted,
}

impl MergeKind {
    /// The word that programs read.
    pub fn code(self) -> &'static str {
        match self {
            MergeKind::Edited => "edited",
            MergeKind::Moved => "moved",
            MergeKind::Inserted => "inserted",
            MergeKind::Deleted => "deleted",
        }
    }

    /// The word that people read.
    pub fn label(self) -> &'static str {
        match self {
            MergeKind::Edited => "修改",
            MergeKind::Moved => "移动",
            MergeKind::Inserted => "新增",
            MergeKind::Deleted => "删除",
        }
    }
}

/// Takes the words of a returned document into the source of the report.
pub fn merge(source: &Source, returned: &[Returned], lexicon: &Lexicon) -> Merged {
    let mut writer = Writer::new(source, lexicon);
    let texts: Vec<Vec<char>> =
        returned.iter().map(|paragraph| paragraph.text.trim().chars().collect()).collect();
    // Blank paragraphs are those of the layout.
    let kept: Vec<usize> =
        (0..texts.len()).filter(|n| !texts[*n].is_empty() && !is_proof(&texts[*n])).collect();
    let new: Vec<Vec<char>> = kept.iter().map(|n| texts[*n].clone()).collect();
    let old = writer.old_texts();
    let from = align::align(&old, &new);
    let is_shared = |(place, new): &(&Option<usize>, &Vec<char>)| {
        place.is_some_and(|place| align::is_alike(&old[place], new))
    };
    let shared = from.iter().zip(&new).filter(is_shared).count();
    let sharable = old.len().min(new.len());
    let stayed = align::in_rising_order(&from);
    for (at, number) in kept.iter().enumerate() {
        let paragraph = &returned[*number];
        let lead = paragraph.text.chars().take_while(|c| c.is_whitespace()).count();
        let length = new[at].len();
        let mark = |(claim, range): &(usize, Range<usize>)| {
            let place = |end: usize| end.saturating_sub(lead).min(length);
            (*claim, place(range.start)..place(range.end))
        };
        let marks: Vec<(usize, Range<usize>)> = paragraph.claims.iter().map(mark).collect();
        match from[at] {
            Some(part) => writer.take(part, &new[at], *number, &marks, !stayed[at]),
            None => writer.insert(&new[at], *number),
        }
    }
    Merged { shared, sharable, ..writer.finish(&from) }
}

/// The line below the date says over which state of the ledgers the report was checked.
fn is_proof(text: &[char]) -> bool {
    text.iter().collect::<String>().contains("审计链头")
}
