//! Tells what a file is by its content, then by its name, and reads it.

use std::path::Path;

use crate::decode::{bounded, decode};
use crate::error::ReadError;
use crate::model::{Format, Manuscript};
use crate::office::Office;
use crate::package::{COMPOUND, Package};
use crate::{assemble, html, markdown, plain};

/// Reads a file to its text. `name` is its file name, which messages show and which decides
/// where the content does not say.
///
/// # Errors
///
/// [`ReadError`], which says what is wrong with the file and what to do.
pub fn read(bytes: &[u8], name: &str) -> Result<Manuscript, ReadError> {
    read_with(bytes, name, Office::installed().map(Office::program))
}

/// As [`read()`], with the program of LibreOffice given (`None`: there is none).
///
/// # Errors
///
/// As [`read()`].
pub fn read_with(
    bytes: &[u8],
    name: &str,
    soffice: Option<std::path::PathBuf>,
) -> Result<Manuscript, ReadError> {
    bounded(bytes)?;
    match kind(bytes, name)? {
        Content::Text => Ok(plain::read(decode(bytes, name)?)),
        Content::Markdown => Ok(markdown::read(&decode(bytes, name)?)),
        Content::Html => html::read(bytes),
        Content::Docx => assemble::read(bytes),
        Content::Foreign(ending) => {
            if ending == "odt" {
                Package::open(bytes)?.bounded()?;
            }
            let office = soffice.map(Office::new);
            let office = office.ok_or_else(|| ReadError::NoOffice { name: name.to_owned() })?;
            let docx = office.convert(bytes, name, ending)?;
            Ok(Manuscript { format: Format::Converted, ..assemble::read(&docx)? })
        }
    }
}

