//! The ways in which text from pages, scans and files is spoilt: what can be undone is, what
//! cannot is flagged and never read as a value.

use prose::{Kind, Lexicon, clean, figures};

fn restored(input: &str, expected: &str) {
    let cleaned = clean(input);
    assert_eq!(cleaned.text, expected, "{input}");
    assert_eq!(cleaned.flags, [], "{input}");
    let again = clean(&cleaned.text);
    assert_eq!(again.text, cleaned.text, "cleaning is done after one pass");
}

/// What is flagged, and the values that are stated nevertheless.
fn flagged(input: &str, places: &[&str], values: &[&str]) {
    let cleaned = clean(input);
    let found = figures(&cleaned.text, &Lexicon::default());
    let mut flags: Vec<String> = Vec::new();
    for flag in cleaned.flags.iter().chain(&found.flags) {
        if !flags.contains(&flag.text) {
            flags.push(flag.text.clone());
        }
    }
    assert_eq!(flags, places, "{input}");
    let stated = found.claims.iter().filter(|claim| claim.kind != Kind::Background);
    let stated: Vec<String> = stated.filter_map(|c| c.value).map(|v| v.to_string()).collect();
    assert_eq!(stated, values, "{input}");
}

#[test]
fn notes_of_pronunciation_are_taken_out() {
    restored("某鎮(zhèn)黨(dǎng)委", "某镇党委");
    restored("某鎮(zhen)(zhen)共1.20萬(wan)(wan)戶", "某镇共1.20万户");
    restored("村(社區(qū))幹部", "村(社区)干部");
}

#[test]
fn brackets_that_are_no_notes_stay() {
    restored("总值(gdp)增长,项目(EOD)(套)", "总值(gdp)增长,项目(EOD)(套)");
}

#[test]
fn lost_bytes_are_flagged() {
    flagged("規?；N植5亩", &["?；"], &["5"]);
    flagged("快来\u{fffd}吧", &["\u{fffd}"], &[]);
}

#[test]
fn doubled_marks_are_taken_out() {
    restored("完成,,好,。", "完成,好。");
}

#[test]
fn over_converted_characters_are_written_as_they_were() {
    restored("麵對麵製定", "面对面制定");
}

#[test]
fn a_comma_for_a_point_is_flagged_and_not_read() {
    flagged("产值3、19亿元", &["3、19亿元"], &[]);
    flagged("增长33、7%", &["33、7%"], &[]);
    let listed = figures("分别发放13、15万元", &Lexicon::default()).claims;
    assert!(!listed.is_empty(), "a list stays a list");
}

#[test]
fn a_year_put_in_the_place_of_numbers_is_flagged() {
    flagged("退出率20230%", &["20230%"], &[]);
}

#[test]
fn letters_for_digits_are_flagged() {
    flagged("投资IlOO多万元", &["IlOO多万元"], &[]);
}

#[test]
fn hidden_digits_are_flagged_and_never_valued() {
    for (input, place) in [
        ("人均1XX32元", "1XX32元"),
        ("增长21.X%", "21.X%"),
        ("人均21*元", "21*元"),
        ("投入XX万元", "XX万元"),
        ("投入〔…〕万元", "〔…〕万元"),
        ("刷墙20__㎡", "20__㎡"),
    ] {
        flagged(input, &[place], &[]);
    }
}

#[test]
fn numbers_that_lost_their_unit_are_flagged() {
    let found = figures("企业22数字化车间2,完成计划92.13。", &Lexicon::default());
    assert_eq!(found.flags.len(), 3);
}

#[test]
fn dates_that_lost_their_signs_are_flagged() {
    flagged("于20151231日竣工", &["20151231日"], &[]);
}

#[test]
fn broken_lines_and_spaces_are_undone() {
    restored("共收到 11 条,达 77.8 %", "共收到11条,达77.8%");
    restored("达77.8\n%的", "达77.8%的");
}

/// Numbers that stand alone in the cells of a table are no pieces of one number.
#[test]
fn cells_of_tables_stay_apart() {
    let text = "各村情况\n石桥村\n120\n268\n小河村\n98\n215\n合计\n218\n483\n以上为年末数";
    let chars: Vec<char> = text.chars().collect();
    let breaks: Vec<usize> = (0..chars.len()).filter(|k| chars[*k] == '\n').collect();
    let cells: Vec<_> = breaks.windows(2).map(|pair| pair[0] + 1..pair[1] + 1).collect();
    assert_ne!(prose::clean(text).text, text, "without its cells it looks torn");
    assert_eq!(prose::clean_around(text, &cells).text, text);
}

#[test]
fn a_lost_operator_is_flagged() {
    flagged("打造“3 1”成果", &["3 1"], &[]);
}

#[test]
fn thousands_are_no_list() {
    let claims = figures("发放45,000元,惠及20人", &Lexicon::default()).claims;
    let values: Vec<String> =
        claims.iter().filter_map(|c| c.value).map(|v| v.to_string()).collect();
    assert_eq!(values, ["45000", "20"]);
}
