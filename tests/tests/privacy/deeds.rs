//! Everything that a user can do with people: entered, put right, refused, looked at, reported,
//! proven with files, locked with another key, forgotten.

use super::Day;
use super::planted::PEOPLE;
use crate::desk::workbook;

const HEADS: [&str; 8] =
    ["村(社区)", "身份号码", "姓名", "联系电话", "银行账号", "事项", "年龄", "登记日期"];

const HOUSE_HEADS: [&str; 6] =
    ["村(社区)", "户编号", "住户编号", "户主", "监测类型", "识别认定日期"];

/// A row of the first ledger about a person.
fn row(person: usize, day: &str) -> Vec<String> {
    let p = &PEOPLE[person];
    let (id, age) = (p.id(), "40");
    ["上坪村", &id, p.name, p.phone, p.account, "低保", age, day].map(str::to_owned).to_vec()
}

/// Writes a workbook of that ledger.
fn residents(day: &Day, file: &str, rows: &[Vec<String>]) -> String {
    sheet(day, file, &HEADS, rows)
}

fn sheet(day: &Day, file: &str, heads: &[&str], rows: &[Vec<String>]) -> String {
    let path = day.desk.directory.join("in").join(file);
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let mut all = vec![heads];
    all.extend(rows.iter().map(Vec::as_slice));
    workbook(&path, "人员", &all);
    path.display().to_string()
}

/// The first three people come in, and the database gets its key.
pub(super) fn first_import(day: &mut Day) -> String {
    let rows = [row(0, "2024-01-03"), row(1, "2024-01-04"), row(2, "2024-01-05")];
    let file = residents(day, "一月.xlsx", &rows);
    day.tell(0, &["import", "resident", &file])
}

/// All that comes after.
pub(super) fn all(day: &mut Day) {
    come_in(day);
    are_put_right(day);
    are_refused(day);
    bad_cells(day);
    are_looked_at(day);
    are_reported(day);
    are_proven(day);
    are_kept_safe(day);
    are_locked_and_forgotten(day);
}

/// People in the ledgers of the pack, below others, and as what others point to.
fn come_in(day: &mut Day) {
    let cell = |text: &str| text.to_owned();
    let [first, second, ..] = &PEOPLE;
    let kin = vec![vec![first.id(), cell(second.name), cell(PEOPLE[4].phone)]];
    let file = sheet(day, "亲属.xlsx", &["身份号码", "姓名", "联系电话"], &kin);
    day.tell(0, &["import", "kin", &file]);
    let visits = vec![vec![cell("上坪村"), first.id(), cell("2024-01-08")]];
    let file = sheet(day, "走访.xlsx", &["村(社区)", "走访对象", "走访日期"], &visits);
    day.tell(0, &["import", "visit", &file]);
    // The registers of the pack: everybody once, and what others say of them by number.
    let heads = ["村(社区)", "人员编号", "姓名", "身份证号", "联系电话"];
    let person = ["上坪村", "R-1", first.name, &first.id(), first.phone].map(cell);
    let file = sheet(day, "人员.xlsx", &heads, &[person.to_vec()]);
    day.tell(0, &["import", "person", &file]);
    let home = ["上坪村", "Z-1", &format!("{}宅", first.name), "2024-01-03"].map(cell);
    let heads_of_home = ["村(社区)", "住户编号", "住址", "立户日期"];
    let file = sheet(day, "住户.xlsx", &heads_of_home, &[home.to_vec()]);
    day.tell(0, &["import", "family", &file]);
    let house = ["上坪村", "H-1", "Z-1", "R-1", "边缘易致贫户", "2024-01-03"].map(cell);
    let file = sheet(day, "户.xlsx", &HOUSE_HEADS, &[house.to_vec()]);
    day.tell(0, &["import", "household", &file]);
    let member = ["H-1", "R-1", "户主"].map(cell);
    let file = sheet(day, "成员.xlsx", &["户编号", "人员编号", "与户主关系"], &[member.to_vec()]);
    day.tell(0, &["import", "household_member", &file]);
    let csv = day.path("in/人员.csv");
    let cells = format!("上坪村,R-2,{},{},{}", second.name, second.id(), second.phone);
    let text = format!("{}\n{cells}\n", heads.join(","));
    // As WPS saves it, once with a byte lost and once whole.
    let gbk = encoding_rs::GBK.encode(&text).0.into_owned();
    let broken: Vec<u8> = gbk.iter().copied().chain([0xff, 0xff]).collect();
    std::fs::write(&csv, broken).unwrap();
    day.tell(2, &["import", "person", &csv]);
    std::fs::write(&csv, gbk).unwrap();
    day.tell(0, &["import", "person", &csv]);
    // The same file once more, and everything as it lies.
    day.tell(0, &["import", "person", &csv]);
    day.tell(0, &["audit", "verify"]);
}

