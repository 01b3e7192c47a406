//! Lays the township pack into the program: the text of every definition file, and what the file
//! holds, so that no command has to parse it.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack").canonicalize()?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    println!("cargo::rerun-if-changed={}", pack.display());
    let mut files = Vec::new();
    definitions(&pack, &mut files)?;
    files.sort();
    let (mut table, mut outlines) = (String::from("&[\n"), Vec::new());
    for file in files {
        let path = below(&pack, &file);
        let text = fs::read_to_string(&file)?;
        let start = outlines.len();
        outlines.extend(outline_of(&path, &text));
        let end = outlines.len();
        // Writing to a string cannot fail.
        let _ = writeln!(table, "({path:?}, include_str!({:?}), {start}..{end}),", file.display());
    }
    table.push(']');
    fs::write(out.join("outlines.bin"), outlines)?;
    fs::write(out.join("pack.rs"), table)
}

/// The definition files in a directory and those below it.
fn definitions(directory: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = entry.path();
        // What an editor leaves beside a file is none of the pack.
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            definitions(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    Ok(())
}

/// The path of a file below the pack, with `/` between its parts on every system.
fn below(pack: &Path, file: &Path) -> String {
    let below = file.strip_prefix(pack).unwrap_or(file);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// What a file holds without its examples. Nothing of a file that is wrong: whoever loads it is
/// told what is wrong in it.
fn outline_of(path: &str, text: &str) -> Vec<u8> {
    let of = |part: &str| {
        let (entries, errors) = outline::parse(part);
        errors.is_empty().then(|| outline::pack(&entries, text))
    };
    let head = outline::without_examples(path, text).and_then(of);
    head.or_else(|| of(text)).unwrap_or_default()
}
