//! What differs between indicators and relations. Of an indicator it is told whether the figure
//! itself is another, or only the words about it.

use figure::Step;
use pack::{
    ColumnRef, Dimension, Indicator, Level, Measure, Relation, RelationKind, Source, Timing,
};

use super::reach::{bare, bare_column};
use super::{DefinitionChange, Detail, Side, compare, optional, text};
use crate::uses::value;

/// Keys of an indicator whose text is shown where a figure is another by it, with their names.
const MEANING: [(&str, &str); 5] = [
    ("where", "条件"),
    ("value", "取值"),
    ("on", "日期"),
    ("until", "终止日期"),
    ("undecided", "说不准的条件"),
];

pub(super) fn indicators(old: &Side, new: &Side) -> Vec<DefinitionChange> {
    compare(
        "indicator",
        old.pack.indicators.iter().map(|(id, indicator)| (id.as_str(), indicator)),
        new.pack.indicators.iter().map(|(id, indicator)| (id.as_str(), indicator)),
        |indicator| indicator.label.clone(),
        |was, now| details(old, new, was, now),
    )
}

fn details(old: &Side, new: &Side, was: &Indicator, now: &Indicator) -> Vec<Detail> {
    let says = |indicator: &Indicator| -> String {
        let all = indicator.says.iter().map(|parts| parts.join(" "));
        all.collect::<Vec<_>>().join("、")
    };
    let dims = |indicator: &Indicator| -> String {
        let ids = indicator.dims.iter().map(|dim: &Dimension| dim.id.as_str());
        ids.collect::<Vec<_>>().join("、")
    };
    let mut found: Vec<Detail> = [
        text("单位", &was.unit.to_string(), &now.unit.to_string(), true),
        text("怎样算", &measure(&was.measure), &measure(&now.measure), true),
        text("时间口径", time(was), time(now), true),
    ]
    .into_iter()
    .flatten()
    .collect();
    for (key, name) in MEANING {
        if !is_same(key, &was.measure, &now.measure) {
            let (was, now) = (old.written(&was.file, key), new.written(&now.file, key));
            let same = was == now;
            let detail = optional(name, was.as_deref(), now.as_deref(), true);
            // The same words may mean something else, since the fields in them do.
            let means = || Detail {
                what: format!("{name}(写法没变,所指变了)"),
                was: None,
                now: None,
                meaning: true,
            };
            found.extend(detail.or_else(|| same.then(means)));
        }
    }
    found.extend(
        [
            text("名称", &was.label, &now.label, false),
            text("口径说明", &was.meaning, &now.meaning, false),
            text("报告里的写法", &says(was), &says(now), false),
            text("可限定的字段", &dims(was), &dims(now), false),
            optional("预计指标", was.forecast.as_deref(), now.forecast.as_deref(), false),
        ]
        .into_iter()
        .flatten(),
    );
    if was.examples.iter().map(rows).ne(now.examples.iter().map(rows)) {
        found.push(Detail { what: "例子".to_owned(), was: None, now: None, meaning: false });
    }
    found
}

/// An example without its line.
fn rows(example: &pack::Example) -> (&[pack::ExampleRow], &str, &str) {
    (&example.rows, &example.window, &example.expect)
}

/// How the window applies, in the word of the definition; formulas and ratios leave it to their
/// parts.
fn time(indicator: &Indicator) -> &'static str {
    match indicator.measure.source().map(|_| indicator.time) {
        None => "",
        Some(Timing::During) => "期间内发生",
        Some(Timing::At) => "期末在册",
        Some(Timing::Since) => "截至期末累计",
        Some(Timing::Latest) => "期间内最近一次",
    }
}

fn measure(measure: &Measure) -> String {
    match measure {
        Measure::Count(source) => format!("数“{}”的记录", source.ledger),
        Measure::Sum(source, _) => format!("“{}”求和", source.ledger),
        Measure::Distinct(source, _) => format!("“{}”不同的值", source.ledger),
        Measure::Min(source, _) => format!("“{}”最小值", source.ledger),
        Measure::Max(source, _) => format!("“{}”最大值", source.ledger),
        Measure::Ratio { of, to } => format!("{of} / {to}"),
        Measure::Formula(formula) => formula_text(formula),
        Measure::Stated { source, document, .. } => {
            let document = match &document.column {
                ColumnRef::Field(id) => id,
                _ => "",
            };
            format!("“{}”认定的数(文件 {document})", source.ledger)
        }
    }
}

