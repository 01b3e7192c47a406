//! Workbooks whose rows refer to each other: one imports them in one go, whatever their order.

use pack::Scalar;

use crate::desk::{Desk, workbook};

/// Households that came to be on a day; the last cell of a row is the one that it split off.
fn families(desk: &Desk, file: &str, rows: &[(&str, &str)]) -> String {
    let path = desk.path(file);
    let office = desk.office();
    let village = office.pack.places.iter().find(|place| place.kind == "village").unwrap();
    let mut sheet: Vec<Vec<&str>> = vec![vec!["村(社区)", "住户编号", "立户日期", "由哪户分出"]];
    for (number, from) in rows {
        sheet.push(vec![&village.label, number, "2024-02-10", from]);
    }
    let rows: Vec<&[&str]> = sheet.iter().map(Vec::as_slice).collect();
    workbook(path.as_ref(), "住户", &rows);
    path
}

/// The number of the record that a household split off, and its own.
fn split_from(desk: &Desk, number: &str) -> (Option<Scalar>, i64) {
    let office = desk.office();
    let id = office.store.lookup(&office.pack, "family", number).unwrap().expect(number);
    let field = office.pack.ledgers["family"].fields.get_index_of("split_from").unwrap();
    let record = office.store.record(&office.pack, "family", id).unwrap().unwrap();
    (record.cells[field].clone(), id)
}

#[test]
fn rows_refer_to_rows_further_down_and_to_each_other() {
    let desk = Desk::new("among");
    let rows = [("HU-1", "HU-3"), ("HU-2", "HU-1"), ("HU-3", "HU-2"), ("HU-4", "")];
    let file = families(&desk, "互指.xlsx", &rows);
    let answer = desk.json(&["import", "family", &file], 0);
    assert_eq!((answer["written"].as_u64(), answer["refused"].as_u64()), (Some(4), Some(0)));
    for (number, first) in &rows[..3] {
        let (_, id) = split_from(&desk, first);
        assert_eq!(split_from(&desk, number).0, Some(Scalar::Integer(id)), "{number}");
    }
    assert_eq!(split_from(&desk, "HU-4").0, None);
    desk.run(&["audit", "verify"]).ends(0);
    let again = desk.json(&["import", "family", &file], 0);
    assert_eq!(again["problems"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_row_that_refers_to_one_left_out_is_left_out_as_well() {
    let desk = Desk::new("among-lost");
    let rows = [("HU-1", "HU-2"), ("HU-2", "HU-9"), ("HU-3", "")];
    let file = families(&desk, "缺件.xlsx", &rows);
    desk.says(
        &["import", "family", &file],
        1,
        &["没有编号“HU-9”", "没有编号“HU-2”,请先登记它,或改正编号"],
    );
    let answer = desk.json(&["import", "family", &file, "--accept-good-rows"], 1);
    assert_eq!((answer["written"].as_u64(), answer["refused"].as_u64()), (Some(1), Some(2)));
}
