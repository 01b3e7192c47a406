//! Time limits: due dates by the working days of the pack, what is overdue, and steps of a case
//! that are not taken out of turn.

use crate::desk::{Desk, workbook};

/// A petition that came in on a day, in a workbook at the desk.
fn petition(desk: &Desk, file: &str, number: &str, received: &str) -> String {
    let path = desk.path(file);
    let office = desk.office();
    let village = office.pack.places.iter().find(|place| place.kind == "village").unwrap();
    let heads = ["村(社区)", "信访编号", "登记日期", "渠道", "信访层级", "类别", "人数"];
    let cells = [&village.label, number, received, "来电", "到镇访", "建议意见", "1"];
    workbook(path.as_ref(), "信访", &[&heads, &cells]);
    path
}

#[test]
fn a_due_date_is_counted_by_working_days() {
    let desk = Desk::empty("clock-due");
    let due = |start: &str, length: &str| {
        desk.json(&["clock", "due", start, length], 0)["due"].as_str().unwrap().to_owned()
    };
    assert_eq!(due("2023-09-27", "3个工作日"), "2023-10-08");
    assert_eq!(due("2024-01-31", "1 month"), "2024-02-29");
    desk.says(&["clock", "due", "2023-09-20", "15个工作日"], 0, &["2023-10-17(星期二,工作日)"]);
    desk.says(
        &["clock", "due", "2026-12-25", "15个工作日"],
        2,
        &["没有2027年的工作日历(calendar/2027.toml)"],
    );
    assert_eq!(due("2024-02-28 22:30", "2小时"), "2024-02-29 00:30");
    desk.says(&["clock", "due", "2024-02-28 22:30", "2小时"], 0, &["自2024-02-28 22:30起算,2小时"]);
    desk.says(&["clock", "due", "2024-02-28", "2小时"], 2, &["2024-02-28没有写几点几分"]);
    desk.says(&["clock", "due", "9月20日", "15日"], 2, &["“9月20日”不是日期"]);
    desk.says(&["clock", "due", "2023-09-20", "半个月"], 2, &["“半个月”不是时限"]);
}

#[test]
fn what_is_overdue_is_listed_first() {
    let desk = Desk::new("clock-list");
    let old = petition(&desk, "旧.xlsx", "XF-2024-901", "2024-01-20");
    let new = petition(&desk, "新.xlsx", "XF-2024-902", "2024-02-10");
    desk.run(&["import", "petition", &old]).ends(0);
    desk.run(&["import", "petition", &new]).ends(0);
    // Each is to be passed on and to be answered. Fifteen days from 20 January are over on 20 February, those from 10 February are not.
    let said = desk.says(
        &["clock", "list", "petition"],
        1,
        &["应于 2024-02-04,已超 16 天", "应于 2024-02-25,还有 5 天", "超期 2,将到期 2"],
    );
    let at = |text: &str| said.out.find(text).unwrap();
    assert!(at("XF-2024-901") < at("XF-2024-902"), "{}", said.out);
    let json = desk.json(&["clock", "list", "petition", "--all"], 1);
    assert_eq!((json["overdue"].as_u64(), json["soon"].as_u64()), (Some(2), Some(2)));
    assert_eq!(json["rows"][0]["standing"], "overdue");
    // Told of its receipt, which ends both limits, it is no longer overdue and was late.
    let told = ["correct", "petition", "XF-2024-901", "--set", "告知受理日期=2024-02-20"];
    desk.run(&[&told[..], &["--why", "补登"]].concat()).ends(0);
    let json = desk.json(&["clock", "list", "petition"], 0);
    assert_eq!((json["overdue"].as_u64(), json["late"].as_u64()), (Some(0), Some(2)));
}

#[test]
fn a_due_date_is_the_programs() {
    let desk = Desk::new("clock-own");
    let file = petition(&desk, "新.xlsx", "XF-2024-901", "2024-02-10");
    desk.run(&["import", "petition", &file]).ends(0);
    let set = ["correct", "petition", "XF-2024-901", "--set", "受理告知到期日=2024-12-31"];
    desk.says(&[&set[..], &["--why", "试"]].concat(), 1, &["由时限算出(应为2024-02-25)"]);
}

#[test]
fn a_case_takes_one_step_after_the_other() {
    let desk = Desk::new("clock-step");
    let file = petition(&desk, "新.xlsx", "XF-2024-901", "2024-02-10");
    desk.run(&["import", "petition", &file]).ends(0);
    let go = |state: &str| {
        let set = format!("state={state}");
        let all = ["change", "petition", "XF-2024-901", "--set", &set, "--on", "2024-02-20"];
        desk.run(&[&all[..], &["--why", "办理"]].concat())
    };
    let refused = go("已办结").ends(2);
    assert!(
        refused.err.contains("“已登记”不能直接变为“已办结”;下一步可以是 办理中、已退回"),
        "{}",
        refused.err
    );
    let early = go("办理中").ends(2);
    assert!(early.err.contains("变为“办理中”之前要先填:告知受理日期"), "{}", early.err);
    let told = ["correct", "petition", "XF-2024-901", "--set", "告知受理日期=2024-02-19"];
    desk.run(&[&told[..], &["--why", "补登"]].concat()).ends(0);
    go("办理中").ends(0);
}

