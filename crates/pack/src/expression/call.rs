//! `in_group` and `exists`: conditions that look beyond one record's own cells.

use sqlparser::ast::{
    Expr as Sql, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Query,
};

use super::check::Checker;
use super::operand::{Operand, Value};
use super::syntax::exists_parts;
use super::{Purpose, Scope};
use crate::{ColumnRef, Expr, FieldType, Ledger, Private, Scalar, Type};

impl Checker<'_, '_> {
    /// `in_group(field, 'group')`: the codes of a group, spelled out.
    pub(super) fn function(&mut self, function: &Function) -> Option<Expr> {
        let name = function.name.to_string();
        if name != "in_group" {
            self.sink.unknown(self.spot, "函数", &name, ["in_group", "coalesce"]);
            return None;
        }
        let [field, group] = arguments(function)[..] else {
            self.sink.expect(
                self.spot,
                format!("“{function}”的参数不对"),
                "in_group(字段, '组名')",
            );
            return None;
        };
        let (Operand::Value(value), Operand::Text(group)) =
            (self.operand(field)?, self.operand(group)?)
        else {
            self.sink.expect(
                self.spot,
                format!("“{function}”的参数不对"),
                "in_group(字段, '组名')",
            );
            return None;
        };
        let Type::Code { list } = &value.ty else {
            let message = format!("{}“{}”没有代码组", value.kind(), value.name);
            self.sink.expect(self.spot, message, "类型为 code 的字段");
            return None;
        };
        let groups = &self.scope.schema.codes.get(list)?.groups;
        let Some((_, codes)) = groups.iter().find(|(name, _)| *name == group) else {
            let what = format!("代码组({list})");
            self.sink.unknown(
                self.spot,
                &what,
                &group,
                groups.iter().map(|(name, _)| name.as_str()),
            );
            return None;
        };
        let list = codes.iter().cloned().map(Scalar::Text).collect();
        Some(Expr::In { expr: Box::new(value.expr), list, negated: false })
    }

    /// `coalesce(a, b)`: the first, or the second where the first is missing.
    pub(super) fn coalesce(&mut self, function: &Function) -> Option<Value<'static>> {
        let expected = "coalesce(字段, 字段),两个字段类型相同";
        let [a, b] = arguments(function)[..] else {
            self.sink.expect(self.spot, format!("“{function}”的参数不对"), expected);
            return None;
        };
        let (Operand::Value(a), Operand::Value(b)) = (self.operand(a)?, self.operand(b)?) else {
            self.sink.expect(self.spot, format!("“{function}”的参数不对"), expected);
            return None;
        };
        let is_sealed =
            |value: &Value<'_>| value.field.is_some_and(|f| f.private == Private::Identity);
        if a.ty != b.ty || is_sealed(&a) || is_sealed(&b) {
            let message = format!("“{}”和“{}”不能合成一个值", a.name, b.name);
            self.sink.expect(self.spot, message, "类型和单位相同、不加密的两个字段");
            return None;
        }
        let expr = Expr::Coalesce(Box::new(a.expr), Box::new(b.expr));
        Some(Value { expr, ty: a.ty, name: function.to_string(), field: None })
    }

    /// `exists (select 1 from LEDGER where CONDITION)`.
    pub(super) fn exists(&mut self, query: &Query) -> Option<Expr> {
        if self.scope.purpose == Purpose::Rule {
            self.sink.expect(self.spot, "规则里不能用 exists", "本条记录自己的字段");
            return None;
        }
        let Some((id, condition)) = exists_parts(query) else {
            let expected = "exists (select 1 from 台账 where 条件)";
            self.sink.expect(self.spot, format!("不支持“exists ({query})”这种写法"), expected);
            return None;
        };
        let schema = self.scope.schema;
        let Some(ledger) = schema.ledgers.get(&id) else {
            if !schema.broken.ledgers.contains(&id) {
                self.sink.unknown(
                    self.spot,
                    "台账",
                    &id,
                    schema.ledgers.keys().map(String::as_str),
                );
            }
            return None;
        };
        let link = self.link(ledger)?;
        let filter = match condition {
            Some(condition) => {
                let scope = Scope { ledger, ..self.scope };
                let mut inner = Checker { scope, sink: &mut *self.sink, spot: self.spot };
                Some(Box::new(inner.condition(condition)?))
            }
            None => None,
        };
        Some(Expr::Exists { ledger: id, link, filter })
    }

    /// The column of `other` that holds the number of a record at hand.
    fn link(&mut self, other: &Ledger) -> Option<ColumnRef> {
        let here = &self.scope.ledger.id;
        if other.parent.as_ref() == Some(here) {
            return Some(ColumnRef::Parent);
        }
        let points_here =
            |ty: &FieldType| matches!(ty, FieldType::Record { ledger } if ledger == here);
        let mut links = other.fields.values().filter(|field| points_here(&field.ty));
        match (links.next(), links.next()) {
            (Some(field), None) => Some(ColumnRef::Field(field.id.clone())),
            (Some(a), Some(b)) => {
                let message = format!(
                    "台账 {} 有几个字段引用 {here}({}、{}),不知道用哪一个",
                    other.id, a.id, b.id
                );
                self.sink.say(self.spot, message);
                None
            }
            // The reference may be among what could not be read.
            (None, _) if self.scope.schema.broken.links(&other.id) => None,
            (None, _) => {
                let message = format!("台账 {} 的记录不引用 {here} 的记录", other.id);
                self.sink.expect(self.spot, message, "下级台账,或有字段引用本台账的台账");
                None
            }
        }
    }
}

/// The arguments of a call, where all of them are plain.
fn arguments(function: &Function) -> Vec<&Sql> {
    match &function.args {
        FunctionArguments::List(list) => list.args.iter().filter_map(plain_argument).collect(),
        _ => Vec::new(),
    }
}

fn plain_argument(argument: &FunctionArg) -> Option<&Sql> {
    match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(sql)) => Some(sql),
        _ => None,
    }
}
