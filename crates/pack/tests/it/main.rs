//! A miniature pack of a town that does not exist, and what becomes of it when
//! its files are right, broken, measured against cells and rows.

mod broken;
mod cell;
mod clock;
mod evaluate;
mod expression;
mod loads;
mod print;

use std::path::Path;

use pack::{Pack, PackErrors, SourceFile, load, read_directory};

/// The files of a folder beside this one.
fn files(folder: &str) -> Vec<SourceFile> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    read_directory(&path).expect("the files of the miniature pack are readable")
}

/// The miniature pack, with a piece of one file replaced by another. An empty
/// piece stands for the whole file, which may be new.
fn changed(path: &str, from: &str, to: &str) -> Result<Pack, PackErrors> {
    let mut base = files("miniature");
    match base.iter_mut().find(|file| file.path == path) {
        Some(file) if from.is_empty() => file.text = to.to_owned().into(),
        Some(file) => {
            assert!(file.text.contains(from), "{path} has no “{from}”");
            file.text = file.text.replacen(from, to, 1).into();
        }
        None => base.push(SourceFile { path: path.to_owned(), text: to.to_owned().into() }),
    }
    load(&base, &[])
}

/// Visits to a hazard, which the miniature pack does not have.
fn visits() -> SourceFile {
    let text = "label = \"回访台账\"\nmeaning = \"每次回访记一条。\"\nparent = \"hazard\"\n\n[[field]]\nid = \"seen_on\"\nlabel = \"回访日期\"\ntype = \"date\"\n\n[[field]]\nid = \"fine\"\nlabel = \"是否合格\"\ntype = \"boolean\"\n";
    SourceFile { path: "ledger/hazard_visit.toml".to_owned(), text: text.to_owned().into() }
}

/// The miniature pack as it is.
fn miniature() -> Pack {
    load(&files("miniature"), &[]).unwrap_or_else(|errors| panic!("{errors}"))
}
