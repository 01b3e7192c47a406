//! Persons behind records: found, forgotten, and who looked at them.

use std::path::Path;

use pack::Scalar;
use product_tests::town::town;
use serde_json::Value;

use crate::desk::{Desk, revision, workbook};

/// What one column of the register of persons says, record by record.
fn persons(field: &str) -> Vec<(i64, String)> {
    let office = town().office();
    let column = office.pack.ledgers["person"].fields.get_index_of(field).unwrap();
    let records = office.store.records(&office.pack, "person").unwrap();
    let text = |cell: &Option<Scalar>| match cell {
        Some(Scalar::Text(text)) => text.clone(),
        other => panic!("{field} is {other:?}"),
    };
    records.iter().map(|record| (record.id, text(&record.cells[column]))).collect()
}

/// What the register says of the person in its first record, who is an official.
fn first_person(field: &str) -> String {
    let office = town().office();
    let column = office.pack.ledgers["cadre"].fields.get_index_of("person").unwrap();
    let official = office.store.record(&office.pack, "cadre", 1).unwrap().unwrap();
    assert_eq!(official.cells[column], Some(Scalar::Integer(1)));
    persons(field).into_iter().find(|(id, _)| *id == 1).expect("a person").1
}

/// Records of persons in whose name a text stands.
fn named(text: &str) -> Vec<String> {
    let with = |(id, name): (i64, String)| name.contains(text).then(|| id.to_string());
    persons("name").into_iter().filter_map(with).collect()
}

fn numbers(found: &Value) -> Vec<String> {
    let rows = found["rows"].as_array().unwrap();
    rows.iter().map(|row| row[0].as_str().unwrap().to_owned()).collect()
}

#[test]
fn people_are_found_by_their_names() {
    let desk = Desk::new("find");
    let name = first_person("name");
    let (surname, rest) = name.split_at(3);
    let find = |text: &str| {
        let question = format!("姓名={text}");
        let run = desk.run(&["--json", "find", "person", &question]);
        assert!(run.code < 2, "{}{}", run.out, run.err);
        assert!(!run.out.contains(&name), "the name is shown: {}", run.out);
        let json: Value = serde_json::from_str(&run.out).unwrap();
        let numbers = numbers(&json);
        assert_eq!(run.code, i32::from(numbers.is_empty()));
        numbers
    };
    let whole = find(&name);
    assert!(whole.contains(&"1".to_owned()), "{whole:?}");
    assert_eq!(find(&format!(" {name} ")), whole);
    for part in [surname, rest] {
        let some = find(part);
        assert!(whole.iter().all(|id| some.contains(id)), "{part}: {some:?}");
    }
    // A surname finds as many as the ledger has.
    assert_eq!(find(surname), named(surname));
    for nobody in ["璩某某", "%", "_", "*", "' or 1=1 --"] {
        assert_eq!(find(nobody), Vec::<String>::new(), "{nobody}");
    }
    let shown = desk.says(&["find", "person", &format!("name={name}")], 0, &["找到"]);
    assert!(shown.out.contains(&format!("{surname}*")), "{}", shown.out);
    for (arguments, said) in [
        (&["find", "person", "学历=大学本科"][..], "不能按“学历”查找;可以按“姓名”、"),
        (&["find", "person", "学历=大学本科"], "查找,如 姓名=内容"),
        (&["find", "person", "姓名= "], "没有写要找的内容"),
        (&["find", "人员", "姓名=王"], "是不是“人员台账”"),
        (&["find", "person", "名字=王"], "没有栏目“名字”;可以按“姓名”、"),
        (&["find", "cadre", "人员编号=1"], "没有姓名、证件号码一类的栏目"),
        (&["find", "safety_hazard", "姓名=王"], "没有姓名、证件号码一类的栏目"),
        (&["find", "persons", "姓名=王"], "person"),
        (&["find", "person", "王"], "名称=值"),
        (&["find", "safety_hazard", "领域=燃气"], "领域"),
    ] {
        desk.says(arguments, 2, &[said]);
    }
}

