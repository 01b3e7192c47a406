//! A small invented township: its definitions, its records, and the bytes attached to them.

use std::fmt::Write;

use pack::{Pack, Scalar, SourceFile};
use store::NewRecord;

/// The village that all records belong to.
pub const VILLAGE: &str = "990001001201";

/// Households that there are before any step.
pub const HOUSEHOLDS: u32 = 40;

const PLACES: &str = include_str!("../../../crates/store/tests/town/places.toml");

const HOUSEHOLD: &str = r#"
label = "户台账"
meaning = "测试"
place = "village"
close = "month"
owner = "民政办"
key = "code"
field = [
    { id = "code", label = "户号", type = "text" },
    { id = "kind", label = "户类型", type = "choice", values = { a = "甲", b = "乙", c = "丙" }, dated = true },
    { id = "income", label = "收入", type = "money" },
    { id = "registered", label = "登记日期", type = "date" },
    { id = "head", label = "户主", type = "person-name", private = "identity" },
    { id = "idno", label = "证件号码", type = "id-number", private = "identity" },
]
"#;

const VISIT: &str = include_str!("../../../crates/store/tests/town/visit.toml");

const SUBSIDY: &str = r#"
label = "补贴台账"
meaning = "测试"
place = "village"
close = "month"
owner = "民政办"
field = [
    { id = "batch", label = "批次", type = "text" },
    { id = "line", label = "序号", type = "integer" },
    { id = "paid", label = "发放日期", type = "date" },
    { id = "amount", label = "金额", type = "money" },
]
unique = [["batch", "line"]]
"#;

/// The definitions, as they are after `version` extensions: each adds a field to the households,
/// and every third a ledger of its own.
///
/// # Errors
/// Never, unless the definitions here are wrong.
pub fn pack(version: u32) -> Result<Pack, pack::PackErrors> {
    let mut fields = String::from("field = [\n");
    for n in 1..=version {
        // Writing to a string cannot fail.
        let _ = writeln!(fields, "    {{ id = \"f{n}\", label = \"附加{n}\", type = \"text\" }},");
    }
    let mut files = vec![
        file("pack.toml", "label = \"测试\"\n"),
        file("place/town.toml", PLACES),
        file("ledger/household.toml", &HOUSEHOLD.replace("field = [\n", &fields)),
        file("ledger/visit.toml", VISIT),
        file("ledger/subsidy.toml", SUBSIDY),
    ];
    for n in (3..=version).step_by(3) {
        files.push(file(&format!("ledger/extra{n}.toml"), SUBSIDY));
    }
    pack::load(&files, &[])
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned().into() }
}

/// A text in a cell.
pub fn text(value: &str) -> Option<Scalar> {
    Some(Scalar::Text(value.to_owned()))
}

/// A whole number in a cell.
pub fn int(value: i64) -> Option<Scalar> {
    Some(Scalar::Integer(value))
}

/// The name of a household's head.
pub fn head(n: u32) -> Option<Scalar> {
    text(&format!("赵{}", ["甲", "乙", "丙丁", "戊己"][n as usize % 4]))
}

/// A household with a person of its own.
pub fn household(n: u32) -> NewRecord {
    NewRecord {
        place: Some(VILLAGE.to_owned()),
        parent: None,
        cells: vec![
            text(&format!("H{n}")),
            text("a"),
            int(i64::from(n) * 100),
            text("2023-03-05"),
            head(n),
            text(&format!("ID{n}")),
        ],
    }
}

/// A visit to a household.
pub fn visit(parent: i64, other: i64) -> NewRecord {
    NewRecord { place: None, parent: Some(parent), cells: vec![text("2023-04-06"), int(other)] }
}

/// A line of a batch of subsidies.
pub fn subsidy(batch: &str, line: u32) -> NewRecord {
    NewRecord {
        place: Some(VILLAGE.to_owned()),
        parent: None,
        cells: vec![
            text(batch),
            int(i64::from(line)),
            text("2023-05-07"),
            int(i64::from(line) * 7),
        ],
    }
}

/// Bytes that look like nothing in particular, the same for the same number.
pub fn bytes(n: u32, length: usize) -> Vec<u8> {
    let mut state = u64::from(n) + 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        // The constants are those of splitmix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bytes.extend_from_slice(&(mixed ^ (mixed >> 27)).to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}
