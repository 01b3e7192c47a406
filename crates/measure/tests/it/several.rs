//! Several values at once: each place, a series, the members of a dimension.

use figure::Step;

use crate::town::{Town, shown};

fn town() -> Town {
    let town = Town::new();
    town.rows("project", &["青石镇 name=大桥 kind=road"]);
    town.rows(
        "hazard",
        &[
            "甲村 no=1 found=2021-02-01 grade=major fine=100 trade=A tags=fire",
            "甲村 no=2 found=2023-02-01 grade=major fine=350 trade=A tags=fire、road",
            "乙村 no=3 found=2023-03-01 grade=general fine=350 trade=B project=大桥 public=是",
            "丁村 no=4 found=2023-03-01 fine=950 trade=B",
            "东街社区 no=5 found=2022-03-01 grade=general fine=7 trade=B",
            "丙村 no=6 found=2022-03-01 grade=general fine=8 trade=A",
        ],
    );
    town
}

fn each(town: &Town, question: &str, kind: &str, expected: &[&str]) {
    let session = town.session();
    let values = session.measure_each(&town.request(question), kind).unwrap();
    let label = |code: &str| town.pack.places.get(code).unwrap().label.clone();
    let lines: Vec<String> =
        values.iter().map(|(code, value)| format!("{}: {}", label(code), shown(value))).collect();
    assert_eq!(lines, expected, "{question}");
    // One statement for all places must give what one statement a place gives.
    for (code, value) in &values {
        let mut request = town.request(question);
        request.place = code;
        assert_eq!(town.session().measure(&request).unwrap(), *value, "{question} {code}");
        assert_eq!(session.measure(&request).unwrap(), *value, "{question} {code}");
    }
}

#[test]
fn each_village_has_its_value() {
    let town = town();
    town.close_all();
    each(
        &town,
        "hazards 青石镇 2023",
        "village",
        &["甲村: 1 起 定 记录 1", "乙村: 1 起 定 记录 1"],
    );
    each(
        &town,
        "hazards 青石县 2023 grade=major",
        "village",
        &["甲村: 1 起 定 记录 1", "乙村: 0 起 定 记录 0", "丁村: 0 起 定 记录 0"],
    );
    // The community is no village; the dissolved village counts for its successor.
    each(
        &town,
        "hazards 青石镇 2022",
        "village",
        &["甲村: 0 起 定 记录 0", "乙村: 1 起 定 记录 1"],
    );
    each(
        &town,
        "hazards 青石镇 2022H1",
        "village",
        &["甲村: 0 起 定 记录 0", "乙村: 0 起 定 记录 0", "丙村: 1 起 定 记录 1"],
    );
    each(
        &town,
        "hazards 青石县 2023",
        "township",
        &["青石镇: 2 起 定 记录 2", "白水镇: 1 起 定 记录 1"],
    );
    each(
        &town,
        "fines 青石县 2023",
        "township",
        &["青石镇: 0.07 万元 定 记录 2", "白水镇: 0.095 万元 定 记录 1"],
    );
}

#[test]
fn what_does_not_add_up_is_asked_for_each_place() {
    let town = town();
    town.close_all();
    let gap = "隐患台账1 条记录尚未定性(第 4 号):请定性后再核";
    each(
        &town,
        "trades 青石县 2022..2023",
        "township",
        &["青石镇: 2 个 定 记录 4", &format!("白水镇: 0 至 1 个 定 记录 1 | {gap}")],
    );
    each(
        &town,
        "greatest 青石县 2023",
        "village",
        &[
            "甲村: 350 元 定 记录 1",
            "乙村: 350 元 定 记录 1",
            &format!("丁村: 950 以下 元 定 记录 1 | {gap}"),
        ],
    );
    // 300 in 甲村, 900 elsewhere in the township, 1000 outside it.
    each(
        &town,
        "above_line 青石县 2023",
        "village",
        &["甲村: 1 起 定 记录 1", "乙村: 0 起 定 记录 0", "丁村: 0 起 定 记录 0"],
    );
}

#[test]
fn formulas_and_ratios_split_by_place() {
    let town = town();
    town.close_all();
    each(
        &town,
        "pending 青石镇 2023",
        "village",
        &["甲村: 1 起 定 算出 1", "乙村: 1 起 定 算出 1"],
    );
    each(&town, "rate 青石镇 2023", "village", &["甲村: 0 % 定 算出 1", "乙村: 0 % 定 算出 1"]);
}

