//! Evidence: a photograph loses where it was taken, is kept once and encrypted, and comes back
//! as it was kept.

use std::path::PathBuf;

use crate::desk::{Desk, revision};

/// Seconds of a latitude as a rational; their bytes are looked for.
const SECONDS: [u8; 8] = [0x5a, 0x5b, 0x5c, 0x5d, 0, 0, 0x27, 0x10];

/// A noisy picture with a position in its Exif, as a phone writes it.
fn photograph() -> Vec<u8> {
    let (width, height) = (400_u16, 300_u16);
    let mut noise = 7_u32;
    let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3)
        .map(|_| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 24) as u8
        })
        .collect();
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 80);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    // A TIFF of two directories: the first points to the second, which holds the position.
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
    exif.extend([0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0]);
    exif.extend([0, 2, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0]);
    exif.extend([0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 56, 0, 0, 0, 0]);
    for degrees in [30_u32, 7] {
        exif.extend(degrees.to_be_bytes());
        exif.extend(1_u32.to_be_bytes());
    }
    exif.extend(SECONDS);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let segment = [&[0xff, 0xe1], &length[..], &exif].concat();
    jpeg.splice(2..2, segment);
    assert!(has(&jpeg, &SECONDS));
    jpeg
}

fn has(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window == needle)
}

/// The files of the evidence directory.
fn kept(desk: &Desk) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![desk.directory.join("zhenzhang.db.files")];
    while let Some(path) = open.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) if path.is_file() => files.push(path),
            Err(_) => {}
        }
    }
    files.sort();
    files
}

/// A desk with a photograph in it, named by characters that no ledger has.
fn with_photograph(name: &str) -> (Desk, String) {
    let desk = Desk::new(name);
    let file = desk.path("璩坳.jpg");
    std::fs::write(&file, photograph()).unwrap();
    (desk, file)
}

#[test]
fn a_photograph_is_stripped_kept_and_given_back() {
    let (desk, file) = with_photograph("evidence");
    let add = ["evidence", "add", "safety_hazard", "1", &file, "--why", "整改前"];
    let added = desk.json(&add, 0);
    assert_eq!((&added["stripped"], &added["replayed"]), (&true.into(), &false.into()));
    assert_eq!((&added["number"], &added["revision"]), (&1.into(), &(revision() + 1).into()));
    let listed = desk.json(&["evidence", "list", "safety_hazard", "1"], 0);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(
        (&listed[0]["kind"], &listed[0]["digest"]),
        (&"image/jpeg".into(), &added["digest"])
    );
    desk.says(&["evidence", "list", "safety_hazard", "YH-2023-001"], 0, &["image/jpeg"]);
    desk.says(&["evidence", "list", "safety_hazard", "2"], 0, &["没有佐证材料"]);

    let out = desk.path("取出.jpg");
    let take = ["evidence", "take", "safety_hazard", "1", "1", "--out", &out];
    let bytes = desk.json(&take, 0)["bytes"].as_u64().unwrap();
    let taken = std::fs::read(&out).unwrap();
    assert_eq!((taken.len() as u64, &listed[0]["size"]), (bytes, &bytes.into()));
    let clean = evidence::prepare("璩坳.jpg", &photograph(), evidence::Limits::default()).unwrap();
    assert!(taken == clean.bytes, "other bytes than those kept");
    assert!(!has(&taken, &SECONDS), "the position is still there");
    assert_eq!(evidence::digest(&taken), added["digest"].as_str().unwrap());
    let small = desk.path("小.jpg");
    let mut all = take.to_vec();
    (all[6], all[5]) = (&small, "--out");
    all.push("--small");
    desk.run(&all).ends(0);
    let thumbnail = std::fs::read(&small).unwrap();
    assert!(thumbnail.len() < taken.len() && thumbnail.starts_with(&[0xff, 0xd8]));
    assert!(!has(&thumbnail, &SECONDS));

    // On the disk lies nothing of it that could be seen.
    let piece = &taken[taken.len() / 2..taken.len() / 2 + 32];
    let files = kept(&desk);
    assert!(!files.is_empty());
    for path in files.iter().chain([&desk.directory.join("zhenzhang.db")]) {
        let bytes = std::fs::read(path).unwrap();
        assert!(!has(&bytes, piece), "{} is not encrypted", path.display());
        assert!(!has(&bytes, &[0xff, 0xd8, 0xff, 0xe0]), "{}", path.display());
        assert!(!has(&bytes, "璩坳".as_bytes()), "{} has the name", path.display());
    }
    let verified = desk.json(&["audit", "verify"], 0);
    assert_eq!(verified["problems"], serde_json::json!([]));
}

