//! What the closings cost: a ledger is closed by the month only where somebody says of it that
//! there was nothing, that all was, that it was so every month, or that it fell or rose.

use std::collections::BTreeSet;

use figure::{Decimal, Period, Step};
use pack::{CloseEvery, Comparison, Formula, Pack, Relation, RelationKind};
use product_tests::facts::facts;
use product_tests::says::Claim;
use product_tests::target::Target;
use product_tests::town::town;

use crate::desk::Desk;

/// Signatures that a village may be asked for in a month.
const VILLAGE_MONTH: usize = 1;

/// The ledger that is closed for one: itself, or the one above its parents.
fn closed_with<'p>(pack: &'p Pack, ledger: &'p str) -> &'p str {
    let parent = pack.ledgers.get(ledger).and_then(|ledger| ledger.parent.as_deref());
    parent.map_or(ledger, |parent| closed_with(pack, parent))
}

/// The ledgers that are closed for an indicator.
fn ledgers_of<'p>(pack: &'p Pack, indicator: &str) -> BTreeSet<&'p str> {
    let measure = &pack.indicators[indicator].measure;
    let parts = measure.parts();
    match measure.source() {
        Some(source) => BTreeSet::from([closed_with(pack, &source.ledger)]),
        None => parts.into_iter().flat_map(|part| ledgers_of(pack, part)).collect(),
    }
}

/// Whether words need every month of a ledger, and not only its year.
fn needs_months(claim: &Claim) -> bool {
    match claim {
        Claim::Zero | Claim::Whole | Claim::NotDone | Claim::Falling | Claim::Rising => true,
        Claim::EachAtLeast(_) | Claim::EachBelow(_) => true,
        Claim::Equal(_) | Claim::Over(_) | Claim::Near(_) | Claim::Above(_) => false,
        Claim::Below(_) | Claim::AtLeast(_) | Claim::AtMost(_) => false,
        Claim::Place(_) | Claim::Done => false,
    }
}

/// Whether a relation says that there is nothing, or that something is so every month.
fn asks_for_months(relation: &Relation) -> bool {
    let RelationKind::Holds { operator, right, .. } = &relation.kind else { return false };
    let is_zero = matches!(operator, Comparison::Equal | Comparison::AtMost)
        && *right == Formula::Number(Decimal::ZERO);
    is_zero || relation.each.step == Some(Step::Month)
}

#[test]
fn a_ledger_is_closed_by_the_month_for_a_claim_that_needs_it() {
    let office = town().office();
    let pack = &office.pack;
    let mut needed: BTreeSet<&str> = BTreeSet::new();
    for fact in facts().iter().filter(|fact| needs_months(&fact.says.claim)) {
        needed.extend(ledgers_of(pack, Target::parse(&fact.target).indicator));
    }
    for relation in pack.relations.values().filter(|relation| asks_for_months(relation)) {
        needed.extend(relation.kind.indicators().into_iter().flat_map(|id| ledgers_of(pack, id)));
    }
    let monthly = pack.ledgers.values().filter(|ledger| ledger.close == Some(CloseEvery::Month));
    let idle: Vec<&str> =
        monthly.map(|ledger| ledger.id.as_str()).filter(|id| !needed.contains(id)).collect();
    assert!(idle.is_empty(), "signed for every month, and no claim needs it: {idle:?}");
}

#[test]
fn a_month_costs_a_village_one_signature() {
    let report = super::report();
    assert!(report.village_month <= VILLAGE_MONTH, "{} signatures", report.village_month);
    assert_eq!(report.township_month, 0, "the township signs once a year");
    // The number is worth something only if one signature does close them all.
    let desk = Desk::new("township-closings");
    let village = {
        let pack = desk.office().pack;
        let village = pack.places.iter().find(|place| place.kind == "village").unwrap();
        village.code.clone()
    };
    let act = ["close", "--place", &village, "--period", "2024-01", "--signer", "李某", "--nil"];
    desk.run(&act).ends(0);
    let office = desk.office();
    let january = Period::parse("2024-01").unwrap();
    let monthly =
        office.pack.ledgers.values().filter(|ledger| ledger.close == Some(CloseEvery::Month));
    for ledger in monthly.filter(|ledger| ledger.place.iter().any(|kind| kind == "village")) {
        let closings = office.store.closings(&ledger.id).unwrap();
        let is_closed = closings.iter().any(|c| c.place == village && c.period == january);
        assert!(is_closed, "{} needs a signature of its own", ledger.label);
    }
}
