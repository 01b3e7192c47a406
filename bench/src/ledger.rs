//! The invented town of the benchmarks: its places, a pack with a ledger of fifteen columns, and
//! records for it.

use pack::{Pack, Scalar, SourceFile};
use store::{Actor, NewRecord, Stamp};

use crate::rounds::Outcome;

/// Id of the ledger.
pub(crate) const LEDGER: &str = "work";

/// A township with two villages.
pub(crate) const PLACES: &str = r#"
place = [
    { code = "999999100", label = "示例镇", kind = "township" },
    { code = "999999100201", label = "甲村", kind = "village", parent = "999999100" },
    { code = "999999100202", label = "乙村", kind = "village", parent = "999999100" },
]
"#;

const FIELDS: &str = r#"
label = "工作台账"
meaning = "测试"
place = "village"
close = "month"
owner = "测试"
key = "no"
field = [
    { id = "no", label = "编号", type = "text", required = true },
    { id = "on", label = "日期", type = "date", required = true },
    { id = "kind", label = "类型", type = "choice", values = { a = "甲", b = "乙" }, required = true },
    { id = "amount", label = "金额", type = "money" },
    { id = "area", label = "面积", type = "quantity", unit = "亩", scale = 2 },
    { id = "persons", label = "人数", type = "integer" },
    { id = "name", label = "姓名", type = NAME },
    { id = "idno", label = "身份证号", type = NUMBER },
    { id = "phone", label = "电话", type = PHONE },
    { id = "site", label = "地点", type = "text" },
    { id = "note", label = "说明", type = "text" },
    { id = "done", label = "办结", type = "boolean" },
    { id = "score", label = "评分", type = "decimal", scale = 1 },
    { id = "batch", label = "批次", type = "text" },
]
"#;

/// Code of the township.
pub(crate) const TOWN: &str = "999999100";

/// The definitions of a township with so many villages.
pub(crate) fn places(villages: usize) -> SourceFile {
    let mut text =
        format!("place = [\n  {{ code = \"{TOWN}\", label = \"示例镇\", kind = \"township\" }},\n");
    for n in 0..villages {
        let code = village(n);
        text.push_str(&format!(
            "  {{ code = \"{code}\", label = \"示例{n}村\", kind = \"village\", parent = \"{TOWN}\" }},\n"
        ));
    }
    text.push_str("]\n");
    SourceFile { path: "place/town.toml".to_owned(), text: text.into() }
}

/// Code of a village among these.
pub(crate) fn village(number: usize) -> String {
    format!("{TOWN}2{number:02}")
}

/// A day of three years that depends on a number.
pub(crate) fn day(number: usize) -> String {
    format!("202{}-{:02}-{:02}", 1 + number % 3, number / 3 % 12 + 1, number / 36 % 28 + 1)
}

/// The pack; name, ID number and phone are encrypted, or plain texts of the same length.
pub(crate) fn pack_of_fifteen_columns(is_private: bool) -> Outcome<Pack> {
    let file = |path: &str, text: String| SourceFile { path: path.to_owned(), text: text.into() };
    let files = [
        file("pack.toml", "label = \"bench\"\n".to_owned()),
        file("place/town.toml", PLACES.to_owned()),
        file("ledger/work.toml", fifteen_columns(is_private)),
    ];
    Ok(pack::load(&files, &[])?)
}

/// The definition of the ledger of that pack.
pub(crate) fn fifteen_columns(is_private: bool) -> String {
    let types = [("NAME", "person-name"), ("NUMBER", "id-number"), ("PHONE", "phone")];
    types.into_iter().fold(FIELDS.to_owned(), |fields, (word, private)| {
        let kind = if is_private {
            format!("\"{private}\", private = \"identity\"")
        } else {
            "\"text\", private = \"open\", note = \"测试\"".to_owned()
        };
        fields.replace(&format!("type = {word} "), &format!("type = {kind} "))
    })
}

/// The record of a number: its place and its fourteen fields.
pub(crate) fn record(number: i64) -> NewRecord {
    let text = |t: String| Some(Scalar::Text(t));
    let int = |n: i64| Some(Scalar::Integer(n));
    NewRecord {
        place: Some(["999999100201", "999999100202"][(number % 2) as usize].to_owned()),
        parent: None,
        cells: vec![
            text(format!("N{number:07}")),
            text(format!("2023-{:02}-{:02}", number / 28 % 12 + 1, number % 28 + 1)),
            text(["a", "b"][(number % 2) as usize].to_owned()),
            int(number % 9000 * 100),
            int(number % 300 * 25),
            int(number % 9),
            text("赵某甲子".to_owned()),
            text(id_number(number)),
            text(format!("138{:08}", number % 100_000_000)),
            text(format!("第{}组", number % 40)),
            text("按期办理,无异常情况".to_owned()),
            int(1),
            int(number % 100 * 5),
            text(format!("第{}批", number % 12)),
        ],
    }
}

/// A number of GB 11643 in a district that does not exist, with its check digit.
fn id_number(number: i64) -> String {
    let day = number / 1000;
    let (year, month, date) = (1950 + day / 336 % 60, day / 28 % 12 + 1, day % 28 + 1);
    let digits = format!("999999{year:04}{month:02}{date:02}{:03}", number % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.bytes().zip(weights).map(|(d, w)| u32::from(d - b'0') * w).sum();
    let check = b"10X98765432"[(sum % 11) as usize];
    format!("{digits}{}", char::from(check))
}

/// Who writes in a benchmark.
pub(crate) fn clerk() -> Actor {
    Actor { name: "张三".to_owned(), role: "经办人".to_owned() }
}

/// A stamp as a clerk's entry has it.
pub(crate) fn stamp(who: &Actor) -> Stamp<'_> {
    Stamp {
        who,
        at: "2024-01-05T09:00:00+08:00",
        what: "登记",
        why: "日常登记",
        source: "",
        key: None,
    }
}
