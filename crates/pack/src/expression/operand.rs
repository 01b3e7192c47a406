//! The sides of a comparison before they have met: values with a type, and
//! literals that take theirs from what they meet.

use figure::{Decimal, Unit};

use crate::{Expr, Field, Type};

/// One side.
#[derive(Debug)]
pub(super) enum Operand<'s> {
    /// A column or what is computed from columns, or an end of the window.
    Value(Value<'s>),
    /// A number literal, in the unit of what it meets.
    Number(Decimal),
    /// A text literal: also codes, choices, dates, places.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A parameter, whose scale follows from what it meets.
    Parameter {
        id: String,
        unit: Option<Unit>,
        /// Most digits after the point among its values.
        digits: u32,
    },
}

/// A typed value.
#[derive(Debug)]
pub(super) struct Value<'s> {
    pub(super) expr: Expr,
    pub(super) ty: Type,
    /// As the author wrote it.
    pub(super) name: String,
    /// The field, if the value is just that.
    pub(super) field: Option<&'s Field>,
}

impl Operand<'_> {
    /// The operand in words, for a message.
    pub(super) fn describe(&self) -> String {
        match self {
            Operand::Value(value) => format!("{}“{}”", type_name(&value.ty), value.name),
            Operand::Number(number) => format!("数字“{number}”"),
            Operand::Text(text) => format!("文字“{text}”"),
            Operand::Flag(flag) => format!("“{flag}”"),
            Operand::Parameter { id, .. } => format!("参数“:{id}”"),
        }
    }
}

/// The kind of value, in words.
pub(super) fn type_name(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean => "是否",
        Type::Number { .. } => "数",
        Type::Date => "日期",
        Type::Text => "文字",
        Type::Choice { .. } => "选项",
        Type::Code { .. } => "代码",
        Type::Place => "地方",
        Type::Org => "单位",
        Type::Record { .. } => "记录",
    }
}
