//! Files that are built to break a reader. None may end the program, take memory beyond
//! the limits, or leave something planted behind.

use std::time::Instant;

use evidence::{Kind, Limits, prepare};
use proptest::prelude::*;

use crate::sample::{
    DOCX, Entry, chunk, compound, container, exif_segment, inserted, office, phone_tiff,
    plain_jpeg, plain_png, segment, tiff, xmp_segment,
};

/// One mutation-prone file of each structure that is read.
fn samples() -> Vec<Vec<u8>> {
    let metadata = [exif_segment(&phone_tiff(true)), xmp_segment()].concat();
    let png = plain_png(20, 10, png::ColorType::Rgb);
    vec![
        inserted(&plain_jpeg(24, 16, false), 2, &metadata),
        inserted(&plain_jpeg(24, 16, true), 2, &exif_segment(&phone_tiff(false))),
        inserted(&png, 33, &chunk(b"eXIf", &phone_tiff(false))),
        office(DOCX, &[("word/media/a.txt", "x")]),
        compound(&[("Book", false, &[0x85, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0])]),
    ]
}

#[track_caller]
fn check(what: &str, bytes: &[u8], expected: &str) {
    let started = Instant::now();
    let found = prepare("a", bytes, Limits::default()).map(|prepared| prepared.kind);
    let message = found.expect_err(what).to_string();
    assert!(message.contains(expected), "{what}: {message}");
    assert!(started.elapsed().as_secs() < 10, "{what} took {:?}", started.elapsed());
}

#[test]
fn a_file_is_weighed_before_it_is_read() {
    let limits = Limits { bytes: 3 << 20, ..Limits::default() };
    let message = prepare("a.jpg", &vec![0; (3 << 20) + 1], limits).unwrap_err().to_string();
    assert_eq!(message, "“a.jpg”有 3.1 MB,超过 3 MB 的上限;请压缩或拆分后上传");
}

/// A tiny file that announces a huge picture.
#[test]
fn a_flood_of_pixels_is_stopped_at_the_header() {
    let mut jpeg = plain_jpeg(8, 8, false);
    let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].fill(0xff);
    check("jpeg", &jpeg, "有 65535×65535 像素,超过 5000 万像素");
    let png = |width: u32, height: u32| {
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        let header = chunk(b"IHDR", &[&size, [8, 6, 0, 0, 0].as_slice()].concat());
        [&plain_png(1, 1, png::ColorType::Rgba)[..8], &header, &chunk(b"IEND", b"")].concat()
    };
    check("png", &png(60_000, 60_000), "有 60000×60000 像素");
    check("long", &png(70_000, 1), "单边 65535 像素");
    check("flat", &png(0, 9), "图片损坏");
    check("empty", &png(5_000, 9_000), "图片损坏");
    let good = plain_jpeg(8, 8, false);
    let twice = inserted(&good, frame, &good[frame..frame + 19]);
    check("the same twice", &twice, "图片损坏");
}

#[test]
fn broken_pictures_are_no_pictures() {
    let jpeg = plain_jpeg(64, 64, false);
    let scan = jpeg.windows(2).position(|w| w == [0xff, 0xda]).unwrap();
    let table = jpeg.windows(2).position(|w| w == [0xff, 0xdb]).unwrap();
    let no_table = [&jpeg[..table], &jpeg[table + 69..]].concat();
    check("no table", &no_table, "图片损坏");
    check("data between segments", &inserted(&jpeg, table, b"x"), "图片损坏");
    check("no end", &[&jpeg[..jpeg.len() - 2], b"\xff\xd8"].concat(), "图片损坏");
    check("no data", &[&jpeg[..scan], b"\xff\xd9"].concat(), "图片损坏");
    check("arithmetic", &inserted(&jpeg, 2, &segment(0xc9, &[8; 8])), "少见的 JPEG");
    check("many scans", &[&jpeg[..scan], &jpeg[scan..jpeg.len() - 2].repeat(40)].concat(), "少见");
    let mut png = plain_png(64, 64, png::ColorType::Rgb);
    let data = png.windows(4).position(|w| w == b"IDAT").unwrap();
    png[data + 9] ^= 0x10;
    check("checksum", &png, "图片损坏");
}

#[test]
fn files_that_are_cut_anywhere_are_refused() {
    for (index, bytes) in samples().iter().enumerate() {
        // Of the old workbook the end of the last sector is not used.
        let whole = if index == 4 { bytes.len() - 512 } else { bytes.len() };
        assert!(prepare("a", bytes, Limits::default()).is_ok(), "{index}");
        for length in 0..whole {
            // A few bytes from the start of a file may happen to be a Chinese character.
            if let Ok(cut) = prepare("a", &bytes[..length], Limits::default()) {
                assert_eq!(cut.kind, Kind::Text, "sample {index}, {length} of {}", bytes.len());
            }
        }
    }
}

