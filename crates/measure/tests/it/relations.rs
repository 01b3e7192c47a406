//! Relations that hold, are broken, are unprovable, and records that are forbidden.

use measure::RelationResult;

use crate::town::Town;
use figure::Period;

fn relation(id: &str, rest: &str) -> String {
    format!("=== relation/{id}.toml\nlabel = \"关系{id}\"\nadvice = \"先核对登记\"\n{rest}\n")
}

fn checked(town: &Town, window: &str) -> Vec<RelationResult> {
    let window = Period::parse(window).unwrap();
    town.session().check_relations(town.code("青石镇"), window).unwrap()
}

/// Lists id, place, window and whether it holds, then both sides and their difference.
fn check(town: &Town, window: &str, expected: &[&str]) {
    let number = |n: Option<figure::Decimal>| n.map_or("-".to_owned(), figure::decimal_text);
    let lines: Vec<String> = checked(town, window)
        .iter()
        .map(|r| {
            let holds = match r.holds {
                Some(true) => "相符",
                Some(false) => "不符",
                None => "待核",
            };
            let (left, right) = (number(r.left), number(r.right));
            let difference = number(r.difference);
            format!("{} {} {} {holds} {left} {right} {difference}", r.id, r.place_label, r.window)
        })
        .collect();
    assert_eq!(lines, expected);
}

fn town(relations: &str) -> Town {
    let town = Town::with(relations);
    town.rows(
        "hazard",
        &[
            "甲村 no=1 found=2022-02-01 fixed=2022-03-01 grade=major fine=100",
            "甲村 no=2 found=2023-02-01 grade=general fine=0.5",
            "乙村 no=3 found=2023-03-01 fixed=2023-03-09 grade=general fine=7",
        ],
    );
    town
}

#[test]
fn an_equation_holds_or_not_at_raw_precision() {
    let relations = [
        relation("a", "holds = \"hazards = rectified + pending\""),
        relation("b", "holds = \"hazards = rectified + rectified\""),
        relation("c", "holds = \"hazards = rectified\""),
        relation("d", "holds = \"hazards = rectified\"\ntolerance = \"1\""),
        relation("e", "holds = \"rectified <= hazards\""),
        relation("f", "holds = \"hazards < hazards\""),
        relation("g", "holds = \"fines >= 0.00075\""),
        relation("h", "holds = \"fines > 0.00075\""),
    ];
    let town = town(&relations.concat());
    town.close_all();
    check(
        &town,
        "2023",
        &[
            "a 青石镇 2023 相符 2 2 0",
            "b 青石镇 2023 相符 2 2 0",
            "c 青石镇 2023 不符 2 1 1",
            "d 青石镇 2023 相符 2 1 1",
            "e 青石镇 2023 相符 1 2 -1",
            "f 青石镇 2023 不符 2 2 0",
            "g 青石镇 2023 相符 0.00075 0.00075 0",
            "h 青石镇 2023 不符 0.00075 0.00075 0",
        ],
    );
}

#[test]
fn sides_are_compared_in_one_unit() {
    let town = town(&relation("a", "holds = \"fines = major_fines + money - major_fines\""));
    town.rows("project", &["青石镇 name=大桥"]);
    town.rows("payment", &["parent=大桥 paid_on=2023-01-01 amount=2.5"]);
    town.close_all();
    // 7.5 元 against 10 元, in 万元.
    check(&town, "2023", &["a 青石镇 2023 不符 0.00075 0.001 -0.00025"]);
}

#[test]
fn each_place_and_step_is_checked_apart() {
    let town =
        town(&relation("a", "holds = \"hazards = rectified\"\neach = [\"village\", \"year\"]"));
    town.close_all();
    check(
        &town,
        "2022..2023",
        &[
            "a 甲村 2022 相符 1 1 0",
            "a 乙村 2022 相符 0 0 0",
            "a 甲村 2023 不符 1 0 1",
            "a 乙村 2023 相符 1 1 0",
        ],
    );
    // Only whole years, unless there is none.
    check(&town, "2022-01-01..2023-02-28", &["a 甲村 2022 相符 1 1 0", "a 乙村 2022 相符 0 0 0"]);
    // A year that is not over with the window is checked up to there, one that is over whole.
    check(&town, "2023-02", &["a 甲村 2023-02 不符 1 0 1", "a 乙村 2023-02 相符 0 0 0"]);
    check(&town, "2023-01..2023-03", &["a 甲村 2023Q1 不符 1 0 1", "a 乙村 2023Q1 相符 1 1 0"]);
    check(&town, "2023H2", &["a 甲村 2023 不符 1 0 1", "a 乙村 2023 相符 1 1 0"]);
}

