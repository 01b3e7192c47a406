//! What `pack new` writes is right as it is, and right with its suggestions switched on.

use std::path::{Path, PathBuf};

use crate::desk::workbook;
use product_tests::program::{Run, root, run};
use product_tests::town::scratch;

/// An office with the places of the README's first ledger.
struct Begun {
    directory: PathBuf,
}

impl Begun {
    fn new(name: &str) -> Begun {
        let directory = scratch(&format!("new-{name}"));
        let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
        let places = readme.split("`local/place/town.toml`").nth(1).unwrap();
        let places = places.split("```").nth(1).unwrap().trim_start_matches("toml");
        std::fs::create_dir_all(directory.join("local/place")).unwrap();
        std::fs::write(directory.join("local/place/town.toml"), places).unwrap();
        Begun { directory }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut all = vec!["--now", "2023-12-31"];
        all.extend_from_slice(arguments);
        run(&self.directory, &all)
    }

    fn path(&self, file: &str) -> PathBuf {
        self.directory.join(file)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        // A directory that is left behind is no reason to fail.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

#[test]
fn each_skeleton_passes_the_check_as_it_is() {
    let office = Begun::new("whole");
    let done = office.run(&["pack", "new", "ledger", "bench", "--label", "长椅台账"]).ends(0);
    assert!(done.out.contains("pack check") && done.out.contains("bench.toml"), "{}", done.out);
    office.run(&["pack", "check"]).ends(0);
    office.run(&["pack", "new", "indicator", "benches_set", "--label", "安装长椅数"]).ends(0);
    office.run(&["pack", "new", "relation", "benches_dated", "--label", "长椅日期"]).ends(0);
    let checked = office.run(&["pack", "check"]).ends(0);
    assert!(checked.out.contains("全部正确"), "{}", checked.out);
    // The indicator and the relation are of the office's own ledger, and have examples that run.
    for file in ["local/indicator/benches_set.toml", "local/relation/benches_dated.toml"] {
        let text = std::fs::read_to_string(office.path(file)).unwrap();
        assert!(text.contains("\"bench\"") && text.contains("\n[[example]]"), "{text}");
    }
    let text = std::fs::read_to_string(office.path("local/indicator/benches_set.toml")).unwrap();
    let wrong = text.replace("expect = \"1 条\"", "expect = \"2 条\"");
    std::fs::write(office.path("local/indicator/benches_set.toml"), wrong).unwrap();
    assert!(office.run(&["pack", "check"]).ends(1).out.contains("benches_set.toml"));
}

#[test]
fn the_report_shows_how_a_claim_is_written() {
    let office = Begun::new("report");
    office.run(&["pack", "new", "ledger", "bench", "--label", "长椅台账"]).ends(0);
    office.run(&["pack", "new", "indicator", "benches_set", "--label", "安装长椅数"]).ends(0);
    office.run(&["pack", "new", "report", "summary", "--label", "2023年工作总结"]).ends(0);
    let rows: [&[&str]; 2] = [&["村", "设施编号", "安装日期"], &["甲村", "1", "2023-05-01"]];
    workbook(&office.path("benches.xlsx"), "长椅台账", &rows);
    office.run(&["import", "bench", "benches.xlsx"]).ends(0);
    office.run(&["close", "--ledger", "bench", "--period", "2023", "--signer", "王某"]).ends(0);
    let told = office.run(&["check", "report/summary.md"]).ends(1);
    assert!(told.out.contains("证实 0,不符 1,无法证实 0"), "{}", told.out);
    assert!(told.out.contains("安装长椅数") || told.out.contains("30余条"), "{}", told.out);
    // The sentence is about its indicator: with the right figure it is proven, and the report
    // is built.
    let path = office.path("report/summary.md");
    let text = std::fs::read_to_string(&path).unwrap().replace("[30余条]", "[1条]");
    std::fs::write(&path, text).unwrap();
    office.run(&["report", "build", "report/summary.md", "--out", "out"]).ends(0);
    assert!(office.path("out/report.docx").exists());
}

#[test]
fn nothing_is_overwritten_and_names_are_checked() {
    let office = Begun::new("refused");
    let new = |kind: &str, id: &str| office.run(&["pack", "new", kind, id]);
    new("ledger", "bench").ends(0);
    let before = std::fs::read(office.path("local/ledger/bench.toml")).unwrap();
    assert!(new("ledger", "bench").ends(1).err.contains("没有改动"));
    assert_eq!(std::fs::read(office.path("local/ledger/bench.toml")).unwrap(), before);
    // An id of the pack itself: the file would change its meaning.
    assert!(new("ledger", "person").ends(1).err.contains("已经有台账“person”"));
    assert!(new("ledger", "Bench-1").ends(1).err.contains("不能作编号"));
    assert!(new("table", "x").ends(2).err.contains("table"));
    let no_date = office.run(&["pack", "new", "indicator", "x", "--ledger", "无此台账"]);
    assert!(no_date.ends(1).err.contains("--ledger"));
    assert!(!office.path("local/indicator").exists());
}

/// The skeleton with every suggestion switched on: lines whose `#` stands right before the word.
fn switched_on(text: &str) -> String {
    let on = |line: &str| -> String {
        let rest = line.strip_prefix('#').filter(|rest| !rest.starts_with([' ', '#']));
        format!("{}\n", rest.unwrap_or(line))
    };
    text.lines().map(on).collect()
}

#[test]
fn the_suggestions_of_the_ledger_are_right_too() {
    let office = Begun::new("suggestions");
    office.run(&["pack", "new", "ledger", "bench", "--label", "长椅台账"]).ends(0);
    let path = office.path("local/ledger/bench.toml");
    let text = switched_on(&std::fs::read_to_string(&path).unwrap());
    assert!(text.contains("\n[[clock]]") && text.contains("\n[case]"), "{text}");
    std::fs::write(&path, text).unwrap();
    let write = |file: &str, text: &str| {
        std::fs::create_dir_all(office.path(file).parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(office.path(file), text).unwrap();
    };
    let codes = "label = \"种类\"\ncode = [{ code = \"1\", label = \"木\" }]\n";
    write("local/codes/my_codes.toml", codes);
    let days = "label = \"天数\"\nvalue = [{ value = \"5\", source = \"某办法\" }]\n";
    write("local/parameter/my_days.toml", days);
    office.run(&["pack", "check"]).ends(0);
}
