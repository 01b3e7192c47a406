//! Nothing that says who a person is lies anywhere in clear: invented people with unmistakable
//! names and numbers go through everything that a user can do, and afterwards every byte that
//! was written or printed is searched for them.

mod deeds;
mod office;
mod planted;
mod search;

use std::path::Path;

use product_tests::program::{Run, run_with};

use crate::desk::Desk;

/// A day at the office of invented people: where its ledgers lie, and what the program said.
struct Day {
    desk: Desk,
    /// The address of a server's database, if it is not a file.
    server: Option<String>,
    /// Each command with all that it printed.
    said: Vec<(String, String)>,
}

impl Day {
    fn new(name: &str, server: Option<String>) -> Day {
        let desk = Desk::empty(name);
        for folder in ["in", "tmp", "home", "out"] {
            std::fs::create_dir_all(desk.directory.join(folder)).unwrap();
        }
        office::define(&desk.directory.join("local"));
        Day { desk, server, said: Vec::new() }
    }

    /// The file's path in the desk's directory.
    fn path(&self, file: &str) -> String {
        self.desk.path(file)
    }

    /// Runs a command that ends with this code, and keeps what it said.
    #[track_caller]
    fn tell(&mut self, code: i32, arguments: &[&str]) -> String {
        let run = self.say(arguments);
        assert_eq!(run.code, code, "{arguments:?}\n{}\n{}", run.out, run.err);
        run.out
    }

    /// Runs a command and keeps what it said.
    fn say(&mut self, arguments: &[&str]) -> Run {
        let (tmp, home) = (self.path("tmp"), self.path("home"));
        let mut all = vec!["--now", "2024-02-20", "--as", "王某"];
        if let Some(url) = &self.server {
            all.extend(["--db", url]);
        }
        all.extend(arguments);
        let variables = [("TMPDIR", &*tmp), ("SQLITE_TMPDIR", &*tmp), ("HOME", &*home)];
        let run = run_with(&self.desk.directory, &variables, &all);
        self.said.push((arguments.join(" "), format!("{}\n{}", run.out, run.err)));
        run
    }

    /// The same for a command that writes nothing, or is refused: once in words, once as JSON.
    #[track_caller]
    fn both(&mut self, code: i32, arguments: &[&str]) {
        self.tell(code, arguments);
        let mut all = arguments.to_vec();
        all.push("--json");
        self.tell(code, &all);
    }

    /// Searches all that was printed and all files but those that the people came in with.
    fn search(&self) {
        assert!(self.said.len() > 60, "{} commands", self.said.len());
        let told = |(command, said): &'_ (String, String)| {
            (format!("what “{command}” printed"), said.clone().into_bytes())
        };
        let said: Vec<_> = self.said.iter().map(told).collect();
        search::nothing_in(said.iter().map(|(what, bytes)| (what.clone(), &**bytes)));
        let given = [self.desk.directory.join("in"), self.desk.directory.join("out/taken.txt")];
        let files = search::files(&self.desk.directory, &given);
        let has = |name: &str| files.iter().any(|(path, _)| path.ends_with(Path::new(name)));
        for name in ["out/report.html", "out/verdicts.json", "报告.seal.json", "out/居民.xlsx"]
        {
            assert!(has(name), "{name} was not searched");
        }
        assert!(files.iter().any(|(path, _)| path.display().to_string().contains(".files/")));
        search::nothing_in(search::named(&files));
    }
}

#[test]
fn a_file_holds_nobody_in_clear() {
    let mut day = Day::new("privacy", None);
    let first = deeds::first_import(&mut day);
    assert!(first.contains("记入 3 条"), "{first}");
    // Somebody else has the database open, so that its log is not folded back.
    let other = day.desk.office();
    deeds::all(&mut day);
    for file in ["zhenzhang.db", "zhenzhang.db-wal", "zhenzhang.db-shm"] {
        assert!(std::fs::metadata(day.path(file)).unwrap().len() > 0, "{file}");
    }
    day.search();
    drop(other);
    day.search();
}

#[test]
fn a_server_holds_nobody_in_clear() {
    let Some(server) = test_postgres::server() else { return };
    let database = server.database();
    let mut day = Day::new("privacy-server", Some(database.url()));
    deeds::first_import(&mut day);
    deeds::all(&mut day);
    day.search();
    let mut client = database.client();
    let tables = search::tables(&mut client);
    assert!(tables.len() > 50, "{}", tables.len());
    search::nothing_in(tables.iter().map(|(table, bytes)| (table.clone(), &**bytes)));
    search::nothing_in(search::named(&search::raw(&mut client)));
}

#[test]
fn reasons_and_names_of_files_lose_the_numbers_of_persons() {
    let desk = Desk::new("privacy-reasons");
    let [first, second] = [&planted::PEOPLE[0], &planted::PEOPLE[1]];
    let (phone, id) = (first.phone, second.id());
    let file = desk.directory.join(format!("{id}.xlsx"));
    let heads = ["村(社区)", "人员编号", "姓名"];
    crate::desk::workbook(&file, "人员", &[&heads, &["上坪村", "T-1", "测甲乙"]]);
    let file = file.display().to_string();
    let why = format!("{phone}来电,证件 {id}");
    let hidden = |kind: &str| format!("{kind}里的号码记账时已打码");
    let import = ["import", "person", &file, "--why", &why];
    desk.says(&import, 0, &[&hidden("原因"), &hidden("文件名")]);
    let key = desk.path("证件.xlsx");
    crate::desk::workbook(Path::new(&key), "人员", &[&heads, &["上坪村", &id, "测丙丁"]]);
    desk.says(&["import", "person", &key], 0, &["1 行的“人员编号”像是身份证号", "人员编号不加密"]);
    desk.run(&["withdraw", "person", &id, "--why", "试录"]).ends(0);
    let set = format!("人员编号={}", first.id());
    desk.says(&["correct", "person", "T-1", "--set", &set, "--why", "试"], 2, &["人员编号不加密"]);
    desk.run(&["correct", "person", "T-1", "--set", "姓名=测甲", "--why", &why]).ends(0);
    let out = desk.path(&format!("{phone}.xlsx"));
    desk.run(&["export", "person", "--unmasked", "--why", &why, "--out", &out]).ends(0);
    std::fs::remove_file(&out).unwrap();
    let said = desk.run(&["history", "person", "T-1"]).ends(0).out;
    assert!(said.contains("199****0101来电,证件 990"), "{said}");
    assert!(!said.contains(phone) && !said.contains(&id), "{said}");
    let reads = desk.run(&["audit", "reads", "--last", "9"]).ends(0).out;
    assert!(reads.contains("199****0101.xlsx") && !reads.contains(phone), "{reads}");
    let bytes = std::fs::read(desk.path("zhenzhang.db")).unwrap();
    assert!(!bytes.windows(phone.len()).any(|w| w == phone.as_bytes()), "the phone is kept");
    desk.run(&["audit", "verify"]).ends(0);
}

#[test]
fn the_search_finds_what_lies_in_clear() {
    for needle in planted::all() {
        for bytes in search::spellings(&needle) {
            let mut hay = vec![b'x'; 1000];
            hay.splice(500..500, bytes);
            assert!(search::found(&hay).is_some(), "{needle}");
        }
        assert!(search::found(&report::mask_ends(&needle, 6, 4).into_bytes()).is_none());
    }
}
