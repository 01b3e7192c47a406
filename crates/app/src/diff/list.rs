//! What differs between the other kinds of definition: codes, parameters, places, organisations,
//! roles, days, words, systems.

use std::collections::BTreeSet;

use figure::Date;
use pack::{CalendarYear, Code, CodeList, Lexicon, Parameter, ParameterValue, Place};

use super::{Became, DefinitionChange, Detail, Side, compare, optional, parts, text};

pub(super) fn changes(old: &Side, new: &Side) -> Vec<DefinitionChange> {
    let (a, b) = (&old.pack, &new.pack);
    let mut found = compare(
        "codes",
        a.codes.iter().map(|(id, list)| (id.as_str(), list)),
        b.codes.iter().map(|(id, list)| (id.as_str(), list)),
        |list| list.label.clone(),
        codes,
    );
    found.extend(compare(
        "parameter",
        a.parameters.iter().map(|(id, parameter)| (id.as_str(), parameter)),
        b.parameters.iter().map(|(id, parameter)| (id.as_str(), parameter)),
        |parameter| parameter.label.clone(),
        parameter,
    ));
    found.extend(compare(
        "place",
        a.places.iter().map(|place| (place.code.as_str(), place)),
        b.places.iter().map(|place| (place.code.as_str(), place)),
        |place| place.label.clone(),
        |was, now| text("地方", &place(was), &place(now), true).into_iter().collect(),
    ));
    found.extend(compare(
        "org",
        a.orgs.iter().map(|org| (org.id.as_str(), org)),
        b.orgs.iter().map(|org| (org.id.as_str(), org)),
        |org| org.label.clone(),
        |was, now| {
            let told = |org: &pack::Org| {
                let place = org.place.as_deref().unwrap_or("");
                format!("{} {} {place}", org.label, org.kind)
            };
            text("单位", &told(was), &told(now), false).into_iter().collect()
        },
    ));
    found.extend(compare(
        "role",
        a.roles.iter().map(|(id, role)| (id.as_str(), role)),
        b.roles.iter().map(|(id, role)| (id.as_str(), role)),
        |role| role.label.clone(),
        |was, now| {
            let label = text("名称", &was.label, &now.label, false);
            label.into_iter().chain(text("职责", &was.meaning, &now.meaning, false)).collect()
        },
    ));
    found.extend(compare(
        "binding",
        a.bindings.iter().map(|binding| (binding.words.as_str(), binding)),
        b.bindings.iter().map(|binding| (binding.words.as_str(), binding)),
        |binding| binding.words.clone(),
        |was, now| text("说的是", &was.target, &now.target, false).into_iter().collect(),
    ));
    found.extend(compare(
        "systems",
        a.systems.iter().map(|system| (system.id.as_str(), system)),
        b.systems.iter().map(|system| (system.id.as_str(), system)),
        |system| system.label.clone(),
        |was, now| {
            let told = |system: &pack::System| format!("{} {}", system.group, system.label);
            text("工作系统", &told(was), &told(now), false).into_iter().collect()
        },
    ));
    found.extend(pack_file(old, new));
    found.extend(calendar(old, new));
    found.extend(lexicon(&a.lexicon, &b.lexicon));
    found.extend(privacy(old, new));
    found
}

fn span(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (None, None) => "一直".to_owned(),
        (Some(from), None) => format!("{from} 起"),
        (None, Some(until)) => format!("{until} 止"),
        (Some(from), Some(until)) => format!("{from} 至 {until}"),
    }
}

fn codes(was: &CodeList, now: &CodeList) -> Vec<Detail> {
    let told = |code: &Code| {
        let became = code.became.as_deref().map(|b| format!(",改为 {b}")).unwrap_or_default();
        let mut names = vec![code.label.as_str()];
        names.extend(code.aliases.iter().map(String::as_str));
        format!("{}({}{became})", names.join("/"), span(code.from, code.until))
    };
    let all = |list: &'_ CodeList| -> Vec<(String, String)> {
        list.codes.iter().map(|code| (code.code.clone(), told(code))).collect()
    };
    let groups = |list: &'_ CodeList| -> Vec<(String, String)> {
        list.groups.iter().map(|(name, codes)| (name.clone(), codes.join("、"))).collect()
    };
    let mut found: Vec<Detail> = text("名称", &was.label, &now.label, false).into_iter().collect();
    found.extend(optional("出处", was.source.as_deref(), now.source.as_deref(), false));
    for (what, was, now) in [("代码", all(was), all(now)), ("分组", groups(was), groups(now))] {
        found.extend(parts(
            what,
            was.iter().map(|(name, text)| (name.as_str(), text.clone())),
            now.iter().map(|(name, text)| (name.as_str(), text.clone())),
            what == "分组",
        ));
    }
    found
}

