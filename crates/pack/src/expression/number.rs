//! Numbers of different scale and unit, brought to one.

use figure::{Decimal, Unit};

use super::check::Checker;
use super::operand::{Operand, Value};
use crate::{Arithmetic, Expr, Scalar, Type};

/// How the integer that a number expression yields is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberType {
    /// Digits after the point of the scaled integer.
    pub scale: u32,
    /// Unit of the number, if it has one.
    pub unit: Option<Unit>,
}

/// Scale and unit of a number expression of a [`crate::Pack`]. `None` if it is
/// no number, or a literal or parameter alone, which take theirs from what they
/// meet.
///
/// The checker has brought both sides of every sum to one scale, so either side
/// tells; of a product the scales add up and at most one side has a unit.
pub fn number_type(expr: &Expr) -> Option<NumberType> {
    match expr {
        Expr::Column(column) => match column.ty {
            Type::Number { scale, unit } => Some(NumberType { scale, unit }),
            _ => None,
        },
        Expr::Rescale(inner, power) => {
            number_type(inner).map(|n| NumberType { scale: n.scale + power, ..n })
        }
        Expr::Coalesce(a, _) => number_type(a),
        Expr::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, a, b) => {
            match (number_type(a), number_type(b)) {
                (Some(a), Some(b)) => Some(if a.unit.is_some() { a } else { b }),
                (a, b) => a.or(b),
            }
        }
        Expr::Arithmetic(Arithmetic::Multiply, a, b) => match (number_type(a), number_type(b)) {
            (Some(a), Some(b)) => {
                Some(NumberType { scale: a.scale + b.scale, unit: a.unit.or(b.unit) })
            }
            (a, b) => a.or(b),
        },
        _ => None,
    }
}

/// Whether values of two units may be compared. A plain number is a count, so it
/// compares with everything that is counted.
pub(crate) fn fits(a: Option<Unit>, b: Option<Unit>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_alike(b),
        (Some(unit), None) | (None, Some(unit)) => unit.class().is_counted(),
        (None, None) => true,
    }
}

/// The power of ten that one unit is of another: 4 for 万元 and 元. `None` if
/// the ratio is no power of ten, as with 公顷 and 亩.
fn power_between(a: Option<Unit>, b: Option<Unit>) -> Option<i64> {
    let ratio = |unit: Option<Unit>| unit.map_or(Decimal::ONE, Unit::ratio);
    let quotient = ratio(a).checked_div(ratio(b))?.normalize();
    let zeros = quotient.mantissa().checked_ilog10()?;
    (quotient.mantissa() == 10_i128.pow(zeros))
        .then_some(i64::from(zeros) - i64::from(quotient.scale()))
}

fn unit_words(unit: Option<Unit>) -> String {
    unit.map_or_else(|| "没有单位".to_owned(), |unit| format!("单位是“{unit}”"))
}

