//! What an incomplete ledger leaves known, and what is said about it.

use figure::{Period, date};

use crate::town::{Town, shown, stamp};

fn town() -> Town {
    let town = Town::new();
    town.rows(
        "hazard",
        &[
            "甲村 no=1 found=2023-02-01 grade=major fine=100 refund=0 trade=A",
            "乙村 no=2 found=2023-03-01 grade=general fine=50 refund=0 trade=A",
        ],
    );
    town
}

#[test]
fn an_open_month_leaves_the_top_open() {
    let town = town();
    town.close(&["hazard"], "青石镇", "2023-01..2023-06");
    town.close(&["hazard"], "甲村", "2023-07");
    town.close(&["hazard"], "东街社区", "2023-07");
    town.check("hazards 青石镇 2023H1", "2 起 定 记录 2");
    town.check("hazards 甲村 2023-07", "0 起 定 记录 0");
    let open = "隐患台账 2023年7月 青石镇乙村尚未结账:请结账或零报告";
    town.check("hazards 青石镇 2023-01..2023-07", &format!("2 以上 起 未定 记录 2 | {open}"));
    town.check("hazards 青石镇 2023-07", &format!("0 以上 起 未定 记录 0 | {open}"));
    town.check("ever 青石镇 2023-07", &format!("2 以上 起 未定 记录 2 | {open}"));
    town.check("trades 青石镇 2023-07", &format!("0 以上 个 未定 记录 0 | {open}"));
    town.check("fines 青石镇 2023-07", &format!("0 以上 万元 未定 记录 0 | {open}"));
    // What a missing record could move either way is not known at all.
    town.check("net 青石镇 2023-07", &format!("未知 元 未定 记录 0 | {open}"));
    town.check("least 青石镇 2023-01..2023-07", &format!("未知 元 未定 记录 2 | {open}"));
    town.check("rate 青石镇 2023-01..2023-07", &format!("0 以上 % 未定 算出 2 | {open}"));
    town.check("pending 青石镇 2023-01..2023-07", &format!("未知 起 未定 算出 2 | {open}"));
    // A part of a month is covered by the month.
    town.check("hazards 青石镇 2023-06-10", "0 起 定 记录 0");
    town.check(
        "hazards 乙村 2023-07-10",
        "0 以上 起 未定 记录 0 | 隐患台账 2023年7月 乙村尚未结账:请结账或零报告",
    );
}

#[test]
fn departures_still_to_come_leave_the_bottom_of_a_stock_open() {
    let town = Town::new();
    town.rows(
        "person",
        &["甲村 name=赵甲 arrived=2020-01-05", "乙村 name=钱乙 arrived=2021-03-01"],
    );
    let value = town.session().measure(&town.request("people 青石镇 2023")).unwrap();
    assert_eq!(value.amount.describe(), "0 以上");
}

#[test]
fn a_long_list_of_open_months_is_cut() {
    let town = town();
    let session = town.session();
    let value = session.measure(&town.request("hazards 青石镇 2023")).unwrap();
    let words: Vec<String> = value.gaps.iter().map(ToString::to_string).collect();
    assert_eq!(words.len(), 6, "{words:?}");
    assert_eq!(words[0], "隐患台账 2023年1月 青石镇甲村尚未结账:请结账或零报告");
    assert_eq!(words[3], "隐患台账 2023年2月 青石镇甲村尚未结账:请结账或零报告");
    // Three places and twelve months; 丙村 was gone before 2023.
    assert_eq!(words[5], "另有 31 处未列出:请先办理以上各处");
}

#[test]
fn reopening_opens_the_month_again() {
    let town = town();
    town.close(&["hazard"], "青石镇", "2023-01..2023-03");
    town.check("hazards 青石镇 2023Q1", "2 起 定 记录 2");
    let period = Period::parse("2023-01..2023-03").unwrap();
    town.store.reopen(&town.pack, "hazard", town.code("青石镇"), period, &stamp()).unwrap();
    town.close(&["hazard"], "青石镇", "2023-01..2023-02");
    town.close(&["hazard"], "甲村", "2023-03");
    town.close(&["hazard"], "东街社区", "2023-03");
    town.check(
        "hazards 青石镇 2023Q1",
        "2 以上 起 未定 记录 2 | 隐患台账 2023年3月 青石镇乙村尚未结账:请结账或零报告",
    );
}

#[test]
fn a_window_that_is_not_over_is_open_whatever_was_closed() {
    let mut town = town();
    town.close(&["hazard", "income"], "青石县", "2023");
    town.now = date(2023, 12, 10);
    let running = "期间到2023年12月31日才结束:请到期后结账再核";
    town.check("hazards 青石镇 2023", &format!("2 以上 起 未定 记录 2 | {running}"));
    town.check("hazards 青石镇 2023-11", "0 起 定 记录 0");
    town.now = date(2023, 12, 31);
    town.check("hazards 青石镇 2023", "2 起 定 记录 2");
}