#[test]
fn the_same_file_is_kept_once() {
    let (desk, file) = with_photograph("evidence-twice");
    let add = |record: &str, file: &str| {
        desk.json(&["evidence", "add", "safety_hazard", record, file], 0)
    };
    let first = add("1", &file);
    let files = kept(&desk);
    let again = add("1", &file);
    assert_eq!((&again["replayed"], &again["number"]), (&true.into(), &first["number"]));
    // Under another name, without its position, on another record: still the same.
    let out = desk.path("另名.jpg");
    desk.run(&["evidence", "take", "safety_hazard", "1", "1", "--out", &out]).ends(0);
    let other = add("2", &out);
    assert_eq!((&other["replayed"], &other["digest"]), (&false.into(), &first["digest"]));
    assert_eq!(other["stripped"], false);
    assert_eq!(kept(&desk), files);
    // One record lets go of it, and the other still has it.
    let remove = |number: &str, more: &[&str]| {
        let mut all = vec!["evidence", "remove", number, "--why", "拍错了"];
        all.extend(more);
        desk.run(&all)
    };
    remove("1", &["--destroy"]).ends(0);
    assert_eq!(kept(&desk), files);
    desk.says(&["evidence", "list", "safety_hazard", "1"], 0, &["没有佐证材料"]);
    // What is taken out overwrites nothing, and then was not looked at.
    let before = desk.json(&["audit", "reads"], 0);
    let take = ["evidence", "take", "safety_hazard", "2", "2", "--out", &out];
    desk.says(&take, 2, &["另名.jpg", "不会覆盖"]);
    assert_eq!(desk.json(&["audit", "reads"], 0), before);
    let new = desk.path("又一名.jpg");
    desk.run(&["evidence", "take", "safety_hazard", "2", "2", "--out", &new]).ends(0);
    let none = desk.path("没有.jpg");
    let take = ["evidence", "take", "safety_hazard", "1", "1", "--out", &none];
    desk.says(&take, 2, &["没有编号 1 的佐证材料", "evidence list"]);
    remove("2", &["--destroy"]).ends(0);
    assert!(kept(&desk).is_empty(), "destroyed files stay: {:?}", kept(&desk));
    let gone = remove("9", &[]);
    assert!(gone.code == 2 && gone.err.contains("没有编号 9 的佐证材料"), "{gone:?}");
    desk.run(&["audit", "verify"]).ends(0);
    desk.says(&["history", "safety_hazard", "1"], 0, &["YH-2023-001"]);
}

