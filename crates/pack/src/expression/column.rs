//! Columns by name, through references to other records.

use super::Purpose;
use super::check::Checker;
use super::operand::{Value, type_name};
use crate::{Column, ColumnRef, Expr, Field, FieldType, Join, Ledger, Type};

/// Id of the built-in ledger of places.
const PLACE: &str = "place";

/// What a name means in a ledger.
enum Named<'s> {
    Field(&'s Field),
    Place,
    /// The ancestors from the parent to the one named.
    Ancestor(Vec<&'s str>),
}

impl<'s> Checker<'s, '_> {
    /// The column that a dotted path means.
    pub(super) fn column(&mut self, segments: &[&str]) -> Option<Value<'s>> {
        let mut ledger = self.scope.ledger;
        let mut joins = Vec::new();
        let name = segments.join(".");
        for (index, segment) in segments.iter().enumerate() {
            let named = self.named(ledger, segment)?;
            if index + 1 == segments.len() {
                return self.last(named, ledger, joins, name);
            }
            let next = match named {
                Named::Place => self.step(&mut joins, ColumnRef::Place, PLACE),
                Named::Field(field) => match reference(&field.ty) {
                    Some(to) => self.step(&mut joins, ColumnRef::Field(field.id.clone()), to),
                    None => {
                        let message = format!("“{segment}”不引用别的记录,后面不能再接“.”");
                        self.sink.say(self.spot, message);
                        None
                    }
                },
                Named::Ancestor(chain) => chain
                    .iter()
                    .try_fold(ledger, |_, to| self.step(&mut joins, ColumnRef::Parent, to)),
            };
            ledger = next?;
        }
        None
    }

    fn last(
        &mut self,
        named: Named<'s>,
        ledger: &'s Ledger,
        mut joins: Vec<Join>,
        name: String,
    ) -> Option<Value<'s>> {
        let (column, ty, field) = match named {
            Named::Field(field) => {
                (ColumnRef::Field(field.id.clone()), type_of(field), Some(field))
            }
            Named::Place => (ColumnRef::Place, Type::Place, None),
            Named::Ancestor(chain) => {
                let (last, before) = chain.split_last()?;
                before
                    .iter()
                    .try_fold(ledger, |_, to| self.step(&mut joins, ColumnRef::Parent, to))?;
                (ColumnRef::Parent, Type::Record { ledger: (*last).to_owned() }, None)
            }
        };
        if self.scope.purpose == Purpose::Rule && !joins.is_empty() {
            self.sink.expect(self.spot, format!("规则里不能用“{name}”"), "本条记录自己的字段");
            return None;
        }
        let expr = Expr::Column(Column { joins, column, ty: ty.clone() });
        Some(Value { expr, ty, name, field })
    }

    /// Follows one reference; silent if the ledger it leads to could not be read.
    fn step(&mut self, joins: &mut Vec<Join>, by: ColumnRef, to: &str) -> Option<&'s Ledger> {
        joins.push(Join { by, to: to.to_owned() });
        self.scope.schema.ledgers.get(to)
    }

    fn named(&mut self, ledger: &'s Ledger, word: &str) -> Option<Named<'s>> {
        if let Some(field) = ledger.fields.get(word) {
            return Some(Named::Field(field));
        }
        if word == PLACE && ledger.id != PLACE {
            return Some(Named::Place);
        }
        let ancestors = self.ancestors(ledger);
        if let Some(at) = ancestors.iter().position(|a| *a == word) {
            return Some(Named::Ancestor(ancestors[..=at].to_vec()));
        }
        let schema = self.scope.schema;
        // The word may be the parent that the ledger's own file misspells.
        let lost = schema.broken.orphans.contains(&ledger.id) && schema.ledgers.contains_key(word);
        if !lost && !schema.broken.field(&ledger.id, word) {
            let known = ledger.fields.keys().map(String::as_str).chain([PLACE]).chain(ancestors);
            self.sink.unknown(self.spot, &format!("字段(台账 {})", ledger.id), word, known);
        }
        None
    }

    /// Ids of the parent, its parent and so on.
    fn ancestors(&self, ledger: &'s Ledger) -> Vec<&'s str> {
        let mut ancestors: Vec<&str> = Vec::new();
        let mut at = Some(ledger);
        while let Some(parent) = at.and_then(|l| l.parent.as_deref()) {
            // A cycle of parents is reported where the ledgers are read.
            if ancestors.contains(&parent) {
                break;
            }
            ancestors.push(parent);
            at = self.scope.schema.ledgers.get(parent);
        }
        ancestors
    }
}

/// The ledger that a field's values point to.
fn reference(ty: &FieldType) -> Option<&str> {
    match ty {
        FieldType::Record { ledger } => Some(ledger),
        FieldType::Place => Some(PLACE),
        _ => None,
    }
}

/// The type that a field's values have in an expression.
fn type_of(field: &Field) -> Type {
    match &field.ty {
        FieldType::Code { list } => Type::Code { list: list.clone() },
        FieldType::Boolean => Type::Boolean,
        FieldType::Integer
        | FieldType::Decimal { .. }
        | FieldType::Quantity { .. }
        | FieldType::Money => Type::Number { scale: field.ty.scale(), unit: field.ty.unit() },
        FieldType::Date => Type::Date,
        FieldType::Choice { values } => Type::Choice { ids: values.keys().cloned().collect() },
        FieldType::Place => Type::Place,
        FieldType::Org => Type::Org,
        FieldType::Record { ledger } => Type::Record { ledger: ledger.clone() },
        FieldType::Text
        | FieldType::Timestamp
        | FieldType::Period
        | FieldType::MultiChoice { .. }
        | FieldType::PersonName
        | FieldType::IdNumber
        | FieldType::Phone
        | FieldType::CreditCode
        | FieldType::File
        | FieldType::GeoPoint => Type::Text,
    }
}

impl Value<'_> {
    /// Whether `<` and `>` mean something on the value.
    pub(super) fn is_ordered(&self) -> bool {
        match (&self.ty, self.field) {
            (Type::Number { .. } | Type::Date, _) => true,
            (Type::Text, Some(field)) => {
                matches!(field.ty, FieldType::Timestamp | FieldType::Period)
            }
            _ => false,
        }
    }

    /// The kind of value, in words.
    pub(super) fn kind(&self) -> &'static str {
        match self.field.map(|field| &field.ty) {
            Some(FieldType::MultiChoice { .. }) => "多选",
            Some(FieldType::Timestamp) => "时刻",
            Some(FieldType::Period) => "期间",
            _ => type_name(&self.ty),
        }
    }
}
