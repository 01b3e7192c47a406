//! Parts of a package changed, all others copied as they lie there.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use crate::error::AnnotateError;

/// A package with these parts (path and text) in place of those of the same name, and new ones
/// behind. What is not among them is copied without being unpacked.
pub(crate) fn repack(
    bytes: &[u8],
    changed: Vec<(String, String)>,
) -> Result<Vec<u8>, AnnotateError> {
    let pack = |source| AnnotateError::Pack { source };
    // Time and system of the writer would make the bytes differ from run to run.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(pack)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut rest = changed;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(pack)?;
        let name = entry.name().map_err(pack)?.into_owned();
        let Some(at) = rest.iter().position(|(path, _)| *path == name) else {
            zip.raw_copy_file(entry).map_err(pack)?;
            continue;
        };
        let part = rest.remove(at);
        write(&mut zip, part, options)?;
    }
    for part in rest {
        write(&mut zip, part, options)?;
    }
    Ok(zip.finish().map_err(pack)?.into_inner())
}

fn write(
    zip: &mut ZipWriter<Cursor<Vec<u8>>>,
    (path, text): (String, String),
    options: SimpleFileOptions,
) -> Result<(), AnnotateError> {
    zip.start_file(path.as_str(), options).map_err(|source| AnnotateError::Pack { source })?;
    let text = as_utf8(&text);
    zip.write_all(text.as_bytes()).map_err(|source| AnnotateError::Write { part: path, source })
}

/// The text with a declaration that says UTF-8, whatever it was read from.
fn as_utf8(text: &str) -> String {
    let end = text.strip_prefix("<?xml").and_then(|_| text.find("?>"));
    let Some((head, body)) = end.and_then(|end| text.split_at_checked(end + 2)) else {
        return text.to_owned();
    };
    if head.to_ascii_lowercase().contains("utf-16") {
        return format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{body}");
    }
    text.to_owned()
}

/// An attribute that declares the default namespace, where the part has given it a prefix.
pub(crate) fn declared(xml: &str, space: &str) -> String {
    let usual = [format!("xmlns=\"{space}\""), format!("xmlns='{space}'")];
    if usual.iter().any(|binding| xml.contains(binding)) {
        return String::new();
    }
    format!(" xmlns=\"{space}\"")
}

/// A part with an element added as the last of its root.
pub(crate) fn append(
    xml: &str,
    element: &str,
    part: &str,
    root: &'static str,
) -> Result<String, AnnotateError> {
    let missing = || AnnotateError::Part { part: part.to_owned(), element: root };
    let kept = xml.trim_end();
    let close = kept.rfind("</").filter(|at| {
        let name = kept.get(at + 2..).unwrap_or_default().trim_end_matches('>').trim_end();
        name.rsplit(':').next() == Some(root)
    });
    if let Some(close) = close {
        let (before, behind) = xml.split_at_checked(close).ok_or_else(missing)?;
        return Ok(format!("{before}{element}{behind}"));
    }
    // A root without content: `<Relationships xmlns="…"/>`.
    let open = kept.rfind('<').and_then(|at| kept.get(at + 1..)).ok_or_else(missing)?;
    let name = open.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    let head = kept.strip_suffix("/>").ok_or_else(missing)?;
    if name.rsplit(':').next() != Some(root) {
        return Err(missing());
    }
    Ok(format!("{head}>{element}</{name}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_added_to_any_root() {
        let add = |xml: &str| append(xml, "<b/>", "p", "Types").ok();
        assert_eq!(add("<Types><a/></Types>\n").as_deref(), Some("<Types><a/><b/></Types>\n"));
        assert_eq!(add("<x:Types a=\"1\"/>").as_deref(), Some("<x:Types a=\"1\"><b/></x:Types>"));
        assert_eq!(add("<Types></a>"), None);
        assert_eq!(add("<a/>"), None);
        assert_eq!(add(""), None);
        assert_eq!(declared("<T xmlns='s'>", "s"), "");
        assert_eq!(declared("<x:T xmlns:x='s'>", "s"), " xmlns=\"s\"");
    }

    #[test]
    fn declaration_says_what_is_written() {
        let wide = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>";
        assert!(as_utf8(wide).contains("UTF-8") && as_utf8(wide).ends_with("?><a/>"));
        assert_eq!(as_utf8("<a/>"), "<a/>");
    }
}
