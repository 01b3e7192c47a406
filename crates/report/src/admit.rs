//! Which values of a dimension an indicator counts at all.
//!
//! Its condition may leave values out: the area of grain has crops for a dimension, and none of
//! its records is of fruit. What a text says of such a value is about something else.

use pack::{Column, Comparison, Expr, Indicator, Scalar};

/// Whether the records of an indicator may have a value in a column. `None` where its condition
/// does not speak of the column, or in a way that depends on more than the value.
pub(crate) fn admits(indicator: &Indicator, column: &Column, value: &str) -> Option<bool> {
    let filter = indicator.measure.source()?.filter.as_ref()?;
    meets(filter, column, value)
}

fn meets(condition: &Expr, column: &Column, value: &str) -> Option<bool> {
    let is_value = |scalar: &Scalar| matches!(scalar, Scalar::Text(text) if text == value);
    let is_column = |expr: &Expr| matches!(expr, Expr::Column(own) if own == column);
    match condition {
        Expr::And(left, right) => match (meets(left, column, value), meets(right, column, value)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (known, None) | (None, known) => known,
            (Some(true), Some(true)) => Some(true),
        },
        Expr::Or(left, right) => Some(meets(left, column, value)? || meets(right, column, value)?),
        Expr::Not(inner) => meets(inner, column, value).map(|met| !met),
        Expr::Compare(comparison, left, right) => {
            let (other, literal) = match (left.as_ref(), right.as_ref()) {
                (other, Expr::Literal(scalar)) | (Expr::Literal(scalar), other) => (other, scalar),
                _ => return None,
            };
            match comparison {
                Comparison::Equal if is_column(other) => Some(is_value(literal)),
                Comparison::NotEqual if is_column(other) => Some(!is_value(literal)),
                _ => None,
            }
        }
        Expr::In { expr, list, negated } if is_column(expr) => {
            Some(list.iter().any(is_value) != *negated)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use pack::{ColumnRef, Type};

    use super::*;

    fn column(field: &str) -> Column {
        Column {
            joins: Vec::new(),
            column: ColumnRef::Field(field.to_owned()),
            ty: Type::Code { list: field.to_owned() },
        }
    }

    fn check(condition: &Expr, value: &str, expected: Option<bool>) {
        assert_eq!(meets(condition, &column("crop"), value), expected, "{value}: {condition:?}");
    }

    #[test]
    fn a_condition_says_which_values_it_admits() {
        let of = |field: &str| Box::new(Expr::Column(column(field)));
        let text = |value: &str| Scalar::Text(value.to_owned());
        let among = |list: &[&str], negated| {
            let list = list.iter().map(|value| text(value)).collect();
            Expr::In { expr: of("crop"), list, negated }
        };
        check(&among(&["rice", "wheat"], false), "rice", Some(true));
        check(&among(&["rice", "wheat"], false), "peach", Some(false));
        check(&among(&["rice"], true), "rice", Some(false));
        let equal = |field: &str, value: &str| {
            let literal = Box::new(Expr::Literal(text(value)));
            Expr::Compare(Comparison::Equal, of(field), literal)
        };
        check(&equal("crop", "rice"), "rice", Some(true));
        check(&equal("season", "rice"), "rice", None);
        let both = Expr::And(Box::new(equal("season", "early")), Box::new(equal("crop", "rice")));
        check(&both, "wheat", Some(false));
        check(&Expr::Not(Box::new(equal("crop", "rice"))), "rice", Some(false));
        let either = Expr::Or(Box::new(equal("season", "early")), Box::new(equal("crop", "rice")));
        check(&either, "wheat", None);
    }
}
