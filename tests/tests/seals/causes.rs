//! What moved a sealed claim is named: the records that its figure reads, itself or through a
//! reference, and the definitions behind it; and nobody else.

use serde_json::Value;

use crate::desk::Desk;

/// Definitions of a small office that keeps growers and the visits to them.
const LOCAL: [(&str, &str); 9] = [
    (
        "place/town.toml",
        "place = [\n    { code = \"110101100\", label = \"青石镇\", kind = \"township\" },\n    \
         { code = \"110101100201\", label = \"甲村\", kind = \"village\", parent = \"110101100\" },\n    \
         { code = \"110101100202\", label = \"乙村\", kind = \"village\", parent = \"110101100\" },\n]\n",
    ),
    (
        "codes/mycrop.toml",
        "label = \"作物代码\"\ncode = [ { code = \"01\", label = \"早稻\" }, \
         { code = \"02\", label = \"晚稻\" }, { code = \"03\", label = \"花生\" } ]\n\
         group = { \"水稻\" = [\"01\", \"02\"] }\n",
    ),
    (
        "parameter/big_line.toml",
        "label = \"大户标准\"\nunit = \"亩\"\n\
         value = [ { value = \"10\", from = \"2020-01-01\", source = \"镇发〔2020〕1号\" } ]\n",
    ),
    (
        "ledger/grower.toml",
        "label = \"种植户台账\"\nmeaning = \"每户一条。\"\nplace = \"village\"\nclose = \"month\"\n\
         owner = \"农业站\"\nkey = \"no\"\nfield = [\n    \
         { id = \"no\", label = \"户号\", type = \"text\", required = true },\n    \
         { id = \"crop\", label = \"作物\", type = \"code\", list = \"mycrop\" },\n    \
         { id = \"area\", label = \"面积\", type = \"quantity\", unit = \"亩\", scale = 1 },\n    \
         { id = \"note\", label = \"备注\", type = \"text\" },\n    \
         { id = \"since\", label = \"起始日期\", type = \"date\", required = true },\n]\n",
    ),
    (
        "ledger/visit.toml",
        "label = \"走访种植户台账\"\nmeaning = \"每次走访一条。\"\nplace = \"village\"\nclose = \"month\"\n\
         owner = \"农业站\"\nkey = \"vno\"\nfield = [\n    \
         { id = \"vno\", label = \"走访编号\", type = \"text\", required = true },\n    \
         { id = \"grower\", label = \"户\", type = \"record\", ledger = \"grower\", required = true },\n    \
         { id = \"on\", label = \"走访日期\", type = \"date\", required = true },\n]\n",
    ),
    (
        "indicator/g_rice.toml",
        "label = \"水稻种植户数\"\nunit = \"户\"\nmeaning = \"期末种水稻的户数。\"\ncount = \"grower\"\n\
         on = \"since\"\ntime = \"at\"\nwhere = \"in_group(crop, '水稻')\"\nsays = [\"水稻 种植户\"]\n",
    ),
    (
        "indicator/g_big.toml",
        "label = \"种植大户数\"\nunit = \"户\"\nmeaning = \"期末面积不少于大户标准的户数。\"\n\
         count = \"grower\"\non = \"since\"\ntime = \"at\"\nwhere = \"area >= :big_line\"\n\
         says = [\"种植大户\"]\n",
    ),
    (
        "indicator/v_rice.toml",
        "label = \"走访水稻户次数\"\nunit = \"次\"\nmeaning = \"期间内走访水稻户的次数。\"\n\
         count = \"visit\"\non = \"on\"\nwhere = \"in_group(grower.crop, '水稻')\"\nsays = [\"走访 水稻户\"]\n",
    ),
    (
        "relation/visited.toml",
        "label = \"水稻户不少于大户\"\nholds = \"g_rice >= g_big\"\nlevel = \"must\"\n\
         advice = \"先看种植户台账\"\n",
    ),
];

const REPORT: &str = "+++\ntitle = \"2021年种植情况\"\nwindow = \"2021\"\nplace = \"110101100\"\n+++\n\n\
    年末水稻种植户[2户](g_rice)。水稻种植户仍是[2户](g_rice)。年末种植大户[2户](g_big)。全年走访水稻户[2次](v_rice)。\n";

/// The office with its year closed and sealed.
fn office(name: &str) -> Desk {
    let desk = Desk::empty(name);
    let local = desk.directory.join("local");
    std::fs::remove_dir_all(&local).unwrap();
    for (file, text) in LOCAL {
        let file = local.join(file);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let growers = "村,户号,作物,面积,起始日期\n甲村,G1,早稻,12.5,2021-01-10\n\
                   甲村,G2,晚稻,8,2021-02-10\n乙村,G3,花生,20,2021-03-10\n";
    let visits = "村,走访编号,户,走访日期\n甲村,V1,G1,2021-05-10\n甲村,V2,G2,2021-05-11\n\
                  乙村,V3,G3,2021-05-12\n";
    for (ledger, text) in [("grower", growers), ("visit", visits)] {
        let file = desk.path(&format!("{ledger}.csv"));
        std::fs::write(&file, text).unwrap();
        desk.run(&["import", ledger, &file]).ends(0);
        desk.run(&["close", "--ledger", ledger, "--period", "2021", "--signer", "王某"]).ends(0);
    }
    std::fs::write(desk.path("报告.md"), REPORT).unwrap();
    desk.run(&["report", "seal", &desk.path("报告.md")]).ends(0);
    desk
}

/// Writes a definition otherwise.
fn redefine(desk: &Desk, file: &str, old: &str, new: &str) {
    let file = desk.directory.join("local").join(file);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(old), "{text}");
    std::fs::write(&file, text.replace(old, new)).unwrap();
}

