//! Tests of update files: what is written reads back, and everything else is refused.

use super::*;
use vault::Entropy;

fn key() -> SigningKey {
    SigningKey::generate(&mut Entropy::seeded(5)).unwrap()
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned().into() }
}

fn some() -> Vec<SourceFile> {
    vec![
        file("pack.toml", "label = \"试\"\n"),
        file("ledger/a.toml", "一\n二"),
        file("codes/b.toml", ""),
    ]
}

fn made(files: &[SourceFile]) -> Vec<u8> {
    let version = PackVersion::parse("2027-01-05").unwrap();
    write(files, version, "2027-01-05T09:00:00", "试\n行", &key()).unwrap()
}

/// The file with a piece replaced, signed anew: what only a publisher could do.
fn resigned(from: &str, to: &str) -> Vec<u8> {
    let whole = made(&some());
    let text = String::from_utf8(whole[..whole.len() - SIGNATURE_LINE].to_vec()).unwrap();
    assert!(text.contains(from), "{text}");
    let mut text = text.replacen(from, to, 1);
    if !from.starts_with("size") {
        let size = text.split_once("\n\n").unwrap().1.len();
        let old = text.lines().find(|line| line.starts_with("size ")).unwrap().to_owned();
        text = text.replacen(&old, &format!("size {size}"), 1);
    }
    let mut bytes = text.into_bytes();
    let signature = key().sign(&[&bytes]).unwrap();
    bytes.extend_from_slice(SIGNATURE_WORD);
    bytes.extend(signature.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()));
    bytes.push(b'\n');
    bytes
}

#[test]
fn what_is_written_reads_back_in_the_order_of_paths() {
    let bytes = made(&some());
    let read = read(&bytes).unwrap();
    let mut files = some();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert_eq!(read.files, files);
    assert_eq!((read.version.to_string().as_str(), read.label.as_str()), ("2027-01-05", "试行"));
    assert_eq!(read.signer, key().public().unwrap());
    assert_eq!(bytes, made(&files), "the same pack gives the same bytes");
}

#[test]
fn every_altered_byte_and_every_cut_is_refused() {
    let bytes = made(&some());
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert!(read(&altered).is_err(), "byte {at}");
        assert!(read(&bytes[..at]).is_err(), "cut at {at}");
    }
    let mut longer = bytes.clone();
    longer.push(b'\n');
    assert!(matches!(read(&longer), Err(ContainerFault::Altered)));
    let unsigned = &bytes[..bytes.len() - SIGNATURE_LINE];
    assert!(matches!(read(unsigned), Err(ContainerFault::Unsigned)));
    let cut = read(&bytes[..bytes.len() - 5]).unwrap_err();
    assert!(
        matches!(cut, ContainerFault::Cut { expected, .. } if expected == bytes.len()),
        "{cut}"
    );
    assert!(matches!(read(b"PK\x03\x04"), Err(ContainerFault::Foreign)));
}

#[test]
fn another_signer_is_no_signer_of_this() {
    let other = SigningKey::generate(&mut Entropy::seeded(6)).unwrap().public().unwrap().to_text();
    let own = key().public().unwrap().to_text();
    let bytes = String::from_utf8(made(&some())).unwrap().replace(&own, &other);
    assert!(matches!(read(bytes.as_bytes()), Err(ContainerFault::Altered)));
}

#[track_caller]
fn check_refused(from: &str, to: &str, says: &str) {
    let error = read(&resigned(from, to)).unwrap_err();
    assert!(error.to_string().contains(says), "{from} → {to}: {error}");
}

#[test]
fn a_publisher_may_not_write_what_he_likes_either() {
    check_refused("ledger/a.toml", "../dger/a.tml", "跳出包外");
    check_refused("ledger/a.toml", "/edger/a.toml", "跳出包外");
    check_refused("ledger/a.toml", "ledger/.hide", "跳出包外");
    check_refused("ledger/a.toml", "ledger/a.bash", "不是 .toml");
    check_refused("codes/b.toml", "zodes/b.toml", "没有按路径排列");
    check_refused("ledger/a.toml 7", "ledger/a.toml 9", "");
    check_refused("files 3", "files 2", "文件比声明的多");
    check_refused("files 3", "files 4", "");
    check_refused("files 3", "files 99999999", "超过上限");
    check_refused("size ", "size 9", "");
    check_refused("version 2027-01-05", "version 2027-1-5", "版本应写成");
    check_refused("made 2027", &format!("made {}", "9".repeat(2000)), "太长");
}

#[test]
fn large_files_are_refused_before_they_are_read() {
    let big = file("lexicon/big.toml", &"#".repeat(MOST_FILE + 1));
    let version = PackVersion::parse("2027-01-05").unwrap();
    let error = write(&[big], version, "", "", &key()).unwrap_err();
    assert!(error.to_string().contains("太大"), "{error}");
    check_refused("ledger/a.toml 7", "ledger/a.toml 18446744073709551615", "太大");
    check_refused("size ", "size 99999999999", "超过上限");
}

#[test]
fn versions_are_ordered_and_spelt_one_way() {
    let of = |text: &str| PackVersion::parse(text);
    assert!(of("2027-01-05") < of("2027-01-05.2") && of("2027-01-05.2") < of("2027-01-05.10"));
    assert!(of("2027-01-05.10") < of("2027-02-01"));
    for text in
        ["", "2027", "2027-1-5", "2027-01-05.1", "2027-01-05.0", "2027-01-05.x", "2027-01-05.02"]
    {
        assert_eq!(of(text), None, "{text}");
    }
    assert_eq!(of("2027-01-05.2").unwrap().to_string(), "2027-01-05.2");
}