fn formula_text(formula: &pack::Formula) -> String {
    use pack::{Formula, FormulaOperator};
    match formula {
        Formula::Indicator(id) => id.clone(),
        Formula::Number(number) => number.to_string(),
        Formula::Binary(operator, a, b) => {
            let sign = match operator {
                FormulaOperator::Add => "+",
                FormulaOperator::Subtract => "-",
                FormulaOperator::Multiply => "*",
                FormulaOperator::Divide => "/",
            };
            format!("({} {sign} {})", formula_text(a), formula_text(b))
        }
    }
}

/// Whether a key of an indicator means the same before and after.
fn is_same(key: &str, was: &Measure, now: &Measure) -> bool {
    let (a, b) = (was.source(), now.source());
    let filter = |of: fn(&Source) -> &Option<pack::Expr>| {
        let bared = |source: Option<&Source>| source.and_then(|s| of(s).as_ref()).map(bare);
        bared(a) == bared(b)
    };
    let column = |of: fn(&Source) -> &Option<pack::Column>| {
        let bared = |source: Option<&Source>| source.and_then(|s| of(s).as_ref()).map(bare_column);
        bared(a) == bared(b)
    };
    match key {
        "where" => filter(|source| &source.filter),
        "undecided" => filter(|source| &source.undecided),
        "on" => column(|source| &source.on),
        "until" => column(|source| &source.until),
        _ => value(was).map(bare) == value(now).map(bare),
    }
}

pub(super) fn relations(old: &Side, new: &Side) -> Vec<DefinitionChange> {
    compare(
        "relation",
        old.pack.relations.iter().map(|(id, relation)| (id.as_str(), relation)),
        new.pack.relations.iter().map(|(id, relation)| (id.as_str(), relation)),
        |relation| relation.label.clone(),
        |was, now| relation_details(old, new, was, now),
    )
}

fn relation_details(old: &Side, new: &Side, was: &Relation, now: &Relation) -> Vec<Detail> {
    let each = |relation: &Relation| -> String {
        let step = relation.each.step.map(|step| match step {
            Step::Month => "按月".to_owned(),
            Step::Quarter => "按季".to_owned(),
            Step::Year => "按年".to_owned(),
        });
        relation.each.place.iter().cloned().chain(step).collect::<Vec<_>>().join("、")
    };
    let level = |relation: &Relation| match relation.level {
        Level::Must => "必须成立",
        Level::Explain => "不成立时要说明",
    };
    let mut found = Vec::new();
    if kind(&was.kind) != kind(&now.kind) {
        let written = |side: &Side, relation: &Relation| {
            let all = ["holds", "forbids", "where", "tolerance"]
                .map(|key| side.written(&relation.file, key));
            all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        let (was, now) = (written(old, was), written(new, now));
        let same = was == now;
        let detail = text("关系", &was, &now, true);
        let means = || Detail {
            what: "关系(写法没变,所指变了)".to_owned(),
            was: None,
            now: None,
            meaning: true,
        };
        found.extend(detail.or_else(|| same.then(means)));
    }
    found.extend(
        [
            text("分别核对", &each(was), &each(now), true),
            text("程度", level(was), level(now), true),
            text("名称", &was.label, &now.label, false),
            text("先看哪里", &was.advice, &now.advice, false),
            optional("规则编号", was.rule.as_deref(), now.rule.as_deref(), false),
            optional("工作系统", was.system.as_deref(), now.system.as_deref(), false),
        ]
        .into_iter()
        .flatten(),
    );
    found
}

/// A demand by what it means: without the types of its columns, and without its spelling.
fn kind(kind: &RelationKind) -> RelationKind {
    match kind {
        RelationKind::Forbids { ledger, filter } => {
            RelationKind::Forbids { ledger: ledger.clone(), filter: bare(filter) }
        }
        RelationKind::Holds { left, operator, right, tolerance, .. } => RelationKind::Holds {
            left: left.clone(),
            operator: *operator,
            right: right.clone(),
            tolerance: *tolerance,
            text: String::new(),
        },
    }
}
