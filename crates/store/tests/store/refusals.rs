//! Every refusal of a write, with its words.

use figure::date;
use pack::Scalar;
use store::{Actor, Closing, NewRecord, Stamp, Store, WriteError};

use crate::fixture::*;

fn store() -> Fresh {
    let store = fresh(&pack());
    let rows = [household(JIA, "H1", 100, "2023-01-05"), household(YI, "H2", 200, "2023-02-05")];
    store.insert(&pack(), "household", &stamp(), rows).unwrap();
    store
        .insert(&pack(), "member", &stamp(), [member(1, "990001199001011234", "2023-01-05")])
        .unwrap();
    store
}

/// The refusal has these words and changes nothing.
#[track_caller]
fn check(words: &str, write: impl FnOnce(&Store) -> Result<store::Receipt, WriteError>) {
    let store = store();
    let before = store.chain_head().unwrap();
    let message = write(&store).unwrap_err().to_string();
    assert_eq!(message, words);
    assert_eq!(store.chain_head().unwrap(), before);
}

#[track_caller]
fn check_insert(words: &str, ledger: &str, record: NewRecord) {
    check(words, |store| store.insert(&pack(), ledger, &stamp(), [record]));
}

fn visit(cells: [Option<Scalar>; 4]) -> NewRecord {
    NewRecord { place: Some(JIA.to_owned()), parent: None, cells: cells.to_vec() }
}

#[test]
fn records_that_do_not_fit_are_refused() {
    let good = household(JIA, "H3", 1, "2023-01-05");
    check_insert("没有编号为“house”的台账", "house", good.clone());
    check_insert(
        "地方由台账包的地方文件定义,不能在这里登记;请修改 place 目录下的文件",
        "place",
        NewRecord { place: None, parent: None, cells: vec![text("9")] },
    );
    check_insert(
        "第 1 条记录,户台账有 4 个栏目,收到 1 个值",
        "household",
        NewRecord { cells: vec![text("H3")], ..good.clone() },
    );
    check_insert(
        "第 1 条记录,户台账的“收入”收到“很多”,应为整数(小数按位数放大后的整数)",
        "household",
        NewRecord { cells: vec![text("H3"), None, text("很多"), None], ..good.clone() },
    );
    check_insert(
        "第 1 条记录,户台账的“户号”收到“7”,应为文字",
        "household",
        NewRecord { cells: vec![int(7), None, None, None], ..good.clone() },
    );
    check_insert(
        "第 1 条记录,户台账的“登记日期”收到“2023-2-5”,应为日期,如 2023-04-05",
        "household",
        household(JIA, "H3", 1, "2023-2-5"),
    );
    check_insert(
        "第 1 条记录,走访台账的“时间”收到“2023-02-05”,应为日期和时刻,如 2023-04-05T09:30",
        "visit",
        visit([None, text("2023-02-05"), None, None]),
    );
    check_insert(
        "第 1 条记录,走访台账的“所属月份”收到“二月”,应为期间,如 2023-04",
        "visit",
        visit([None, None, text("二月"), None]),
    );
    check_insert(
        "第 1 条记录,走访台账的“走访户”收到“H1”,应为记录编号(整数)",
        "visit",
        visit([text("H1"), None, None, None]),
    );
    check_insert(
        "第 1 条记录,户台账的“户号”收到“H\0”,应为文字(不能含有空字符)",
        "household",
        household(JIA, "H\0", 1, "2023-01-05"),
    );
    check_insert(
        "第 1 条记录,走访台账的“时间”收到“2023-02-05T09\0”,应为日期和时刻,如 2023-04-05T09:30",
        "visit",
        visit([None, text("2023-02-05T09\0"), None, None]),
    );
    check("第 2 条记录,户台账的记录必须写明属于哪个地方", |store| {
        let placeless = NewRecord { place: None, ..household(JIA, "H4", 1, "2023-01-05") };
        store.insert(&pack(), "household", &stamp(), [good.clone(), placeless])
    });
}

#[test]
fn places_parents_and_references_must_exist() {
    check_insert(
        "第 1 条记录,没有代码为“99”的地方;请核对地方代码,或在台账包里登记这个地方",
        "household",
        household("99", "H3", 1, "2023-01-05"),
    );
    check_insert(
        "第 1 条记录,户台账的记录应属于village,“丙居委会”却是 community",
        "household",
        household(BING, "H3", 1, "2023-01-05"),
    );
    check_insert(
        "第 1 条记录,成员台账的记录必须挂在一条现有的户台账记录下,编号 9 不存在或已作废",
        "member",
        member(9, "A", "2023-01-05"),
    );
    check_insert(
        "第 1 条记录,成员台账的记录必须挂在一条现有的户台账记录下,没有给出上级记录",
        "member",
        NewRecord { parent: None, ..member(9, "A", "2023-01-05") },
    );
    check_insert(
        "第 1 条记录,户台账没有上级台账,不能给出上级记录 1",
        "household",
        NewRecord { parent: Some(1), ..household(JIA, "H3", 1, "2023-01-05") },
    );
    check_insert(
        "第 1 条记录,走访台账的“走访户”指向“户台账”的记录 9,它不存在或已作废",
        "visit",
        visit([int(9), None, None, None]),
    );
    check(
        "户台账的记录 1 还被成员台账的记录 1 引用,不能作废;请先处理后者",
        |store| store.withdraw(&pack(), "household", 1, &stamp()),
    );
    check(
        "户台账的记录 2 还被走访台账的记录 1 引用,不能作废;请先处理后者",
        |store| {
            // The check compares heads, so the visit must not be its own revision here.
            let other = fresh(&pack());
            let rows =
                [household(JIA, "H1", 1, "2023-01-05"), household(JIA, "H2", 1, "2023-01-05")];
            other.insert(&pack(), "household", &stamp(), rows).unwrap();
            other.insert(&pack(), "visit", &stamp(), [visit([int(2), None, None, None])]).unwrap();
            assert_eq!(store.revision().unwrap(), 2);
            other.withdraw(&pack(), "household", 2, &stamp())
        },
    );
}

