//! Closings: what they cover, what they block, and what undoes them.

use figure::{Period, date};
use pack::Scalar;
use store::{CloseError, Closing, NewRecord, Receipt, Store, WriteError};

use crate::fixture::*;

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn closing(ledger: Option<&str>, place: &str, text: &str, nil: bool) -> Closing {
    Closing {
        ledger: ledger.map(str::to_owned),
        place: place.to_owned(),
        period: period(text),
        nil,
        signer: "李四".to_owned(),
        signed_on: date(2024, 1, 3),
    }
}

/// Household 1 of 甲村 registered in January with a member who joined in May, household 2
/// of 乙村 registered in March.
fn store() -> Fresh {
    let store = fresh(&pack());
    let rows = [household(JIA, "H1", 100, "2023-01-05"), household(YI, "H2", 200, "2023-03-05")];
    store.insert(&pack(), "household", &stamp(), rows).unwrap();
    store.insert(&pack(), "member", &stamp(), [member(1, "A", "2023-05-05")]).unwrap();
    store
}

fn close(store: &Store, closing: Closing) -> Result<Receipt, CloseError> {
    store.close(&pack(), &[closing], &stamp())
}

/// With the closing in force the write is refused with these words; once it is reopened,
/// or without it, the write is accepted.
#[track_caller]
fn check(closing: Closing, words: &str, write: impl Fn(&Store) -> Result<Receipt, WriteError>) {
    let shut = store();
    close(&shut, closing).unwrap();
    let error = write(&shut).unwrap_err();
    let message = error.to_string();
    assert!(message.contains(words), "{message}");
    let WriteError::Closed { ledger, place, period, .. } = error else { panic!("{message}") };
    shut.reopen(&pack(), &ledger.id, &place.id, period, &stamp()).unwrap();
    write(&shut).unwrap();
    assert_sound(&shut);
    write(&store()).unwrap();
}

/// The closing does not stand in the way of the write.
#[track_caller]
fn check_free(closing: Closing, write: impl Fn(&Store) -> Result<Receipt, WriteError>) {
    let store = store();
    close(&store, closing).unwrap();
    write(&store).unwrap();
    assert_sound(&store);
}

#[test]
fn an_insert_into_a_closed_period_is_refused() {
    let january = || closing(Some("household"), JIA, "2023-01", false);
    let insert = |village: &'static str, day: &'static str| {
        move |store: &Store| {
            store.insert(&pack(), "household", &stamp(), [household(village, "H3", 1, day)])
        }
    };
    check(
        january(),
        "第 1 条记录,户台账:甲村2023年1月已结账,这次写入涉及 2023-01-31;确需改动,请先由签字人撤销结账(zhenzhang reopen 户台账 --place 甲村 --period 2023-01 --why 原因)",
        insert(JIA, "2023-01-31"),
    );
    check_free(january(), insert(JIA, "2023-02-01"));
    check_free(january(), insert(YI, "2023-01-31"));
    // The township's closing covers its villages.
    check(
        closing(Some("household"), TOWN, "2023-01", false),
        "青石镇2023年1月已结账",
        insert(YI, "2023-01-01"),
    );
    // Neighbouring months are found by their own name.
    let store = store();
    for month in ["2023-01", "2023-02", "2023-03"] {
        close(&store, closing(Some("household"), JIA, month, false)).unwrap();
    }
    let message = insert(JIA, "2023-02-10")(&store).unwrap_err().to_string();
    assert!(message.contains("甲村2023年2月已结账"), "{message}");
}

#[test]
fn a_correction_out_of_or_into_a_closed_period_is_refused() {
    let january = || closing(Some("household"), JIA, "2023-01", false);
    let correct = |field: &'static str, value: Option<Scalar>| {
        move |store: &Store| {
            store.correct(&pack(), "household", 1, &[(field, value.clone())], &stamp())
        }
    };
    check(january(), "甲村2023年1月", correct("income", int(5)));
    check(january(), "甲村2023年1月", correct("registered", text("2023-06-01")));
    check(
        closing(Some("household"), JIA, "2023-06", false),
        "2023年6月",
        correct("registered", text("2023-06-01")),
    );
    check_free(closing(Some("household"), JIA, "2023-07", false), correct("income", int(5)));
    check(closing(Some("household"), YI, "2023-03", false), "乙村", |store| {
        store.withdraw(&pack(), "household", 2, &stamp())
    });
}

