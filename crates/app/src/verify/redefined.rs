//! Which definitions behind a claim or a relation of a seal are others today.

use std::collections::BTreeSet;

use pack::{FieldType, Pack};

use super::Asked;
use crate::diff::{Became, DefinitionChange, Detail, PackDiff};
use crate::uses::{Uses, leaves};

/// All that a claim or relation reads, in one pack.
#[derive(Default)]
struct Read<'p> {
    indicators: BTreeSet<&'p str>,
    uses: Uses<'p>,
    lists: BTreeSet<&'p str>,
    has_due: bool,
}

impl<'p> Read<'p> {
    fn of(pack: &'p Pack, asked: &Asked) -> Read<'p> {
        let mut read = Read::default();
        let mut open: Vec<&str> = asked.indicators.iter().map(String::as_str).collect();
        while let Some(id) = open.pop() {
            let Some((id, indicator)) = pack.indicators.get_key_value(id) else { continue };
            if read.indicators.insert(id) {
                open.extend(indicator.measure.parts());
            }
        }
        for leaf in asked.indicators.iter().flat_map(|id| leaves(pack, id)) {
            read.uses.add(asked.uses(leaf));
        }
        if let Some(relation) = asked.relation.as_ref().and_then(|id| pack.relations.get(id)) {
            read.uses.add(Uses::of_relation(relation));
        }
        let parents: Vec<&str> = read
            .uses
            .ledgers
            .iter()
            .filter_map(|id| pack.ledgers.get(*id)?.parent.as_deref())
            .collect();
        read.uses.ledgers.extend(parents);
        for (ledger, field) in &read.uses.fields {
            let field = pack.ledgers.get(*ledger).and_then(|ledger| ledger.fields.get(*field));
            match field.map(|field| (&field.ty, field.derived)) {
                Some((FieldType::Code { list }, _)) => {
                    read.lists.insert(list);
                }
                Some((_, true)) => read.has_due = true,
                _ => {}
            }
        }
        read
    }

    /// The details of a change that concern what is read; `None` if none does.
    fn concerned<'c>(
        &self,
        change: &'c DefinitionChange,
        asked: &Asked,
    ) -> Option<Vec<&'c Detail>> {
        let id = change.id.as_str();
        let all = |keep: &dyn Fn(&Detail) -> bool| -> Vec<&'c Detail> {
            change.details.iter().filter(|detail| keep(detail)).collect()
        };
        let is_read = match change.kind {
            "indicator" => self.indicators.contains(id),
            "ledger" => self.uses.ledgers.contains(id) || self.uses.reached.contains(id),
            "parameter" => self.uses.parameters.contains(id),
            "codes" => self.lists.contains(id),
            "calendar" => self.has_due,
            "relation" => asked.relation.as_deref() == Some(id),
            _ => false,
        };
        if !is_read {
            return None;
        }
        if change.became != Became::Changed {
            return Some(Vec::new());
        }
        let own = asked.indicators.iter().any(|asked| asked == id);
        let details = match change.kind {
            // Examples are no part of what a figure means.
            "indicator" if own => all(&|d| d.what != "例子"),
            "indicator" => all(&|d| d.meaning),
            "ledger" => all(&|detail| self.reads(id, detail)),
            _ => all(&|_| true),
        };
        (!details.is_empty()).then_some(details)
    }

    /// Whether a detail of a ledger is about a field that is read, or about its keeping.
    fn reads(&self, ledger: &str, detail: &Detail) -> bool {
        let of = |what: &str, field: &str| {
            let rest = detail.what.strip_prefix(what).and_then(|rest| rest.strip_prefix(field));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
        };
        let fields = || self.uses.fields.iter().filter(|(of, _)| *of == ledger);
        if detail.what.starts_with("字段 ") {
            return fields().any(|(_, field)| of("字段 ", field));
        }
        if detail.what.starts_with("时限") {
            let due = |field: &str| field.strip_prefix("due_").map(|id| of("时限 ", id));
            return self.has_due && fields().any(|(_, field)| due(field) == Some(true));
        }
        detail.meaning
    }
}

/// The definitions that are others, each in words with what it was and is.
pub(super) fn told(diff: &PackDiff, then: &Pack, now: &Pack, asked: &Asked) -> Vec<String> {
    let (before, after) = (Read::of(then, asked), Read::of(now, asked));
    let mut found = Vec::new();
    for change in &diff.changes {
        let place = |pack: &Pack| {
            asked.places.iter().any(|asked| {
                pack.places.is_within(&change.id, asked) || pack.places.is_within(asked, &change.id)
            })
        };
        if change.kind == "place" && (place(then) || place(now)) {
            found.push(in_words(change, &change.details.iter().collect::<Vec<_>>()));
            continue;
        }
        let details = before.concerned(change, asked).or_else(|| after.concerned(change, asked));
        if let Some(details) = details {
            found.push(in_words(change, &details));
        }
    }
    found
}

/// All definitions that are others, by name alone, for what no single one explains.
pub(super) fn others(diff: &PackDiff) -> Vec<String> {
    let told = |change: &DefinitionChange| in_words(change, &[]);
    diff.changes.iter().map(told).collect()
}

pub(super) fn in_words(change: &DefinitionChange, details: &[&Detail]) -> String {
    let kind = match change.kind {
        "indicator" => "指标",
        "relation" => "勾稽关系",
        "ledger" => "台账",
        "parameter" => "参数",
        "codes" => "代码表",
        "place" => "地方",
        "org" => "单位",
        "calendar" => "工作日历",
        "lexicon" => "用语",
        "role" => "岗位",
        "binding" => "绑定",
        "systems" => "工作系统",
        "privacy" => "个人信息用词",
        _ => "定义",
    };
    let head = match change.became {
        Became::Added => "新增",
        Became::Removed => "去掉",
        Became::Changed => "改变",
    };
    let details: Vec<String> = details.iter().map(ToString::to_string).collect();
    let rest = if details.is_empty() { String::new() } else { format!(":{}", details.join(";")) };
    format!("{head}{kind}“{}”({}){rest}", change.label, change.id)
}
