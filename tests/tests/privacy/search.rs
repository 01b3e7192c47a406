//! Bytes searched for planted values, in every spelling in which they could lie there.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use postgres::Client;

use super::planted;

/// A value in UTF-8, UTF-16LE and GBK, and its UTF-8 in hexadecimal of either case.
pub(super) fn spellings(value: &str) -> Vec<Vec<u8>> {
    let utf8 = value.as_bytes().to_vec();
    let utf16: Vec<u8> = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (gbk, _, lost) = encoding_rs::GBK.encode(value);
    assert!(!lost, "{value} has characters that GBK lacks");
    let hex: String = utf8.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut all = vec![utf8, utf16, gbk.into_owned(), hex.to_uppercase().into(), hex.into()];
    all.sort();
    all.dedup();
    all
}

/// The planted value that stands in some bytes.
pub(super) fn found(bytes: &[u8]) -> Option<String> {
    static NEEDLES: OnceLock<Vec<(Vec<u8>, String)>> = OnceLock::new();
    let needles = NEEDLES.get_or_init(|| {
        let with = |value: String| spellings(&value).into_iter().map(move |s| (s, value.clone()));
        planted::all().into_iter().flat_map(with).collect()
    });
    // One pass: most bytes begin no needle.
    let mut firsts = [false; 256];
    for (needle, _) in needles {
        firsts[usize::from(needle[0])] = true;
    }
    let at = |at: usize| needles.iter().find(|(needle, _)| bytes[at..].starts_with(needle));
    let mut starts = (0..bytes.len()).filter(|i| firsts[usize::from(bytes[*i])]);
    starts.find_map(at).map(|(_, value)| value.clone())
}

/// Ends the test with every planted value that stands in one of these, by name.
#[track_caller]
pub(super) fn nothing_in<'b>(all: impl Iterator<Item = (String, &'b [u8])>) {
    let told: Vec<String> = all
        .filter_map(|(what, bytes)| {
            let value = found(bytes)?;
            Some(format!("{value} stands in {what}:\n{}", context(bytes, &value)))
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n\n"));
}

/// Files by their names, and the names themselves, which tell as much as what stands in them.
pub(super) fn named(files: &[(PathBuf, Vec<u8>)]) -> impl Iterator<Item = (String, &[u8])> {
    files.iter().flat_map(|(path, bytes)| {
        let name = path.display().to_string();
        let path = ("the name of a file".to_owned(), path.as_os_str().as_encoded_bytes());
        [(name, &**bytes), path]
    })
}

/// What stands around a value, if it can be read.
fn context(bytes: &[u8], value: &str) -> String {
    let text = String::from_utf8_lossy(bytes);
    let Some(at) = text.find(value) else { return String::new() };
    let before: String = text[..at].chars().rev().take(80).collect();
    let after: String = text[at..].chars().take(80).collect();
    before.chars().rev().chain(after.chars()).collect()
}

/// All files below a directory with their bytes, but those under `given`; what is packed in a
/// zip comes unpacked too.
pub(super) fn files(directory: &Path, given: &[PathBuf]) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(path) = open.pop() {
        if given.contains(&path) {
            continue;
        }
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).into_iter().flatten();
            open.extend(entries.map(|entry| entry.unwrap().path()));
            continue;
        }
        // A server may have removed it meanwhile.
        let Ok(bytes) = std::fs::read(&path) else { continue };
        if bytes.starts_with(b"PK\x03\x04") {
            files.extend(unpacked(&path, &bytes));
        }
        files.push((path, bytes));
    }
    files
}

fn unpacked(path: &Path, bytes: &[u8]) -> Vec<(PathBuf, Vec<u8>)> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|number| {
            let mut part = archive.by_index(number).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (path.join(part.name().unwrap().into_owned()), bytes)
        })
        .collect()
}

/// Every table of a server's database, as `copy` writes it.
pub(super) fn tables(client: &mut Client) -> Vec<(String, Vec<u8>)> {
    use std::io::Read;
    let sql = "select quote_ident(table_schema) || '.' || quote_ident(table_name)
               from information_schema.tables
               where table_type = 'BASE TABLE' and table_schema not like 'pg_toast%'
                 and table_schema <> 'information_schema'";
    let names: Vec<String> = client.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    names
        .into_iter()
        .map(|name| {
            let mut bytes = Vec::new();
            let copy = format!("copy (select * from {name}) to stdout");
            client.copy_out(&copy).unwrap().read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

/// The files of a server, its log of writes and its log of errors among them; none where the
/// server belongs to somebody else.
pub(super) fn raw(client: &mut Client) -> Vec<(PathBuf, Vec<u8>)> {
    client.batch_execute("checkpoint").unwrap();
    let data: String =
        client.query_one("select current_setting('data_directory')", &[]).unwrap().get(0);
    let oid: postgres::types::Oid = client
        .query_one("select oid from pg_database where datname = current_database()", &[])
        .unwrap()
        .get(0);
    let data = PathBuf::from(data);
    let mut all = files(&data.join(format!("base/{oid}")), &[]);
    all.extend(files(&data.join("pg_wal"), &[]));
    all.extend(files(&data.parent().unwrap().join("log"), &[]));
    all
}
