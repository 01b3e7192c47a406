//! The changes: rules over the facts and ledgers, and what has to be said of them.

use std::collections::BTreeSet;

use app::Office;
use figure::{Date, Decimal, Period, decimal_text};
use pack::{CloseEvery, ColumnRef, Expr, Measure, Scalar};
use product_tests::books::Books;
use product_tests::facts::Fact;
use product_tests::hanging::hung_on;
use product_tests::spoil::{add, close, correct, open_days, open_for, reopen, root, withdraw};
use product_tests::subject::indicator;

/// One change.
pub(crate) struct Deed {
    /// Ledger it is done to.
    pub(crate) ledger: String,
    /// What is done, for messages.
    pub(crate) note: String,
    /// Does it; gives what the reason of every claim that becomes unprovable has to name.
    pub(crate) act: Act,
}

type Act = Box<dyn Fn(&mut Office) -> Vec<String> + Send + Sync>;

fn deed(ledger: &str, note: String, act: Act) -> Deed {
    Deed { ledger: ledger.to_owned(), note, act }
}

/// All changes.
pub(crate) fn deeds(office: &Office, facts: &[Fact]) -> Vec<Deed> {
    let books = Books::new(office);
    let mut deeds = withdrawals(&books, facts);
    deeds.extend(reopenings(office, &books, facts));
    deeds.extend(amounts(office, &books, facts));
    deeds.extend(events(office));
    deeds.extend(attestations(&books, facts));
    deeds
}

/// One record that counts is withdrawn for each fact: signed again, and left open.
fn withdrawals(books: &Books<'_>, facts: &[Fact]) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let mut left_open = BTreeSet::new();
    let mut signed = BTreeSet::new();
    let hung_on = hung_on(books);
    for fact in facts {
        for ledger in books.ledgers(fact) {
            let counting = books.counting(fact, &ledger);
            let is_free = |id: &&i64| !hung_on.contains(&(ledger.clone(), **id));
            let Some(id) = counting.iter().find(is_free).copied() else { continue };
            if ledger == "place" || !signed.insert((ledger.clone(), id)) {
                continue;
            }
            let note =
                |end: &str| format!("{} {}: record {id} withdrawn, {end}", fact.id, fact.what);
            let on = ledger.clone();
            let again = deed(
                &ledger,
                note("signed again"),
                Box::new(move |office| {
                    let opened = open_for(office, &on, id, &[]);
                    withdraw(office, &on, id);
                    close(office, &root(office, &on), &opened);
                    Vec::new()
                }),
            );
            deeds.push(again);
            if left_open.insert(ledger.clone()) {
                let on = ledger.clone();
                let left = Box::new(move |office: &mut Office| {
                    open_for(office, &on, id, &[]);
                    withdraw(office, &on, id);
                    vec![office.pack.ledgers[&root(office, &on)].label.clone()]
                });
                deeds.push(deed(&ledger, note("left open"), left));
            }
        }
    }
    deeds
}

/// A period is open again and nothing else happened.
fn reopenings(office: &Office, books: &Books<'_>, facts: &[Fact]) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let roots: BTreeSet<String> = facts
        .iter()
        .flat_map(|fact| books.ledgers(fact))
        .map(|ledger| root(office, &ledger))
        .collect();
    for ledger in roots {
        let definition = &office.pack.ledgers[&ledger];
        let label = definition.label.clone();
        let closings = office.store.closings(&ledger).expect("closings");
        let months = ["2023-05", "2023-12", "2021-02"];
        let wanted: Vec<(String, Period)> = match definition.close {
            None => continue,
            Some(CloseEvery::Year) => closings
                .iter()
                .filter(|c| c.period == Period::year(2023))
                .map(|c| (c.place.clone(), c.period))
                .collect(),
            Some(CloseEvery::Month) => closings
                .iter()
                .filter(|c| months.contains(&c.period.code().as_str()))
                .map(|c| (c.place.clone(), c.period))
                .step_by(3)
                .collect(),
        };
        for (place, period) in wanted {
            let (on, label) = (ledger.clone(), label.clone());
            let name = office.pack.places.get(&place).expect("a place").label.clone();
            let note = format!("{name} {} open again", period.describe());
            let town = definition.close == Some(CloseEvery::Year);
            let act = Box::new(move |office: &mut Office| {
                reopen(office, &on, &place, period);
                let mut names = vec![label.clone(), period.describe()];
                // Of a year, the places that owe it are named, which may be many.
                names.extend((!town).then(|| name.clone()));
                names
            });
            deeds.push(deed(&ledger, note, act));
        }
    }
    deeds
}

