//! One cell to the stored value of its field.

use std::collections::HashMap;

use calamine::{ExcelDateTime, ExcelDateTimeType};
use figure::{Date, Decimal, Period, Quantity, Step, Unit, decimal_text};
use pack::{Field, FieldType, Pack, Scalar, read_cell};

use crate::number::{self, Misfit};
use crate::source::Value;

/// Longest text, in bytes, that any field but one of free text takes. Longer ones
/// would be repeated in messages and compared with every choice.
const LONGEST: usize = 2000;

/// A column that is read into a field.
pub(crate) struct Column<'p> {
    /// Column, counted from 0.
    pub(crate) index: u32,
    /// Head, for messages.
    pub(crate) head: String,
    /// Place of the field in the ledger.
    pub(crate) slot: usize,
    pub(crate) field: &'p Field,
    /// Unit the numbers are written in, if it is not the field's.
    pub(crate) unit: Option<Unit>,
    /// Power of ten between the two units, if that is all there is between them.
    shift: Option<i32>,
    /// Texts read before, for fields whose values repeat.
    known: Option<HashMap<String, Option<Scalar>>>,
    /// Cells that hold a day without the format of one.
    pub(crate) bare_days: u32,
    /// Cells of a date field that hold a time of day as well.
    pub(crate) dropped_times: u32,
}

/// Why a cell is no value of its field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bad {
    pub(crate) message: String,
    pub(crate) expected: String,
}

