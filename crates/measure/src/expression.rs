//! What can be told from an expression without running it.

use pack::{
    Arithmetic, Column, ColumnRef, Expr, Field, Ledger, NumberType, Pack, Scalar, number_type,
};

/// Calls `visit` for the expression and everything inside it, conditions on
/// other ledgers included.
pub(crate) fn walk<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    visit(expr);
    match expr {
        Expr::Column(_) | Expr::Literal(_) | Expr::Window(_) | Expr::Parameter { .. } => {}
        Expr::And(a, b) | Expr::Or(a, b) => {
            walk(a, visit);
            walk(b, visit);
        }
        Expr::Compare(_, a, b) | Expr::Arithmetic(_, a, b) | Expr::Coalesce(a, b) => {
            walk(a, visit);
            walk(b, visit);
        }
        Expr::Not(a) | Expr::Rescale(a, _) => walk(a, visit),
        Expr::IsNull { expr, .. } | Expr::In { expr, .. } => walk(expr, visit),
        Expr::Exists { filter, .. } => {
            if let Some(filter) = filter {
                walk(filter, visit);
            }
        }
    }
}

/// How the integers of a value are to be read: plain whole numbers where the
/// expression does not tell.
pub(crate) fn shape(expr: Option<&Expr>) -> NumberType {
    expr.and_then(number_type).unwrap_or(NumberType { scale: 0, unit: None })
}

/// Whether the expression can be negative although its columns are not. Columns
/// count as non-negative until a row shows otherwise, since quantities and money
/// of the ledgers are amounts of something.
pub(crate) fn subtracts(expr: &Expr) -> bool {
    let mut found = false;
    walk(expr, &mut |e| {
        found |= match e {
            Expr::Arithmetic(Arithmetic::Subtract, ..) => true,
            Expr::Literal(Scalar::Integer(n)) => *n < 0,
            _ => false,
        }
    });
    found
}

/// The field that a column of a ledger shows; `None` for the built-in columns.
pub(crate) fn field<'a>(pack: &'a Pack, ledger: &'a Ledger, column: &Column) -> Option<&'a Field> {
    let ledger = match column.joins.last() {
        Some(join) => pack.ledgers.get(&join.to)?,
        None => ledger,
    };
    match &column.column {
        ColumnRef::Field(id) => ledger.fields.get(id),
        ColumnRef::Place | ColumnRef::Parent | ColumnRef::Id => None,
    }
}

/// The labels of the fields that an expression reads, for a message.
pub(crate) fn field_labels(pack: &Pack, ledger: &Ledger, expr: &Expr) -> String {
    let mut labels: Vec<&str> = Vec::new();
    walk(expr, &mut |e| {
        if let Expr::Column(column) = e
            && let Some(field) = field(pack, ledger, column)
            && !labels.contains(&field.label.as_str())
        {
            labels.push(&field.label);
        }
    });
    labels.join("、")
}
