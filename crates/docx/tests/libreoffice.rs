//! Lays a long report out with LibreOffice and measures the pages.
//!
//! Needs `soffice` (or the program that the variable `SOFFICE` names) and
//! `pdftotext`; without them a notice is printed and nothing is tested. The
//! fonts of official documents need not be installed: the grid has to hold with
//! whatever stands in for them. `KEEP=DIR` leaves the docx and the pdf in DIR.

mod sample;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Points in a millimetre, times ten thousand.
const MILLIMETRE: i64 = 28_346;

/// A line of a page: its middle, left and right edge in 1/10 000 point, and its text.
#[derive(Debug, Default)]
struct Line {
    middle: i64,
    left: i64,
    right: i64,
    text: String,
}

#[test]
fn full_page_has_22_lines_of_28_characters() {
    let Some((soffice, pdftotext)) = programs() else { return };
    let keep = env::var_os("KEEP").map(PathBuf::from);
    let scratch = env::temp_dir().join(format!("docx-layout-{}", std::process::id()));
    let directory = keep.as_ref().unwrap_or(&scratch);
    fs::create_dir_all(directory).expect("a directory for the test");
    let pages = lay_out(&soffice, &pdftotext, directory, &scratch.join("profile"));
    let _ = fs::remove_dir_all(&scratch);

    assert!(pages.len() >= 4, "{} pages", pages.len());
    // The second page lies wholly within one paragraph of plain Chinese.
    let (body, footer) = parts(&pages[1]);
    let shown: Vec<String> = body.iter().map(|line| line.text.clone()).collect();
    assert_eq!(body.len(), 22, "{shown:#?}");
    for line in &body {
        assert_eq!(line.text.chars().count(), 28, "{line:?}");
        assert!(near(line.left, 28 * MILLIMETRE), "left edge: {line:?}");
        assert!(near(line.right, 184 * MILLIMETRE), "right edge: {line:?}");
    }
    // 22 lines fill the type area: 21 steps of 579 twips from the first to the last.
    let height = body[21].middle - body[0].middle;
    assert!(near(height, 21 * 579 * 500), "height {height}");
    assert_eq!(footer, ["— 2 —"]);
    // The title takes whole lines of the grid, so the first page ends where the second does.
    let (first, _) = parts(&pages[0]);
    let ends = [&first, &body].map(|lines| lines.last().map_or(0, |line| line.middle));
    assert!(near(ends[0], ends[1]), "last lines at {ends:?}");

    for (index, page) in pages.iter().enumerate() {
        let (_, footer) = parts(page);
        let number = index + 1;
        // The note of the first page stands in the line of its number, and nowhere else.
        let note = if number == 1 { sample::PROOF } else { "" };
        let bare = |text: &str| text.replace(' ', "");
        let footer: Vec<String> = footer.into_iter().map(bare).collect();
        assert_eq!(footer, [bare(&format!("{note}— {number} —"))]);
        // 7.5: the dash stands 7 mm below the type area, one character from its edge.
        let edge = page.iter().find(|line| line.text.ends_with(" —")).expect("a page number");
        let one_in = 14 * 10_000;
        assert!(near(edge.middle, (297 - 35 + 7) * MILLIMETRE), "page {number}: {edge:?}");
        if number % 2 == 1 {
            assert!(near(edge.right, 184 * MILLIMETRE - one_in), "page {number}: {edge:?}");
        } else {
            assert!(near(edge.left, 28 * MILLIMETRE + one_in), "page {number}: {edge:?}");
        }
    }
    let last = parts(pages.last().expect("a page")).0;
    // LibreOffice sets white space between Chinese and digits whatever the file says.
    let ends: Vec<String> =
        last.iter().rev().take(2).map(|line| line.text.replace(' ', "")).collect();
    assert_eq!(ends, ["2024年1月12日", "青石镇人民政府"], "issuer and date end the report");
}

/// Within two points: fonts differ in the white space around their characters.
fn near(found: i64, expected: i64) -> bool {
    (found - expected).abs() <= 20_000
}

/// `soffice` and `pdftotext`, or a notice that they are absent.
fn programs() -> Option<(PathBuf, PathBuf)> {
    let named = env::var_os("SOFFICE").filter(|name| !name.is_empty()).map(PathBuf::from);
    let soffice = named.or_else(|| on_path("soffice"));
    let found = soffice.zip(on_path("pdftotext"));
    if found.is_none() {
        // Written past the test harness, which would swallow it in a passing test.
        let notice =
            "NOTICE: soffice or pdftotext is not installed; the page layout was NOT tested\n";
        std::io::stderr().write_all(notice.as_bytes()).expect("standard error");
    }
    found
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|directory| directory.join(program)).find(|file| file.is_file())
}

