//! What a checked report becomes: JSON, page, refreshed source.

use measure::Session;
use report::{Checked, gather, html, json, refresh};

use crate::town::{NOW, PLANTED_ILLNESS, PLANTED_NAME, PLANTED_PHONE, Town};

fn page(town: &Town, checked: &Checked) -> String {
    let session = Session::new(&town.pack, &town.store, NOW);
    html(checked, &gather(checked, &session).unwrap())
}

const BODY: &str = "# 一、总结\n排查整治隐患[3起](hazards),发现隐患[9起](hazards_found),宣传12场。\n\n| 项 | 森林火灾 |\n|---|---|\n| 数 | [未发生一起](forest_fires) |\n";

#[test]
fn json_has_the_fields_other_programs_read() {
    let value = json(&Town::new().check(BODY));
    let keys =
        |v: &serde_json::Value| -> Vec<String> { v.as_object().unwrap().keys().cloned().collect() };
    let verdict = &value["verdicts"][0];
    let fixed = [
        "text",
        "start",
        "end",
        "line",
        "verdict",
        "reason",
        "indicator",
        "actual",
        "basis",
        "records",
    ];
    assert_eq!(keys(verdict)[..fixed.len()], fixed);
    for extra in ["kind", "predicate", "window", "meaning"] {
        assert!(verdict.get(extra).is_some(), "{extra}");
    }
    assert_eq!(verdict["actual"]["value"], "3");
    assert_eq!(verdict["actual"]["unit"], "起");
    assert_eq!((&verdict["verdict"], &verdict["line"]), (&"proven".into(), &10.into()));
    assert_eq!(verdict["records"], 3);
    assert_eq!(value["verdicts"][1]["kind"], "value");
    assert_eq!(value["verdicts"][1]["suggestion"], "4起");
    let relation = keys(&value["relations"][0]);
    assert_eq!(relation[..6], ["id", "holds", "equation", "left", "right", "difference"]);
    let counts = ["proven", "refuted", "unprovable", "unbound", "loose", "plan", "background"];
    assert_eq!(keys(&value["summary"]), counts);
    assert_eq!(value["findings"], serde_json::json!([]));
    assert_eq!(value["loose"][0]["text"], "12场");
}

#[test]
fn the_page_shows_verdicts_and_masked_records() {
    let town = Town::new();
    let checked = town.check(BODY);
    let page = page(&town, &checked);
    for planted in [PLANTED_NAME, PLANTED_PHONE, PLANTED_ILLNESS] {
        assert!(!page.contains(planted), "{planted} must not leave the store");
    }
    assert!(page.contains("钱*") && page.contains("139****5678") && page.contains("***"));
    assert!(page.contains("class=\"claim proven\"") && page.contains("class=\"claim refuted\""));
    assert!(page.contains("data-loose=\"0\"") && page.contains("未绑定数字 1"));
    assert!(page.contains("role=\"button\" tabindex=\"0\""));
    assert!(!page.contains("http://") && !page.contains("https://"), "the page needs no network");
    assert_eq!(page, self::page(&town, &town.check(BODY)), "same input, same bytes");
}

#[test]
fn text_of_a_report_cannot_become_markup() {
    let town = Town::new();
    let body = "<script>alert(1)</script>排查整治\"隐患\"[3起](hazards)</script>。";
    let page = page(&town, &town.check(body));
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert_eq!(page.matches("</script>").count(), 2, "only the page's own scripts end");
}

#[test]
fn refreshing_changes_stale_words_and_nothing_else() {
    let town = Town::new();
    let stale = "排查整治隐患[约**9**起](hazards),发现隐患[](hazards_found)。\n  \n监测对象[2户](households),未发现[7人](persons)。\n村集体收入[近80万元](income)。\n";
    let checked = town.check(stale);
    let fresh = refresh(&checked.source, &checked);
    let (_, body) = fresh.rsplit_once("+++\n").unwrap();
    assert_eq!(
        body,
        "排查整治隐患[约**3**起](hazards),发现隐患[4起](hazards_found)。\n  \n监测对象[2户](households),未发现[7人](persons)。\n村集体收入[近100万元](income)。\n"
    );
    let (head, _) = checked.source.text.rsplit_once("+++\n").unwrap();
    assert!(fresh.starts_with(head));
    let again = town.check(body);
    assert_eq!(refresh(&again.source, &again), again.source.text, "a fresh report stays as it is");
}
