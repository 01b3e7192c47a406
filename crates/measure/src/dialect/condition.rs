//! Conditions and values of the definitions, expression by expression.

use pack::{Arithmetic, ColumnRef, Comparison, Expr, Field, Scalar, WindowEnd};

use super::printer::Printer;
use super::scope::{Scope, plain};
use super::spelling::{ALWAYS, NEVER};

impl<'a> Printer<'_, 'a> {
    /// An expression that is true, false or unknown, enclosed where it needs to be.
    pub(super) fn condition(&mut self, scope: &mut Scope<'a>, expr: &'a Expr) -> String {
        let text = self.expr(scope, expr);
        match expr {
            Expr::Column(_)
            | Expr::Literal(_)
            | Expr::Window(_)
            | Expr::Parameter { .. }
            | Expr::Arithmetic(..)
            | Expr::Rescale(..)
            | Expr::Coalesce(..) => self.spelling().truth(&text),
            Expr::And(..)
            | Expr::Or(..)
            | Expr::Not(_)
            | Expr::Compare(..)
            | Expr::IsNull { .. }
            | Expr::In { .. }
            | Expr::Exists { .. } => text,
        }
    }

    /// An expression as what it is by itself, a condition or a value.
    pub(super) fn expr(&mut self, scope: &mut Scope<'a>, expr: &'a Expr) -> String {
        match expr {
            Expr::Column(column) => self.column(scope, column),
            Expr::Literal(value) => self.bind(value.clone()),
            Expr::Window(WindowEnd::From) => self.day(self.plan.window.from()),
            Expr::Window(WindowEnd::To) => self.day(self.plan.window.to()),
            Expr::Parameter { id, scale } => {
                let value = self.plan.parameters.get(&(id.as_str(), *scale));
                let value = *value.expect("the plan reads every parameter of its expressions");
                self.bind(Scalar::Integer(value))
            }
            Expr::And(a, b) => self.both(scope, a, "and", b),
            Expr::Or(a, b) => self.both(scope, a, "or", b),
            Expr::Not(inner) => format!("(not {})", self.condition(scope, inner)),
            Expr::Compare(operator, a, b) => self.compare(scope, a, comparison(*operator), b),
            Expr::IsNull { expr, negated } => {
                let expr = self.expr(scope, expr);
                format!("({expr} is {}null)", if *negated { "not " } else { "" })
            }
            Expr::In { list, negated, .. } if list.is_empty() => {
                (if *negated { ALWAYS } else { NEVER }).to_owned()
            }
            Expr::In { expr, list, negated } => {
                let field = self.field_of(scope, expr);
                let expr = self.expr(scope, expr);
                let list: Vec<String> = list.iter().map(|v| self.compared(field, v)).collect();
                let not = if *negated { "not " } else { "" };
                format!("({expr} {not}in ({}))", list.join(", "))
            }
            Expr::Arithmetic(operator, a, b) => {
                let operator = match operator {
                    Arithmetic::Add => "+",
                    Arithmetic::Subtract => "-",
                    Arithmetic::Multiply => "*",
                };
                self.binary(scope, a, operator, b)
            }
            Expr::Rescale(inner, digits) => {
                let inner = self.expr(scope, inner);
                let factor = self.bind(Scalar::Integer(10_i64.saturating_pow(*digits)));
                format!("({inner} * {factor})")
            }
            Expr::Coalesce(a, b) => {
                let (a, b) = (self.expr(scope, a), self.expr(scope, b));
                format!("coalesce({a}, {b})")
            }
            Expr::Exists { ledger, link, filter } => {
                self.exists(scope, ledger, link, filter.as_deref())
            }
        }
    }

    /// Whether a record of another ledger points here and meets the condition.
    fn exists(
        &mut self,
        scope: &Scope<'a>,
        ledger: &str,
        link: &'a ColumnRef,
        filter: Option<&'a Expr>,
    ) -> String {
        let ledger = self.ledger(ledger);
        let mut arms = Vec::new();
        for arm in self.arms(ledger) {
            let mut inner = Scope::new(self, ledger, *arm);
            let link = plain(&inner.row.alias, link);
            let mut conditions = vec![format!("{link} = {}._id", scope.row.alias)];
            conditions.extend(inner.believed(self));
            conditions.extend(filter.map(|f| self.condition(&mut inner, f)));
            let (from, conditions) = (inner.from(""), conditions.join(" and "));
            arms.push(format!("exists (select 1 from {from} where {conditions})"));
        }
        match arms.len() {
            1 => arms.remove(0),
            _ => format!("({})", arms.join(" or ")),
        }
    }

    /// Two values compared. A literal beside an identifying field is compared by its hash.
    fn compare(&mut self, scope: &mut Scope<'a>, a: &'a Expr, by: &str, b: &'a Expr) -> String {
        let fields = (self.field_of(scope, a), self.field_of(scope, b));
        let mut side = |expr: &'a Expr, other| match expr {
            Expr::Literal(value) => self.compared(other, value),
            _ => self.expr(scope, expr),
        };
        let (a, b) = (side(a, fields.1), side(b, fields.0));
        format!("({a} {by} {b})")
    }

    /// The field that an expression is, if it is one.
    fn field_of(&self, scope: &Scope<'a>, expr: &'a Expr) -> Option<&'a Field> {
        match expr {
            Expr::Column(column) => self.field(scope.row.ledger, column),
            _ => None,
        }
    }

    fn both(&mut self, scope: &mut Scope<'a>, a: &'a Expr, by: &str, b: &'a Expr) -> String {
        let a = self.condition(scope, a);
        let b = self.condition(scope, b);
        format!("({a} {by} {b})")
    }

    fn binary(&mut self, scope: &mut Scope<'a>, a: &'a Expr, by: &str, b: &'a Expr) -> String {
        let a = self.expr(scope, a);
        let b = self.expr(scope, b);
        format!("({a} {by} {b})")
    }
}

fn comparison(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}
