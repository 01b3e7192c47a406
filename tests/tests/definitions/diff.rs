//! Two packs compared: what differs, and which figures mean something else by it.

use std::path::PathBuf;

use app::{Became, PackDiff, diff_packs};
use product_tests::program::{root, run};
use product_tests::town::scratch;

/// The miniature pack, and a copy with pieces of it replaced. A file that is not there is new, one
/// without text is gone.
struct Two {
    directory: PathBuf,
}

impl Two {
    fn new(name: &str, changes: &[(&str, &str, &str)]) -> Two {
        let two = Two { directory: scratch(&format!("diff-{name}")) };
        let from = root().join("crates/pack/tests/miniature");
        for file in pack::read_directory(&from).unwrap() {
            two.write("old", &file.path, &file.text);
            let mut text = file.text;
            for (_, was, now) in changes.iter().filter(|(path, _, _)| *path == file.path) {
                assert!(text.contains(was), "{}: {was}", file.path);
                text = if was.is_empty() {
                    (*now).to_owned().into()
                } else {
                    text.replacen(was, now, 1).into()
                };
            }
            if !text.is_empty() {
                two.write("new", &file.path, &text);
            }
        }
        for (path, was, now) in changes {
            if was.is_empty() && !now.is_empty() {
                two.write("new", path, now);
            }
        }
        two
    }

