//! A small office that has used everything that a database can hold, and what it answers.

use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::Path;

use figure::{Period, date};
use pack::{Pack, Scalar, SourceFile};
use store::{
    Access, AccessKind, Actor, Closing, Location, NewFile, NewRecord, NewSeal, Stamp, Store,
};
use vault::{Entropy, MasterKey};

const JIA: &str = "990001001201";
const YI: &str = "990001001202";

/// The definitions, which stay as they were with the first database.
pub(crate) fn pack() -> Pack {
    let file =
        |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned().into() };
    let files = [
        file("pack.toml", include_str!("pack/pack.toml")),
        file("place/town.toml", include_str!("pack/place/town.toml")),
        file("ledger/household.toml", include_str!("pack/ledger/household.toml")),
        file("ledger/visit.toml", include_str!("pack/ledger/visit.toml")),
    ];
    pack::load(&files, &[]).unwrap_or_else(|e| panic!("{e}"))
}

fn master() -> MasterKey {
    MasterKey::generate(&mut Entropy::seeded(7)).unwrap()
}

/// Opens a database that has its key.
pub(crate) fn open(place: impl Into<Location>) -> Store {
    let mut store = Store::open_existing(place, &pack()).unwrap();
    store.unlock(master(), Entropy::seeded(2)).unwrap();
    store
}

fn text(value: &str) -> Option<Scalar> {
    Some(Scalar::Text(value.to_owned()))
}

fn int(value: i64) -> Option<Scalar> {
    Some(Scalar::Integer(value))
}

fn household(place: &str, number: i64, head: &str) -> NewRecord {
    NewRecord {
        place: Some(place.to_owned()),
        parent: None,
        cells: vec![
            text(&format!("H{number}")),
            text("common"),
            int(number % 4 + 1),
            int(number * 1_000_050),
            int(number * 325),
            text("2023-03-05"),
            text(head),
            text(&format!("99000119800101{number:04}")),
        ],
    }
}

/// Writes the history of the office: every verb, and every table of the system.
pub(crate) fn write(place: impl Into<Location>, evidence: &Path) {
    let pack = pack();
    let mut store = Store::open(place, &pack).unwrap();
    store.install_key(master(), Entropy::seeded(1), "2024-01-01T08:00:00").unwrap();
    let who = Actor { name: "张三".to_owned(), role: "经办人".to_owned() };
    let at = |at, what, why, key| Stamp { who: &who, at, what, why, source: "户台账.xlsx", key };
    let stamp = at("2024-01-05T09:00:00", "登记", "", None);
    let keyed = at("2024-01-05T09:01:00", "导入", "", Some("第一次"));
    let heads = ["赵一", "钱二", "孙三娃", "李四"];
    let rows = (1..).zip(heads).map(|(n, head)| household([JIA, YI][n as usize % 2], n, head));
    store.insert(&pack, "household", &keyed, rows).unwrap();
    let visit = NewRecord {
        place: None,
        parent: Some(1),
        cells: vec![text("2024-01-06T10:30:00"), int(2), text("一切正常")],
    };
    store.insert(&pack, "visit", &stamp, [visit]).unwrap();
    let why = at("2024-02-01T09:00:00", "更正", "填错", None);
    store.correct(&pack, "household", 1, &[("income", int(77)), ("head", None)], &why).unwrap();
    store.change(&pack, "household", 2, "kind", text("poor"), date(2023, 6, 1), &why).unwrap();
    store.change(&pack, "household", 2, "size", int(5), date(2023, 7, 1), &why).unwrap();
    store.withdraw(&pack, "household", 4, &why).unwrap();
    let bytes = b"a photograph".as_slice();
    let photo = NewFile { bytes, name: "现场.jpg", kind: "image/jpeg", thumbnail: None };
    store.attach(&pack, ("household", 1), &photo, evidence, &stamp).unwrap();
    store.attach(&pack, ("household", 2), &photo, evidence, &stamp).unwrap();
    let link = store.attachments("household", 2).unwrap().remove(0).id;
    store.detach(link, false, evidence, &why).unwrap();
    let closing = |place: &str, nil| Closing {
        ledger: Some("household".to_owned()),
        place: place.to_owned(),
        period: Period::month(2023, 5).unwrap(),
        nil,
        signer: "李支书".to_owned(),
        signed_on: date(2023, 6, 2),
    };
    store.close(&pack, &[closing(JIA, false), closing(YI, true)], &stamp).unwrap();
    store.reopen(&pack, "household", YI, Period::month(2023, 5).unwrap(), &why).unwrap();
    store.forget(&pack, "household", 4, &why).unwrap();
    let sources = [("pack.toml".to_owned(), "label = \"青石镇\"\n".to_owned())];
    let seal = NewSeal {
        title: "工作总结",
        digest: "aa",
        state: "final",
        body: "{}",
        pack: "bb",
        sources: &sources,
    };
    store.keep_seal(&seal, &stamp).unwrap();
    let access =
        Access { kind: AccessKind::Reveal, ledger: "household", records: 1, detail: "核对" };
    store.note_access(&who, "2024-03-01T09:00:00", &access).unwrap();
}