fn are_put_right(day: &mut Day) {
    let [first, second, third, fourth, ..] = &PEOPLE;
    let set = |field: &str, value: &str| format!("{field}={value}");
    let name = set("姓名", fourth.name);
    day.both(0, &["impact", "resident", &first.id(), "--set", &name]);
    day.tell(0, &["correct", "resident", &first.id(), "--set", &name, "--why", "录错"]);
    let account = set("account", fourth.account);
    day.tell(0, &["correct", "resident", "#1", "--set", &account, "--why", "录错"]);
    let phone = set("联系电话", fourth.phone);
    let (id, why) = (second.id(), ["--why", "换号"]);
    let mut change = vec!["change", "resident", &id, "--set", "事项=五保", "--on", "2024-02-01"];
    change.extend(why);
    day.tell(0, &change);
    change[4] = &phone;
    day.both(1, &change);
    day.tell(0, &["correct", "resident", &id, "--set", &phone, why[0], why[1]]);
    let number = set("身份号码", &fourth.id());
    day.tell(0, &["correct", "resident", "#2", "--set", &number, "--why", "录错"]);
    day.both(0, &["impact", "resident", &third.id(), "--withdraw"]);
    let why = format!("重复,本人来电 {},证件 {}", third.phone, third.id());
    day.tell(0, &["withdraw", "resident", &third.id(), "--why", &why]);
    let (_, said) = day.said.last().expect("a command");
    assert!(said.contains("原因里的号码记账时已打码"), "{said}");
    // A copy with a reason that names one.
    let why = format!("{}要求", fourth.phone);
    let out = ["--out", "out/明.xlsx", "--unmasked", "--why", &why];
    day.tell(0, &[&["export", "visit"][..], &out].concat());
    std::fs::remove_file(day.path("out/明.xlsx")).unwrap();
}

