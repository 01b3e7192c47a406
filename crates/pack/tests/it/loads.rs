//! The miniature pack when nothing is wrong, alone and with its overlay.

use figure::{Step, date};
use pack::{
    CloseEvery, Comparison, Each, FieldType, Formula, FormulaOperator, Level, Measure, Pack,
    Private, RelationKind, SourceFile, Timing, digest_of, load,
};

use crate::print::{column, print};
use crate::{files, miniature};

fn with_overlay() -> Pack {
    load(&files("miniature"), &files("overlay")).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn a_ledger_is_typed() {
    let pack = miniature();
    let hazard = &pack.ledgers["hazard"];
    assert_eq!((hazard.label.as_str(), hazard.owner.as_str()), ("安全隐患台账", "应急办"));
    assert_eq!(
        (hazard.place.as_slice(), hazard.close),
        (&["village".to_owned()][..], Some(CloseEvery::Month))
    );
    assert_eq!((hazard.key.as_deref(), hazard.unique.len()), (Some("number"), 1));
    assert_eq!(hazard.fields["site_area"].ty.scale(), 2);
    assert_eq!(hazard.fields["budget"].ty.unit().map(|u| u.to_string()).as_deref(), Some("万元"));
    assert_eq!(hazard.fields["reporter"].private, Private::Identity);
    assert!(hazard.fields["education"].dated && !hazard.fields["education"].required);
    assert_eq!(hazard.fields["project"].ty, FieldType::Record { ledger: "project".to_owned() });
    assert_eq!(hazard.file, "ledger/hazard.toml");
    assert_eq!(hazard.rules[0].message, "整改日期早于发现日期");
    assert_eq!(print(&hazard.rules[1].check), "not ((grade = 'major') and (cost < 50050))");
}

#[test]
fn choices_keep_the_order_of_the_file() {
    let pack = miniature();
    let FieldType::MultiChoice { values } = &pack.ledgers["hazard"].fields["measures"].ty else {
        panic!("measures is a multi-choice");
    };
    assert_eq!(values.keys().collect::<Vec<_>>(), ["repair", "close_down", "warn"]);
}

#[test]
fn a_case_brings_its_state_along() {
    let pack = miniature();
    let hazard = &pack.ledgers["hazard"];
    let case = hazard.case.as_ref().expect("hazard is a case");
    let states: Vec<&str> = case.states.iter().map(|state| state.id.as_str()).collect();
    assert_eq!(
        (states.as_slice(), case.start.as_str()),
        (&["open", "fixing", "closed"][..], "open")
    );
    assert_eq!(case.steps[1].needs, ["fixed_on"]);
    let state = &hazard.fields["state"];
    assert!(state.dated && !state.required);
    assert!(matches!(&state.ty, FieldType::Choice { values } if values["open"] == "待整改"));
}

#[test]
fn a_child_takes_place_closing_and_owner_from_its_parent() {
    let pack = miniature();
    let payment = &pack.ledgers["payment"];
    assert_eq!(payment.parent.as_deref(), Some("project"));
    assert!(payment.place.is_empty() && payment.close.is_none());
    assert_eq!(payment.owner, "项目办");
}

#[test]
fn places_are_a_ledger_and_a_tree() {
    let pack = miniature();
    let place = &pack.ledgers["place"];
    assert_eq!(place.close, None);
    assert_eq!(
        place.fields.keys().collect::<Vec<_>>(),
        ["code", "label", "kind", "parent", "from", "until"]
    );
    // The township stands last in the file and first in the tree.
    let labels: Vec<&str> = pack.places.iter().map(|place| place.label.as_str()).collect();
    assert_eq!(labels, ["青石镇", "甲村", "乙村", "丙社区"]);
    assert_eq!(pack.places.of_kind("village", "990101", date(1985, 1, 1)).len(), 1);
    assert_eq!(pack.orgs[0].place.as_deref(), Some("990101"));
}

#[test]
fn codes_and_parameters_are_dated() {
    let pack = miniature();
    let education = &pack.codes["education"];
    assert_eq!(education.codes[2].until, Some(date(2006, 12, 31)));
    assert_eq!(education.codes[2].became.as_deref(), Some("30"));
    assert_eq!(education.groups, [("college".to_owned(), vec!["20".to_owned(), "30".to_owned()])]);
    let target = &pack.parameters["target_income"];
    assert_eq!(target.values[0].from, Some(date(2023, 1, 1)));
    assert_eq!(target.values[1].value.to_string(), "12.5");
    assert_eq!(target.values[1].place.as_deref(), Some("990101002"));
}

#[test]
fn an_indicator_is_typed() {
    let pack = miniature();
    let hazards = &pack.indicators["hazards"];
    assert_eq!(hazards.says, [["排查", "隐患"], ["发现", "隐患"]]);
    assert_eq!(
        (hazards.time, hazards.forecast.as_deref()),
        (Timing::During, Some("hazards_expected"))
    );
    let Measure::Count(source) = &hazards.measure else { panic!("hazards are counted") };
    assert_eq!(source.on.as_ref().map(column).as_deref(), Some("found_on"));
    assert_eq!(source.undecided.as_ref().map(print).as_deref(), Some("cost is null"));
    let dims: Vec<(&str, &str)> =
        hazards.dims.iter().map(|dim| (dim.id.as_str(), dim.label.as_str())).collect();
    assert_eq!(dims, [("grade", "隐患等级"), ("kind", "项目类别")]);
    let Measure::Stated { value, document, .. } = &pack.indicators["hazards_expected"].measure
    else {
        panic!("the expectation is stated");
    };
    assert_eq!((print(value).as_str(), column(document).as_str()), ("people", "number"));
    assert!(
        matches!(&pack.indicators["project_share"].measure, Measure::Ratio { of, to } if of == "projects" && to == "villages")
    );
}

#[test]
fn examples_keep_their_rows_as_text() {
    let pack = miniature();
    let example = &pack.indicators["hazards"].examples[0];
    let cells = |row: usize, id: &str| {
        example.rows[row].cells.iter().find(|(key, _)| key == id).map(|(_, text)| text.as_str())
    };
    let ledgers: Vec<&str> = example.rows.iter().map(|row| row.ledger.as_str()).collect();
    assert_eq!(ledgers, ["project", "hazard", "hazard"]);
    assert_eq!((cells(1, "cost"), cells(1, "place")), (Some("12万元"), Some("甲村")));
    assert_eq!((cells(2, "found_on"), cells(2, "people")), (Some("2023-12-30"), Some("3")));
    assert_eq!(cells(2, "is_public"), Some("是"));
    assert_eq!((example.window.as_str(), example.expect.as_str()), ("2023", "1 至 2 起"));
    assert_eq!(example.line, 12);
}

#[test]
fn an_example_may_name_places_that_the_pack_does_not_have() {
    let path = "indicator/hazards.toml";
    let pack = crate::changed(path, "people = 3", "origin = \"丁村\", station = \"林业站\"")
        .unwrap_or_else(|errors| panic!("{errors}"));
    let cells = &pack.indicators["hazards"].examples[0].rows[2].cells;
    assert!(cells.contains(&("origin".to_owned(), "丁村".to_owned())));
}

#[test]
fn formulas_and_relations_are_trees() {
    let pack = miniature();
    let Measure::Formula(Formula::Binary(FormulaOperator::Subtract, left, right)) =
        &pack.indicators["both"].measure
    else {
        panic!("both is a difference");
    };
    assert!(matches!(&**left, Formula::Binary(FormulaOperator::Add, ..)));
    assert!(matches!(&**right, Formula::Binary(FormulaOperator::Divide, ..)));
    let parts = &pack.relations["both_parts"];
    let RelationKind::Holds { operator, tolerance, text, .. } = &parts.kind else {
        panic!("the parts are an equation");
    };
    assert_eq!((*operator, tolerance.to_string().as_str()), (Comparison::Equal, "0.1"));
    assert_eq!(text, "both = hazards + projects");
    assert_eq!(parts.each, Each { place: Some("village".to_owned()), step: Some(Step::Year) });
    assert_eq!((parts.level, parts.advice.as_str()), (Level::Explain, "先核对隐患台账。"));
    assert_eq!(pack.relations["no_late_fix"].level, Level::Must);
}

#[test]
fn an_overlay_names_and_adds() {
    let pack = with_overlay();
    assert_eq!(pack.label, "青石镇台账包");
    let hazard = &pack.ledgers["hazard"];
    assert_eq!((hazard.label.as_str(), hazard.owner.as_str()), ("隐患排查台账", "平安办"));
    assert_eq!(hazard.fields.len(), miniature().ledgers["hazard"].fields.len());
    assert_eq!(pack.indicators["nurseries"].label, "苗圃数");
    let values: Vec<String> =
        pack.parameters["target_income"].values.iter().map(|v| v.value.to_string()).collect();
    assert_eq!(values, ["30", "12.5", "31"]);
    assert_eq!(pack.lexicon.background, ["二十大", "甲乙丙行动"]);
    assert_eq!(pack.places.iter().count(), 4);
    assert_eq!(pack.places.named("大甲村").len(), 1);
}

#[test]
fn the_hash_is_of_every_file_and_not_of_their_order() {
    let mut base = files("miniature");
    let hash = |base: &[SourceFile], overlay: &[SourceFile]| digest_of(base, overlay);
    let first = hash(&base, &[]);
    assert_eq!(first.len(), 64);
    base.reverse();
    assert_eq!(hash(&base, &[]), first);
    assert_ne!(hash(&base, &files("overlay")), first);
    base[0].text.to_mut().push('\n');
    assert_ne!(hash(&base, &[]), first);
}

#[test]
fn a_pack_for_use_is_the_whole_pack_without_its_examples() {
    let township = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let files = pack::read_directory(&township).unwrap();
    let mut whole = pack::load(&files, &[]).unwrap_or_else(|errors| panic!("{errors}"));
    let used = pack::load_for_use(&files, &[]).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(used.indicators.values().all(|indicator| indicator.examples.is_empty()));
    assert!(whole.indicators.values().any(|indicator| !indicator.examples.is_empty()));
    for indicator in whole.indicators.values_mut() {
        indicator.examples.clear();
    }
    for relation in whole.relations.values_mut() {
        relation.examples.clear();
    }
    for rule in whole.review.values_mut() {
        rule.examples.clear();
    }
    let (used, whole) = (format!("{used:#?}"), format!("{whole:#?}"));
    let differs = used.lines().zip(whole.lines()).find(|(used, whole)| used != whole);
    assert_eq!(differs, None);
    assert_eq!(used.len(), whole.len());
}

#[test]
fn a_pack_for_use_reads_the_examples_of_an_overlay() {
    let mut base = files("miniature");
    let own = base.iter_mut().find(|file| file.path == "indicator/hazards.toml").unwrap();
    own.text = own.text.replace("expect = \"1 至 2 起\"", "expect = \"多少\"").into();
    assert!(pack::load(&base, &[]).is_err());
    assert!(pack::load_for_use(&base, &[]).is_ok(), "those of the base passed before");
    let own = SourceFile {
        path: "indicator/own.toml".into(),
        text: base.iter().find(|file| file.path == "indicator/hazards.toml").unwrap().text.clone(),
    };
    assert!(pack::load_for_use(&files("miniature"), &[own]).is_err());
}
