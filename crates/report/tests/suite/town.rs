//! An invented township with a pack, three years of records and their closings.

use crate::definitions::FILES;
use crate::guarded;
use figure::{Date, Period, date};
use measure::Session;
use pack::{Pack, Scalar, SourceFile, load, read_cell};
use report::{Checked, Options, ParseErrors, Source, check, parse};
use store::{Actor, Closing, NewRecord, Stamp, Store};

/// A person whose name must never leave the store unmasked.
pub(crate) const PLANTED_NAME: &str = "钱大宝";
/// The phone of that person.
pub(crate) const PLANTED_PHONE: &str = "13912345678";
/// The illness of that person.
pub(crate) const PLANTED_ILLNESS: &str = "尿毒症";

/// Records: ledger, place, then cells as field id and text.
pub(crate) type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const ROWS: &[Row] = &[
    ("guest", "青石镇", &[("on_day", "2023-03-02"), ("partner", "碧水街道"), ("persons", "320")]),
    ("land", "甲村", &[("on_day", "2023-03-02"), ("project", "南北铁路"), ("area", "100.65")]),
    ("grant", "甲村", &[("on_day", "2023-03-02"), ("policy", "seed"), ("amount", "30000")]),
    ("grant", "甲村", &[("on_day", "2023-03-02"), ("policy", "school"), ("amount", "40000")]),
    ("grant", "甲村", &[("on_day", "2023-03-02"), ("policy", "bus"), ("amount", "50000")]),
    ("party", "青石镇", &[("on_day", "2023-03-02")]),
    ("party", "青石镇", &[("on_day", "2023-03-03")]),
    (
        "hazard",
        "甲村",
        &[
            ("found_on", "2023-03-02"),
            ("fixed_on", "2023-03-09"),
            ("sector", "mine"),
            ("finder", PLANTED_NAME),
            ("phone", PLANTED_PHONE),
            ("illness", PLANTED_ILLNESS),
        ],
    ),
    (
        "hazard",
        "甲村",
        &[
            ("found_on", "2023-05-02"),
            ("fixed_on", "2023-05-09"),
            ("sector", "road"),
            ("finder", "孙小美"),
        ],
    ),
    (
        "hazard",
        "乙村",
        &[("found_on", "2023-05-12"), ("fixed_on", "2023-06-09"), ("sector", "road")],
    ),
    ("hazard", "丙村", &[("found_on", "2023-11-30"), ("sector", "mine")]),
    ("hazard", "乙村", &[("found_on", "2022-05-12"), ("fixed_on", "2022-06-09")]),
    ("hazard", "乙村", &[("found_on", "2022-07-12"), ("fixed_on", "2022-07-19")]),
    ("hazard", "乙村", &[("found_on", "2022-07-13"), ("fixed_on", "2022-07-19")]),
    ("hazard", "乙村", &[("found_on", "2022-08-13"), ("fixed_on", "2022-08-19")]),
    ("hazard", "甲村", &[("found_on", "2021-01-13"), ("fixed_on", "2021-02-19")]),
    ("hazard", "甲村", &[("found_on", "2021-02-13"), ("fixed_on", "2021-02-19")]),
    ("hazard", "甲村", &[("found_on", "2021-03-13"), ("fixed_on", "2021-03-19")]),
    ("hazard", "甲村", &[("found_on", "2021-04-13"), ("fixed_on", "2021-04-19")]),
    ("hazard", "甲村", &[("found_on", "2021-05-13"), ("fixed_on", "2021-05-19")]),
    ("fire", "甲村", &[("on_day", "2023-04-05"), ("kind", "house")]),
    ("fire", "甲村", &[("on_day", "2022-04-05")]),
    ("income", "甲村", &[("on_day", "2023-06-30"), ("amount", "352000")]),
    ("income", "乙村", &[("on_day", "2023-06-30"), ("amount", "301000.50")]),
    ("income", "丙村", &[("on_day", "2023-06-30"), ("amount", "300000")]),
    ("income", "甲村", &[("on_day", "2022-06-30"), ("amount", "352000")]),
    ("income", "乙村", &[("on_day", "2022-06-30"), ("amount", "285000")]),
    ("income", "丙村", &[("on_day", "2022-06-30"), ("amount", "310000")]),
    ("income", "甲村", &[("on_day", "2024-06-30"), ("amount", "200000")]),
    ("contract", "甲村", &[("due_on", "2024-11-30"), ("amount", "520000")]),
    ("member", "甲村", &[("household", "H1"), ("since", "2022-01-01"), ("enrolled", "是")]),
    ("member", "甲村", &[("household", "H1"), ("since", "2022-01-01"), ("enrolled", "是")]),
    ("member", "乙村", &[("household", "H2"), ("since", "2022-01-01"), ("enrolled", "是")]),
    (
        "honour",
        "青石镇",
        &[("on_day", "2023-04-20"), ("title", "平安乡镇"), ("document", "县委办〔2023〕5号")],
    ),
    (
        "honour",
        "青石镇",
        &[
            ("on_day", "2023-08-20"),
            ("title", "覆盖率通报"),
            ("rank", "1"),
            ("document", "林业局〔2023〕9号"),
        ],
    ),
];

