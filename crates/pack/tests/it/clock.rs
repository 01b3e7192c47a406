//! Due dates: lengths of time over holidays and month ends, and the clocks of records.

use std::path::Path;

use figure::Date;
use pack::{ClockError, Length, Pack, Scalar, due, load, read_directory};

use crate::files;

/// The miniature pack with the working days of the township pack.
fn with_calendar(clock: &str) -> Pack {
    let mut base = files("miniature");
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let all = read_directory(&pack).expect("the township pack is readable");
    base.extend(all.into_iter().filter(|file| file.path.starts_with("calendar/")));
    let hazard = base.iter_mut().find(|file| file.path == "ledger/hazard.toml").expect("hazard");
    if !clock.is_empty() {
        hazard.text = hazard.text.replace("within = \"15 working days\"", clock);
    }
    load(&base, &[]).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Counts each length from a day; `!2027` stands for a calendar that does not reach so far.
#[track_caller]
fn check(pack: &Pack, cases: &[(&str, &str, &str)]) {
    for (start, length, expected) in cases {
        let start: Date = start.parse().expect("the case has a date");
        let length = Length::parse(length).expect("the case has a length");
        let found = match length.after(start, &pack.calendar) {
            Ok(date) => date.to_string(),
            Err(beyond) => format!("!{}", beyond.year),
        };
        assert_eq!(found, *expected, "{start} + {length}");
    }
}

#[test]
fn lengths_are_counted_from_the_next_day() {
    check(
        &with_calendar(""),
        &[
            // Calendar days run through everything.
            ("2023-09-20", "15 days", "2023-10-05"),
            ("2024-02-28", "1日", "2024-02-29"),
            // Working days leave out National Day and take in the weekend that is worked.
            ("2023-09-27", "3 working days", "2023-10-08"),
            ("2023-09-28", "1个工作日", "2023-10-07"),
            ("2024-02-08", "15 working days", "2024-03-06"),
            // The Spring Festival of 2020 was made longer.
            ("2020-01-23", "1 working day", "2020-02-03"),
            ("2026-12-31", "1 working day", "!2027"),
            ("2003-12-30", "1 working day", "!2003"),
            // A month without the day ends on its last one.
            ("2023-01-31", "1 month", "2023-02-28"),
            ("2024-01-31", "1个月", "2024-02-29"),
            ("2023-11-30", "3 months", "2024-02-29"),
            ("2023-08-31", "6个月", "2024-02-29"),
            ("2024-02-29", "1 year", "2025-02-28"),
            ("2024-02-29", "4年", "2028-02-29"),
        ],
    );
}

#[test]
fn a_length_is_a_number_and_a_unit() {
    for text in ["", "15", "days", "0 days", "-1 days", "1.5 days", "1001 days", "15 workdays"] {
        assert_eq!(Length::parse(text), None, "{text}");
    }
    assert_eq!(Length::parse("20个工作日"), Length::parse("20 working days"));
}

/// The due date of a hazard with these cells.
#[track_caller]
fn due_of(pack: &Pack, cells: &[(&str, &str)]) -> Result<String, ClockError> {
    due_at(pack, "990101001", cells)
}

/// The same in some place.
fn due_at(pack: &Pack, place: &str, cells: &[(&str, &str)]) -> Result<String, ClockError> {
    let hazard = &pack.ledgers["hazard"];
    let cells: Vec<Option<Scalar>> = hazard
        .fields
        .keys()
        .map(|id| {
            let text = cells.iter().find(|(field, _)| field == id).map(|(_, text)| *text)?;
            Some(Scalar::Text(text.to_owned()))
        })
        .collect();
    due(pack, hazard, &hazard.clocks[0], Some(place), &cells)
        .map(|date| date.map_or_else(|| "-".to_owned(), |date| date.to_string()))
}

#[test]
fn a_clock_runs_from_its_start() {
    let pack = with_calendar("");
    assert_eq!(due_of(&pack, &[("found_on", "2023-09-20")]).as_deref(), Ok("2023-10-17"));
    assert_eq!(due_of(&pack, &[]).as_deref(), Ok("-"));
}

#[test]
fn a_clock_is_in_force_and_applies() {
    let clock = "within = \"10 days\"\nwhen = \"grade = 'major'\"\nfrom = \"2021-09-01\"";
    let pack = with_calendar(clock);
    let due = |day, grade| due_of(&pack, &[("found_on", day), ("grade", grade)]);
    assert_eq!(due("2021-09-01", "major").as_deref(), Ok("2021-09-11"));
    assert_eq!(due("2021-08-31", "major").as_deref(), Ok("-"));
    assert_eq!(due("2021-09-01", "general").as_deref(), Ok("-"));
}

#[test]
fn an_extension_and_a_pause_move_the_due_date() {
    let clock =
        "within = \"60 days\"\nextend = { by = \"30 days\", on = \"fixed_on\", who = \"deputy\" }";
    let pack = with_calendar(clock);
    let start = ("found_on", "2023-01-01");
    assert_eq!(due_of(&pack, &[start]).as_deref(), Ok("2023-03-02"));
    let extended = due_of(&pack, &[start, ("fixed_on", "2023-02-20")]);
    assert_eq!(extended.as_deref(), Ok("2023-04-01"));

    let clock = "within = \"30 days\"\npause = [{ from = \"fixed_on\", until = \"seen_at\" }]";
    let pack = with_calendar(clock);
    let paused = [start, ("fixed_on", "2023-01-10")];
    assert_eq!(due_of(&pack, &paused).as_deref(), Ok("-"));
    let resumed = [start, ("fixed_on", "2023-01-10"), ("seen_at", "2023-01-20T09:00")];
    assert_eq!(due_of(&pack, &resumed).as_deref(), Ok("2023-02-10"));
}

#[test]
fn a_parameter_gives_the_length_of_a_place() {
    let pack = with_calendar("within = { parameter = \"target_income\", unit = \"days\" }");
    let of = |place, day| due_at(&pack, place, &[("found_on", day)]);
    assert_eq!(of("990101001", "2023-01-01").as_deref(), Ok("2023-01-31"));
    let missing = of("990101001", "2022-12-31").expect_err("no value is in force");
    assert_eq!(
        missing.to_string(),
        "时限“整改”要用的参数“target_income”在2022-12-31没有值;请在 parameter/target_income.toml 里补上"
    );
    let broken = of("990101002", "2023-01-01").expect_err("12.5 days are no length");
    assert_eq!(
        broken.to_string(),
        "参数“target_income”的值 12.5 不能作时限“整改”的长度;应为 1 至 1000 的整数"
    );
}