    fn write(&self, side: &str, path: &str, text: &str) {
        let file = self.directory.join(side).join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    fn diff(&self) -> PackDiff {
        diff_packs(&self.directory.join("old"), &self.directory.join("new"))
            .unwrap_or_else(|error| panic!("{}", app::causes(&error)))
    }
}

impl Drop for Two {
    fn drop(&mut self) {
        // A directory that is left behind is no reason to fail.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Compares, and looks at the figures that mean something else and at lines of the answer.
#[track_caller]
fn check(name: &str, changes: &[(&str, &str, &str)], figures: &[&str], says: &[&str]) {
    let diff = Two::new(name, changes).diff();
    let found: Vec<&str> = diff.figures.iter().map(|figure| figure.id.as_str()).collect();
    let text = diff.text();
    assert_eq!(found, figures, "{text}");
    assert_eq!(diff.is_good(), figures.is_empty());
    for line in says {
        assert!(text.contains(line), "{line} is not said:\n{text}");
    }
}

#[test]
fn comments_and_order_are_no_difference() {
    let indicator = "indicator/hazards.toml";
    let two = Two::new("same", &[(indicator, "label = ", "# 说明\nlabel   =  ")]);
    let diff = two.diff();
    assert!(diff.changes.is_empty(), "{}", diff.text());
    assert!(diff.text().contains("定义没有不同"));
}

#[test]
fn words_are_told_from_meaning() {
    let indicator = "indicator/hazards.toml";
    let label = [(indicator, "label = \"", "label = \"又名")];
    check("words", &label, &[], &["名称:", "没有指标的口径因此改变"]);
    let says = Two::new("says", &label).diff();
    assert!(says.changes.iter().all(|c| c.details.iter().all(|d| !d.meaning)), "{says:?}");
}

#[test]
fn what_a_figure_counts_reaches_all_that_is_computed_from_it() {
    let indicator = "indicator/hazards.toml";
    check(
        "where",
        &[(indicator, "grade = 'major' and", "grade = 'general' and")],
        &["both", "hazards"],
        &["【口径】条件:grade = 'major'", "both 合计:由指标 hazards 算出"],
    );
    check(
        "time",
        &[("indicator/paid.toml", "time = \"since\"", "time = \"during\"")],
        &["paid"],
        &["【口径】时间口径:截至期末累计 → 期间内发生"],
    );
    check(
        "measure",
        &[("indicator/project_share.toml", "of = \"projects\"", "of = \"villages\"")],
        &["project_share"],
        &["【口径】怎样算:projects / villages → villages / villages"],
    );
    check(
        "undecided",
        &[(indicator, "undecided = \"cost is null\"\n", "")],
        &["both", "hazards"],
        &["说不准的条件:去掉 cost is null"],
    );
    check(
        "gone",
        &[("indicator/both.toml", "", ""), ("relation/both_parts.toml", "", "")],
        &["both"],
        &["去掉 2 个定义", "不再有这个指标"],
    );
    let more = "label = \"隐患条数\"\nunit = \"条\"\nmeaning = \"期间内的隐患。\"\ncount = \"hazard\"\non = \"found_on\"\n";
    check("added", &[("indicator/more.toml", "", more)], &[], &["新增 1 个定义", "indicator/more"]);
}

#[test]
fn fields_parameters_codes_and_closings_reach_the_figures_that_use_them() {
    let (hazard, payment) = ("ledger/hazard.toml", "ledger/payment.toml");
    check(
        "parameter",
        &[("parameter/target_income.toml", "value = \"30\"", "value = \"35\"")],
        &["paid"],
        &["值 2023-01-01 起:30(出自 青石镇〔2023〕1号) → 35", "参数 target_income"],
    );
    let money = "type = \"quantity\"\nunit = \"万元\"\nscale = 4";
    check(
        "type",
        &[(payment, "type = \"money\"", money)],
        &["both", "paid", "project_share", "projects"],
        &["字段 amount(金额) 的类型:金额 → 数(万元,4 位小数)"],
    );
    check(
        "option",
        &[(hazard, "major = \"重大\" }", "major = \"重大\", small = \"较小\" }")],
        &[],
        &["字段 grade(隐患等级) 的选项 small:新增 较小"],
    );
    check(
        "unused",
        &[(hazard, "unit = \"公顷\"", "unit = \"亩\"")],
        &[],
        &["【口径】字段 land_area(占地面积) 的类型"],
    );
    check(
        "codes",
        &[("codes/education.toml", "label = \"初中\"", "label = \"初中\"\nbecame = \"30\"")],
        &["both", "hazards"],
        &["代码 70:初中(一直) → 初中(一直,改为 30)", "字段 hazard.education"],
    );
    check(
        "close",
        &[(hazard, "close = \"month\"", "close = \"year\"")],
        &["both", "hazards", "hazards_expected", "project_share", "projects"],
        &["结账周期:按月 → 按年"],
    );
    check(
        "clock",
        &[(hazard, "\"15 working days\"", "\"20 working days\"")],
        &[],
        &["【口径】时限 rectify:"],
    );
}

#[test]
fn a_due_date_reaches_the_figures_that_ask_for_it() {
    let late = "label = \"超期隐患\"\nunit = \"起\"\nmeaning = \"超期的。\"\ncount = \"hazard\"\nwhere = \"due_rectify < :to\"\non = \"found_on\"\n";
    let two = Two::new("due", &[("ledger/hazard.toml", "\"15 working", "\"20 working")]);
    two.write("old", "indicator/late.toml", late);
    two.write("new", "indicator/late.toml", late);
    let diff = two.diff();
    let found: Vec<&str> = diff.figures.iter().map(|figure| figure.id.as_str()).collect();
    assert_eq!(found, ["late"], "{}", diff.text());
}

#[test]
fn the_program_answers_with_its_exit_code() {
    let change = ("indicator/paid.toml", "time = \"since\"", "time = \"during\"");
    let two = Two::new("program", &[change, ("lexicon/new.toml", "", "plan = [\"拟于\"]\n")]);
    let told = run(&two.directory, &["pack", "diff", "old", "new"]).ends(1);
    assert!(told.out.contains("打算:新增 拟于"), "{}", told.out);
    run(&two.directory, &["pack", "diff", "new", "new"]).ends(0);
    let json = run(&two.directory, &["--json", "pack", "diff", "old", "new"]).ends(1).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["figures"][0]["id"], "paid");
    assert_eq!(json["changes"][0]["became"], "changed");
    assert!(two.diff().changes.iter().all(|change| change.became == Became::Changed));
    let nowhere = run(&two.directory, &["pack", "diff", "old", "no-such"]);
    assert!(nowhere.ends(1).err.contains("no-such"));
}
