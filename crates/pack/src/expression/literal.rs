//! Literals in the stored form of what they meet.

use figure::{Decimal, Period, decimal_text};

use super::check::Checker;
use super::operand::{Operand, Value};
use crate::cell::{iso_date, scaled};
use crate::diagnostic::{nearest, one_of};
use crate::{FieldType, Scalar, Type};

impl Checker<'_, '_> {
    /// The stored form of a literal that meets `value`. `None` if it is no
    /// literal of that type, which has been reported.
    pub(super) fn literal(&mut self, value: &Value<'_>, literal: &Operand<'_>) -> Option<Scalar> {
        match (&value.ty, literal) {
            (Type::Number { scale, .. }, Operand::Number(number)) => {
                self.number(value, *number, *scale)
            }
            (Type::Boolean, Operand::Flag(flag)) => Some(Scalar::Integer(i64::from(*flag))),
            (Type::Date, Operand::Text(text)) => {
                if iso_date(text).is_none() {
                    self.sink.expect(
                        self.spot,
                        format!("'{text}' 不是日期"),
                        "形如 '2023-04-05' 的日期",
                    );
                    return None;
                }
                Some(Scalar::Text(text.clone()))
            }
            (Type::Text, Operand::Text(text)) => self.text(value, text),
            (Type::Choice { ids }, Operand::Text(text)) => {
                let labels = match value.field.map(|field| &field.ty) {
                    Some(FieldType::Choice { values }) => {
                        values.iter().map(|(id, label)| (id.as_str(), label.as_str())).collect()
                    }
                    _ => ids.iter().map(|id| (id.as_str(), "")).collect::<Vec<_>>(),
                };
                self.member("选项", text, &labels)
            }
            (Type::Code { list }, Operand::Text(text)) => {
                let list = self.scope.schema.codes.get(list)?;
                let labels: Vec<_> =
                    list.codes.iter().map(|c| (c.code.as_str(), c.label.as_str())).collect();
                self.member(&format!("代码({})", list.id), text, &labels)
            }
            (Type::Place, Operand::Text(text)) => {
                let labels: Vec<_> = self
                    .scope
                    .schema
                    .places
                    .iter()
                    .map(|p| (p.code.as_str(), p.label.as_str()))
                    .collect();
                self.member("地方编码", text, &labels)
            }
            (Type::Org, Operand::Text(text)) => {
                let labels: Vec<_> = self
                    .scope
                    .schema
                    .orgs
                    .iter()
                    .map(|o| (o.id.as_str(), o.label.as_str()))
                    .collect();
                self.member("单位", text, &labels)
            }
            (Type::Record { ledger }, _) => {
                let message = format!(
                    "“{}”是对台账 {ledger} 的引用,不能与{}比较",
                    value.name,
                    literal.describe()
                );
                self.sink.expect(self.spot, message, format!("它的字段,如 {}.字段", value.name));
                None
            }
            _ => {
                self.mismatch(value, literal);
                None
            }
        }
    }

    fn number(&mut self, value: &Value<'_>, number: Decimal, scale: u32) -> Option<Scalar> {
        let digits = number.normalize().scale();
        if digits > scale {
            let message = format!(
                "{} 有 {digits} 位小数,而“{}”只存 {scale} 位",
                decimal_text(number),
                value.name
            );
            self.sink.expect(self.spot, message, format!("至多 {scale} 位小数"));
            return None;
        }
        let stored = scaled(number, scale);
        if stored.is_none() {
            self.sink.say(self.spot, format!("{} 太大", decimal_text(number)));
        }
        stored.map(Scalar::Integer)
    }

    /// A literal that meets a text; some texts have a form of their own.
    fn text(&mut self, value: &Value<'_>, text: &str) -> Option<Scalar> {
        match value.field.map(|field| &field.ty) {
            Some(FieldType::Period) => {
                let period = Period::parse(text);
                if let Err(error) = &period {
                    self.sink.say(self.spot, error.to_string());
                }
                period.ok().map(|period| Scalar::Text(period.code()))
            }
            Some(FieldType::MultiChoice { values }) => {
                let labels: Vec<_> =
                    values.iter().map(|(id, label)| (id.as_str(), label.as_str())).collect();
                let mut chosen = Vec::new();
                for part in text.split('|') {
                    self.member("选项", part, &labels)?;
                    chosen.push(part);
                }
                chosen.sort_by_key(|id| values.get_index_of(*id));
                Some(Scalar::Text(chosen.join("|")))
            }
            Some(FieldType::Timestamp) if text.get(..10).and_then(iso_date).is_none() => {
                self.sink.expect(
                    self.spot,
                    format!("'{text}' 不是时刻"),
                    "形如 '2023-04-05T09:30' 的时刻",
                );
                None
            }
            _ => Some(Scalar::Text(text.to_owned())),
        }
    }

    /// A literal that must be one of some ids, each with its label.
    fn member(&mut self, what: &str, text: &str, known: &[(&str, &str)]) -> Option<Scalar> {
        if known.iter().any(|(id, _)| *id == text) {
            return Some(Scalar::Text(text.to_owned()));
        }
        // An author who wrote the label meant its id.
        let by_label = known.iter().find(|(_, label)| *label == text).map(|(id, _)| *id);
        let ids: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
        let near = by_label.or_else(|| nearest(text, ids.iter().copied())).map(str::to_owned);
        let expected =
            if ids.is_empty() { "先定义后才能引用".to_owned() } else { one_of(&ids) };
        self.sink.suggest(self.spot, format!("不认识的{what}“{text}”"), expected, near);
        None
    }

    /// Reports two sides that can never be equal.
    pub(super) fn mismatch(&mut self, value: &Value<'_>, other: &Operand<'_>) {
        let expected = match &value.ty {
            Type::Boolean => "true 或 false",
            Type::Number { .. } => "数字",
            Type::Date => "日期,如 '2023-04-05'、:from 或 :to",
            Type::Choice { .. } => "选项的编号,加单引号",
            Type::Code { .. } => "代码,加单引号",
            Type::Place => "地方的编码,加单引号",
            Type::Org => "单位的编号,加单引号",
            Type::Text => "文字,加单引号",
            Type::Record { .. } => "同一台账的记录",
        };
        let message = format!("{}“{}”不能与{}比较", value.kind(), value.name, other.describe());
        self.sink.expect(self.spot, message, expected);
    }
}