#[test]
fn what_goes_on_after_a_closed_period_may_be_filled_in() {
    let january = closing(Some("visit"), JIA, "2023-01", false);
    let visited = |fill: &[(&str, Option<Scalar>)]| {
        let store = store();
        let cells = vec![None, text("2023-01-05T09:00"), None, None];
        let record = NewRecord { place: Some(JIA.to_owned()), parent: None, cells };
        store.insert(&pack(), "visit", &stamp(), [record]).unwrap();
        close(&store, january.clone()).unwrap();
        let done = store.correct(&pack(), "visit", 1, fill, &stamp());
        assert_sound(&store);
        done.map(|_| ()).map_err(|e| e.to_string())
    };
    // A later day in an empty field, with whatever else was still empty.
    let later = ("month", text("2023-02"));
    assert_eq!(visited(std::slice::from_ref(&later)), Ok(()));
    assert_eq!(visited(&[later.clone(), ("length", int(30))]), Ok(()));
    // Not a day that is closed, not without a day, and nothing that was said before.
    for fill in [
        vec![("month", text("2023-01"))],
        vec![("length", int(30))],
        vec![later, ("at", text("2023-01-06T09:00"))],
    ] {
        let refused = visited(&fill).unwrap_err();
        assert!(refused.contains("甲村2023年1月已结账"), "{refused}");
    }
}

#[test]
fn a_child_is_closed_with_its_parent() {
    let insert =
        |store: &Store| store.insert(&pack(), "member", &stamp(), [member(1, "B", "2023-06-01")]);
    // By the day of the parent, and by its own.
    check(closing(Some("household"), JIA, "2023-01", false), "户台账:甲村2023年1月", insert);
    check(closing(Some("household"), JIA, "2023-06", false), "户台账:甲村2023年6月", insert);
    check(closing(Some("household"), JIA, "2023-05", false), "2023年5月", |store| {
        store.withdraw(&pack(), "member", 1, &stamp())
    });
    check(closing(Some("household"), JIA, "2023-01", false), "2023年1月", |store| {
        store.correct(&pack(), "member", 1, &[("idno", text("C"))], &stamp())
    });
    check_free(closing(Some("household"), JIA, "2023-07", false), insert);
    let store = store();
    close(&store, closing(Some("household"), JIA, "2023-01", false)).unwrap();
    assert_eq!(store.closings("member").unwrap(), store.closings("household").unwrap());
}

#[test]
fn a_dated_change_is_refused_where_it_reaches_into_a_closed_period() {
    let change = |m: i8| {
        move |store: &Store| {
            store.change(&pack(), "household", 1, "kind", text("poor"), date(2023, m, 1), &stamp())
        }
    };
    let july = || closing(Some("household"), JIA, "2023-07", false);
    check(july(), "2023年7月", change(7));
    // It would be so in July too.
    check(july(), "2023年7月", change(6));
    check_free(july(), change(8));
    // The record began in a closed month, but what became so later does not touch it.
    check_free(closing(Some("household"), JIA, "2023-01", false), change(5));
    // A later value known ends the reach of the change.
    let store = store();
    change(7)(&store).unwrap();
    close(&store, july()).unwrap();
    change(6)(&store).unwrap();
    let refused = store.correct(&pack(), "household", 1, &[("kind", text("left"))], &stamp());
    assert!(refused.unwrap_err().to_string().contains("2023年7月"));
}

#[test]
fn timestamps_and_periods_are_days_too() {
    let visit = |at: Option<Scalar>, month: Option<Scalar>| {
        move |store: &Store| {
            let cells = vec![None, at.clone(), month.clone(), None];
            let record = NewRecord { place: Some(JIA.to_owned()), parent: None, cells };
            store.insert(&pack(), "visit", &stamp(), [record])
        }
    };
    let march = || closing(Some("visit"), JIA, "2023-03", true);
    check(march(), "2023-03-31", visit(text("2023-03-31T23:59"), None));
    check(march(), "2023-03-31", visit(None, text("2023-03")));
    check_free(march(), visit(None, text("2023")));
    check_free(march(), visit(None, None));
}