#[test]
fn a_ledger_closed_by_the_year_needs_the_year() {
    let town = Town::new();
    town.rows("project", &["青石镇 name=大桥 started=2023-02-01"]);
    town.close(&["project"], "青石镇", "2022");
    town.check(
        "projects 青石镇 2022..2023",
        "1 以上 个 未定 记录 1 | 项目台账 2023年 青石镇尚未结账:请结账或零报告",
    );
    town.close(&["project"], "青石县", "2023");
    town.check("projects 青石镇 2022..2023", "1 个 定 记录 1");
    // Its children are closed with it.
    town.check("paid 青石镇 2023", "0 元 定 记录 0");
}

#[test]
fn parts_of_a_year_close_the_window_that_they_cover() {
    let mut town = Town::new();
    town.rows("project", &["青石镇 name=大桥 started=2023-02-01"]);
    town.now = date(2023, 7, 3);
    // The year is not over, so that its first half is what can be closed.
    town.check(
        "projects 青石镇 2023H1",
        "1 以上 个 未定 记录 1 | 项目台账 2023年上半年 青石镇尚未结账:请结账或零报告",
    );
    town.close(&["project"], "青石镇", "2023Q1");
    town.check(
        "projects 青石镇 2023H1",
        "1 以上 个 未定 记录 1 | 项目台账 2023年上半年 青石镇尚未结账:请结账或零报告",
    );
    town.close(&["project"], "青石镇", "2023Q2");
    town.check("projects 青石镇 2023H1", "1 个 定 记录 1");
    town.now = date(2024, 1, 10);
    town.check(
        "projects 青石镇 2023",
        "1 以上 个 未定 记录 1 | 项目台账 2023年 青石镇尚未结账:请结账或零报告",
    );
    town.close(&["project"], "青石镇", "2023");
    town.check("projects 青石镇 2023", "1 个 定 记录 1");
}

#[test]
fn an_empty_ledger_proves_nothing_until_it_is_closed() {
    let town = Town::new();
    town.check(
        "hazards 甲村 2023-01",
        "0 以上 起 未定 记录 0 | 隐患台账 2023年1月 甲村尚未结账:请结账或零报告",
    );
    town.close(&["hazard"], "甲村", "2023-01");
    town.check("hazards 甲村 2023-01", "0 起 定 记录 0");
}

#[test]
fn undecided_records_widen_the_value() {
    let town = Town::new();
    town.rows(
        "hazard",
        &[
            "甲村 no=1 found=2023-02-01 grade=major fine=100 trade=A",
            "甲村 no=2 found=2023-02-02 fine=40 trade=A",
            "甲村 no=3 found=2023-02-03 fine=60 trade=B",
            "甲村 no=4 found=2023-02-04 grade=general fine=5 trade=B",
            "甲村 no=5 found=2022-02-04 fine=7 trade=B",
        ],
    );
    town.close_all();
    let gap = "隐患台账2 条记录尚未定性(第 2、3 号):请定性后再核";
    town.check("major 甲村 2023", &format!("1 至 3 起 定 记录 3 | {gap}"));
    town.check("major_fines 甲村 2023", &format!("100 至 200 元 定 记录 3 | {gap}"));
    town.check("trades 甲村 2023", &format!("2 个 定 记录 4 | {gap}"));
    town.check("least 甲村 2023", &format!("5 元 定 记录 4 | {gap}"));
    town.check("greatest 甲村 2023", &format!("100 元 定 记录 4 | {gap}"));
    town.check(
        "major 甲村 2022",
        "0 至 1 起 定 记录 1 | 隐患台账1 条记录尚未定性(第 5 号):请定性后再核",
    );
    town.check(
        "least 甲村 2022",
        "7 以上 元 定 记录 1 | 隐患台账1 条记录尚未定性(第 5 号):请定性后再核",
    );
    town.check(
        "trades 甲村 2022",
        "0 至 1 个 定 记录 1 | 隐患台账1 条记录尚未定性(第 5 号):请定性后再核",
    );
}