/// The pack with its store, closed for 2021 to 2023 but for one month.
pub(crate) struct Town {
    /// The definitions.
    pub(crate) pack: Pack,
    /// The records.
    pub(crate) store: Store,
}

/// The day after the last year that is closed.
pub(crate) const NOW: Date = date(2024, 1, 10);

impl Town {
    /// A fresh town. Its visits are closed but for May 2023 in 乙村.
    pub(crate) fn new() -> Town {
        Town::with(&[], &[])
    }

    /// The town with other texts of definition files, or further ones, and further records.
    pub(crate) fn with(changed: &[(&str, &str)], rows: &[Row]) -> Town {
        let kept = FILES.iter().chain(guarded::FILES);
        let kept = kept.filter(|(path, _)| !changed.iter().any(|(other, _)| other == path));
        let files: Vec<SourceFile> = kept
            .chain(changed)
            .map(|(path, text)| SourceFile {
                path: (*path).to_owned(),
                text: (*text).to_owned().into(),
            })
            .collect();
        let pack = load(&files, &[]).unwrap_or_else(|errors| panic!("{errors}"));
        let store = Store::open_in_memory(&pack).unwrap();
        for row in ROWS.iter().chain(rows) {
            insert(&pack, &store, row);
        }
        close_all(&pack, &store);
        Town { pack, store }
    }

    /// Checks the body of a report about 青石镇 in 2023.
    pub(crate) fn check(&self, body: &str) -> Checked {
        self.check_on(body, "2023", NOW)
    }

    /// The same for another window and day.
    pub(crate) fn check_on(&self, body: &str, window: &str, now: Date) -> Checked {
        self.check_source(&source("", body, window).unwrap_or_else(|e| panic!("{e}")), now)
    }

    /// Checks a report whose front matter has these lines more.
    pub(crate) fn check_with(&self, front: &str, body: &str) -> Checked {
        self.check_source(&source(front, body, "2023").unwrap_or_else(|e| panic!("{e}")), NOW)
    }

    /// Checks a parsed report.
    pub(crate) fn check_source(&self, source: &Source, now: Date) -> Checked {
        let session = Session::new(&self.pack, &self.store, now);
        check(source, &session, &Options::default()).unwrap()
    }
}

/// A report of 青石镇 whose front matter has these lines more; they begin in line 8, and
/// without any the body does in line 9.
pub(crate) fn source(front: &str, body: &str, window: &str) -> Result<Source, ParseErrors> {
    let text = format!(
        "+++\ntitle = \"工作报告\"\nto = \"县政府\"\nfrom = \"青石镇人民政府\"\ndate = 2023-12-31\nwindow = \"{window}\"\nplace = \"青石镇\"\n{front}+++\n{body}"
    );
    parse(&text, "报告.md")
}

fn insert(pack: &Pack, store: &Store, (ledger, place, cells): &Row) {
    let definition = &pack.ledgers[*ledger];
    let values: Vec<Option<Scalar>> = definition
        .fields
        .values()
        .map(|field| {
            let text = cells.iter().find(|(id, _)| *id == field.id).map_or("", |(_, text)| text);
            read_cell(field, pack, text).unwrap_or_else(|e| panic!("{ledger}: {e}"))
        })
        .collect();
    let place = pack.places.named(place)[0].code.clone();
    let record = NewRecord { place: Some(place), parent: None, cells: values };
    store.insert(pack, ledger, &stamp(&actor()), [record]).unwrap_or_else(|e| panic!("{e}"));
}

fn actor() -> Actor {
    Actor { name: "测试员".to_owned(), role: "clerk".to_owned() }
}

fn stamp(who: &Actor) -> Stamp<'_> {
    Stamp { who, at: "2024-01-05T09:00:00", what: "登记", why: "测试", source: "", key: None }
}

fn close_all(pack: &Pack, store: &Store) {
    let closing = |ledger: &str, place: &str, period: Period| Closing {
        ledger: Some(ledger.to_owned()),
        place: place.to_owned(),
        period,
        nil: false,
        signer: "赵书记".to_owned(),
        signed_on: date(2024, 1, 5),
    };
    let town = "990101001";
    let mut closings = Vec::new();
    for ledger in ["hazard", "fire"] {
        closings.push(closing(ledger, town, Period::parse("2021..2023").unwrap()));
    }
    for ledger in ["income", "contract", "member", "honour", "guest", "land", "grant", "party"] {
        closings.push(closing(ledger, town, Period::parse("2021..2023").unwrap()));
    }
    for place in ["990101001201", "990101001203", "990101001301"] {
        closings.push(closing("visit", place, Period::parse("2021..2023").unwrap()));
    }
    closings.push(closing("visit", "990101001202", Period::parse("2021-01..2023-04").unwrap()));
    closings.push(closing("visit", "990101001202", Period::parse("2023-06..2023-12").unwrap()));
    let who = actor();
    for closing in closings {
        store.close(pack, &[closing], &stamp(&who)).unwrap_or_else(|e| panic!("{e}"));
    }
}