#[test]
fn a_ledger_without_days_is_never_blocked() {
    let asset = |store: &Store| {
        let cells = vec![text("水泵"), int(1)];
        let record = NewRecord { place: Some(JIA.to_owned()), parent: None, cells };
        store.insert(&pack(), "asset", &stamp(), [record])
    };
    check_free(closing(Some("asset"), TOWN, "2023", true), asset);
    let store = store();
    asset(&store).unwrap();
    let refused = close(&store, closing(Some("asset"), JIA, "2023", true));
    assert!(matches!(refused, Err(CloseError::NotNil { record: 1, .. })));
}

#[test]
fn zero_is_refused_where_there_are_records() {
    let store = store();
    let refused = close(&store, closing(Some("household"), JIA, "2023-01", true)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "不能作零报告:户台账在甲村2023年1月有记录(如记录 1);请改为有记录的结账,或先更正这些记录"
    );
    // A child's record speaks against it as well, and so does a village's against the town.
    for (place, month) in [(JIA, "2023-05"), (TOWN, "2023-03")] {
        let refused = close(&store, closing(Some("household"), place, month, true));
        assert!(matches!(refused, Err(CloseError::NotNil { .. })), "{place} {month}");
    }
    // One ledger with records refuses the whole signature.
    let all = close(&store, closing(None, JIA, "2023-01", true));
    assert!(matches!(all, Err(CloseError::NotNil { .. })));
    assert_eq!(store.closings("visit").unwrap(), []);
    close(&store, closing(None, JIA, "2023-02", true)).unwrap();
    assert!(store.closings("household").unwrap()[0].nil);
    let cells = vec![None, text("2023-03-05T10:00"), text("2023-04"), None];
    let visit = NewRecord { place: Some(YI.to_owned()), parent: None, cells };
    store.insert(&pack(), "visit", &stamp(), [visit]).unwrap();
    for month in ["2023-03", "2023-04"] {
        let refused = close(&store, closing(Some("visit"), YI, month, true));
        assert!(matches!(refused, Err(CloseError::NotNil { .. })), "{month}");
    }
}

#[test]
fn one_signature_closes_all_monthly_ledgers() {
    let store = store();
    let receipt = close(&store, closing(None, JIA, "2023-01", false)).unwrap();
    assert_eq!((receipt.revision, receipt.first_id, receipt.count), (3, 1, 2));
    let closed = store.closings("household").unwrap();
    assert_eq!(
        (closed.len(), closed[0].period, closed[0].signer.as_str()),
        (1, period("2023-01"), "李四")
    );
    assert_eq!(closed[0].revision, 3);
    assert_eq!(store.closings("visit").unwrap().len(), 1);
    assert_eq!(store.closings("asset").unwrap(), []);
    // Households are kept by villages only, so a residents' committee closes visits alone.
    assert_eq!(close(&store, closing(None, BING, "2023-01", false)).unwrap().count, 1);
    // A second signature changes nothing.
    let again = close(&store, closing(None, JIA, "2023-01", false)).unwrap();
    assert_eq!(again, Receipt { revision: 4, first_id: 0, count: 0, replayed: true });
    assert_eq!(store.revision().unwrap(), 4);
    assert_sound(&store);
}

#[test]
fn reopening_is_for_exactly_one_closing() {
    let store = store();
    close(&store, closing(Some("household"), TOWN, "2023-01", false)).unwrap();
    let reopen = |place: &str, text: &str| {
        store.reopen(&pack(), "member", place, period(text), &keyed("again"))
    };
    let message = reopen(JIA, "2023-01").unwrap_err().to_string();
    assert_eq!(message, "户台账在甲村2023年1月没有生效的结账,无需撤销");
    let receipt = reopen(TOWN, "2023-01").unwrap();
    assert!(reopen(TOWN, "2023-01").unwrap().replayed);
    assert_eq!((receipt.revision, store.closings("household").unwrap().len()), (4, 0));
    close(&store, closing(Some("household"), TOWN, "2023-01", false)).unwrap();
    assert_eq!(store.closings("household").unwrap()[0].revision, 5);
    assert_sound(&store);
}

