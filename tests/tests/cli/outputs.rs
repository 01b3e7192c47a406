//! Files that somebody still needs are not written over.

use super::lamps::Office;

const TEXT: &str = "青石镇2023年工作总结\n全镇安装路灯3盏。\n";

#[test]
fn the_text_that_is_checked_is_not_overwritten() {
    let office = Office::with_lamps("outputs");
    let path = office.directory.join("总结.txt");
    std::fs::write(&path, TEXT).unwrap();
    for html in ["总结.txt", "./总结.txt", "local/../总结.txt"] {
        let run = office.run(&["check", "总结.txt", "--html", html], 2);
        assert!(run.err.contains("总结-核稿.html"), "{}", run.err);
    }
    // Without a ledger as well.
    std::fs::create_dir(office.directory.join("空")).unwrap();
    let run = office.run(&["--db", "空/没有.db", "check", "总结.txt", "--html", "总结.txt"], 2);
    assert!(!run.err.is_empty());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), TEXT);
    office.run(&["check", "总结.txt", "--html", "总结.html"], 0);
    // A page of an earlier check is made anew.
    office.run(&["check", "总结.txt", "--html", "总结.html"], 0);
}

#[test]
fn a_filled_form_is_not_overwritten() {
    let office = Office::with_lamps("export-again");
    office.run(&["export", "路灯台账", "--template", "--out", "表.xlsx"], 0);
    let filled = std::fs::read(office.directory.join("表.xlsx")).unwrap();
    for again in [&["--template"][..], &[]] {
        let run = office.run(&[&["export", "路灯台账", "--out", "表.xlsx"], again].concat(), 2);
        assert!(run.err.contains("表.xlsx 已经有了,不覆盖"), "{}", run.err);
    }
    assert_eq!(std::fs::read(office.directory.join("表.xlsx")).unwrap(), filled);
}

#[cfg(unix)]
#[test]
fn copies_in_clear_are_for_their_owner_and_leave_no_parts() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::with_lamps("outputs-owner");
    let mode = |file: &str| {
        std::fs::metadata(office.directory.join(file)).unwrap().permissions().mode() & 0o777
    };
    office.run(&["export", "路灯台账", "--unmasked", "--why", "核对", "--out", "明.xlsx"], 0);
    assert_eq!((mode("明.xlsx"), mode("zhenzhang.db")), (0o600, 0o600));
    // A full disk: what could not be written is told in Chinese, with what to do.
    std::fs::write(office.directory.join("总结.txt"), TEXT).unwrap();
    let run = office.run(&["check", "总结.txt", "--html", "/dev/full"], 2);
    assert!(run.err.contains("磁盘满了"), "{}", run.err);
    let names = std::fs::read_dir(&office.directory).unwrap();
    for name in names.map(|entry| entry.unwrap().file_name()) {
        assert!(!name.to_string_lossy().ends_with(".part"), "{name:?} stays");
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let file = [&b"import"[..], b"person", b"\xd6\xd0.xlsx"];
    let database = [&b"--db"[..], b"\xff", b"find", b"person", b"x=y"];
    for arguments in [&file[..], &database] {
        let mut command = std::process::Command::new(product_tests::program::program());
        let output = command.args(arguments.iter().map(|a| OsStr::from_bytes(a))).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("UTF-8") && !said.contains("panicked"), "{said}");
    }
}
