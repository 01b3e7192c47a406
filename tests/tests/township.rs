//! The township pack: that it has all of every working system, asks the villages for no more
//! signatures than its claims need, and counts every time limit as the law does.

mod clocks;
mod closings;

use std::sync::OnceLock;

use app::{OfficeOptions, SystemsReport};
use figure::date;

/// What the pack built into the program has, counted once.
fn report() -> &'static SystemsReport {
    static REPORT: OnceLock<SystemsReport> = OnceLock::new();
    REPORT.get_or_init(|| {
        let directory = product_tests::town::scratch("township");
        let options = OfficeOptions::beside(directory.join("none.db"), "查看", date(2023, 12, 31));
        app::list_systems(&options).unwrap_or_else(|e| panic!("{}", app::causes(&e)))
    })
}

#[test]
fn every_system_has_records_figures_relations_and_time_limits() {
    let systems: Vec<_> = report().systems.iter().filter(|row| !row.is_base).collect();
    let ids: Vec<&str> = systems.iter().map(|row| row.system.as_str()).collect();
    let wanted: Vec<String> = (1..=41).map(|number| format!("S{number:02}")).collect();
    assert_eq!(ids, wanted, "the systems of a township, in the order of its report");
    let mut missing = Vec::new();
    for row in systems {
        for (what, number) in [
            ("ledger", row.ledgers),
            ("field", row.fields),
            ("indicator", row.indicators),
            ("relation", row.relations),
            ("clock", row.clocks),
            ("example record", row.example_records),
        ] {
            if number == 0 {
                missing.push(format!("{} {} has no {what}", row.system, row.label));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
