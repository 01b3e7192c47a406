//! The parts of a docx put together as one manuscript.

use std::collections::BTreeMap;

use crate::error::ReadError;
use crate::model::{Builder, Format, Kind, Manuscript, NoteKind, Place};
use crate::numbering::Numbering;
use crate::package::Package;
use crate::story::{Block, CellAt, Context, Story};
use crate::styles::Styles;
use crate::tags::{STRICT, WML};
use crate::walk::walk;

/// A document as it was read, with what it was read from.
pub(crate) struct Assembled {
    pub(crate) manuscript: Manuscript,
    /// Path and text of the main part.
    pub(crate) path: String,
    pub(crate) xml: String,
    pub(crate) main: Story,
    /// Where the text comes from in the main part, in the order of the text.
    pub(crate) stretches: Vec<Stretch>,
    /// What stands in other parts, in the order of the text.
    pub(crate) foreign: Vec<Foreign>,
    /// The numbers that Word counts, by the blocks of the main part.
    pub(crate) labels: BTreeMap<usize, String>,
}

/// A stretch of the text that is a span of the main part.
#[derive(Clone, Copy)]
pub(crate) struct Stretch {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) block: usize,
    pub(crate) span: usize,
}

/// A stretch of the text from another part.
pub(crate) struct Foreign {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where the main part refers to it: a block, and how many of its spans stand before.
    pub(crate) reference: Option<(usize, usize)>,
}

/// The manuscript of a docx.
pub(crate) fn read(bytes: &[u8]) -> Result<Manuscript, ReadError> {
    assemble(bytes).map(|assembled| assembled.manuscript)
}

/// Reads all parts of a docx that hold text.
pub(crate) fn assemble(bytes: &[u8]) -> Result<Assembled, ReadError> {
    let mut package = Package::open(bytes)?;
    let (path, xml) = main_part(&mut package)?;
    let relations = package.relations(&path)?;
    let target = |kind: &str| relations.iter().find(|r| r.is(kind)).map(|r| r.target.clone());
    let mut lists = Lists::default();
    if let Some((path, xml)) = optional(&mut package, target("styles"))? {
        lists.styles = Styles::parse(&xml, &path)?;
    }
    if let Some((path, xml)) = optional(&mut package, target("numbering"))? {
        lists.numbering = Numbering::parse(&xml, &path)?;
    }
    let main = walk(&xml, &path)?;
    let mut assembly = Assembly::default();
    assembly.body(&main, &mut lists);
    for (foot, kind) in [(true, "footnotes"), (false, "endnotes")] {
        if let Some((path, xml)) = optional(&mut package, target(kind))? {
            let notes = walk(&xml, &path)?;
            assembly.notes(&main, &notes, foot, &mut lists);
        }
    }
    for (head, kind) in [(true, "header"), (false, "footer")] {
        let mut targets: Vec<&str> =
            relations.iter().filter(|r| r.is(kind)).map(|r| r.target.as_str()).collect();
        targets.sort_unstable();
        targets.dedup();
        let mut number = 0;
        for target in targets {
            if let Some((path, xml)) = optional(&mut package, Some(target.to_owned()))? {
                let margin = walk(&xml, &path)?;
                number += usize::from(assembly.margin(&margin, head, number + 1));
            }
        }
    }
    let Assembly { builder, stretches, foreign, labels, .. } = assembly;
    let manuscript = builder.finish(Format::Docx);
    Ok(Assembled { manuscript, path, xml, main, stretches, foreign, labels })
}

/// Path and text of the main part, which has to be that of a document.
pub(crate) fn main_part(package: &mut Package<'_>) -> Result<(String, String), ReadError> {
    let path = package.main_part()?;
    match package.part(&path)? {
        // A workbook is such a package too, and its main part is no document.
        Some(xml) if !xml.contains(WML) && !xml.contains(STRICT) => {
            Err(ReadError::NoDocument { expected: "word/document.xml".to_owned() })
        }
        Some(xml) => Ok((path, xml)),
        None => Err(ReadError::NoDocument { expected: path }),
    }
}

/// A part that a document may lack, though it names it.
pub(crate) fn optional(
    package: &mut Package<'_>,
    path: Option<String>,
) -> Result<Option<(String, String)>, ReadError> {
    let Some(path) = path else { return Ok(None) };
    Ok(package.part(&path)?.map(|xml| (path, xml)))
}

/// What paragraphs get from their styles and lists.
#[derive(Default)]
struct Lists {
    styles: Styles,
    numbering: Numbering,
}

/// The text being put together.
#[derive(Default)]
struct Assembly {
    builder: Builder,
    stretches: Vec<Stretch>,
    foreign: Vec<Foreign>,
    labels: BTreeMap<usize, String>,
}

/// Counts the paragraphs of the body.
#[derive(Default)]
pub(crate) struct Places {
    /// Paragraphs of the body that say something.
    paragraphs: usize,
}

impl Places {
    /// The place of the next block.
    pub(crate) fn next(&mut self, block: &Block, says: bool) -> Place {
        match block.context {
            Context::Cell(CellAt { table, row, column, .. }) => Place::Cell { table, row, column },
            Context::TextBox(number) => Place::TextBox(number),
            Context::Body => {
                self.paragraphs += usize::from(says);
                // An empty paragraph goes with the one before it.
                Place::Paragraph(self.paragraphs.max(1))
            }
        }
    }
}

/// Blocks that are one paragraph, by their indices.
type Joined = Vec<usize>;

