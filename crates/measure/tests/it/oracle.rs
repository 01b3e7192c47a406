//! Every kind of measure and every way of placing records in time.

use crate::town::Town;

fn hazards() -> Town {
    let town = Town::new();
    town.rows(
        "project",
        &[
            "青石镇 name=大桥 kind=road started=2023-02-01",
            "白水镇 name=水库 kind=water started=2022-02-01",
        ],
    );
    town.rows(
        "hazard",
        &[
            "甲村 no=1 found=2022-12-31 fixed=2023-01-05 grade=major trade=A fine=100",
            "甲村 no=2 found=2023-01-01 fixed=2023-03-09 grade=general trade=A fine=250.25 refund=50 heads=2 land=1.50 public=是 project=大桥",
            "甲村 no=3 found=2023-06-30 fixed=2024-01-02 grade=major trade=B fine=899.99 refund=1000 heads=3 land=0.04 tags=消防、路口 project=水库",
            "乙村 no=4 found=2023-12-31 grade=major trade=B fine=900.01 refund=0 heads=0 land=0 tags=道路 project=大桥",
            "东街社区 no=5 found=2023-07-01 fixed=2023-07-01 grade=general trade=A fine=0 refund=0 heads=4 land=2 public=否",
            "丁村 no=6 found=2023-07-01 grade=general trade=A fine=1 refund=0 heads=1 land=1",
            "甲村 no=7 found=2024-01-01 grade=general trade=A fine=5",
        ],
    );
    town
}

fn check(question: &str, expected: &str) {
    let town = hazards();
    town.close_all();
    town.check(question, expected);
}

#[test]
fn records_are_counted_in_their_window_and_place() {
    check("hazards 青石镇 2023", "4 起 定 记录 4");
    check("hazards 青石县 2023", "5 起 定 记录 5");
    check("hazards 甲村 2023", "2 起 定 记录 2");
    check("hazards 甲村 2022", "1 起 定 记录 1");
    check("hazards 青石镇 2023Q2", "1 起 定 记录 1");
    check("hazards 青石镇 2023-06-30", "1 起 定 记录 1");
    check("hazards 乙村 2023-01..2023-11", "0 起 定 记录 0");
    check("ever 青石镇 2023H1", "3 起 定 记录 3");
    check("ever 青石镇 2023", "5 起 定 记录 5");
}

#[test]
fn a_condition_that_is_unknown_leaves_a_record_out() {
    check("rectified 青石镇 2023", "2 起 定 记录 2");
    check("rectified 青石镇 2023H1", "1 起 定 记录 1");
}

#[test]
fn conditions_reach_groups_joins_and_places() {
    check("risky 青石镇 2023", "2 起 定 记录 2");
    check("on_roads 青石镇 2023", "2 起 定 记录 2");
    check("in_villages 青石镇 2023", "3 起 定 记录 3");
    check("villages 青石县 2023", "3 个 定 记录 3");
    check("villages 青石镇 2022-06", "3 个 定 记录 3");
    check("villages 青石镇 2022-07", "2 个 定 记录 2");
}

#[test]
fn dimensions_are_held_at_a_value() {
    check("hazards 青石镇 2023 grade=major", "2 起 定 记录 2");
    check("hazards 青石镇 2023 grade=major trade=B", "2 起 定 记录 2");
    check("hazards 青石镇 2023 public=1", "1 起 定 记录 1");
    check("hazards 青石镇 2023 kind=road", "2 起 定 记录 2");
    check("hazards 青石镇 2023 place=360102", "1 起 定 记录 1");
    // One of several choices, and never part of another's id.
    check("hazards 青石镇 2023 tags=crossroad", "1 起 定 记录 1");
    check("hazards 青石镇 2023 tags=road", "1 起 定 记录 1");
    check("hazards 青石镇 2023 tags=", "2 起 定 记录 2");
}

#[test]
fn sums_are_exact_and_in_the_unit_of_the_indicator() {
    check("fines 青石镇 2023", "0.205025 万元 定 记录 4");
    check("fines 青石县 2023 grade=general", "0.025125 万元 定 记录 3");
    check("net 青石镇 2023", "1000.25 元 定 记录 4");
    check("heads 青石镇 2023", "9 人 定 记录 4");
    check("land 青石镇 2023", "53.1 亩 定 记录 4");
    // 250.25 × 2 + 899.99 × 3
    check("doubled 甲村 2023", "3200.47 元 定 记录 2");
}

#[test]
fn different_values_and_extremes() {
    check("trades 青石镇 2023", "2 个 定 记录 4");
    check("least 青石镇 2023", "0 元 定 记录 4");
    check("least 甲村 2023", "250.25 元 定 记录 2");
    check("greatest 青石镇 2023", "900.01 元 定 记录 4");
    check(
        "greatest 乙村 2023H1",
        "未知 元 未定 记录 0 | 隐患台账 2023年上半年 乙村没有记录:请补登或零报告",
    );
}