#[test]
fn closings_that_make_no_sense_are_refused() {
    #[track_caller]
    fn refused(closing: Closing, words: &str) {
        let message = close(&store(), closing).unwrap_err().to_string();
        assert_eq!(message, words);
    }
    refused(
        closing(Some("member"), JIA, "2023-01", false),
        "成员台账随上级台账户台账一起结账;请对户台账结账",
    );
    refused(
        closing(Some("household"), "99", "2023-01", false),
        "没有代码为“99”的地方;请核对地方代码,或在台账包里登记这个地方",
    );
    refused(
        closing(Some("household"), JIA, "2023-01-05", false),
        "户台账按月结账,“2023年1月5日”不是整月",
    );
    let neither = "不是整年,也不是同一年里的整月";
    for (code, words) in [
        ("2022-11..2023-02", "2022年11月1日至2023年2月28日"),
        ("2023-01-01..2023-05-30", "2023年1月1日至2023年5月30日"),
    ] {
        refused(
            closing(Some("asset"), JIA, code, false),
            &format!("资产台账按年结账,“{words}”{neither}"),
        );
    }
    refused(
        Closing { signer: " ".to_owned(), ..closing(None, JIA, "2023-01", false) },
        "结账必须有签字人",
    );
    refused(
        closing(None, JIA, "2024-02", false),
        "签字日期 2024-01-03 时2024年2月还没有结束(到 2024-02-29 为止),不能提前结账",
    );
    refused(
        closing(Some("asset"), JIA, "2024", false),
        "签字日期 2024-01-03 时2024年还没有结束(到 2024-12-31 为止),不能提前结账",
    );
    let day = |signed_on| Closing { signed_on, ..closing(None, JIA, "2023-12", false) };
    refused(
        day(date(2023, 12, 30)),
        "签字日期 2023-12-30 时2023年12月还没有结束(到 2023-12-31 为止),不能提前结账",
    );
    close(&store(), day(date(2023, 12, 31))).unwrap();
    let mut pack = pack();
    pack.ledgers["asset"].close = None;
    let store = fresh(&pack);
    let never = store.close(&pack, &[closing(Some("asset"), JIA, "2023", false)], &stamp());
    assert_eq!(never.unwrap_err().to_string(), "资产台账不需要结账");
}

#[test]
fn parts_of_a_year_and_the_year_close_a_yearly_ledger_together() {
    let store = store();
    for part in ["2023H1", "2023-07", "2023Q4"] {
        close(&store, closing(Some("asset"), JIA, part, false)).unwrap();
    }
    let spans = |store: &Store| store.closed_days("asset", None).unwrap();
    let at = |days| (JIA.to_owned(), period(days));
    assert_eq!(spans(&store), [at("2023-01..2023-07"), at("2023Q4")]);
    // The closing of the year covers what no part did; each part stands until it is reopened.
    close(&store, closing(Some("asset"), JIA, "2023", false)).unwrap();
    assert_eq!(spans(&store), [at("2023")]);
    store.reopen(&pack(), "asset", JIA, period("2023"), &stamp()).unwrap();
    assert_eq!(spans(&store), [at("2023-01..2023-07"), at("2023Q4")]);
    assert_sound(&store);
}

#[test]
fn adjoining_months_of_a_place_are_one_stretch_of_days() {
    let store = store();
    for (place, month) in [(JIA, "2023-01"), (JIA, "2023-02"), (JIA, "2023-04"), (YI, "2023-02")] {
        close(&store, closing(Some("household"), place, month, false)).unwrap();
    }
    let spans = |store: &Store| store.closed_days("member", None).unwrap();
    let expected = [(JIA, "2023-01..2023-02"), (JIA, "2023-04"), (YI, "2023-02")]
        .map(|(place, days)| (place.to_owned(), period(days)));
    assert_eq!(spans(&store), expected);
    store.reopen(&pack(), "household", JIA, period("2023-02"), &stamp()).unwrap();
    assert_eq!(spans(&store)[0], (JIA.to_owned(), period("2023-01")));
    // Revisions 3 to 6 closed one month each, 7 reopened February.
    let then = |revision| store.closed_days("member", Some(revision)).unwrap();
    assert_eq!(then(2), []);
    assert_eq!(then(3), [(JIA.to_owned(), period("2023-01"))]);
    assert_eq!(then(6), expected);
    assert_eq!(then(7), spans(&store));
}