#[test]
fn somebody_is_forgotten_and_the_figures_stay() {
    let desk = Desk::new("forget");
    let report = desk.report("报告.md", |text| text);
    desk.run(&["report", "seal", &report]).ends(0);
    let name = first_person("name");
    let questions: [&[&str]; 4] = [
        &["check", &report],
        &["measure", "population", "--window", "2023", "--by", "village"],
        &["measure", "cadres_college_share", "--window", "2023"],
        &["relations", "--window", "2023"],
    ];
    let ask = || questions.map(|question| desk.text(question, 0));
    let before = ask();
    let number = first_person("person_no");
    let count = desk.count("person");
    let forget = ["forget", "person", "#1", "--why", "保存期满", "--document", "镇办〔2024〕3号"];
    let told = desk.says(&forget, 0, &["销毁个人信息", "备份"]).out;
    assert!(!told.contains(&name), "{told}");
    assert_eq!(ask(), before);
    assert_eq!(desk.count("person"), count);
    let history = desk.run(&["history", "person", "#1"]).ends(0).out;
    assert!(history.contains("姓名:→〔已销毁〕") && history.contains(&number), "{history}");
    let then = revision().to_string();
    let then = desk.run(&["history", "person", "#1", "--known-at", &then]).ends(0).out;
    assert!(then.contains("〔已销毁〕"), "the past knows it still: {then}");
    let explained =
        desk.run(&["explain", "population", "--window", "2023", "--limit", "9999"]).ends(0).out;
    assert!(explained.contains("〔已销毁〕"), "{explained}");
    let found = desk.run(&["--json", "find", "person", &format!("姓名={name}")]).out;
    let found: Value = serde_json::from_str(&found).unwrap();
    assert!(!numbers(&found).contains(&"1".to_owned()), "{found}");
    let verified = desk.json(&["audit", "verify"], 0);
    assert_eq!(verified["problems"], serde_json::json!([]));
    let seal = desk.json(&["report", "verify", "1"], 0);
    assert_eq!((&seal["broken"], &seal["moved"]), (&serde_json::json!([]), &serde_json::json!([])));
    // In clear it is gone too.
    let out = desk.path("全.xlsx");
    desk.run(&["export", "person", "--unmasked", "--why", "核对", "--out", &out]).ends(0);
    for (_, bytes) in crate::desk::sheets(&out) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains(&number) || text.contains("〔已销毁〕"));
    }
    // What stands for a name does not come back as one.
    desk.says(
        &["correct", "person", "#1", "--set", "姓名=〔已销毁〕", "--why", "试"],
        2,
        &["姓名"],
    );

    let head = desk.text(&["audit", "head"], 0);
    let lost = "没有可销毁的个人信息";
    desk.says(&forget, 1, &[lost]);
    for (ledger, record, code, said) in [
        ("person", &*number, 1, lost),
        ("cadre", "#1", 1, lost),
        ("safety_hazard", "1", 1, lost),
        ("person", "#99999", 1, "99999"),
        ("person", "无此人", 2, "没有记录"),
    ] {
        let mut all = vec!["forget", ledger, record];
        all.extend(&forget[3..]);
        desk.says(&all, code, &[said]);
    }
    for missing in [&["--why", "保存期满"][..], &["--document", "镇办〔2024〕3号"]] {
        let mut all = vec!["forget", "person", "#2"];
        all.extend(missing);
        desk.run(&all).ends(2);
    }
    assert_eq!(desk.text(&["audit", "head"], 0), head, "a refusal is no revision");
    // A withdrawn record is forgotten by its number.
    let twice = desk.path("重复.xlsx");
    let row = ["上坪村", "测-1", "测甲乙丙"];
    workbook(Path::new(&twice), "人员", &[&["村(社区)", "人员编号", "姓名"], &row]);
    desk.run(&["import", "person", &twice]).ends(0);
    let found = numbers(&desk.json(&["find", "person", "姓名=测甲乙丙"], 0));
    let record = format!("#{}", found[0]);
    desk.run(&["withdraw", "person", &record, "--why", "重复登记"]).ends(0);
    let mut all = forget.to_vec();
    all[2] = &record;
    desk.run(&all).ends(0);
    desk.says(&["history", "person", &record], 0, &["〔已销毁〕", "撤销"]);
    desk.run(&["audit", "verify"]).ends(0);
}