#[test]
fn parameters_hold_for_the_nearest_place_and_the_later_value() {
    // 900 for the township, 300 for its village (the later line), 1000 elsewhere.
    check("above_line 青石镇 2023", "1 起 定 记录 1");
    check("above_line 甲村 2023", "1 起 定 记录 1");
    check("above_line 乙村 2023", "1 起 定 记录 1");
    check("above_line 青石县 2023", "0 起 定 记录 0");
    // In 2022 500.50 held.
    check("above_line 青石镇 2022", "0 起 定 记录 0");
}

#[test]
fn stocks_are_read_at_the_end_of_the_window() {
    let town = Town::new();
    town.rows(
        "person",
        &[
            "甲村 name=赵 arrived=2020-01-01",
            "甲村 name=钱 arrived=2020-01-01 left=2023-06-30",
            "甲村 name=孙 arrived=2023-06-30 left=2023-07-01",
            "甲村 name=李 arrived=2024-01-01",
            "甲村 name=周",
        ],
    );
    town.close_all();
    town.check("people 甲村 2023H1", "2 人 定 记录 2");
    town.check("people 甲村 2023-06-29", "2 人 定 记录 2");
    town.check("people 甲村 2023", "1 人 定 记录 1");
    town.check("arrivals 甲村 2023", "1 人 定 记录 1");
    town.check("departures 甲村 2023", "2 人 定 记录 2");
    town.check("people_wan 甲村 2023H1", "0.0002 万人 定 记录 2");
}

#[test]
fn children_stand_where_their_parent_stands() {
    let town = hazards();
    town.rows(
        "payment",
        &[
            "parent=大桥 paid_on=2023-03-01 amount=100",
            "parent=大桥 paid_on=2023-04-01 amount=100.01",
            "parent=水库 paid_on=2023-05-01 amount=7",
        ],
    );
    town.close_all();
    town.check("paid 青石县 2023", "207.01 元 定 记录 3");
    town.check("paid 青石镇 2023", "200.01 元 定 记录 2");
    town.check("paid_roads 青石县 2023", "200.01 元 定 记录 2");
    town.check("paid_projects 青石县 2022..2023", "1 个 定 记录 1");
    town.check("paid_projects 青石县 2023-01..2023-03", "0 个 定 记录 0");
    town.check("unpaid_projects 青石县 2022..2023", "0 个 定 记录 0");
    // A ledger that townships keep says nothing of a village.
    town.check(
        "paid 甲村 2023",
        "0 以上 元 未定 记录 0 | 项目台账不由甲村登记:请查它上一级的地方,或换用甲村登记的台账",
    );
}

#[test]
fn ratios_divide_and_formulas_add() {
    check("rate 青石镇 2023", "50 % 定 算出 6");
    check("rate 乙村 2023", "0 % 定 算出 1");
    check("rate 东街社区 2023", "100 % 定 算出 2");
    check("rate 乙村 2023H1", "未知 % 定 算出 0 | “隐患数”为 0,也没有要除的数:这个比率没有值");
    check("pending 青石镇 2023", "2 起 定 算出 6");
    check("money 青石镇 2023", "2050.25 元 定 算出 4");
    check("times 青石镇 2023", "未知 倍 定 算出 4 | “拨款额”为 0,不能作除数:请核对分母");
}

#[test]
fn a_ratio_of_two_kinds_divides_by_single_persons() {
    let town = hazards();
    town.rows("person", &["甲村 name=赵 arrived=2020-01-01", "甲村 name=钱 arrived=2020-01-01"]);
    town.rows("payment", &["parent=大桥 paid_on=2023-03-01 amount=4100.5"]);
    town.close_all();
    town.check("per_head 青石镇 2023", "1025.125 元 定 算出 6");
    town.check("times 青石镇 2023", "0.5 倍 定 算出 5");
}

#[test]
fn the_latest_record_of_each_place_counts() {
    let town = Town::new();
    town.rows(
        "income",
        &[
            "甲村 day=2023-03-01 item=total amount=100000",
            "甲村 day=2023-09-01 item=total amount=300000",
            "甲村 day=2023-10-01 item=farm amount=5",
            "甲村 day=2022-12-31 item=total amount=999999",
            "乙村 day=2023-01-01 item=total amount=200000",
        ],
    );
    town.check("income 青石镇 2023", "50 万元 定 记录 2");
    town.check("income 青石镇 2023H1", "30 万元 定 记录 2");
    town.check("income 甲村 2023H1", "10 万元 定 记录 1");
    town.check("reports 青石镇 2023", "2 次 定 记录 2");
    town.check("items 青石镇 2023", "2 个 定 记录 2");
    town.check("items 甲村 2022..2023", "1 个 定 记录 1");
    town.check(
        "income 丁村 2023",
        "未知 万元 未定 记录 0 | 收入台账 2023年 丁村没有记录:请补登或零报告",
    );
    // One village of three has not reported: the sum is a lower bound.
    town.check(
        "income 青石县 2023",
        "50 以上 万元 未定 记录 2 | 收入台账 2023年 白水镇丁村没有记录:请补登或零报告",
    );
    town.close(&["income"], "白水镇", "2023");
    town.check("income 青石县 2023", "50 万元 定 记录 2");
}
