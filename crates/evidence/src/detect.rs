//! What a file is, by its first bytes and its structure.

use crate::{Kind, Refusal, office, ole, text};

/// First bytes of what a machine runs: programs of Windows, Linux and macOS, Java and
/// Android classes, WebAssembly, scripts, and shortcuts of Windows.
const PROGRAMS: &[&[u8]] = &[
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n",
    b"\0asm",
    b"#!",
    b"L\0\0\0\x01\x14\x02\0",
];

/// First bytes of containers other than zip.
const ARCHIVES: &[(&[u8], &str)] = &[
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"MSCF", "CAB"),
];

/// First bytes of pictures that browsers or office computers may not show.
const PICTURES: &[(&[u8], &str)] =
    &[(b"GIF8", "GIF 动图"), (b"II*\0", "TIFF 图片"), (b"MM\0*", "TIFF 图片")];

/// Brands of the ISO base media file format (ISO/IEC 14496-12) that are still pictures.
const STILLS: &[&[u8]] = &[b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"];

/// Finds the kind of a file that is not empty.
///
/// # Errors
/// [`Refusal`] that says what the file is instead, or what is wrong with it.
pub(crate) fn kind(bytes: &[u8]) -> Result<Kind, Refusal> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"\xff\xd8\xff") {
        return Ok(Kind::Jpeg);
    }
    if starts(crate::png::SIGNATURE) {
        return Ok(Kind::Png);
    }
    if starts(b"%PDF-") {
        return pdf(bytes);
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") || starts(b"PK\x07\x08") {
        return office::kind(bytes);
    }
    if starts(ole::SIGNATURE) {
        return ole::kind(bytes);
    }
    if PROGRAMS.iter().any(|magic| starts(magic)) {
        return Err(Refusal::Executable);
    }
    if let Some((_, name)) = ARCHIVES.iter().find(|(magic, _)| starts(magic)) {
        return Err(Refusal::Archive(name));
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Err(Refusal::Archive("tar"));
    }
    if let Some(found) = other_picture(bytes) {
        return Err(Refusal::OtherFormat { found, wanted: "JPEG 或 PNG" });
    }
    if bytes.get(4..8) == Some(b"ftyp") || starts(b"RIFF") || starts(b"ID3") {
        return Err(Refusal::Film);
    }
    if starts(b"{\\rtf") {
        return Err(Refusal::OtherFormat { found: "RTF 文档", wanted: "docx 或 PDF" });
    }
    text::check(bytes).map(|()| Kind::Text)
}

fn other_picture(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = PICTURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    // Two letters alone may begin a text; a bitmap has four bytes that are zero.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some("BMP 图片");
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("WebP 图片");
    }
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"))?;
    match brand {
        b"avif" | b"avis" => Some("AVIF 图片"),
        _ if STILLS.contains(&brand) => Some("HEIC 图片(手机的“高效”格式)"),
        _ => None,
    }
}

/// A PDF ends with its marker; one that was cut off has none. More is not looked at,
/// since viewers repair whatever they can.
fn pdf(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.windows(5).rev().any(|w| w == b"%%EOF") {
        Ok(Kind::Pdf)
    } else {
        Err(Refusal::BrokenDocument("PDF 没有结束标记"))
    }
}