#[test]
fn a_ratio_of_nothing_to_nothing_breaks_no_relation() {
    let relations =
        relation("a", "holds = \"rate >= 90\"") + &relation("b", "holds = \"times <= 7\"");
    let town = town(&relations);
    // Until the ledger is closed, hazards may still come in.
    check(&town, "2021", &["a 青石镇 2021 待核 - 90 -", "b 青石镇 2021 待核 - 7 -"]);
    town.close_all();
    check(&town, "2021", &["a 青石镇 2021 相符 - 90 -", "b 青石镇 2021 相符 - 7 -"]);
    let said = checked(&town, "2021")[0].to_string();
    assert!(said.contains("“隐患数”为 0,也没有要除的数:这个比率没有值"), "{said}");
    // Fines with nothing to divide them by are a fault, not a relation that holds.
    check(&town, "2023", &["a 青石镇 2023 不符 50 90 -40", "b 青石镇 2023 待核 - 7 -"]);
}

#[test]
fn what_is_not_known_is_unprovable_unless_the_bounds_decide() {
    let relations = [
        relation("a", "holds = \"hazards = rectified\""),
        relation("b", "holds = \"hazards >= 2\""),
        relation("c", "holds = \"hazards <= 1\""),
        relation("d", "holds = \"hazards <= 2\""),
        relation("e", "holds = \"hazards = 1\""),
    ];
    let town = town(&relations.concat());
    check(
        &town,
        "2023",
        &[
            "a 青石镇 2023 待核 - - -",
            "b 青石镇 2023 相符 - 2 -",
            "c 青石镇 2023 不符 - 1 -",
            "d 青石镇 2023 待核 - 2 -",
            "e 青石镇 2023 不符 - 1 -",
        ],
    );
    let results = checked(&town, "2023");
    assert_eq!(results[0].gaps.len(), 6);
    assert!(results[0].to_string().contains("隐患台账 2023年1月 青石镇甲村尚未结账"));
}

#[test]
fn undecided_records_make_an_equation_unprovable() {
    let town = town(&relation("a", "holds = \"major = 0\""));
    town.rows("hazard", &["甲村 no=9 found=2023-02-01"]);
    town.close_all();
    check(&town, "2023", &["a 青石镇 2023 待核 - 0 -"]);
}

#[test]
fn forbidden_records_are_listed() {
    let relations = [
        relation("a", "forbids = \"hazard\"\nwhere = \"fixed is null\""),
        relation("b", "forbids = \"hazard\"\nwhere = \"fixed < found\""),
        relation(
            "c",
            "forbids = \"hazard\"\nwhere = \"found >= :from and found <= :to\"\neach = [\"village\"]",
        ),
    ];
    let town = town(&relations.concat());
    let results = checked(&town, "2023");
    let found: Vec<_> = results
        .iter()
        .map(|r| (r.id.as_str(), r.place_label.as_str(), r.holds, r.rows.clone()))
        .collect();
    assert_eq!(
        found,
        [
            ("a", "青石镇", Some(false), vec![2]),
            ("b", "青石镇", Some(true), vec![]),
            ("c", "甲村", Some(false), vec![2]),
            ("c", "乙村", Some(false), vec![3]),
        ]
    );
    assert_eq!((results[0].violations, results[0].ledger.as_deref()), (1, Some("hazard")));
    assert_eq!(
        results[0].to_string(),
        "勾稽不符 [a] 青石镇 2023年\n  关系a\n  记录   1 条:第 2 号\n建议:先核对登记。\n"
    );
}

#[test]
fn many_forbidden_records_are_counted_and_the_first_listed() {
    let town = Town::with(&relation("a", "forbids = \"hazard\"\nwhere = \"fixed is null\""));
    let lines: Vec<String> = (0..150).map(|n| format!("甲村 no={n} found=2023-01-01")).collect();
    town.rows("hazard", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let result = &checked(&town, "2023")[0];
    assert_eq!((result.rows.len(), result.violations), (measure::VIOLATIONS_SHOWN, 150));
}

#[test]
fn a_broken_relation_is_laid_out_for_reading() {
    let town = town(&relation(
        "stock",
        "holds = \"hazards = rectified + pending - 0 * hazards + (pending - hazards)\"",
    ));
    town.close_all();
    assert_eq!(
        checked(&town, "2023")[0].to_string(),
        "勾稽不符 [stock] 青石镇 2023年\n  \
         隐患数 = 整改数 + 未整改数 − 0 × 隐患数 + 未整改数 − 隐患数\n  \
         左边   2 起   隐患数\n  \
         右边   1 起   1 + 1 − 0 × 2 + 1 − 2\n  \
         相差   1 起   允许误差 0\n\
         建议:先核对登记。\n\
         查看:zhenzhang explain hazards --place 3601 --window 2023\n\
         查看:zhenzhang explain rectified --place 3601 --window 2023\n\
         查看:zhenzhang explain pending --place 3601 --window 2023\n"
    );
}