/// What the office is asked, and what it answers.
pub(crate) fn answers(store: &Store) -> String {
    let (pack, mut all) = (pack(), String::new());
    let report = store.audit_verify().unwrap();
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    writeln!(all, "chain: {} entries, {}, {problems:?}", report.entries, report.head).unwrap();
    let cells = |cells: &[Option<Scalar>]| {
        let word = |cell: &Option<Scalar>| match cell {
            None => "-".to_owned(),
            Some(Scalar::Integer(number)) => number.to_string(),
            Some(Scalar::Text(text)) => text.clone(),
        };
        cells.iter().map(word).collect::<Vec<_>>().join(" | ")
    };
    for ledger in ["place", "household", "visit"] {
        for r in store.records(&pack, ledger).unwrap() {
            let line = cells(&r.cells);
            writeln!(all, "{ledger} {} {:?} {:?}: {line}", r.id, r.place, r.parent).unwrap();
        }
    }
    for id in 1..=4 {
        for v in store.history(&pack, "household", id).unwrap() {
            let (line, from) = (cells(&v.record.cells), v.record.revision);
            let why = v.stamp.map(|stamp| format!("{} {} {}", stamp.who, stamp.what, stamp.why));
            let (until, out) = (v.until, v.withdrawn);
            writeln!(all, "history {id} {from} to {until:?} {out}, {why:?}: {line}").unwrap();
        }
    }
    store
        .each_record_at(&pack, "household", 1, &mut |r| {
            writeln!(all, "believed {}: {}", r.id, cells(&r.cells)).unwrap();
            ControlFlow::Continue(())
        })
        .unwrap();
    for field in ["kind", "size"] {
        for v in store.dated_values(&pack, "household", 2, field).unwrap() {
            let value = cells(&[v.value]);
            writeln!(all, "{field} from {:?} {value} ({})", v.from, v.revision).unwrap();
        }
    }
    let found = |field, text| store.find(&pack, "household", field, text).unwrap();
    writeln!(all, "found {:?} {:?}", found("head", "娃"), found("idno", "990001198001010002"))
        .unwrap();
    for c in store.closings("household").unwrap() {
        let period = c.period.code();
        writeln!(all, "closed {} {period} {} {}", c.place, c.signer, c.signed_on).unwrap();
    }
    for a in store.attachments("household", 1).unwrap() {
        writeln!(all, "file {} {} {} {}", a.digest, a.name, a.kind, a.size).unwrap();
    }
    for s in store.seals().unwrap() {
        let sources = store.pack_sources(&s.pack).unwrap();
        writeln!(all, "seal {} {} {} {sources:?}", s.title, s.digest, s.body).unwrap();
    }
    for a in store.accesses(0, 10).unwrap() {
        writeln!(all, "access {} {} {} {}", a.who, a.kind, a.records, a.detail).unwrap();
    }
    for d in store.deeds(0, i64::MAX).unwrap() {
        writeln!(all, "deed {} {} {} {} {}", d.revision, d.verb, d.ledger, d.record, d.count)
            .unwrap();
    }
    all
}
