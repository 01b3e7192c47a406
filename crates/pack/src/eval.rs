//! Three-valued evaluation of a condition over one record: the rules of a ledger
//! on a row that is being entered.

use crate::{Arithmetic, ColumnRef, Comparison, Expr, Scalar};

/// The truth of a condition, as in SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// A value it needs is missing.
    Unknown,
}

/// The condition cannot be computed: arithmetic left 64 bits, or a cell has
/// another kind of value than its column.
struct Broken;

/// Evaluates a condition over one record, whose cells `cell` looks up.
///
/// Columns of other ledgers, window ends, parameters and `exists` need more
/// than one record: they are unknown here. The loader admits none of them in a
/// ledger's rules. A condition that cannot be computed, because arithmetic
/// overflows or a cell has the wrong kind of value, is false as a whole, even
/// under `not`, so that such a record never passes a rule in silence.
pub fn evaluate(expr: &Expr, cell: &dyn Fn(&ColumnRef) -> Option<Scalar>) -> Truth {
    truth(expr, cell).unwrap_or(Truth::False)
}

type Cell<'a> = &'a dyn Fn(&ColumnRef) -> Option<Scalar>;

fn truth(expr: &Expr, cell: Cell<'_>) -> Result<Truth, Broken> {
    Ok(match expr {
        Expr::And(a, b) => and(truth(a, cell)?, truth(b, cell)?),
        Expr::Or(a, b) => not(and(not(truth(a, cell)?), not(truth(b, cell)?))),
        Expr::Not(a) => not(truth(a, cell)?),
        Expr::Compare(operator, a, b) => match (value(a, cell)?, value(b, cell)?) {
            (Some(a), Some(b)) => known(compare(*operator, &a, &b)?),
            _ => Truth::Unknown,
        },
        Expr::IsNull { expr, negated } => known(value(expr, cell)?.is_none() != *negated),
        Expr::In { expr, list, negated } => match value(expr, cell)? {
            Some(found) => known(list.contains(&found) != *negated),
            None => Truth::Unknown,
        },
        Expr::Exists { .. } => Truth::Unknown,
        Expr::Column(_) | Expr::Literal(_) | Expr::Coalesce(..) => match value(expr, cell)? {
            Some(Scalar::Integer(flag)) => known(flag != 0),
            Some(Scalar::Text(_)) => return Err(Broken),
            None => Truth::Unknown,
        },
        Expr::Window(_) | Expr::Parameter { .. } => Truth::Unknown,
        Expr::Arithmetic(..) | Expr::Rescale(..) => return Err(Broken),
    })
}

fn value(expr: &Expr, cell: Cell<'_>) -> Result<Option<Scalar>, Broken> {
    Ok(match expr {
        Expr::Column(column) if column.joins.is_empty() => cell(&column.column),
        Expr::Column(_) | Expr::Window(_) | Expr::Parameter { .. } => None,
        Expr::Literal(scalar) => Some(scalar.clone()),
        Expr::Arithmetic(operator, a, b) => match (integer(a, cell)?, integer(b, cell)?) {
            (Some(a), Some(b)) => {
                let result = match operator {
                    Arithmetic::Add => a.checked_add(b),
                    Arithmetic::Subtract => a.checked_sub(b),
                    Arithmetic::Multiply => a.checked_mul(b),
                };
                Some(Scalar::Integer(result.ok_or(Broken)?))
            }
            _ => None,
        },
        Expr::Coalesce(a, b) => match value(a, cell)? {
            Some(found) => Some(found),
            None => value(b, cell)?,
        },
        Expr::Rescale(inner, power) => match integer(inner, cell)? {
            Some(number) => {
                let factor = 10_i64.checked_pow(*power).ok_or(Broken)?;
                Some(Scalar::Integer(number.checked_mul(factor).ok_or(Broken)?))
            }
            None => None,
        },
        _ => match truth(expr, cell)? {
            Truth::True => Some(Scalar::Integer(1)),
            Truth::False => Some(Scalar::Integer(0)),
            Truth::Unknown => None,
        },
    })
}

fn integer(expr: &Expr, cell: Cell<'_>) -> Result<Option<i64>, Broken> {
    match value(expr, cell)? {
        Some(Scalar::Integer(number)) => Ok(Some(number)),
        Some(Scalar::Text(_)) => Err(Broken),
        None => Ok(None),
    }
}

fn compare(operator: Comparison, a: &Scalar, b: &Scalar) -> Result<bool, Broken> {
    let order = match (a, b) {
        (Scalar::Integer(a), Scalar::Integer(b)) => a.cmp(b),
        (Scalar::Text(a), Scalar::Text(b)) => a.cmp(b),
        _ => return Err(Broken),
    };
    Ok(match operator {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    })
}

fn known(holds: bool) -> Truth {
    if holds { Truth::True } else { Truth::False }
}

fn not(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::False => Truth::True,
        Truth::Unknown => Truth::Unknown,
    }
}

fn and(a: Truth, b: Truth) -> Truth {
    match (a, b) {
        (Truth::False, _) | (_, Truth::False) => Truth::False,
        (Truth::True, Truth::True) => Truth::True,
        _ => Truth::Unknown,
    }
}
