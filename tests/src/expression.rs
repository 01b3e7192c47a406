//! Conditions of the pack evaluated on one record, by walking the tree.

use pack::{Arithmetic, Column, ColumnRef, Comparison, Expr, Scalar, WindowEnd};
use store::Record;

use crate::books::Books;

/// A record with the ledger it lies in; records of `place` have no number.
#[derive(Clone, Debug)]
pub struct Row<'r> {
    /// Id of the ledger.
    pub ledger: &'r str,
    /// The record.
    pub record: &'r Record,
}

/// What a condition needs beside its record.
pub struct Context<'c, 'a> {
    /// All records.
    pub books: &'c Books<'a>,
    /// First day of the window, as ISO text.
    pub from: String,
    /// Last day of the window, as ISO text.
    pub to: String,
}

impl Context<'_, '_> {
    /// The value of a column, over its joins. `None` where it is empty.
    pub fn column(&self, row: &Row<'_>, column: &Column) -> Option<Scalar> {
        let mut ledger = row.ledger.to_owned();
        let mut record = row.record.clone();
        for join in &column.joins {
            let Scalar::Integer(id) = self.cell(&ledger, &record, &join.by)? else {
                panic!("{}: a join over a text", join.to);
            };
            ledger.clone_from(&join.to);
            record = self.books.record(&ledger, id)?;
        }
        self.cell(&ledger, &record, &column.column)
    }

    fn cell(&self, ledger: &str, record: &Record, column: &ColumnRef) -> Option<Scalar> {
        match column {
            ColumnRef::Field(id) => {
                let index = self.books.pack.ledgers[ledger].fields.get_index_of(id.as_str());
                record.cells[index.expect("a field")].clone()
            }
            ColumnRef::Place => record.place.clone().map(Scalar::Text),
            ColumnRef::Parent => record.parent.map(Scalar::Integer),
            ColumnRef::Id => Some(Scalar::Integer(record.id)),
        }
    }

    /// Whether a condition holds; `None` where a missing value leaves it open.
    pub fn holds(&self, row: &Row<'_>, expr: &Expr) -> Option<bool> {
        match self.value(row, expr)? {
            Scalar::Integer(flag) => Some(flag != 0),
            Scalar::Text(text) => panic!("a condition is a text: {text}"),
        }
    }

    /// The value of an expression; a condition is 1 or 0.
    pub fn value(&self, row: &Row<'_>, expr: &Expr) -> Option<Scalar> {
        let flag = |holds: bool| Some(Scalar::Integer(i64::from(holds)));
        match expr {
            Expr::Column(column) => self.column(row, column),
            Expr::Literal(scalar) => Some(scalar.clone()),
            Expr::Window(WindowEnd::From) => Some(Scalar::Text(self.from.clone())),
            Expr::Window(WindowEnd::To) => Some(Scalar::Text(self.to.clone())),
            Expr::And(a, b) => match (self.holds(row, a), self.holds(row, b)) {
                (Some(false), _) | (_, Some(false)) => flag(false),
                (Some(true), Some(true)) => flag(true),
                _ => None,
            },
            Expr::Or(a, b) => match (self.holds(row, a), self.holds(row, b)) {
                (Some(true), _) | (_, Some(true)) => flag(true),
                (Some(false), Some(false)) => flag(false),
                _ => None,
            },
            Expr::Not(a) => flag(!self.holds(row, a)?),
            Expr::Compare(comparison, a, b) => {
                let order = self.value(row, a)?.cmp(&self.value(row, b)?);
                flag(match comparison {
                    Comparison::Equal => order.is_eq(),
                    Comparison::NotEqual => order.is_ne(),
                    Comparison::Less => order.is_lt(),
                    Comparison::AtMost => order.is_le(),
                    Comparison::Greater => order.is_gt(),
                    Comparison::AtLeast => order.is_ge(),
                })
            }
            Expr::IsNull { expr, negated } => flag(self.value(row, expr).is_none() != *negated),
            Expr::In { expr, list, negated } => {
                flag(list.contains(&self.value(row, expr)?) != *negated)
            }
            Expr::Arithmetic(operator, a, b) => {
                let (a, b) = (self.integer(row, a)?, self.integer(row, b)?);
                Some(Scalar::Integer(match operator {
                    Arithmetic::Add => a + b,
                    Arithmetic::Subtract => a - b,
                    Arithmetic::Multiply => a * b,
                }))
            }
            Expr::Rescale(inner, power) => {
                Some(Scalar::Integer(self.integer(row, inner)? * 10_i64.pow(*power)))
            }
            Expr::Coalesce(a, b) => self.value(row, a).or_else(|| self.value(row, b)),
            Expr::Parameter { .. } | Expr::Exists { .. } => {
                panic!("no claim of the example report needs this: {expr:?}")
            }
        }
    }

    /// The value of an expression that is a number.
    pub fn integer(&self, row: &Row<'_>, expr: &Expr) -> Option<i64> {
        match self.value(row, expr)? {
            Scalar::Integer(number) => Some(number),
            Scalar::Text(text) => panic!("a number is a text: {text}"),
        }
    }
}