impl<'p> Column<'p> {
    pub(crate) fn new(
        index: u32,
        head: String,
        slot: usize,
        field: &'p Field,
        unit: Option<Unit>,
    ) -> Column<'p> {
        let repeats = matches!(
            field.ty,
            FieldType::Code { .. }
                | FieldType::Boolean
                | FieldType::Choice { .. }
                | FieldType::MultiChoice { .. }
                | FieldType::Place
                | FieldType::Org
        );
        let mut column = Column {
            index,
            head,
            slot,
            field,
            unit: None,
            shift: Some(0),
            known: repeats.then(HashMap::new),
            bare_days: 0,
            dropped_times: 0,
        };
        column.set_unit(unit);
        column
    }

    /// Sets the unit that the numbers of the column are written in.
    pub(crate) fn set_unit(&mut self, unit: Option<Unit>) {
        let own = self.field.ty.unit();
        self.unit = unit.filter(|unit| own != Some(*unit));
        self.shift = match (self.unit, own) {
            (Some(unit), Some(own)) => (0..=12).find_map(|power| {
                let factor = Decimal::from(10_i64.pow(power));
                let power = i32::try_from(power).ok()?;
                if Some(unit.ratio()) == own.ratio().checked_mul(factor) {
                    Some(power)
                } else if unit.ratio().checked_mul(factor) == Some(own.ratio()) {
                    Some(-power)
                } else {
                    None
                }
            }),
            _ => Some(0),
        };
    }

    /// The value of a cell; `None` if it is empty. `percent`: the cell shows a
    /// share of one as a percentage.
    pub(crate) fn read(
        &mut self,
        pack: &Pack,
        value: &Value<'_>,
        percent: bool,
        from_1904: bool,
    ) -> Result<Option<Scalar>, Bad> {
        match value {
            Value::Empty => Ok(None),
            Value::Text(text) => self.read_text(pack, text),
            Value::Number(number) => self.read_number(pack, *number, percent, from_1904),
            Value::Moment(moment) => self.read_moment(pack, moment, from_1904),
            Value::Truth(truth) => match self.field.ty {
                FieldType::Boolean => Ok(Some(Scalar::Integer(i64::from(*truth)))),
                _ => self.read_text(pack, if *truth { "是" } else { "否" }),
            },
            Value::Fault(fault) => {
                Err(self.bad(format!("单元格的公式出错({fault});请改正公式或改填数值")))
            }
            Value::NoResult => Err(self.bad(
                "单元格是公式,文件里没有保存计算结果;请用 Excel 或 WPS 打开、重算并保存后再导入"
                    .to_owned(),
            )),
        }
    }

    fn bad(&self, message: String) -> Bad {
        Bad { message, expected: expected(self.field) }
    }

    fn read_text(&mut self, pack: &Pack, text: &str) -> Result<Option<Scalar>, Bad> {
        if let Some(known) = self.known.as_ref().and_then(|known| known.get(text)) {
            return Ok(known.clone());
        }
        let free = matches!(self.field.ty, FieldType::Text | FieldType::File);
        if !free && text.len() > LONGEST {
            return Err(
                self.bad(format!("文字长达 {} 个字符,不是这一列的内容", text.chars().count()))
            );
        }
        if is_digits(&self.field.ty) && is_scientific(text) {
            return Err(self.bad(format!(
                "“{text}”被表格软件写成了科学计数,数字已经丢失;请把该列设为文本格式后重新录入"
            )));
        }
        let result = match self.unit {
            // A unit in the cell itself is nearer to the number than the column's.
            Some(unit)
                if text
                    .trim_end()
                    .ends_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) =>
            {
                read_cell(self.field, pack, &format!("{}{unit}", text.trim()))
            }
            _ => read_cell(self.field, pack, text),
        };
        let read = result.map_err(|e| Bad { message: e.message, expected: e.expected })?;
        if let Some(known) = &mut self.known
            && known.len() < 1024
        {
            known.insert(text.to_owned(), read.clone());
        }
        Ok(read)
    }

    fn read_number(
        &mut self,
        pack: &Pack,
        number: f64,
        percent: bool,
        from_1904: bool,
    ) -> Result<Option<Scalar>, Bad> {
        match self.field.ty {
            FieldType::Integer
            | FieldType::Decimal { .. }
            | FieldType::Quantity { .. }
            | FieldType::Money => {
                self.read_amount(number, percent).map(|n| Some(Scalar::Integer(n)))
            }
            FieldType::Date | FieldType::Timestamp | FieldType::Period => {
                match number::serial_day(number) {
                    Some(day) => {
                        self.bare_days += 1;
                        let moment = ExcelDateTime::new(
                            f64::from(day),
                            ExcelDateTimeType::DateTime,
                            from_1904,
                        );
                        self.read_moment(pack, &moment, from_1904)
                    }
                    None => self.read_text(pack, &number.to_string()),
                }
            }
            _ => match number::digits(number) {
                Some(digits) => self.read_text(pack, &digits),
                None => Err(self.bad(
                    "超过 15 位的号码被存成了数字,末尾几位已经丢失;请把该列设为文本格式后重新录入"
                        .to_owned(),
                )),
            },
        }
    }

    fn read_amount(&self, number: f64, percent: bool) -> Result<i64, Bad> {
        let scale = self.field.ty.scale();
        let shift = if percent && self.field.ty.unit() == Some(Unit::percent()) {
            Some(2)
        } else {
            self.shift
        };
        let places =
            shift.and_then(|shift| u32::try_from(i64::from(scale) + i64::from(shift)).ok());
        let misfit = match places {
            Some(places) => match number::scaled(number, places) {
                Ok(scaled) => return Ok(scaled),
                Err(misfit) => misfit,
            },
            None => match self.convert(number, scale) {
                Ok(scaled) => return Ok(scaled),
                Err(misfit) => misfit,
            },
        };
        let message = match (misfit, self.field.ty.unit(), self.unit) {
            (Misfit::TooBig, _, _) => format!("“{number}”太大"),
            (Misfit::TooFine, Some(own), Some(unit)) => {
                format!("“{number}”{unit}换算成{own}后小数位超过 {scale} 位")
            }
            (Misfit::TooFine, _, _) if scale == 0 => format!("“{number}”不是整数"),
            (Misfit::TooFine, _, _) => format!("“{number}”的小数位超过 {scale} 位"),
        };
        Err(self.bad(message))
    }

    /// Conversion by more than a power of ten, or to a larger unit.
    fn convert(&self, number: f64, scale: u32) -> Result<i64, Misfit> {
        let (Some(unit), Some(own)) = (self.unit, self.field.ty.unit()) else {
            return Err(Misfit::TooFine);
        };
        let value = number::decimal(number).ok_or(Misfit::TooBig)?;
        let converted = Quantity::new(value, unit).to(own).map_err(|_| Misfit::TooBig)?;
        // A quotient that is no finite decimal does not come back.
        if converted.to(unit).map_err(|_| Misfit::TooBig)?.value != value.normalize() {
            return Err(Misfit::TooFine);
        }
        let text = decimal_text(converted.value);
        let fraction = text.split_once('.').map_or(0, |(_, f)| f.len());
        let missing = (scale as usize).checked_sub(fraction).ok_or(Misfit::TooFine)?;
        let digits = text.replace('.', "") + &"0".repeat(missing);
        digits.parse().map_err(|_| Misfit::TooBig)
    }

    fn read_moment(
        &mut self,
        pack: &Pack,
        moment: &ExcelDateTime,
        from_1904: bool,
    ) -> Result<Option<Scalar>, Bad> {
        let Some((date, minutes)) = civil(moment, from_1904) else {
            return Err(self.bad(format!("“{}”不是日期", moment.as_f64())));
        };
        let text = match self.field.ty {
            FieldType::Date => {
                self.dropped_times += u32::from(minutes > 0);
                date.to_string()
            }
            FieldType::Timestamp => format!("{date}T{:02}:{:02}", minutes / 60, minutes % 60),
            // Spreadsheet programs turn 2023年4月 into its first day.
            FieldType::Period if date.day() == 1 => Period::around(date, Step::Month).code(),
            FieldType::Period => Period::day(date).code(),
            FieldType::Integer
            | FieldType::Decimal { .. }
            | FieldType::Quantity { .. }
            | FieldType::Money => {
                return Err(self.bad(format!(
                    "单元格是日期格式({date}),不是数字;请把该列设为常规格式后核对数值"
                )));
            }
            _ if minutes > 0 => format!("{date} {:02}:{:02}", minutes / 60, minutes % 60),
            _ => return self.read_text(pack, &date.to_string()),
        };
        if matches!(self.field.ty, FieldType::Date | FieldType::Timestamp | FieldType::Period) {
            return Ok(Some(Scalar::Text(text)));
        }
        self.read_text(pack, &text)
    }
}

