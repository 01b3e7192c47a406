//! The records behind a value.

use pack::Scalar;

use crate::town::Town;

fn town() -> Town {
    let town = Town::new();
    town.rows(
        "hazard",
        &[
            "甲村 no=a found=2023-03-01 fixed=2023-03-02 grade=major",
            "乙村 no=b found=2023-01-01 fixed=2024-01-01",
            "甲村 no=c found=2023-01-01",
            "甲村 no=d found=2022-01-01 grade=major",
        ],
    );
    town
}

/// Lists indicator, total, and number, place and day of the rows.
fn check(question: &str, limit: usize, expected: &[&str]) {
    let town = town();
    let evidence = town.session().evidence(&town.request(question), limit).unwrap();
    let lines: Vec<String> = evidence
        .iter()
        .map(|part| {
            let rows: Vec<String> = part
                .rows
                .iter()
                .map(|row| {
                    let name = |code: &String| town.pack.places.get(code).unwrap().label.clone();
                    let place = row.place.as_ref().map(name).unwrap_or_default();
                    let on = row.on.map(|day| day.to_string()).unwrap_or_default();
                    let open = if row.undecided { "?" } else { "" };
                    format!("{}{open} {place} {on}", row.id)
                })
                .collect();
            let more = if part.truncated { " …" } else { "" };
            format!("{}({}) {}: {}{more}", part.indicator, part.ledger, part.total, rows.join(", "))
        })
        .collect();
    assert_eq!(lines, expected, "{question}");
}

#[test]
fn rows_come_by_date_and_number() {
    check(
        "hazards 青石镇 2023",
        9,
        &["hazards(hazard) 3: 2 乙村 2023-01-01, 3 甲村 2023-01-01, 1 甲村 2023-03-01"],
    );
    check("hazards 青石镇 2023", 1, &["hazards(hazard) 3: 2 乙村 2023-01-01 …"]);
    check("hazards 甲村 2023 grade=major", 9, &["hazards(hazard) 1: 1 甲村 2023-03-01"]);
    check("hazards 甲村 2021", 9, &["hazards(hazard) 0: "]);
}

#[test]
fn undecided_rows_are_marked() {
    check(
        "major 青石镇 2023",
        9,
        &["major(hazard) 3: 2? 乙村 2023-01-01, 3? 甲村 2023-01-01, 1 甲村 2023-03-01"],
    );
}

#[test]
fn each_part_of_a_ratio_has_its_own() {
    check(
        "rate 青石镇 2023",
        9,
        &[
            "rectified(hazard) 1: 1 甲村 2023-03-01",
            "hazards(hazard) 3: 2 乙村 2023-01-01, 3 甲村 2023-01-01, 1 甲村 2023-03-01",
        ],
    );
}

#[test]
fn cells_stand_in_the_order_of_the_ledger() {
    let town = town();
    let evidence = town.session().evidence(&town.request("hazards 乙村 2023"), 9).unwrap();
    let cells = &evidence[0].rows[0].cells;
    let ids: Vec<&str> = cells.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, town.pack.ledgers["hazard"].fields.keys().collect::<Vec<_>>());
    assert_eq!(cells[0].1, Some(Scalar::Text("b".to_owned())));
    assert_eq!(cells[2].1, Some(Scalar::Text("2024-01-01".to_owned())));
    assert_eq!(cells[3].1, None);
}
