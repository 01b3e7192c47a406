//! The README's “first ledger in five minutes”, done to the letter.

use std::path::Path;

use product_tests::program::{keys, program, root, run};
use product_tests::town::scratch;
use rust_xlsxwriter::Workbook;

/// A fenced block with the last `path:` before it, if one names it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    file: Option<String>,
    text: String,
}

/// The fenced blocks of the walk-through, indentation taken off.
fn blocks(readme: &str) -> Vec<Block> {
    let walk = readme.lines().skip_while(|line| !line.starts_with("1. "));
    let mut blocks = Vec::new();
    let mut file = None;
    let mut open: Option<(usize, Vec<String>)> = None;
    for line in walk {
        if line.starts_with("## ") {
            break;
        }
        let bare = line.trim_start();
        if bare.starts_with("```") {
            match open.take() {
                None => open = Some((line.len() - bare.len(), Vec::new())),
                Some((_, lines)) => {
                    blocks.push(Block { file: file.take(), text: lines.join("\n") + "\n" });
                }
            }
        } else if let Some((indent, lines)) = &mut open {
            lines.push(line.get(*indent..).unwrap_or("").to_owned());
        } else if let Some(name) = named_file(bare) {
            file = Some(name);
        }
    }
    blocks
}

/// The file that a line ending in `path`: announces.
fn named_file(line: &str) -> Option<String> {
    let line =
        line.trim_end().strip_suffix("`:").or_else(|| line.trim_end().strip_suffix("`："))?;
    let (_, name) = line.rsplit_once('`')?;
    name.contains('.').then(|| name.to_owned())
}

/// The commands of a block, and those in the text of a step.
fn commands(readme: &str) -> Vec<String> {
    let fenced = blocks(readme).into_iter().filter(|block| block.file.is_none());
    let mut commands: Vec<String> = Vec::new();
    for block in fenced {
        commands.extend(block.text.lines().map(|line| line.trim().to_owned()));
    }
    if readme.contains("`zhenzhang pack check`") {
        commands.insert(1, "zhenzhang pack check".to_owned());
    }
    commands.retain(|command| !command.is_empty());
    commands
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// Fills the exported form as a clerk would: under its heads, found by their names.
fn fill(form: &Path, filled: &Path, lamps: usize) {
    let heads = heads(form);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0_u16..).zip(&heads) {
        sheet.write_string(0, column, head).unwrap();
    }
    for number in 1..=lamps {
        let row = u32::try_from(number).unwrap();
        for (column, head) in (0_u16..).zip(&heads) {
            let text = match head.as_str() {
                "路灯编号" => format!("LD-{number:03}"),
                "安装日期" => format!("2023-{:02}-15", number % 12 + 1),
                price if price.starts_with("造价") => "1850.50".to_owned(),
                _ if number % 3 == 0 => "乙村".to_owned(),
                _ => "甲村".to_owned(),
            };
            sheet.write_string(row, column, &text).unwrap();
        }
    }
    book.save(filled).unwrap();
}

/// The heads of the form: the row of shared strings that the first sheet's second row names.
fn heads(form: &Path) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(form).unwrap()).unwrap();
    let mut part = |name: &str| {
        use std::io::Read;
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let strings: Vec<String> = part("xl/sharedStrings.xml")
        .split("<si>")
        .skip(1)
        .map(|item| {
            let text = &item[item.find("<t").unwrap()..];
            let from = text.find('>').unwrap() + 1;
            text[from..text.find("</t>").unwrap()].to_owned()
        })
        .collect();
    let sheet = part("xl/worksheets/sheet1.xml");
    // A title and notes may stand above the heads.
    let rows = sheet.split("<row ").skip(1).map(|row| {
        let cells = row[..row.find("</row>").unwrap_or(row.len())].split("<v>").skip(1);
        let number = |cell: &str| cell[..cell.find('<').unwrap()].parse::<usize>().unwrap();
        cells.map(|cell| strings[number(cell)].clone()).collect::<Vec<String>>()
    });
    rows.into_iter().find(|row| row.len() > 1).expect("a row of heads")
}

#[test]
fn both_readmes_give_the_same_files_and_commands() {
    let (english, chinese) = (read("README.md"), read("README.zh-CN.md"));
    assert_eq!(blocks(&english), blocks(&chinese));
    assert_eq!(commands(&english), commands(&chinese));
    let demo = |text: &str| text.contains("cargo xtask demo") && text.contains("cargo xtask test");
    assert!(demo(&english) && demo(&chinese));
}

#[test]
fn the_first_ledger_takes_what_the_readme_says() {
    let readme = read("README.md");
    let blocks = blocks(&readme);
    let directory = scratch("readme");
    let office = directory.join("office");
    let files: Vec<&Block> = blocks.iter().filter(|block| block.file.is_some()).collect();
    assert_eq!(files.len(), 4, "{files:#?}");
    let mut commands = commands(&readme).into_iter();
    let first = commands.next().unwrap();
    let folders = first.strip_prefix("mkdir -p ").unwrap().strip_suffix(" && cd office").unwrap();
    for folder in folders.split_whitespace() {
        std::fs::create_dir_all(directory.join(folder)).unwrap();
    }
    for block in files {
        std::fs::write(office.join(block.file.as_ref().unwrap()), &block.text).unwrap();
    }
    assert!(program().exists());
    let mut ran = 0;
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().collect();
        assert_eq!(words[0], "zhenzhang", "{command}");
        let done = run(&office, &words[1..]).ends(0);
        ran += 1;
        if command.contains("--template") {
            let form = office.join("lamps.xlsx");
            fill(&form, &form, 36);
        }
        if words[1] == "import" {
            assert!(done.out.contains("36"), "{}", done.out);
        }
        if words[1] == "measure" {
            let told: Vec<&str> = done.out.lines().filter(|l| l.contains('盏')).collect();
            assert!(told.iter().any(|l| l.contains("甲村") && l.contains(" 24 盏")), "{told:?}");
            assert!(told.iter().any(|l| l.contains("乙村") && l.contains(" 12 盏")), "{told:?}");
        }
        if words[1] == "check" {
            assert!(done.out.contains("证实 1,不符 0,无法证实 0"), "{}", done.out);
        }
    }
    assert_eq!(ran, 7);
    for file in ["report.docx", "report.html", "verdicts.json"] {
        assert!(office.join("out").join(file).exists(), "{file}");
    }
    // Street lamps are nobody's: there is nothing to lock, and no key to look after.
    assert!(!keys(&office).exists());
    // The sentence is a claim and not a decoration: with fewer lamps it falls.
    let report = office.join("report.md");
    let text = std::fs::read_to_string(&report).unwrap().replace("30余盏", "40余盏");
    std::fs::write(&report, text).unwrap();
    let told = run(&office, &["check", "report.md"]).ends(1);
    assert!(told.out.contains("36 盏"), "{}", told.out);
    std::fs::remove_dir_all(directory).unwrap();
}
