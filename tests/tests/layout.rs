//! The demo's report laid out by LibreOffice. Without `soffice` and `pdftotext` a notice is
//! printed and nothing is tested.

use std::path::Path;
use std::process::{Command, Stdio};

use product_tests::town::{scratch, town};

fn present(program: &str, flag: &str) -> bool {
    let run = Command::new(program).arg(flag).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok()
}

#[test]
fn the_report_fills_its_pages_with_22_lines() {
    if !present("soffice", "--version") || !present("pdftotext", "-v") {
        println!("skipped: soffice and pdftotext are not at hand");
        return;
    }
    let directory = scratch("layout");
    let profile = format!("-env:UserInstallation=file://{}/profile", directory.display());
    let report = town().directory.join("report.docx");
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&directory)
        .arg(&report)
        .output()
        .unwrap();
    let pdf = directory.join("report.pdf");
    assert!(done.status.success() && pdf.exists(), "{}", String::from_utf8_lossy(&done.stderr));
    let pages = pages(&pdf);
    println!("report.docx: {} pages", pages.len());
    assert!(pages.len() >= 4, "{}", pages.len());
    // Pages between the first, which has the title, and the last are full, but for a heading
    // that goes over to the page of its text.
    let bodies: Vec<Vec<&str>> = pages.iter().map(|page| body(page)).collect();
    let mut full = 0;
    for (number, pair) in bodies.windows(2).enumerate().skip(1) {
        let heading = pair[1][0].trim_start().starts_with(['（', '一', '二', '三', '四']);
        let lines = pair[0].len();
        full += usize::from(lines == 22);
        let fits = lines == 22 || (heading && (20..22).contains(&lines));
        assert!(fits, "page {}: {:#?}", number + 1, pair[0]);
    }
    assert!(full >= 2, "{full} full pages");
    let whole: String = pages.concat().chars().filter(|c| !c.is_whitespace()).collect();
    for part in ["排查整治各类隐患105起", "达标率均为100%", "桂竹帽镇人民政府", "2023年12月31日"]
    {
        let dense: String = part.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(whole.contains(&dense), "{part} is not in the laid out report");
    }
    assert!(!whole.contains("hazards_rectified"), "a target shows in the document");
    std::fs::remove_dir_all(directory).unwrap();
}

/// The text of each page, lines as they lie on it.
fn pages(pdf: &Path) -> Vec<String> {
    let out = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().unwrap();
    assert!(out.status.success());
    let text = String::from_utf8(out.stdout).unwrap();
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    pages.retain(|page| !page.trim().is_empty());
    pages
}

/// The lines of a page but its number.
fn body(page: &str) -> Vec<&str> {
    let is_number = |line: &str| {
        let bare = line.trim();
        bare.starts_with('—') && bare.ends_with('—')
    };
    page.lines().filter(|line| !line.trim().is_empty() && !is_number(line)).collect()
}
