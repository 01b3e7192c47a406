//! A workbook or csv file to staged rows of a ledger.

mod form;
mod kinds;
mod links;
mod merged;
mod record;
mod remarks;
mod shown;
mod totals;
mod unique;

use pack::{Ledger, Pack};

use crate::SheetError;
use crate::discreet::{self, is_about_persons};
use crate::heads::{KeptRow, UnitLine, spans, unit_line};
use crate::layout::{self, HEAD_ROWS, Layout, Names};
use crate::places::Places;
use crate::source::{Event, Flow, RowCell, SheetStart, stem, walk};
use crate::staged::{KEPT_PROBLEMS, Note, Problem, Remarks, Staged, StagedRow, Weight};
use form::Form;
use unique::Uniques;

/// What the caller knows about a file.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Code of the place that rows belong to where nothing in the file says so. A
    /// place of another kind than the ledger's narrows down where names are looked for.
    pub place: Option<String>,
}

/// Reads the records of a ledger from an xlsx workbook or a csv file.
///
/// Every sheet whose first rows hold a head of the ledger is read; the others are
/// noted. Mistakes in cells are problems of the result, each with its cell. The
/// file is bounded before it is opened, and read as a stream.
///
/// # Errors
/// [`SheetError`] if the file as a whole cannot be read: its format, a column
/// that must be there, a unit that cannot be converted, rows that belong nowhere.
pub fn read_workbook(
    bytes: &[u8],
    file_name: &str,
    pack: &Pack,
    ledger_id: &str,
    options: &ReadOptions,
) -> Result<Staged, SheetError> {
    let mut rows = Vec::new();
    let remarks = read_rows(bytes, file_name, pack, ledger_id, options, &mut |row| rows.push(row))?;
    let Remarks { problems, problem_count, notes } = remarks;
    Ok(Staged { ledger: ledger_id.to_owned(), rows, problems, problem_count, notes })
}

/// The same with each row given away as soon as it is read, so that it can be stored while the
/// next ones are read.
///
/// # Errors
/// Those of [`read_workbook`]. Rows may have been given away by then.
pub fn read_rows(
    bytes: &[u8],
    file_name: &str,
    pack: &Pack,
    ledger_id: &str,
    options: &ReadOptions,
    each: &mut dyn FnMut(StagedRow),
) -> Result<Remarks, SheetError> {
    let ledger = pack
        .ledgers
        .get(ledger_id)
        .ok_or_else(|| SheetError::UnknownLedger { ledger: ledger_id.to_owned() })?;
    let mut reading = Reading::new(pack, ledger, file_name, options, each)?;
    // Only shares may be shown as percentages of the number stored.
    let percents = ledger.fields.values().any(|f| f.ty.unit() == Some(figure::Unit::percent()));
    walk(bytes, file_name, percents, &mut |event| reading.take(event))?;
    reading.finish()
}

/// The state of a reading.
struct Reading<'p, 'e> {
    pack: &'p Pack,
    ledger: &'p Ledger,
    file: &'p str,
    names: Names,
    places: Places<'p>,
    /// Place given by the caller, if records of the ledger may belong to it.
    place: Option<String>,
    /// Head of the column that links a child to its parent.
    parent_head: Option<String>,
    /// Whether problems must not repeat what may be somebody's name.
    is_about_persons: bool,
    uniques: Uniques,
    rules: Vec<record::RuleUse<'p>>,
    sheet: Option<Sheet<'p>>,
    read: usize,
    miss: Option<(usize, SheetError)>,
    remarks: Remarks,
    /// Takes the rows.
    each: &'e mut dyn FnMut(StagedRow),
}

/// The sheet at hand.
struct Sheet<'p> {
    start: SheetStart,
    /// First rows, until the head is known.
    kept: Vec<KeptRow>,
    form: Option<Form<'p>>,
    skipped: bool,
}

