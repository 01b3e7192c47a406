//! Office files of today: zip containers, looked through by their directory.
//!
//! Nothing is unpacked here but the list of content types, and of that one MiB at most. The
//! declared sizes are held against limits first, so that neither cleaning the pictures in it
//! nor whoever unpacks the file later is hurt by it.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use crate::{Kind, Refusal};

/// Parts of a container. Documents have some dozen, with pictures some hundred.
const PARTS: usize = 10_000;

/// Unpacked size of all parts together, as declared: a file of 20 MiB that shrank as text does.
const UNPACKED: u64 = 512 << 20;

/// Text shrinks ten to sixty times; only fillers go beyond this.
const RATIO: u64 = 200;

/// Parts smaller than this may shrink as far as they like.
const RATIO_FROM: u64 = 16 << 20;

/// The part that says what the others are (ISO/IEC 29500-2, 7.2.3).
const TYPES: &str = "[Content_Types].xml";

/// A list of content types takes some kilobytes.
const TYPES_SIZE: u64 = 1 << 20;

/// Content type of the main part → kind.
const MAIN: &[(&str, Kind)] = &[
    ("wordprocessingml.document.main+xml", Kind::Docx),
    ("spreadsheetml.sheet.main+xml", Kind::Xlsx),
    ("presentationml.presentation.main+xml", Kind::Pptx),
];

/// Finds the kind of a zip container.
///
/// # Errors
/// [`Refusal`] for archives that are no documents, encrypted ones, documents with
/// macros, and containers no office program builds.
pub(crate) fn kind(bytes: &[u8]) -> Result<Kind, Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))?;
    if zip.len() > PARTS {
        return Err(Refusal::Hostile("部件多于 10000 个"));
    }
    if zip.has_duplicate_names() || zip.has_overlapping_files()? {
        return Err(Refusal::Hostile("部件重名或互相重叠"));
    }
    let names = directory(&mut zip)?;
    let has = |name: &str| names.iter().any(|n| n == name);
    if names.iter().any(|n| n.ends_with("vbaproject.bin") || n.contains("/macrosheets/")) {
        return Err(Refusal::Macros);
    }
    if has("ofd.xml") {
        return Ok(Kind::Ofd);
    }
    if has(&TYPES.to_lowercase()) {
        return by_types(&content_types(&mut zip)?);
    }
    if has("mimetype") && has("content.xml") {
        return Err(Refusal::OtherFormat { found: "ODF 文档", wanted: "docx、xlsx 或 PDF" });
    }
    Err(Refusal::Archive("zip"))
}

/// Names of all parts in lower case, once their declared sizes are within the limits.
fn directory(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, Refusal> {
    let mut names = Vec::with_capacity(zip.len());
    let mut total = 0_u64;
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index)?;
        if entry.encrypted() {
            return Err(Refusal::EncryptedArchive);
        }
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(Refusal::Hostile("部件的压缩方法不是 deflate"));
        }
        total = total.saturating_add(entry.size());
        if total > UNPACKED {
            return Err(Refusal::Hostile("解压后超过 512 MB"));
        }
        if entry.size() > RATIO_FROM && entry.size() / entry.compressed_size().max(1) > RATIO {
            return Err(Refusal::Hostile("压缩比超过 200 倍"));
        }
        names.push(String::from_utf8_lossy(entry.name_raw()).to_lowercase());
    }
    Ok(names)
}

fn content_types(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<String, Refusal> {
    let mut text = String::new();
    let mut part = zip.by_name(TYPES)?.take(TYPES_SIZE);
    part.read_to_string(&mut text).map_err(zip::result::ZipError::Io)?;
    if part.limit() == 0 {
        return Err(Refusal::Hostile("内容类型清单超过 1 MB"));
    }
    Ok(text)
}

/// A part with macros may have any name; its content type gives it away. No program
/// writes content types with character references, which would hide one.
fn by_types(types: &str) -> Result<Kind, Refusal> {
    if types.contains("&#") || types.contains("<!") {
        return Err(Refusal::Hostile("内容类型清单写法反常"));
    }
    let types = types.to_lowercase();
    if ["vbaproject", "macroenabled", "macrosheet"].iter().any(|mark| types.contains(mark)) {
        return Err(Refusal::Macros);
    }
    if types.contains("sheet.binary") {
        return Err(Refusal::OtherFormat { found: "xlsb 二进制工作簿", wanted: "xlsx" });
    }
    let main = MAIN.iter().find(|(mark, _)| types.contains(mark));
    main.map(|(_, kind)| *kind)
        .ok_or(Refusal::BrokenDocument("不是 docx、xlsx 或 pptx,也可能是模板"))
}