/// The amount of one record that counts for each sum is changed by its smallest unit, and by
/// one of the last digit that the words show.
fn amounts(office: &Office, books: &Books<'_>, facts: &[Fact]) -> Vec<Deed> {
    let mut deeds = Vec::new();
    for fact in facts {
        let Measure::Sum(source, Expr::Column(column)) =
            &indicator(&office.pack, &fact.target).measure
        else {
            continue;
        };
        let ColumnRef::Field(field) = &column.column else { continue };
        let Some(id) = books.counting(fact, &source.ledger).first().copied() else { continue };
        let ledger = &office.pack.ledgers[&source.ledger];
        let index = ledger.fields.get_index_of(field.as_str()).expect("a field");
        let record = books.record(&ledger.id, id).expect("a record");
        let Some(Scalar::Integer(stored)) = record.cells[index] else { continue };
        let pack::Type::Number { scale, .. } = column.ty else { continue };
        let value = Decimal::new(stored, scale);
        let number = fact.says.number().unwrap_or_default();
        let shown = Decimal::new(1, number.scale()) * fact.says.size();
        let smallest = Decimal::new(1, scale);
        for by in [smallest, shown] {
            let (on, field) = (ledger.id.clone(), field.clone());
            let text = decimal_text(value + by);
            let note = format!("{} {}: record {id} {field} = {text}", fact.id, fact.what);
            let act = Box::new(move |office: &mut Office| {
                let opened = open_for(office, &on, id, &[]);
                correct(office, &on, id, &[(&field, &text)]);
                close(office, &root(office, &on), &opened);
                Vec::new()
            });
            deeds.push(deed(&ledger.id, note, act));
        }
    }
    deeds
}

/// Events that claims of zero and of trends deny.
fn events(office: &Office) -> Vec<Deed> {
    let place =
        office.pack.places.iter().find(|p| p.kind == "village").expect("a village").code.clone();
    let mut deeds = Vec::new();
    let petition = |level: &'static str| {
        vec![("channel", "走访"), ("level", level), ("kind", "申诉求决"), ("persons", "1")]
    };
    type Cells = Vec<(&'static str, &'static str)>;
    let single: Vec<(&str, &str, &str, &str, Cells)> = vec![
        ("petition", "petition_no", "received_on", "2023-03-14", petition("capital")),
        ("petition", "petition_no", "received_on", "2021-11-02", petition("province")),
        ("petition", "petition_no", "received_on", "2022-07-21", petition("city")),
        ("forest_fire", "fire_no", "happened_on", "2023-02-11", vec![("grade", "一般")]),
        ("forest_fire", "fire_no", "happened_on", "2023-10-05", vec![]),
        (
            "extreme_incident",
            "incident_no",
            "happened_on",
            "2021-01-09",
            vec![("kind", "群体性事件")],
        ),
        (
            "extreme_incident",
            "incident_no",
            "happened_on",
            "2023-12-30",
            vec![("kind", "个人极端行为")],
        ),
        (
            "safety_accident",
            "accident_no",
            "happened_on",
            "2023-06-18",
            vec![("nature", "责任事故")],
        ),
        ("safety_accident", "accident_no", "happened_on", "2023-09-03", vec![]),
    ];
    for (ledger, key, field, day, cells) in single {
        let place = place.clone();
        let undecided = ledger == "safety_accident" && cells.is_empty();
        let note = format!("something happened on {day} {cells:?}");
        let act = Box::new(move |office: &mut Office| {
            let day_of = day.parse().expect("a day");
            let opened = open_days(office, ledger, &place, &[day_of]);
            let mut cells = cells.clone();
            cells.extend([(key, "补登-1"), (field, day)]);
            if ledger == "safety_accident" {
                cells.push(("sector", "道路交通"));
            }
            let id = add(office, ledger, &place, &cells);
            close(office, ledger, &opened);
            if undecided { vec![format!("{id}")] } else { Vec::new() }
        });
        deeds.push(deed(ledger, note, act));
    }
    // As many as it takes to have no fewer than the year before.
    for (ledger, key, count, rest) in [
        ("dispute", "dispute_no", 12, vec![("kind", "邻里"), ("source", "排查发现")]),
        (
            "petition",
            "petition_no",
            8,
            vec![("channel", "来信"), ("level", "town"), ("kind", "申诉求决"), ("persons", "1")],
        ),
    ] {
        let place = place.clone();
        let note = format!("{count} more in one month");
        let act = Box::new(move |office: &mut Office| {
            let day = "2023-11-15";
            let opened = open_days(office, ledger, &place, &[day.parse().expect("a day")]);
            for number in 0..count {
                let name = format!("补登-{number}");
                let mut cells = rest.clone();
                cells.extend([(key, name.as_str()), ("received_on", day)]);
                add(office, ledger, &place, &cells);
            }
            close(office, ledger, &opened);
            Vec::new()
        });
        deeds.push(deed(ledger, note, act));
    }
    deeds
}