impl Assembly {
    fn body(&mut self, story: &Story, lists: &mut Lists) {
        let heights = heights(&story.blocks);
        let mut places = Places::default();
        for joined in joined(story) {
            let Some((last, block)) = joined.last().and_then(|l| Some((*l, story.blocks.get(*l)?)))
            else {
                continue;
            };
            let kind = match block.context {
                Context::Cell(cell) => Kind::Cell {
                    columns: cell.columns,
                    rows: heights.get(&last).copied().unwrap_or(0),
                },
                _ if block.contents => Kind::Contents,
                _ => lists.styles.kind(block.style.as_deref(), block.outline),
            };
            let label = lists.numbering.label(block, &lists.styles);
            let text = self.gather(story, &joined, label.as_deref(), kind == Kind::Title);
            self.labels.extend(label.map(|label| (last, label)));
            let place = places.next(block, !text.trim().is_empty());
            self.builder.push(&text, place, kind);
        }
    }

    /// The text of joined blocks behind a label; notes where each span of it stands.
    fn gather(
        &mut self,
        story: &Story,
        joined: &[usize],
        label: Option<&str>,
        title: bool,
    ) -> String {
        let mut text = label.unwrap_or_default().to_owned();
        let mut at = self.builder.next_start() + text.chars().count();
        for index in joined {
            let spans = story.blocks.get(*index).map_or(&[][..], |block| &block.spans);
            for (number, span) in spans.iter().enumerate() {
                // In a title a break only serves the layout.
                if span.deleted.is_some() || (title && span.line_break) {
                    continue;
                }
                let end = at + span.text.chars().count();
                self.stretches.push(Stretch { start: at, end, block: *index, span: number });
                text.push_str(&span.text);
                at = end;
            }
        }
        text
    }

    fn notes(&mut self, main: &Story, notes: &Story, foot: bool, lists: &mut Lists) {
        let kind = if foot { NoteKind::Foot } else { NoteKind::End };
        let mut own: BTreeMap<&str, Vec<&Block>> = BTreeMap::new();
        for block in &notes.blocks {
            if let Some(owner) = block.owner.and_then(|owner| notes.owners.get(owner)) {
                own.entry(&owner.id).or_default().push(block);
            }
        }
        let references = main.notes.iter().filter(|note| note.foot == foot);
        for (index, reference) in references.enumerate() {
            let place = Place::Note { kind, number: index + 1 };
            // A note that is referred to twice is read once.
            for block in own.remove(reference.id.as_str()).unwrap_or_default() {
                let label = lists.numbering.label(block, &lists.styles).unwrap_or_default();
                let text = label + block.after().trim_start();
                self.other(&text, place, Some((reference.block, reference.span)));
            }
        }
    }

    /// Headers and footers that say more than the number of the page.
    fn margin(&mut self, margin: &Story, head: bool, number: usize) -> bool {
        let place = if head { Place::Header(number) } else { Place::Footer(number) };
        let mut says = false;
        for block in &margin.blocks {
            let shown = block.spans.iter().filter(|s| s.deleted.is_none() && !s.page);
            let text: String = shown.map(|span| span.text.as_str()).collect();
            if text.chars().any(char::is_alphanumeric) {
                self.other(&text, place, None);
                says = true;
            }
        }
        says
    }

    fn other(&mut self, text: &str, place: Place, reference: Option<(usize, usize)>) {
        let start = self.builder.next_start();
        self.builder.push(text, place, Kind::Body);
        let end = start + text.chars().count();
        self.foreign.push(Foreign { start, end, reference });
    }
}

/// Blocks that are one paragraph once all changes are accepted: where the mark between two was
/// deleted, the first runs on into the next of the same place.
fn joined(story: &Story) -> Vec<Joined> {
    let mut all: Vec<Joined> = Vec::new();
    let mut open: BTreeMap<Context, Joined> = BTreeMap::new();
    for (index, block) in story.blocks.iter().enumerate() {
        let mut joined = open.remove(&block.context).unwrap_or_default();
        joined.push(index);
        let deleted =
            block.mark.and_then(|edit| story.edits.get(edit)).is_some_and(|edit| !edit.kind.adds());
        if deleted {
            open.insert(block.context, joined);
        } else {
            all.push(joined);
        }
    }
    // What runs on into nothing is still shown if it says something.
    let says = |joined: &Joined| {
        joined.iter().filter_map(|at| story.blocks.get(*at)).any(|block| !block.after().is_empty())
    };
    all.extend(open.into_values().filter(says));
    all.sort_by_key(|joined| joined.first().copied());
    all
}

/// A cell and those that continue it below.
struct Tall {
    blocks: Vec<usize>,
    first: usize,
    last: usize,
}

/// How many rows the cells take that others continue, by their blocks.
fn heights(blocks: &[Block]) -> BTreeMap<usize, usize> {
    let mut open: BTreeMap<(usize, usize), Tall> = BTreeMap::new();
    let mut done: Vec<Tall> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let Context::Cell(cell) = block.context else { continue };
        let key = (cell.table, cell.column);
        match open.get_mut(&key) {
            Some(tall) if cell.continued => tall.last = cell.row,
            Some(tall) if tall.last == cell.row => tall.blocks.push(index),
            _ if cell.continued => {}
            _ => {
                let tall = Tall { blocks: vec![index], first: cell.row, last: cell.row };
                done.extend(open.insert(key, tall));
            }
        }
    }
    done.extend(open.into_values());
    let rows = |tall: Tall| {
        let rows = tall.last - tall.first + 1;
        tall.blocks.into_iter().map(move |block| (block, rows))
    };
    done.into_iter().flat_map(rows).collect()
}