#[test]
fn a_number_that_is_not_filled_in_is_not_zero() {
    let town = Town::new();
    town.rows(
        "hazard",
        &[
            "甲村 no=1 found=2023-02-01 grade=major fine=100 refund=10",
            "甲村 no=2 found=2023-02-02 grade=general",
            "乙村 no=3 found=2023-02-03 grade=general fine=5 refund=8",
        ],
    );
    town.close_all();
    let gap = "隐患台账1 条记录未填“罚款”(第 2 号):请补填";
    town.check("fines 甲村 2023", &format!("0.01 以上 万元 定 记录 2 | {gap}"));
    town.check("fines 乙村 2023", "0.0005 万元 定 记录 1");
    town.check("least 甲村 2023", &format!("100 以下 元 定 记录 2 | {gap}"));
    town.check("greatest 甲村 2023", &format!("100 以上 元 定 记录 2 | {gap}"));
    town.check(
        "net 甲村 2023",
        "未知 元 定 记录 2 | 隐患台账1 条记录未填“罚款、退款”(第 2 号):请补填",
    );
    town.check("net 乙村 2023", "-3 元 定 记录 1");
    town.check(
        "trades 甲村 2023",
        "0 至 2 个 定 记录 2 | 隐患台账2 条记录未填“行业”(第 1、2 号):请补填",
    );
}

#[test]
fn undecided_negative_amounts_widen_downwards() {
    let town = Town::with(
        "=== indicator/open_net.toml\nlabel = \"净额\"\nunit = \"元\"\nmeaning = \"净额\"\n\
         sum = \"hazard\"\nvalue = \"fine - refund\"\non = \"found\"\nundecided = \"grade is null\"\n",
    );
    town.rows(
        "hazard",
        &[
            "甲村 no=1 found=2023-02-01 grade=major fine=100 refund=1",
            "甲村 no=2 found=2023-02-02 fine=0 refund=30",
            "甲村 no=3 found=2023-02-03 fine=7 refund=0",
        ],
    );
    town.close_all();
    town.check(
        "open_net 甲村 2023",
        "69 至 106 元 定 记录 3 | 隐患台账2 条记录尚未定性(第 2、3 号):请定性后再核",
    );
}

#[test]
fn a_forecast_answers_while_the_window_is_open() {
    let mut town = Town::new();
    town.now = date(2023, 11, 30);
    town.rows("project", &["青石镇 name=大桥 started=2023-02-01"]);
    let asked = |town: &Town, question: &str| {
        let value = town.session().forecast(&town.request(question)).unwrap();
        value.map_or_else(|| "没有预计".to_owned(), |value| shown(&value))
    };
    assert_eq!(
        asked(&town, "projects 青石镇 2023"),
        "2 以上 个 预计 算出 1 | 期间到2023年12月31日才结束:请到期后结账再核"
    );
    assert_eq!(asked(&town, "hazards 青石镇 2023"), "没有预计");
    town.now = date(2024, 1, 1);
    town.close(&["project"], "青石县", "2023");
    assert_eq!(asked(&town, "projects 青石镇 2023"), "1 个 定 记录 1");
}

#[test]
fn a_session_answers_the_same_question_once() {
    let town = town();
    town.close_all();
    let session = town.session();
    let request = town.request("hazards 青石镇 2023");
    let first = session.measure(&request).unwrap();
    assert_eq!(first.revision, town.store.revision().unwrap());
    assert_eq!(session.measure(&request).unwrap(), first);
    assert_eq!((session.now(), session.revision().unwrap()), (town.now, first.revision));
    let both = session.snapshot(|| Ok((session.measure(&request)?, session.measure(&request)?)));
    assert_eq!(both.unwrap(), (first.clone(), first));
}

#[test]
fn a_record_that_fails_the_condition_is_not_undecided() {
    let town = Town::with(
        "=== indicator/big.toml\nlabel = \"大额\"\nunit = \"起\"\nmeaning = \"大额\"\n\
         count = \"hazard\"\non = \"found\"\nwhere = \"fine > 10\"\nundecided = \"grade is null\"\n",
    );
    town.rows(
        "hazard",
        &[
            "甲村 no=1 found=2023-02-01 fine=5",
            "甲村 no=2 found=2023-02-01",
            "甲村 no=3 found=2023-02-01 fine=20",
            "甲村 no=4 found=2023-02-01 fine=20 grade=major",
            "甲村 no=5 found=2023-02-01 grade=major",
        ],
    );
    town.close_all();
    town.check(
        "big 甲村 2023",
        "1 至 3 起 定 记录 3 | 隐患台账2 条记录尚未定性(第 2、3 号):请定性后再核",
    );
}

#[test]
fn a_closing_does_not_end_a_running_window_for_the_latest_record() {
    let mut town = Town::new();
    town.rows("income", &["甲村 day=2023-03-01 item=total amount=300000"]);
    town.close(&["income"], "青石县", "2023");
    town.check("income 青石镇 2023", "30 万元 定 记录 1");
    town.now = date(2023, 12, 10);
    town.check(
        "income 青石镇 2023",
        "30 以上 万元 未定 记录 1 | 收入台账 2023年 青石镇乙村没有记录:请补登或零报告",
    );
}