/// What other authorities attest: rankings, resources, honours, schooling, results.
fn attestations(books: &Books<'_>, facts: &[Fact]) -> Vec<Deed> {
    let of = |target: &str, ledger: &str| -> i64 {
        let fact = facts.iter().find(|fact| fact.target.starts_with(target)).expect("a fact");
        books.counting(fact, ledger)[0]
    };
    let mut changes: Vec<(&str, i64, &str, &str)> = vec![
        ("forest_resource", of("forest_cover_rate", "forest_resource"), "document", ""),
        ("forest_resource", of("forest_cover_rate", "forest_resource"), "forest_area", "265500"),
        ("cadre", of("cadres", "cadre"), "education", "高中"),
        ("cadre", of("cadres", "cadre"), "left_on", "2023-12-20"),
        ("produce_event", of("events_held", "produce_event"), "edition", "2"),
        ("produce_event", of("events_held", "produce_event"), "status", "筹备"),
        ("creation_assessment", of("creation_passed", "creation_assessment"), "result", ""),
        ("creation_assessment", of("creation_passed", "creation_assessment"), "result", "未通过"),
        ("water_sample", of("drinking_water_rate", "water_sample"), "standard_met", ""),
        ("water_sample", of("drinking_water_rate", "water_sample"), "standard_met", "否"),
        ("water_sample", of("outbound_water_rate", "water_sample"), "standard_met", "否"),
        (
            "investment_project",
            of("investments_introduced", "investment_project"),
            "relation",
            "服务",
        ),
        ("safety_hazard", of("hazards_rectified", "safety_hazard"), "closed_on", "2024-01-05"),
    ];
    for target in ["broadleaf_area_rank", "broadleaf_volume_rank", "requisition_completion_rank"] {
        let id = of(target, "peer_ranking");
        changes.extend([("peer_ranking", id, "document", ""), ("peer_ranking", id, "rank", "2")]);
    }
    for fact in facts.iter().filter(|fact| fact.target.starts_with("honours")) {
        let id = books.counting(fact, "honour")[0];
        changes.push(("honour", id, "revoked_on", "2023-12-20"));
    }
    let change = |(ledger, id, field, text): (&'static str, i64, &'static str, &'static str)| {
        let note = format!("record {id}: {field} = “{text}”");
        let undecided = field == "document" || field == "standard_met" || field == "result";
        let act = Box::new(move |office: &mut Office| {
            let going: Vec<Date> = text.parse().into_iter().collect();
            let opened = open_for(office, ledger, id, &going);
            let mut sets = vec![(field, text)];
            if field == "education" {
                sets.push(("enrolled", "否"));
            }
            correct(office, ledger, id, &sets);
            close(office, &root(office, ledger), &opened);
            if undecided && text.is_empty() { vec![format!("{id}")] } else { Vec::new() }
        });
        deed(ledger, note, act)
    };
    changes.into_iter().map(change).collect()
}
