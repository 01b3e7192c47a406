//! Counts, sums and numbers of different values against a plain fold over random rows.

use std::collections::BTreeSet;

use figure::{Date, Period, date};
use jiff::ToSpan;
use proptest::prelude::*;

use crate::town::Town;

#[derive(Clone, Debug)]
struct Row {
    place: usize,
    day: i32,
    grade: Option<bool>,
    fine: Option<u32>,
    trade: Option<bool>,
}

const PLACES: [&str; 4] = ["甲村", "乙村", "东街社区", "丁村"];

fn row() -> impl Strategy<Value = Row> {
    let fine = proptest::option::weighted(0.9, 0_u32..100_000);
    let flag = || proptest::option::weighted(0.8, any::<bool>());
    (0..PLACES.len(), 0..730, flag(), fine, flag())
        .prop_map(|(place, day, grade, fine, trade)| Row { place, day, grade, fine, trade })
}

fn day(row: &Row) -> Date {
    date(2022, 1, 1).checked_add(row.day.days()).unwrap()
}

fn line(no: usize, row: &Row) -> String {
    let mut line = format!("{} no={no} found={}", PLACES[row.place], day(row));
    if let Some(major) = row.grade {
        line.push_str(if major { " grade=major" } else { " grade=general" });
    }
    if let Some(fine) = row.fine {
        line.push_str(&format!(" fine={}.{:02}", fine / 100, fine % 100));
    }
    if let Some(farm) = row.trade {
        line.push_str(if farm { " trade=A" } else { " trade=B" });
    }
    line
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_database_adds_up_what_a_fold_adds_up(
        rows in proptest::collection::vec(row(), 0..60),
        first in 0..700_i32,
        length in 0..400_i32,
    ) {
        let town = Town::new();
        let lines: Vec<String> = rows.iter().enumerate().map(|(no, row)| line(no, row)).collect();
        town.rows("hazard", &lines.iter().map(String::as_str).collect::<Vec<_>>());
        town.close_all();
        let from = date(2022, 1, 1).checked_add(first.days()).unwrap();
        let to = from.checked_add(length.days()).unwrap().min(date(2023, 12, 31));
        let window = Period::new(from, to).unwrap();
        let session = town.session();
        for (place, members) in [("青石镇", &PLACES[..3]), ("丁村", &PLACES[3..]), ("青石县", &PLACES[..])] {
            let inside: Vec<&Row> = rows.iter()
                .filter(|row| members.contains(&PLACES[row.place]) && window.contains(day(row)))
                .collect();
            let text = |id: &str| {
                let request = measure::Request::new(id, town.code(place), window);
                session.measure(&request).unwrap().amount.describe()
            };
            prop_assert_eq!(text("hazards"), inside.len().to_string());

            let low = inside.iter().filter(|row| row.grade == Some(true)).count();
            let high = low + inside.iter().filter(|row| row.grade.is_none()).count();
            let expected = if low == high { low.to_string() } else { format!("{low} 至 {high}") };
            prop_assert_eq!(text("major"), expected);

            let sum: u32 = inside.iter().filter_map(|row| row.fine).sum();
            let sum = figure::decimal_text(figure::Decimal::new(sum.into(), 6));
            let missing = inside.iter().any(|row| row.fine.is_none());
            prop_assert_eq!(text("fines"), if missing { format!("{sum} 以上") } else { sum });

            let trades = |decided: bool| -> usize {
                let rows = inside.iter().filter(|row| !decided || row.grade.is_some());
                rows.filter_map(|row| row.trade).collect::<BTreeSet<bool>>().len()
            };
            let lacking = inside.iter().filter(|row| row.trade.is_none()).count();
            let (low, high) = (trades(true), trades(false) + lacking);
            let expected = if low == high { low.to_string() } else { format!("{low} 至 {high}") };
            prop_assert_eq!(text("trades"), expected);
        }
    }
}