impl<'p, 'e> Reading<'p, 'e> {
    fn new(
        pack: &'p Pack,
        ledger: &'p Ledger,
        file: &'p str,
        options: &ReadOptions,
        each: &'e mut dyn FnMut(StagedRow),
    ) -> Result<Self, SheetError> {
        let given = options.place.as_deref().and_then(|code| pack.places.get(code));
        let place = given.filter(|p| ledger.place.contains(&p.kind)).map(|p| p.code.clone());
        let within = if place.is_some() { None } else { given.map(|p| p.code.as_str()) };
        let parent_head = match ledger.parent.as_ref().and_then(|id| pack.ledgers.get(id)) {
            Some(parent) if parent.key.is_none() => {
                return Err(SheetError::NoParentKey {
                    ledger: ledger.label.clone(),
                    parent: parent.label.clone(),
                });
            }
            Some(_) => layout::parent_heads(pack, ledger).into_iter().next(),
            None => None,
        };
        Ok(Reading {
            pack,
            ledger,
            file,
            names: Names::of(pack, ledger),
            places: Places::of(pack, ledger, within),
            place,
            parent_head,
            is_about_persons: is_about_persons(ledger),
            uniques: Uniques::of(ledger),
            rules: record::rules(ledger),
            sheet: None,
            read: 0,
            miss: None,
            remarks: Remarks::default(),
            each,
        })
    }

    fn take(&mut self, event: Event<'_, '_>) -> Result<Flow, SheetError> {
        match event {
            Event::Sheet(start) => {
                let hidden = start.hidden;
                if hidden {
                    self.note(&start.name, None, Weight::Plain, "隐藏的工作表,未读取".to_owned());
                }
                self.sheet = Some(Sheet { start, kept: Vec::new(), form: None, skipped: hidden });
                Ok(if hidden { Flow::NextSheet } else { Flow::On })
            }
            Event::Row(row, cells) => {
                let Some(mut sheet) = self.sheet.take() else { return Ok(Flow::NextSheet) };
                let flow = self.row(&mut sheet, row, cells);
                self.sheet = Some(sheet);
                flow
            }
            Event::End => {
                if let Some(mut sheet) = self.sheet.take() {
                    self.decide(&mut sheet)?;
                    if let Some(form) = sheet.form {
                        form.finish(self, &sheet.start.name);
                    }
                }
                Ok(Flow::On)
            }
        }
    }

    fn row(
        &mut self,
        sheet: &mut Sheet<'p>,
        row: u32,
        cells: &mut Vec<RowCell<'_>>,
    ) -> Result<Flow, SheetError> {
        if sheet.form.is_none() && row < HEAD_ROWS {
            sheet.kept.push((row, cells.drain(..).map(|(c, v)| (c, v.into_owned())).collect()));
            return Ok(Flow::On);
        }
        self.decide(sheet)?;
        match &mut sheet.form {
            Some(form) => {
                form.row(self, &sheet.start, row, cells)?;
                Ok(Flow::On)
            }
            None => Ok(Flow::NextSheet),
        }
    }

    /// Finds the head among the rows kept, and reads those below it.
    fn decide(&mut self, sheet: &mut Sheet<'p>) -> Result<(), SheetError> {
        if sheet.form.is_some() || sheet.skipped {
            return Ok(());
        }
        let name = sheet.start.name.clone();
        let kept = std::mem::take(&mut sheet.kept);
        let spans = spans(&sheet.start.merges, HEAD_ROWS);
        let layout = layout::best(&kept, &spans, &self.names);
        let Some(layout) = layout.filter(|layout| self.accept(layout, &name)) else {
            sheet.skipped = true;
            // A sheet that explains how to fill the form is no table that anybody misses.
            if !kept.is_empty() && !explains(&name) {
                self.note(
                    &name,
                    None,
                    Weight::Plain,
                    format!("不是“{}”的表,未读取", self.ledger.label),
                );
            }
            return Ok(());
        };
        if let Err(error) = layout::check(&layout, &name, self.ledger, self.parent_head.as_deref())
        {
            // A table of something else may share a head or two with the ledger.
            if !explains(&name) && self.is_mostly_there(&layout) {
                return Err(error);
            }
            self.note(&name, None, Weight::Warning, format!("未读取:{error}"));
            self.remember_miss(layout.bound.len() + 1, error);
            sheet.skipped = true;
            return Ok(());
        }
        let above: Vec<&str> = kept
            .iter()
            .filter(|(row, _)| *row < layout.top)
            .flat_map(|(_, cells)| cells.iter().filter_map(|(_, value)| value.text()))
            .collect();
        let mut units = Vec::new();
        for text in &above {
            match unit_line(text) {
                Some(UnitLine::Units(found)) => units.extend(found),
                Some(UnitLine::Unknown(words)) => {
                    self.note(
                        &name,
                        None,
                        Weight::Warning,
                        format!("单位行里的“{words}”认不出,数值按台账的单位读取"),
                    );
                }
                None => {}
            }
        }
        let place = self.sheet_place(&name, &above);
        let mut form = Form::new(self, &sheet.start, &layout, &units, place)?;
        self.read += 1;
        for (row, mut cells) in kept {
            if row > layout.bottom {
                form.row(self, &sheet.start, row, &mut cells)?;
            }
        }
        sheet.form = Some(form);
        Ok(())
    }