/// Writes that the product refuses, each with people in it.
fn are_refused(day: &mut Day) {
    let [first, second, third, fourth, fifth, _] = &PEOPLE;
    let twice = residents(day, "重复.xlsx", &[row(0, "2024-01-09")]);
    day.both(1, &["import", "resident", &twice]);
    let mut same_account = row(4, "2024-01-09");
    same_account[4] = fourth.account.to_owned();
    let account = residents(day, "账号.xlsx", &[same_account]);
    day.both(1, &["import", "resident", &account]);
    let within = residents(day, "表内.xlsx", &[row(4, "2024-01-09"), row(4, "2024-01-10")]);
    day.both(1, &["import", "resident", &within]);
    day.tell(0, &["close", "--ledger", "resident", "--period", "2024-01", "--signer", "李某"]);
    let late = residents(day, "迟报.xlsx", &[row(4, "2024-01-11")]);
    day.both(1, &["import", "resident", &late]);
    let why = ["--why", "录错"];
    let set = |field: &str, value: &str| format!("{field}={value}");
    let refuse = |day: &mut Day, code: i32, words: &[&str]| {
        let mut all = words.to_vec();
        all.extend(why);
        day.tell(code, &all);
    };
    let name = set("姓名", fifth.name);
    refuse(day, 1, &["correct", "resident", &first.id(), "--set", &name]);
    refuse(day, 1, &["withdraw", "resident", &first.id()]);
    // Nobody has the number.
    for verb in [&["withdraw"][..], &["correct"], &["change"]] {
        let mut all = vec![verb[0], "resident"];
        let id = fifth.id();
        all.push(&id);
        if verb[0] != "withdraw" {
            all.extend(["--set", &name]);
        }
        if verb[0] == "change" {
            all.extend(["--on", "2024-02-01"]);
        }
        refuse(day, 2, &all);
    }
    day.tell(2, &["history", "resident", &third.id()]);
    day.tell(2, &["impact", "resident", &fifth.id(), "--withdraw"]);
    // Values that are none.
    for (field, value) in [
        ("身份号码", fifth.wrong_id()),
        ("身份号码", fifth.phone.to_owned()),
        ("联系电话", fifth.id()),
        ("姓名", format!("{}1", fifth.name)),
        ("姓名", fifth.id()),
        ("登记日期", fifth.id()),
    ] {
        refuse(day, 2, &["correct", "resident", "#1", "--set", &set(field, &value)]);
        day.tell(2, &["impact", "resident", "#1", "--set", &set(field, &value)]);
    }
    // The wrong way round, and a name as a date.
    for set in [set(fifth.name, "姓名"), set("登记日期", fifth.name)] {
        refuse(day, 2, &["correct", "resident", "#1", "--set", &set]);
        day.tell(2, &["impact", "resident", "#1", "--set", &set]);
    }
    let taken = set("身份号码", &first.id());
    refuse(day, 1, &["correct", "resident", "#2", "--set", &taken]);
    let lost = set("走访对象", &fifth.id());
    refuse(day, 2, &["correct", "visit", "#1", "--set", &lost]);
    day.tell(2, &["find", "resident", &set("姓氏", second.name)]);
    day.tell(2, &["export", "resident", "--unmasked", "--out", "out/全.xlsx"]);
}

/// Workbooks with people in the wrong cells.
fn bad_cells(day: &mut Day) {
    let person = &PEOPLE[4];
    let good = row(4, "2024-02-03");
    let with = |column: usize, text: &str| {
        let mut row = good.clone();
        row[column] = text.to_owned();
        row
    };
    let rows = [
        with(1, &person.wrong_id()),
        with(1, person.phone),
        with(1, person.name),
        with(2, &format!("{}1", person.name)),
        with(2, &person.id()),
        with(3, &person.id()),
        with(3, person.name),
        with(7, person.phone),
        with(7, &person.id()),
        with(2, ""),
    ];
    // A row that is shifted by one column has a name where a place or a date belongs.
    let shifted = [0, 7].map(|column| with(column, person.name));
    for (number, row) in rows.iter().chain(&shifted).enumerate() {
        let file = residents(day, &format!("坏{number}.xlsx"), std::slice::from_ref(row));
        day.both(1, &["import", "resident", &file]);
        day.tell(1, &["import", "resident", &file, "--accept-good-rows"]);
    }
    let cell = |text: &str| text.to_owned();
    let visits = vec![vec![cell("上坪村"), person.id(), cell("2024-02-08")]];
    let file = sheet(day, "没有的人.xlsx", &["村(社区)", "走访对象", "走访日期"], &visits);
    day.both(1, &["import", "visit", &file]);
    let kin = vec![vec![person.id(), cell(person.name), cell(PEOPLE[5].phone)]];
    let file = sheet(day, "没有的上级.xlsx", &["身份号码", "姓名", "联系电话"], &kin);
    day.both(1, &["import", "kin", &file]);
    let kin = vec![vec![person.wrong_id(), cell(person.name), cell(PEOPLE[5].phone)]];
    let file = sheet(day, "坏的上级.xlsx", &["身份号码", "姓名", "联系电话"], &kin);
    day.both(1, &["import", "kin", &file]);
    // Who somebody is, where the number of their record belongs.
    for (number, head) in [person.id(), person.name.to_owned()].iter().enumerate() {
        let house = ["上坪村", "H-3", "", head, "边缘易致贫户", "2024-02-03"].map(cell);
        let file = sheet(day, &format!("坏户{number}.xlsx"), &HOUSE_HEADS, &[house.to_vec()]);
        day.both(1, &["import", "household", &file]);
        let set = format!("户主={head}");
        day.both(2, &["correct", "household", "H-1", "--set", &set, "--why", "录错"]);
    }
    // A sheet without heads: its first row is somebody.
    let heads: Vec<&str> = good.iter().map(String::as_str).collect();
    let file = sheet(day, "没有表头.xlsx", &heads, &[row(5, "2024-02-03")]);
    day.both(2, &["import", "resident", &file]);
    // Heads of columns that nobody reads may be anything.
    let mut wide = HEADS.to_vec();
    wide.push("备注");
    let mut more = with(5, "五保");
    more.push(PEOPLE[5].name.to_owned());
    let file = sheet(day, "备注.xlsx", &wide, &[more]);
    day.tell(0, &["import", "resident", &file]);
}

