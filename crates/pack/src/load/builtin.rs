//! The ledger of places, which every pack has: its rows are the pack's places.

use indexmap::IndexMap;

use crate::{Field, FieldType, Ledger, Private, Roles};

/// Id of the ledger of places.
pub(super) const PLACE: &str = "place";

/// The ledger `place`. The definitions state the whole of it, so it is never closed.
pub(super) fn place() -> Ledger {
    let fields = [
        ("code", "编码", FieldType::Text),
        ("label", "名称", FieldType::Text),
        ("kind", "种类", FieldType::Text),
        ("parent", "上级编码", FieldType::Text),
        ("from", "设立日期", FieldType::Date),
        ("until", "撤销日期", FieldType::Date),
    ];
    let field = |(id, label, ty): (&str, &str, FieldType)| {
        let field = Field {
            id: id.to_owned(),
            label: label.to_owned(),
            aliases: Vec::new(),
            ty,
            required: matches!(id, "code" | "label" | "kind"),
            dated: false,
            private: Private::No,
            note: None,
            derived: false,
        };
        (id.to_owned(), field)
    };
    Ledger {
        id: PLACE.to_owned(),
        label: "行政区划".to_owned(),
        system: None,
        meaning: "一条记录是一个地方:县、乡镇、村或社区。".to_owned(),
        place: Vec::new(),
        close: None,
        owner: "台账包".to_owned(),
        parent: None,
        key: Some("code".to_owned()),
        fields: fields.into_iter().map(field).collect::<IndexMap<_, _>>(),
        rules: Vec::new(),
        unique: Vec::new(),
        case: None,
        clocks: Vec::new(),
        roles: Roles::default(),
        retention: None,
        text: PLACE.into(),
        file: String::new(),
    }
}