/// Directories that point at themselves, out of the file, or announce more than is there.
#[test]
fn odd_exif_is_dropped_and_the_picture_stays() {
    let looped = |little| {
        let itself = [Entry::Link(0x8769, 0), Entry::Link(0x8825, 0), Entry::Short(0x0112, 3)];
        tiff(little, &[&itself, &itself])
    };
    let patched = |at: usize, bytes: &[u8]| {
        let mut tiff = phone_tiff(true);
        tiff[at..at + bytes.len()].copy_from_slice(bytes);
        tiff
    };
    let cases = [
        ("loop", looped(true)),
        ("loop", looped(false)),
        ("first directory outside", patched(4, &[0xff; 4])),
        ("65535 entries", patched(8, &[0xff; 2])),
        ("count beyond everything", patched(14, &[0xff; 4])),
        ("date outside", patched(10 + 3 * 12 + 8, &[0xf0, 0xff, 0xff, 0xff])),
        ("count that overflows", patched(10 + 3 * 12 + 2, &[5, 0, 0xff, 0xff, 0xff, 0xff])),
        ("photo directory outside", patched(10 + 4 * 12 + 8, &[0xff; 4])),
        ("position outside", patched(10 + 5 * 12 + 8, &[0xff; 4])),
        ("header only", b"II*\0".to_vec()),
        ("nothing", Vec::new()),
    ];
    let plain = plain_jpeg(24, 16, false);
    for (what, tiff) in cases {
        let bytes = inserted(&plain, 2, &exif_segment(&tiff));
        let prepared = prepare("a.jpg", &bytes, Limits::default()).unwrap();
        let again = prepare("a.jpg", &prepared.bytes, Limits::default()).unwrap();
        assert_eq!((again.bytes, again.stripped), (prepared.bytes, false), "{what}");
    }
}

#[test]
fn containers_that_no_office_writes_are_refused() {
    let many: Vec<String> = (0..10_001).map(|i| format!("{i}.xml")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    check("many parts", &container(&many), "部件多于 10000 个");
    let filler = " ".repeat(17 << 20);
    check("filler", &office(DOCX, &[("word/filler.xml", &filler)]), "压缩比超过 200 倍");
    let types = " ".repeat(2 << 20);
    check("long list", &container(&[("[Content_Types].xml", &types)]), "清单超过 1 MB");
    let mut encrypted = office(DOCX, &[]);
    // The flag stands six bytes behind the start of a part, eight behind that of its
    // entry in the directory.
    for (start, flag) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let starts: Vec<usize> =
            (0..encrypted.len() - 4).filter(|at| &encrypted[*at..*at + 4] == start).collect();
        starts.into_iter().for_each(|at| encrypted[at + flag] |= 1);
    }
    check("encrypted", &encrypted, "加密的压缩包");
    let mut huge = office(DOCX, &[]);
    let entry = huge.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    huge[entry + 24..entry + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    check("huge part", &huge, "解压后超过 512 MB");
    // Fillers of which each is small enough, 900 MB together.
    let filler = " ".repeat(15 << 20);
    let names: Vec<String> = (0..60).map(|i| format!("word/media/{i}.jpg")).collect();
    let fillers: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), filler.as_str())).collect();
    check("many fillers", &office(DOCX, &fillers), "解压后超过 512 MB");
    // A part that says to be smaller, or larger, than it is.
    let other = "部件的大小与目录所写的不同";
    for (declared, expected) in [(3_u32, "已损坏或不完整"), (90, other)] {
        let mut lying = office(DOCX, &[("word/media/a.jpg", "0123456789")]);
        let entry = lying.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
        lying[entry + 24..entry + 28].copy_from_slice(&declared.to_le_bytes());
        check("another size", &lying, expected);
    }
}

#[test]
fn a_compound_file_that_loops_ends() {
    let mut table = compound(&[("WordDocument", false, &[0; 4096])]);
    // Every sector follows itself.
    for sector in 0..128_u32 {
        let at = 512 + sector as usize * 4;
        table[at..at + 4].copy_from_slice(&sector.to_le_bytes());
    }
    assert!(prepare("a.doc", &table, Limits::default()).is_ok());
    let mut tree = compound(&[("WordDocument", false, &[0; 4096])]);
    // The first entry below the root has itself to its left.
    tree[1024 + 128 + 68..1024 + 128 + 72].copy_from_slice(&1_u32.to_le_bytes());
    assert!(prepare("a.doc", &tree, Limits::default()).is_ok());
    let mut list = compound(&[("WordDocument", false, &[0; 4096])]);
    // The list of tables is a sector that names itself as the next one.
    list[68..72].copy_from_slice(&3_u32.to_le_bytes());
    list[512 * 4 + 508..512 * 5].copy_from_slice(&3_u32.to_le_bytes());
    assert!(prepare("a.doc", &list, Limits::default()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_bytes_do_no_harm(
        start in 0_usize..6,
        bytes in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        let magic: [&[u8]; 6] = [
            b"",
            b"\xff\xd8\xff\xe1",
            b"\x89PNG\r\n\x1a\n",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"\xff\xd8\xff\xe1\x07\x00Exif\0\0II*\0",
        ];
        let _ = prepare("a", &[magic[start], &bytes].concat(), Limits::default());
    }

    /// Good files with some bytes changed: what is accepted stays as it is when it is
    /// prepared again.
    #[test]
    fn changed_files_do_no_harm(
        sample in 0_usize..5,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = samples().swap_remove(sample);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(prepared) = prepare("a", &bytes, Limits { pixels: 1_000_000, ..Limits::default() }) {
            let again = prepare("a", &prepared.bytes, Limits::default()).unwrap();
            prop_assert_eq!(again.bytes, prepared.bytes);
            prop_assert!(!again.stripped);
        }
    }
}
