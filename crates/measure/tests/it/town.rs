//! An invented township: its definitions, and a store that tests fill by lines of text.

use figure::{Date, Period, date};
use measure::{Basis, MeasureError, Request, Session, Status, Value};
use pack::{FieldType, Pack, Scalar, SourceFile};
use store::{Actor, Closing, Engine, Location, NewRecord, Stamp, Store};
use test_postgres::Database;
use vault::{Entropy, MasterKey};

use crate::ENGINE;

/// Files of the pack: path and text.
const FILES: &[(&str, &str)] = &[
    ("pack.toml", include_str!("pack/pack.toml")),
    ("place/town.toml", include_str!("pack/place.toml")),
    ("codes/trade.toml", include_str!("pack/codes.toml")),
    ("parameter/line.toml", include_str!("pack/parameter.toml")),
    ("ledger/hazard.toml", include_str!("pack/hazard.toml")),
    ("ledger/project.toml", include_str!("pack/project.toml")),
    ("ledger/payment.toml", include_str!("pack/payment.toml")),
    ("ledger/person.toml", include_str!("pack/person.toml")),
    ("ledger/income.toml", include_str!("pack/income.toml")),
    ("ledger/notice.toml", include_str!("pack/notice.toml")),
    ("ledger/voucher.toml", include_str!("pack/voucher.toml")),
];

/// Indicators and relations: each block begins with a line `=== path`.
const DEFINITIONS: &str = include_str!("pack/definitions.txt");

pub(crate) struct Town {
    pub(crate) pack: Pack,
    /// Stands before its database, so that it is closed first.
    pub(crate) store: Store,
    pub(crate) database: Option<Database>,
    pub(crate) now: Date,
}

/// An empty store for the pack on the engine that the test program is for, with the database
/// that it lies in if that is a server's.
pub(crate) fn empty(pack: &Pack) -> (Store, Option<Database>) {
    if ENGINE == Engine::Sqlite {
        return (Store::open_in_memory(pack).unwrap(), None);
    }
    // Where no server is installed the harness says so loudly, and the program ends here.
    let server = test_postgres::server().unwrap_or_else(|| std::process::exit(0));
    let database = server.database();
    let mut store = Store::open(Location::Server(database.url()), pack).unwrap();
    let key = MasterKey::generate(&mut Entropy::seeded(0)).unwrap();
    store.install_key(key, Entropy::seeded(1), "2024-01-01T00:00:00").unwrap();
    (store, Some(database))
}

impl Town {
    /// The township with no records, early in 2024.
    pub(crate) fn new() -> Town {
        Town::with("")
    }

    /// The same with further definitions.
    pub(crate) fn with(more: &str) -> Town {
        let mut files: Vec<SourceFile> =
            FILES.iter().map(|(path, text)| file(path, text)).collect();
        for block in DEFINITIONS.split("=== ").chain(more.split("=== ")) {
            if let Some((path, text)) = block.split_once('\n') {
                files.push(file(path.trim(), text));
            }
        }
        let pack = pack::load(&files, &[]).unwrap_or_else(|errors| panic!("{errors}"));
        let (store, database) = empty(&pack);
        Town { pack, store, database, now: date(2024, 1, 10) }
    }

    /// Inserts records: a line `甲村 no=1 found=2023-01-05` each, with `parent=KEY` for a child.
    pub(crate) fn rows(&self, ledger: &str, lines: &[&str]) -> i64 {
        let records: Vec<NewRecord> = lines.iter().map(|line| self.record(ledger, line)).collect();
        self.store.insert(&self.pack, ledger, &stamp(), records).unwrap().first_id
    }

