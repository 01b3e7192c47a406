//! Signed closings: the monthly sheet of the villages (月结、零报告) and the yearly
//! one of the owners of ledgers.
//!
//! Monthly, one row per village and month; a column may be added for each ledger
//! that is signed as 有 or 无, else a row closes all ledgers closed by the month:
//!
//! | 村(社区) | 月份 | 安全隐患台账 | 签字人 | 签字日期 |
//! |---|---|---|---|---|
//! | 甲村 | 2023年1月 | 无 | 张三 | 2023-02-01 |
//!
//! Yearly, one row per ledger, signed for the whole township; the year may be a run of whole
//! months of it (2024年上半年), from which a half-year report is drawn up:
//!
//! | 台账 | 年度 | 签字人(负责人) | 签字日期 |
//! |---|---|---|---|
//! | 项目台账 | 2023年 | 李四 | 2024-01-10 |
//!
//! The two are told apart by their heads. The year of a month may stand in the
//! title, the name of the sheet or of the file.

mod line;
mod words;

use std::collections::HashMap;

use figure::Period;
use pack::{CloseEvery, Ledger, Pack};

use crate::SheetError;
use crate::heads::{Head, KeptRow, compose, key, spans};
use crate::layout::{HEAD_ROWS, VILLAGE_HEADS, near};
use crate::places::Places;
use crate::source::{Event, Flow, SheetStart, stem, walk};
use crate::staged::{Note, Problem, StagedClosings, Weight, cell_name};
use line::Line;
use words::year_in;

/// Rows of a sheet of signatures: 30 villages sign 360 a year.
const SIGNED_ROWS: usize = 20_000;

const MONTH: [&str; 5] = ["月份", "月结月份", "所属月份", "期间", "月"];
const YEAR: [&str; 5] = ["年度", "年份", "所属年度", "期间", "年"];
const LEDGER: [&str; 2] = ["台账", "台账名称"];
const SIGNER: [&str; 6] = ["签字人", "签字人(负责人)", "负责人", "签名", "签字", "村(社区)签字人"];
const SIGNED_ON: [&str; 4] = ["签字日期", "签字时间", "签名日期", "日期"];

/// Reads a sheet of signatures, monthly or yearly, from xlsx or csv. Rows that
/// nobody signed yet are noted and left out: they close nothing.
///
/// # Errors
/// [`SheetError`] if the file cannot be read or no sheet of it has the heads.
pub fn read_closings(
    bytes: &[u8],
    file_name: &str,
    pack: &Pack,
) -> Result<StagedClosings, SheetError> {
    let mut reading = Reading {
        pack,
        file: file_name,
        staged: StagedClosings { rows: Vec::new(), problems: Vec::new(), notes: Vec::new() },
        seen: HashMap::new(),
        found: Vec::new(),
        read: 0,
    };
    let mut sheet: Option<(SheetStart, Vec<KeptRow>)> = None;
    walk(bytes, file_name, false, &mut |event| {
        match event {
            Event::Sheet(start) if start.hidden => return Ok(Flow::NextSheet),
            Event::Sheet(start) => sheet = Some((start, Vec::new())),
            Event::Row(row, cells) => {
                if let Some((start, rows)) = &mut sheet {
                    if rows.len() == SIGNED_ROWS {
                        return Err(SheetError::OutOfRange { sheet: start.name.clone() });
                    }
                    rows.push((row, cells.drain(..).map(|(c, v)| (c, v.into_owned())).collect()));
                }
            }
            Event::End => {
                if let Some((start, mut rows)) = sheet.take() {
                    fill(&start, &mut rows);
                    reading.sheet(&start, &rows)?;
                }
            }
        }
        Ok(Flow::On)
    })?;
    if reading.read == 0 {
        let expected: Vec<String> =
            ["村(社区)", "月份", "签字人", "签字日期"].iter().map(|s| (*s).to_owned()).collect();
        return Err(SheetError::NoHead {
            ledger: "月结(零报告)签字表".to_owned(),
            within: HEAD_ROWS,
            nearest: near(&expected, &reading.found),
            expected,
            found: reading.found,
        });
    }
    Ok(reading.staged)
}

/// Gives the value of a merged cell to each row that it covers.
fn fill(start: &SheetStart, rows: &mut [KeptRow]) {
    for merge in start.merges.iter().filter(|m| m.last_row > m.first_row) {
        let first = rows.partition_point(|(row, _)| *row < merge.first_row);
        let value = rows
            .get(first)
            .filter(|(row, _)| *row == merge.first_row)
            .and_then(|(_, cells)| cells.iter().find(|(c, _)| *c == merge.first_column))
            .map(|(_, value)| value.clone());
        let Some(value) = value else { continue };
        for (_, cells) in rows[first + 1..].iter_mut().take_while(|(row, _)| *row <= merge.last_row)
        {
            match cells.binary_search_by_key(&merge.first_column, |(c, _)| *c) {
                Ok(at) if cells[at].1.is_blank() => cells[at].1 = value.clone(),
                Ok(_) => {}
                Err(at) => cells.insert(at, (merge.first_column, value.clone())),
            }
        }
    }
}

struct Reading<'p> {
    pack: &'p Pack,
    file: &'p str,
    staged: StagedClosings,
    /// Place, period and ledger (empty: all) signed before, with sheet and row.
    seen: HashMap<(String, Period, String), (String, u32)>,
    /// Heads of the sheet that came nearest.
    found: Vec<String>,
    read: usize,
}