#[test]
fn values_that_stand_once_are_named_with_the_record_that_has_them() {
    check_insert(
        "第 1 条记录,户台账的“户号”不能重复:“H1”已在记录 1 中;请核对是否重复登记",
        "household",
        household(YI, "H1", 1, "2023-01-05"),
    );
    // Of a number that identifies a person only the end is shown.
    check_insert(
        "第 1 条记录,成员台账的“身份证号”不能重复:“…1234”已在记录 1 中;请核对是否重复登记",
        "member",
        member(2, "990001199001011234", "2023-01-05"),
    );
    check(
        "户台账的“户号”不能重复:“H1”已在记录 1 中;请核对是否重复登记",
        |store| store.correct(&pack(), "household", 2, &[("code", text("H1"))], &stamp()),
    );
    let store = store();
    let asset = |name: Option<Scalar>, serial: Option<Scalar>| NewRecord {
        place: Some(JIA.to_owned()),
        parent: None,
        cells: vec![name, serial],
    };
    let insert = |record| store.insert(&pack(), "asset", &stamp(), [record]);
    insert(asset(text("水泵"), int(1))).unwrap();
    insert(asset(text("水泵"), int(2))).unwrap();
    insert(asset(text("水泵"), None)).unwrap();
    insert(asset(text("水泵"), None)).unwrap();
    let message = insert(asset(text("水泵"), int(2))).unwrap_err().to_string();
    assert!(message.contains("“名称、编号”不能重复:“水泵、2”已在记录 2 中"), "{message}");
}

#[test]
fn amendments_that_do_not_fit_are_refused() {
    check(
        "户台账没有编号为 7 的记录,可能已经作废;请刷新后再操作",
        |store| store.correct(&pack(), "household", 7, &[("income", int(1))], &stamp()),
    );
    check("户台账的“户号”收到“\0”,应为文字(不能含有空字符)", |store| {
        store.correct(&pack(), "household", 1, &[("code", text("\0"))], &stamp())
    });
    check("户台账没有栏目“incom”", |store| {
        store.correct(&pack(), "household", 1, &[("incom", int(1))], &stamp())
    });
    check("户台账的记录 1 本来就是这些值,没有需要更正的内容", |store| {
        store.correct(&pack(), "household", 1, &[("income".to_owned(), int(100))], &stamp())
    });
    check(
        "户台账的“收入”没有设为按日期记录,不能登记“自某日起变为”;录错的请用更正",
        |store| store.change(&pack(), "household", 1, "income", int(1), date(2023, 1, 1), &stamp()),
    );
    check("日期 -000001-01-01 不在公元 1 年到 9999 年之间", |store| {
        store.change(&pack(), "household", 1, "kind", text("poor"), date(-1, 1, 1), &stamp())
    });
}

/// PostgreSQL cannot keep a NUL character; where no field names it, both engines refuse it in
/// the same words and keep nothing.
#[test]
fn nobody_signs_with_an_invisible_character() {
    let store = store();
    let before = store.chain_head().unwrap();
    let refused = |error: &dyn std::error::Error, part: &str| {
        let mut told = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            told.push_str(&cause.to_string());
            source = cause.source();
        }
        assert!(told.contains("空字符") && told.contains(part), "{part}: {told}");
        assert_eq!(store.chain_head().unwrap(), before);
        assert_eq!(store.revision().unwrap(), 2);
    };
    let named = Actor { name: "张\0三".to_owned(), role: "经办人".to_owned() };
    let role = Actor { name: "张三".to_owned(), role: "经办\0".to_owned() };
    for (stamp, part) in [
        (Stamp { who: &named, ..stamp() }, "张␀三"),
        (Stamp { who: &role, ..stamp() }, "经办␀"),
        (Stamp { why: "漏\0填", ..stamp() }, "漏␀填"),
        (Stamp { what: "登\0记", ..stamp() }, "登␀记"),
        (Stamp { source: "表\0.xlsx", ..stamp() }, "表␀.xlsx"),
        (Stamp { at: "2024\0", ..stamp() }, "2024␀"),
        (Stamp { key: Some("k\0"), ..stamp() }, "k␀"),
    ] {
        let row = household(JIA, "H9", 1, "2023-01-05");
        refused(&store.insert(&pack(), "household", &stamp, [row]).unwrap_err(), part);
    }
    let closing = Closing {
        ledger: Some("household".to_owned()),
        place: JIA.to_owned(),
        period: figure::Period::parse("2023-03").unwrap(),
        signer: "李\0四".to_owned(),
        signed_on: date(2023, 4, 1),
        nil: true,
    };
    refused(&store.close(&pack(), &[closing], &stamp()).unwrap_err(), "李␀四");
}
