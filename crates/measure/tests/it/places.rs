//! Places that are founded, dissolved and merged.

use crate::town::Town;

fn town() -> Town {
    let town = Town::new();
    town.rows(
        "hazard",
        &["丙村 no=1 found=2022-02-01", "乙村 no=2 found=2022-03-01", "甲村 no=3 found=2022-04-01"],
    );
    town
}

#[test]
fn a_merger_loses_nothing_of_the_year() {
    let town = town();
    town.close_all();
    town.check("hazards 青石镇 2022", "3 起 定 记录 3");
    town.check("hazards 乙村 2022", "2 起 定 记录 2");
    // As the tree stood at the end of June, the village was still there.
    town.check("hazards 乙村 2022H1", "1 起 定 记录 1");
    town.check("hazards 丙村 2022H1", "1 起 定 记录 1");
}

#[test]
fn a_place_that_was_gone_is_unknown_and_not_zero() {
    let town = town();
    town.close_all();
    town.check(
        "hazards 丙村 2022",
        "0 以上 起 未定 记录 0 | 2022年12月31日时没有丙村:其记录已并入乙村,请查乙村",
    );
}

#[test]
fn a_dissolved_place_owes_the_months_in_which_it_existed() {
    let town = town();
    town.close(&["hazard"], "乙村", "2022");
    town.check("hazards 乙村 2022Q2", "0 起 定 记录 0");
    town.check(
        "hazards 乙村 2022-05..2022-08",
        "0 以上 起 未定 记录 0 | 隐患台账 2022年5月 丙村尚未结账:请结账或零报告 | 隐患台账 2022年6月 丙村尚未结账:请结账或零报告",
    );
    town.close(&["hazard"], "丙村", "2022-05..2022-06");
    town.check("hazards 乙村 2022-05..2022-08", "0 起 定 记录 0");
}

#[test]
fn a_hundred_places_are_as_good_as_three() {
    let places: String = (100..200)
        .map(|n| {
            format!(
                "[[place]]\ncode = \"3602{n}\"\nlabel = \"{n}村\"\nkind = \"village\"\nparent = \"3602\"\n"
            )
        })
        .collect();
    let town = Town::with(&format!("=== place/more.toml\n{places}"));
    let lines: Vec<String> =
        (100..200).map(|n| format!("{n}村 no={n} found=2023-01-01 fine=1")).collect();
    town.rows("hazard", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    town.rows("hazard", &["甲村 no=1 found=2023-01-01 fine=1"]);
    town.close_all();
    town.check("fines 白水镇 2023", "0.01 万元 定 记录 100");
    town.check("hazards 青石县 2023-01", "101 起 定 记录 101");
}

#[test]
fn what_a_divided_place_had_is_of_none_of_the_new_ones_until_somebody_says_so() {
    let places = "
[[place]]
code = \"360105\"
label = \"戊村\"
kind = \"village\"
parent = \"3601\"
until = 2022-06-30
split_into = [\"360106\", \"360107\"]
[[place]]
code = \"360106\"
label = \"己村\"
kind = \"village\"
parent = \"3601\"
from = 2022-07-01
[[place]]
code = \"360107\"
label = \"庚村\"
kind = \"village\"
parent = \"3601\"
from = 2022-07-01
";
    let town = Town::with(&format!("=== place/more.toml\n{places}"));
    town.rows("hazard", &["戊村 no=1 found=2022-02-01", "己村 no=2 found=2022-08-01"]);
    town.close_all();
    let told = "戊村已拆分为己村、庚村,它在隐患台账的 1 条记录归哪一个还没有登记:请在新的地方补登(原记录在拆分之日办结、撤销或注销),再核";
    // The township has them all, whoever they are given to.
    town.check("hazards 青石镇 2022", "2 起 定 记录 2");
    town.check("hazards 己村 2022", &format!("1 以上 起 未定 记录 1 | {told}"));
    town.check("hazards 庚村 2022", &format!("0 以上 起 未定 记录 0 | {told}"));
    // What happened afterwards is the new places' own.
    town.check("hazards 庚村 2022H2", "0 起 定 记录 0");
    town.check("hazards 己村 2023", "0 起 定 记录 0");
    // Whether the record would be of this kind is not looked at: better unproven than wrong.
    town.check("hazards 庚村 2022 grade=major", &format!("0 以上 起 未定 记录 0 | {told}"));
}
