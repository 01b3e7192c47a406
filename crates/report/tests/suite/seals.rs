//! The document of a seal: its bytes, its digest, its code, and what is no seal.

use proptest::prelude::*;
use report::{Seal, SealUnreadable, parse, short_code};
use serde_json::Value;
use sm3::{Digest, Sm3};

use crate::exceptions::town_with_broken_relation;
use crate::sealing::facts;
use crate::town::{NOW, Town};

/// SM3 over the canonical form of a document without its digest, made without the product.
pub(crate) fn digest(document: &Value) -> String {
    fn write(value: &Value, out: &mut String) {
        match value {
            Value::Object(object) => {
                // All keys of a seal are ASCII, for which the order of bytes is that of RFC 8785.
                let sorted: std::collections::BTreeMap<&String, &Value> = object.iter().collect();
                let parts = sorted.into_iter().map(|(key, value)| {
                    let mut part = format!("{}:", Value::from(key.as_str()));
                    write(value, &mut part);
                    part
                });
                let parts: Vec<String> = parts.collect();
                *out += &format!("{{{}}}", parts.join(","));
            }
            Value::Array(items) => {
                let parts = items.iter().map(|item| {
                    let mut part = String::new();
                    write(item, &mut part);
                    part
                });
                let parts: Vec<String> = parts.collect();
                *out += &format!("[{}]", parts.join(","));
            }
            scalar => *out += &scalar.to_string(),
        }
    }
    let mut content = document.clone();
    content.as_object_mut().unwrap().remove("digest");
    let mut out = String::new();
    write(&content, &mut out);
    Sm3::digest(out.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The document with its digest made anew, as one who changes it on purpose would.
pub(crate) fn resealed(mut document: Value) -> String {
    document["digest"] = Value::from(digest(&document));
    document.to_string()
}

/// A seal that has something of everything.
pub(crate) fn full_seal(town: &Town) -> Seal {
    let approval = "who = \"王某\", why = \"已通报\", document = \"纪要\"";
    let front = format!(
        "exception = [ {{ words = \"5起\", {approval} }}, {{ relation = \"all_fixed\", {approval} }} ]\n"
    );
    let body = "矿山排查整治隐患[1起](hazards?sector=mine),发现隐患[5起](hazards_found)。\n村集体经济收入[均达到30万元以上](income?each=village)。\n全年[无进京访人员](visits?level=capital)。\n落实[八大行动](background),力争排查[9起](plan)。\n";
    Seal::of(&town.check_with(&front, body), &facts(true)).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn the_document_is_canonical() {
    let front = "+++\ntitle = \"简报\"\nwindow = \"2023\"\nplace = \"青石镇\"\n+++\n";
    let source = parse(&format!("{front}排查整治隐患[3起](hazards)。\n"), "公文/简报.md").unwrap();
    let seal = Seal::of(&Town::new().check_source(&source, NOW), &facts(false)).unwrap();
    let expected = concat!(
        r#"{"background":0,"digest":"11d154b55b38a7114558f85dacd060e5b7ee0e7e7a1f22ec2e8bc05100705885","exceptions":[],"format":"zhenzhang-seal/1","#,
        r#""ledger":{"entries":34,"head":"a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0","revision":12},"#,
        r#""now":"2024-01-10","pack":{"hash":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"},"#,
        r#""place":"990101001","plans":0,"program":"0.1.0","#,
        r#""relations":[{"equation":"排查整治隐患数 ≤ 发现隐患数","exception":null,"holds":true,"id":"parts","left":"3","level":"must","place":"990101001","right":"4","violations":0,"window":"2023"}],"#,
        r#""report":{"file":"简报.md","sm3":"d54744d8cb819245c53348c49c782b3f2f1d4759c475bc6baa5dcb3da9be76ee","#,
        r#""text":"+++\ntitle = \"简报\"\nwindow = \"2023\"\nplace = \"青石镇\"\n+++\n排查整治隐患[3起](hazards)。\n","title":"简报"},"#,
        r#""sealed":{"at":"2024-01-10T09:00:00","role":"leader","who":"王某"},"state":"final","#,
        r#""verdicts":[{"actual":{"high":"3","low":"3","unit":"起","value":"3"},"basis":"records","end":60,"exception":null,"fixed":{},"gaps":[],"indicator":"hazards","kind":null,"label":"排查整治隐患数","line":6,"meaning":"期间内发现且已整改的隐患。","members":[],"place":"990101001","predicate":"等于 3 起","records":3,"start":58,"status":"final","text":"3起","unit":"起","verdict":"proven","window":"2023"}],"#,
        r#""window":"2023"}"#,
    );
    // The digest is that of `jq -cSj 'del(.digest)' | openssl dgst -sm3`.
    assert_eq!(seal.to_json(), expected);
    assert_eq!(seal.short_code(), "278N-9DAV-72KH");
}

#[test]
fn a_seal_reads_back_as_it_was_written() {
    let seal = full_seal(&town_with_broken_relation());
    let text = seal.to_json();
    assert_eq!(Seal::from_json(&text).as_ref(), Ok(&seal));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["digest"], digest(&value), "any tool can make the digest");
    assert_eq!(value["digest"], seal.digest());
    let pretty = format!("\u{feff}{value:#}\n");
    assert_eq!(Seal::from_json(&pretty).as_ref(), Ok(&seal), "white space and order are free");
    assert_eq!(Some(seal.short_code()), short_code(&seal.digest()));
}

#[test]
fn sealing_twice_gives_the_same_bytes() {
    let town = town_with_broken_relation();
    assert_eq!(full_seal(&town).to_json(), full_seal(&town).to_json());
}

/// What is said of a text that is no seal.
fn check_unreadable(text: &str, expected: &str) {
    let error = Seal::from_json(text).unwrap_err();
    assert!(error.to_string().starts_with(expected), "{error}\nexpected {expected}");
}

#[test]
fn what_is_no_seal_is_told_apart() {
    let seal = full_seal(&town_with_broken_relation());
    let text = seal.to_json();
    check_unreadable("", "到第1行第1列就断了");
    check_unreadable(&text[..text.len() - 1], "到第1行");
    check_unreadable("{\n \"format\": 甲 }", "第2行第12列起不是 JSON");
    check_unreadable("{\"甲\": 乙 }", "第1行第7列起不是 JSON");
    check_unreadable("{} {}", "第1行第4列起不是 JSON");
    check_unreadable(&format!("{}1{}", "[".repeat(5000), "]".repeat(5000)), "第1行");
    check_unreadable("[]", "不是镇账的封存文件:format 是空的");
    check_unreadable("{\"format\": 1}", "不是镇账的封存文件:format 是空的");
    check_unreadable("{\"format\": \"box/1\"}", "不是镇账的封存文件:format 是“box/1”");
    check_unreadable("{\"format\": \"zhenzhang-seal/x\"}", "不是镇账的封存文件");
    check_unreadable(
        "{\"format\": \"zhenzhang-seal/2\"}",
        "封存文件的格式是 zhenzhang-seal/2,这个程序",
    );
    check_unreadable("{\"format\": \"zhenzhang-seal/1\"}", "封存文件的最外层缺 program、state、");
    check_unreadable(&text.replacen("王某", "张某", 1), "内容被改动过:封存时的摘要是 ");
    let twice = text.replacen("\"who\":", "\"who\":\"张某\",\"who\":", 1);
    check_unreadable(&twice, "第1行第");
    assert!(
        matches!(Seal::from_json(&twice), Err(SealUnreadable::Twice { key, .. }) if key == "who")
    );
    let fraction = text.replacen("\"plans\":1", "\"plans\":1.5", 1);
    assert!(matches!(Seal::from_json(&fraction), Err(SealUnreadable::NoInteger { .. })));
    let huge = text.replacen("\"plans\":1", "\"plans\":99999999999999999999", 1);
    assert!(matches!(Seal::from_json(&huge), Err(SealUnreadable::NoInteger { .. })));
}

/// What is said of a seal in which somebody put another value at a pointer and made the
/// digest anew; no value takes the key out.
fn check_forged(pointer: &str, value: Option<Value>, expected: &str) {
    let text = full_seal(&town_with_broken_relation()).to_json();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => parent.insert(key.to_owned(), value),
        None => parent.remove(key),
    };
    check_unreadable(&resealed(document), expected);
}

#[test]
fn a_forged_shape_is_named() {
    check_forged("/place", None, "封存文件的最外层缺 place;");
    check_forged("/sealed/who", None, "封存文件的 sealed 缺 who;");
    check_forged("/verdicts/1/meaning", None, "封存文件的 verdicts[1] 缺 meaning;");
    check_forged("/note", Some("甲".into()), "封存文件的最外层多出 note;");
    check_forged(
        "/verdicts/0/line",
        Some("3".into()),
        "封存文件的 verdicts[0].line 不对,应是不小于零的整数",
    );
    check_forged(
        "/verdicts/0/gaps",
        Some("甲".into()),
        "封存文件的 verdicts[0].gaps 不对,应是文字的列表",
    );
    check_forged("/verdicts/0/fixed", Some(1.into()), "封存文件的 verdicts[0].fixed 不对");
    check_forged("/relations/0/holds", Some(1.into()), "封存文件的 relations[0].holds 不对");
    check_forged("/verdicts", Some(Value::Null), "封存文件的 verdicts 不对,应是列表");
    check_forged("/sealed", Some(1.into()), "封存文件的 sealed 不对,应是一个对象");
    check_forged("/state", Some("draft".into()), "封存文件的 state 不对,应是final 或 provisional");
    check_forged("/window", Some("2023-01-01..2023-12-31".into()), "封存文件的 window 不对");
    check_forged("/now", Some("昨天".into()), "封存文件的 now 不对");
    check_forged("/ledger/revision", Some("1".into()), "封存文件的 ledger.revision 不对,应是整数");
    check_forged("/report/sm3", Some("00".into()), "内容被改动过");
}

#[test]
fn every_byte_counts() {
    let seal = full_seal(&town_with_broken_relation());
    let text = seal.to_json();
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(changed) = String::from_utf8(bytes) {
            assert!(Seal::from_json(&changed).is_err(), "byte {at} of {changed}");
        }
    }
}

