//! Conditions and values of the definitions: a checked subset of SQL expressions.
//!
//! The text is parsed by a SQL parser library; what comes out of here is typed
//! against the fields, units, choices, codes and places of the pack. Anything
//! outside the subset is reported, so that no text of a definition ever reaches
//! a database.

mod call;
mod check;
mod column;
mod literal;
mod number;
mod operand;
mod schema;
mod syntax;

pub(crate) use check::comparison;
pub(crate) use number::fits;
pub use number::{NumberType, number_type};
pub(crate) use schema::{Broken, Schema};
pub(crate) use syntax::{is_plain_word, parse};

use self::check::Checker;
use self::operand::Operand;
use crate::diagnostic::{Sink, Spot};
use crate::{Column, Expr, Ledger, Type};

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A check on one record as it is entered: its own fields only.
    Rule,
    /// A condition or value that the database computes.
    Query,
}

/// Where an expression stands: the ledger whose records it is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'s> {
    pub(crate) schema: &'s Schema<'s>,
    pub(crate) ledger: &'s Ledger,
    pub(crate) purpose: Purpose,
}

/// Reads a condition. `None` if something was wrong and has been reported.
pub(crate) fn condition(
    scope: Scope<'_>,
    sink: &mut Sink,
    spot: &Spot,
    text: &str,
) -> Option<Expr> {
    let syntax = parse(sink, spot, text)?;
    Checker { scope, sink, spot }.condition(&syntax)
}

/// Reads a value of any type that a record has.
pub(crate) fn value(
    scope: Scope<'_>,
    sink: &mut Sink,
    spot: &Spot,
    text: &str,
) -> Option<(Expr, Type)> {
    let syntax = parse(sink, spot, text)?;
    match (Checker { scope, sink, spot }).operand(&syntax)? {
        Operand::Value(value) => Some((value.expr, value.ty)),
        _ => {
            sink.expect(spot, format!("“{text}”里没有字段"), "由记录的字段算出的值");
            None
        }
    }
}

/// Reads the path of a column: a field, or a field of a record that is referred to.
pub(crate) fn column(scope: Scope<'_>, sink: &mut Sink, spot: &Spot, text: &str) -> Option<Column> {
    let segments: Vec<&str> = text.split('.').map(str::trim).collect();
    let value = Checker { scope, sink, spot }.column(&segments)?;
    match value.expr {
        Expr::Column(column) => Some(column),
        _ => None,
    }
}