#[test]
fn an_absent_place_is_unknown() {
    let town = Town::new();
    town.rows("income", &["甲村 day=2023-03-01 item=total amount=300000"]);
    each(
        &town,
        "income 青石镇 2023",
        "village",
        &[
            "甲村: 30 万元 定 记录 1",
            "乙村: 未知 万元 未定 记录 0 | 收入台账 2023年 乙村没有记录:请补登或零报告",
        ],
    );
}

#[test]
fn an_open_month_stands_in_the_way_of_its_place_only() {
    let town = town();
    town.close(&["hazard"], "甲村", "2023-02");
    each(
        &town,
        "hazards 青石镇 2023-02",
        "village",
        &[
            "甲村: 1 起 定 记录 1",
            "乙村: 0 以上 起 未定 记录 0 | 隐患台账 2023年2月 乙村尚未结账:请结账或零报告",
        ],
    );
}

fn series(town: &Town, question: &str, step: Step, last: usize, expected: &[&str]) {
    let values = town.session().measure_series(&town.request(question), step, last).unwrap();
    let lines: Vec<String> =
        values.iter().map(|value| format!("{}: {}", value.window, shown(value))).collect();
    assert_eq!(lines, expected, "{question}");
}

#[test]
fn a_series_ends_with_the_window() {
    let town = town();
    town.close_all();
    series(
        &town,
        "hazards 青石镇 2023",
        Step::Year,
        3,
        &["2021: 1 起 定 记录 1", "2022: 2 起 定 记录 2", "2023: 2 起 定 记录 2"],
    );
    series(
        &town,
        "hazards 青石镇 2023Q1",
        Step::Month,
        2,
        &["2023-02: 1 起 定 记录 1", "2023-03: 1 起 定 记录 1"],
    );
    series(
        &town,
        "hazards 青石镇 2023-01..2023-02",
        Step::Year,
        2,
        &["2022: 2 起 定 记录 2", "2023-01-01..2023-02-28: 1 起 定 记录 1"],
    );
    series(&town, "hazards 青石镇 2023", Step::Quarter, 1, &["2023Q4: 0 起 定 记录 0"]);
}

fn split(town: &Town, question: &str, dimension: &str, expected: &[&str]) {
    let parts = town.session().split(&town.request(question), dimension).unwrap();
    let lines: Vec<String> = parts
        .iter()
        .map(|part| {
            let key = part.key.as_deref().unwrap_or("-");
            format!("{key} {}: {}", part.label, part.value.amount.describe())
        })
        .collect();
    assert_eq!(lines, expected, "{question}");
}

#[test]
fn a_value_splits_by_dimension() {
    let town = town();
    town.close_all();
    split(
        &town,
        "hazards 青石县 2023",
        "grade",
        &["general 一般: 1", "major 重大: 1", "- 未填: 1"],
    );
    split(&town, "hazards 青石镇 2023", "grade", &["general 一般: 1", "major 重大: 1"]);
    split(&town, "hazards 青石县 2021..2023", "trade", &["A 农业: 3", "B 采矿: 3"]);
    split(
        &town,
        "hazards 青石县 2021..2023",
        "tags",
        &["fire 消防: 2", "road 道路: 1", "crossroad 路口: 0", "- 未填: 4"],
    );
    split(&town, "hazards 青石镇 2023", "public", &["1 是: 1", "0 否: 0", "- 未填: 1"]);
    split(&town, "hazards 青石镇 2023", "kind", &["road 道路: 1", "water 水利: 0", "- 未填: 1"]);
    split(&town, "hazards 青石镇 2023", "place", &["360101 甲村: 1", "360102 乙村: 1"]);
    split(&town, "pending 青石镇 2023", "place", &["360101 甲村: 1", "360102 乙村: 1"]);
}

#[test]
fn records_count_for_the_code_that_theirs_became() {
    let mut town = town();
    town.close_all();
    let code = &mut town.pack.codes["trade"].codes[0];
    (code.until, code.became) = (Some(figure::date(2022, 12, 31)), Some("B".to_owned()));
    // On its last day the old code still stands; after it the new one does, for old records too.
    split(&town, "hazards 青石县 2021..2022", "trade", &["A 农业: 2", "B 采矿: 1"]);
    split(&town, "hazards 青石县 2021..2023", "trade", &["B 采矿: 6"]);
    let held = |question: &str| shown(&town.session().measure(&town.request(question)).unwrap());
    assert_eq!(held("hazards 青石县 2021..2022 trade=B"), "1 起 定 记录 1");
    assert_eq!(held("hazards 青石县 2021..2023 trade=B"), "6 起 定 记录 6");
}