/// Every key of a value and of what it holds.
fn keys(value: &Value, all: &mut Vec<String>) {
    match value {
        // The keys of `fixed` are dimensions.
        Value::Object(object) => object.iter().for_each(|(key, inner)| {
            all.push(key.clone());
            if key != "fixed" {
                keys(inner, all);
            }
        }),
        Value::Array(items) => items.iter().for_each(|inner| keys(inner, all)),
        _ => {}
    }
}

#[test]
fn every_key_is_described() {
    let described = include_str!("../../../../docs/json.md");
    let (_, section) = described.split_once("## The seal of a report").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let mut all = Vec::new();
    let text = full_seal(&town_with_broken_relation()).to_json();
    keys(&serde_json::from_str(&text).unwrap(), &mut all);
    assert!(all.contains(&"truth".to_owned()), "the seal has members");
    for key in all {
        assert!(section.contains(&format!("\"{key}\"")), "{key} is not described");
    }
}

proptest! {
    #[test]
    fn a_flipped_byte_is_noticed(at in any::<prop::sample::Index>(), flip in 1_u8..) {
        thread_local! {
            static TEXT: String = full_seal(&town_with_broken_relation()).to_json();
        }
        let mut bytes = TEXT.with(|text| text.clone().into_bytes());
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        // Bytes that are no text are refused before they are read as a seal.
        if let Ok(changed) = String::from_utf8(bytes) {
            prop_assert!(Seal::from_json(&changed).is_err(), "byte {} of {}", at, changed);
        }
    }

    #[test]
    fn no_text_breaks_the_reading(text in r#"[\[\]{}":,0-9a-z\\ u.镇\x00-\x1f-]{0,80}"#) {
        prop_assert!(Seal::from_json(&text).is_err());
    }
}