fn are_looked_at(day: &mut Day) {
    let [first, second, third, fourth, fifth, sixth] = &PEOPLE;
    for question in [
        format!("姓名={}", fourth.name),
        format!("姓名={}", &fourth.name[..3]),
        format!("姓名={}", &fourth.name[3..]),
        format!("身份号码={}", first.id()),
        format!("联系电话={}", fourth.phone),
        format!("银行账号={}", fourth.account),
    ] {
        day.both(0, &["find", "resident", &question]);
    }
    for question in [format!("姓名={}", sixth.name), format!("身份号码={}", third.id())] {
        day.both(1, &["find", "resident", &question]);
    }
    let first_id = first.id();
    day.both(0, &["history", "resident", &first_id]);
    day.both(0, &["history", "resident", "#2"]);
    day.both(0, &["history", "resident", "#3"]);
    day.both(0, &["history", "household", "H-1"]);
    day.both(0, &["history", "person", "R-1"]);
    day.both(0, &["history", "family", "Z-1"]);
    day.both(0, &["history", "kin", "#1"]);
    day.both(0, &["explain", "residents", "--window", "2024"]);
    day.both(0, &["explain", "residents_known", "--window", "2024"]);
    day.both(0, &["explain", "monitored_households", "--window", "2024"]);
    day.both(0, &["explain", "population", "--window", "2024"]);
    day.both(0, &["find", "person", &format!("姓名={}", second.name)]);
    day.both(0, &["find", "person", &format!("身份证号={first_id}")]);
    day.both(0, &["measure", "residents_known", "--window", "2024", "--by", "village"]);
    let known = ["explain", "residents", "--window", "2024", "--known-at", "2"];
    day.both(0, &known);
    for (ledger, file) in
        [("resident", "out/居民.xlsx"), ("kin", "out/亲属.xlsx"), ("visit", "out/走访.xlsx")]
    {
        day.tell(0, &["export", ledger, "--out", file]);
    }
    for ledger in ["household", "person", "family"] {
        day.tell(0, &["export", ledger, "--out", &format!("out/{ledger}.xlsx")]);
    }
    day.tell(0, &["export", "resident", "--out", "out/当时.xlsx", "--known-at", "2"]);
    day.both(0, &["audit", "reads", "--last", "500"]);
    // The name of somebody who is in no ledger: what is searched for is not kept.
    day.both(1, &["find", "person", &format!("姓名={}", fifth.name)]);
}

