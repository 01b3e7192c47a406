//! One row of a sheet of signatures.

use figure::Period;
use pack::{CloseEvery, Field, FieldType, Private, Scalar};

use super::words::{is_nil, month, year_or_part};
use super::{Form, Reading, misplaced, names};
use crate::cells::{Bad, Column, expected};
use crate::heads::{Head, key, nearest};
use crate::places::Places;
use crate::source::{SheetStart, Value};
use crate::staged::{Problem, SignedLedger, StagedClosing, Weight, cell_name};

/// One row of signatures.
pub(super) struct Line<'l, 'p> {
    pub(super) reading: &'l mut Reading<'p>,
    pub(super) form: &'l Form<'p>,
    pub(super) start: &'l SheetStart,
    pub(super) row: u32,
    pub(super) cells: &'l [(u32, Value<'static>)],
}

impl<'l> Line<'l, '_> {
    /// Reads the row: a closing, problems, or a note that nobody signed it.
    pub(super) fn read(&mut self, places: &mut Places<'_>) {
        if self.cells.iter().all(|(_, v)| v.is_blank()) || self.value(&self.form.subject).is_none()
        {
            return;
        }
        let (signer, signed_on) = (self.value(&self.form.signer), self.value(&self.form.signed_on));
        if signer.is_none() && signed_on.is_none() {
            let message = format!("第 {} 行没有签字,不算结账", self.row + 1);
            let sheet = self.start.name.clone();
            self.reading.note(&sheet, None, Weight::Plain, message);
            return;
        }
        let before = self.reading.staged.problems.len();
        let subject = if self.form.yearly { self.ledger() } else { self.village(places) };
        let period = self.period();
        let signer = self.typed(&self.form.signer, FieldType::PersonName, "没有签字人");
        let signed_on = self.typed(&self.form.signed_on, FieldType::Date, "没有签字日期");
        let ledgers = self.ledgers();
        if self.reading.staged.problems.len() > before {
            return;
        }
        let (Some((place, mut named)), Some(period), Some(signer), Some(signed_on)) =
            (subject, period, signer, signed_on)
        else {
            return;
        };
        let Ok(signed_on) = signed_on.parse() else { return };
        named.extend(ledgers);
        if self.repeated(&place, period, &named) {
            return;
        }
        self.reading.staged.rows.push(StagedClosing {
            sheet: self.start.name.clone(),
            row: self.row + 1,
            place,
            period,
            ledgers: named,
            signer,
            signed_on,
        });
    }

    fn value(&self, head: &Head) -> Option<&'l Value<'static>> {
        self.cells.iter().find(|(c, v)| *c == head.column && !v.is_blank()).map(|(_, v)| v)
    }

    fn problem(&mut self, head: &Head, expected: &str, message: String) {
        let value = self.value(head).map_or_else(String::new, Value::show);
        self.reading.staged.problems.push(Problem {
            sheet: self.start.name.clone(),
            cell: cell_name(self.row, head.column),
            row: self.row + 1,
            head: head.show(),
            value,
            expected: expected.to_owned(),
            message,
        });
    }

    fn village(&mut self, places: &mut Places<'_>) -> Option<(String, Vec<SignedLedger>)> {
        let form = self.form;
        let name = self.value(&form.subject)?.show();
        match places.find(name.trim()) {
            Ok(code) => Some((code, Vec::new())),
            Err(error) => {
                self.problem(&form.subject, &error.expected, error.message);
                None
            }
        }
    }

    fn ledger(&mut self) -> Option<(String, Vec<SignedLedger>)> {
        let form = self.form;
        let name = self.value(&form.subject)?.show();
        let wanted = key(&name);
        let pack = self.reading.pack;
        let Some(ledger) = pack.ledgers.values().find(|l| names(l).contains(&wanted)) else {
            let labels = pack.ledgers.values().map(|l| l.label.as_str());
            let hint =
                nearest(&name, labels).map_or_else(String::new, |n| format!(";是不是“{n}”?"));
            self.problem(&form.subject, "台账的名称", format!("没有台账“{name}”{hint}"));
            return None;
        };
        if let Some(message) = misplaced(ledger, CloseEvery::Year) {
            self.problem(&form.subject, "按年结账的台账", message);
            return None;
        }
        let signed = SignedLedger { ledger: ledger.id.clone(), nil: None };
        Some((form.township.clone()?, vec![signed]))
    }

    fn period(&mut self) -> Option<Period> {
        let form = self.form;
        let read = self.value(&form.period).and_then(|value| {
            if form.yearly {
                year_or_part(value, form.year)
            } else {
                month(value, form.year, self.start.from_1904)
            }
        });
        if read.is_none() {
            let (expected, message) = match (form.yearly, self.value(&form.period).is_none()) {
                (true, true) => ("年度,如 2023年", "没有写明年度"),
                (true, false) => (
                    "年度,或一年里的整月,如 2023年、2024年上半年;只写“上半年”时,标题或表名里要有年份",
                    "看不出是哪一年、哪几个月",
                ),
                (false, true) => ("月份,如 2023年1月", "没有写明月份"),
                (false, false) => {
                    ("月份,如 2023年1月;只写“1月”时,标题或表名里要有年份", "看不出是哪年哪月")
                }
            };
            self.problem(&form.period, expected, message.to_owned());
        }
        read
    }

    /// A cell as the text of a type.
    fn typed(&mut self, head: &Head, ty: FieldType, missing: &str) -> Option<String> {
        let field = Field {
            id: String::new(),
            label: head.show(),
            aliases: Vec::new(),
            ty,
            required: true,
            dated: false,
            private: Private::No,
            note: None,
            derived: false,
        };
        let mut column = Column::new(head.column, head.show(), 0, &field, None);
        let read = match self.value(head) {
            Some(value) => column.read(self.reading.pack, value, false, self.start.from_1904),
            None => Ok(None),
        };
        match read {
            Ok(Some(Scalar::Text(text))) => Some(text),
            Ok(_) => {
                self.problem(head, &expected(&field), missing.to_owned());
                None
            }
            Err(Bad { message, expected }) => {
                self.problem(head, &expected, message);
                None
            }
        }
    }

    fn ledgers(&mut self) -> Vec<SignedLedger> {
        let form = self.form;
        let mut signed = Vec::new();
        for (head, ledger) in &form.ledgers {
            match self.value(head).map(|v| is_nil(&v.show())) {
                Some(Some(nil)) => {
                    signed.push(SignedLedger { ledger: ledger.id.clone(), nil: Some(nil) })
                }
                // A blank may mean none or forgotten; only a word closes a month.
                _ => self.problem(head, "有或无", "没有写明有还是无".to_owned()),
            }
        }
        signed
    }

    fn repeated(&mut self, place: &str, period: Period, ledgers: &[SignedLedger]) -> bool {
        let names = if ledgers.is_empty() {
            vec![String::new()]
        } else {
            ledgers.iter().map(|l| l.ledger.clone()).collect()
        };
        let here = (self.start.name.clone(), self.row + 1);
        for ledger in names {
            let entry = (place.to_owned(), period, ledger);
            if let Some((sheet, row)) = self.reading.seen.get(&entry) {
                let message = format!("{}已在工作表“{sheet}”第 {row} 行签过字", period.describe());
                let head = self.form.period.clone();
                self.problem(&head, "每个月只签一次", message);
                return true;
            }
            self.reading.seen.insert(entry, here.clone());
        }
        false
    }
}
