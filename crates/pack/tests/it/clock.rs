//! Due dates: lengths of time over holidays and month ends, and the clocks of records.

use std::path::Path;

use pack::{
    BeyondCount, ClockError, FieldType, Length, Moment, Pack, Scalar, done_at, due, due_after,
    load, read_directory,
};

use crate::files;

/// The miniature pack with the working days of the township pack.
fn with_calendar(clock: &str) -> Pack {
    let mut base = files("miniature");
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let all = read_directory(&pack).expect("the township pack is readable");
    base.extend(all.into_iter().filter(|file| file.path.starts_with("calendar/")));
    let hazard = base.iter_mut().find(|file| file.path == "ledger/hazard.toml").expect("hazard");
    if !clock.is_empty() {
        hazard.text = hazard.text.replace("within = \"15 working days\"", clock).into();
    }
    load(&base, &[]).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Counts each length from a day; `!2027` stands for a calendar that does not reach so far.
#[track_caller]
fn check(pack: &Pack, cases: &[(&str, &str, &str)]) {
    for (start, length, expected) in cases {
        let start = Moment::parse(start).expect("the case has a start");
        let length = Length::parse(length).expect("the case has a length");
        let found = match length.after(start, &pack.calendar) {
            Ok(date) => date.stored(),
            Err(BeyondCount::Calendar(beyond)) => format!("!{}", beyond.year),
            Err(BeyondCount::NoTime { .. }) => "no time".to_owned(),
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
            // Hours run through the night and the month, and only from a time of day.
            ("2024-02-28T22:30", "2 hours", "2024-02-29T00:30"),
            ("2023-09-30 09:05", "24小时", "2023-10-01T09:05"),
            ("2024-02-28", "2 hours", "no time"),
            // Days forget it.
            ("2024-02-28T22:30", "1 day", "2024-02-29"),
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
        .map(|date| date.map_or_else(|| "-".to_owned(), Moment::stored))
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

#[test]
fn a_last_day_off_gives_way_where_the_law_says_so() {
    let due = |clock: &str, cells: &[(&str, &str)]| due_of(&with_calendar(clock), cells);
    let rolled = "within = \"30 days\"\nroll = true";
    // A Saturday, the whole of National Day, and a Sunday that is worked.
    for (start, plain, last) in [
        ("2023-02-17", "2023-03-19", "2023-03-20"),
        ("2023-08-30", "2023-09-29", "2023-10-07"),
        ("2024-01-19", "2024-02-18", "2024-02-18"),
        ("2023-02-13", "2023-03-15", "2023-03-15"),
    ] {
        let start = [("found_on", start)];
        assert_eq!(due("within = \"30 days\"", &start).as_deref(), Ok(plain));
        assert_eq!(due(rolled, &start).as_deref(), Ok(last));
    }
    // Months and years too; of a year without a calendar nobody knows.
    let months = "within = \"1 month\"\nroll = true";
    assert_eq!(due(months, &[("found_on", "2024-08-31")]).as_deref(), Ok("2024-09-30"));
    assert_eq!(due(months, &[("found_on", "2024-09-01")]).as_deref(), Ok("2024-10-08"));
    let unknown = due(months, &[("found_on", "2026-12-15")]).expect_err("no calendar of 2027");
    assert!(unknown.to_string().contains("calendar/2027.toml"), "{unknown}");
    // Only the end of all gives way: an extension is counted from the day that the first limit
    // would have ended on.
    let extended = "within = \"30 days\"\nroll = true\nextend = { by = \"2 days\", on = \"fixed_on\", who = \"deputy\" }";
    let cells = [("found_on", "2023-08-30"), ("fixed_on", "2023-09-20")];
    assert_eq!(due(extended, &cells).as_deref(), Ok("2023-10-07"));
    let cells = [("found_on", "2023-02-17"), ("fixed_on", "2023-03-01")];
    assert_eq!(due(extended, &cells).as_deref(), Ok("2023-03-21"));
}

/// A clock of hazards that starts at a time of day and stops at one.
const HOURLY: &str = "within = \"2 hours\"";

#[test]
fn hours_are_counted_from_a_time_of_day() {
    let mut base = files("miniature");
    let hazard = base.iter_mut().find(|file| file.path == "ledger/hazard.toml").expect("hazard");
    hazard.text = hazard.text.replace("within = \"15 working days\"", HOURLY).into();
    hazard.text = hazard.text.replace("on = \"found_on\"", "on = \"seen_at\"").into();
    hazard.text =
        hazard.text.replace("until = [\"fixed_on\", \"closed\"]", "until = \"closed\"").into();
    let pack = load(&base, &[]).unwrap_or_else(|errors| panic!("{errors}"));
    let field = &pack.ledgers["hazard"].fields["due_rectify"];
    assert_eq!((&field.ty, field.label.as_str()), (&FieldType::Timestamp, "整改最迟时刻"));
    let due = due_of(&pack, &[("seen_at", "2023-12-31T22:30")]);
    assert_eq!(due.as_deref(), Ok("2024-01-01T00:30"));
}

#[test]
fn a_day_that_the_record_names_is_its_due_date() {
    let pack = with_calendar("by = \"fixed_on\"");
    let start = ("found_on", "2023-01-01");
    assert_eq!(due_of(&pack, &[start, ("fixed_on", "2023-02-20")]).as_deref(), Ok("2023-02-20"));
    assert_eq!(due_of(&pack, &[start]).as_deref(), Ok("-"));
    assert_eq!(due_of(&pack, &[("fixed_on", "2023-02-20")]).as_deref(), Ok("-"));
    let pack = with_calendar("by = \"fixed_on\"\nroll = true");
    assert_eq!(due_of(&pack, &[start, ("fixed_on", "2023-10-01")]).as_deref(), Ok("2023-10-07"));
}

#[test]
fn a_day_set_for_the_record_goes_before_the_length() {
    let pack = with_calendar("within = \"30 days\"\ngiven = \"fixed_on\"\nroll = true");
    let start = ("found_on", "2023-01-01");
    assert_eq!(due_of(&pack, &[start]).as_deref(), Ok("2023-01-31"));
    assert_eq!(due_of(&pack, &[start, ("fixed_on", "2023-04-02")]).as_deref(), Ok("2023-04-03"));
}

#[test]
fn what_recurs_has_no_due_date_of_its_own() {
    let clock = "within = \"1 month\"\nlast = { ledger = \"hazard_visit\", on = \"seen_on\", when = \"fine = true\" }";
    let mut base = files("miniature");
    let hazard = base.iter_mut().find(|file| file.path == "ledger/hazard.toml").expect("hazard");
    hazard.text = hazard.text.replace("within = \"15 working days\"", clock).into();
    base.push(crate::visits());
    let pack = load(&base, &[]).unwrap_or_else(|errors| panic!("{errors}"));
    let (hazard, visit) = (&pack.ledgers["hazard"], &pack.ledgers["hazard_visit"]);
    assert!(!hazard.fields.contains_key("due_rectify"));
    let last = hazard.clocks[0].last.as_ref().expect("it recurs");
    let at = |cells: [Option<Scalar>; 2]| done_at(visit, last, &cells).map(Moment::stored);
    let day = || Some(Scalar::Text("2023-01-31".to_owned()));
    assert_eq!(at([day(), Some(Scalar::Integer(1))]).as_deref(), Some("2023-01-31"));
    assert_eq!(at([day(), Some(Scalar::Integer(0))]), None);
    assert_eq!(at([None, Some(Scalar::Integer(1))]), None);
    // A due date is counted from the moment that is given in place of the start.
    let begun = Moment::parse("2023-01-31").expect("a day");
    let cells = vec![None; hazard.fields.len()];
    let due = due_after(&pack, hazard, &hazard.clocks[0], begun, None, &cells);
    assert_eq!(due.map(|due| due.map(Moment::stored)), Ok(Some("2023-02-28".to_owned())));
}