fn are_reported(day: &mut Day) {
    let report = day.path("报告.md");
    let text = "+++\ntitle = \"登记情况\"\nto = \"县\"\nfrom = \"镇\"\ndate = \"2024-02-20\"\n\
                window = \"2024-01\"\nplace = \"360734106\"\n+++\n\n1月登记居民[2人](residents)。\n";
    std::fs::write(&report, text).unwrap();
    day.both(0, &["check", &report]);
    day.tell(0, &["report", "build", &report, "--out", "out"]);
    day.tell(0, &["report", "seal", &report]);
    day.both(0, &["report", "verify", "1"]);
    let first = PEOPLE[0].id();
    day.tell(0, &["reopen", "resident", "--period", "2024-01", "--why", "更正"]);
    let name = format!("姓名={}", PEOPLE[5].name);
    day.tell(0, &["correct", "resident", &first, "--set", &name, "--why", "再更正"]);
    day.tell(0, &["withdraw", "resident", "#2", "--why", "迁出"]);
    day.tell(0, &["close", "--ledger", "resident", "--period", "2024-01", "--signer", "李某"]);
    day.both(0, &["report", "verify", "1"]);
    day.both(0, &["report", "verify", "报告.seal.json"]);
    day.both(0, &["report", "seals"]);
}

fn are_proven(day: &mut Day) {
    let name = PEOPLE[0].name;
    let file = day.path(&format!("in/{name}的申请.txt"));
    std::fs::write(&file, format!("申请人{name},身份号码{}。\n", PEOPLE[0].id())).unwrap();
    let first = PEOPLE[0].id();
    day.tell(0, &["evidence", "add", "resident", &first, &file]);
    day.tell(0, &["evidence", "add", "resident", "#1", &file, "--json"]);
    day.both(0, &["evidence", "list", "resident", &first]);
    day.tell(0, &["evidence", "take", "resident", "#1", "1", "--out", "out/taken.txt"]);
    let taken = std::fs::read(day.path("out/taken.txt")).unwrap();
    assert_eq!(taken, std::fs::read(&file).unwrap());
    let wrong = day.path(&format!("in/{name}.svg"));
    std::fs::write(&wrong, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n").unwrap();
    day.both(2, &["evidence", "add", "resident", &first, &wrong]);
    day.tell(2, &["evidence", "list", "resident", &PEOPLE[2].id()]);
    day.tell(0, &["evidence", "remove", "1", "--why", "不用了"]);
    day.both(0, &["audit", "reads", "--last", "500"]);
}

/// Copies of the office, and looks at its health.
fn are_kept_safe(day: &mut Day) {
    day.tell(0, &["backup", "out/backup"]);
    day.both(0, &["backup", "list", "out/backup"]);
    day.tell(0, &["backup", "verify", "out/backup"]);
    // Whether the machine of the tests has room enough is not asked here.
    assert!(day.say(&["doctor"]).code < 2);
}

fn are_locked_and_forgotten(day: &mut Day) {
    day.both(0, &["key", "status"]);
    day.tell(0, &["key", "rotate", "--out", "keys/new.key"]);
    // A key by its file's name, since the directory holds the old one under the old id.
    let all = ["--key", "keys/new.key"];
    let with = |rest: &[&'static str]| -> Vec<&'static str> {
        all.iter().copied().chain(rest.iter().copied()).collect()
    };
    day.both(0, &with(&["audit", "verify"]));
    day.both(0, &with(&["key", "status"]));
    let because = ["--why", "保存期满", "--document", "镇办〔2024〕3号"];
    let first = PEOPLE[0].id();
    let mut forget = vec!["--key", "keys/new.key", "forget", "resident", &first];
    forget.extend(because);
    day.tell(0, &forget);
    day.both(2, &forget);
    for (record, code) in [("#1", 1), ("#2", 0), ("#2", 1)] {
        let mut forget = vec!["--key", "keys/new.key", "forget", "resident", record];
        forget.extend(because);
        day.tell(code, &forget);
    }
    day.both(0, &with(&["history", "resident", "#1"]));
    day.both(0, &with(&["explain", "residents", "--window", "2024"]));
    day.both(0, &with(&["audit", "verify"]));
    // Without the key nothing can be shown, and what is written is refused.
    day.both(0, &["--key", "keys/none.key", "explain", "residents", "--window", "2024"]);
    let name = format!("姓名={}", PEOPLE[4].name);
    let mut correct = vec!["--key", "keys/none.key", "correct", "resident", "#4", "--set", &name];
    correct.extend(["--why", "录错"]);
    day.both(1, &correct);
}