#[test]
fn who_looked_is_kept_in_order() {
    let desk = Desk::new("reads");
    let (cadres, found) = (desk.count("cadre"), named("王").len() as u64);
    let before = desk.json(&["audit", "reads", "--last", "1"], 0)[0]["seq"].as_i64().unwrap();
    let note = desk.path("说明.txt");
    std::fs::write(&note, "说明\n").unwrap();
    let (masked, clear) = (desk.path("遮盖.xlsx"), desk.path("原文.xlsx"));
    let run = |who: &str, code: i32, arguments: &[&str]| {
        let mut all = vec!["--now", crate::desk::LATER, "--as", who];
        all.extend(arguments);
        product_tests::program::run(&desk.directory, &all).ends(code);
    };
    run("甲", 0, &["explain", "cadres", "--window", "2023"]);
    run("甲", 0, &["explain", "hazards_found", "--window", "2023"]);
    run("甲", 0, &["measure", "cadres", "--window", "2023"]);
    run("乙", 0, &["find", "person", "姓名=王"]);
    run("乙", 0, &["history", "person", "#1"]);
    run("乙", 0, &["history", "safety_hazard", "1"]);
    run("丙", 0, &["export", "cadre", "--out", &masked]);
    run("丙", 0, &["export", "cadre", "--unmasked", "--why", "县里抽查", "--out", &clear]);
    run("丙", 2, &["export", "cadre", "--unmasked", "--out", &clear]);
    run("丁", 1, &["correct", "cadre", "#1", "--set", "干部编号=GB-002", "--why", "录错"]);
    run("丁", 1, &["withdraw", "safety_hazard", "1", "--why", "重复"]);
    run("戊", 0, &["evidence", "add", "person", "#1", &note]);
    run("戊", 0, &["evidence", "list", "person", "#1"]);
    run("戊", 0, &["evidence", "take", "person", "#1", "1", "--out", &desk.path("取出.txt")]);
    run("己", 1, &["find", "person", "姓名=璩某某"]);
    let expected = [
        ("甲", "查看", "村(社区)干部台账", 20, "查看指标“村(社区)干部"),
        ("乙", "查看", "人员台账", found, "按“姓名”查找"),
        ("乙", "查看", "人员台账", 1, "查看历史"),
        ("丙", "导出", "村(社区)干部台账", cadres, "遮盖.xlsx"),
        ("丙", "查看原文", "村(社区)干部台账", cadres, "县里抽查"),
        ("丙", "拒绝", "村(社区)干部台账", 0, "导出(不遮盖):没有写原因"),
        ("丁", "拒绝", "村(社区)干部台账", 0, "更正:与已有记录重复"),
        ("丁", "拒绝", "安全隐患台账", 0, "撤销:期间已结账"),
        ("戊", "查看", "人员台账", 1, "佐证材料目录"),
        ("戊", "查看原文", "人员台账", 1, "取出佐证材料 1"),
        ("己", "查看", "人员台账", 1, "按“姓名”查找"),
    ];
    let all = desk.json(&["audit", "reads", "--last", "500"], 0);
    let all = all.as_array().unwrap();
    let later: Vec<&Value> = all.iter().filter(|r| r["seq"].as_i64().unwrap() > before).collect();
    assert_eq!(later.len(), expected.len(), "{later:#?}");
    for ((number, read), (who, kind, ledger, records, detail)) in (1..).zip(&later).zip(expected) {
        assert_eq!(read["seq"], before + number);
        assert_eq!((&read["who"], &read["kind"]), (&who.into(), &kind.into()), "{read}");
        assert_eq!(
            (&read["ledger"], &read["records"]),
            (&ledger.into(), &records.into()),
            "{read}"
        );
        assert!(read["detail"].as_str().unwrap().contains(detail), "{read}");
        assert_eq!((&read["role"], &read["at"]), (&"clerk".into(), &"2024-02-20T00:00:00".into()));
    }
    let last = desk.json(&["audit", "reads", "--last", "3"], 0);
    assert_eq!(last.as_array().unwrap()[..], all[all.len() - 3..]);
    desk.says(&["audit", "reads", "--last", "全部"], 2, &["不是条数"]);
    desk.says(&["audit", "reads"], 0, &["己(clerk) 查看"]);
    desk.run(&["audit", "verify"]).ends(0);
    // The chain of reads is a chain: an entry that is taken out is missed.
    for sql in [
        "update zz_access set who = '无名' where seq = (select max(seq) - 2 from zz_access)",
        "delete from zz_access where seq = (select max(seq) - 1 from zz_access)",
        "delete from zz_access where seq = (select max(seq) from zz_access)",
    ] {
        let copy = Desk::new("reads-altered");
        std::fs::copy(desk.path("zhenzhang.db"), copy.path("zhenzhang.db")).unwrap();
        let database = rusqlite::Connection::open(copy.path("zhenzhang.db")).unwrap();
        database.execute_batch(sql).unwrap();
        drop(database);
        let told = copy.json(&["audit", "verify"], 1);
        assert!(!told["problems"].as_array().unwrap().is_empty(), "{sql}");
    }
}