    /// Whether the head is one of the ledger; if not, it is kept for the message.
    fn accept(&mut self, layout: &Layout, sheet: &str) -> bool {
        let fits = layout::fits(layout, &self.names);
        if !fits && !explains(sheet) {
            let expected: Vec<String> =
                self.ledger.fields.values().map(|f| f.label.clone()).collect();
            let found = layout.shown_heads();
            let nearest = layout::near(&expected, &found);
            // A row with long numbers and nothing like a head is a record, of somebody.
            let is_number = |head: &String| head.bytes().filter(u8::is_ascii_digit).count() >= 8;
            let is_record = layout.bound.is_empty() && nearest.is_empty();
            let is_record = is_record && found.iter().any(is_number);
            let error = SheetError::NoHead {
                ledger: self.ledger.label.clone(),
                within: HEAD_ROWS,
                nearest,
                expected,
                found: if is_record { Vec::new() } else { found },
            };
            self.remember_miss(layout.bound.len(), error);
        }
        fits
    }

    fn remember_miss(&mut self, score: usize, error: SheetError) {
        if self.miss.as_ref().is_none_or(|(best, _)| score > *best) {
            self.miss = Some((score, error));
        }
    }

    fn is_mostly_there(&self, layout: &Layout) -> bool {
        let required: Vec<usize> = (0..self.ledger.fields.len())
            .filter(|slot| self.ledger.fields[*slot].required)
            .collect();
        let there =
            required.iter().filter(|slot| layout.column(layout::Target::Field(**slot)).is_some());
        there.count() * 2 >= required.len()
    }

    /// Where the rows of a sheet belong if they do not say so themselves.
    fn sheet_place(&self, sheet: &str, above: &[&str]) -> Option<String> {
        if self.ledger.place.is_empty() {
            return None;
        }
        self.places
            .mentioned(sheet)
            .or_else(|| above.iter().find_map(|text| self.places.mentioned(text)))
            .or_else(|| self.places.mentioned(stem(self.file)))
            .or_else(|| self.place.clone())
    }

    fn note(&mut self, sheet: &str, cell: Option<String>, weight: Weight, message: String) {
        self.remarks.notes.push(Note { weight, sheet: sheet.to_owned(), cell, message });
    }

    fn problem(&mut self, problem: Problem) {
        self.remarks.problem_count += 1;
        if self.remarks.problems.len() < KEPT_PROBLEMS {
            let told = match self.is_about_persons {
                true => discreet::problem(problem),
                false => problem,
            };
            self.remarks.problems.push(told);
        }
    }

    fn finish(mut self) -> Result<Remarks, SheetError> {
        if self.read == 0 {
            return Err(match self.miss {
                Some((_, error)) => error,
                None => SheetError::NoHead {
                    ledger: self.ledger.label.clone(),
                    within: HEAD_ROWS,
                    expected: self.ledger.fields.values().map(|f| f.label.clone()).collect(),
                    found: Vec::new(),
                    nearest: Vec::new(),
                },
            });
        }
        let (found, kept) = (self.remarks.problem_count, self.remarks.problems.len());
        if found > kept {
            self.note(
                "",
                None,
                Weight::Warning,
                format!("共有 {found} 处问题,这里只列出前 {kept} 处"),
            );
        }
        Ok(self.remarks)
    }
}

/// Whether a sheet is there for people, by its name.
fn explains(sheet: &str) -> bool {
    ["说明", "封面", "目录", "字典", "样表"].iter().any(|word| sheet.contains(word))
}
