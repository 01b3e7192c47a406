//! A small invented township.

use std::sync::LazyLock;

use figure::Unit;
use pack::{CloseEvery, Field, FieldType, Ledger, Lexicon, Pack, Place, Places, Private, Scalar};
use store::{Actor, NewRecord, Stamp, Store, as_of};

use crate::ENGINE;
pub(crate) use crate::base::{Base, Fresh, fresh};

pub(crate) const TOWN: &str = "990001001";
pub(crate) const JIA: &str = "990001001201";
pub(crate) const YI: &str = "990001001202";
pub(crate) const BING: &str = "990001001001";

static CLERK: LazyLock<Actor> =
    LazyLock::new(|| Actor { name: "张三".to_owned(), role: "经办人".to_owned() });

/// A stamp without an idempotency key.
pub(crate) fn stamp() -> Stamp<'static> {
    Stamp { who: &CLERK, at: "2024-01-05T09:00:00", what: "登记", why: "", source: "", key: None }
}

/// A stamp with an idempotency key.
pub(crate) fn keyed(key: &str) -> Stamp<'_> {
    Stamp { key: Some(key), ..stamp() }
}

pub(crate) fn text(value: &str) -> Option<Scalar> {
    Some(Scalar::Text(value.to_owned()))
}

pub(crate) fn int(value: i64) -> Option<Scalar> {
    Some(Scalar::Integer(value))
}

pub(crate) fn field(id: &str, label: &str, ty: FieldType) -> Field {
    Field {
        id: id.to_owned(),
        label: label.to_owned(),
        aliases: Vec::new(),
        ty,
        required: false,
        dated: false,
        private: Private::No,
        note: None,
        derived: false,
    }
}

fn choice(ids: &[&str]) -> FieldType {
    FieldType::Choice {
        values: ids.iter().map(|id| ((*id).to_owned(), (*id).to_owned())).collect(),
    }
}

pub(crate) fn ledger(id: &str, label: &str, fields: Vec<Field>) -> Ledger {
    Ledger {
        id: id.to_owned(),
        label: label.to_owned(),
        system: None,
        meaning: String::new(),
        place: vec!["village".to_owned()],
        close: Some(CloseEvery::Month),
        owner: "民政办".to_owned(),
        parent: None,
        key: None,
        fields: fields.into_iter().map(|field| (field.id.clone(), field)).collect(),
        rules: Vec::new(),
        unique: Vec::new(),
        case: None,
        clocks: Vec::new(),
        roles: Default::default(),
        retention: None,
        text: format!("text of {id}").into(),
        file: format!("ledger/{id}.toml"),
    }
}

fn place(code: &str, label: &str, kind: &str, parent: Option<&str>) -> Place {
    Place {
        code: code.to_owned(),
        label: label.to_owned(),
        aliases: Vec::new(),
        kind: kind.to_owned(),
        parent: parent.map(str::to_owned),
        from: None,
        until: None,
        successor: None,
        split_into: Vec::new(),
    }
}

/// Households with members, visits to them, and assets without dates.
pub(crate) fn pack() -> Pack {
    let mut household = ledger(
        "household",
        "户台账",
        vec![
            field("code", "户号", FieldType::Text),
            Field {
                dated: true, ..field("kind", "户类型", choice(&["common", "poor", "left"]))
            },
            field("income", "收入", FieldType::Money),
            field("registered", "登记日期", FieldType::Date),
        ],
    );
    household.key = Some("code".to_owned());
    let mut member = ledger(
        "member",
        "成员台账",
        vec![
            Field {
                private: Private::Identity, ..field("idno", "身份证号", FieldType::IdNumber)
            },
            field("joined", "迁入日期", FieldType::Date),
        ],
    );
    member.parent = Some("household".to_owned());
    member.place = Vec::new();
    member.unique = vec![vec!["idno".to_owned()]];
    let mut visit = ledger(
        "visit",
        "走访台账",
        vec![
            field("household", "走访户", FieldType::Record { ledger: "household".to_owned() }),
            field("at", "时间", FieldType::Timestamp),
            field("month", "所属月份", FieldType::Period),
            field(
                "length",
                "里程",
                FieldType::Quantity { unit: Unit::parse("公里").unwrap(), scale: 1 },
            ),
        ],
    );
    visit.place.push("community".to_owned());
    let mut asset = ledger(
        "asset",
        "资产台账",
        vec![field("name", "名称", FieldType::Text), field("serial", "编号", FieldType::Integer)],
    );
    asset.close = Some(CloseEvery::Year);
    asset.unique = vec![vec!["name".to_owned(), "serial".to_owned()]];
    let mut places = ledger("place", "地方", vec![field("code", "代码", FieldType::Text)]);
    places.close = None;
    places.key = Some("code".to_owned());
    let ledgers = [household, member, visit, asset, places];
    Pack {
        label: "青石镇".to_owned(),
        ledgers: ledgers.into_iter().map(|ledger| (ledger.id.clone(), ledger)).collect(),
        codes: Default::default(),
        parameters: Default::default(),
        indicators: Default::default(),
        relations: Default::default(),
        explanations: None,
        vouchers: None,
        systems: Vec::new(),
        roles: Default::default(),
        calendar: Default::default(),
        lexicon: Lexicon::default(),
        bindings: Vec::new(),
        review: Default::default(),
        places: Places::new(vec![
            place(TOWN, "青石镇", "township", None),
            place(JIA, "甲村", "village", Some(TOWN)),
            place(YI, "乙村", "village", Some(TOWN)),
            place(BING, "丙居委会", "community", Some(TOWN)),
        ]),
        orgs: Vec::new(),
    }
}

/// A household of a village.
pub(crate) fn household(village: &str, code: &str, income: i64, registered: &str) -> NewRecord {
    NewRecord {
        place: Some(village.to_owned()),
        parent: None,
        cells: vec![text(code), text("common"), int(income), text(registered)],
    }
}

/// A member of a household.
pub(crate) fn member(parent: i64, idno: &str, joined: &str) -> NewRecord {
    NewRecord { place: None, parent: Some(parent), cells: vec![text(idno), text(joined)] }
}

/// The audit chain holds, and says so.
pub(crate) fn assert_sound(store: &Store) {
    let report = store.audit_verify().unwrap();
    assert_eq!(
        report.problems,
        [],
        "{:?}",
        report.problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    assert_eq!(report.head, store.chain_head().unwrap());
}

/// The SQL for the kind of the household `h` on a day.
pub(crate) fn kind_as_of(day: &str, known: Option<&str>) -> String {
    let pack = pack();
    let kind = &pack.ledgers["household"].fields["kind"];
    as_of(ENGINE, "household", kind, "h", day, known)
}
