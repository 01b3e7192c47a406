//! Formulas over indicators, and the relations that must hold among them.

use figure::{Decimal, Unit};
use indexmap::IndexMap;
use sqlparser::ast::{BinaryOperator, Expr as Sql, UnaryOperator, Value as Literal};

use crate::diagnostic::{Sink, Spot};
use crate::expression::{Broken, comparison, parse};
use crate::{Comparison, Formula, FormulaOperator};

/// The indicators that a formula may name, with their units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'s> {
    pub(crate) units: &'s IndexMap<String, Unit>,
    pub(crate) broken: &'s Broken,
}

/// A formula with its unit; a plain number has none.
pub(crate) type Typed = (Formula, Option<Unit>);

/// Reads a formula. `None` if something was wrong and has been reported.
pub(crate) fn formula(known: Known<'_>, sink: &mut Sink, spot: &Spot, text: &str) -> Option<Typed> {
    let sql = parse(sink, spot, text)?;
    Reader { known, sink, spot }.formula(&sql)
}

/// Reads `FORMULA operator FORMULA`.
pub(crate) fn holds(
    known: Known<'_>,
    sink: &mut Sink,
    spot: &Spot,
    text: &str,
) -> Option<(Formula, Comparison, Formula)> {
    let sql = parse(sink, spot, text)?;
    let (left, operator, right) = match &sql {
        Sql::BinaryOp { left, op, right } => match comparison(op) {
            Some(operator) if operator != Comparison::NotEqual => (left, operator, right),
            _ => return not_a_relation(sink, spot, text),
        },
        _ => return not_a_relation(sink, spot, text),
    };
    let mut reader = Reader { known, sink, spot };
    let (a, b) = (reader.formula(left), reader.formula(right));
    let ((a, u), (b, v)) = (a?, b?);
    match (u, v) {
        (None, None) => {
            let message = format!("“{text}”两边都没有指标");
            reader.sink.expect(spot, message, "至少一边有指标");
            None
        }
        (Some(u), Some(v)) if !u.is_alike(v) => {
            let message = format!("左边的单位是“{u}”,右边的单位是“{v}”,不能比较");
            reader.sink.expect(spot, message, "两边是同一类单位");
            None
        }
        _ => Some((a, operator, b)),
    }
}

fn not_a_relation<T>(sink: &mut Sink, spot: &Spot, text: &str) -> Option<T> {
    sink.expect(spot, format!("“{text}”不是一个等式或不等式"), "左边 = 右边(或 <=、>=、<、>)");
    None
}

struct Reader<'s, 'c> {
    known: Known<'s>,
    sink: &'c mut Sink,
    spot: &'c Spot,
}

impl Reader<'_, '_> {
    fn formula(&mut self, sql: &Sql) -> Option<Typed> {
        match sql {
            Sql::Nested(inner) => self.formula(inner),
            Sql::Identifier(word) => self.indicator(&word.value),
            Sql::Value(value) => match &value.value {
                Literal::Number(text, _) if Decimal::from_str_exact(text).is_ok() => {
                    Some((Formula::Number(Decimal::from_str_exact(text).ok()?), None))
                }
                _ => self.outside(sql),
            },
            Sql::UnaryOp { op: UnaryOperator::Minus, expr } => {
                let (inner, unit) = self.formula(expr)?;
                let negated = match inner {
                    Formula::Number(number) => Formula::Number(-number),
                    other => {
                        binary(FormulaOperator::Multiply, Formula::Number(-Decimal::ONE), other)
                    }
                };
                Some((negated, unit))
            }
            Sql::BinaryOp { left, op, right } => {
                let operator = match op {
                    BinaryOperator::Plus => FormulaOperator::Add,
                    BinaryOperator::Minus => FormulaOperator::Subtract,
                    BinaryOperator::Multiply => FormulaOperator::Multiply,
                    BinaryOperator::Divide => FormulaOperator::Divide,
                    _ => return self.outside(sql),
                };
                let (a, b) = (self.formula(left), self.formula(right));
                let ((a, u), (b, v)) = (a?, b?);
                let unit = self.unit(operator, u, v, sql)?;
                if operator == FormulaOperator::Divide
                    && matches!(&b, Formula::Number(n) if n.is_zero())
                {
                    self.sink.say(self.spot, format!("“{sql}”除以零"));
                    return None;
                }
                Some((binary(operator, a, b), unit))
            }
            _ => self.outside(sql),
        }
    }

    fn indicator(&mut self, id: &str) -> Option<Typed> {
        if let Some(unit) = self.known.units.get(id) {
            return Some((Formula::Indicator(id.to_owned()), Some(*unit)));
        }
        if !self.known.broken.indicators.contains(id) {
            self.sink.unknown(self.spot, "指标", id, self.known.units.keys().map(String::as_str));
        }
        None
    }

    /// The unit of a result; outer `None` if the two do not go together.
    fn unit(
        &mut self,
        operator: FormulaOperator,
        a: Option<Unit>,
        b: Option<Unit>,
        sql: &Sql,
    ) -> Option<Option<Unit>> {
        let (message, expected) = match (operator, a, b) {
            (FormulaOperator::Add | FormulaOperator::Subtract, Some(a), Some(b))
                if !a.is_alike(b) =>
            {
                (format!("“{sql}”一边的单位是“{a}”,另一边是“{b}”,不能相加减"), "同一类单位")
            }
            (FormulaOperator::Add | FormulaOperator::Subtract, Some(_), None)
            | (FormulaOperator::Add | FormulaOperator::Subtract, None, Some(_)) => {
                (format!("“{sql}”把有单位的指标和没有单位的数相加减"), "两边都是指标")
            }
            (FormulaOperator::Multiply, Some(_), Some(_)) => {
                (format!("“{sql}”把两个指标相乘"), "指标乘以数")
            }
            (FormulaOperator::Divide, _, Some(_)) => {
                (format!("“{sql}”除以指标"), "用 ratio = { of = \"…\", to = \"…\" } 另建一个指标")
            }
            (_, a, b) => return Some(a.or(b)),
        };
        self.sink.expect(self.spot, message, expected);
        None
    }

    fn outside(&mut self, sql: &Sql) -> Option<Typed> {
        self.sink.expect(
            self.spot,
            format!("公式里不支持“{sql}”"),
            "指标编号、数字、+ - * / 和括号",
        );
        None
    }
}

fn binary(operator: FormulaOperator, a: Formula, b: Formula) -> Formula {
    Formula::Binary(operator, Box::new(a), Box::new(b))
}
