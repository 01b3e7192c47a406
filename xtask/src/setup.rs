//! What the tests need beyond Rust: LibreOffice, poppler, Chromium, a Chinese font, a PostgreSQL
//! server, and the browser driver from npm. Where we may install we do; else one line says what to install.

use std::path::Path;

use crate::run;

/// Program to look for, and the Debian package that has it.
const PROGRAMS: &[(&str, &str)] = &[
    ("soffice", "libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk"),
    ("pdftotext", "poppler-utils"),
    ("chromium", "chromium"),
    ("xmllint", "libxml2-utils"),
    ("postgres", "postgresql"),
];

/// Where Debian puts the programs of a server, a directory a version, none of them on PATH.
const SERVERS: &str = "/usr/lib/postgresql";

/// Installs what is missing; true if everything is there afterwards.
pub(crate) fn programs() -> bool {
    let missing: Vec<&str> =
        PROGRAMS.iter().filter(|(p, _)| !is_installed(p)).map(|(_, d)| *d).collect();
    if missing.is_empty() {
        return true;
    }
    let packages: Vec<&str> = missing.iter().flat_map(|d| d.split(' ')).collect();
    let here = run::root();
    let may_install = run::is_installed("apt-get") && is_root();
    if may_install {
        println!("安装测试所需软件: {}", packages.join(" "));
        let quiet = [("DEBIAN_FRONTEND", "noninteractive")];
        let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
        install.extend(&packages);
        if run::program("apt-get", &["update", "-qq"], &quiet, &here)
            && run::program("apt-get", &install, &quiet, &here)
        {
            return true;
        }
    }
    eprintln!("请先安装测试所需软件 (install first): apt-get install {}", packages.join(" "));
    false
}

fn is_installed(program: &str) -> bool {
    let versions = || std::fs::read_dir(SERVERS).into_iter().flatten().flatten();
    run::is_installed(program) || versions().any(|v| v.path().join("bin").join(program).is_file())
}

/// Installs the browser driver; true if it is there afterwards.
pub(crate) fn browser_driver(directory: &Path) -> bool {
    if !run::is_installed("npm") {
        eprintln!("请先安装 Node.js 20 以上 (install first): https://nodejs.org");
        return false;
    }
    directory.join("node_modules/playwright-core").is_dir()
        || run::program("npm", &["ci", "--silent", "--no-audit", "--no-fund"], &[], directory)
}

/// Installs other programs to compare with, from PyPI into `target/peers`. Their absence is said
/// and fails nothing: what they agree with was seen when they were there.
pub(crate) fn peers() {
    let here = run::root();
    let peers = here.join("target/peers");
    let wanted = here.join("tests/peers/requirements.txt");
    let stamp = peers.join("requirements.txt");
    let read = |path: &Path| std::fs::read(path).ok();
    if read(&stamp).is_some() && read(&stamp) == read(&wanted) {
        return;
    }
    let (home, list) = (peers.display().to_string(), wanted.display().to_string());
    let pip = format!("{home}/bin/pip");
    let is_made = run::is_installed("python3")
        && run::program("python3", &["-m", "venv", &home], &[], &here)
        && run::program(&pip, &["install", "--quiet", "--requirement", &list], &[], &here);
    if !is_made || std::fs::copy(&wanted, &stamp).is_err() {
        println!("没有装上对照用的软件(要 python3 和 PyPI),与它们的对照将跳过");
    }
}

fn is_root() -> bool {
    std::process::Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|o| String::from_utf8_lossy(&o.stdout).trim() == "0")
}
