//! The subset of SQL expressions, construct by construct.

use figure::Decimal;
use sqlparser::ast::{BinaryOperator, Expr as Sql, UnaryOperator, Value as Literal};

use super::operand::{Operand, Value};
use super::{Purpose, Scope};
use crate::diagnostic::{Sink, Spot};
use crate::{Arithmetic, Comparison, Expr, Private, Scalar, Type, WindowEnd};

/// Types the expression of one key of a definition.
pub(super) struct Checker<'s, 'c> {
    pub(super) scope: Scope<'s>,
    pub(super) sink: &'c mut Sink,
    pub(super) spot: &'c Spot,
}

impl<'s> Checker<'s, '_> {
    /// A condition.
    pub(super) fn condition(&mut self, sql: &Sql) -> Option<Expr> {
        match sql {
            Sql::Nested(inner) => self.condition(inner),
            Sql::BinaryOp { left, op: BinaryOperator::And, right } => {
                let (a, b) = (self.condition(left), self.condition(right));
                Some(Expr::And(Box::new(a?), Box::new(b?)))
            }
            Sql::BinaryOp { left, op: BinaryOperator::Or, right } => {
                let (a, b) = (self.condition(left), self.condition(right));
                Some(Expr::Or(Box::new(a?), Box::new(b?)))
            }
            Sql::UnaryOp { op: UnaryOperator::Not, expr } => {
                Some(Expr::Not(Box::new(self.condition(expr)?)))
            }
            Sql::BinaryOp { left, op, right } if comparison(op).is_some() => {
                let (a, b) = (self.operand(left), self.operand(right));
                self.compare(comparison(op)?, a?, b?)
            }
            Sql::IsNull(inner) => self.is_null(inner, false),
            Sql::IsNotNull(inner) => self.is_null(inner, true),
            Sql::InList { expr, list, negated } => self.in_list(expr, list, *negated),
            Sql::Between { expr, negated, low, high } => {
                let least = (self.operand(expr)?, self.operand(low)?);
                let most = (self.operand(expr)?, self.operand(high)?);
                let least = self.compare(Comparison::AtLeast, least.0, least.1)?;
                let most = self.compare(Comparison::AtMost, most.0, most.1)?;
                let both = Expr::And(Box::new(least), Box::new(most));
                Some(if *negated { Expr::Not(Box::new(both)) } else { both })
            }
            Sql::Exists { subquery, negated } => {
                let exists = self.exists(subquery)?;
                Some(if *negated { Expr::Not(Box::new(exists)) } else { exists })
            }
            Sql::Function(function) => self.function(function),
            _ => match self.operand(sql)? {
                Operand::Flag(flag) => Some(Expr::Literal(Scalar::Integer(i64::from(flag)))),
                Operand::Value(value) if value.ty == Type::Boolean => Some(value.expr),
                other => {
                    let message = format!("{}本身不是条件", other.describe());
                    self.sink.expect(self.spot, message, "比较,如 … = …,或是否字段");
                    None
                }
            },
        }
    }

    /// One side of a comparison.
    pub(super) fn operand(&mut self, sql: &Sql) -> Option<Operand<'s>> {
        match sql {
            Sql::Nested(inner) => self.operand(inner),
            Sql::Identifier(word) if word.quote_style == Some('"') && !self.knows(&word.value) => {
                let message = format!("双引号里的 \"{}\" 是字段名,而这里没有这个字段", word.value);
                self.sink.expect(self.spot, message, format!("文字用单引号:'{}'", word.value));
                None
            }
            Sql::Identifier(word) => self.column(&[&word.value]).map(Operand::Value),
            Sql::CompoundIdentifier(words) => {
                let segments: Vec<&str> = words.iter().map(|word| word.value.as_str()).collect();
                self.column(&segments).map(Operand::Value)
            }
            Sql::Value(literal) => self.literal_operand(&literal.value),
            Sql::Function(function) if function.name.to_string() == "coalesce" => {
                self.coalesce(function).map(Operand::Value)
            }
            Sql::UnaryOp { op: UnaryOperator::Minus, expr } => {
                let inner = self.operand(expr)?;
                self.arithmetic(
                    Arithmetic::Subtract,
                    Operand::Number(Decimal::ZERO),
                    inner,
                    sql.to_string(),
                )
            }
            Sql::BinaryOp { left, op, right } => match arithmetic(op) {
                Some(operator) => {
                    let (a, b) = (self.operand(left), self.operand(right));
                    self.arithmetic(operator, a?, b?, sql.to_string())
                }
                None => self.outside(sql),
            },
            _ => self.outside(sql),
        }
    }

    fn knows(&self, word: &str) -> bool {
        self.scope.ledger.fields.contains_key(word)
    }

    fn outside<T>(&mut self, sql: &Sql) -> Option<T> {
        self.sink.expect(
            self.spot,
            format!("不支持“{sql}”这种写法"),
            "and or not、= <> < <= > >=、between、in、is null、+ - *、in_group、coalesce、exists",
        );
        None
    }

    fn literal_operand(&mut self, literal: &Literal) -> Option<Operand<'s>> {
        match literal {
            Literal::Number(text, _) => {
                let number = Decimal::from_str_exact(text).ok();
                if number.is_none() {
                    self.sink.expect(
                        self.spot,
                        format!("“{text}”不是可用的数字"),
                        "形如 500.5 的数字",
                    );
                }
                number.map(Operand::Number)
            }
            Literal::SingleQuotedString(text) => Some(Operand::Text(text.clone())),
            Literal::Boolean(flag) => Some(Operand::Flag(*flag)),
            Literal::Placeholder(name) => self.placeholder(name),
            Literal::Null => {
                self.sink.expect(self.spot, "与 null 比较没有结果", "is null 或 is not null");
                None
            }
            other => {
                self.sink.expect(
                    self.spot,
                    format!("不支持“{other}”这种写法"),
                    "数字、单引号文字、true、false",
                );
                None
            }
        }
    }

    /// `:from`, `:to` or a parameter.
    fn placeholder(&mut self, name: &str) -> Option<Operand<'s>> {
        if self.scope.purpose == Purpose::Rule {
            self.sink.expect(self.spot, format!("规则里不能用“{name}”"), "本条记录自己的字段");
            return None;
        }
        let word = name.trim_start_matches(':');
        let window = |end| {
            let (expr, name) = (Expr::Window(end), name.to_owned());
            Some(Operand::Value(Value { expr, ty: Type::Date, name, field: None }))
        };
        match word {
            "from" => return window(WindowEnd::From),
            "to" => return window(WindowEnd::To),
            _ => {}
        }
        let schema = self.scope.schema;
        if let Some(parameter) = schema.parameters.get(word) {
            let digits =
                parameter.values.iter().map(|v| v.value.normalize().scale()).max().unwrap_or(0);
            return Some(Operand::Parameter { id: word.to_owned(), unit: parameter.unit, digits });
        }
        if !schema.broken.parameters.contains(word) {
            let known =
                ["from", "to"].into_iter().chain(schema.parameters.keys().map(String::as_str));
            self.sink.unknown(self.spot, "参数", word, known);
        }
        None
    }

    fn compare(&mut self, operator: Comparison, a: Operand<'s>, b: Operand<'s>) -> Option<Expr> {
        for side in [&a, &b] {
            self.comparable(operator, side)?;
        }
        let (a, b) = match (a, b) {
            (Operand::Value(a), Operand::Value(b)) => self.meet(a, b)?,
            (Operand::Value(value), literal) => self.meet_literal(value, &literal)?,
            (literal, Operand::Value(value)) => {
                let (value, literal) = self.meet_literal(value, &literal)?;
                (literal, value)
            }
            (a, b) => {
                let message = format!("{}与{}之间没有字段", a.describe(), b.describe());
                self.sink.expect(self.spot, message, "至少一边是字段");
                return None;
            }
        };
        Some(Expr::Compare(operator, Box::new(a), Box::new(b)))
    }

    /// Reports an operator that means nothing on a value.
    fn comparable(&mut self, operator: Comparison, side: &Operand<'_>) -> Option<()> {
        let Operand::Value(value) = side else { return Some(()) };
        let ordering = !matches!(operator, Comparison::Equal | Comparison::NotEqual);
        let identity = value.field.is_some_and(|field| field.private == Private::Identity);
        if ordering && (identity || !value.is_ordered()) {
            let why = if identity { "是个人身份信息" } else { "没有大小" };
            let message = format!("{}“{}”{why},不能比大小", value.kind(), value.name);
            self.sink.expect(self.spot, message, "=、<>、in 或 is null");
            return None;
        }
        Some(())
    }

    fn meet(&mut self, a: Value<'s>, b: Value<'s>) -> Option<(Expr, Expr)> {
        if matches!((&a.ty, &b.ty), (Type::Number { .. }, Type::Number { .. })) {
            return self.align(a, b).map(|(a, b, _)| (a, b));
        }
        if a.ty == b.ty && a.kind() == b.kind() {
            return Some((a.expr, b.expr));
        }
        self.mismatch(&a, &Operand::Value(b));
        None
    }

    fn meet_literal(&mut self, value: Value<'s>, literal: &Operand<'s>) -> Option<(Expr, Expr)> {
        if matches!(literal, Operand::Parameter { .. }) {
            return self.align_parameter(value, literal).map(|(a, b, _)| (a, b));
        }
        let scalar = self.literal(&value, literal)?;
        Some((value.expr, Expr::Literal(scalar)))
    }

    fn is_null(&mut self, sql: &Sql, negated: bool) -> Option<Expr> {
        match self.operand(sql)? {
            Operand::Value(value) => Some(Expr::IsNull { expr: Box::new(value.expr), negated }),
            other => {
                self.sink.expect(
                    self.spot,
                    format!("{}不会缺失", other.describe()),
                    "字段 is null",
                );
                None
            }
        }
    }

    fn in_list(&mut self, sql: &Sql, list: &[Sql], negated: bool) -> Option<Expr> {
        let value = match self.operand(sql)? {
            Operand::Value(value) => value,
            other => {
                self.sink.expect(self.spot, format!("{}不是字段", other.describe()), "字段 in (…)");
                return None;
            }
        };
        let mut members = Vec::new();
        for member in list {
            match self.operand(member)? {
                Operand::Value(_) | Operand::Parameter { .. } => {
                    let message = format!("in 的括号里不能有“{member}”");
                    self.sink.expect(self.spot, message, "数字、单引号文字");
                    return None;
                }
                literal => members.push(self.literal(&value, &literal)?),
            }
        }
        Some(Expr::In { expr: Box::new(value.expr), list: members, negated })
    }
}

/// The comparison that an operator is.
pub(crate) fn comparison(operator: &BinaryOperator) -> Option<Comparison> {
    Some(match operator {
        BinaryOperator::Eq => Comparison::Equal,
        BinaryOperator::NotEq => Comparison::NotEqual,
        BinaryOperator::Lt => Comparison::Less,
        BinaryOperator::LtEq => Comparison::AtMost,
        BinaryOperator::Gt => Comparison::Greater,
        BinaryOperator::GtEq => Comparison::AtLeast,
        _ => return None,
    })
}

fn arithmetic(operator: &BinaryOperator) -> Option<Arithmetic> {
    Some(match operator {
        BinaryOperator::Plus => Arithmetic::Add,
        BinaryOperator::Minus => Arithmetic::Subtract,
        BinaryOperator::Multiply => Arithmetic::Multiply,
        _ => return None,
    })
}