/// Corrects records of the closed year, and signs it again.
fn correct(desk: &Desk, corrections: &[(&str, &str)]) {
    desk.run(&["reopen", "grower", "--period", "2021", "--why", "核对"]).ends(0);
    for (record, set) in corrections {
        desk.run(&["correct", "grower", record, "--set", set, "--why", "核实"]).ends(0);
    }
    desk.run(&["close", "--ledger", "grower", "--period", "2021", "--signer", "王某"]).ends(0);
}

/// What is said of each claim or relation that moved: its records with the fields changed, and
/// its definitions, one to a line.
fn causes(desk: &Desk, about: &str) -> Vec<String> {
    let answer = desk.json(&["report", "verify", "1"], 0);
    let moved = answer["moved"].as_array().unwrap().iter();
    let same: Vec<&Value> = moved.filter(|m| m["about"] == about).collect();
    let texts = |value: &Value| -> Vec<String> {
        let all = value.as_array().into_iter().flatten();
        all.map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let mut told = Vec::new();
    for moved in same {
        told.extend(texts(&moved["definitions"]));
        for change in moved["changes"].as_array().unwrap() {
            if change["about"].is_null() {
                let fields = texts(&change["fields"]).join(";");
                told.push(format!(
                    "{} {} {fields}",
                    change["what"].as_str().unwrap(),
                    change["record"]
                ));
            }
        }
    }
    told
}

#[test]
fn only_the_changes_that_a_figure_reads_are_its_causes() {
    let desk = office("causes-records");
    correct(&desk, &[("G1", "作物=花生"), ("G2", "备注=另记"), ("G3", "面积=9")]);
    let told = desk.says(&["report", "verify", "1"], 0, &["重算:与封存完全一致"]).out;
    // The same words stand in the line twice: each has its own causes.
    let of_crop = "更正 1 作物:早稻→花生";
    let of_area = "更正 3 面积:20.0→9.0";
    assert_eq!(causes(&desk, "2户"), [of_crop, of_crop, of_area], "{told}");
    // Read through the reference from the visits.
    assert_eq!(causes(&desk, "2次"), [of_crop], "{told}");
    // A relation is called by its name, and has the causes of both sides.
    assert_eq!(causes(&desk, "水稻户不少于大户"), [of_crop, of_area], "{told}");
    assert!(
        told.contains("勾稽关系“水稻户不少于大户”(visited)在青石镇2021年的左边:封存时 2"),
        "{told}"
    );
    // The ledger of the visits was not opened, and its closing moved nothing.
    assert!(!told.contains("走访种植户台账青石镇"), "{told}");
}

#[test]
fn definitions_that_are_others_are_named_with_what_they_were() {
    let desk = office("causes-definitions");
    redefine(&desk, "parameter/big_line.toml", "\"10\"", "\"20\"");
    redefine(&desk, "codes/mycrop.toml", "[\"01\", \"02\"]", "[\"01\"]");
    let all = causes(&desk, "2户").join("\n");
    for part in [
        "改变参数“大户标准”(big_line):【口径】值 2020-01-01 起:10(出自 镇发〔2020〕1号) → 20",
        "改变代码表“作物代码”(mycrop):【口径】分组 水稻:01、02 → 01",
    ] {
        assert!(all.contains(part), "{all}");
    }
    let visits = causes(&desk, "2次").join("\n");
    assert!(visits.contains("作物代码") && !visits.contains("大户标准"), "{visits}");
    // Words that a sentence has to have.
    redefine(&desk, "parameter/big_line.toml", "\"20\"", "\"10\"");
    redefine(&desk, "indicator/g_big.toml", "says = [\"种植大户\"]", "says = [\"规模经营户\"]");
    let all = causes(&desk, "2户").join("\n");
    assert!(all.contains("报告里的写法:种植大户 → 规模经营户"), "{all}");
}

#[test]
fn what_is_defined_no_more_is_told_in_one_sentence() {
    let desk = office("causes-gone");
    let local = desk.directory.join("local");
    for file in ["relation/visited.toml", "indicator/v_rice.toml", "ledger/visit.toml"] {
        std::fs::remove_file(local.join(file)).unwrap();
    }
    let told = desk.says(&["report", "verify", "1"], 0, &["重算:与封存完全一致"]).out;
    for part in [
        "第7行 “2次”:指标“走访水稻户次数”(v_rice)今天的定义里没有了",
        "勾稽关系“水稻户不少于大户”(visited)今天的定义里没有了",
        "去掉台账“走访种植户台账”(visit)",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("现在无"), "{told}");
    // A report whose place is gone can be recomputed as of then, and not be checked today.
    redefine(&desk, "place/town.toml", "110101100\"", "110101109\"");
    let said = ["重算:与封存完全一致", "按今天的定义核验不了", "去掉地方“青石镇”(110101100)"];
    desk.says(&["report", "verify", "1"], 0, &said);
}
