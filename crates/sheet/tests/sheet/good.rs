//! Which rows may be stored, whatever else is wrong with the file.

use sheet::{KEPT_PROBLEMS, ReadOptions, read_workbook};

use crate::sample::{book, pack, read};

/// Which rows are good, of a sheet of a ledger.
#[track_caller]
fn check_good(ledger: &str, sheet: &str, expected: &[(u32, bool)]) {
    let staged = read(&book(&[("甲村", sheet)]), "a.xlsx", ledger).unwrap();
    let found: Vec<(u32, bool)> = staged.rows.iter().map(|row| (row.row, row.is_good)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_row_is_good_while_nothing_is_wrong_with_it() {
    check_good(
        "project",
        "
        merge C3:C4
        村|项目名称|金额|开工日期
        乙村|水渠|#1|@2023-04-05
        乙村|堤坝|#2
        乙村|道路
        乙村|桥|很多
        丁村|渡口|#3
        甲村|渡船|#3
        ",
        // Whose the merged amount is, nobody knows of either row.
        &[(2, true), (3, false), (4, false), (5, false), (6, false), (7, true)],
    );
    check_good(
        "household",
        "户编号|户主\nA1|张三\nA1|李四\n|王五",
        &[(2, true), (3, false), (4, false)],
    );
}

#[test]
fn a_bad_row_is_known_as_such_beyond_the_problems_that_are_kept() {
    let rows: String = (0..KEPT_PROBLEMS + 2).map(|n| format!("P{n},许多\n")).collect();
    let text = format!("项目名称,金额\n{rows}");
    let options = ReadOptions { place: Some("369900100202".to_owned()) };
    let staged = read_workbook(text.as_bytes(), "a.csv", pack(), "project", &options).unwrap();
    assert_eq!((staged.problems.len(), staged.problem_count), (KEPT_PROBLEMS, KEPT_PROBLEMS + 2));
    assert_eq!(staged.rows.iter().filter(|row| row.is_good).count(), 0);
}
