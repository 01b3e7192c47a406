//! A report of one year that becomes the draft of the next.

use figure::Period;
use measure::Session;
use report::{Options, RollNote, RollState, Rolled, check, parse, refresh, roll};

use crate::town::{NOW, Town};

const FRONT: &str = "+++\ntitle = \"青石镇2022年工作总结\"\ndate = \"2022-12-31\"\nwindow = \"2022\"\nplace = \"青石镇\"\n\n[[exception]]\nwords = \"4起\"\nwho = \"镇长\"\nwhy = \"甲\"\ndocument = \"乙\"\n+++\n";

fn rolled(town: &Town, body: &str, to: &str) -> Rolled {
    let front = if body.contains("[4起]") { FRONT.to_owned() } else { bare() };
    let source = parse(&format!("{front}{body}\n"), "2022.md").unwrap();
    let session = Session::new(&town.pack, &town.store, NOW);
    roll(&source, Period::parse(to).unwrap(), &session).unwrap()
}

/// Front matter without the exception.
fn bare() -> String {
    let (head, _) = FRONT.split_once("\n\n").unwrap();
    format!("{head}\n+++\n")
}

fn body(rolled: &Rolled) -> &str {
    rolled.text.rsplit_once("+++\n").unwrap().1.trim_end()
}

fn states(rolled: &Rolled) -> Vec<RollState> {
    rolled.notes.iter().map(|note: &RollNote| note.state).collect()
}

#[test]
fn figures_are_written_anew_and_keep_what_they_were() {
    let town = Town::new();
    let rolled = rolled(&town, "2022年排查整治隐患[4起](hazards)。", "2023");
    assert_eq!(body(&rolled), "2023年排查整治隐患[3起](hazards)<!-- 上年:4起 -->。");
    assert_eq!(states(&rolled), [RollState::Refreshed]);
    assert_eq!(rolled.notes[0].was.as_deref(), Some("4起"));
    let source = parse(&rolled.text, "2023.md").unwrap();
    assert_eq!(source.front.window, Some(Period::year(2023)));
    assert_eq!(source.front.title, "青石镇2023年工作总结");
    assert!(source.front.exceptions.is_empty());
    let session = Session::new(&town.pack, &town.store, NOW);
    let checked = check(&source, &session, &Options::default()).unwrap();
    assert!(checked.summary.is_clean(), "{:?}", checked.verdicts);
    // The words of last year are no part of the report.
    assert_eq!(source.passages[0].text(), "2023年排查整治隐患3起。");
}

#[test]
fn a_figure_that_is_not_known_yet_is_left_out_and_filled_in_its_manner() {
    let town = Town::new();
    let mut rolled = rolled(&town, "排查整治隐患[4起](hazards)。", "2024");
    assert_eq!(body(&rolled), "排查整治隐患[](hazards)<!-- 上年:4起 -->。");
    assert_eq!(states(&rolled), [RollState::Empty]);
    // Filled in for a year that is known, 以上 stays 以上.
    rolled.text = rolled.text.replace("\"2024\"", "\"2021\"").replace("上年:4起", "上年:4起以上");
    let source = parse(&rolled.text, "2021.md").unwrap();
    let session = Session::new(&town.pack, &town.store, NOW);
    let checked = check(&source, &session, &Options::default()).unwrap();
    let filled = refresh(&source, &checked);
    assert!(filled.contains("隐患[5起以上](hazards)"), "{filled}");
}

#[test]
fn what_happened_once_is_marked_and_not_written_anew() {
    let town = Town::new();
    let text = rolled(
        &town,
        "2022年[被评为平安乡镇](honours?title=平安乡镇)。在开局之年,荣获表彰,学习二十届三中全会精神。",
        "2024",
    );
    assert!(body(&text).contains("(honours?title=平安乡镇)<!-- 待核:"), "{}", text.text);
    for part in ["开局之年<!-- 待核:", "荣获<!-- 待核:", "二十届三中全会<!-- 待核:"]
    {
        assert!(body(&text).contains(part), "{part}: {}", text.text);
    }
    assert!(states(&text).iter().all(|state| *state == RollState::Flagged));
    parse(&text.text, "2024.md").unwrap();
}

#[test]
fn loose_figures_and_plans_are_marked() {
    let town = Town::new();
    let text = rolled(&town, "开展宣传12场。\n\n# 二、2023年工作计划\n\n力争[3起](plan)。", "2023");
    assert!(body(&text).contains("12场<!-- 待核:"), "{}", text.text);
    assert!(body(&text).contains("# 二、2024年工作计划<!-- 待核:"), "{}", text.text);
    assert!(body(&text).contains("力争[3起](plan)。"), "{}", text.text);
}

#[test]
fn the_same_window_is_refused() {
    let town = Town::new();
    let source = parse(&format!("{}甲。\n", bare()), "2022.md").unwrap();
    let session = Session::new(&town.pack, &town.store, NOW);
    let error = roll(&source, Period::year(2022), &session).unwrap_err();
    assert!(error.to_string().contains("原报告说的就是2022年"), "{error}");
}