#[test]
fn a_head_kept_elsewhere_finds_an_older_copy() {
    let desk = Desk::new("head");
    let old = desk.json(&["audit", "head"], 0);
    assert_eq!(old["revision"], revision());
    assert_eq!(old["head"], town().summary.head);
    let aside = desk.path("旧.db");
    std::fs::copy(desk.path("zhenzhang.db"), &aside).unwrap();
    let opened = desk.reopen("safety_hazard", 1);
    desk.close("safety_hazard", &opened);
    let new = desk.json(&["audit", "head"], 0);
    let text = |head: &Value, key: &str| head[key].as_str().unwrap().to_owned();
    let entries = |head: &Value| head["entries"].as_i64().unwrap();
    assert_eq!(entries(&new), entries(&old) + 2);
    for (head, entry) in [(&old, entries(&old)), (&new, entries(&new))] {
        let hash = text(head, "head");
        assert_eq!(desk.json(&["audit", "find", &hash], 0)["entry"], entry);
        let verified = desk.json(&["audit", "verify", "--head", &hash], 0);
        assert_eq!(verified["found"], entry, "{verified}");
        assert_eq!(
            desk.json(&["audit", "verify", "--head", &hash.to_uppercase()], 0)["found"],
            entry
        );
    }
    // The page carries the short code of the head that it rests on.
    let report = desk.report("报告.md", |text| text);
    let then = revision().to_string();
    for (known, head) in [(&["--known-at", &*then][..], &old), (&[], &new)] {
        let mut all = vec!["report", "build", &report, "--out", "成文"];
        all.extend(known);
        desk.run(&all).ends(0);
        assert_printed(&desk.directory.join("成文/report.html"), &text(head, "code"));
        let mut all = vec!["audit", "head"];
        all.extend(known);
        desk.says(&all, 0, &[&text(head, "code"), &text(head, "head")]);
    }
    // The older copy is whole in itself; the head of the newer one is not in it.
    std::fs::copy(&aside, desk.path("zhenzhang.db")).unwrap();
    desk.run(&["audit", "verify"]).ends(0);
    let told = desk.says(&["audit", "verify", "--head", &text(&new, "head")], 1, &["没有这个链头"]);
    assert!(told.out.contains("完好"), "{}", told.out);
    assert_eq!(desk.json(&["audit", "find", &text(&new, "head")], 1)["entry"], Value::Null);
    desk.run(&["audit", "verify", "--head", &text(&old, "head")]).ends(0);
    // A short code is no head, and no sign of a database that was rolled back.
    let short = desk.run(&["audit", "verify", "--head", &text(&old, "code")]).ends(2).err;
    assert!(short.contains("短码") && !short.contains("被换成"), "{short}");
}

