//! What differs between ledgers: their keeping, fields, rules, states and clocks.

use pack::{CloseEvery, Field, FieldType, Ledger, Private};

use super::{DefinitionChange, Detail, Side, compare, optional, parts, text};
use crate::manual::words;

pub(super) fn changes(old: &Side, new: &Side) -> Vec<DefinitionChange> {
    compare(
        "ledger",
        old.pack.ledgers.iter().map(|(id, ledger)| (id.as_str(), ledger)),
        new.pack.ledgers.iter().map(|(id, ledger)| (id.as_str(), ledger)),
        |ledger| ledger.label.clone(),
        |was, now| details(old, new, was, now),
    )
}

fn details(old: &Side, new: &Side, was: &Ledger, now: &Ledger) -> Vec<Detail> {
    let mut found: Vec<Detail> = [
        text("名称", &was.label, &now.label, false),
        text("一条记录是什么", &was.meaning, &now.meaning, false),
        text("保管的办公室", &was.owner, &now.owner, false),
        optional("工作系统", was.system.as_deref(), now.system.as_deref(), false),
        text("归哪种地方", &was.place.join("、"), &now.place.join("、"), true),
        optional("结账周期", was.close.map(close), now.close.map(close), true),
        optional("上级台账", was.parent.as_deref(), now.parent.as_deref(), true),
        optional("编号字段", was.key.as_deref(), now.key.as_deref(), false),
        text("不能重复的字段", &groups(was), &groups(now), false),
        optional(
            "保管期限",
            was.retention.map(words::retention).as_deref(),
            now.retention.map(words::retention).as_deref(),
            false,
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    found.extend(fields(was, now));
    found.extend(rules(was, now));
    if was.case != now.case {
        let flow = |side: &Side, ledger: &Ledger| {
            ledger.case.as_ref().map(|case| words::flow(&side.pack, ledger, case))
        };
        let (was, now) = (flow(old, was), flow(new, now));
        // States that differ in their ids are told with the field `state`.
        found.extend(optional("办理流程", was.as_deref(), now.as_deref(), false));
    }
    found.extend(clocks(old, new, was, now));
    found.extend(roles(was, now));
    found
}

/// Clocks by id and version.
fn clocks(old: &Side, new: &Side, was: &Ledger, now: &Ledger) -> Vec<Detail> {
    let all = |side: &'_ Side, ledger: &'_ Ledger| -> Vec<(String, String)> {
        let named = |clock: &pack::Clock| match clock.from {
            Some(from) => format!("{}({from} 起的)", clock.id),
            None => clock.id.clone(),
        };
        let told = |clock: &pack::Clock| (named(clock), words::clock(&side.pack, ledger, clock));
        ledger.clocks.iter().map(told).collect()
    };
    let (before, after) = (all(old, was), all(new, now));
    let found = parts(
        "时限",
        before.iter().map(|(name, text)| (name.as_str(), text.clone())),
        after.iter().map(|(name, text)| (name.as_str(), text.clone())),
        true,
    );
    // Clocks may differ in a condition or a warning alone, which is not in their words.
    if found.is_empty() && was.clocks != now.clocks {
        let what = "时限适用的条件或提醒".to_owned();
        return vec![Detail { what, was: None, now: None, meaning: true }];
    }
    found
}

fn close(close: CloseEvery) -> &'static str {
    match close {
        CloseEvery::Month => "按月",
        CloseEvery::Year => "按年",
    }
}

fn groups(ledger: &Ledger) -> String {
    ledger.unique.iter().map(|group| group.join("+")).collect::<Vec<_>>().join("、")
}

fn roles(was: &Ledger, now: &Ledger) -> Vec<Detail> {
    let (was, now) = (&was.roles, &now.roles);
    [
        ("登记的岗位", &was.enter, &now.enter),
        ("核对的岗位", &was.check, &now.check),
        ("审定的岗位", &was.approve, &now.approve),
        ("查看的岗位", &was.read, &now.read),
    ]
    .into_iter()
    .filter_map(|(what, was, now)| text(what, &was.join("、"), &now.join("、"), false))
    .collect()
}

fn rules(was: &Ledger, now: &Ledger) -> Vec<Detail> {
    if was.rules == now.rules {
        return Vec::new();
    }
    let told = |ledger: &Ledger| -> String {
        ledger.rules.iter().map(|rule| rule.message.as_str()).collect::<Vec<_>>().join(";")
    };
    let (was, now) = (told(was), told(now));
    let changed =
        || Detail { what: "规矩的条件".to_owned(), was: None, now: None, meaning: false };
    vec![text("规矩", &was, &now, false).unwrap_or_else(changed)]
}

fn fields(was: &Ledger, now: &Ledger) -> Vec<Detail> {
    let mut found = Vec::new();
    for field in was.fields.values().filter(|field| !now.fields.contains_key(&field.id)) {
        found.extend(optional(&named(field), Some(&ty(&field.ty)), None, true));
    }
    for field in now.fields.values() {
        match was.fields.get(&field.id) {
            None => found.extend(optional(&named(field), None, Some(&ty(&field.ty)), false)),
            Some(before) => found.extend(field_details(before, field)),
        }
    }
    found
}

fn named(field: &Field) -> String {
    format!("字段 {}({})", field.id, field.label)
}

fn field_details(was: &Field, now: &Field) -> Vec<Detail> {
    let name = named(now);
    let about = |what: &str| format!("{name} 的{what}");
    let flag = |flag: bool| if flag { "是" } else { "否" };
    let mut found: Vec<Detail> = [
        text(&about("表头"), &was.label, &now.label, false),
        text(&about("其他表头"), &was.aliases.join("、"), &now.aliases.join("、"), false),
        text(&about("必填"), flag(was.required), flag(now.required), false),
        text(&about("随日期变更"), flag(was.dated), flag(now.dated), true),
        text(&about("保护"), private(was.private), private(now.private), false),
        optional(&about("填法"), was.note.as_deref(), now.note.as_deref(), false),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (values(&was.ty), values(&now.ty)) {
        (Some(was), Some(now)) => {
            for detail in parts(&about("选项"), was, now, false) {
                // An option that is gone was counted until now; a new one or a new name for one
                // changes nothing that is there.
                let meaning = detail.now.is_none();
                found.push(Detail { meaning, ..detail });
            }
        }
        _ => found.extend(text(&about("类型"), &ty(&was.ty), &ty(&now.ty), true)),
    }
    found
}

/// The options of a choice; `None` for other types.
fn values(ty: &FieldType) -> Option<Vec<(&str, String)>> {
    match ty {
        FieldType::Choice { values } => {
            Some(values.iter().map(|(id, label)| (id.as_str(), label.clone())).collect())
        }
        _ => None,
    }
}

fn private(private: Private) -> &'static str {
    match private {
        Private::No => "不保护",
        Private::Identity => "加密",
        Private::Sensitive => "遮盖",
    }
}

/// A type in words, with all that belongs to it.
fn ty(ty: &FieldType) -> String {
    let plain = match ty {
        FieldType::Text => "文字",
        FieldType::Boolean => "是否",
        FieldType::Integer => "整数",
        FieldType::Money => "金额",
        FieldType::Date => "日期",
        FieldType::Timestamp => "日期和时间",
        FieldType::Period => "期间",
        FieldType::Place => "地方",
        FieldType::Org => "单位",
        FieldType::PersonName => "姓名",
        FieldType::IdNumber => "身份证号",
        FieldType::Phone => "电话",
        FieldType::CreditCode => "统一社会信用代码",
        FieldType::File => "文件",
        FieldType::GeoPoint => "位置",
        FieldType::Code { list } => return format!("代码({list})"),
        FieldType::Record { ledger } => return format!("记录({ledger})"),
        FieldType::Decimal { scale } => return format!("小数({scale} 位)"),
        FieldType::Quantity { unit, scale } => return format!("数({unit},{scale} 位小数)"),
        FieldType::Choice { values } => return format!("选一项({})", labels(values)),
        FieldType::MultiChoice { values } => return format!("选几项({})", labels(values)),
    };
    plain.to_owned()
}

fn labels<'v>(values: impl IntoIterator<Item = (&'v String, &'v String)>) -> String {
    let all: Vec<String> = values.into_iter().map(|(id, label)| format!("{id} {label}")).collect();
    all.join("、")
}
