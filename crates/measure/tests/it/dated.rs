//! Fields that keep the dates of their values are read as of the window's end.

use figure::date;
use pack::Scalar;

use crate::town::{Town, stamp};

fn town() -> Town {
    let town = Town::new();
    let first = town.rows(
        "person",
        &[
            "甲村 name=赵 arrived=2020-01-01 schooling=middle",
            "甲村 name=钱 arrived=2020-01-01 schooling=college",
            "乙村 name=孙 arrived=2020-01-01",
        ],
    );
    let change = |id, value: Option<&str>, on| {
        let value = value.map(|v| Scalar::Text(v.to_owned()));
        town.store.change(&town.pack, "person", id, "schooling", value, on, &stamp()).unwrap();
    };
    change(first, Some("college"), date(2022, 7, 1));
    change(first + 1, None, date(2023, 1, 1));
    change(first + 2, Some("college"), date(2021, 1, 1));
    town.close_all();
    town
}

#[test]
fn the_value_that_held_at_the_end_counts() {
    let town = town();
    let check = |question, expected| town.check(question, expected);
    check("graduates 甲村 2021", "1 人 定 记录 1");
    check("graduates 甲村 2022H1", "1 人 定 记录 1");
    check("graduates 甲村 2022-07-01", "2 人 定 记录 2");
    check("graduates 甲村 2023", "1 人 定 记录 1");
    check("graduates 乙村 2020", "0 人 定 记录 0");
    check("graduates 青石镇 2021", "2 人 定 记录 2");
}

#[test]
fn a_dimension_may_be_dated() {
    let town = town();
    town.check("people 甲村 2022H1 schooling=middle", "1 人 定 记录 1");
    town.check("people 甲村 2022 schooling=middle", "0 人 定 记录 0");
    town.check("people 甲村 2023 schooling=", "1 人 定 记录 1");
}

#[test]
fn evidence_shows_the_value_of_that_day() {
    let town = town();
    let evidence = town.session().evidence(&town.request("people 甲村 2022H1"), 9).unwrap();
    let schooling = |row: &measure::EvidenceRow| {
        row.cells.iter().find(|(id, _)| id == "schooling").and_then(|(_, value)| value.clone())
    };
    let middle = Some(Scalar::Text("middle".to_owned()));
    assert_eq!(evidence[0].rows.iter().map(schooling).collect::<Vec<_>>()[0], middle);
}