impl<'s> Checker<'s, '_> {
    /// Brings two numbers to one scale, and returns their common type as seen
    /// from the first.
    pub(super) fn align(&mut self, a: Value<'s>, b: Value<'s>) -> Option<(Expr, Expr, NumberType)> {
        let (Type::Number { scale: s, unit: u }, Type::Number { scale: t, unit: v }) =
            (&a.ty, &b.ty)
        else {
            return None;
        };
        let power = self.power(&a.name, *u, &b.name, *v)?;
        // The integer of `a` counts steps of 10^(power - s), that of `b` of 10^-t.
        let lift = power - i64::from(*s) + i64::from(*t);
        let (up, down) = (u32::try_from(lift).unwrap_or(0), u32::try_from(-lift).unwrap_or(0));
        let number = if u.is_some() {
            NumberType { scale: s + up, unit: *u }
        } else {
            NumberType { scale: t + down, unit: *v }
        };
        Some((rescale(a.expr, up), rescale(b.expr, down), number))
    }

    /// Brings a number and a parameter to one scale.
    pub(super) fn align_parameter(
        &mut self,
        value: Value<'s>,
        parameter: &Operand<'s>,
    ) -> Option<(Expr, Expr, NumberType)> {
        let Operand::Parameter { id, unit, digits } = parameter else { return None };
        let Type::Number { scale, unit: own } = value.ty else {
            self.mismatch(&value, parameter);
            return None;
        };
        let power = self.power(id, *unit, &value.name, own)?;
        // The parameter is multiplied by 10^reach to count what the column counts.
        // A parameter with more digits than that lifts the column instead.
        let reach = i64::from(scale) + power;
        let needed = reach.max(i64::from(*digits));
        let lift = u32::try_from(needed - reach).ok()?;
        let parameter = Expr::Parameter { id: id.clone(), scale: u32::try_from(needed).ok()? };
        Some((rescale(value.expr, lift), parameter, NumberType { scale: scale + lift, unit: own }))
    }

    /// The power of ten between two units, or a report why they do not meet.
    fn power(&mut self, a: &str, u: Option<Unit>, b: &str, v: Option<Unit>) -> Option<i64> {
        if !fits(u, v) {
            let message = format!("“{a}”{},“{b}”{},不能相比或相加", unit_words(u), unit_words(v));
            self.sink.expect(self.spot, message, "同一类单位");
            return None;
        }
        let power = power_between(u, v);
        if power.is_none() {
            let message =
                format!("“{a}”{},“{b}”{},两者之比不是十的整数次幂", unit_words(u), unit_words(v));
            self.sink.expect(self.spot, message, "在台账里用同一个单位");
        }
        power
    }

    /// `a + b`, `a - b` or `a * b`.
    pub(super) fn arithmetic(
        &mut self,
        operator: Arithmetic,
        a: Operand<'s>,
        b: Operand<'s>,
        name: String,
    ) -> Option<Operand<'s>> {
        let sides = |a: Expr, b: Expr| Expr::Arithmetic(operator, Box::new(a), Box::new(b));
        let (expr, number) = match (a, b) {
            (Operand::Number(a), Operand::Number(b)) => {
                let folded = match operator {
                    Arithmetic::Add => a.checked_add(b),
                    Arithmetic::Subtract => a.checked_sub(b),
                    Arithmetic::Multiply => a.checked_mul(b),
                };
                if folded.is_none() {
                    self.sink.say(self.spot, format!("“{name}”太大"));
                }
                return folded.map(Operand::Number);
            }
            (a, b) if operator == Arithmetic::Multiply => {
                let (a, first) = self.factor(a)?;
                let (b, second) = self.factor(b)?;
                let number = self.product(first, second, &name)?;
                (sides(a, b), number)
            }
            (Operand::Value(a), Operand::Value(b)) => {
                let (a, b) = (self.computable(a)?, self.computable(b)?);
                let (a, b, number) = self.align(a, b)?;
                (sides(a, b), number)
            }
            (Operand::Value(value), other) => {
                let (value, other, number) = self.meet_number(value, &other)?;
                (sides(value, other), number)
            }
            (other, Operand::Value(value)) => {
                let (value, other, number) = self.meet_number(value, &other)?;
                (sides(other, value), number)
            }
            (a, b) => {
                let message = format!("{}与{}不能运算", a.describe(), b.describe());
                self.sink.expect(self.spot, message, "至少一边是数字字段");
                return None;
            }
        };
        let ty = Type::Number { scale: number.scale, unit: number.unit };
        Some(Operand::Value(Value { expr, ty, name, field: None }))
    }

    fn meet_number(
        &mut self,
        value: Value<'s>,
        other: &Operand<'s>,
    ) -> Option<(Expr, Expr, NumberType)> {
        let value = self.computable(value)?;
        if matches!(other, Operand::Parameter { .. }) {
            return self.align_parameter(value, other);
        }
        let literal = self.literal(&value, other)?;
        let number = number_of(&value.ty)?;
        Some((value.expr, Expr::Literal(literal), number))
    }

    /// A side of a product with its type.
    fn factor(&mut self, side: Operand<'s>) -> Option<(Expr, NumberType)> {
        let plain = NumberType { scale: 0, unit: None };
        match side {
            Operand::Value(value) => {
                let value = self.computable(value)?;
                let number = number_of(&value.ty)?;
                Some((value.expr, number))
            }
            Operand::Number(number) => {
                let whole = number.normalize();
                match (whole.scale(), i64::try_from(whole.mantissa())) {
                    (0, Ok(whole)) => Some((Expr::Literal(Scalar::Integer(whole)), plain)),
                    _ => {
                        self.sink.expect(self.spot, format!("不能乘以 {number}"), "整数");
                        None
                    }
                }
            }
            Operand::Parameter { id, unit: None, digits: 0 } => {
                Some((Expr::Parameter { id, scale: 0 }, plain))
            }
            other => {
                self.sink.expect(
                    self.spot,
                    format!("{}不能相乘", other.describe()),
                    "数字字段或整数",
                );
                None
            }
        }
    }

    fn product(&mut self, a: NumberType, b: NumberType, name: &str) -> Option<NumberType> {
        if a.unit.is_some() && b.unit.is_some() {
            self.sink.expect(self.spot, format!("“{name}”两边都有单位"), "至多一边有单位");
            return None;
        }
        if a.scale > 0 && b.scale > 0 {
            self.sink.expect(self.spot, format!("“{name}”两边都有小数"), "至少一边是整数");
            return None;
        }
        Some(NumberType { scale: a.scale + b.scale, unit: a.unit.or(b.unit) })
    }

    /// A value that arithmetic is possible on: a number.
    fn computable(&mut self, value: Value<'s>) -> Option<Value<'s>> {
        if matches!(value.ty, Type::Number { .. }) {
            return Some(value);
        }
        let message = format!("{}“{}”不能参加运算", value.kind(), value.name);
        self.sink.expect(self.spot, message, "数字字段");
        None
    }
}

fn number_of(ty: &Type) -> Option<NumberType> {
    match *ty {
        Type::Number { scale, unit } => Some(NumberType { scale, unit }),
        _ => None,
    }
}

fn rescale(expr: Expr, power: u32) -> Expr {
    if power == 0 { expr } else { Expr::Rescale(Box::new(expr), power) }
}