#[test]
fn an_altered_file_is_told() {
    let (desk, file) = with_photograph("evidence-altered");
    desk.run(&["evidence", "add", "safety_hazard", "1", &file]).ends(0);
    let out = desk.path("取出.jpg");
    let take = ["evidence", "take", "safety_hazard", "1", "1", "--out", &out];
    desk.run(&take).ends(0);
    std::fs::remove_file(&out).unwrap();
    let path = kept(&desk).into_iter().max_by_key(|p| p.metadata().unwrap().len()).unwrap();
    let whole = std::fs::read(&path).unwrap();
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    for (bytes, said) in [
        (Some(&altered[..]), "被改动或损坏"),
        (Some(&whole[..whole.len() - 1]), "被改动或损坏"),
        (Some(&[]), "被改动或损坏"),
        (None, "不见了"),
    ] {
        match bytes {
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        desk.says(&take, 2, &[said, "请从备份恢复"]);
        assert!(!desk.directory.join("取出.jpg").exists(), "{said}");
    }
    std::fs::write(&path, &whole).unwrap();
    desk.run(&take).ends(0);
}

#[test]
fn what_is_no_evidence_is_refused() {
    let (desk, photo) = with_photograph("evidence-refused");
    for (name, bytes, said) in [
        ("空.jpg", &b""[..], "空文件"),
        ("假.jpg", b"%PDF-1.7\n%%EOF\n", "内容却是"),
        ("坏.jpg", &photograph()[..2000], "打不开"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("程序.exe", b"MZ\x90\0\x03\0\0\0", "可执行程序"),
    ] {
        let file = desk.path(name);
        std::fs::write(&file, bytes).unwrap();
        desk.says(&["evidence", "add", "safety_hazard", "1", &file], 2, &["不能收", said]);
    }
    let wrong = ["evidence", "add", "safety_hazard", "9999", &photo];
    desk.says(&wrong, 2, &["没有记录", "9999"]);
    desk.says(&["evidence", "add", "safety_hazard", "1", "没有.jpg"], 2, &["没有这个文件"]);
    assert!(kept(&desk).is_empty());
    assert_eq!(desk.json(&["audit", "head"], 0)["revision"], revision());
}

#[test]
fn a_photograph_inside_a_document_is_stripped() {
    use std::io::{Cursor, Read, Write};
    let desk = Desk::new("evidence-inside");
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let types = format!("<Types><Override ContentType=\"{main}\"/></Types>");
    let photograph = photograph();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", b"<document/>"),
        ("word/media/image1.jpeg", &photograph),
        ("word/media/image2.jpeg", &photograph[..2000]),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    let file = desk.path("说明.docx");
    std::fs::write(&file, zip.finish().unwrap().into_inner()).unwrap();
    let add = ["evidence", "add", "safety_hazard", "1", &file];
    desk.says(&add, 0, &["拍摄位置已去掉", "1 处内容不能清理", "evidence remove 1 --destroy"]);
    let out = desk.path("取出.docx");
    desk.run(&["evidence", "take", "safety_hazard", "1", "1", "--out", &out]).ends(0);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut content = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut content).unwrap();
        content
    };
    assert_eq!(part("word/document.xml"), b"<document/>");
    assert!(!has(&part("word/media/image1.jpeg"), &SECONDS));
    desk.says(
        &["evidence", "take", "safety_hazard", "1", "1", "--out", "小.jpg", "--small"],
        2,
        &["没有缩略图", "去掉 --small"],
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_no_evidence() {
    let desk = Desk::new("evidence-pipe");
    let pipe = desk.path("管道.jpg");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for file in [pipe.as_str(), "/dev/zero"] {
        desk.says(&["evidence", "add", "safety_hazard", "1", file], 2, &["不是普通文件"]);
    }
}

#[test]
fn files_lie_where_they_are_said_to_and_are_not_without_a_key() {
    let (desk, file) = with_photograph("evidence-elsewhere");
    let away = desk.path("别处");
    let add = ["evidence", "add", "safety_hazard", "1", &file, "--files", &away];
    desk.run(&add).ends(0);
    assert!(kept(&desk).is_empty());
    let out = desk.path("取出.jpg");
    let take = ["evidence", "take", "safety_hazard", "1", "1", "--out", &out];
    desk.says(&take, 2, &["佐证文件不见了,找过", "zhenzhang.db.files", "--files"]);
    desk.run(&["doctor", "--files", &away]);
    let there = [&take[..], &["--files", &away]].concat();
    desk.run(&there).ends(0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &str| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&out), mode(&away)), (0o600, 0o700));
    }
    std::fs::remove_file(&out).unwrap();
    std::fs::rename(desk.path("zhenzhang.db.key"), desk.path("away.key")).unwrap();
    let run = desk.says(&there, 2, &["没有密钥", "佐证材料打不开,不能取出"]);
    assert!(!run.err.contains("不能更换"), "{}", run.err);
    desk.says(&["evidence", "list", "safety_hazard", "1"], 0, &["〔已加密〕"]);
}

#[test]
fn forgetting_tells_of_the_files_and_destroys_them_where_asked() {
    let desk = Desk::new("evidence-forget");
    let because = ["--why", "保存期满", "--document", "镇办〔2024〕3号"];
    let forget = |person: &'static str| [&["forget", "person", person][..], &because].concat();
    for (record, name) in [("#1", "甲.txt"), ("#2", "乙.txt")] {
        let file = desk.path(name);
        std::fs::write(&file, format!("{name}的申请\n")).unwrap();
        desk.run(&["evidence", "add", "person", record, &file]).ends(0);
    }
    desk.says(&forget("#1"), 0, &["还有佐证材料 1 份,没有销毁", "  1  甲*.txt", "--destroy"]);
    assert_eq!(kept(&desk).len(), 2);
    let told = desk.says(
        &[&forget("#2")[..], &["--with-evidence"]].concat(),
        0,
        &["佐证材料 1 份已一并撤下并销毁"],
    );
    assert!(!told.out.contains("没有销毁"), "{}", told.out);
    assert_eq!(kept(&desk).len(), 1);
    desk.says(&["evidence", "list", "person", "#2"], 0, &["没有佐证材料"]);
    // What is refused destroys nothing.
    desk.run(&[&forget("#1")[..], &["--with-evidence"]].concat()).ends(1);
    assert_eq!(kept(&desk).len(), 1);
    desk.run(&["audit", "verify"]).ends(0);
}