fn lay_out(soffice: &Path, pdftotext: &Path, directory: &Path, profile: &Path) -> Vec<Vec<Line>> {
    let docx = directory.join("long.docx");
    fs::write(&docx, sample::bytes(&sample::long())).expect("the docx can be written");
    let mut convert = Command::new(soffice);
    convert
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(directory)
        .arg(&docx);
    run(convert);
    let pdf = directory.join("long.pdf");
    assert!(pdf.is_file(), "LibreOffice made no pdf");
    let boxes = directory.join("long.html");
    let mut measure = Command::new(pdftotext);
    measure.arg("-bbox-layout").arg(&pdf).arg(&boxes);
    run(measure);
    pages(&fs::read_to_string(&boxes).expect("the boxes can be read"))
}

/// Runs a program to its end, which has to come within three minutes.
fn run(mut command: Command) {
    let shown = format!("{command:?}");
    let mut child =
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let started = Instant::now();
    loop {
        match child.try_wait().expect("the program's state") {
            Some(status) => return assert!(status.success(), "{shown}: {status}"),
            None if started.elapsed() > Duration::from_secs(180) => {
                child.kill().expect("the program ends");
                panic!("{shown} takes more than three minutes");
            }
            None => sleep(Duration::from_millis(100)),
        }
    }
}

/// Lines of the type area, top to bottom, and the text below it.
fn parts(page: &[Line]) -> (Vec<&Line>, Vec<&str>) {
    let end = (297 - 35) * MILLIMETRE;
    let (body, footer): (Vec<&Line>, Vec<&Line>) = page.iter().partition(|line| line.middle < end);
    (body, footer.iter().map(|line| line.text.as_str()).collect())
}

/// Words on the same height are one line, since pdftotext tears lines apart at wide gaps.
fn pages(boxes: &str) -> Vec<Vec<Line>> {
    let mut reader = Reader::from_str(boxes);
    let mut pages: Vec<BTreeMap<i64, Vec<Line>>> = Vec::new();
    let mut word: Option<Line> = None;
    loop {
        match reader.read_event().expect("well-formed boxes") {
            Event::Start(tag) if tag.name().as_ref() == "page" => pages.push(BTreeMap::new()),
            Event::Start(tag) if tag.name().as_ref() == "word" => {
                let at = |name| length(&tag, name);
                word = Some(Line {
                    middle: (at("yMin") + at("yMax")) / 2,
                    left: at("xMin"),
                    right: at("xMax"),
                    text: String::new(),
                });
            }
            Event::Text(text) => {
                if let Some(word) = &mut word {
                    word.text.push_str(&text.xml10_content());
                }
            }
            Event::End(tag) if tag.name().as_ref() == "word" => {
                if let (Some(word), Some(page)) = (word.take(), pages.last_mut()) {
                    // Latin and Chinese words of a line differ by a few points in height.
                    let near = page.range(word.middle - 80_000..word.middle + 80_000).next();
                    let key = near.map_or(word.middle, |(key, _)| *key);
                    page.entry(key).or_default().push(word);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    pages.into_iter().map(|page| page.into_values().map(joined).collect()).collect()
}

fn joined(mut words: Vec<Line>) -> Line {
    words.sort_by_key(|word| word.left);
    let mut line = Line { left: words[0].left, middle: words[0].middle, ..Line::default() };
    for word in words {
        // A gap of more than two points between words is a space.
        if !line.text.is_empty() && word.left - line.right > 20_000 {
            line.text.push(' ');
        }
        line.text.push_str(&word.text);
        line.right = line.right.max(word.right);
    }
    line
}

/// An attribute in points with up to six places, as 1/10 000 point.
fn length(tag: &BytesStart, name: &str) -> i64 {
    let attribute = tag.try_get_attribute(name).expect("attributes").expect("the attribute");
    let (whole, places) = attribute.value.split_once('.').unwrap_or((&attribute.value, ""));
    let places: String = places.chars().chain("0000".chars()).take(4).collect();
    format!("{whole}{places}").parse().expect("a number")
}
