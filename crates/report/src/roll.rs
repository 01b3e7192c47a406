//! Rolls a report over: the report of one period becomes the draft of another.
//!
//! Windows and the years of the prose move, figures are written anew from the ledgers in the
//! manner they had, and what nobody but its author can say again (what happened once, slogans
//! of a year, figures bound to nothing) is marked with the reason. The words of the report
//! before stay beside each figure that changed, as notes that no document shows.

mod attend;
mod dates;
mod decide;
mod edit;
mod front;
mod shift;

use std::ops::Range;

use figure::Period;
use measure::Session;
use thiserror::Error;

use crate::check::{CheckError, Options, check};
use crate::parse::parse;
use crate::problem::ParseErrors;
use crate::source::Source;
use edit::{Edit, apply};

/// A report rolled over to another window.
#[derive(Clone, Debug)]
pub struct Rolled {
    /// The new report source.
    pub text: String,
    /// What became of each claim and of the prose, in the order of the new source.
    pub notes: Vec<RollNote>,
}

/// What became of some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollNote {
    /// Line in the new source, from 1.
    pub line: usize,
    /// The words as they stand in it.
    pub words: String,
    /// The words of the report before, where they are others.
    pub was: Option<String>,
    /// What became of them.
    pub state: RollState,
    /// Why they need somebody's eye; empty where they do not.
    pub reason: String,
}

/// What became of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RollState {
    /// Written anew from the ledgers.
    Refreshed,
    /// Still proven as they stand.
    Standing,
    /// Taken out, since the new period has no figure yet.
    Empty,
    /// Left as they are, to be looked at.
    Flagged,
}

impl RollState {
    /// The word that programs read.
    pub fn code(self) -> &'static str {
        match self {
            RollState::Refreshed => "refreshed",
            RollState::Standing => "standing",
            RollState::Empty => "empty",
            RollState::Flagged => "flagged",
        }
    }

    /// The word that people read.
    pub fn label(self) -> &'static str {
        match self {
            RollState::Refreshed => "改写",
            RollState::Standing => "仍成立",
            RollState::Empty => "留空",
            RollState::Flagged => "待核",
        }
    }
}

/// Why a report cannot be rolled over.
#[derive(Debug, Error)]
pub enum RollError {
    /// The report does not say what period it is about.
    #[error("原报告卷首没有 window,不知道它说的是哪个期间;请在卷首写 window = \"2023\"")]
    NoWindow,
    /// It is about that period already.
    #[error("原报告说的就是{};--window 请给新的期间", .0.describe())]
    SameWindow(Period),
    /// The new source cannot be read, which would be a fault of this program.
    #[error("换年后的报告读不了")]
    Unreadable(#[source] ParseErrors),
    /// The ledgers could not be asked.
    #[error(transparent)]
    Check(CheckError),
}

/// Rolls a report over to the window `to`.
///
/// # Errors
/// When the report has no window or that one, or the ledgers cannot be read.
pub fn roll(source: &Source, to: Period, session: &Session<'_>) -> Result<Rolled, RollError> {
    let from = source.front.window.ok_or(RollError::NoWindow)?;
    if from == to {
        return Err(RollError::SameWindow(from));
    }
    let turn = Turn { from, to };
    let moved = shift::shift(source, turn);
    let shifted = parse(&moved, &source.file).map_err(RollError::Unreadable)?;
    let checked = check(&shifted, session, &Options::default()).map_err(RollError::Check)?;
    let mut marks = decide::claims(source, &checked, session);
    marks.extend(attend::prose(source, &checked, turn, session.pack()));
    let (edits, notes): (Vec<Vec<Edit>>, Vec<RollNote>) =
        marks.into_iter().map(|mark| (mark.edits, mark.note)).unzip();
    let text = apply(&shifted.text, edits.into_iter().flatten().collect());
    let mut notes = notes;
    notes.sort_by_key(|note| note.line);
    Ok(Rolled { text, notes })
}

/// From which window to which.
#[derive(Clone, Copy, Debug)]
struct Turn {
    from: Period,
    to: Period,
}

impl Turn {
    /// Years between the two windows.
    fn years(self) -> i16 {
        self.to.to().year() - self.from.to().year()
    }

    /// Whether both windows are the same days of their years.
    fn is_alike(self) -> bool {
        crate::window::in_year(self.from, self.to.to().year()) == Some(self.to)
    }
}

/// Words with what becomes of them, and the edits that this takes.
struct Mark {
    edits: Vec<Edit>,
    note: RollNote,
}

/// Plain characters of a passage in the file: `None` where marks stand between them.
fn file_range(origin: &[usize], plain: &Range<usize>) -> Option<Range<usize>> {
    let start = *origin.get(plain.start)?;
    let end = *origin.get(plain.end.checked_sub(1)?)? + 1;
    (end - start == plain.len()).then_some(start..end)
}
