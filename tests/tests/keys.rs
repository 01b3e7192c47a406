//! Keys: without one, figures can be read and nobody can be seen; a wrong one is refused; two
//! shares of three give it back.

mod first;
mod lost;
mod noted;
mod shares;

use std::path::Path;

use crate::desk::Desk;

/// The key of the example town.
const DEMO: &str = "fa4aa407";

/// A desk whose key lies elsewhere, as `away.key`.
fn keyless(name: &str) -> Desk {
    let desk = Desk::new(name);
    std::fs::rename(desk.path("zhenzhang.db.key"), desk.path("away.key")).unwrap();
    desk
}

/// A key that locks nothing of the desk: that of an office of its own. Gives its file and id.
fn other_key(desk: &Desk, name: &str) -> (String, String) {
    let office = Desk::empty(name);
    let persons = first::persons(&office, "人员.xlsx");
    office.run(&["import", "person", &persons]).ends(0);
    let file = only_file(&product_tests::program::keys(&office.directory));
    let id = file.file_stem().unwrap().to_string_lossy().into_owned();
    let here = desk.path("other.key");
    std::fs::copy(file, &here).unwrap();
    (here, id)
}

/// The only file of a directory.
fn only_file(directory: &Path) -> std::path::PathBuf {
    let mut entries = std::fs::read_dir(directory).unwrap();
    let file = entries.next().expect("a file").unwrap().path();
    assert!(entries.next().is_none(), "more than one file in {}", directory.display());
    file
}

/// The line of a key file that is the key.
fn line(file: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().find(|line| line.starts_with("ZZK")).expect("a key").to_owned()
}