fn assert_printed(page: &Path, code: &str) {
    assert_eq!(code.len(), 14, "{code}");
    let text = std::fs::read_to_string(page).unwrap();
    assert!(text.contains(&format!("审计链头 {code}")), "{code}");
}

#[test]
fn a_file_with_persons_is_known_again_and_cannot_be_guessed() {
    let office = town().office();
    let place = office.pack.places.iter().find(|p| p.kind == "village").unwrap().label.clone();
    let rows = format!(
        "人员编号,姓名,身份证号,性别,联系电话,登记起始日期,登记原因,地方\nZ1,测某甲,110101199001011237,男,13900000001,2024-01-02,迁入,{place}\n"
    );
    let keys: Vec<String> = ["guess-one", "guess-two"]
        .map(|name| {
            let desk = Desk::empty(name);
            let file = desk.path("a.csv");
            std::fs::write(&file, &rows).unwrap();
            let import = || desk.json(&["import", "person", &file], 0);
            assert_eq!(import()["written"], 1);
            assert_eq!(import()["replayed"], true);
            let db = rusqlite::Connection::open(desk.path("zhenzhang.db")).unwrap();
            db.query_row("select key from zz_idempotency", [], |row| row.get(0)).unwrap()
        })
        .into();
    // The same bytes under different keys have nothing in common.
    assert!(keys[0].starts_with("import:person:") && keys[0] != keys[1], "{keys:?}");
}

#[test]
fn the_chain_of_reads_has_a_head_of_its_own_that_can_be_kept() {
    let desk = Desk::new("reads-head");
    desk.run(&["find", "person", "姓名=测"]);
    let head = desk.json(&["audit", "head", "--reads"], 0)["head"].as_str().unwrap().to_owned();
    desk.run(&["find", "person", "姓名=试"]);
    let found = desk.json(&["audit", "find", &head], 0);
    assert!(found["entry"].is_null() && found["read"].as_i64() > Some(0), "{found}");
    desk.says(&["audit", "verify", "--head", &head], 0, &["条查阅记录", "完好"]);
    // Whoever takes entries away, and puts the end in order, is found by the head alone.
    let db = rusqlite::Connection::open(desk.path("zhenzhang.db")).unwrap();
    let nothing = "0".repeat(64);
    db.execute_batch(&format!(
        "delete from zz_access; update zz_meta set value = '0' where key = 'access_entries';
         update zz_meta set value = '{nothing}' where key = 'access_head';"
    ))
    .unwrap();
    drop(db);
    desk.says(&["audit", "verify"], 0, &["完好"]);
    desk.says(&["audit", "verify", "--head", &head], 1, &["没有这个链头"]);
}

#[test]
fn one_who_does_not_open_blocks_nobody_else() {
    let desk = Desk::new("unopened");
    let db = rusqlite::Connection::open(desk.path("zhenzhang.db")).unwrap();
    // The key of the first is that of another.
    let sql = "update zz_subject
               set data_key = (select data_key from zz_subject
                   where id = (select _subject from person where _id = 2))
               where id = (select _subject from person where _id = 1)";
    assert_eq!(db.execute(sql, []).unwrap(), 1);
    drop(db);
    let out = desk.path("全.xlsx");
    let export = ["export", "person", "--unmasked", "--why", "核对", "--out", &out];
    let all = desk.says(&export, 1, &["〔打不开〕", "audit verify"]).out;
    assert!(all.contains("其中 1 条"), "{all}");
    let text: Vec<u8> = crate::desk::sheets(&out).into_iter().flat_map(|(_, b)| b).collect();
    assert!(String::from_utf8_lossy(&text).contains("〔打不开〕"));
    let (name, surname) = (first_person("name"), first_person("name").chars().next().unwrap());
    let found = desk.json(&["find", "person", &format!("姓名={surname}")], 1);
    assert_eq!(found["unopened"], 1);
    assert_eq!(numbers(&found), named(&surname.to_string()));
    let correct = ["correct", "person", "#1", "--set", &format!("姓名={name}"), "--why", "试"];
    let run = desk.run(&correct);
    assert!(run.code > 0 && run.err.contains("人员台账的“"), "{}", run.err);
}
