//! How an indicator is computed, and whether its unit can come of that.

use figure::{Class, Unit};

use super::super::keys::{self, MEASURES, OF_RECORDS};
use super::super::node::{Node, Table};
use super::source::{self, Place};
use super::{Context, indicator_name};
use crate::diagnostic::Sink;
use crate::expression::{fits, value};
use crate::formula::formula;
use crate::{Expr, Measure, Timing, Type};

/// Reads the measure. `None` if something was wrong and has been reported.
pub(super) fn read(
    table: &Table<'_>,
    time: Timing,
    context: Context<'_>,
    sink: &mut Sink,
) -> Option<Measure> {
    let present: Vec<&str> = MEASURES.into_iter().filter(|key| table.has(key)).collect();
    let kind = match present[..] {
        [kind] => kind,
        [] => {
            sink.expect(&table.spot(), "没有写怎样计算", MEASURES.join("、") + " 之一");
            return None;
        }
        _ => {
            let node = table.node(present[1])?;
            sink.say(&node.spot(), format!("“{}”和“{}”只能有一个", present[0], present[1]));
            return None;
        }
    };
    let node = table.node(kind)?;
    if !matches!(kind, "sum" | "distinct" | "min" | "max" | "stated") {
        table.refuse(sink, &["value"], &format!("{kind} 不用它"));
    }
    if kind != "stated" {
        table.refuse(sink, &["document"], "只有 stated 用它");
    }
    match kind {
        "ratio" => {
            table.refuse(sink, &OF_RECORDS, "口径由分子和分母各自规定");
            ratio(&node, context, sink)
        }
        "formula" => {
            table.refuse(sink, &OF_RECORDS, "口径由公式里的指标各自规定");
            let text = node.text(sink)?;
            let (formula, unit) = formula(context.known, sink, &node.spot(), text)?;
            check_formula(&node, unit, context, sink)?;
            Some(Measure::Formula(formula))
        }
        _ => of_records(kind, &node, table, time, context, sink),
    }
}

fn ratio(node: &Node<'_>, context: Context<'_>, sink: &mut Sink) -> Option<Measure> {
    let table = node.table(sink)?;
    table.only(sink, &keys::RATIO);
    let of = table.need(sink, "of").and_then(|node| indicator_name(&node, context.known, sink));
    let to = table.need(sink, "to").and_then(|node| indicator_name(&node, context.known, sink));
    let ((of, of_unit), (to, to_unit)) = (of?, to?);
    let result = context.unit;
    let is_share = matches!(result.class(), Class::Share | Class::Multiples);
    let fits = if is_share { of_unit.is_alike(to_unit) } else { of_unit.is_alike(result) };
    if !fits {
        let message = format!("“{of_unit}”除以“{to_unit}”得不出“{result}”");
        let expected = if is_share {
            "分子、分母是同一类单位"
        } else {
            "分子的单位与本指标同类"
        };
        sink.expect(&node.spot(), message, expected);
        return None;
    }
    Some(Measure::Ratio { of, to })
}

fn check_formula(
    node: &Node<'_>,
    unit: Option<Unit>,
    context: Context<'_>,
    sink: &mut Sink,
) -> Option<()> {
    let message = match unit {
        Some(unit) if unit.is_alike(context.unit) => return Some(()),
        Some(unit) => format!("公式的单位是“{unit}”,本指标是“{}”", context.unit),
        None => "公式里没有指标".to_owned(),
    };
    sink.expect(&node.spot(), message, "同一类单位");
    None
}

fn of_records(
    kind: &str,
    node: &Node<'_>,
    table: &Table<'_>,
    time: Timing,
    context: Context<'_>,
    sink: &mut Sink,
) -> Option<Measure> {
    let ledger = source::ledger(node, context.schema, sink)?;
    let place = Place { schema: context.schema, ledger };
    let source = source::read(table, place, time, sink);
    if matches!(kind, "count" | "distinct") && !context.unit.class().is_counted() {
        let message = format!("按“{}”数不出个数", context.unit);
        sink.expect(&table.node("unit")?.spot(), message, "件、人、户、次 等计数单位");
    }
    if kind == "count" {
        return Some(Measure::Count(source?));
    }
    let value = table.need(sink, "value").and_then(|node| {
        let text = node.text(sink)?;
        let read = value(place.scope(), sink, &node.spot(), text)?;
        if kind == "distinct" {
            Some(read.0)
        } else {
            number(kind, read, &node, context.unit, sink)
        }
    });
    match kind {
        "stated" => {
            let document =
                table.need(sink, "document").and_then(|node| source::document(&node, place, sink));
            Some(Measure::Stated { source: source?, value: value?, document: document? })
        }
        "sum" => Some(Measure::Sum(source?, value?)),
        "distinct" => Some(Measure::Distinct(source?, value?)),
        "min" => Some(Measure::Min(source?, value?)),
        _ => Some(Measure::Max(source?, value?)),
    }
}

/// A value that is a number of the indicator's unit. A sum of plain numbers is a
/// head count, so its unit must be one of counting; a least or greatest plain
/// number may be anything.
fn number(
    kind: &str,
    (expr, ty): (Expr, Type),
    node: &Node<'_>,
    unit: Unit,
    sink: &mut Sink,
) -> Option<Expr> {
    let Type::Number { unit: own, .. } = ty else {
        sink.expect(&node.spot(), format!("{kind} 的值不是数"), "数字字段,或由它们算出的数");
        return None;
    };
    let fits = match own {
        None if kind == "sum" => fits(own, Some(unit)),
        None => true,
        Some(own) => own.is_alike(unit),
    };
    if !fits {
        let own = own.map_or_else(|| "没有单位".to_owned(), |own| format!("单位是“{own}”"));
        sink.expect(&node.spot(), format!("值{own},本指标是“{unit}”"), "同一类单位");
        return None;
    }
    Some(expr)
}
