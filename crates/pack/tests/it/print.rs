//! A short text for a typed condition, so that tests can compare all of it.

use pack::{Arithmetic, Column, ColumnRef, Comparison, Expr, Scalar, WindowEnd};

/// The condition with its joins, scales and stored literals.
pub(crate) fn print(expr: &Expr) -> String {
    match expr {
        Expr::Column(c) => column(c),
        Expr::Literal(scalar) => literal(scalar),
        Expr::Window(WindowEnd::From) => ":from".to_owned(),
        Expr::Window(WindowEnd::To) => ":to".to_owned(),
        Expr::Parameter { id, scale } => format!(":{id}@{scale}"),
        Expr::And(a, b) => format!("({} and {})", print(a), print(b)),
        Expr::Or(a, b) => format!("({} or {})", print(a), print(b)),
        Expr::Not(a) => format!("not {}", print(a)),
        Expr::Compare(operator, a, b) => {
            let sign = match operator {
                Comparison::Equal => "=",
                Comparison::NotEqual => "<>",
                Comparison::Less => "<",
                Comparison::AtMost => "<=",
                Comparison::Greater => ">",
                Comparison::AtLeast => ">=",
            };
            format!("({} {sign} {})", print(a), print(b))
        }
        Expr::IsNull { expr, negated } => {
            format!("{} is {}null", print(expr), if *negated { "not " } else { "" })
        }
        Expr::In { expr, list, negated } => {
            let list: Vec<String> = list.iter().map(literal).collect();
            let word = if *negated { "not in" } else { "in" };
            format!("{} {word} ({})", print(expr), list.join(", "))
        }
        Expr::Arithmetic(operator, a, b) => {
            let sign = match operator {
                Arithmetic::Add => "+",
                Arithmetic::Subtract => "-",
                Arithmetic::Multiply => "*",
            };
            format!("({} {sign} {})", print(a), print(b))
        }
        Expr::Coalesce(a, b) => format!("coalesce({}, {})", print(a), print(b)),
        Expr::Rescale(inner, power) => format!("{}e{power}", print(inner)),
        Expr::Exists { ledger, link, filter } => {
            let filter =
                filter.as_ref().map_or_else(String::new, |f| format!(" where {}", print(f)));
            format!("exists {ledger}[{}]{filter}", reference(link))
        }
    }
}

/// `project<project>.place<place>.kind`: the column joined by, the ledger reached.
pub(crate) fn column(column: &Column) -> String {
    let joins: String =
        column.joins.iter().map(|join| format!("{}<{}>.", reference(&join.by), join.to)).collect();
    joins + &reference(&column.column)
}

fn reference(column: &ColumnRef) -> String {
    match column {
        ColumnRef::Field(id) => id.clone(),
        ColumnRef::Place => "_place".to_owned(),
        ColumnRef::Parent => "_parent".to_owned(),
        ColumnRef::Id => "_id".to_owned(),
    }
}

fn literal(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Integer(number) => number.to_string(),
        Scalar::Text(text) => format!("'{text}'"),
    }
}