/// A workbook of one sheet at the desk, imported into a ledger.
fn import(desk: &Desk, ledger: &str, sheet: &str, rows: &[&[&str]]) {
    let path = desk.path(&format!("{ledger}.xlsx"));
    workbook(path.as_ref(), sheet, rows);
    desk.run(&["import", ledger, &path]).ends(0);
}

/// When a record is due under a clock and how it stands; nothing if the clock does not run.
fn standing(desk: &Desk, ledger: &str, clock: &str, key: &str) -> Option<String> {
    let json = desk.json(&["clock", "list", ledger, "--all"], 1);
    let rows = json["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["clock"] == clock && row["key"] == key)?;
    Some(format!("{} {}", row["due"].as_str().unwrap(), row["standing"].as_str().unwrap()))
}

#[test]
fn what_recurs_is_due_a_length_after_the_last_time() {
    let desk = Desk::new("clock-again");
    let office = desk.office();
    let village = office.pack.places.iter().find(|place| place.kind == "village").unwrap();
    let heads = ["村(社区)", "河段编号", "河段名称", "河流", "有无公示牌", "设立日期", "撤销日期"];
    let reach = |number: &'static str, began: &'static str, ended: &'static str| {
        [village.label.as_str(), number, "上段", "清溪", "有", began, ended]
    };
    let rows = [
        reach("HD-901", "2024-01-05", ""),
        reach("HD-902", "2024-02-01", ""),
        reach("HD-903", "2024-01-05", "2024-02-01"),
        reach("HD-904", "2024-02-01", ""),
    ];
    import(&desk, "river_reach", "河段", &[&heads, &rows[0], &rows[1], &rows[2], &rows[3]]);
    let by = |key: &str| standing(&desk, "river_reach", "patrol", key);
    // The first time is due a month after the reach was set up; nothing is due of one given up.
    assert_eq!(by("HD-901").as_deref(), Some("2024-02-05 overdue"));
    assert_eq!(by("HD-902").as_deref(), Some("2024-03-01 running"));
    assert_eq!(by("HD-903"), None);
    // The last patrol of the reach counts, whatever their order, and none of another reach.
    let heads = ["村(社区)", "巡河编号", "河段编号", "河长级别", "巡河日期"];
    let patrol =
        |number: &'static str, reach: &'static str, level: &'static str, day: &'static str| {
            [village.label.as_str(), number, reach, level, day]
        };
    let rows = [
        patrol("XH-901", "HD-901", "镇级河长", "2024-01-25"),
        patrol("XH-902", "HD-901", "镇级河长", "2024-01-10"),
        patrol("XH-903", "HD-902", "村级河长", "2024-02-19"),
        patrol("XH-904", "HD-904", "村级河长", "2024-01-20"),
    ];
    import(&desk, "river_patrol", "巡河", &[&heads, &rows[0], &rows[1], &rows[2], &rows[3]]);
    assert_eq!(by("HD-901").as_deref(), Some("2024-02-25 soon"));
    assert_eq!(by("HD-902").as_deref(), Some("2024-03-19 running"));
    // A patrol before the reach was set up does not bring the first one forward.
    assert_eq!(by("HD-904").as_deref(), Some("2024-03-01 running"));
}

#[test]
fn a_report_in_hours_is_late_by_the_minute() {
    let desk = Desk::new("clock-hours");
    let office = desk.office();
    let village = office.pack.places.iter().find(|place| place.kind == "village").unwrap();
    let heads =
        ["村(社区)", "火灾编号", "发生日期", "起火原因", "火灾等级", "接报时刻", "首报时刻"];
    let fire = |number: &'static str, told: &'static str| {
        [village.label.as_str(), number, "2024-02-17", "农事用火", "一般", "2024-02-17 23:40", told]
    };
    let rows = [
        fire("HZ-901", "2024-02-18 00:40"),
        fire("HZ-902", "2024-02-18 00:41"),
        fire("HZ-903", ""),
    ];
    import(&desk, "forest_fire", "火灾", &[&heads, &rows[0], &rows[1], &rows[2]]);
    let by = |key: &str| standing(&desk, "forest_fire", "report_hours", key);
    assert_eq!(by("HZ-901").as_deref(), Some("2024-02-18 00:40 done"));
    assert_eq!(by("HZ-902").as_deref(), Some("2024-02-18 00:40 late"));
    assert_eq!(by("HZ-903").as_deref(), Some("2024-02-18 00:40 overdue"));
}

#[test]
fn a_day_set_for_a_record_is_its_limit() {
    let desk = Desk::new("clock-given");
    let office = desk.office();
    let village = office.pack.places.iter().find(|place| place.kind == "village").unwrap();
    let heads = ["村(社区)", "问题编号", "问题类型", "发现日期", "整改期限"];
    let issue = |number: &'static str, until: &'static str| {
        [village.label.as_str(), number, "保洁", "2024-01-02", until]
    };
    let rows = [issue("HW-901", ""), issue("HW-902", "2024-02-19"), issue("HW-903", "2024-03-31")];
    import(&desk, "river_issue", "问题", &[&heads, &rows[0], &rows[1], &rows[2]]);
    let by = |key: &str| standing(&desk, "river_issue", "fix", key);
    assert_eq!(by("HW-901").as_deref(), Some("2024-02-01 overdue"));
    assert_eq!(by("HW-902").as_deref(), Some("2024-02-19 overdue"));
    assert_eq!(by("HW-903").as_deref(), Some("2024-03-31 running"));
}