fn parameter(was: &Parameter, now: &Parameter) -> Vec<Detail> {
    let unit = |parameter: &Parameter| parameter.unit.map(|unit| unit.to_string());
    let when = |value: &ParameterValue| {
        let place = value.place.as_deref().map(|place| format!("({place})")).unwrap_or_default();
        format!("{}{place}", span(value.from, value.until))
    };
    let told = |value: &ParameterValue| format!("{}(出自 {})", value.value, value.source);
    let all = |parameter: &'_ Parameter| -> Vec<(String, String)> {
        parameter.values.iter().map(|value| (when(value), told(value))).collect()
    };
    let mut found: Vec<Detail> = text("名称", &was.label, &now.label, false).into_iter().collect();
    found.extend(optional("单位", unit(was).as_deref(), unit(now).as_deref(), true));
    let (was, now) = (all(was), all(now));
    found.extend(parts(
        "值",
        was.iter().map(|(name, text)| (name.as_str(), text.clone())),
        now.iter().map(|(name, text)| (name.as_str(), text.clone())),
        true,
    ));
    found
}

fn place(place: &Place) -> String {
    let parent = place.parent.as_deref().unwrap_or("");
    let successor = match (place.successor.as_deref(), place.split_into.as_slice()) {
        (Some(code), _) => format!(",并入 {code}"),
        (None, []) => String::new(),
        (None, codes) => format!(",拆分为 {}", codes.join("、")),
    };
    let mut names = vec![place.label.as_str()];
    names.extend(place.aliases.iter().map(String::as_str));
    let span = span(place.from, place.until);
    format!("{} {} 上级 {parent} {span}{successor}", names.join("/"), place.kind)
}

/// What `pack.toml` says: the pack's name, and the ledgers that serve the program itself.
fn pack_file(old: &Side, new: &Side) -> Option<DefinitionChange> {
    let (was, now) = (&old.pack, &new.pack);
    let explanations = |pack: &pack::Pack| {
        let told = |e: &pack::Explanations| {
            format!("{}({}、{}、{})", e.ledger, e.relation, e.period, e.reason)
        };
        pack.explanations.as_ref().map(told)
    };
    let vouchers = |pack: &pack::Pack| {
        let told = |v: &pack::Vouchers| {
            let fields = [&v.indicator, &v.period, &v.value, &v.unit, &v.document];
            format!("{}({})", v.ledger, fields.map(String::as_str).join("、"))
        };
        pack.vouchers.as_ref().map(told)
    };
    let details: Vec<Detail> = [
        text("名称", &was.label, &now.label, false),
        optional("说明记在", explanations(was).as_deref(), explanations(now).as_deref(), false),
        optional("签字的数记在", vouchers(was).as_deref(), vouchers(now).as_deref(), true),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (id, label) = ("pack".to_owned(), now.label.clone());
    let change = DefinitionChange { kind: "pack", id, label, became: Became::Changed, details };
    (!change.details.is_empty()).then_some(change)
}

fn calendar(old: &Side, new: &Side) -> Vec<DefinitionChange> {
    let all = |side: &'_ Side| -> Vec<(String, String)> {
        let years = side.pack.calendar.years.iter();
        years.map(|(year, days)| (year.to_string(), days_of(days))).collect()
    };
    let (was, now) = (all(old), all(new));
    compare(
        "calendar",
        was.iter().map(|(year, days)| (year.as_str(), days)),
        now.iter().map(|(year, days)| (year.as_str(), days)),
        |_| "工作日历".to_owned(),
        |was, now| text("放假和调休", was, now, true).into_iter().collect(),
    )
}

fn days_of(year: &CalendarYear) -> String {
    let off: Vec<String> = year.holidays.iter().map(|(day, name)| format!("{day}{name}")).collect();
    let on: Vec<String> = year.workdays.iter().map(ToString::to_string).collect();
    format!("休 {};班 {}", off.join("、"), on.join("、"))
}

fn lexicon(was: &Lexicon, now: &Lexicon) -> Vec<DefinitionChange> {
    let mut details = Vec::new();
    for (what, was, now) in [
        ("固定说法", &was.background, &now.background),
        ("评价", &was.rhetoric, &now.rhetoric),
        ("打算", &was.plan, &now.plan),
        ("量词", &was.counters, &now.counters),
        ("有时效的说法", &was.dated, &now.dated),
        ("一次性的事", &was.once, &now.once),
    ] {
        let (was, now): (BTreeSet<&String>, BTreeSet<&String>) =
            (was.iter().collect(), now.iter().collect());
        let list = |words: &mut dyn Iterator<Item = &&String>| {
            words.map(|word| word.as_str()).collect::<Vec<_>>().join("、")
        };
        let gone = list(&mut was.difference(&now));
        let come = list(&mut now.difference(&was));
        details.extend(text(what, &gone, &come, false));
    }
    if details.is_empty() {
        return Vec::new();
    }
    let (id, label) = ("lexicon".to_owned(), "报告用语".to_owned());
    vec![DefinitionChange { kind: "lexicon", id, label, became: Became::Changed, details }]
}

/// The words of private fields only check definitions and are not kept, so their file is compared.
fn privacy(old: &Side, new: &Side) -> Vec<DefinitionChange> {
    let file = |side: &Side| side.files.get("privacy.toml").map(|file| file.text.clone());
    if file(old) == file(new) {
        return Vec::new();
    }
    let what = "文件有改动".to_owned();
    let details = vec![Detail { what, was: None, now: None, meaning: false }];
    let (id, label) = ("privacy".to_owned(), "个人信息用词".to_owned());
    vec![DefinitionChange { kind: "privacy", id, label, became: Became::Changed, details }]
}