    fn record(&self, id: &str, line: &str) -> NewRecord {
        let ledger = &self.pack.ledgers[id];
        let mut record =
            NewRecord { place: None, parent: None, cells: vec![None; ledger.fields.len()] };
        for word in line.split_whitespace() {
            let Some((name, text)) = word.split_once('=') else {
                record.place = Some(self.code(word).to_owned());
                continue;
            };
            if name == "parent" {
                let parent = ledger.parent.as_deref().unwrap();
                record.parent = self.store.lookup(&self.pack, parent, text).unwrap();
                assert!(record.parent.is_some(), "{parent} {text}");
                continue;
            }
            let (at, _, field) =
                ledger.fields.get_full(name).unwrap_or_else(|| panic!("{id} {name}"));
            record.cells[at] = match &field.ty {
                FieldType::Record { ledger } => {
                    self.store.lookup(&self.pack, ledger, text).unwrap().map(Scalar::Integer)
                }
                _ => pack::read_cell(field, &self.pack, text).unwrap(),
            };
        }
        record
    }

    /// Closes ledgers for a place and period.
    pub(crate) fn close(&self, ledgers: &[&str], place: &str, period: &str) {
        let period = Period::parse(period).unwrap();
        let closing = |ledger: &&str| Closing {
            ledger: Some((*ledger).to_owned()),
            place: self.code(place).to_owned(),
            period,
            nil: false,
            signer: "会计".to_owned(),
            signed_on: self.now.max(period.to()),
        };
        let closings: Vec<Closing> = ledgers.iter().map(closing).collect();
        self.store.close(&self.pack, &closings, &stamp()).unwrap();
    }

    /// Closes every ledger of the whole county for the years 2020 to 2023.
    pub(crate) fn close_all(&self) {
        let roots = self.pack.ledgers.values().filter(|ledger| ledger.close.is_some());
        let roots: Vec<&str> = roots.map(|ledger| ledger.id.as_str()).collect();
        self.close(&roots, "青石县", "2020..2023");
    }

    pub(crate) fn session(&self) -> Session<'_> {
        Session::new(&self.pack, &self.store, self.now)
    }

    /// Asks `INDICATOR PLACE WINDOW [DIMENSION=VALUE …]` and compares the whole answer
    /// with [`shown`].
    pub(crate) fn check(&self, question: &str, expected: &str) {
        let session = self.session();
        let value = session.measure(&self.request(question));
        assert_eq!(answer(value), expected, "{question}");
    }

    /// Reads a question.
    pub(crate) fn request<'t>(&'t self, question: &'t str) -> Request<'t> {
        let mut words = question.split_whitespace();
        let mut next = || words.next().unwrap_or_else(|| panic!("{question}"));
        let (indicator, place, window) = (next(), next(), next());
        let window = Period::parse(window).unwrap();
        let mut request = Request::new(indicator, self.code(place), window);
        for word in words {
            let (dimension, value) = word.split_once('=').unwrap();
            request = request.with(dimension, value);
        }
        request
    }

    /// The code of a place named; a name that no place has is passed on.
    pub(crate) fn code<'t>(&'t self, name: &'t str) -> &'t str {
        self.pack.places.named(name).first().map_or(name, |place| &place.code)
    }
}

/// A value in one line: amount, unit, status, basis, records, then the gaps.
pub(crate) fn shown(value: &Value) -> String {
    let status = match value.status {
        Status::Final => "定",
        Status::Provisional => "未定",
        Status::Forecast => "预计",
    };
    let basis = match value.basis {
        Basis::Records => "记录",
        Basis::Derived => "算出",
        Basis::Voucher => "凭证",
        Basis::Attested => "认定",
    };
    let mut line =
        format!("{} {} {status} {basis} {}", value.amount.describe(), value.unit, value.records);
    for gap in &value.gaps {
        line.push_str(&format!(" | {gap}"));
    }
    line
}

/// A value or the error in its place.
pub(crate) fn answer(value: Result<Value, MeasureError>) -> String {
    value.map_or_else(|error| error.to_string(), |value| shown(&value))
}

pub(crate) fn stamp() -> Stamp<'static> {
    static WHO: std::sync::LazyLock<Actor> =
        std::sync::LazyLock::new(|| Actor { name: "会计".to_owned(), role: "clerk".to_owned() });
    Stamp {
        who: &WHO, at: "2024-01-05T09:00:00", what: "登记", why: "试验", source: "", key: None
    }
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned().into() }
}