/// Types whose values are digits that a spreadsheet program must not take for numbers.
pub(crate) fn is_digits(ty: &FieldType) -> bool {
    matches!(
        ty,
        FieldType::IdNumber
            | FieldType::Phone
            | FieldType::CreditCode
            | FieldType::Code { .. }
            | FieldType::Text
            | FieldType::Place
            | FieldType::Record { .. }
    )
}

/// `1.38E+10`, as spreadsheet programs write long numbers into csv files.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, power)) = text.trim().split_once("E+") else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(power) && whole.len() == 1 && digits(whole) && digits(fraction)
}

/// Day and minutes of a date cell. `None` for a span of time and for days that
/// no calendar has (spreadsheets count a 29 February 1900).
pub(crate) fn civil(moment: &ExcelDateTime, from_1904: bool) -> Option<(Date, u32)> {
    if moment.is_duration() {
        return None;
    }
    let seconds = number::seconds(moment.as_f64())?;
    let days = f64::from(i32::try_from(seconds / 86_400).ok()?);
    let (y, m, d, ..) =
        ExcelDateTime::new(days, ExcelDateTimeType::DateTime, from_1904).to_ymd_hms_milli();
    let date =
        Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()?;
    Some((date, u32::try_from(seconds % 86_400 / 60).ok()?))
}

/// What a field takes, in words.
pub fn expected(field: &Field) -> String {
    let list = |labels: Vec<&str>| labels.join("、");
    match &field.ty {
        FieldType::Text | FieldType::File => "文字".to_owned(),
        FieldType::Code { .. } => "代码或其名称".to_owned(),
        FieldType::Boolean => "是或否".to_owned(),
        FieldType::Integer => "整数".to_owned(),
        FieldType::Decimal { scale } => format!("最多 {scale} 位小数的数字"),
        FieldType::Quantity { unit, scale: 0 } => format!("以{unit}为单位的整数"),
        FieldType::Quantity { unit, scale } => format!("以{unit}为单位、最多 {scale} 位小数的数字"),
        FieldType::Money => "以元为单位、最多 2 位小数的数字".to_owned(),
        FieldType::Date => "日期,如 2023-04-05".to_owned(),
        FieldType::Timestamp => "日期和时刻,如 2023-04-05 09:30".to_owned(),
        FieldType::Period => "期间,如 2023、2023-04、2023Q1".to_owned(),
        FieldType::Choice { values } => list(values.values().map(String::as_str).collect()),
        FieldType::MultiChoice { values } => {
            format!("{}(可选多项,用、隔开)", list(values.values().map(String::as_str).collect()))
        }
        FieldType::Place => "地方的名称或编码".to_owned(),
        FieldType::Org => "单位名称".to_owned(),
        FieldType::Record { .. } => "对应记录的编号".to_owned(),
        FieldType::PersonName => "姓名".to_owned(),
        FieldType::IdNumber => "18 位公民身份号码".to_owned(),
        FieldType::Phone => "电话号码".to_owned(),
        FieldType::CreditCode => "18 位统一社会信用代码".to_owned(),
        FieldType::GeoPoint => "经度,纬度".to_owned(),
    }
}