/// The columns of a sheet of signatures.
struct Form<'p> {
    yearly: bool,
    /// Column of the village, or of the ledger in the yearly sheet.
    subject: Head,
    period: Head,
    signer: Head,
    signed_on: Head,
    ledgers: Vec<(Head, &'p Ledger)>,
    /// Place that a yearly sheet is signed for.
    township: Option<String>,
    year: Option<i16>,
    bottom: u32,
}

impl<'p> Reading<'p> {
    fn sheet(&mut self, start: &SheetStart, rows: &[KeptRow]) -> Result<(), SheetError> {
        let spans = spans(&start.merges, HEAD_ROWS);
        let candidates = rows.iter().take_while(|(row, _)| *row < HEAD_ROWS);
        let mut form = None;
        for (row, _) in candidates {
            let heads = compose(rows, &spans, *row, *row);
            form = self.bind(&heads, *row);
            if form.is_some() {
                break;
            }
            if heads.len() > self.found.len() {
                self.found = heads.iter().map(Head::show).collect();
            }
        }
        let Some(mut form) = form else {
            let message = "不是月结(零报告)签字表,未读取".to_owned();
            self.note(&start.name, None, Weight::Plain, message);
            return Ok(());
        };
        self.read += 1;
        let above: Vec<&str> = rows
            .iter()
            .take_while(|(row, _)| *row < form.bottom)
            .flat_map(|(_, cells)| cells.iter().filter_map(|(_, v)| v.text()))
            .chain([start.name.as_str(), stem(self.file)])
            .collect();
        form.year = above.iter().find_map(|text| year_in(text));
        if form.yearly {
            form.township = Some(self.township(&start.name, &above)?);
        }
        self.check_ledgers(&start.name, &form);
        let kinds: Vec<String> = Vec::new();
        let mut places = Places::of_kinds(self.pack, &kinds, None);
        for (row, cells) in rows.iter().filter(|(row, _)| *row > form.bottom) {
            let mut line = Line { reading: self, form: &form, start, row: *row, cells };
            line.read(&mut places);
        }
        Ok(())
    }

    fn bind(&self, heads: &[Head], bottom: u32) -> Option<Form<'p>> {
        let find = |names: &[&str]| {
            let keys: Vec<String> = names.iter().map(|n| key(n)).collect();
            keys.iter().find_map(|k| heads.iter().find(|h| h.keys.contains(k))).cloned()
        };
        let (signer, signed_on) = (find(&SIGNER)?, find(&SIGNED_ON)?);
        let form = |yearly, subject, period, ledgers| Form {
            yearly,
            subject,
            period,
            signer: signer.clone(),
            signed_on: signed_on.clone(),
            ledgers,
            township: None,
            year: None,
            bottom,
        };
        if let (Some(ledger), Some(year)) = (find(&LEDGER), find(&YEAR)) {
            return Some(form(true, ledger, year, Vec::new()));
        }
        let (village, month) = (find(&VILLAGE_HEADS)?, find(&MONTH)?);
        let ledgers = heads.iter().filter_map(|head| {
            let ledger = self
                .pack
                .ledgers
                .values()
                .find(|l| head.keys.iter().any(|k| names(l).contains(k)))?;
            Some((head.clone(), ledger))
        });
        Some(form(false, village, month, ledgers.collect()))
    }

    /// The township that a yearly sheet is signed for.
    fn township(&self, sheet: &str, above: &[&str]) -> Result<String, SheetError> {
        let kinds = ["township".to_owned()];
        let places = Places::of_kinds(self.pack, &kinds, None);
        let mut townships = self.pack.places.iter().filter(|p| kinds.contains(&p.kind));
        if let (Some(only), None) = (townships.next(), townships.next()) {
            return Ok(only.code.clone());
        }
        above
            .iter()
            .find_map(|text| places.mentioned(text))
            .ok_or_else(|| SheetError::NoPlace { sheet: sheet.to_owned(), kinds: places.kinds() })
    }

    fn check_ledgers(&mut self, sheet: &str, form: &Form<'p>) {
        for (head, ledger) in &form.ledgers {
            if let Some(message) = misplaced(ledger, CloseEvery::Month) {
                self.staged.problems.push(Problem {
                    sheet: sheet.to_owned(),
                    cell: cell_name(form.bottom, head.column),
                    row: form.bottom + 1,
                    head: head.show(),
                    value: head.show(),
                    expected: "按月结账的台账".to_owned(),
                    message,
                });
            }
        }
    }

    fn note(&mut self, sheet: &str, cell: Option<String>, weight: Weight, message: String) {
        self.staged.notes.push(Note { weight, sheet: sheet.to_owned(), cell, message });
    }
}

/// Names of a ledger in a head or cell.
fn names(ledger: &Ledger) -> Vec<String> {
    let label = key(&ledger.label);
    let short = label.strip_suffix("台账").filter(|s| !s.is_empty()).map(str::to_owned);
    [Some(label), short, Some(key(&ledger.id))].into_iter().flatten().collect()
}

/// Why a ledger cannot be closed here.
fn misplaced(ledger: &Ledger, every: CloseEvery) -> Option<String> {
    match ledger.close {
        Some(close) if close == every => None,
        Some(CloseEvery::Month) => Some(format!("“{}”按月结账,请在月结签字表里签字", ledger.label)),
        Some(CloseEvery::Year) => Some(format!("“{}”按年结账,不在月结签字表里签字", ledger.label)),
        None if ledger.parent.is_some() => {
            Some(format!("“{}”随上级台账结账,不单独签字", ledger.label))
        }
        None => Some(format!("“{}”不需要结账", ledger.label)),
    }
}