/// Whether a file is read as the characters it holds: plain text or Markdown.
pub(crate) fn is_textual(bytes: &[u8], name: &str) -> bool {
    matches!(kind(bytes, name), Ok(Content::Text | Content::Markdown))
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Text,
    Markdown,
    Html,
    Docx,
    /// What LibreOffice has to convert, with the ending it knows it by.
    Foreign(&'static str),
}

const COPY: &str = "请打开后复制文字到 txt,或用 Word 打开后“另存为”docx 再试";
const AS_DOCX: &str = "请把文字部分“另存为”docx 或 txt 后再试";
const AS_TABLE: &str = "报表请用 import 导入;要核对其中的文字,请复制到 docx 或 txt 后再试";

/// First bytes of what cannot be read.
const UNSUPPORTED: [(&[u8], &str, &str); 9] = [
    (b"%PDF", "PDF 文件", COPY),
    (b"\x89PNG", "图片", "请先识别成文字,存为 txt 或 docx 后再试"),
    (b"\xFF\xD8\xFF", "图片", "请先识别成文字,存为 txt 或 docx 后再试"),
    (b"GIF8", "图片", "请先识别成文字,存为 txt 或 docx 后再试"),
    (b"II*\x00", "图片", "请先识别成文字,存为 txt 或 docx 后再试"),
    (b"MM\x00*", "图片", "请先识别成文字,存为 txt 或 docx 后再试"),
    (b"Rar!", "压缩包", "请解压后再试"),
    (b"7z\xBC\xAF", "压缩包", "请解压后再试"),
    (b"\x1F\x8B", "压缩包", "请解压后再试"),
];

fn kind(bytes: &[u8], name: &str) -> Result<Content, ReadError> {
    let unsupported =
        |what, advice| Err(ReadError::Unsupported { name: name.to_owned(), what, advice });
    let ending = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or_default();
    let ending = ending.to_ascii_lowercase();
    if bytes.is_empty() {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    if let Some((_, what, advice)) = UNSUPPORTED.iter().find(|(mark, ..)| bytes.starts_with(mark)) {
        return unsupported(what, advice);
    }
    if bytes.starts_with(&COMPOUND) {
        return compound(bytes, &ending).or_else(|(what, advice)| unsupported(what, advice));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return packed(bytes, &ending).or_else(|(what, advice)| unsupported(what, advice));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Ok(Content::Foreign("rtf"));
    }
    let head = bytes.get(..1024).unwrap_or(bytes).to_ascii_lowercase();
    let names = |mark: &[u8]| head.windows(mark.len()).any(|window| window == mark);
    if names(b"<?mso-application progid=\"word.document\"") {
        return Ok(Content::Foreign("xml"));
    }
    if names(b"<office:document") {
        return Ok(Content::Foreign("fodt"));
    }
    if ending == "docx" {
        // Whatever it is, it is no package; opening it says so.
        return Ok(Content::Docx);
    }
    let begins = |mark: &[u8]| {
        head.iter()
            .position(|b| !b.is_ascii_whitespace() && *b < 0x80)
            .is_some_and(|at| head.get(at..).is_some_and(|rest| rest.starts_with(mark)))
    };
    if begins(b"mime-version:") {
        return unsupported("网页归档(mht)", "请在浏览器里“另存为”网页(html)后再试");
    }
    // Programs export pages under the names of documents.
    let page = begins(b"<!doctype html") || begins(b"<html");
    if page || matches!(ending.as_str(), "html" | "htm" | "xhtml" | "shtml") {
        return Ok(Content::Html);
    }
    let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if !wide && bytes.contains(&0) {
        return unsupported("二进制文件", AS_DOCX);
    }
    Ok(if matches!(ending.as_str(), "md" | "markdown") { Content::Markdown } else { Content::Text })
}

/// What a ZIP file holds, or what it is otherwise and what to do.
fn packed(bytes: &[u8], ending: &str) -> Result<Content, (&'static str, &'static str)> {
    let Ok(mut package) = Package::open(bytes) else { return Ok(Content::Docx) };
    if package.has("OFD.xml") {
        return Err(("OFD 版式文件", COPY));
    }
    if let Ok(Some(kind)) = package.part("mimetype") {
        return match kind.trim() {
            "application/vnd.oasis.opendocument.text" => Ok(Content::Foreign("odt")),
            "application/vnd.oasis.opendocument.spreadsheet" => Err(("电子表格", AS_TABLE)),
            _ => Err(("LibreOffice 的其他文件", AS_DOCX)),
        };
    }
    if package.has("xl/workbook.xml") {
        return Err(("电子表格", AS_TABLE));
    }
    if package.has("ppt/presentation.xml") {
        return Err(("演示文稿", AS_DOCX));
    }
    let document = package.has("word/document.xml") || package.has("[Content_Types].xml");
    if document || matches!(ending, "docx" | "docm" | "dotx") || package.has("_rels/.rels") {
        return Ok(Content::Docx);
    }
    Err(("压缩包", "请解压后再试"))
}

/// What an OLE compound file holds, by the names of its streams.
fn compound(bytes: &[u8], ending: &str) -> Result<Content, (&'static str, &'static str)> {
    let has = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        return Err(("加了密码的文件", "请打开后去掉密码,“另存为”docx 再试"));
    }
    if has("WordDocument") {
        // Files of WPS are of this format too; by their ending they would be taken for Works.
        return Ok(Content::Foreign("doc"));
    }
    if has("Workbook") || matches!(ending, "xls" | "et") {
        return Err(("电子表格", AS_TABLE));
    }
    if has("PowerPoint Document") || matches!(ending, "ppt" | "dps") {
        return Err(("演示文稿", AS_DOCX));
    }
    if ending == "docx" {
        return Ok(Content::Docx);
    }
    if matches!(ending, "doc" | "wps" | "wpt" | "dot") {
        return Ok(Content::Foreign(if ending == "wps" { "wps" } else { "doc" }));
    }
    Err(("旧式的二进制文件", AS_DOCX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name() {
        let as_is = |bytes: &[u8], name: &str| kind(bytes, name).ok();
        assert_eq!(as_is("甲".as_bytes(), "a.txt"), Some(Content::Text));
        assert_eq!(as_is("甲".as_bytes(), "a"), Some(Content::Text));
        assert_eq!(as_is("甲".as_bytes(), "a.MD"), Some(Content::Markdown));
        assert_eq!(as_is(b"\xEF\xBB\xBF\n<!DOCTYPE html>", "a.doc"), Some(Content::Html));
        assert_eq!(as_is(b"<p>x", "a.htm"), Some(Content::Html));
        assert_eq!(as_is(b"{\\rtf1", "a.doc"), Some(Content::Foreign("rtf")));
        let mut old = COMPOUND.to_vec();
        old.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(as_is(&old, "a.wps"), Some(Content::Foreign("doc")));
        assert_eq!(as_is(&COMPOUND, "a.wps"), Some(Content::Foreign("wps")));
        let flat = b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Word.Document\"?>";
        assert_eq!(as_is(flat, "a.doc"), Some(Content::Foreign("xml")));
        assert_eq!(as_is(&old, "a.xls"), Some(Content::Foreign("doc")));
    }

    #[test]
    fn what_cannot_be_read_says_what_it_is() {
        let mut sheet = COMPOUND.to_vec();
        sheet.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
        for (bytes, name, word) in [
            (&b"%PDF-1.7"[..], "a.pdf", "PDF"),
            (b"\x89PNG\r\n", "a.png", "图片"),
            (b"MIME-Version: 1.0", "a.mht", "mht"),
            (b"a\0b", "a.txt", "二进制"),
            (&sheet, "a.xls", "电子表格"),
        ] {
            match kind(bytes, name) {
                Err(error @ ReadError::Unsupported { .. }) => {
                    let shown = error.to_string();
                    assert!(shown.contains(word) && shown.starts_with(name), "{shown}");
                }
                other => panic!("{name}: {other:?}"),
            }
        }
        assert!(matches!(kind(b"", "a.txt"), Err(ReadError::Empty { .. })));
    }
}
